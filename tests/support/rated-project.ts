import { emptyLog, type LogHead } from '#core/log/chain';
import { commitHash, MAX_COMMIT_EVENTS, signCommit } from '#core/log/commit';
import type { LogEvent } from '#core/log/events';
import { found } from '#core/log/founding';
import { proofMessage } from '#core/log/proofs';
import { fromBase32 } from '#core/model/base32';
import type { Values, ValuesOrigin } from '#core/model/annotation';
import { CHUNK_ITEMS, encodeChunk } from '#core/model/chunk';
import { hashOf } from '#core/model/hash';
import type { AuthorId, Hash, ItemId, ProjectId } from '#core/model/ids';
import { itemId, type ItemRecord } from '#core/model/item';
import type { Role, Settings } from '#core/model/project';
import type { ClassDefinition, Field, Schema } from '#core/model/schema';
import { writeProjectFile } from '#core/project-file/write';
import { writeZip } from '#io/files/zip-writer';
import { createRecovery } from '#io/keys';
import { testAuthor, type TestAuthor } from './authors';

/** Milliseconds between two answers, whoever gives them. */
const BETWEEN = 2_000;
const BEGIN = 1.7e12;

/** A project that several people labelled, each in a log of their own. */
export interface RatedProject {
  readonly project: ProjectId;
  /** The founder, who answers nothing, then the people in the order in which they were given. */
  readonly authors: readonly TestAuthor[];
  readonly items: readonly ItemId[];
  readonly logs: ReadonlyMap<AuthorId, readonly Uint8Array[]>;
  readonly chunks: readonly { readonly hash: Hash; readonly items: readonly ItemId[]; readonly bytes: Uint8Array }[];
  readonly blobs: ReadonlyMap<Hash, Uint8Array>;
  /** Whoever enters it is an owner. */
  readonly recoveryCode: string;
}

export interface Person {
  readonly name: string;
  /** Default: annotator. */
  readonly role?: Exclude<Role, 'owner'>;
}

/** An answer; those of one person are given in the order of the list. */
export interface Rating {
  /** Place in the list of people. */
  readonly by: number;
  /** Place in the list of records. */
  readonly item: number;
  /** null: skipped. */
  readonly values: Values | null;
  /** Default: 1,000 and a little. */
  readonly leadMs?: number;
  readonly from?: ValuesOrigin;
}

export interface RatedProjectOptions {
  readonly name?: string;
  readonly people: readonly Person[];
  readonly records: readonly ItemRecord[];
  readonly schema: Schema;
  readonly ratings: Iterable<Rating>;
  readonly settings?: Partial<Settings>;
  /** Bytes of the images among the records. */
  readonly blobs?: readonly Uint8Array[];
  /** Answers that are committed together, at most a thousand; default: 1. */
  readonly perCommit?: number;
}

/** Founds a project, lets the people join by invites, and writes down what they answer. Equal options but for the recovery code give equal projects. */
export async function ratedProject(options: RatedProjectOptions): Promise<RatedProject> {
  const { people, records, schema, settings = {}, name = 'Birds', perCommit = 1 } = options;
  const recovery = createRecovery();
  const founder = testAuthor(1);
  const founding = await found(
    {
      ...{ name, founder: 'Ada', schema, settings, recovery: recovery.publicKey },
      ...{ nonce: new Uint8Array(16), time: BEGIN },
    },
    founder,
  );
  const { project } = founding;
  const chunks = Array.from({ length: Math.ceil(records.length / CHUNK_ITEMS) }, (_, n) =>
    chunkOf(records.slice(n * CHUNK_ITEMS, (n + 1) * CHUNK_ITEMS)),
  );
  const items = chunks.flatMap((chunk) => chunk.items);
  const roles = [...new Set(people.map(roleOf))];
  const invites = new Map(roles.map((role, n) => [role, testAuthor(200 + n)]));
  const founders = new Log(founding.head, founder);
  await founders.commit([
    ...chunks.map(({ hash, items }): LogEvent => ({ type: 'items.added', chunk: hash, count: items.length })),
    ...Array.from(invites, ([role, { publicKey }]): LogEvent => ({
      ...{ type: 'invite.issued', invite: publicKey, role, expires: 4e12, note: '' },
    })),
  ]);
  const logs = new Map([[founder.author, [founding.bytes, ...founders.commits]]]);
  const said = people.map((): { event: LogEvent; time: number }[] => []);
  let time = BEGIN;
  for (const rating of options.ratings) {
    time += BETWEEN;
    said[rating.by]!.push({ event: answer(rating, items[rating.item]!, schema.version), time });
  }
  const authors = people.map((_, n) => testAuthor(n + 2));
  for (const [n, person] of people.entries()) {
    const author = authors[n]!;
    const invite = invites.get(roleOf(person))!;
    const log = new Log(emptyLog(project, author.author), author);
    const proof = await invite.sign(proofMessage('join', project, author.author));
    await log.commit([{ type: 'member.joined', name: person.name, invite: invite.publicKey, proof }]);
    for (let at = 0; at < said[n]!.length; at += perCommit) {
      const batch = said[n]!.slice(at, at + Math.min(perCommit, MAX_COMMIT_EVENTS));
      await log.commit(
        batch.map(({ event }) => event),
        batch.at(-1)!.time,
      );
    }
    logs.set(author.author, log.commits);
  }
  const blobs = new Map((options.blobs ?? []).map((bytes) => [hashOf(bytes), bytes]));
  return { project, authors: [founder, ...authors], items, logs, chunks, blobs, recoveryCode: recovery.code };
}

/** The project as a file that the app opens. */
export async function ratedFile(
  { project, logs, chunks, blobs }: Pick<RatedProject, 'project' | 'logs' | 'chunks' | 'blobs'>,
  name = 'Birds',
): Promise<Uint8Array> {
  const commits = Object.fromEntries(Array.from(logs, ([author, log]) => [author, log.length]));
  const files = writeProjectFile({
    manifest: { project, name, savedAt: BEGIN, blobs: blobs.size > 0 ? 'all' : 'none', commits },
    async *commits(author) {
      yield await Promise.resolve(logs.get(author) ?? []);
    },
    async *chunks() {
      for (const { hash, bytes } of chunks) yield await Promise.resolve({ hash, bytes });
    },
    async *blobs() {
      for (const [hash, bytes] of blobs) {
        const file = { size: bytes.length, bytes: () => Promise.resolve(bytes), chunks: () => once(bytes) };
        yield await Promise.resolve({ hash, file });
      }
    },
  });
  const zip = await writeZip(new AbortController().signal, files, () => undefined, { seal: 'sealed' });
  if (!zip.ok) throw new Error(zip.error.message);
  return new Uint8Array(await zip.value.arrayBuffer());
}

async function* once<T>(value: T): AsyncGenerator<T> {
  yield await Promise.resolve(value);
}

/** Texts as records of one table. */
export const textRecords = (texts: readonly string[]): ItemRecord[] =>
  texts.map((text, row) => ({ data: { kind: 'text', text }, sources: [{ file: 'texts.csv', row: row + 1 }] }));

/** A schema that asks for exactly one of the classes. */
export const singleChoice = (classes: readonly string[]): Schema => ({
  ...{ version: 1, guidelines: '' },
  fields: [choiceField('label', 'Label', classes)],
});

export const choiceField = (id: string, name: string, classes: readonly string[]): Field => ({
  ...{ id, kind: 'choice', name, required: true, multiple: false, remap: {}, retired: [] },
  classes: classes.map(classDef),
});

/** Told apart by their colours, Okabe and Ito's. */
const COLORS = ['#e69f00', '#56b4e9', '#009e73', '#f0e442', '#0072b2', '#d55e00', '#cc79a7', '#000000'];

const classDef = (id: string, n: number): ClassDefinition => ({
  ...{ id, name: id, color: COLORS[n % COLORS.length]!, key: n < 9 ? String(n + 1) : '', description: '' },
});

const roleOf = ({ role = 'annotator' }: Person): Exclude<Role, 'owner'> => role;

function answer({ values, leadMs = 1_000, from = 'person' }: Rating, item: ItemId, schema: number): LogEvent {
  return values === null
    ? { type: 'item.skipped', item, leadMs }
    : { type: 'annotation.submitted', item, values, schema, leadMs, from };
}

function chunkOf(records: readonly ItemRecord[]) {
  const bytes = encodeChunk(records);
  return { hash: hashOf(bytes), items: records.map(({ data }) => itemId(data)), bytes };
}

/** A log that grows by one commit after the other. */
class Log {
  readonly commits: Uint8Array[] = [];
  readonly #signer: TestAuthor;
  #head: LogHead;

  constructor(head: LogHead, signer: TestAuthor) {
    this.#head = head;
    this.#signer = signer;
  }

  async commit(events: readonly LogEvent[], time = BEGIN): Promise<void> {
    const { project, length: seq, hash, lamport } = this.#head;
    const prev = hash ?? fromBase32(project);
    // One step every second of everybody's time, so that the order of the logs is that of the clocks.
    const next = Math.max(lamport + 1, Math.round((time - BEGIN) / 1_000) + 1);
    const bytes = await signCommit({ seq, prev, lamport: next, time, events }, this.#signer);
    this.commits.push(bytes);
    this.#head = { ...this.#head, length: seq + 1, hash: commitHash(bytes), lamport: next };
  }
}
