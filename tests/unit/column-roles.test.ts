import { expect, it } from 'vitest';
import type { ColumnMapping } from '#core/table/mapping';
import { roleOf, withRole, type ColumnRole } from '../../src/lib/ui/import/column-roles';

const mapping: ColumnMapping = { content: 'text', contentKind: 'text', label: 'kind', metadata: ['id'] };
const COLUMNS = ['text', 'kind', 'id', 'rest'];
const roles = (changed: ColumnMapping) => COLUMNS.map((column) => roleOf(column, changed));

it.each([
  ['kind', 'none', ['text', 'none', 'metadata', 'none']],
  ['kind', 'metadata', ['text', 'metadata', 'metadata', 'none']],
  ['id', 'label', ['text', 'metadata', 'label', 'none']],
  ['kind', 'text', ['metadata', 'text', 'metadata', 'none']],
  ['rest', 'image-url', ['metadata', 'label', 'metadata', 'image-url']],
  ['text', 'image-url', ['image-url', 'label', 'metadata', 'none']],
  // Something has to be labelled.
  ['text', 'none', ['text', 'label', 'metadata', 'none']],
  ['text', 'label', ['text', 'label', 'metadata', 'none']],
  ['kind', 'label', ['text', 'label', 'metadata', 'none']],
] as const)('the column “%s” as %s', (column: string, role: ColumnRole, expected: readonly ColumnRole[]) => {
  const changed = withRole(mapping, column, role);
  expect(roles(changed)).toEqual(expected);
  expect(new Set(changed.metadata).size).toBe(changed.metadata.length);
});
