import type { ConcordError } from '#core/errors';
import { EMPTY_SCHEMA, type Schema } from '#core/model/schema';
import type { Result } from '#core/result';
import type { ProjectState } from './project.svelte';

/**
 * Edits of the open project's schema. Each is one event, shown at once and saved behind; what cannot be done is
 * remembered at its place until it is mended.
 */
export class SchemaEditor {
  readonly #project: Pick<ProjectState, 'client' | 'schema' | 'fail'>;
  /** What was edited, while the worker has not told of it. */
  #ahead = $state.raw<{ readonly schema: Schema; readonly basis: Schema | null } | null>(null);
  #unsaved = $state(0);
  #errors = $state.raw<ReadonlyMap<string, ConcordError>>(new Map());

  constructor(project: Pick<ProjectState, 'client' | 'schema' | 'fail'>) {
    this.#project = project;
  }

  get schema(): Schema {
    const told = this.#project.schema;
    const ahead = this.#ahead;
    return ahead && (this.#unsaved > 0 || ahead.basis === told) ? ahead.schema : (told ?? EMPTY_SCHEMA);
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
    const result: Result<Schema> = 'ok' in changed ? changed : { ok: true, value: changed };
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
    this.#ahead = { schema, basis: this.#project.schema };
    this.#unsaved++;
    const saved = await this.#project.client.changeSchema(schema);
    this.#unsaved--;
    if (saved.ok) return;
    this.#ahead = null;
    this.#project.fail(saved.error);
  }
}
