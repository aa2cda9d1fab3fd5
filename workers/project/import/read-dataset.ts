import { fault, type ConcordError } from '#core/errors';
import type { Dataset, DatasetItem } from '#core/formats/format';
import { err, ok, type Result } from '#core/result';
import { ahead } from '../../shared/ahead';
import type { Session } from '../session';
import type { Task } from '../tasks';
import { saidOf, type DatasetSaid } from './dataset-answers';
import type { FoundDataset } from './find-dataset';
import type { FoundItem } from './found';
import type { ImagesByName } from './images-by-name';
import type { ImageShelf } from './image-shelf';
import { IMAGES_AHEAD } from './stored-image';

interface Sources {
  readonly found: FoundDataset;
  readonly shelf: ImageShelf;
  readonly images: ImagesByName;
  readonly session: Session;
  readonly task: Task;
  /** How many there are, for the progress; 0 where that is not known. */
  readonly expected: number;
  readonly onIssue: (issue: ConcordError) => void;
}

/** The items of a data set on their way into the project: images decoded, or found in the project where they are absent. */
export async function* datasetItems(dataset: Dataset, sources: Sources): AsyncGenerator<FoundItem<DatasetSaid>> {
  const { session, task, expected, onIssue } = sources;
  let done = 0;
  for await (const item of ahead(dataset.items(), IMAGES_AHEAD, async (item) => {
    const path = pathOf(item);
    task.report(done++, expected, path);
    const content = await contentOf(item, sources);
    if (!content.ok) {
      onIssue(content.error.path === '' ? { ...content.error, path } : content.error);
      return null;
    }
    return { ...content.value, said: saidOf(item, session.author), path };
  })) {
    if (item) yield item;
  }
}

/** Names an item in errors, as its source does. */
function pathOf({ id, sources: [first] }: DatasetItem): string {
  if (!first) return id;
  return first.row === undefined ? first.file : `${first.file}, row ${first.row}`;
}

type Content = Pick<FoundItem<DatasetSaid>, 'from' | 'record' | 'blob'>;

async function contentOf(item: DatasetItem, { found, shelf, images }: Sources): Promise<Result<Content>> {
  const { content, sources } = item;
  switch (content.kind) {
    case 'text':
      return ok({ from: 'file', record: { data: content, sources }, blob: null });
    case 'image-url':
      if (!/^https?:\/\//i.test(content.url) || !URL.canParse(content.url)) return err(fault('import.url', ''));
      return ok({ from: 'file', record: { data: content, sources }, blob: null });
    case 'image': {
      if (content.file === null) {
        const record = await images.byId(item.id);
        return record ? ok({ from: 'project', record, blob: null }) : err(fault('import.image-absent', ''));
      }
      const image = await shelf.take(found.given(content.file));
      if (!image.ok) return image;
      const { facts, stored } = image.value;
      if (stored.hash !== content.blob) return err(fault('import.image-other', ''));
      const record = { data: { kind: 'image', blob: stored.hash }, image: facts, sources } as const;
      return ok({ from: 'file', record, blob: stored });
    }
  }
}
