/** `spreadsheet`: nothing that a spreadsheet would run as a formula. */
export type CellStyle = 'exact' | 'spreadsheet';

/** What spreadsheets take for the beginning of a formula (OWASP, "CSV Injection"). */
const FORMULA = /^[=+\-@\t\r]/;

/** One record as RFC 4180 writes it, with its line end. */
export function csvRecord(cells: readonly string[], style: CellStyle): string {
  const safe = style === 'exact' ? cells : cells.map((cell) => (FORMULA.test(cell) ? `'${cell}` : cell));
  return `${safe.map(quoted).join(',')}\r\n`;
}

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
