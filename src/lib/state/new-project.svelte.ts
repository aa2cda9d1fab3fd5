import type { ProjectClient } from '#compute/project-client';
import type { ConcordError } from '#core/errors';
import type { ProjectId } from '#core/model/ids';
import { addClasses, addField, editField } from '#core/model/schema-edits';
import { EMPTY_SCHEMA, type Schema } from '#core/model/schema';
import type { Importer } from './importer.svelte';
import type { Preferences } from './preferences.svelte';
import type { ProjectState } from './project.svelte';

const DEFAULT_NAME = 'Untitled';
const DEFAULT_QUESTION = 'Label';

/** A project that is being set up. It lives as long as the page, so that looking elsewhere loses nothing. */
export class NewProject {
  readonly importer: Importer;
  readonly #client: Pick<ProjectClient, 'create'>;
  readonly #project: ProjectState;
  readonly #preferences: Preferences;
  #typedName = $state<string | null>(null);
  /** One class a line. */
  classList = $state('');
  question = $state(DEFAULT_QUESTION);
  multiple = $state(false);
  submitOnChoice = $state(true);
  readonly #schema = $derived(schemaOf(this.question, this.multiple, this.classList));
  #created = $state.raw<ProjectId | null>(null);
  #failure = $state.raw<ConcordError | null>(null);
  #busy = $state(false);

  constructor(
    client: Pick<ProjectClient, 'create'>,
    importer: Importer,
    project: ProjectState,
    preferences: Preferences,
  ) {
    this.#client = client;
    this.importer = importer;
    this.#project = project;
    this.#preferences = preferences;
  }

  /** What was typed, else a name guessed from the files. */
  get name(): string {
    return this.#typedName ?? guessName(this.importer.files.map(({ path }) => path));
  }
  set name(name) {
    this.#typedName = name;
  }

  /** The question and its classes as they would be founded now. */
  get schema() {
    return this.#schema;
  }

  /** Set once the project exists, while and after its items are imported. */
  get created() {
    return this.#created;
  }
  get failure() {
    return this.#failure;
  }
  get busy() {
    return this.#busy;
  }

  /** Creates the project, opens it and imports its items; whether all of that worked. */
  async create(): Promise<boolean> {
    if (this.#busy) return false;
    this.#busy = true;
    this.#failure = null;
    try {
      const { schema } = this;
      const created = await this.#client.create({
        name: this.name.trim() || DEFAULT_NAME,
        founder: this.#preferences.name.trim() || 'Owner',
        schema,
        settings: { submitOnChoice: this.submitOnChoice },
      });
      if (!created.ok) {
        this.#failure = created.error;
        return false;
      }
      this.#created = created.value;
      await this.#project.open(created.value);
      if (this.#project.holding !== 'here') {
        this.#failure = this.#project.failure;
        return false;
      }
      return !this.importer.hasItems || (await this.importer.run(schema.fields[0]?.id ?? null));
    } finally {
      this.#busy = false;
    }
  }

  /** Forgets what was typed and given, for the next project. */
  reset(): void {
    this.importer.clear();
    this.#typedName = null;
    this.classList = '';
    this.question = DEFAULT_QUESTION;
    this.multiple = false;
    this.submitOnChoice = true;
    this.#created = null;
    this.#failure = null;
  }
}

function schemaOf(question: string, multiple: boolean, classList: string): Schema {
  const asked = addField(EMPTY_SCHEMA, question.trim() || DEFAULT_QUESTION);
  const field = asked.ok ? asked.value.fields[0] : undefined;
  if (!asked.ok || !field) return EMPTY_SCHEMA;
  const answered = editField(asked.value, field.id, { multiple });
  return addClasses(answered.ok ? answered.value : asked.value, field.id, classList.split('\n'));
}

/** The folder that holds everything, else the name of the only file. */
function guessName(paths: readonly string[]): string {
  const roots = new Set(paths.map((path) => path.split('/')[0]!));
  const [root, ...others] = roots;
  if (root === undefined || others.length > 0) return '';
  return paths.length === 1 && !paths[0]!.includes('/') ? root.replace(/\.[^.]+$/, '') : root;
}
