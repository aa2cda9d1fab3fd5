import type { ProjectClient } from '#compute/project-client';
import type { ConcordError } from '#core/errors';
import type { FieldId } from '#core/model/ids';
import type { ColumnMapping } from '#core/table/mapping';
import { isProjectFile } from '#core/project-file/extension';
import { droppedFiles } from '#io/files/drop';
import type { PickedFile } from '#io/files/picked';
import { pickFiles, pickFolder } from '#io/files/pickers';
import type { DatasetPreview, ImportPlan, ImportPreview, ImportReport, TaskId } from '#workers/project/api';

/** `inspecting`: files are being looked at; `ready`: the plan can be changed and run. */
export type ImporterPhase = 'empty' | 'inspecting' | 'ready' | 'importing' | 'done';

/** Folders that part a data set, and are no classes. */
const PARTS = new Set([
  'train',
  'training',
  'test',
  'val',
  'valid',
  'validation',
  'dev',
  'eval',
  'images',
  'img',
  'data',
]);

/** From files that somebody gives to items in the open project: what they are, what becomes what, and the run. */
export class Importer {
  readonly #client: Pick<ProjectClient, 'inspect' | 'importFiles' | 'cancel'>;
  readonly #onImageHosts: (hosts: readonly string[]) => void;
  readonly #onProjectFile: ((file: File) => void) | null;
  #files = $state.raw<readonly PickedFile[]>([]);
  #phase = $state<ImporterPhase>('empty');
  #preview = $state.raw<ImportPreview | null>(null);
  #report = $state.raw<ImportReport | null>(null);
  #failure = $state.raw<ConcordError | null>(null);
  #mappings = $state.raw<Readonly<Record<string, ColumnMapping>>>({});
  #task = $state<TaskId | null>(null);
  /** A data set whose files are to be taken one by one. */
  #declined = $state.raw<DatasetPreview | null>(null);
  labelsAs = $state<ImportPlan['labelsAs']>('predictions');
  textFiles = $state<ImportPlan['textFiles']>('file');
  foldersAsLabels = $state(false);

  /**
   * @param onImageHosts told of the hosts whose images a table gave the addresses of: who imports them wants to see them
   * @param onProjectFile given a project file, which is merged, not imported; without it one is a file like any other
   */
  constructor(
    client: Pick<ProjectClient, 'inspect' | 'importFiles' | 'cancel'>,
    onImageHosts: (hosts: readonly string[]) => void,
    onProjectFile: ((file: File) => void) | null = null,
  ) {
    this.#onProjectFile = onProjectFile;
    this.#client = client;
    this.#onImageHosts = onImageHosts;
  }

  get phase() {
    return this.#phase;
  }
  get files() {
    return this.#files;
  }
  /** What was understood of the files; null until it is known. */
  get preview() {
    return this.#preview;
  }
  /** What the last run did. */
  get report() {
    return this.#report;
  }
  /** The data set that the files are together; null where they are none. */
  get dataset(): DatasetPreview | null {
    return this.#preview?.dataset ?? null;
  }
  /** A data set that the person takes as plain files. */
  get declined() {
    return this.#declined;
  }
  /** The report in a sentence: `200 items imported, 2 duplicates kept once.` */
  get reportWords(): string {
    const report = this.#report;
    if (!report) return '';
    const doubles = report.duplicates > 0 ? `, ${counted(report.duplicates, 'duplicate')} kept once` : '';
    return `${counted(report.added, 'item')} imported${doubles}.`;
  }
  get failure() {
    return this.#failure;
  }
  /** Of the run under way, to find its progress by. */
  get task() {
    return this.#task;
  }
  /** Whether anything was found that can be imported. */
  get hasItems(): boolean {
    const found = this.#preview;
    if (!found) return false;
    if (found.dataset) return found.dataset.items > 0;
    return found.images + found.textFiles > 0 || found.tables.some(({ total }) => total !== 0);
  }
  /** Whether labels come with the files. */
  get hasLabels(): boolean {
    if (this.dataset) return this.dataset.labelled > 0;
    return this.foldersAsLabels || Object.values(this.#mappings).some(({ label }) => label !== null);
  }

  /** Call it within the event: the transfer is emptied when that returns. */
  drop(transfer: DataTransfer): Promise<void> {
    return this.add(droppedFiles(transfer));
  }

  pickFiles(): Promise<void> {
    return this.add(pickFiles());
  }

  pickFolder(): Promise<void> {
    return this.add(pickFolder());
  }

  mapping(path: string): ColumnMapping | undefined {
    return this.#mappings[path];
  }

  map(path: string, mapping: ColumnMapping): void {
    this.#mappings = { ...this.#mappings, [path]: mapping };
  }

  /** Takes the files of a data set one by one. */
  declineDataset(): Promise<void> {
    this.#declined = this.dataset;
    return this.#inspect();
  }

  /** Takes the files as the data set that they are after all. */
  acceptDataset(): Promise<void> {
    this.#declined = null;
    return this.#inspect();
  }

  /** Leaves everything that was given. */
  clear(): void {
    if (this.#task !== null) void this.#client.cancel(this.#task);
    this.#task = null;
    this.#files = [];
    this.#preview = null;
    this.#report = null;
    this.#failure = null;
    this.#mappings = {};
    this.#declined = null;
    this.#phase = 'empty';
    this.foldersAsLabels = false;
  }

  dismissFailure(): void {
    this.#failure = null;
  }

  /**
   * Imports into the open project; whether it came to its end.
   *
   * @param field the field that labels of plain files fill; a data set says itself what it answers
   */
  async run(field: FieldId | null): Promise<boolean> {
    const task = crypto.randomUUID();
    this.#task = task;
    this.#phase = 'importing';
    this.#failure = null;
    const { dataset } = this;
    const plan: ImportPlan = {
      dataset: dataset && { items: dataset.isWhole ? dataset.items : 0 },
      tables: this.#mappings,
      labelField: this.hasLabels ? field : null,
      labelsAs: this.labelsAs,
      textFiles: this.textFiles,
      foldersAsLabels: this.foldersAsLabels,
    };
    const imported = await this.#client.importFiles(task, this.#files, plan);
    if (this.#task !== task) return false;
    this.#task = null;
    if (imported.ok) {
      this.#report = imported.value;
      this.#onImageHosts(imported.value.imageHosts);
      this.#phase = 'done';
    } else {
      this.#failure = imported.error;
      this.#phase = 'ready';
    }
    return imported.ok;
  }

  /** Ends the run under way; what it has added until then stays. */
  cancel(): void {
    if (this.#task !== null) void this.#client.cancel(this.#task);
  }

  /** Takes more files, and looks at all of them together. */
  async add(given: Promise<readonly PickedFile[]>): Promise<void> {
    const before = this.#phase;
    this.#phase = 'inspecting';
    const known = new Set(this.#files.map(identity));
    const fresh = this.#withoutProjectFile(await given).filter((file) => !known.has(identity(file)));
    if (fresh.length === 0) {
      this.#phase = before === 'inspecting' ? 'ready' : before;
      return;
    }
    this.#files = [...this.#files, ...fresh];
    await this.#inspect();
  }

  #withoutProjectFile(files: readonly PickedFile[]): readonly PickedFile[] {
    const [first] = files;
    if (!this.#onProjectFile || !first || files.length > 1 || !isProjectFile(first.file)) return files;
    this.#onProjectFile(first.file);
    return [];
  }

  async #inspect(): Promise<void> {
    if (this.#task !== null) void this.#client.cancel(this.#task);
    const task = crypto.randomUUID();
    this.#task = task;
    this.#phase = 'inspecting';
    this.#failure = null;
    const datasets = this.#declined ? 'ignore' : 'find';
    const inspected = await this.#client.inspect(task, this.#files, { datasets });
    if (this.#task !== task) return;
    this.#task = null;
    if (!inspected.ok) {
      this.#failure = inspected.error;
      this.#phase = this.#preview ? 'ready' : 'empty';
      return;
    }
    const preview = inspected.value;
    const guessed = preview.tables.map(({ path, mapping }) => [path, this.#mappings[path] ?? mapping]);
    this.#mappings = Object.fromEntries(guessed) as Record<string, ColumnMapping>;
    this.foldersAsLabels = looksLikeClasses(preview.folders, this.#files);
    this.#preview = preview;
    this.#phase = 'ready';
  }
}

/** Whether folders are classes: several of them, besides the one that holds everything and the parts of a data set. */
function looksLikeClasses(folders: readonly string[], files: readonly PickedFile[]): boolean {
  const roots = new Set(files.filter(({ path }) => path.includes('/')).map(({ path }) => path.split('/')[0]));
  return folders.filter((name) => !roots.has(name) && !PARTS.has(name.toLowerCase())).length > 1;
}

const identity = ({ path, file }: PickedFile): string => `${path}\n${file.size}\n${file.lastModified}`;

const counted = (count: number, one: string): string => `${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`;
