import type { LogEvent } from '#core/log/events';
import { emptyLog } from '#core/log/chain';
import { found } from '#core/log/founding';
import { CHUNK_ITEMS, encodeChunk } from '#core/model/chunk';
import { hashOf } from '#core/model/hash';
import type { AuthorId, Hash, ItemId, ProjectId } from '#core/model/ids';
import { itemId } from '#core/model/item';
import { writeProjectFile } from '#core/project-file/write';
import { writeZip } from '#io/files/zip-writer';
import { createRecovery } from '#io/keys';
import { extend, testAuthor } from '../support/authors';
import { CLASSES, SCHEMA } from '../support/schema';

/** A project of texts, each annotated once by a commit of its own, with the authors taking turns. */
export interface AnnotatedProject {
  readonly project: ProjectId;
  readonly logs: ReadonlyMap<AuthorId, readonly Uint8Array[]>;
  readonly chunks: readonly { readonly hash: Hash; readonly items: readonly ItemId[]; readonly bytes: Uint8Array }[];
  /** Whoever enters it is an owner. */
  readonly recoveryCode: string;
}

/** @param authors the founder among them; the others are annotators by the founder's decision */
export async function annotatedProject(annotations: number, authors: number): Promise<AnnotatedProject> {
  const recovery = createRecovery();
  const [founder, ...annotators] = Array.from({ length: authors }, (_, n) => testAuthor(n + 1));
  const founding = {
    ...{ name: 'Birds', founder: 'Ada', schema: SCHEMA, settings: {}, recovery: recovery.publicKey },
    ...{ nonce: new Uint8Array(16), time: 1.7e12 },
  };
  const { project, bytes, head } = await found(founding, founder!);
  const texts = Array.from({ length: annotations }, (_, n) => `This is the text with the number ${n + 1}.`);
  const chunks = Array.from({ length: Math.ceil(annotations / CHUNK_ITEMS) }, (_, n) => chunk(texts, n * CHUNK_ITEMS));
  const announced = chunks.map(({ hash, items }): LogEvent => ({
    type: 'items.added',
    chunk: hash,
    count: items.length,
  }));
  const admitted = annotators.map(({ author }): LogEvent => ({
    ...{ type: 'member.changed', author, role: 'annotator' },
    asOf: { seq: -1, hash: new Uint8Array(32) },
  }));
  const begun = await extend(head, founder!, [announced, ...(admitted.length > 0 ? [admitted] : [])]);
  const said = (of: number) =>
    texts.flatMap((text, n): (readonly LogEvent[])[] => (n % authors === of ? [[annotation(text, n)]] : []));
  const founders = await extend(begun.head, founder!, said(0));
  const logs = new Map([[founder!.author, [bytes, ...begun.commits, ...founders.commits]]]);
  for (const [n, signer] of annotators.entries()) {
    const { commits } = await extend(emptyLog(project, signer.author), signer, said(n + 1));
    logs.set(signer.author, commits);
  }
  return { project, logs, chunks, recoveryCode: recovery.code };
}

/** The project as a file, without seal or blobs left out: what a person would save. */
export async function asFile({ project, logs, chunks }: AnnotatedProject): Promise<Blob> {
  const commits = Object.fromEntries(Array.from(logs, ([author, log]) => [author, log.length]));
  const files = writeProjectFile({
    manifest: { project, name: 'Birds', savedAt: 1.7e12, blobs: 'none', commits },
    commits: (author) => once(logs.get(author) ?? []),
    async *chunks() {
      for (const { hash, bytes } of chunks) yield await Promise.resolve({ hash, bytes });
    },
    blobs: () => {
      throw new Error('there are none');
    },
  });
  const zip = await writeZip(new AbortController().signal, files, () => undefined, { seal: 'sealed' });
  if (!zip.ok) throw new Error(zip.error.message);
  return zip.value;
}

function chunk(texts: readonly string[], from: number) {
  const records = texts.slice(from, from + CHUNK_ITEMS).map((text, row) => ({
    data: { kind: 'text' as const, text },
    sources: [{ file: 'texts.csv', row: from + row + 1 }],
  }));
  const bytes = encodeChunk(records);
  return { hash: hashOf(bytes), items: records.map(({ data }) => itemId(data)), bytes };
}

const annotation = (text: string, n: number): LogEvent => ({
  ...{ type: 'annotation.submitted', item: itemId({ kind: 'text', text }), schema: 1, from: 'person' },
  ...{ values: { label: [CLASSES[n % CLASSES.length]!] }, leadMs: 1_000 + (n % 977) },
});

async function* once<T>(list: readonly T[]): AsyncGenerator<readonly T[]> {
  yield await Promise.resolve(list);
}
