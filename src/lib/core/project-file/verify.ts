import { fault, type ConcordError } from '../errors';
import type { FileEntry, FileMap } from '../formats/format';
import { equalBytes, type Verify } from '../log/commit';
import { Proofs, recoveryKey } from '../log/proofs';
import { toBase32 } from '../model/base32';
import { decodeChunk } from '../model/chunk';
import { hashOf, hashOfPieces } from '../model/hash';
import type { AuthorId, Hash, ProjectId } from '../model/ids';
import { itemId, type ItemRecord } from '../model/item';
import { decodePredictions } from '../model/prediction-chunk';
import type { ControlFact } from '../projection/control';
import { Projection } from '../projection/projection';
import { ReadFailure } from '../read-failure';
import { ok, type Result } from '../result';
import { checkLog, type CheckedSegment } from './check-log';
import { blobPath, chunkPath, MANIFEST_PATH } from './layout';
import { openProjectFile, type ProjectFile } from './read';

/** What a project file holds, and everything that is wrong with it. */
export interface Verification {
  readonly project: ProjectId;
  readonly name: string;
  readonly counts: {
    /** Authors with a log, whatever their role. */
    readonly authors: number;
    readonly commits: number;
    readonly events: number;
    /** Items that the project has: announced, there, and not removed. */
    readonly items: number;
    /** Annotations that stand: of several by one author the last one, and only by those who may annotate. */
    readonly annotations: number;
    readonly chunks: number;
    readonly blobs: number;
  };
  /** Each names the file in the project file and, where it is about one, the commit. The first 1,000. */
  readonly problems: readonly ConcordError[];
  /** How many there are in all; 0: the file is as it should be. */
  readonly problemsTotal: number;
}

const KEPT_PROBLEMS = 1_000;

/**
 * Checks everything in a project file: every commit's signature and place, that the founding commit is the one that the
 * project is named for, every proof of a join or a recovery, every chunk and blob by its hash, that the chunks which the logs
 * announce are there, and what commits say of other logs.
 *
 * That no byte between the files of the zip was changed is for the seal (`io/files/seal.ts`).
 *
 * @param onProgress told how many bytes of how many were read
 * @returns `project-file.invalid` or `project-file.newer` only where the file cannot be listed; everything else is a problem
 */
export async function verifyProjectFile(
  files: FileMap,
  verify: Verify,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<Result<Verification>> {
  const opened = await openProjectFile(files);
  if (!opened.ok) return opened;
  const verification = new Verifier(opened.value, verify, watch(files, onProgress));
  await verification.run();
  return ok(verification.result());
}

/** Tells the sum of the sizes that were read. */
function watch(files: FileMap, onProgress: (done: number, total: number) => void): (bytes: number) => void {
  const total = [...files.values()].reduce((sum, { size }) => sum + size, 0);
  let done = 0;
  return (bytes) => {
    onProgress((done += bytes), total);
  };
}

class Verifier {
  readonly #file: ProjectFile;
  readonly #verify: Verify;
  readonly #onRead: (bytes: number) => void;
  readonly #proofs: Proofs;
  readonly #problems: ConcordError[] = [];
  /** Commits in the logs in which nothing is wrong. */
  readonly #lengths = new Map<AuthorId, number>();
  /** Commits of each log before the first that is wrong. */
  readonly #intact = new Map<AuthorId, number>();
  #projection: Projection;
  #problemsTotal = 0;
  #commits = 0;
  #events = 0;
  #isFounded = false;

  constructor(file: ProjectFile, verify: Verify, onRead: (bytes: number) => void) {
    this.#file = file;
    this.#verify = verify;
    this.#onRead = onRead;
    this.#proofs = new Proofs(file.manifest.project, verify);
    this.#projection = new Projection(null, this.#proofs);
  }

  async run(): Promise<void> {
    for (const author of this.#file.authors) await this.#checkLog(author);
    if (!this.#isFounded) this.#wrong(MANIFEST_PATH, 'the commit that founded its project is in no log');
    this.#checkManifest();
    await this.#checkProofs();
    await this.#checkMentions();
    await this.#checkChunks();
    await this.#checkBlobs();
  }

  result(): Verification {
    const { project } = this.#file.manifest;
    const projection = this.#projection;
    let annotations = 0;
    for (const item of projection.order) annotations += projection.annotationCount(item);
    return {
      project,
      name: projection.settings.name,
      counts: {
        authors: this.#file.authors.length,
        commits: this.#commits,
        events: this.#events,
        items: projection.order.length,
        annotations,
        chunks: this.#file.chunks.size,
        blobs: this.#file.blobs.size,
      },
      problems: this.#problems,
      problemsTotal: this.#problemsTotal,
    };
  }

  // ---------------------------------------------------------------- logs

  async #checkLog(author: AuthorId): Promise<void> {
    const { project } = this.#file.manifest;
    let length = 0;
    const before = this.#problemsTotal;
    const segments = checkLog(this.#file, author, this.#verify, (problem) => {
      this.#add(problem);
    });
    for await (const { size, commits } of segments) {
      for (const { commit, hash, isIntact } of commits) {
        this.#events += commit.events.length;
        if (commit.prev === null && isIntact && toBase32(hash) === project) this.#isFounded = true;
        if (!isIntact) continue;
        this.#projection.apply(author, commit);
        this.#intact.set(author, commit.seq + 1);
      }
      length += commits.length;
      this.#onRead(size);
    }
    this.#commits += length;
    if (this.#problemsTotal === before) this.#lengths.set(author, length);
  }

  /** The manifest is for people; where it contradicts the logs, whoever reads it is misled, or a log was cut off. */
  #checkManifest(): void {
    const { commits } = this.#file.manifest;
    const absent = Object.keys(commits).filter((author) => !this.#file.authors.includes(author));
    for (const [author, found] of [...this.#lengths, ...absent.map((author) => [author, 0] as const)]) {
      const said = commits[author] ?? 0;
      if (said !== found)
        this.#wrong(MANIFEST_PATH, `it tells of ${said} commits by ${author}, and there are ${found}`);
    }
  }

  async #checkProofs(): Promise<void> {
    const { facts } = this.#projection;
    if (await this.#proofs.check(facts)) this.#projection.recheckAuthority();
    const recovery = recoveryKey(facts);
    for (const { author, seq, event } of facts) {
      const isProven =
        event.type === 'member.joined'
          ? this.#proofs.holds('join', event.invite, event.proof, author)
          : event.type === 'owner.added' && event.proof && recovery && event.author === author
            ? this.#proofs.holds('owner', recovery, event.proof, author)
            : true;
      if (!isProven) this.#wrong(logPlace(author, seq), 'its proof is not made with the key that it names');
    }
    if (this.#projection.isStale) await this.#projectAgain();
  }

  /** Logs that are read after others may say who may speak in those. */
  async #projectAgain(): Promise<void> {
    this.#projection = this.#projection.renewed();
    for (const author of this.#file.authors) {
      for await (const { commits } of this.#readAgain(author)) {
        for (const { commit } of commits) {
          if (commit.seq < (this.#intact.get(author) ?? 0)) this.#projection.apply(author, commit);
        }
      }
    }
  }

  /** `member.changed` names a commit of another log by its hash: both must tell the same story. */
  async #checkMentions(): Promise<void> {
    const mentions = new Map<AuthorId, Mention[]>();
    for (const { author, seq, event } of this.#projection.facts) {
      if (event.type !== 'member.changed' || event.asOf.seq < 0) continue;
      const ofMember = mentions.get(event.author) ?? [];
      ofMember.push({ by: author, at: seq, seq: event.asOf.seq, hash: event.asOf.hash });
      mentions.set(event.author, ofMember);
    }
    for (const [member, ofMember] of mentions) {
      const found = await this.#hashesOf(member, new Set(ofMember.map(({ seq }) => seq)));
      for (const { by, at, seq, hash } of ofMember) {
        const there = found.get(seq);
        if (there && equalBytes(there, hash)) continue;
        const reason = there
          ? `it names another commit ${seq} of ${member} than the one in this file`
          : `it names commit ${seq} of ${member}, which is not in this file`;
        this.#wrong(logPlace(by, at), reason);
      }
    }
  }

  async #hashesOf(author: AuthorId, seqs: ReadonlySet<number>): Promise<Map<number, Uint8Array>> {
    const found = new Map<number, Uint8Array>();
    for await (const { commits } of this.#readAgain(author)) {
      for (const { commit, hash } of commits) if (seqs.has(commit.seq)) found.set(commit.seq, hash);
    }
    return found;
  }

  /** A log whose signatures were checked and whose problems were told. */
  #readAgain(author: AuthorId): AsyncGenerator<CheckedSegment> {
    return checkLog(
      this.#file,
      author,
      () => Promise.resolve(true),
      () => undefined,
    );
  }

  // ---------------------------------------------------------------- contents

  async #checkChunks(): Promise<void> {
    const announced = new Map<Hash, ControlFact>();
    for (const fact of this.#projection.facts) {
      const { event } = fact;
      if (event.type === 'items.added' || event.type === 'predictions.published') announced.set(event.chunk, fact);
    }
    for (const [hash, entry] of this.#file.chunks) {
      const bytes = await this.#read(entry, (it) => it.bytes());
      if (!bytes) continue;
      if (hashOf(bytes) !== hash) this.#wrong(chunkPath(hash), 'its content is another than its name says');
      else this.#checkChunk(hash, bytes, announced.get(hash) ?? null);
    }
    const { items, predictions } = this.#projection.missing();
    for (const hash of [...items, ...predictions]) {
      const fact = announced.get(hash);
      if (this.#file.chunks.has(hash) || !fact) continue;
      this.#wrong(chunkPath(hash), `commit ${fact.seq} of ${fact.author} announces it, and it is not there`);
    }
  }

  #checkChunk(hash: Hash, bytes: Uint8Array, fact: ControlFact | null): void {
    if (fact?.event.type === 'items.added') {
      const records = decodeChunk(bytes);
      if (!records.ok) this.#add({ ...records.error, path: chunkPath(hash) });
      else {
        const { count } = fact.event;
        const found = records.value.length;
        if (found !== count)
          this.#wrong(logPlace(fact.author, fact.seq), `it announces ${count} items, and ${found} are there`);
        this.#checkImages(hash, records.value);
        this.#projection.addChunk(
          hash,
          records.value.map(({ data }) => itemId(data)),
        );
      }
    } else if (fact) {
      const read = decodePredictions(bytes);
      if (!read.ok) this.#add({ ...read.error, path: chunkPath(hash) });
    }
  }

  #checkImages(chunk: Hash, records: readonly ItemRecord[]): void {
    if (this.#file.manifest.blobs === 'none') return;
    for (const [row, { data }] of records.entries()) {
      if (data.kind !== 'image' || this.#file.blobs.has(data.blob)) continue;
      this.#wrong(blobPath(data.blob), `item ${row + 1} of ${chunkPath(chunk)} shows it, and it is not there`);
    }
  }

  async #checkBlobs(): Promise<void> {
    for (const [hash, entry] of this.#file.blobs) {
      const found = await this.#read(entry, (it) => hashOfPieces(it.chunks()));
      if (found !== null && found !== hash) this.#wrong(blobPath(hash), 'its content is another than its name says');
    }
  }

  // ---------------------------------------------------------------- inside

  /** null where it cannot be read, which is a problem of its own. */
  async #read<T>(entry: FileEntry, read: (entry: FileEntry) => Promise<T>): Promise<T | null> {
    try {
      return await read(entry);
    } catch (error) {
      if (!(error instanceof ReadFailure)) throw error;
      this.#add(error.error);
      return null;
    } finally {
      this.#onRead(entry.size);
    }
  }

  #wrong(path: string, reason: string): void {
    this.#add(fault('project-file.part', path, { reason }));
  }

  #add(problem: ConcordError): void {
    this.#problemsTotal++;
    if (this.#problems.length < KEPT_PROBLEMS) this.#problems.push(problem);
  }
}

/** A statement about a commit of somebody else's log. */
interface Mention {
  readonly by: AuthorId;
  readonly at: number;
  readonly seq: number;
  readonly hash: Uint8Array;
}

/** How problems name a commit that is known by its place in a log. */
const logPlace = (author: AuthorId, seq: number): string => `logs/${author}, commit ${seq}`;
