import type { ConcordError } from '#core/errors';
import type { AuthorId, ItemId } from '#core/model/ids';
import type { Result } from '#core/result';
import type { GoldView } from '#workers/project/gold/api';
import { Paced } from './paced';
import type { ProjectState } from './project.svelte';

/** How often the list is asked for at most, however much happens. */
const PAUSE_MS = 1_000;

/** What the project knows the answers of, for those who may. */
export class GoldList {
  readonly #project: Pick<ProjectState, 'client' | 'role'>;
  #view = $state.raw<GoldView | null>(null);
  #failure = $state.raw<ConcordError | null>(null);
  #isBusy = $state(false);
  readonly #list = new Paced(() => this.#look(), PAUSE_MS);

  constructor(project: Pick<ProjectState, 'client' | 'role'>) {
    this.#project = project;
  }

  /** Whether this person may see and set what is known. */
  get mayRead(): boolean {
    return this.#project.role === 'owner' || this.#project.role === 'reviewer';
  }
  /** null until it is known. */
  get view() {
    return this.#view;
  }
  /** What was asked for last and failed. */
  get failure() {
    return this.#failure;
  }
  get isBusy() {
    return this.#isBusy;
  }

  /** Asks for the list: now, or once a while has passed since it was asked for. */
  refresh(): void {
    if (this.mayRead) this.#list.ask();
  }

  /** Makes what was resolved gold; how many items, or null where it failed. */
  async setFromResolved(): Promise<number | null> {
    const made = await this.#act(() => this.#project.client.setGoldFromResolved());
    return made?.ok === true ? made.value.set : null;
  }

  /** Takes an answer back; whether that worked. */
  async takeBack(item: ItemId): Promise<boolean> {
    const taken = await this.#act(() => this.#project.client.setGold([{ item, values: null }]));
    return taken?.ok === true;
  }

  /** Lets everybody know; whether that worked. */
  async disclose(
    answers: readonly { readonly item: ItemId; readonly why: string }[],
    practice: boolean,
  ): Promise<boolean> {
    const told = await this.#act(() => this.#project.client.discloseGold(answers, practice));
    return told?.ok === true;
  }

  /** Pauses somebody; '' lets them go on. */
  async pause(author: AuthorId, reason: string): Promise<void> {
    await this.#act(() => this.#project.client.pauseMember(author, reason));
  }

  dismissFailure(): void {
    this.#failure = null;
  }

  close(): void {
    this.#list.close();
  }

  async #look(): Promise<void> {
    const found = await this.#project.client.gold();
    if (found.ok) this.#view = found.value;
    else this.#failure = found.error;
  }

  /** One at a time; null while another is under way. */
  async #act<T>(work: () => Promise<Result<T>>): Promise<Result<T> | null> {
    if (this.#isBusy) return null;
    this.#isBusy = true;
    const done = await work();
    this.#failure = done.ok ? null : done.error;
    if (done.ok) await this.#look();
    this.#isBusy = false;
    return done;
  }
}
