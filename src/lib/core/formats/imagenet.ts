import { itemId } from '../model/item';
import type { ClassId } from '../model/ids';
import { valueIn, type ChoiceField, type Field, type Schema } from '../model/schema';
import { ok } from '../result';
import { decodeText } from '../text/decode';
import { compareNaturally } from '../text/natural';
import { FileNames } from './file-names';
import type { DatasetItem, FileMap, Format, FormatOption, FormatOptions, Loss, ParseOptions } from './format';
import { hasImageName, imageFile } from './image-files';
import { InferredSchema, type NamedValues } from './inferred-schema';
import { classLabels } from './labels';
import { chosen } from './options';
import { PARTS } from './parts';
import { SafeNames, safeName } from './safe-names';
import { encodeChunks } from './text-chunks';

const CLASSES = 'classes.txt';

/** The one field of a data set that is read from folders. */
const FIELD = 'class';

/**
 * Image folders by class: `<class>/<file>`, or `train/<class>/<file>` and `val/<class>/<file>`. `classes.txt` has the
 * folders in the order of the schema; where a class's name cannot be a folder's, a tab and the name as a JSON string
 * follow.
 */
export const imagenet: Format = {
  id: 'imagenet',
  name: 'Image folders',
  description: 'A folder per class, for torchvision, Keras, timm and YOLO classification.',
  fields: ['choice'],
  content: ['image'],
  needsImages: true,
  options: (schema) => (choicesOf(schema).length > 1 ? [fieldOption(schema)] : []),
  losses,

  // eslint-disable-next-line @typescript-eslint/require-await -- names are enough here
  async detect(files) {
    const images = [...files.keys()].filter((path) => path !== CLASSES);
    const places = images.map(placeOf);
    if (!images.every(hasImageName) || places.includes(null)) return false;
    // Without the list of classes, only a regular tree of several folders tells these from any folder with pictures.
    const folders = new Set(places.map((place) => place?.folder));
    const depths = new Set(places.map((place) => place?.depth));
    return files.has(CLASSES) || (folders.size > 1 && depths.size === 1);
  },

  async parse(files, options) {
    const names = await readClasses(files, options);
    const folders = new Set([...files.keys()].flatMap((path) => placeOf(path)?.folder ?? []));
    const schema = new InferredSchema();
    schema.addField(FIELD, 'choice');
    for (const name of names.values()) schema.add(labelled(name));
    for (const folder of [...folders].sort(compareNaturally)) schema.add(labelled(names.get(folder) ?? folder));
    const inferred = schema.finish();
    let isReported = false;
    return ok({
      name: 'images',
      schema: inferred.schema,
      items() {
        const onIssue = isReported ? () => undefined : options.onIssue;
        isReported = true;
        return readItems(files, { ...options, onIssue }, (folder) =>
          inferred.valuesOf(labelled(names.get(folder) ?? folder)),
        );
      },
    });
  },

  async *serialize(dataset, options) {
    const field = chosenField(dataset.schema, options);
    const folders = classFolders(field);
    yield { path: CLASSES, chunks: encodeChunks(classLines(field, folders)) };
    const names = new FileNames();
    for await (const item of dataset.items()) {
      const [first] = (field && item.label && valueIn(item.label, field)) ?? [];
      if (first === undefined || item.content.kind !== 'image') continue;
      const folder = folders.get(first) ?? safeName(first);
      const file = imageFile(names.take(item.split === null ? folder : `${item.split}/${folder}`, item), item.content);
      if (file) yield file;
    }
  },
};

const labelled = (label: string): NamedValues => new Map([[FIELD, { kind: 'choice', labels: [label] }]]);

function fieldOption(schema: Schema): FormatOption {
  return {
    id: 'field',
    label: 'Field',
    help: 'The field whose classes become folders.',
    choices: choicesOf(schema).map(({ id, name }) => ({ value: id, label: name })),
    default: choicesOf(schema)[0]?.id ?? '',
  };
}

const choicesOf = (schema: Schema): ChoiceField[] => schema.fields.filter((field) => field.kind === 'choice');

function chosenField(schema: Schema, options: FormatOptions): ChoiceField | undefined {
  const id = chosen(fieldOption(schema), options);
  return choicesOf(schema).find((field) => field.id === id);
}

function losses(schema: Schema, options: FormatOptions): Loss[] {
  const field = chosenField(schema, options);
  const why = 'There are only image files in folders.';
  return [
    { what: 'Texts, image URLs, and images that are not on this device', why },
    { what: 'Items without a class', why: 'They belong into no folder.' },
    ...(field?.multiple
      ? [{ what: 'Every class but the first of an item with several', why: 'A file lies in one folder.' }]
      : []),
    ...(choicesOf(schema).length > 1
      ? [{ what: 'The other choices', why: 'Folders stand for the classes of one field.' }]
      : []),
    ...(schema.fields.some(({ kind }) => kind !== 'choice')
      ? [{ what: 'Boxes and spans', why: 'Folders stand for classes of whole images.' }]
      : []),
    { what: 'Who labelled what, when, notes, predictions, status', why },
    {
      what: 'Sources and metadata',
      why: 'A file keeps its name, and gets the item’s id where two in a folder would have the same.',
    },
    { what: 'Colours, keys, descriptions, guidelines, names of fields, and ids', why },
  ];
}

const labelsOf = (field: Field | undefined): ReadonlyMap<ClassId, string> =>
  field ? classLabels(field, (name) => name) : new Map();

/** A folder for each class that an item can still have: different ones, also where case is ignored. */
function classFolders(field: Field | undefined): ReadonlyMap<ClassId, string> {
  const names = new SafeNames();
  names.take(CLASSES);
  const labels = labelsOf(field);
  return new Map(
    Array.from(labels).flatMap(([id, label]) =>
      field && Object.hasOwn(field.remap, id) ? [] : [[id, names.take(label)]],
    ),
  );
}

function classLines(field: Field | undefined, folders: ReadonlyMap<ClassId, string>): string[] {
  const labels = labelsOf(field);
  return Array.from(folders, ([id, folder]) => {
    const label = labels.get(id)!;
    return folder === label ? `${folder}\n` : `${folder}\t${JSON.stringify(label)}\n`;
  });
}

/** The names of classes by folder, in the order of `classes.txt`. */
async function readClasses(files: FileMap, { decode, onIssue }: ParseOptions): Promise<ReadonlyMap<string, string>> {
  const file = files.get(CLASSES);
  let text = '';
  if (file) for await (const piece of decodeText(file.chunks(), decode, { path: CLASSES, onIssue })) text += piece;
  const lines = text.split(/\r?\n/).filter((line) => line !== '');
  return new Map(
    lines.map((line) => {
      const [folder, name] = line.split('\t') as [string, string?];
      return [folder.normalize('NFC'), parseName(name) ?? folder];
    }),
  );
}

function parseName(json: string | undefined): string | null {
  try {
    const name: unknown = JSON.parse(json ?? 'null');
    return typeof name === 'string' ? name : null;
  } catch {
    return null;
  }
}

interface Place {
  readonly folder: string;
  readonly split: DatasetItem['split'];
  /** Parts of the path: 2, or 3 where the set is split. */
  readonly depth: number;
}

/** The class and part that a path stands for; null where it is no image in such a folder. */
function placeOf(path: string): Place | null {
  const parts = path.split('/');
  const [part, folder] = parts.length === 3 ? (parts as [string, string]) : ['', parts[0]!];
  if (parts.length === 3 ? !PARTS.has(part.toLowerCase()) : parts.length !== 2) return null;
  return { folder: folder.normalize('NFC'), split: PARTS.get(part.toLowerCase()) ?? null, depth: parts.length };
}

async function* readItems(
  files: FileMap,
  { readImage, onIssue }: ParseOptions,
  valuesOf: (folder: string) => NonNullable<DatasetItem['label']>,
): AsyncGenerator<DatasetItem> {
  for (const path of [...files.keys()].sort(compareNaturally)) {
    const place = placeOf(path);
    if (place === null) continue;
    const file = files.get(path)!;
    const image = await readImage(path, file);
    if (!image.ok) {
      onIssue(image.error);
      continue;
    }
    const { blob, facts } = image.value;
    yield {
      id: itemId({ kind: 'image', blob }),
      content: { kind: 'image', blob, file, facts },
      sources: [{ file: path }],
      status: 'completed',
      label: valuesOf(place.folder),
      annotations: [],
      predictions: [],
      split: place.split,
    };
  }
}
