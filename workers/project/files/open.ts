import { fault } from '#core/errors';
import { err, type Result } from '#core/result';
import type { OpenedFile } from '../api';
import type { Library } from '../library';
import type { Task } from '../tasks';

/** Takes a project file in; see the API. */
export function openProjectFile(_library: Library, _task: Task, file: File): Promise<Result<OpenedFile>> {
  return Promise.resolve(err(fault('project-file.invalid', file.name, { reason: 'it cannot be read yet' })));
}
