import type { ProjectClient } from '#compute/project-client';
import { fault, type ConcordError } from '#core/errors';
import type { ProjectId } from '#core/model/ids';
import { isExpired } from '#core/peers/credential';
import type { Invitation } from '#core/peers/invitation';
import { readInvitation } from '#core/peers/invite-link';
import { expectArrival } from './arrival.svelte';
import type { Preferences } from './preferences.svelte';

/** Where app.html puts the link that was opened, before it takes it out of the address. */
const OPENED = 'concord.invite';

/**
 * An invite that was opened, until the person joins by it or leaves. What it holds is secret: it is kept in this tab's session
 * alone, so that a page which is loaded anew has it still, and nothing else has.
 */
export class Joining {
  readonly #client: Pick<ProjectClient, 'join' | 'projects'>;
  readonly #preferences: Preferences;
  readonly #session: Storage;
  readonly #local: Storage;
  readonly #now: () => number;
  #invitation = $state.raw<Invitation | null>(null);
  #failure = $state.raw<ConcordError | null>(null);
  #isHere = $state(false);
  #isBusy = $state(false);
  /** What the person is called here. */
  name = $state('');

  /** @param now milliseconds since the epoch */
  constructor(
    client: Pick<ProjectClient, 'join' | 'projects'>,
    preferences: Preferences,
    storages: { session: Storage; local: Storage },
    now: () => number,
  ) {
    this.#client = client;
    this.#preferences = preferences;
    this.#session = storages.session;
    this.#local = storages.local;
    this.#now = now;
    this.name = preferences.name;
    const opened = this.#session.getItem(OPENED);
    if (opened !== null) this.take(opened);
  }

  /** null: no link was opened, or it is none to join by. */
  get invitation() {
    return this.#invitation;
  }
  /** What is wrong with the link, or with joining. */
  get failure() {
    return this.#failure;
  }
  /** Whether the project is on this device already. */
  get isHere() {
    return this.#isHere;
  }
  get isBusy() {
    return this.#isBusy;
  }

  /** Takes the link that was opened or pasted. */
  take(text: string): void {
    const read = readInvitation(text);
    this.#invitation = null;
    this.#isHere = false;
    if (!read.ok) this.#refuse(text, read.error);
    else if (isExpired(read.value.certificate, this.#now())) this.#refuse(text, fault('invite.expired', ''));
    else {
      this.#session.setItem(OPENED, text);
      this.#failure = null;
      this.#invitation = read.value;
      void this.#look(read.value.certificate.project);
    }
  }

  /** The project that was joined; null where it failed. */
  async join(): Promise<ProjectId | null> {
    if (!this.#invitation || this.#isBusy) return null;
    this.#isBusy = true;
    const name = this.name.trim();
    const joined = await this.#client.join(this.#invitation, name);
    this.#isBusy = false;
    this.#failure = joined.ok ? null : joined.error;
    if (!joined.ok) return null;
    this.#session.removeItem(OPENED);
    this.#preferences.name = name;
    if (!this.#isHere) expectArrival(this.#local, joined.value);
    return joined.value;
  }

  /** A link of a newer version is kept for when this page is loaded anew, in that version. */
  #refuse(text: string, error: ConcordError): void {
    this.#failure = error;
    if (error.code === 'invite-link.newer') this.#session.setItem(OPENED, text);
    else this.#session.removeItem(OPENED);
  }

  async #look(project: ProjectId): Promise<void> {
    const projects = await this.#client.projects();
    if (this.#invitation?.certificate.project !== project) return;
    this.#isHere = projects.ok && projects.value.some(({ id }) => id === project);
  }
}
