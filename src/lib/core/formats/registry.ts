import { coco } from './coco/coco';
import { csv } from './csv/csv';
import type { FileMap, Format } from './format';
import { hf } from './hf/hf';
import { imagenet } from './imagenet';
import { jsonl } from './jsonl/jsonl';
import { yolo } from './yolo/yolo';

/** Every format, in the order in which they are offered. A new format is one file or folder, and one line here. */
export const formats: readonly Format[] = [jsonl, csv, coco, yolo, hf, imagenet];

export const formatById = (id: string): Format | undefined => formats.find((format) => format.id === id);

/** The format that these files are in; null where they are no data set that is known. */
export async function detectFormat(files: FileMap): Promise<Format | null> {
  for (const format of formats) if (await format.detect(files)) return format;
  return null;
}
