import type { ProjectClient } from '#compute/project-client';
import type { ConcordError } from '#core/errors';
import { imageReference } from '#core/model/image-reference';
import { setGuidelines } from '#core/model/schema-edits';
import type { SchemaEditor } from './schema-editor.svelte';

/** The guidelines while they are being written: one change of the schema when the writing is left, not one per letter. */
export class Guidelines {
  readonly #editor: SchemaEditor;
  readonly #client: Pick<ProjectClient, 'addImage'>;
  #typed = $state<string | null>(null);
  #adding = $state(0);
  #failure = $state.raw<ConcordError | null>(null);

  constructor(editor: SchemaEditor, client: Pick<ProjectClient, 'addImage'>) {
    this.#editor = editor;
    this.#client = client;
  }

  /** As it is typed now, Markdown. */
  get text(): string {
    return this.#typed ?? this.#editor.schema.guidelines;
  }
  set text(text) {
    this.#typed = text;
  }

  /** Images that are being stored. */
  get adding() {
    return this.#adding;
  }
  /** Why the last image could not be taken. */
  get failure() {
    return this.#failure;
  }

  dismissFailure(): void {
    this.#failure = null;
  }

  /** Stores what was typed. */
  commit(): void {
    const guidelines = this.#typed;
    this.#typed = null;
    if (guidelines !== null && guidelines !== this.#editor.schema.guidelines)
      this.#editor.edit('guidelines', (schema) => setGuidelines(schema, guidelines));
  }

  /** Stores images; gives the Markdown that shows each of those that could be stored. */
  async addImages(files: readonly File[]): Promise<readonly string[]> {
    this.#failure = null;
    this.#adding += files.length;
    const markdown: string[] = [];
    for (const file of files) {
      const added = await this.#client.addImage(file);
      this.#adding--;
      if (added.ok) markdown.push(`![${altOf(file.name)}](${imageReference(added.value)})`);
      else this.#failure = added.error;
    }
    return markdown;
  }
}

/** The name of a file as words; what a clipboard calls its images says nothing. */
function altOf(name: string): string {
  const stem = name
    .replace(/\.[^.]*$/, '')
    .replace(/[[\]\\_\s]+/g, ' ')
    .trim();
  return stem === '' || /^image$/i.test(stem) ? 'What it shows' : stem;
}
