import { formats } from '../formats/registry';
import type { Format } from '../formats/format';
import type { Field } from '../model/schema';

/** Formats that the command line knows by name, and that this version cannot write. */
const LATER = [
  ...['voc', 'label-studio', 'spacy', 'conll', 'brat', 'doccano', 'prodigy', 'fasttext', 'json', 'tfrecord'],
  ...['cvat', 'labelme', 'via', 'open-images'],
] as const;

/** What `export.format` may say, and the id of the format that is meant. */
export const EXPORT_FORMATS: ReadonlyMap<string, string> = new Map([
  ['huggingface', 'hf'],
  ...[...formats.map(({ id }) => id), ...LATER].map((id) => [id, id] as const),
]);

/** What a project asks, as far as its config tells. */
interface Asked {
  readonly kinds: readonly Field['kind'][];
  /** null: both may come. */
  readonly content: 'image' | 'text' | null;
}

const ANSWERS: Readonly<Record<Field['kind'], string>> = {
  choice: 'classes of whole items',
  box: 'boxes',
  span: 'spans of text',
};

/** Why a format is the wrong one for a project, in the middle of a sentence; null where it carries what is asked. */
export function misfit(format: Format, { kinds, content }: Asked): string | null {
  if (content !== null && !format.content.includes(content))
    return content === 'text' ? 'it carries no texts' : 'it carries no images';
  const left = kinds.find((kind) => !format.fields.includes(kind));
  if (left !== undefined) return `it carries no ${ANSWERS[left]}`;
  // COCO takes them in, but nothing that reads it knows that they are no boxes.
  if (format.id === 'coco' && !kinds.includes('box'))
    return 'it is made for boxes, and classes of whole images become boxes over all of them';
  return null;
}

/** The ids of the formats that carry all that is asked. */
export const fittingFormats = (asked: Asked): readonly string[] =>
  formats.filter((format) => misfit(format, asked) === null).map(({ id }) => id);
