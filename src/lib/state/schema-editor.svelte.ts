import type { ConcordError } from '#core/errors';
import { EMPTY_SCHEMA, type Schema } from '#core/model/schema';
import { withinLimits } from '#core/model/schema-limits';
import type { Result } from '#core/result';
import type { ProjectState } from './project.svelte';

/**
 * Edits of the open project's schema. Each is one event, shown at once and saved behind; what cannot be done is
 * remembered at its place until it is mended.
 */
export class SchemaEditor {
  readonly #project: Pick<ProjectState, 'client' | 'schema' | 'fail'>;
  /** What was edited, while the worker has not told of that version. */
  #ahead = $state.raw<Schema | null>(null);
  #errors = $state.raw<ReadonlyMap<string, ConcordError>>(new Map());

  constructor(project: Pick<ProjectState, 'client' | 'schema' | 'fail'>) {
    this.#project = project;
  }

  get schema(): Schema {
    const told = this.#project.schema ?? EMPTY_SCHEMA;
    return this.#ahead && this.#ahead.version > told.version ? this.#ahead : told;
  }

  /** What is wrong with what was last typed at a place; '' for nothing. */
  error(place: string): string {
    return this.#errors.get(place)?.message ?? '';
  }

  /**
   * Applies an edit; whether it could be done.
   *
   * @param place names the control, for {@link error}
   */
  edit(place: string, change: (schema: Schema) => Schema | Result<Schema>): boolean {
    const before = this.schema;
    const changed = change(before);
    const edited: Result<Schema> = 'ok' in changed ? changed : { ok: true, value: changed };
    const result = edited.ok ? withinLimits(edited.value) : edited;
    const errors = new Map(this.#errors);
    if (result.ok) errors.delete(place);
    else errors.set(place, result.error);
    this.#errors = errors;
    if (!result.ok) return false;
    if (result.value !== before) void this.#save(result.value);
    return true;
  }

  /** Forgets what was wrong at a place, when the typing there is given up. */
  forgive(place: string): void {
    const errors = new Map(this.#errors);
    if (errors.delete(place)) this.#errors = errors;
  }

  async #save(schema: Schema): Promise<void> {
    this.#ahead = schema;
    const saved = await this.#project.client.changeSchema(schema);
    if (saved.ok) return;
    this.#ahead = null;
    this.#project.fail(saved.error);
  }
}
