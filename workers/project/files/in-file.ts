import type { LogHead } from '#core/log/chain';
import type { ProjectStore } from '#io/storage/project-store';
import type { InFile, SavedFile } from '../api';

/** What the project file that was saved last held, and how much came since; follows every commit. */
export class InFileRecord {
  readonly #store: ProjectStore;
  readonly #onChange: (inFile: InFile | null) => void;
  #saved: SavedFile['content'] | null;
  /** Commits of all logs. */
  #commits: number;

  static async open(
    store: ProjectStore,
    heads: readonly LogHead[],
    onChange: (inFile: InFile | null) => void,
  ): Promise<InFileRecord> {
    return new InFileRecord(store, (await store.read('inFile')) ?? null, countOf(heads), onChange);
  }

  private constructor(
    store: ProjectStore,
    saved: SavedFile['content'] | null,
    commits: number,
    onChange: (inFile: InFile | null) => void,
  ) {
    this.#store = store;
    this.#saved = saved;
    this.#commits = commits;
    this.#onChange = onChange;
  }

  get state(): InFile | null {
    if (!this.#saved) return null;
    const { savedAt, blobs, commits } = this.#saved;
    return { savedAt, blobs, since: Math.max(0, this.#commits - commits) };
  }

  appended(commits: number): void {
    this.#commits += commits;
    this.#tell();
  }

  /** After logs came from elsewhere. */
  recount(heads: readonly LogHead[]): void {
    this.#commits = countOf(heads);
    this.#tell();
  }

  /** The browser was handed the file. On a full disk that is remembered until the page is closed. */
  async handedOver(content: SavedFile['content']): Promise<void> {
    this.#saved = content;
    this.#tell();
    await this.#store.write('inFile', content).catch(() => undefined);
  }

  #tell(): void {
    if (this.#saved) this.#onChange(this.state);
  }
}

const countOf = (heads: readonly LogHead[]): number => heads.reduce((sum, { length }) => sum + length, 0);
