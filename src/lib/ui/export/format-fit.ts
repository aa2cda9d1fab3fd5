import type { DatasetContent } from '#core/formats/format';
import type { Field } from '#core/model/schema';

/** What a project holds, for judging formats. */
export interface Holding {
  /** `empty`: not known yet. */
  readonly content: 'texts' | 'images' | 'mixed' | 'empty';
  readonly kinds: readonly Field['kind'][];
}

interface Carried {
  readonly fields: readonly Field['kind'][];
  readonly content: readonly DatasetContent['kind'][];
}

/** How much of a project a format carries, and why it is not all of it in words; '' where nothing is to be said. */
interface FormatFit {
  readonly carries: 'nothing' | 'something';
  readonly why: string;
}

const KIND_NOUNS: Readonly<Record<Field['kind'], string>> = {
  choice: 'classes of whole items',
  box: 'boxes',
  span: 'spans of text',
};

export function formatFit(format: Carried, { content, kinds }: Holding): FormatFit {
  const hasTexts = format.content.includes('text');
  const hasImages = format.content.some((kind) => kind !== 'text');
  if (content === 'texts' && !hasTexts)
    return { carries: 'nothing', why: 'Carries images only; this project has texts.' };
  if (content === 'images' && !hasImages)
    return { carries: 'nothing', why: 'Carries texts only; this project has images.' };
  if (kinds.length > 0 && !kinds.some((kind) => format.fields.includes(kind))) {
    const carried = listed(format.fields);
    return { carries: 'nothing', why: `Carries ${carried} only; this project asks for ${listed(kinds)}.` };
  }
  if (content === 'mixed' && !hasTexts) return { carries: 'something', why: 'Carries the images only.' };
  if (content === 'mixed' && !hasImages) return { carries: 'something', why: 'Carries the texts only.' };
  return { carries: 'something', why: '' };
}

const listed = (kinds: readonly Field['kind'][]): string =>
  new Intl.ListFormat('en').format([...new Set(kinds)].map((kind) => KIND_NOUNS[kind]));
