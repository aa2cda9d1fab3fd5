/**
 * The append-only gate: whether an update of the shared document does nothing but append commits to authors' logs.
 *
 * In the document an author's commits are structs of one client, whose id comes from the author's, and the clock is the
 * commit's `seq`; so every peer builds the same structs from the same commits. The gate looks at structs only. That the commits
 * continue their log and are signed is for `chain.ts`.
 */
import { fault } from '../errors';
import type { AuthorId } from '../model/ids';
import { err, ok, type Result } from '../result';
import { publicKeyOf } from './commit';

export interface StructId {
  readonly client: number;
  readonly clock: number;
}

/** A struct of a document update, as plain data. */
export type Struct =
  | (StructId & { readonly kind: 'gc' | 'skip' })
  | (StructId & {
      readonly kind: 'item';
      readonly length: number;
      /** null: the content is something else than bytes. */
      readonly bytes: Uint8Array | null;
      readonly origin: StructId | null;
      readonly rightOrigin: StructId | null;
      /** The name of a root; 'item' within another item; null where the encoding leaves it to the origin. */
      readonly parent: { readonly root: string } | 'item' | null;
      readonly parentSub: string | null;
    });

export interface Update {
  /** In the order in which they stand in the update. */
  readonly structs: readonly Struct[];
  /** Ranges in the update's delete set. */
  readonly deletions: number;
}

/** What the gate has to know of the document. */
export interface Logs {
  /** Whose structs carry the client id; undefined for nobody yet. */
  authorOf(client: number): AuthorId | undefined;
  /** Commits in the author's log. */
  lengthOf(author: AuthorId): number;
}

/** Commits that an update brings of one author, without gaps. */
export interface Append {
  readonly author: AuthorId;
  /**
   * `seq` of the first; at most the log's length. When it is less, the update repeats commits that are known, as happens
   * when two peers send the same: the caller compares them.
   */
  readonly from: number;
  readonly commits: readonly Uint8Array[];
}

const ROOT = 'log:';

/** The root under which an author's log lies in the document. */
export const rootOf = (author: AuthorId): string => ROOT + author;

/** The client id of an author's structs: the first 52 bits of their public key, which a JavaScript number holds exactly. */
export function clientOf(author: AuthorId): number {
  const key = publicKeyOf(author);
  if (key === null) throw new Error(`not an author: ${author}`);
  let client = 0;
  for (let i = 0; i < 6; i++) client = client * 0x100 + key[i]!;
  return client * 0x10 + (key[6]! >> 4);
}

/**
 * Judges an update.
 *
 * @returns what it appends, each author once; `update.refused` where it does anything else, leaves a gap, or brings an author
 *   whose client id is another's
 */
export function judgeUpdate(update: Update, logs: Logs): Result<readonly Append[]> {
  if (update.deletions > 0) return refused('', 'it deletes');
  const appends = new Map<number, { author: AuthorId; from: number; commits: Uint8Array[] }>();
  for (const struct of update.structs) {
    const { client, clock } = struct;
    const path = `struct ${client}/${clock}`;
    if (struct.kind !== 'item')
      return refused(path, `it holds a ${struct.kind === 'gc' ? 'collected' : 'skipped'} range`);
    if (struct.bytes === null || struct.length !== 1)
      return refused(path, 'its content is not the bytes of one commit');
    if (struct.parentSub !== null) return refused(path, 'it sets a key');
    if (struct.rightOrigin !== null) return refused(path, 'it inserts before something');

    const author = clock === 0 ? authorOfRoot(struct.parent) : (appends.get(client)?.author ?? logs.authorOf(client));
    if (author === undefined) return refused(path, 'it belongs to no log');
    if (clientOf(author) !== client) return refused(path, 'its client id is not its author’s');
    if ((logs.authorOf(client) ?? author) !== author) return refused(path, 'its client id is another author’s');
    if (clock === 0 && struct.origin !== null) return refused(path, 'the first commit follows another');
    if (
      clock > 0 &&
      (struct.origin?.client !== client || struct.origin.clock !== clock - 1 || struct.parent !== null)
    ) {
      return refused(path, 'it does not follow the commit before it');
    }

    const append = appends.get(client);
    if (append === undefined) {
      if (clock > logs.lengthOf(author)) return refused(path, 'commits before it are missing');
      appends.set(client, { author, from: clock, commits: [struct.bytes] });
    } else {
      if (clock !== append.from + append.commits.length) return refused(path, 'its clock is not the next');
      append.commits.push(struct.bytes);
    }
  }
  return ok([...appends.values()]);
}

function authorOfRoot(parent: { readonly root: string } | 'item' | null): AuthorId | undefined {
  if (parent === null || parent === 'item' || !parent.root.startsWith(ROOT)) return undefined;
  const author = parent.root.slice(ROOT.length);
  return publicKeyOf(author) === null ? undefined : author;
}

const refused = (path: string, reason: string) => err(fault('update.refused', path, { reason }));
