import fc from 'fast-check';
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { csvRecord } from '#core/formats/csv/cells';
import { RecordReader, type Dialect } from '#core/table/records';

const COMMAS: Dialect = { delimiter: ',', quotes: true, lineEnd: '\n' };

/** Reads a text that is cut at the given places. */
function records(text: string, cuts: readonly number[], dialect: Dialect = COMMAS) {
  const reader = new RecordReader(dialect);
  const ends = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].sort((a, b) => a - b);
  const pieces = [0, ...ends].map((from, index) => text.slice(from, ends[index] ?? text.length));
  return [...pieces.flatMap((piece) => reader.read(piece)), ...reader.end()];
}

const cuts = fc.array(fc.nat({ max: 200 }), { maxLength: 8 });
/** Mostly what matters to a reader of CSV. */
const nasty = fc.string({
  unit: fc.constantFrom('"', ',', '\r', '\n', 'a', ' ', '\t', ';', '|', "'", '\ufeff', '\0', '😀', 'и\u0301'),
  maxLength: 12,
});
const cell = fc.oneof(
  nasty,
  fc.string({ unit: 'binary', maxLength: 8 }).filter((text) => text.isWellFormed()),
);
const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 });

test('what is written is read again, cell by cell, however the text is cut', () => {
  fc.assert(
    fc.property(table, cuts, (rows, at) => {
      const text = rows.map((cells) => csvRecord(cells, 'exact')).join('');
      expect(records(text, at).map(({ cells }) => cells)).toEqual(rows);
    }),
  );
});

test('Papa Parse reads the same from what is written', () => {
  fc.assert(
    fc.property(table, (rows) => {
      const text = rows.map((cells) => csvRecord(cells, 'exact')).join('');
      // It takes a byte order mark off, which here is part of a cell.
      fc.pre(!text.startsWith('\ufeff'));
      const { data, errors } = Papa.parse<string[]>(text, { delimiter: ',', newline: '\r\n' });
      expect({ data: data.slice(0, -1), errors }).toEqual({ data: rows, errors: [] });
    }),
  );
});

test('any text gives the same records and lines however it is cut', () => {
  fc.assert(
    fc.property(
      fc.array(nasty).map((parts) => parts.join('')),
      cuts,
      (text, at) => {
        expect(records(text, at)).toEqual(records(text, []));
      },
    ),
  );
});

test('nothing is lost of text without quotes', () => {
  const plain = fc.string({ unit: fc.constantFrom(',', '\n', 'a', '\t', '"') });
  fc.assert(
    fc.property(plain, cuts, (text, at) => {
      const read = records(text, at, { delimiter: ',', quotes: false, lineEnd: '\n' });
      const lines = text
        .split('\n')
        .flatMap((line, index) => (line === '' ? [] : [{ line: index + 1, cells: line.split(','), flaw: null }]));
      expect(read).toEqual(lines);
    }),
  );
});

test('no cell can be taken for a formula in the style for spreadsheets', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', "'", 'a'), minLength: 1 }), {
        minLength: 2,
      }),
      (cells) => {
        for (const read of records(csvRecord(cells, 'spreadsheet'), [])[0]!.cells)
          expect(read).not.toMatch(/^[=+\-@\t\r]/);
      },
    ),
  );
});
