import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * The program that an environment variable names, else the first of these that is there.
 *
 * @param {string} variable
 * @param {readonly string[]} names to look for in the path
 * @param {readonly string[]} [places] full paths to look at after that
 * @returns {string | null} its path
 * @throws when the variable names no program
 */
export function findProgram(variable, names, places = []) {
  const named = process.env[variable];
  if (named !== undefined && named !== '') {
    if (!isProgram(named)) throw new Error(`${variable} names no program: ${named}`);
    return named;
  }
  const inPath = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return [...inPath, ...places].find(isProgram) ?? null;
}

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
