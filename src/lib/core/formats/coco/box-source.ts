import type { InferredSchema } from '../inferred-schema';
import type { BoxRow } from './box-columns';
import type { CategoryClass, CategoryClasses } from './category-classes';
import type { CocoDocument } from './document';

/** The boxes of one file, by the images of a document: of that itself, or of a file of results for its images. */
export class BoxSource {
  readonly file: CocoDocument;
  readonly #classes: (CategoryClass | undefined)[];
  readonly #rows: (image: number) => Uint32Array;
  /** Whether any box has a score. */
  readonly isScored: boolean;

  /** Reports the boxes that belong to no image or category of the document; the schema learns which fields have turned boxes. */
  constructor(file: CocoDocument, document: CocoDocument, classes: CategoryClasses, schema: InferredSchema) {
    this.file = file;
    const [imageIds, categoryIds] = [file.images.keys(), file.categories.keys()];
    const images = imageIds.map((id) => definedPlace(document, id));
    this.#classes = categoryIds.map((id) => {
      const place = document.categories.find(id);
      return place === undefined ? undefined : classes.byPlace.get(place);
    });
    this.#rows = file.boxes.byPlace(document.images.size, (image) => images[image]);

    let isScored = false;
    const turned = new Set<string>();
    for (let row = 0; row < file.boxes.length; row++) {
      const box = file.boxes.at(row);
      isScored ||= !Number.isNaN(box.score);
      const image = images[box.image];
      const found = this.#classes[box.category];
      if (image === undefined) {
        file.report('dataset.record', box.line, `there is no image with the id ${imageIds[box.image]!}`);
      } else if (!found) {
        document.leaveOut(image);
        file.report('dataset.record', box.line, `there is no category with the id ${categoryIds[box.category]!}`);
      } else if (box.rotation !== 0 && found.kind === 'box' && !turned.has(found.field)) {
        turned.add(found.field);
        schema.add(new Map([[found.field, { kind: 'box', boxes: [{ ...box, id: '1', class: found.label }] }]]));
      }
    }
    this.isScored = isScored;
  }

  /** What the model is called that gave these, where they have scores: as the file. */
  get model(): string {
    return this.file.path
      .split('/')
      .at(-1)!
      .replace(/\.json$/i, '');
  }

  /** The boxes of an image whose category is known, in the order of the file. */
  *boxes(image: number): Generator<BoxRow & { readonly of: CategoryClass }> {
    for (const row of this.#rows(image)) {
      const box = this.file.boxes.at(row);
      const of = this.#classes[box.category];
      if (of) yield { ...box, of };
    }
  }
}

/** The place of an image that is listed, and not only named by an annotation. */
function definedPlace({ images }: CocoDocument, id: number | string): number | undefined {
  const place = images.find(id);
  return place === undefined || images.at(place) === null ? undefined : place;
}
