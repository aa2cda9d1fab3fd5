/** One file of a zip, as its local header and the directory describe it. Sizes and offsets are bytes. */
export interface ZipRecord {
  /** UTF-8. */
  readonly name: Uint8Array;
  /** 0 stored, 8 deflated. */
  readonly method: 0 | 8;
  readonly crc32: number;
  readonly packedSize: number;
  readonly size: number;
  /** Of the local header. */
  readonly offset: number;
}

/** Stands in for a number that is in the Zip64 field instead. */
const IN_ZIP64 = 0xffffffff;
const IN_ZIP64_SHORT = 0xffff;

/** What a reader must know: 2.0 for deflate, 4.5 for Zip64. */
const DEFLATE_VERSION = 20;
const ZIP64_VERSION = 45;
/** Made by Unix (3), so that the attributes are those of a plain file that all may read. */
const UNIX = 3 << 8;
const PLAIN_FILE = 0o100644;
/** Names are UTF-8. */
const FLAGS = 1 << 11;
/** 1 January 1980, the earliest that a zip can say: all files have it, so that equal exports are equal bytes. */
const TIME = 0;
const DATE = (1 << 5) | 1;

type Field = Uint8Array | readonly [bytes: 2 | 4 | 8, value: number];

/*
 * APPNOTE.TXT 6.3.10 of PKWARE, sections 4.3.7 to 4.3.16 and 4.5.3. Sizes are known before a file is written, so that
 * no data descriptors are needed, which many readers do not take for stored files.
 */

export function localHeader(record: ZipRecord): Uint8Array {
  const isLarge = record.size >= IN_ZIP64 || record.packedSize >= IN_ZIP64;
  // Here, unlike in the directory, the field must have both sizes or none.
  const extra = isLarge ? zip64Field([record.size, record.packedSize]) : new Uint8Array();
  return join([
    [4, 0x04034b50],
    [2, isLarge ? ZIP64_VERSION : DEFLATE_VERSION],
    ...commonFields(record, isLarge ? [IN_ZIP64, IN_ZIP64] : [record.packedSize, record.size]),
    [2, extra.length],
    record.name,
    extra,
  ]);
}

export function directoryHeader(record: ZipRecord): Uint8Array {
  const { size, packedSize, offset } = record;
  const large = [size, packedSize, offset].filter((value) => value >= IN_ZIP64);
  const extra = large.length > 0 ? zip64Field(large) : new Uint8Array();
  const version = large.length > 0 ? ZIP64_VERSION : DEFLATE_VERSION;
  return join([
    [4, 0x02014b50],
    [2, UNIX | version],
    [2, version],
    ...commonFields(record, [Math.min(packedSize, IN_ZIP64), Math.min(size, IN_ZIP64)]),
    [2, extra.length],
    [2, 0],
    [2, 0],
    [2, 0],
    [4, PLAIN_FILE * 0x10000],
    [4, Math.min(offset, IN_ZIP64)],
    record.name,
    extra,
  ]);
}

/**
 * The end of a zip: with the Zip64 records where its numbers are too large for the old one.
 *
 * @param directory how many files it lists, where it begins, and its size
 * @param commentSize bytes of the comment that follows
 */
export function endOfDirectory(
  { files, offset, size }: { readonly files: number; readonly offset: number; readonly size: number },
  commentSize: number,
): Uint8Array {
  const isLarge = files >= IN_ZIP64_SHORT || offset >= IN_ZIP64 || size >= IN_ZIP64;
  const zip64: Field[] = [
    [4, 0x06064b50],
    [8, 44],
    [2, UNIX | ZIP64_VERSION],
    [2, ZIP64_VERSION],
    [4, 0],
    [4, 0],
    [8, files],
    [8, files],
    [8, size],
    [8, offset],
    // The locator of this record.
    [4, 0x07064b50],
    [4, 0],
    [8, offset + size],
    [4, 1],
  ];
  return join([
    ...(isLarge ? zip64 : []),
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, Math.min(files, IN_ZIP64_SHORT)],
    [2, Math.min(files, IN_ZIP64_SHORT)],
    [4, Math.min(size, IN_ZIP64)],
    [4, Math.min(offset, IN_ZIP64)],
    [2, commentSize],
  ]);
}

/** From the flags to the length of the name, which both kinds of header have alike. */
const commonFields = ({ method, crc32, name }: ZipRecord, sizes: readonly [packed: number, size: number]): Field[] => [
  [2, FLAGS],
  [2, method],
  [2, TIME],
  [2, DATE],
  [4, crc32],
  [4, sizes[0]],
  [4, sizes[1]],
  [2, name.length],
];

const zip64Field = (values: readonly number[]): Uint8Array =>
  join([[2, 0x0001], [2, 8 * values.length], ...values.map((value): Field => [8, value])]);

function join(fields: readonly Field[]): Uint8Array {
  const lengths = fields.map((field) => (field instanceof Uint8Array ? field.length : field[0]));
  const bytes = new Uint8Array(lengths.reduce((sum, length) => sum + length, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [index, field] of fields.entries()) {
    if (field instanceof Uint8Array) bytes.set(field, at);
    else if (field[0] === 2) view.setUint16(at, field[1], true);
    else if (field[0] === 4) view.setUint32(at, field[1], true);
    else view.setBigUint64(at, BigInt(field[1]), true);
    at += lengths[index]!;
  }
  return bytes;
}
