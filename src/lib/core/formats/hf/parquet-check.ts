import type { ColumnMetaData, FileMetaData, PageHeader } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { decompressPage } from 'hyparquet/src/datapage.js';
import { getMaxDefinitionLevel, getMaxRepetitionLevel, getSchemaPath } from 'hyparquet/src/schema.js';

/** Rows of a file; more are no table that a person labels, but a damaged number. */
const MAX_ROWS = 10_000_000;

/** Snappy makes at most 64 bytes out of three, by a copy. */
const MAX_RATIO = 32;

/** What pages may be encoded in: what `datasets`, pandas and we write. Others' loops trust the file. */
const PLAIN: readonly unknown[] = ['PLAIN', 'RLE'];
const DICTIONARY: readonly unknown[] = ['RLE_DICTIONARY', 'PLAIN_DICTIONARY'];

/**
 * Checks the counts in a Parquet file before hyparquet reads it. It trusts them: a damaged run length, level or number of
 * values makes it fill memory, or never end.
 *
 * @throws Error that says what is wrong; whatever the decoding of a damaged header throws
 */
export function checkParquet(bytes: Uint8Array, { row_groups, schema }: FileMetaData): void {
  let total = 0;
  for (const { columns, num_rows } of row_groups) {
    const rows = Number(num_rows);
    total += rows;
    insist(rows >= 0 && total <= MAX_ROWS, 'its number of rows');
    for (const { meta_data: column } of columns) {
      insist(column !== undefined, 'a column without its metadata');
      const path = getSchemaPath(schema, column.path_in_schema);
      const levels = { repetition: getMaxRepetitionLevel(path), definition: getMaxDefinitionLevel(path) };
      checkColumn(bytes, column, rows, levels);
    }
  }
}

interface Levels {
  readonly repetition: number;
  readonly definition: number;
}

function checkColumn(bytes: Uint8Array, column: ColumnMetaData, rows: number, levels: Levels): void {
  const start = Number(column.dictionary_page_offset ?? column.data_page_offset);
  const size = Number(column.total_compressed_size);
  insist(start >= 4 && size >= 0 && start + size <= bytes.length, 'the place of a column');
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset + start, size), offset: 0 };
  let values = 0;
  let begun = 0;
  let dictionary = 0;
  while (reader.offset < size - 1) {
    const header = parquetHeader(reader);
    const length = header.compressed_page_size;
    insist(length >= 0 && reader.offset + length <= size, 'the size of a page');
    insist(isRatio(header.uncompressed_page_size, length), 'the size of a page when unpacked');
    const page = bytes.subarray(start + reader.offset, start + reader.offset + length);
    reader.offset += length;
    if (header.dictionary_page_header) {
      dictionary = header.dictionary_page_header.num_values;
      insist(dictionary >= 0 && dictionary <= header.uncompressed_page_size, 'the size of a dictionary');
    } else {
      const checked = checkPage(page, header, column, levels, dictionary);
      values += checked.values;
      begun += checked.rows;
    }
  }
  insist(values === Number(column.num_values), 'the number of values of a column');
  insist(begun === rows, 'the number of rows of a column');
}

const isRatio = (unpacked: number, packed: number): boolean => unpacked >= 0 && unpacked <= MAX_RATIO * packed + 64;

/** Checks the levels of a page and the numbers of its dictionary's entries; gives how much it holds. */
function checkPage(
  page: Uint8Array,
  header: PageHeader,
  { codec, type }: ColumnMetaData,
  levels: Levels,
  dictionary: number,
): { readonly values: number; readonly rows: number } {
  const { data_page_header: first, data_page_header_v2: second } = header;
  const about = first ?? second;
  insist(about !== undefined, 'the kind of a page');
  const values = about.num_values;
  insist(values >= 0 && values <= MAX_ROWS * 10, 'the number of values of a page');
  const isIndexed = DICTIONARY.includes(about.encoding);
  insist(isIndexed || PLAIN.includes(about.encoding), `the encoding ${about.encoding}`);

  let repetition: Run;
  let definition: Run;
  let data: Uint8Array;
  if (second) {
    const { repetition_levels_byte_length: before, definition_levels_byte_length: length } = second;
    insist(before >= 0 && length >= 0 && before + length <= page.length, 'the size of levels');
    repetition = readRun(page.subarray(0, before), levels.repetition, values);
    definition = readRun(page.subarray(before, before + length), levels.definition, values);
    const rest = page.subarray(before + length);
    const size = header.uncompressed_page_size - before - length;
    data = second.is_compressed === false ? rest : decompressPage(rest, size, codec, undefined);
  } else {
    const unpacked = decompressPage(page, header.uncompressed_page_size, codec, undefined);
    const [one, afterOne] = sized(unpacked, levels.repetition);
    const [two, afterTwo] = sized(afterOne, levels.definition);
    repetition = readRun(one, levels.repetition, values);
    definition = readRun(two, levels.definition, values);
    data = afterTwo;
  }
  const present = levels.definition === 0 ? values : definition.highest;
  if (second) insist(second.num_nulls === values - present, 'the number of nulls');
  if (isIndexed && present > 0) {
    const width = data[0] ?? 0;
    insist(width <= 31, 'the width of numbers');
    if (width > 0) readHybrid(data.subarray(1), width, dictionary - 1, present);
    else insist(dictionary > 0, 'the size of a dictionary');
  } else if (type === 'BOOLEAN' && about.encoding === 'RLE') {
    readHybrid(data.subarray(4), 1, 1, present);
  }
  insist(levels.repetition === 0 || values === 0 || repetition.zeros > 0, 'where rows begin');
  return { values, rows: levels.repetition === 0 ? values : repetition.zeros };
}

/** Levels of the first version of pages follow their size. */
function sized(bytes: Uint8Array, max: number): [levels: Uint8Array, rest: Uint8Array] {
  if (max === 0) return [bytes.subarray(0, 0), bytes];
  const size = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0, true);
  insist(4 + size <= bytes.length, 'the size of levels');
  return [bytes.subarray(4, 4 + size), bytes.subarray(4 + size)];
}

interface Run {
  /** How many are 0, and how many the highest that there can be. */
  readonly zeros: number;
  readonly highest: number;
}

const readRun = (bytes: Uint8Array, max: number, count: number): Run =>
  max === 0 ? { zeros: 0, highest: 0 } : readHybrid(bytes, 32 - Math.clz32(max), max, count);

/** Reads `count` numbers of `width` bits in runs and packs (Parquet's RLE/bit-packing hybrid), none above `max`. */
function readHybrid(bytes: Uint8Array, width: number, max: number, count: number): Run {
  let at = 0;
  let [seen, zeros, highest] = [0, 0, 0];
  const take = (value: number, times: number): void => {
    insist(value <= max, 'a level or number');
    if (value === 0) zeros += times;
    if (value === max) highest += times;
    seen += times;
  };
  while (seen < count) {
    let header = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      insist(byte !== undefined && shift < 28, 'the length of a run');
      header |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    const length = header >>> 1;
    insist(length > 0, 'the length of a run');
    if (header & 1) {
      insist(at + length * width <= bytes.length && seen + length * 8 < count + 8, 'the length of a pack');
      for (let bit = at * 8; bit < (at + length * width) * 8 && seen < count; bit += width)
        take(bitsAt(bytes, bit, width), 1);
      at += length * width;
    } else {
      const size = (width + 7) >> 3;
      insist(at + size <= bytes.length && seen + length <= count, 'the length of a run');
      take(bitsAt(bytes, at * 8, size * 8), length);
      at += size;
    }
  }
  return { zeros, highest };
}

/** An unsigned number of up to 32 bits, the lowest bit first. */
function bitsAt(bytes: Uint8Array, from: number, width: number): number {
  let value = 0;
  for (let bit = 0; bit < width; bit++)
    if (((bytes[(from + bit) >> 3]! >> ((from + bit) & 7)) & 1) === 1) value += 2 ** bit;
  return value;
}

function insist(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(`${what} is damaged`);
}
