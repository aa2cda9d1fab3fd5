import type { ColumnMapping } from '#core/table/mapping';

/** What one column is to the import. */
export type ColumnRole = ColumnMapping['contentKind'] | 'label' | 'metadata' | 'none';

export const ROLE_WORDS: Readonly<Record<ColumnRole, string>> = {
  text: 'Text to label',
  'image-url': 'Image address',
  label: 'Label',
  metadata: 'Shown beside',
  none: 'Left out',
};

export const isRole = (word: string): word is ColumnRole => Object.hasOwn(ROLE_WORDS, word);

export function roleOf(column: string, mapping: ColumnMapping): ColumnRole {
  if (column === mapping.content) return mapping.contentKind;
  if (column === mapping.label) return 'label';
  return mapping.metadata.includes(column) ? 'metadata' : 'none';
}

/**
 * The mapping in which a column has another role. There is one content and at most one label: the column that was it
 * before is shown beside from then on. The content column itself can only change its kind.
 */
export function withRole(mapping: ColumnMapping, column: string, role: ColumnRole): ColumnMapping {
  const isContent = column === mapping.content;
  const rest = mapping.metadata.filter((name) => name !== column);
  const label = column === mapping.label ? null : mapping.label;
  switch (role) {
    case 'text':
    case 'image-url':
      return isContent
        ? { ...mapping, contentKind: role }
        : { content: column, contentKind: role, label, metadata: [...rest, mapping.content] };
    case 'label':
      if (isContent) return mapping;
      return { ...mapping, label: column, metadata: label === null ? rest : [...rest, label] };
    case 'metadata':
      return isContent ? mapping : { ...mapping, label, metadata: [...rest, column] };
    case 'none':
      return isContent ? mapping : { ...mapping, label, metadata: rest };
  }
}
