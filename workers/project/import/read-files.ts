import { fault, type ConcordError } from '#core/errors';
import { readWholeText } from '#io/files/text';
import type { ImportPlan } from '../api';
import type { Candidate } from './candidates';
import type { FoundItem } from './found';
import type { LabelNames } from './label-classes';
import { readStoredImage } from './stored-image';

/** The item that an image file is; null where it was refused. Its folder is its label where the plan says so. */
export async function imageItem(
  signal: AbortSignal,
  candidate: Candidate,
  plan: ImportPlan,
  onIssue: (issue: ConcordError) => void,
): Promise<FoundItem<LabelNames> | null> {
  const { path } = candidate;
  const image = await readStoredImage(signal, candidate);
  if (!image.ok) {
    onIssue(image.error);
    return null;
  }
  const { facts, stored } = image.value;
  return {
    from: 'file',
    record: { data: { kind: 'image', blob: stored.hash }, image: facts, sources: [{ file: path }] },
    said: plan.foldersAsLabels ? folderOf(path) : [],
    blob: stored,
    path,
  };
}

/** One item per text file, or one per line that is not blank. */
export async function* textItems(
  signal: AbortSignal,
  candidate: Candidate,
  plan: ImportPlan,
  onIssue: (issue: ConcordError) => void,
): AsyncGenerator<FoundItem<LabelNames>> {
  const { path } = candidate;
  const blob = await candidate.blob(signal);
  if (!blob.ok) {
    onIssue(blob.error);
    return;
  }
  const text = await readWholeText(signal, blob.value, { path, onIssue });
  const said = plan.foldersAsLabels ? folderOf(path) : [];
  if (plan.textFiles === 'file') {
    if (text.trim() === '') onIssue(fault('import.empty', path));
    else {
      const record = { data: { kind: 'text', text }, sources: [{ file: path }] } as const;
      yield { from: 'file', record, said, blob: null, path };
    }
    return;
  }
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    if (line.trim() === '') continue;
    const row = index + 1;
    yield {
      from: 'file',
      record: { data: { kind: 'text', text: line }, sources: [{ file: path, row }] },
      said,
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
