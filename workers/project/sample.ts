import { EMPTY_SCHEMA } from '#core/model/schema';
import type { ProjectId } from '#core/model/ids';
import type { Result } from '#core/result';
import type { Library } from './library';
import type { Task } from './tasks';

/** Founds the sample project and fills it. */
export function createSample(library: Library, _task: Task, founder: string): Promise<Result<ProjectId>> {
  return library.create({ name: 'Sample', founder, schema: EMPTY_SCHEMA });
}
