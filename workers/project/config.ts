import type { ProjectConfig } from '#core/config/config';
import { MAX_CONFIG_BYTES, readConfig } from '#core/config/read-config';
import { fault, type ConcordError } from '#core/errors';
import { ReadFailure } from '#core/read-failure';
import { err, ok, type Result } from '#core/result';
import { readWholeText } from '#io/files/text';

/** Reads a project's config. */
export async function readConfigFile(file: File): Promise<Result<ProjectConfig>> {
  const { name: path, size } = file;
  if (size > MAX_CONFIG_BYTES) return err(fault('file.too-large', path, { bytes: size, limit: MAX_CONFIG_BYTES }));
  const issues: ConcordError[] = [];
  try {
    const text = await readWholeText(new AbortController().signal, file, {
      path,
      onIssue: (issue) => issues.push(issue),
    });
    const unread = issues.find(({ code }) => code === 'file.unreadable');
    if (unread) return err(unread);
    const config = readConfig(text, path);
    return config.ok ? ok({ ...config.value, warnings: [...issues, ...config.value.warnings] }) : config;
  } catch (error) {
    if (error instanceof ReadFailure) return err(error.error);
    throw error;
  }
}
