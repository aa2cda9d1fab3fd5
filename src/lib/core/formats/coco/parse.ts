import { strFromU8 } from 'fflate';
import { fault } from '../../errors';
import { err, ok, type Result } from '../../result';
import { compareNaturally } from '../../text/natural';
import { firstBytes } from '../first-bytes';
import type { Dataset, FileEntry, FileMap, ParseOptions } from '../format';
import { CocoDataset } from './dataset';
import { CocoDocument } from './document';
import { JsonRecordReader } from './json-records';

/** Bytes of a file that are looked at to see what it is. */
const HEAD = 2 ** 16;
/** JSON files that are looked at, nearest to the top first: COCO has a few, other formats one for each image. */
const MOST_LOOKED_AT = 50;

/** What the members of each list have in COCO and nowhere else; '' is the list of a file of results. */
const TELLING: Readonly<Record<string, string>> = {
  images: 'file_name',
  annotations: 'image_id',
  categories: 'name',
  '': 'image_id',
};

export async function isCoco(files: FileMap): Promise<boolean> {
  const paths = [...files.keys()].filter(isJson).sort((a, b) => a.split('/').length - b.split('/').length);
  for (const path of paths.slice(0, MOST_LOOKED_AT)) if ((await kindOf(files.get(path)!)) === 'instances') return true;
  return false;
}

/** Reads all COCO files together; lists of results among them are predictions for their images. */
export async function parseCoco(files: FileMap, options: ParseOptions): Promise<Result<Dataset>> {
  const documents: CocoDocument[] = [];
  const results: CocoDocument[] = [];
  for (const path of [...files.keys()].filter(isJson).sort(compareNaturally)) {
    const kind = await kindOf(files.get(path)!);
    if (kind === null) continue;
    (kind === 'instances' ? documents : results).push(await CocoDocument.read(path, files, options));
  }
  if (documents.length === 0)
    return err(
      fault('dataset.invalid', '', { reason: 'no file lists images, annotations and categories as COCO does' }),
    );
  return ok(new CocoDataset(documents, results, files, options));
}

const isJson = (path: string): boolean => /\.json$/i.test(path);

async function kindOf(file: FileEntry): Promise<'instances' | 'results' | null> {
  const reader = new JsonRecordReader();
  // What tells is ASCII; the rest need not be decoded well.
  const head = strFromU8(await firstBytes(file, HEAD), true).replace(/^\xef\xbb\xbf/, '');
  const records = reader.read(head);
  const lists = [...reader.lists].filter((key) => Object.hasOwn(TELLING, key));
  for (const list of lists) {
    const first = records.find(({ key, role }) => key === list && role === 'member');
    if (first?.text?.includes(`"${TELLING[list]!}"`) === true) return list === '' ? 'results' : 'instances';
    if (first) return null;
  }
  // An empty data set has its lists nevertheless.
  return lists.length > 1 ? 'instances' : null;
}
