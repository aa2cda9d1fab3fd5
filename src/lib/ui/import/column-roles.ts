import type { ColumnMapping } from '#core/table/mapping';

/** What one column is to the import. */
export type ColumnRole = ColumnMapping['contentKind'] | 'label' | 'context' | 'metadata' | 'none';

export const ROLE_WORDS: Readonly<Record<ColumnRole, string>> = {
  text: 'Text to label',
  'image-url': 'Image address',
  label: 'Label',
  context: 'Said before it',
  metadata: 'Shown beside',
  none: 'Left out',
};

export const isRole = (word: string): word is ColumnRole => Object.hasOwn(ROLE_WORDS, word);

/** What a column can be: something has to be labelled, and only texts have something that was said before them. */
export function rolesFor(column: string, { content, contentKind }: ColumnMapping): readonly ColumnRole[] {
  if (column === content) return ['text', 'image-url'];
  return ['text', 'image-url', 'label', ...(contentKind === 'text' ? (['context'] as const) : []), 'metadata', 'none'];
}

export function roleOf(column: string, mapping: ColumnMapping): ColumnRole {
  if (column === mapping.content) return mapping.contentKind;
  if (column === mapping.label) return 'label';
  if (column === mapping.context) return 'context';
  return mapping.metadata.includes(column) ? 'metadata' : 'none';
}

/**
 * The mapping in which a column has another role. There is one content, and at most one label and one context: the
 * column that was it before is shown beside from then on. The content column itself can only change its kind.
 */
export function withRole(mapping: ColumnMapping, column: string, role: ColumnRole): ColumnMapping {
  if (!rolesFor(column, mapping).includes(role)) return mapping;
  if (column === mapping.content) return withKind(mapping, role === 'image-url' ? role : 'text');
  const without = {
    ...mapping,
    label: column === mapping.label ? null : mapping.label,
    context: column === mapping.context ? null : mapping.context,
    metadata: mapping.metadata.filter((name) => name !== column),
  };
  const beside = (former: string | null) => (former === null ? without.metadata : [...without.metadata, former]);
  switch (role) {
    case 'text':
    case 'image-url':
      return withKind({ ...without, content: column, metadata: beside(mapping.content) }, role);
    case 'label':
      return { ...without, label: column, metadata: beside(without.label) };
    case 'context':
      return { ...without, context: column, metadata: beside(without.context) };
    case 'metadata':
      return { ...without, metadata: beside(column) };
    case 'none':
      return without;
  }
}

function withKind(mapping: ColumnMapping, contentKind: ColumnMapping['contentKind']): ColumnMapping {
  if (contentKind === 'text' || mapping.context === null) return { ...mapping, contentKind };
  return { ...mapping, contentKind, context: null, metadata: [...mapping.metadata, mapping.context] };
}
