import type { ConcordError } from '../errors';
import type { Settings } from '../model/project';
import type { Schema } from '../model/schema';

/** What a project's config (YAML) asks for. */
export interface ProjectConfig {
  readonly name: string;
  readonly schema: Schema;
  /** What differs from the defaults. */
  readonly settings: Partial<Settings>;
  /** What is kept but cannot be done here, each with what to do about it. */
  readonly warnings: readonly ConcordError[];
}
