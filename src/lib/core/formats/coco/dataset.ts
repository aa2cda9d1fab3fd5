import { boxFault } from '../../fields/box';
import type { Rect } from '../../geometry/plane';
import { itemId, type ImageFacts } from '../../model/item';
import type { Schema } from '../../model/schema';
import type { Result } from '../../result';
import type { Dataset, DatasetContent, DatasetItem, FileMap, ParseOptions } from '../format';
import { InferredSchema, type Inferred, type NamedValue, type NamedValues } from '../inferred-schema';
import { NamedValueBuilder, TOO_MANY_BOXES } from '../named-value-builder';
import { partOf } from '../parts';
import { BoxSource } from './box-source';
import { categoryClasses, type CategoryClasses } from './category-classes';
import type { CocoDocument, ImageRecord } from './document';
import { ImageFinder } from './image-finder';

/** A document with everything that says something about its images. */
interface Part {
  readonly document: CocoDocument;
  readonly classes: CategoryClasses;
  /** Its own annotations first. */
  readonly sources: readonly BoxSource[];
}

/** COCO files together with the results for their images. */
export class CocoDataset implements Dataset {
  readonly name: string;
  readonly schema: Schema;
  readonly #files: FileMap;
  readonly #options: ParseOptions;
  readonly #parts: readonly Part[];
  readonly #inferred: Inferred;
  #isReported = false;

  constructor(
    documents: readonly CocoDocument[],
    results: readonly CocoDocument[],
    files: FileMap,
    options: ParseOptions,
  ) {
    this.#files = files;
    this.#options = options;
    const schema = new InferredSchema();
    const described = documents.map((document) => ({ document, classes: categoryClasses(document, schema) }));
    const owners = new Map(results.map((result) => [result, ownerOf(result, documents)]));
    this.#parts = described.map(({ document, classes }) => {
      const own = [document, ...results.filter((result) => owners.get(result) === document)];
      return { document, classes, sources: own.map((file) => new BoxSource(file, document, classes, schema)) };
    });
    this.name = documents.find(({ name }) => name !== null)?.name ?? 'COCO';
    this.#inferred = schema.finish();
    this.schema = this.#inferred.schema;
  }

  async *items(): AsyncGenerator<DatasetItem> {
    const onIssue = this.#isReported ? () => undefined : this.#options.onIssue;
    const report: Report = this.#isReported ? () => undefined : (file, ...issue) => file.report(...issue);
    this.#isReported = true;
    const finder = new ImageFinder(this.#files.keys());
    /** Where the images were listed, by their paths. */
    const listed = new Map<string, string>();
    for (const part of this.#parts) {
      const { document } = part;
      for (const [place, image] of document.images.entries()) {
        const path = finder.find(image.fileName, document.path);
        const before = path.ok ? listed.get(path.value) : undefined;
        if (before !== undefined) {
          report(document, 'dataset.record', image.line, `its image ${image.fileName} is that of ${before} too`);
          continue;
        }
        if (path.ok) listed.set(path.value, `${document.path}, line ${image.line}`);
        const content = path.ok
          ? await this.#readContent(path.value, onIssue)
          : (absentContent(image) ?? (await this.#findContent(image.fileName)));
        if (content !== null) yield this.#item(part, place, image, content, path, report);
        else if (!path.ok) report(document, 'dataset.record', image.line, path.error);
      }
    }
  }

  async #readContent(path: string, onIssue: ParseOptions['onIssue']): Promise<ImageContent | null> {
    const file = this.#files.get(path)!;
    const read = await this.#options.readImage(path, file);
    if (read.ok) return { kind: 'image', file, ...read.value };
    onIssue(read.error);
    return null;
  }

  /** An image that is known elsewhere. */
  async #findContent(fileName: string): Promise<ImageContent | null> {
    const found = await this.#options.findImage?.(fileName);
    return found ? { kind: 'image', file: null, ...found } : null;
  }

  #item(
    { document, classes, sources }: Part,
    place: number,
    image: ImageRecord,
    content: ImageContent,
    path: Result<string, string>,
    report: Report,
  ): DatasetItem {
    const { facts } = content;
    const { size } = image;
    if (size && (size.width !== facts.width || size.height !== facts.height)) {
      const reason = `its image has ${facts.width} × ${facts.height} pixels, not ${size.width} × ${size.height}`;
      report(document, 'dataset.adjusted', image.line, reason);
    }
    const said = sources.map((source) => readSource(source, place, { ...facts, name: image.fileName }, report));
    const [own] = said;
    const isLabelled =
      own!.labels.size > 0 ||
      (document.hasAnnotations &&
        !sources[0]!.isScored &&
        !own!.isIncomplete &&
        !document.isIncomplete(place) &&
        image.concord?.labelled !== false);
    const empty = Array.from(classes.boxFields, (field) => [field, { kind: 'box', boxes: [] }] as const);
    const label = isLabelled ? this.#inferred.valuesOf(new Map<string, NamedValue>([...empty, ...own!.labels])) : null;
    const predictions = said.flatMap(({ scored }, at) =>
      scored.size > 0 ? [{ model: sources[at]!.model, values: this.#inferred.valuesOf(scored), confidence: null }] : [],
    );
    return {
      id: itemId({ kind: 'image', blob: content.blob }),
      content,
      sources: [{ file: path.ok ? path.value : (image.concord?.source ?? image.fileName) }],
      status: label ? 'completed' : predictions.length > 0 ? 'pre-annotated' : 'pending',
      label,
      annotations: [],
      predictions,
      split: partOf(document.path),
    };
  }
}

type ImageContent = Extract<DatasetContent, { kind: 'image' }>;
type Report = (file: CocoDocument, ...issue: Parameters<CocoDocument['report']>) => void;

/** The document that lists the most of the images of a file of results; its issue says where there is none. */
function ownerOf(result: CocoDocument, documents: readonly CocoDocument[]): CocoDocument | null {
  let [owner, most] = [null as CocoDocument | null, 0];
  for (const document of documents) {
    const { images } = document;
    const shared = result.images.keys().filter((id) => images.at(images.find(id) ?? -1) !== null).length;
    if (shared > most) [owner, most] = [document, shared];
  }
  if (!owner) result.report('dataset.record', null, 'none of its images is listed in a COCO file beside it');
  return owner;
}

/** An image that Concord exported without its file: it is known by its hash. */
function absentContent({ size, concord }: ImageRecord): ImageContent | null {
  if (!concord || !size || concord.item !== itemId({ kind: 'image', blob: concord.blob })) return null;
  const facts = { ...size, type: concord.type, size: concord.size };
  return { kind: 'image', blob: concord.blob, file: null, facts };
}

/** What a file says about an image. */
interface Said {
  readonly labels: NamedValues;
  /** The boxes with scores. */
  readonly scored: NamedValues;
  /** Whether a box was left out. */
  readonly isIncomplete: boolean;
}

/** Reads the boxes of one image. Its name is told of bad ones, since a file may well be a single line. */
function readSource(
  source: BoxSource,
  image: number,
  { name, width, height }: ImageFacts & { readonly name: string },
  report: Report,
): Said {
  const extent = { kind: 'image' as const, width, height };
  const [labels, scored] = [new NamedValueBuilder(), new NamedValueBuilder()];
  let isIncomplete = false;
  let isFull = false;
  for (const { of, score, line, ...row } of source.boxes(image)) {
    const builder = Number.isNaN(score) ? labels : scored;
    if (of.kind === 'choice') {
      builder.choose(of.field, of.label);
      continue;
    }
    const { x, y, rotation } = row;
    const shape = { x, y, width: row.width, height: row.height, rotation };
    const fault = boxFault(shape, extent);
    if (fault === null && builder.draw(of.field, { ...shape, class: of.label, score })) continue;
    isIncomplete = true;
    if (fault !== null) report(source.file, 'dataset.record', line, `${fault} (in ${name}: ${boxInNumbers(shape)})`);
    else if (!isFull) report(source.file, 'dataset.record', line, TOO_MANY_BOXES);
    isFull ||= fault === null;
  }
  return { labels: labels.values, scored: scored.values, isIncomplete };
}

const boxInNumbers = ({ x, y, width, height }: Rect): string => [x, y, width, height].join(', ');
