import { expect, it } from 'vitest';
import type { ColumnMapping } from '#core/table/mapping';
import { roleOf, rolesFor, withRole, type ColumnRole } from '../../src/lib/ui/import/column-roles';

const mapping: ColumnMapping = {
  ...{ content: 'text', contentKind: 'text', label: 'kind', context: 'before', metadata: ['id'] },
};
const COLUMNS = ['text', 'kind', 'id', 'before', 'rest'];
const roles = (changed: ColumnMapping) => COLUMNS.map((column) => roleOf(column, changed));

it.each([
  ['kind', 'none', ['text', 'none', 'metadata', 'context', 'none']],
  ['kind', 'metadata', ['text', 'metadata', 'metadata', 'context', 'none']],
  ['id', 'label', ['text', 'metadata', 'label', 'context', 'none']],
  ['kind', 'text', ['metadata', 'text', 'metadata', 'context', 'none']],
  ['before', 'text', ['metadata', 'label', 'metadata', 'text', 'none']],
  ['rest', 'context', ['text', 'label', 'metadata', 'metadata', 'context']],
  ['kind', 'context', ['text', 'context', 'metadata', 'metadata', 'none']],
  ['before', 'none', ['text', 'label', 'metadata', 'none', 'none']],
  // Nothing was said before an image.
  ['rest', 'image-url', ['metadata', 'label', 'metadata', 'metadata', 'image-url']],
  ['text', 'image-url', ['image-url', 'label', 'metadata', 'metadata', 'none']],
  // Something has to be labelled.
  ['text', 'none', ['text', 'label', 'metadata', 'context', 'none']],
  ['text', 'label', ['text', 'label', 'metadata', 'context', 'none']],
  ['kind', 'label', ['text', 'label', 'metadata', 'context', 'none']],
] as const)('the column “%s” as %s', (column: string, role: ColumnRole, expected: readonly ColumnRole[]) => {
  const changed = withRole(mapping, column, role);
  expect(roles(changed)).toEqual(expected);
  expect(new Set(changed.metadata).size).toBe(changed.metadata.length);
});

it('offers context to texts only', () => {
  expect(rolesFor('id', mapping)).toContain('context');
  expect(rolesFor('id', { ...mapping, contentKind: 'image-url', context: null })).not.toContain('context');
});
