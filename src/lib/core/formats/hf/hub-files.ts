import { strFromU8 } from 'fflate';
import { compareNaturally } from '../../text/natural';
import { firstBytes } from '../first-bytes';
import type { FileMap } from '../format';
import { hasImageName } from '../image-files';

/** Files that hold rows, in natural order. */
export interface HubTables {
  /** `metadata.jsonl` and `metadata.parquet`: a row per image beside them. */
  readonly images: readonly string[];
  /** Any other Parquet files: a row per text. */
  readonly texts: readonly string[];
}

const nameOf = (path: string): string => path.split('/').at(-1)!;
const isMetadata = (path: string): boolean => /^metadata\.(?:jsonl|parquet)$/.test(nameOf(path));
export const isParquet = (path: string): boolean => path.endsWith('.parquet');

/** What lies in data sets on the Hub beside their data. */
const isBeside = (path: string): boolean =>
  /^(?:README\.md|\.gitattributes|LICENSE(?:\.\w+)?|dataset_infos\.json)$/i.test(nameOf(path));

export function hubTables(files: FileMap): HubTables {
  const paths = [...files.keys()].sort(compareNaturally);
  return {
    images: paths.filter(isMetadata),
    texts: paths.filter((path) => isParquet(path) && !isMetadata(path)),
  };
}

/** Whether there are tables, which look like what they are called, and nothing but what belongs to them. */
export async function areHubFiles(files: FileMap): Promise<boolean> {
  const { images, texts } = hubTables(files);
  const tables = [...images, ...texts];
  if (tables.length === 0) return false;
  const others = [...files.keys()].filter((path) => !tables.includes(path));
  if (!others.every((path) => isBeside(path) || hasImageName(path))) return false;
  for (const path of tables) {
    const head = strFromU8(await firstBytes(files.get(path)!, 4096), true);
    if (isParquet(path) ? !head.startsWith('PAR1') : !/"(?:\w*_)?file_name"/.test(head)) return false;
  }
  return true;
}

/** The card of the data set that a file belongs to: the nearest one above it; null where there is none. */
export function cardPath(files: FileMap, path: string): string | null {
  for (let folder = path; folder !== '';) {
    folder = folder.split('/').slice(0, -1).join('/');
    const card = folder === '' ? 'README.md' : `${folder}/README.md`;
    if (files.has(card)) return card;
  }
  return null;
}
