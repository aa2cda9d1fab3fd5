import { normalDegrees, boundsOf, corners } from '../../geometry/rotated-rect';
import type { Box } from '../../model/annotation';
import { valueIn, type Field } from '../../model/schema';
import { categoriesOf, indexOfCategories, surveyBoxes, type BoxSurvey, type Category } from '../box-categories';
import { FileNames } from '../file-names';
import type { Dataset, DatasetContent, DatasetItem, OutputFile } from '../format';
import { imageFile } from '../image-files';
import { encodeChunks } from '../text-chunks';
import type { ConcordImage, ConcordInfo } from './extras';

type Part = DatasetItem['split'];

/** Where the parts of a data set lie: its annotations, and the folder to which `file_name` is relative. */
const PLACES: readonly { readonly part: Part; readonly json: string; readonly images: string }[] = [
  { part: 'train', json: 'annotations/instances_train.json', images: 'train' },
  { part: 'val', json: 'annotations/instances_val.json', images: 'val' },
  { part: null, json: 'annotations/instances_default.json', images: 'images' },
];

/** An item that is an image, with its ids in the export. */
interface NumberedImage {
  readonly item: DatasetItem & { readonly content: Extract<DatasetContent, { kind: 'image' }> };
  /** From 1, over all parts. */
  readonly id: number;
  /** Of its first annotation. */
  readonly firstAnnotation: number;
  readonly fileName: string;
}

/**
 * Writes a file of annotations per part, then the images. Nothing is held in memory but the names of the images: the
 * data set is gone through once for what is in it, twice for each part, and once for the images that there are.
 */
export async function* writeCoco(dataset: Dataset, fields: readonly Field[]): AsyncGenerator<OutputFile> {
  const survey = await surveyBoxes(dataset, fields);
  const writer = new Writer(dataset, fields, survey.used);
  for (const { part, json } of PLACES) {
    const isWritten = survey.parts.has(part) || (part === null && survey.parts.size === 0);
    if (isWritten) yield { path: json, chunks: encodeChunks(writer.document(part)) };
  }
  if (!survey.hasFiles) return;
  for await (const { item, fileName } of writer.images()) {
    const { images } = PLACES.find(({ part }) => part === item.split)!;
    const file = imageFile(`${images}/${fileName}`, item.content);
    if (file) yield file;
  }
}

class Writer {
  readonly #dataset: Dataset;
  readonly #fields: readonly Field[];
  readonly #categories: readonly Category[];
  readonly #indexOf: ReturnType<typeof indexOfCategories>;

  constructor(dataset: Dataset, fields: readonly Field[], used: BoxSurvey['used']) {
    this.#dataset = dataset;
    this.#fields = fields;
    this.#categories = categoriesOf(fields, used);
    this.#indexOf = indexOfCategories(this.#categories);
  }

  /** The images in the order of the data set, numbered alike every time. */
  async *images(): AsyncGenerator<NumberedImage> {
    const names = new FileNames('in-stem');
    let id = 0;
    let firstAnnotation = 1;
    for await (const item of this.#dataset.items()) {
      if (!isImage(item)) continue;
      id++;
      yield { item, id, firstAnnotation, fileName: names.take('', item).slice(1) };
      firstAnnotation += this.#annotationCount(item);
    }
  }

  async *document(part: Part): AsyncGenerator<string> {
    yield `{"info":${JSON.stringify(this.#info())},\n"licenses":[],\n"categories":[`;
    for (const [at, { field, name }] of this.#categories.entries())
      yield `${at === 0 ? '\n' : ',\n'}${JSON.stringify({ id: at + 1, name, supercategory: field.name })}`;
    yield '\n],\n"images":[';
    let separator = '\n';
    for await (const image of this.images()) {
      if (image.item.split !== part) continue;
      yield separator + imageRecord(image);
      separator = ',\n';
    }
    yield '\n],\n"annotations":[';
    separator = '\n';
    for await (const image of this.images()) {
      if (image.item.split !== part) continue;
      for (const record of this.#annotations(image)) {
        yield separator + record;
        separator = ',\n';
      }
    }
    yield '\n]}\n';
  }

  #info(): { readonly description: string; readonly concord: ConcordInfo } {
    const fields = this.#fields.map((field) => ({
      name: field.name,
      ...(field.kind === 'choice' ? { kind: field.kind, multiple: field.multiple } : { kind: 'box' as const }),
      classes: this.#categories.flatMap((category, at) =>
        category.field === field ? [{ id: at + 1, name: category.label }] : [],
      ),
    }));
    return { description: this.#dataset.name, concord: { version: 1, fields } };
  }

  #annotationCount({ label }: DatasetItem): number {
    if (label === null) return 0;
    return this.#fields.reduce((sum, { id }) => sum + (label[id]?.length ?? 0), 0);
  }

  *#annotations({ item, id: image, firstAnnotation }: NumberedImage): Generator<string> {
    const { label, content } = item;
    let id = firstAnnotation;
    for (const field of this.#fields) {
      const indexOf = this.#indexOf.get(field.id);
      for (const region of (label && valueIn(label, field)) ?? []) {
        const classId = typeof region === 'string' ? region : region.class;
        const category = indexOf?.get(classId);
        if (category === undefined) continue;
        const head = `{"id":${id++},"image_id":${image},"category_id":${category + 1}`;
        const shape = typeof region === 'string' ? wholeImage(content.facts) : boxShape(region as Box);
        yield `${head},${shape},"iscrowd":0}`;
      }
    }
  }
}

const isImage = (item: DatasetItem): item is NumberedImage['item'] => item.content.kind === 'image';

function imageRecord({ item, id, fileName }: NumberedImage): string {
  const { width, height, type, size } = item.content.facts;
  const concord: ConcordImage = {
    ...{ item: item.id, blob: item.content.blob, type, size },
    source: item.sources[0]?.file ?? null,
    labelled: item.label !== null,
  };
  return JSON.stringify({ id, file_name: fileName, width, height, concord });
}

const wholeImage = ({ width, height }: { readonly width: number; readonly height: number }): string =>
  boxShape({ x: 0, y: 0, width, height, rotation: 0 });

/** An upright box exactly; of a turned one its corners as a polygon, and the upright box around them. */
function boxShape(box: Pick<Box, 'x' | 'y' | 'width' | 'height' | 'rotation'>): string {
  const area = box.width * box.height;
  if (normalDegrees(box.rotation) % 90 === 0) {
    const { x, y, width, height } = boundsOf(box);
    return `"bbox":[${x},${y},${width},${height}],"area":${area},"segmentation":[]`;
  }
  const { x, y, width, height } = boundsOf(box);
  const bounds = [x, y, width, height].map(inMillionths);
  const polygon = corners(box).flatMap((corner) => [inMillionths(corner.x), inMillionths(corner.y)]);
  return `"bbox":[${bounds.join(',')}],"area":${area},"segmentation":[[${polygon.join(',')}]]`;
}

/** Pixels to six decimals: far below what can be seen, and half as long as a float's seventeen digits. */
const inMillionths = (pixels: number): number => Math.round(pixels * 1e6) / 1e6;
