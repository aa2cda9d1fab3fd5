/**
 * What lies where in a project file (`*.concord`), a zip:
 *
 *     concord.json             what the file is; for people and for a first look: nothing in it is signed
 *     logs/<author>/<seq>      commits of an author from this `seq` on, in canonical CBOR: a list of byte strings
 *     chunks/<hash>            batches of items and of predictions
 *     blobs/<hash>             images and other files, unless it was saved without
 */
import { strToU8 } from 'fflate';
import * as v from 'valibot';
import { fault } from '../errors';
import type { AuthorId, Hash, ProjectId } from '../model/ids';
import { err, ok, type Result } from '../result';

export const MANIFEST_PATH = 'concord.json';

/** Grows when an older reader would misread the file; a reader refuses what is newer than itself. */
const VERSION = 1;

/** What the file says of itself. What it holds is judged by its logs alone. */
export interface Manifest {
  readonly project: ProjectId;
  readonly name: string;
  /** Milliseconds since the epoch, by the clock of who saved it. */
  readonly savedAt: number;
  /** Commits by author. */
  readonly commits: Readonly<Record<AuthorId, number>>;
  readonly blobs: 'all' | 'none';
}

const hash = v.pipe(v.string(), v.regex(/^[a-z2-7]{51}[aq]$/));
const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const manifestSchema = v.looseObject({
  format: v.literal('concord-project'),
  version: v.literal(VERSION),
  project: hash,
  name: v.pipe(v.string(), v.maxLength(200)),
  savedAt: whole,
  commits: v.record(hash, whole),
  blobs: v.picklist(['all', 'none']),
});

export const encodeManifest = ({ project, name, savedAt, commits, blobs }: Manifest): Uint8Array =>
  strToU8(
    `${JSON.stringify({ format: 'concord-project', version: VERSION, project, name, savedAt, commits, blobs }, null, 2)}\n`,
  );

/** @returns `project-file.newer` for one that a later version wrote, `project-file.invalid` for anything else that is none */
export function readManifest(text: string): Result<Manifest> {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return err(fault('project-file.invalid', MANIFEST_PATH, { reason: 'it is not JSON' }));
  }
  if (v.is(manifestSchema, raw)) return ok(raw);
  const { version } = (raw ?? {}) as { readonly version?: unknown };
  if (typeof version === 'number' && version > VERSION) return err(fault('project-file.newer', MANIFEST_PATH));
  return err(fault('project-file.invalid', MANIFEST_PATH, { reason: 'it does not describe a project' }));
}

/** Wide enough that names sort as numbers do. */
const SEQ_DIGITS = 10;

export const logPath = (author: AuthorId, seq: number): string =>
  `logs/${author}/${String(seq).padStart(SEQ_DIGITS, '0')}`;
export const chunkPath = (chunk: Hash): string => `chunks/${chunk}`;
export const blobPath = (blob: Hash): string => `blobs/${blob}`;

export type Place =
  | { readonly kind: 'log'; readonly author: AuthorId; readonly seq: number }
  | { readonly kind: 'chunk' | 'blob'; readonly hash: Hash };

/** What a file of this name is; null for one that has no place in a project file. */
export function placeOf(path: string): Place | null {
  const [, author, seq] = /^logs\/([a-z2-7]{51}[aq])\/(\d{10})$/.exec(path) ?? [];
  if (author !== undefined && seq !== undefined) return { kind: 'log', author, seq: Number(seq) };
  const [, folder, name] = /^(chunk|blob)s\/([a-z2-7]{51}[aq])$/.exec(path) ?? [];
  return folder === undefined || name === undefined ? null : { kind: folder as 'chunk' | 'blob', hash: name };
}
