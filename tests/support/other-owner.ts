import { emptyLog } from '#core/log/chain';
import type { LogEvent } from '#core/log/events';
import { proofMessage } from '#core/log/proofs';
import type { AuthorId, ItemId } from '#core/model/ids';
import type { ProjectFile } from '#core/project-file/read';
import { writeProjectFile } from '#core/project-file/write';
import { recoverySigner } from '#io/keys';
import { writeZip } from '#io/files/zip-writer';
import { extend, testAuthor } from './authors';

/** What somebody says of items on a device of their own, with a recovery code in hand. */
export interface Said {
  readonly item: ItemId;
  readonly field: string;
  readonly class: string;
}

/**
 * The project files that another owner hands over in the course of their work: each holds all that the given one holds, and
 * more of that owner's log than the one before.
 *
 * @param parts what they said until the first file, between the first and the second, and so on
 */
export async function filesOfAnotherOwner(
  given: ProjectFile,
  code: string,
  parts: readonly (readonly Said[])[],
): Promise<readonly Blob[]> {
  const { project } = given.manifest;
  const other = testAuthor(77);
  const recovery = recoverySigner(code);
  if (!recovery.ok) throw new Error(recovery.error.message);
  const proof = await recovery.value.sign(proofMessage('owner', project, other.author));
  const added: LogEvent = { type: 'owner.added', author: other.author, name: 'Other', proof };
  let { head, commits } = await extend(emptyLog(project, other.author), other, [[added]]);
  let log: Uint8Array[] = [...commits];
  const files: Blob[] = [];
  for (const part of parts) {
    ({ head, commits } = await extend(
      head,
      other,
      part.map((said) => [answer(said)]),
    ));
    log = [...log, ...commits];
    files.push(await handedOver(given, other.author, log));
  }
  return files;
}

const answer = ({ item, field, class: id }: Said): LogEvent => ({
  ...{ type: 'annotation.submitted', item, values: { [field]: [id] }, schema: 1, leadMs: 1, from: 'person' },
});

/** The given file with this author's log in it. */
async function handedOver(given: ProjectFile, author: AuthorId, log: readonly Uint8Array[]): Promise<Blob> {
  const manifest = { ...given.manifest, commits: { ...given.manifest.commits, [author]: log.length } };
  const files = writeProjectFile({
    manifest,
    async *commits(of) {
      if (of === author) yield log;
      else for await (const { commits } of given.commits(of)) yield commits;
    },
    async *chunks() {
      for (const [hash, entry] of given.chunks) yield { hash, bytes: await entry.bytes() };
    },
    async *blobs() {
      for (const [hash, file] of given.blobs) yield await Promise.resolve({ hash, file });
    },
  });
  const zip = await writeZip(new AbortController().signal, files, () => undefined, { seal: 'sealed' });
  if (!zip.ok) throw new Error(zip.error.message);
  return zip.value;
}
