import { fault, type ConcordError } from '../../errors';
import { boxFault } from '../../fields/box';
import { itemId, type ImageFacts } from '../../model/item';
import type { Schema } from '../../model/schema';
import { decodeText } from '../../text/decode';
import { readLines } from '../../text/lines';
import type { Dataset, DatasetContent, DatasetItem, FileMap, ParseOptions } from '../format';
import { IMAGE_ENDINGS } from '../image-files';
import { InferredSchema, type Inferred, type NamedValues } from '../inferred-schema';
import { uniqueName } from '../labels';
import { NamedValueBuilder, TOO_MANY_BOXES } from '../named-value-builder';
import { partOf } from '../parts';
import type { YoloConfig } from './config';
import { parseLine, toPixels } from './label-line';
import { labelPathsOf, modelOf, type YoloLayout } from './layout';

/** The one field of boxes. */
const FIELD = 'Objects';

/** Images with their label files. */
export class YoloDataset implements Dataset {
  readonly name = 'YOLO';
  readonly #files: FileMap;
  readonly #options: ParseOptions;
  readonly #layout: YoloLayout;
  readonly #isUnsplit: boolean;
  readonly #names: ReadonlyMap<number, string>;
  readonly #inferred: Inferred;
  #isReported = false;

  private constructor(
    files: FileMap,
    options: ParseOptions,
    layout: YoloLayout,
    { isUnsplit }: YoloConfig,
    { names, isTurned }: { readonly names: ReadonlyMap<number, string>; readonly isTurned: boolean },
  ) {
    this.#files = files;
    this.#options = options;
    this.#layout = layout;
    this.#isUnsplit = isUnsplit;
    this.#names = names;
    const schema = new InferredSchema();
    schema.addField(FIELD, 'box', names.values());
    const [label] = names.values();
    if (isTurned && label !== undefined) schema.add(new Map([[FIELD, { kind: 'box', boxes: [turnedBox(label)] }]]));
    this.#inferred = schema.finish();
  }

  /** Goes through the labels once, for the classes that no file names and for whether any box is turned. */
  static async open(
    files: FileMap,
    options: ParseOptions,
    layout: YoloLayout,
    config: YoloConfig,
  ): Promise<YoloDataset> {
    let [highest, isTurned] = [-1, false];
    for (const path of labelPathsOf(layout)) {
      for await (const { parsed } of labelLines(path, files, options, () => undefined)) {
        if (!parsed.ok) continue;
        highest = Math.max(highest, parsed.value.class);
        isTurned ||= parsed.value.shape.kind === 'oriented';
      }
    }
    return new YoloDataset(files, options, layout, config, { names: namesFor(config, highest), isTurned });
  }

  get schema(): Schema {
    return this.#inferred.schema;
  }

  async *items(): AsyncGenerator<DatasetItem> {
    const onIssue = this.#isReported ? () => undefined : this.#options.onIssue;
    this.#isReported = true;
    for (const [path, labelPaths] of this.#layout.images) {
      const file = this.#files.get(path)!;
      const image = await this.#options.readImage(path, file);
      if (image.ok) yield await this.#item(path, { kind: 'image', file, ...image.value }, labelPaths, onIssue);
      else onIssue(image.error);
    }
    for (const [stem, labelPaths] of this.#layout.orphans) {
      const found = await this.#find(stem);
      if (found) {
        yield await this.#item(found.path, found.content, labelPaths, onIssue);
        continue;
      }
      for (const path of labelPaths)
        onIssue(fault('dataset.record', path, { reason: 'there is no image that it could belong to' }));
    }
  }

  /** An image that the files do not hold, but that is known elsewhere. */
  async #find(stem: string): Promise<{ readonly path: string; readonly content: ImageContent } | null> {
    for (const ending of IMAGE_ENDINGS) {
      const path = `${stem}.${ending}`;
      const found = await this.#options.findImage?.(path);
      if (found) return { path, content: { kind: 'image', file: null, ...found } };
    }
    return null;
  }

  async #item(
    path: string,
    content: ImageContent,
    labelPaths: readonly string[],
    onIssue: OnIssue,
  ): Promise<DatasetItem> {
    const { label, predictions } = await this.#read(labelPaths, content.facts, onIssue);
    return {
      id: itemId({ kind: 'image', blob: content.blob }),
      content,
      sources: [{ file: path }],
      status: label ? 'completed' : predictions.length > 0 ? 'pre-annotated' : 'pending',
      label,
      annotations: [],
      predictions,
      split: this.#isUnsplit ? null : partOf(path.slice(0, path.lastIndexOf('/') + 1)),
    };
  }

  async #read(
    paths: readonly string[],
    facts: ImageFacts,
    onIssue: OnIssue,
  ): Promise<Pick<DatasetItem, 'label' | 'predictions'>> {
    const labels = new NamedValueBuilder();
    const models = new Map<string, NamedValueBuilder>();
    // An empty file says that there is nothing; one whose lines were all left out does not.
    let isEmpty = false;
    for (const path of paths) {
      const scored = new NamedValueBuilder();
      const lines = await this.#readFile(path, facts, labels, scored, onIssue);
      isEmpty ||= lines === 0;
      if (scored.values.size > 0) models.set(modelOf(path), scored);
    }
    const valuesOf = (named: NamedValues) => this.#inferred.valuesOf(named);
    const values = labels.values.size > 0 || !isEmpty ? labels.values : NOTHING;
    return {
      label: values.size > 0 ? valuesOf(values) : null,
      predictions: Array.from(models, ([model, scored]) => ({
        model,
        values: valuesOf(scored.values),
        confidence: null,
      })),
    };
  }

  /** Reads the boxes of a label file, and gives the number of its lines that are not blank. */
  async #readFile(
    path: string,
    facts: ImageFacts,
    labels: NamedValueBuilder,
    scored: NamedValueBuilder,
    onIssue: OnIssue,
  ): Promise<number> {
    const extent = { kind: 'image' as const, width: facts.width, height: facts.height };
    let count = 0;
    let isFull = false;
    for await (const { line, parsed } of labelLines(path, this.#files, this.#options, onIssue)) {
      count++;
      const report = (code: 'dataset.record' | 'dataset.adjusted', reason: string) => {
        onIssue(fault(code, `${path}, line ${line}`, { reason }));
      };
      if (!parsed.ok) {
        report('dataset.record', parsed.error);
        continue;
      }
      const { class: index, shape, confidence } = parsed.value;
      const label = this.#names.get(index);
      const { rect, isFitted } = toPixels(shape, facts);
      const reason = label === undefined ? `there is no class ${index}` : boxFault(rect, extent);
      if (label === undefined || reason !== null) {
        report('dataset.record', reason ?? '');
        continue;
      }
      if (isFitted)
        report('dataset.adjusted', 'its corners are none of a rectangle; the smallest one around them was taken');
      const builder = confidence === null ? labels : scored;
      if (builder.draw(FIELD, { ...rect, class: label, score: confidence ?? NaN }) || isFull) continue;
      isFull = true;
      report('dataset.record', TOO_MANY_BOXES);
    }
    return count;
  }
}

type OnIssue = (issue: ConcordError) => void;
type ImageContent = Extract<DatasetContent, { kind: 'image' }>;

/** The value of an image with nothing to be found. */
const NOTHING: NamedValues = new Map([[FIELD, { kind: 'box', boxes: [] }]]);

const turnedBox = (label: string) => ({ id: '1', class: label, x: 0, y: 0, width: 1, height: 1, rotation: 1 });

/** The classes by their numbers, with different names; the numbers themselves where no file has names. */
function namesFor({ names }: YoloConfig, highest: number): ReadonlyMap<number, string> {
  const taken = new Set<string>();
  const known = names ?? new Map(Array.from({ length: highest + 1 }, (_, index) => [index, String(index)]));
  return new Map(
    Array.from(known, ([index, name]) => [index, uniqueName(name.trim() === '' ? String(index) : name, taken)]),
  );
}

async function* labelLines(path: string, files: FileMap, { decode }: ParseOptions, onIssue: OnIssue) {
  for await (const lines of readLines(decodeText(files.get(path)!.chunks(), decode, { path, onIssue })))
    for (const { line, text } of lines) if (text.trim() !== '') yield { line, parsed: parseLine(text) };
}
