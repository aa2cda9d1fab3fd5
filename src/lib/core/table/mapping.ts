import { profileColumns, type ColumnProfile } from './profile';
import type { TableRow } from './table';

/** Which columns of a table become what. */
export interface ColumnMapping {
  /** The column that holds the item itself. */
  readonly content: string;
  readonly contentKind: 'text' | 'image-url';
  /** null: no labels. Several labels in one cell are separated by `|`. */
  readonly label: string | null;
  /** What was said before a text: the earlier turns of a dialogue (see `parseTurns`). null: nothing. */
  readonly context: string | null;
  readonly metadata: readonly string[];
}

/** Best first; the last part of a dotted or underscored name counts too: `data.text`, `tweet_text`. */
const TEXT_NAMES = [
  'text',
  'content',
  'sentence',
  'utterance',
  'question',
  'query',
  'tweet',
  'post',
  'body',
  'message',
  'review',
  'comment',
  'document',
  'prompt',
  'input',
];
const IMAGE_NAMES = ['image', 'img', 'photo', 'picture', 'thumbnail', 'url', 'uri', 'href', 'link', 'file', 'src'];
const LABEL_NAMES = [
  'label',
  'labels',
  'category',
  'categories',
  'class',
  'classes',
  'intent',
  'sentiment',
  'topic',
  'topics',
  'tag',
  'tags',
  'target',
  'emotion',
  'annotation',
  'gold',
  'y',
];
const CONTEXT_NAMES = ['context', 'history', 'dialogue', 'dialog', 'previous', 'turns'];

/**
 * Guesses what the columns are: the items by name, and else by the first rows; labels and context by name alone, because a
 * wrong guess would make classes that nobody asked for. A person sees the guess and can change it.
 */
export function guessMapping(columns: readonly string[], rows: readonly TableRow[]): ColumnMapping {
  const profiles = profileColumns(columns, rows);
  const content = guessContent(profiles);
  const contentKind = isUrl(content) ? 'image-url' : 'text';
  const others = profiles.filter((profile) => profile !== content);
  const label = byName(others, LABEL_NAMES)?.name ?? null;
  const unlabelled = others.filter(({ name }) => name !== label);
  const context = contentKind === 'text' ? (byName(unlabelled, CONTEXT_NAMES)?.name ?? null) : null;
  return {
    content: content.name,
    contentKind,
    label,
    context,
    metadata: columns.filter((name) => name !== content.name && name !== label && name !== context),
  };
}

function guessContent(profiles: readonly ColumnProfile[]): ColumnProfile {
  const urls = profiles.filter(isUrl);
  const texts = profiles.filter((profile) => !isUrl(profile));
  const longest = texts.reduce<ColumnProfile | undefined>(
    (best, next) => (best && best.meanLength >= next.meanLength ? best : next),
    undefined,
  );
  return byName(texts, TEXT_NAMES) ?? byName(urls, IMAGE_NAMES) ?? urls[0] ?? longest ?? profiles[0]!;
}

const isUrl = (profile: ColumnProfile): boolean => profile.filled > 0 && profile.urlShare >= 0.9;

/** The column with the best of these names, a whole name before the last part of one. */
function byName(profiles: readonly ColumnProfile[], names: readonly string[]): ColumnProfile | undefined {
  const words = profiles.map((profile) => profile.name.trim().toLowerCase());
  for (const match of [
    (word: string, name: string) => word === name,
    (word: string, name: string) => word.split(/[\s._-]+/).at(-1) === name,
  ]) {
    for (const name of names) {
      const index = words.findIndex((word) => match(word, name));
      if (index >= 0) return profiles[index];
    }
  }
  return undefined;
}
