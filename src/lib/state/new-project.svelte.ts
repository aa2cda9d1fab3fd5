import type { ProjectClient } from '#compute/project-client';
import type { ProjectConfig } from '#core/config/config';
import type { ConcordError } from '#core/errors';
import type { ProjectId } from '#core/model/ids';
import type { Schema } from '#core/model/schema';
import { addClasses } from '#core/model/schema-edits';
import { withinLimits } from '#core/model/schema-limits';
import {
  fits,
  guessTemplate,
  templateOf,
  templateSchema,
  type Given,
  type Template,
  type TemplateId,
} from '#core/model/templates';
import type { DatasetPreview } from '#workers/project/api';
import type { Importer } from './importer.svelte';
import type { Preferences } from './preferences.svelte';
import type { ProjectState } from './project.svelte';

const DEFAULT_NAME = 'Untitled';

/** What is typed on the page and thrown away with it. */
const untouched = () => ({
  name: null as string | null,
  template: null as TemplateId | null,
  /** Of each field: one class a line. */
  lists: [] as string[],
  question: '',
  multiple: false,
  rotatable: false,
  wholeWords: true,
  submitOnChoice: true,
});

/** A project that is being set up. It lives as long as the page, so that looking elsewhere loses nothing. */
export class NewProject {
  readonly importer: Importer;
  readonly #client: Pick<ProjectClient, 'create'>;
  readonly #project: ProjectState;
  readonly #preferences: Preferences;
  #typed = $state(untouched());
  #created = $state.raw<ProjectId | null>(null);
  #config = $state.raw<ProjectConfig | null>(null);
  #failure = $state.raw<ConcordError | null>(null);
  #busy = $state(false);
  readonly #given = $derived.by(() => givenBy(this.importer));
  readonly #template = $derived.by(() => chosen(this.#typed.template, this.#given));
  readonly #schema = $derived.by(() => this.#schemaNow());

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
    return this.#typed.name ?? this.#config?.name ?? guessName(this.importer.files.map(({ path }) => path));
  }
  set name(name) {
    this.#typed.name = name;
  }

  /** What the project begins as: what was chosen, where it fits the files, else what they most likely want. */
  get template(): Template {
    return this.#template;
  }
  set template({ id }) {
    this.#typed.template = id;
  }

  /** The config that says what the project is; null: the template says what is asked. */
  get config() {
    return this.#config;
  }
  set config(config) {
    this.#config = config;
  }

  /** What the template is judged by. */
  get given(): Given {
    return this.#given;
  }

  /**
   * The data set that the files are, where it brings fields of its own; null: the template says what is asked, or the config,
   * with which the data set is merged when it is imported.
   */
  get dataset(): DatasetPreview | null {
    return this.#config ? null : this.#brought;
  }

  /** What was typed and chosen, for controls to bind to. */
  get options() {
    return this.#typed;
  }

  /** What was typed as the classes of a field, one a line, by the field's place. */
  classList(index: number): string {
    return this.#typed.lists[index] ?? '';
  }
  /** Typing them settles what the project begins as, as choosing does: another guess would put them in another place. */
  setClassList(index: number, list: string): void {
    if (list.trim() !== '') this.#typed.template ??= this.#template.id;
    while (this.#typed.lists.length <= index) this.#typed.lists.push('');
    this.#typed.lists[index] = list;
  }

  /** What is asked and its classes as they would be founded now. */
  get schema(): Schema {
    return this.#schema;
  }

  /** The places of the fields that still need a class before the work can begin. */
  get lacking(): readonly number[] {
    if (this.#brought) return [];
    const filled = this.importer.hasLabels ? this.#labelled : -1;
    return this.#schema.fields.flatMap(({ classes }, index) =>
      classes.length === 0 && index !== filled ? [index] : [],
    );
  }

  /** Set once the project exists, while and after its items are imported. */
  get created() {
    return this.#created;
  }
  /** Whether files were chosen or classes typed for a project that does not exist yet. */
  get isBegun(): boolean {
    const hasClasses = this.#typed.lists.some((list) => list.trim() !== '');
    return this.#created === null && (hasClasses || this.importer.phase !== 'empty');
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
      const schema = withinLimits(this.schema);
      const label = schema.ok ? (schema.value.fields[this.#labelled]?.id ?? null) : null;
      const created = schema.ok ? await this.#found(schema.value) : schema;
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
      return !this.importer.hasItems || (await this.importer.run(label));
    } finally {
      this.#busy = false;
    }
  }

  /** Forgets what was typed and given, for the next project. */
  reset(): void {
    this.importer.clear();
    this.#typed = untouched();
    this.#config = null;
    this.#created = null;
    this.#failure = null;
  }

  /** The data set that the files are, where it has fields. */
  get #brought(): DatasetPreview | null {
    const { dataset } = this.importer;
    return dataset && dataset.schema.fields.length > 0 ? dataset : null;
  }

  /** The place of the field that labels in tables and names of folders answer; -1: none can. */
  get #labelled(): number {
    return this.#schema.fields.findIndex(({ kind }) => kind === 'choice');
  }

  #found(schema: Schema) {
    return this.#client.create({
      name: this.name.trim() || DEFAULT_NAME,
      founder: this.#preferences.name.trim() || 'Owner',
      schema,
      settings: { ...this.#config?.settings, submitOnChoice: this.#typed.submitOnChoice },
    });
  }

  #schemaNow(): Schema {
    const classes = (index: number) => this.classList(index).split('\n');
    const { dataset, template } = this;
    const given = this.#config?.schema ?? dataset?.schema;
    if (given) return given.fields.reduce((grown, { id }, index) => addClasses(grown, id, classes(index)), given);
    const { question, multiple, rotatable, wholeWords } = this.#typed;
    const options = { multiple, rotatable, wholeWords };
    const isOnly = template.fields.length === 1;
    return templateSchema(
      template,
      template.fields.map((_, index) => ({ ...options, name: isOnly ? question : '', classes: classes(index) })),
    );
  }
}

function givenBy(importer: Importer): Given {
  const { preview, dataset } = importer;
  const tables = (preview?.tables ?? []).flatMap(({ path }) => importer.mapping(path) ?? []);
  const areImages = tables.map(({ contentKind }) => contentKind === 'image-url');
  const content = new Set<Template['content']>();
  if ((dataset?.images ?? preview?.images ?? 0) > 0 || areImages.includes(true)) content.add('image');
  if ((dataset ? dataset.items > dataset.images : (preview?.textFiles ?? 0) > 0) || areImages.includes(false))
    content.add('text');
  return { content, dialogue: tables.some(({ context }) => context !== null) };
}

function chosen(id: TemplateId | null, given: Given): Template {
  const wanted = id === null ? null : templateOf(id);
  return wanted && fits(wanted, given) ? wanted : templateOf(guessTemplate(given));
}

/** The folder that holds everything, else the name of the only file. */
function guessName(paths: readonly string[]): string {
  const roots = new Set(paths.map((path) => path.split('/')[0]!));
  const [root, ...others] = roots;
  if (root === undefined || others.length > 0) return '';
  return paths.length === 1 && !paths[0]!.includes('/') ? root.replace(/\.[^.]+$/, '') : root;
}
