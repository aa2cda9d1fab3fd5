/** `spreadsheet`: nothing that a spreadsheet would run as a formula. */
export type CellStyle = 'exact' | 'spreadsheet';

/** What spreadsheets take for the beginning of a formula (OWASP, "CSV Injection"). */
const FORMULA = /^[=+\-@\t\r]/;

/** One record as RFC 4180 writes it, with its line end. Numbers are no formulas, also where they are negative. */
export function csvRecord(cells: readonly (string | number)[], style: CellStyle): string {
  const safe = cells.map((cell) => {
    if (typeof cell === 'number') return String(cell);
    return style === 'spreadsheet' && FORMULA.test(cell) ? `'${cell}` : cell;
  });
  return `${safe.map(quoted).join(',')}\r\n`;
}

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
