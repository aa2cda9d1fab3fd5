import { findProgram } from './programs.js';

/**
 * The Firefox of the smoke test: what FIREFOX names, else one that is installed.
 *
 * @returns {string | null} its path
 * @throws when FIREFOX names no program
 */
export const findFirefox = () => findProgram('FIREFOX', ['firefox-esr', 'firefox']);
