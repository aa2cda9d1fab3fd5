import type { DatasetItem } from './format';

/** Names of the parts of data sets, in lower case. What is for testing belongs to neither part. */
export const PARTS: ReadonlyMap<string, DatasetItem['split']> = new Map([
  ['train', 'train'],
  ['training', 'train'],
  ['val', 'val'],
  ['valid', 'val'],
  ['validation', 'val'],
  ['test', null],
]);

/**
 * The part that a path speaks of, such as `annotations/instances_train2017.json` or `valid/labels/1.txt`; the last such
 * word counts.
 */
export function partOf(path: string): DatasetItem['split'] {
  const words = path.toLowerCase().match(/\p{L}+/gu) ?? [];
  return PARTS.get(words.findLast((word) => PARTS.has(word)) ?? '') ?? null;
}
