import { fault, type ConcordError } from '#core/errors';
import { hashBlob } from '#io/files/hash';
import { readImage } from '#io/files/images';
import { readWholeText } from '#io/files/text';
import type { ImportPlan } from '../api';
import type { Candidate } from './candidates';
import type { FoundItem } from './found';

/** The item that an image file is; null where it was refused. Its folder is its label where the plan says so. */
export async function imageItem(
  signal: AbortSignal,
  candidate: Candidate,
  plan: ImportPlan,
  onIssue: (issue: ConcordError) => void,
): Promise<FoundItem | null> {
  const { path } = candidate;
  const blob = await candidate.blob(signal);
  const image = blob.ok ? await readImage(signal, path, blob.value) : blob;
  if (!blob.ok || !image.ok) {
    if (!image.ok) onIssue(image.error);
    return null;
  }
  const { facts, thumbnail } = image.value;
  // The stored file is named by its content, so its type is what it is, not what it was called.
  const typed = new Blob([blob.value], { type: facts.type });
  const hash = await hashBlob(typed);
  return {
    record: { data: { kind: 'image', blob: hash }, image: facts, sources: [{ file: path }] },
    labels: plan.foldersAsLabels ? folderOf(path) : [],
    blob: { hash, blob: typed, thumbnail },
    path,
  };
}

/** One item per text file, or one per line that is not blank. */
export async function* textItems(
  signal: AbortSignal,
  candidate: Candidate,
  plan: ImportPlan,
  onIssue: (issue: ConcordError) => void,
): AsyncGenerator<FoundItem> {
  const { path } = candidate;
  const blob = await candidate.blob(signal);
  if (!blob.ok) {
    onIssue(blob.error);
    return;
  }
  const text = await readWholeText(signal, blob.value, { path, onIssue });
  const labels = plan.foldersAsLabels ? folderOf(path) : [];
  if (plan.textFiles === 'file') {
    if (text.trim() === '') onIssue(fault('import.empty', path));
    else yield { record: { data: { kind: 'text', text }, sources: [{ file: path }] }, labels, blob: null, path };
    return;
  }
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    if (line.trim() === '') continue;
    const row = index + 1;
    yield {
      record: { data: { kind: 'text', text: line }, sources: [{ file: path, row }] },
      labels,
      blob: null,
      path: `${path}, line ${row}`,
    };
  }
}

/** The name of the folder that holds the file, as image folders by class have it; none at the top. */
function folderOf(path: string): string[] {
  const folder = path.split('/').at(-2);
  return folder === undefined ? [] : [folder];
}
