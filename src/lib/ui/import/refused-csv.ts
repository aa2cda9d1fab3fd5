import type { ConcordError } from '#core/errors';

const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** What was refused as a table (RFC 4180) with the columns where, what and hint. */
export function refusedAsCsv(refused: readonly ConcordError[]): string {
  const rows = refused.map(({ path, message, hint }) => [path, message, hint].map(cell).join(','));
  return ['where,what,hint', ...rows, ''].join('\r\n');
}
