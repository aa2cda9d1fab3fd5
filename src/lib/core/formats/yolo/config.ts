import { fault } from '../../errors';
import { compareNaturally } from '../../text/natural';
import { decodeText } from '../../text/decode';
import { readYaml as parseYaml } from '../../text/yaml';
import { firstBytes } from '../first-bytes';
import type { DatasetItem, FileEntry, FileMap, ParseOptions } from '../format';
import { strFromU8 } from 'fflate';

type Part = DatasetItem['split'];

/** What is read of a data set before its labels. */
export interface YoloConfig {
  /** Names of the classes by their numbers; null where no file has them. */
  readonly names: ReadonlyMap<number, string> | null;
  /** Whether training and validation use the same images, so that the set is not split at all. */
  readonly isUnsplit: boolean;
}

/** Bytes of a `data.yaml`; a larger file is something else. */
const MAX_SIZE = 2 ** 20;

const isYaml = (path: string): boolean => /\.ya?ml$/i.test(path);
/** What label tools and Darknet call the file with a name in each line. */
const isNameList = (path: string): boolean =>
  /(?:^|\/)(?:(?:predefined_)?classes\.txt|_darknet\.labels|[^/]+\.names)$/i.test(path);

/** Whether a path is of a file with the names of the classes, by itself or among other things. */
export const isConfig = (path: string): boolean => isYaml(path) || isNameList(path);

/** Whether it is a `data.yaml`, by its keys. */
export async function isDataYaml(path: string, file: FileEntry): Promise<boolean> {
  if (!isYaml(path) || file.size > MAX_SIZE) return false;
  const head = strFromU8(await firstBytes(file, MAX_SIZE), true);
  return /^names\s*:/m.test(head) && /^(?:train|val|path|nc)\s*:/m.test(head);
}

export const hasNames = (files: FileMap): boolean => [...files.keys()].some(isNameList);

/**
 * The text of `data.yaml`. Both `train` and `val` must be there, and must exist, for Ultralytics to train: a part without
 * images is stood in for by the other one.
 *
 * @param parts that have images; null: the images of no part, which are for training where there is no other part
 */
export function dataYaml(names: readonly string[], parts: ReadonlySet<Part>, comment: string): string {
  const isSplit = parts.has('train') || parts.has('val');
  const [train, val] = [folderOf('train', isSplit), folderOf('val', isSplit)];
  return [
    `# ${comment}\n`,
    'path: "" # empty: the folder of this file\n',
    `train: ${!isSplit || parts.has('train') ? train : val}\n`,
    `val: ${parts.has('val') ? val : train}${isSplit ? '' : ' # not split: the images for training'}\n`,
    ...(isSplit && parts.has(null) ? [`test: ${folderOf(null, isSplit)}\n`] : []),
    names.length === 0 ? 'names: {}\n' : 'names:\n',
    ...names.map((name, index) => `  ${index}: ${quoted(name)}\n`),
  ].join('');
}

/** The folder of a part's images; `labels` takes the place of `images` in that of their labels. */
export function folderOf(part: Part, isSplit: boolean): string {
  if (!isSplit) return 'images/train';
  return `images/${part ?? 'test'}`;
}

/**
 * A text in double quotes. JSON's escapes are YAML's; characters that YAML 1.1 does not take as they are, which is what
 * Python reads, are escaped too.
 */
const quoted = (text: string): string =>
  JSON.stringify(text).replace(
    /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** Reads `data.yaml`, or the list of names where there is none; of several the one nearest to the top. */
export async function readConfig(files: FileMap, options: ParseOptions): Promise<YoloConfig> {
  const paths = [...files.keys()].filter(isConfig).sort((a, b) => depth(a) - depth(b) || compareNaturally(a, b));
  for (const path of paths.filter(isYaml)) {
    const file = files.get(path)!;
    if (!(await isDataYaml(path, file))) continue;
    const config = readYaml(await textOf(path, file, options), path, options);
    if (config) return config;
  }
  const path = paths.find(isNameList);
  if (path === undefined) return { names: null, isUnsplit: false };
  const lines = (await textOf(path, files.get(path)!, options)).split(/\r?\n/).map((line) => line.trim());
  while (lines.at(-1) === '') lines.pop();
  return { names: new Map(lines.entries()), isUnsplit: false };
}

const depth = (path: string): number => path.split('/').length;

async function textOf(path: string, file: FileEntry, { decode, onIssue }: ParseOptions): Promise<string> {
  let text = '';
  for await (const piece of decodeText(file.chunks(), decode, { path, onIssue })) text += piece;
  return text;
}

/** null where it is no YAML or has no names. */
function readYaml(text: string, path: string, { onIssue }: ParseOptions): YoloConfig | null {
  const { document, faults } = parseYaml(text);
  if (!document || faults[0]) {
    onIssue(fault('dataset.record', path, { reason: faults[0]?.reason ?? 'it is empty' }));
    return null;
  }
  let value: unknown;
  try {
    value = document.toJS();
  } catch (error) {
    // Too many aliases, or one of nothing.
    const reason = `it is not valid YAML (${(error as Error).message.split('\n')[0]!})`;
    onIssue(fault('dataset.record', path, { reason }));
    return null;
  }
  const { names, train, val } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  if (typeof names !== 'object' || names === null) {
    onIssue(fault('dataset.record', path, { reason: 'its names are neither a list nor a map' }));
    return null;
  }
  const entries = Object.entries(names).map(([index, name]) => [Number(index), nameOf(name)] as const);
  const wrong = entries.find(([index]) => !Number.isSafeInteger(index) || index < 0);
  if (wrong) onIssue(fault('dataset.record', path, { reason: `a key of its names is not the number of a class` }));
  const known = entries.filter(([index]) => Number.isSafeInteger(index) && index >= 0);
  return { names: new Map(known.sort(([a], [b]) => a - b)), isUnsplit: train !== undefined && train === val };
}

/** Names such as `yes` or `1` that were not quoted. */
const nameOf = (name: unknown): string => (typeof name === 'string' ? name : JSON.stringify(name));
