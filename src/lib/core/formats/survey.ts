import type { AuthorId } from '../model/ids';
import type { Dataset, DatasetContent } from './format';

/** What a table of a data set needs columns for, found by going through it once. */
export interface Survey {
  readonly kinds: ReadonlySet<DatasetContent['kind']>;
  /** Metadata columns of the items' first sources, in order of first occurrence. */
  readonly meta: ReadonlySet<string>;
  readonly isSplit: boolean;
  /** Whether any text has turns of a dialogue before it. */
  readonly hasContext: boolean;
  /** Whether any item was found in several places. */
  readonly hasDuplicates: boolean;
  readonly authors: ReadonlyMap<AuthorId, string>;
}

export async function survey(dataset: Dataset): Promise<Survey> {
  const kinds = new Set<DatasetContent['kind']>();
  const meta = new Set<string>();
  const authors = new Map<AuthorId, string>();
  let isSplit = false;
  let hasContext = false;
  let hasDuplicates = false;
  for await (const item of dataset.items()) {
    kinds.add(item.content.kind);
    for (const name of Object.keys(item.sources[0]?.meta ?? {})) meta.add(name);
    for (const { author, authorName } of item.annotations) authors.set(author, authorName);
    isSplit ||= item.split !== null;
    hasContext ||= item.content.kind === 'text' && item.content.context !== undefined;
    hasDuplicates ||= item.sources.length > 1;
  }
  return { kinds, meta, isSplit, hasContext, hasDuplicates, authors };
}
