import type { RotatedRect } from '../../geometry/rotated-rect';
import type { Size } from '../../geometry/plane';
import { valueIn, type BoxField } from '../../model/schema';
import { categoriesOf, indexOfCategories, surveyBoxes } from '../box-categories';
import { FileNames } from '../file-names';
import type { Dataset, DatasetItem, OutputFile } from '../format';
import { imageFile } from '../image-files';
import { encodeChunks } from '../text-chunks';
import { dataYaml, folderOf } from './config';
import { orientedLine, uprightLine } from './label-line';

/** Upright boxes, or boxes by their four corners: the two tasks that Ultralytics calls so. */
export type YoloTask = 'detect' | 'obb';

const LINES: Readonly<Record<YoloTask, (classIndex: number, box: RotatedRect, image: Size) => string | null>> = {
  detect: uprightLine,
  obb: orientedLine,
};

/** Writes `data.yaml`, and for each image itself and, where it is labelled, its label file. */
export async function* writeYolo(
  dataset: Dataset,
  fields: readonly BoxField[],
  task: YoloTask,
): AsyncGenerator<OutputFile> {
  const { used, parts } = await surveyBoxes(dataset, fields);
  const categories = categoriesOf(fields, used);
  const indexOf = indexOfCategories(categories);
  const config = dataYaml(
    categories.map(({ name }) => name),
    parts,
    `yolo ${task} train data=data.yaml`,
  );
  yield { path: 'data.yaml', chunks: encodeChunks([config]) };

  const isSplit = parts.has('train') || parts.has('val');
  const names = new FileNames('in-stem');
  for await (const item of dataset.items()) {
    const { content, label, split } = item;
    if (content.kind !== 'image') continue;
    const path = names.take(folderOf(split, isSplit), item);
    if (label !== null && fields.length > 0) {
      const lines = labelLines(label, content.facts);
      const labelPath = path.replace(/^images/, 'labels').replace(/\.[^.]*$/, '.txt');
      yield { path: labelPath, chunks: encodeChunks(lines) };
    }
    const file = imageFile(path, content);
    if (file) yield file;
  }

  function* labelLines(label: NonNullable<DatasetItem['label']>, image: Size): Generator<string> {
    for (const field of fields) {
      for (const box of valueIn(label, field) ?? []) {
        const classIndex = indexOf.get(field.id)?.get(box.class);
        const line = classIndex === undefined ? null : LINES[task](classIndex, box, image);
        if (line !== null) yield line;
      }
    }
  }
}
