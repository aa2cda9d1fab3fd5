import type { ProjectConfig } from '#core/config/config';
import { fault } from '#core/errors';
import { err, type Result } from '#core/result';

/** Reads a project's config. */
export function readConfigFile(file: File): Promise<Result<ProjectConfig>> {
  return Promise.resolve(err(fault('config.invalid', file.name, { reason: 'it cannot be read yet' })));
}
