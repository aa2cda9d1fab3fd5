import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it, test } from 'vitest';
import { fault, type ConcordError } from '#core/errors';
import type { OutputFile } from '#core/formats/format';
import { ReadFailure } from '#core/read-failure';
import { blobEntry } from '#io/files/blob-entry';
import { crc32 } from '#io/files/crc32';
import { hashBlob } from '#io/files/hash';
import { readImageHeader } from '#io/files/image-header';
import { isCompleteSvg, svgSize } from '#io/files/svg';
import { readText } from '#io/files/text';
import { openZip, ZIP_LIMITS } from '#io/files/zip-reader';
import { directoryHeader, endOfDirectory, localHeader } from '#io/files/zip-records';
import { writeZip } from '#io/files/zip-writer';

const going = () => new AbortController().signal;

const blobOf = (bytes: Uint8Array): Blob => new Blob([bytes as Uint8Array<ArrayBuffer>]);

/** Replaces bytes wherever they occur: to make zips that no writer would. */
function patched(bytes: Uint8Array, from: readonly number[], to: readonly number[]): Uint8Array {
  const copy = bytes.slice();
  let found = 0;
  for (let at = 0; at + from.length <= copy.length; at++) {
    if (!from.every((byte, i) => copy[at + i] === byte)) continue;
    copy.set(to, at);
    found++;
  }
  expect(found).toBeGreaterThan(0);
  return copy;
}

async function open(bytes: Uint8Array) {
  const issues: ConcordError[] = [];
  const opened = await openZip(going(), blobOf(bytes), { path: 'z.zip', onIssue: (issue) => issues.push(issue) });
  return { opened, issues };
}

async function contents(bytes: Uint8Array) {
  const { opened, issues } = await open(bytes);
  if (!opened.ok) throw new Error(opened.error.message);
  const files: Record<string, string> = {};
  for (const [path, entry] of opened.value) {
    const blob = await entry.blob(going());
    if (blob.ok) files[path] = await blob.value.text();
    else issues.push(blob.error);
  }
  return { files, issues };
}

describe('a zip', () => {
  it('lists its files by path', async () => {
    const bytes = zipSync({
      'a/b.txt': strToU8('hello'),
      'ü 😀.txt': [strToU8('x'), { level: 0 }],
      'empty/': new Uint8Array(),
    });
    expect(await contents(bytes)).toEqual({ files: { 'a/b.txt': 'hello', 'ü 😀.txt': 'x' }, issues: [] });
  });

  it('gives its files in pieces too', async () => {
    const { opened } = await open(zipSync({ 'a.txt': strToU8('hello') }));
    if (!opened.ok) throw new Error(opened.error.message);
    const entry = opened.value.get('a.txt')!;
    expect(entry.size).toBe(5);
    expect(await entry.bytes()).toEqual(strToU8('hello'));
    const chunks: number[] = [];
    for await (const chunk of entry.chunks()) chunks.push(...chunk);
    expect(Uint8Array.from(chunks)).toEqual(strToU8('hello'));
  });

  test.each([
    '../a.txt',
    'b/../../a.txt',
    '/etc/passwd',
    'b\\..\\a.txt',
    'C:/a.txt',
    'c:a.txt',
    './a.txt',
    'a//b.txt',
    'a\0.txt',
  ])('refuses the path %j and reads the others', async (path) => {
    expect(await contents(zipSync({ [path]: strToU8('evil'), 'good.txt': strToU8('good') }))).toEqual({
      files: { 'good.txt': 'good' },
      issues: [fault('zip.path', `z.zip/${path}`)],
    });
  });

  it('passes over what operating systems leave behind', async () => {
    const junk = ['__MACOSX/a/._b.txt', 'a/.DS_Store', 'Thumbs.db', 'a/._b.txt'];
    const bytes = zipSync(
      Object.fromEntries([...junk, 'a/b.txt'].map((path): [string, Uint8Array] => [path, strToU8(path)])),
    );
    expect(await contents(bytes)).toEqual({ files: { 'a/b.txt': 'a/b.txt' }, issues: [] });
  });

  it('reads the first of two files with one path', async () => {
    const bytes = patched(
      zipSync({ 'a1.txt': strToU8('one'), 'a2.txt': strToU8('two') }),
      [...strToU8('a2.txt')],
      [...strToU8('a1.txt')],
    );
    expect(await contents(bytes)).toEqual({
      files: { 'a1.txt': 'one' },
      issues: [fault('zip.duplicate', 'z.zip/a1.txt')],
    });
  });

  it('refuses encrypted files', async () => {
    const bytes = zipSync({ 'a.txt': strToU8('x') });
    // Bit 0 of the flags, which stand 6 bytes into a local and 8 bytes into a central header.
    const encrypted = bytes.slice();
    encrypted[6]! |= 1;
    encrypted[bytes.length - 22 - (46 + 5) + 8]! |= 1;
    expect(await contents(encrypted)).toEqual({ files: {}, issues: [fault('zip.encrypted', 'z.zip/a.txt')] });
  });

  it('tells of a damaged file and reads the others', async () => {
    const text = strToU8('some text that is stored as it is');
    const bytes = patched(
      zipSync({ 'a.txt': [text, { level: 0 }], 'b.txt': strToU8('b') }),
      [...strToU8('stored')],
      [...strToU8('burned')],
    );
    const { files, issues } = await contents(bytes);
    expect(files).toEqual({ 'b.txt': 'b' });
    expect(issues.map(({ code, path }) => [code, path])).toEqual([['zip.entry', 'z.zip/a.txt']]);
    const { opened } = await open(bytes);
    await expect(opened.ok && opened.value.get('a.txt')!.bytes()).rejects.toBeInstanceOf(ReadFailure);
  });

  test.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array()],
    ['a text', strToU8('no zip at all')],
    ['half a zip', zipSync({ 'a.txt': strToU8('x'.repeat(1000)) }).subarray(0, 60)],
  ])('that is %s is refused', async (_, bytes) => {
    expect((await open(bytes)).opened).toMatchObject({ ok: false, error: { code: 'zip.invalid', path: 'z.zip' } });
  });

  it('stops when it is cancelled', async () => {
    const aborted = AbortSignal.abort(new Error('enough'));
    const bytes = blobOf(zipSync({ 'a.txt': strToU8('x') }));
    await expect(openZip(aborted, bytes, { path: 'z.zip', onIssue: () => undefined })).rejects.toThrow('enough');
    const { opened } = await open(zipSync({ 'a.txt': strToU8('x') }));
    await expect(opened.ok && opened.value.get('a.txt')!.blob(aborted)).rejects.toThrow('enough');
  });
});

describe('a zip bomb', () => {
  const zeros = new Uint8Array(ZIP_LIMITS.ratioFromBytes + 1);
  const size = [...new Uint8Array(new Uint32Array([zeros.length]).buffer)];
  const bomb = zipSync({ 'zeros.bin': zeros }, { level: 1 });
  /** The same beside a file that makes the zip as a whole look reasonable. */
  const hidden = zipSync({ 'zeros.bin': zeros, 'large.bin': [new Uint8Array(2 ** 23), { level: 0 }] }, { level: 1 });

  it('is refused by the sizes it states', async () => {
    const { opened, issues } = await open(bomb);
    expect(opened.ok && opened.value.size).toBe(0);
    expect(issues.map(({ code, path }) => [code, path])).toEqual([['zip.bomb', 'z.zip/zeros.bin']]);
  });

  it('is refused file by file, and the others are read', async () => {
    const { opened, issues } = await open(hidden);
    expect(opened.ok && [...opened.value.keys()]).toEqual(['large.bin']);
    expect(issues.map(({ code, path }) => [code, path])).toEqual([['zip.bomb', 'z.zip/zeros.bin']]);
  });

  it('of more bytes than fit into memory is refused by the size it states', async () => {
    const { opened, issues } = await open(patched(hidden, size, [0, 0, 0, 0x21]));
    expect(opened.ok && [...opened.value.keys()]).toEqual(['large.bin']);
    const detail = { bytes: 0x21000000, limit: ZIP_LIMITS.entryBytes };
    expect(issues).toEqual([fault('file.too-large', 'z.zip/zeros.bin', detail)]);
  });

  it('is stopped where it unpacks to more than it states', async () => {
    const reason = 'it does not unpack to the 10 bytes that the zip states';
    expect(await contents(patched(bomb, size, [10, 0, 0, 0]))).toEqual({
      files: {},
      issues: [fault('zip.entry', 'z.zip/zeros.bin', { reason })],
    });
  });
});

describe('writing a zip', () => {
  async function* outputs(...files: OutputFile[]) {
    for (const file of files) yield await Promise.resolve(file);
  }
  const file = (path: string, text: string, stored = false): OutputFile => ({ path, stored, chunks: [strToU8(text)] });

  it('gives back what went in, byte for byte the same every time', async () => {
    const files = () =>
      outputs(file('a/ü.txt', 'hello '.repeat(1000)), file('b.jpg', 'x'.repeat(100), true), file('empty.txt', ''));
    const seen: number[] = [];
    const first = await writeZip(going(), files(), (progress) => seen.push(progress.files));
    const second = await writeZip(going(), files(), () => undefined);
    if (!first.ok || !second.ok) throw new Error('refused');
    expect(seen).toEqual([1, 2, 3]);
    expect(await hashBlob(first.value)).toBe(await hashBlob(second.value));
    expect(first.value.size).toBeLessThan(1500);
    const { files: read, issues } = await contents(new Uint8Array(await first.value.arrayBuffer()));
    expect({ read, issues }).toEqual({
      read: { 'a/ü.txt': 'hello '.repeat(1000), 'b.jpg': 'x'.repeat(100), 'empty.txt': '' },
      issues: [],
    });
  });

  it('is read by another library', async () => {
    const zip = await writeZip(
      going(),
      outputs(file('a/ü.txt', 'hello '.repeat(1000)), file('b.jpg', 'x', true)),
      () => undefined,
    );
    if (!zip.ok) throw new Error(zip.error.message);
    const read = unzipSync(new Uint8Array(await zip.value.arrayBuffer()));
    expect(Object.entries(read).map(([path, bytes]) => [path, strFromU8(bytes)])).toEqual([
      ['a/ü.txt', 'hello '.repeat(1000)],
      ['b.jpg', 'x'],
    ]);
  });

  it('passes on why a file could not be read', async () => {
    const failure = fault('file.unreadable', 'a.jpg', { reason: 'gone' });
    async function* failing() {
      yield await Promise.resolve(strToU8('x'));
      throw new ReadFailure(failure);
    }
    expect(await writeZip(going(), outputs({ path: 'a.jpg', chunks: failing() }), () => undefined)).toEqual({
      ok: false,
      error: failure,
    });
  });

  it('stops when it is cancelled', async () => {
    const controller = new AbortController();
    let taken = 0;
    async function* endless() {
      for (;;) yield await Promise.resolve(file(`${taken++}.txt`, 'x'));
    }
    const writing = writeZip(controller.signal, endless(), ({ files }) => {
      if (files === 5) controller.abort(new Error('enough'));
    });
    await expect(writing).rejects.toThrow('enough');
    expect(taken).toBe(6);
  });
});

describe('the records of a large zip', () => {
  const GB5 = 5 * 2 ** 30;
  const large = {
    name: strToU8('a'),
    method: 0,
    crc32: 0x01020304,
    packedSize: GB5,
    size: GB5 + 1,
    offset: GB5 + 2,
  } as const;
  const numbers = (bytes: Uint8Array, ...fields: [offset: number, length: 2 | 4 | 8][]) => {
    const view = new DataView(bytes.buffer);
    return fields.map(([at, length]) =>
      length === 2
        ? view.getUint16(at, true)
        : length === 4
          ? view.getUint32(at, true)
          : Number(view.getBigUint64(at, true)),
    );
  };
  const FULL = 0xffffffff;

  // Offsets by APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12, 4.3.14 to 4.3.16 and 4.5.3.
  it('have sizes and offsets beyond 4 GB in the Zip64 field', () => {
    const local = localHeader(large);
    expect(local.length).toBe(30 + 1 + 20);
    expect(numbers(local, [4, 2], [18, 4], [22, 4], [26, 2], [28, 2])).toEqual([45, FULL, FULL, 1, 20]);
    expect(numbers(local, [31, 2], [33, 2], [35, 8], [43, 8])).toEqual([1, 16, GB5 + 1, GB5]);

    const directory = directoryHeader(large);
    expect(directory.length).toBe(46 + 1 + 28);
    expect(numbers(directory, [6, 2], [20, 4], [24, 4], [28, 2], [30, 2], [42, 4])).toEqual([
      45,
      FULL,
      FULL,
      1,
      28,
      FULL,
    ]);
    expect(numbers(directory, [47, 2], [49, 2], [51, 8], [59, 8], [67, 8])).toEqual([1, 24, GB5 + 1, GB5, GB5 + 2]);
  });

  it('have only what is large there', () => {
    const late = { ...large, packedSize: 7, size: 8 };
    expect(localHeader(late).length).toBe(31);
    const directory = directoryHeader(late);
    expect(numbers(directory, [20, 4], [24, 4], [30, 2], [42, 4], [47, 2], [49, 2], [51, 8])).toEqual([
      7,
      8,
      12,
      FULL,
      1,
      8,
      GB5 + 2,
    ]);
  });

  it('count more than 65,534 files, and point to a directory beyond 4 GB', () => {
    expect(endOfDirectory({ files: 65_534, offset: 10, size: 20 }, 0).length).toBe(22);
    const end = endOfDirectory({ files: 70_000, offset: GB5, size: 20 }, 0);
    expect(end.length).toBe(56 + 20 + 22);
    expect(numbers(end, [0, 4], [4, 8], [24, 8], [32, 8], [40, 8], [48, 8])).toEqual([
      0x06064b50,
      44,
      70_000,
      70_000,
      20,
      GB5,
    ]);
    expect(numbers(end, [56, 4], [64, 8], [72, 4])).toEqual([0x07064b50, GB5 + 20, 1]);
    expect(numbers(end, [76, 4], [84, 2], [86, 2], [88, 4], [92, 4])).toEqual([0x06054b50, 0xffff, 0xffff, 20, FULL]);
  });
});

test('the checksum is CRC-32, also piece by piece', () => {
  // The check value of CRC-32/ISO-HDLC in the catalogue of parametrised CRC algorithms.
  expect(crc32(strToU8('123456789'))).toBe(0xcbf43926);
  expect(crc32(strToU8('6789'), crc32(strToU8('12345')))).toBe(0xcbf43926);
});

test('a file that cannot be read fails as such', async () => {
  const broken = new Blob(['x']);
  broken.arrayBuffer = () => Promise.reject(new Error('moved'));
  await expect(blobEntry('a.txt', broken).bytes()).rejects.toEqual(
    new ReadFailure(fault('file.unreadable', 'a.txt', { reason: 'moved' })),
  );
});

test('the hash of a file is its SHA-256 in base32', async () => {
  // FIPS 180-2, appendix B.1: ba7816bf 8f01cfea 414140de 5dae2223 b00361a3 96177a9c b410ff61 f20015ad
  const base32 = 'xj4bnp4pahh6uqkbidpf3lrceoyagyndsylxvhfucd7wd4qacwwq';
  expect(await hashBlob(new Blob(['abc']))).toBe(base32);
});

test('reading text reports progress and stops when it is cancelled', async () => {
  const controller = new AbortController();
  const progress: number[] = [];
  const text = readText(controller.signal, new Blob(['x'.repeat(3 * 2 ** 20)]), {
    path: 'a.txt',
    onIssue: () => undefined,
    onProgress: (bytes) => {
      progress.push(bytes);
      if (bytes === 2 ** 21) controller.abort(new Error('enough'));
    },
  });
  await expect(
    (async () => {
      for await (const piece of text) expect(piece.length).toBe(2 ** 20);
    })(),
  ).rejects.toThrow('enough');
  expect(progress).toEqual([2 ** 20, 2 ** 21]);
});

describe('the header of an image', () => {
  const png = (width: number, height: number) => {
    const view = new DataView(new ArrayBuffer(33));
    [0x89504e47, 0x0d0a1a0a, 13, 0x49484452, width, height].forEach((word, i) => {
      view.setUint32(4 * i, word);
    });
    return new Uint8Array(view.buffer);
  };
  const bmp = (header: number, ...sizes: [offset: number, bytes: 2 | 4, value: number][]) => {
    const view = new DataView(new ArrayBuffer(54));
    view.setUint16(0, 0x424d);
    view.setUint32(14, header, true);
    for (const [offset, bytes, value] of sizes)
      if (bytes === 2) view.setUint16(offset, value, true);
      else view.setInt32(offset, value, true);
    return new Uint8Array(view.buffer);
  };

  test.each<[string, Uint8Array, ReturnType<typeof readImageHeader>]>([
    ['PNG', png(20_000, 30_000), { type: 'image/png', size: { width: 20_000, height: 30_000 } }],
    ['PNG that is cut off', png(1, 1).subarray(0, 16), { type: 'image/png', size: null }],
    ['BMP', bmp(40, [18, 4, 640], [22, 4, 480]), { type: 'image/bmp', size: { width: 640, height: 480 } }],
    [
      'BMP from the top',
      bmp(40, [18, 4, 640], [22, 4, -480]),
      { type: 'image/bmp', size: { width: 640, height: 480 } },
    ],
    ['BMP of OS/2', bmp(12, [18, 2, 640], [20, 2, 480]), { type: 'image/bmp', size: { width: 640, height: 480 } }],
    ['icon', Uint8Array.of(0, 0, 1, 0, 1, 0), { type: 'image/x-icon', size: null }],
    ['TIFF', strToU8('II*\0....'), { type: 'image/tiff', size: null }],
    [
      'SVG',
      strToU8('<svg xmlns="http://www.w3.org/2000/svg" width="10" height="20"/>'),
      { type: 'image/svg+xml', size: { width: 10, height: 20 } },
    ],
    ['text', strToU8('hello world, this is no image'), null],
    ['HTML', strToU8('<!DOCTYPE html><html><svg width="1" height="1"></svg></html>'), null],
    ['nothing', new Uint8Array(), null],
    ['a zip', zipSync({ 'a.txt': strToU8('x') }), null],
  ])('%s', (_, bytes, header) => {
    expect(readImageHeader(bytes)).toEqual(header);
  });
});

describe('the size of an SVG', () => {
  // CSS Values 4, section 6.2: 1in = 96px = 2.54cm = 72pt = 6pc.
  test.each<[string, string, [number, number] | null]>([
    ['width and height', '<svg width="10" height="20">', [10, 20]],
    ['units', '<svg width="1in" height="2.54cm">', [96, 96]],
    ['points and picas', "<svg width='72pt' height='6pc'>", [96, 96]],
    ['viewBox', '<svg viewBox="0 0 30 40">', [30, 40]],
    ['viewBox with commas', '<svg viewBox="0,0,30.5,40">', [30.5, 40]],
    ['percentages fall back to the viewBox', '<svg width="100%" height="100%" viewBox="0 0 30 40">', [30, 40]],
    ['one side and a viewBox', '<svg width="60" viewBox="0 0 30 40">', [60, 80]],
    ['nothing', '<svg>', [300, 150]],
    [
      'prolog, comment and doctype',
      '\ufeff<?xml version="1.0"?>\n<!-- <svg width="1" height="1"> -->\n<!DOCTYPE svg [<!ENTITY a "b">]>\n<svg width="10" height="20">',
      [10, 20],
    ],
    ['a prefix', '<s:svg xmlns:s="http://www.w3.org/2000/svg" width="10" height="20">', [10, 20]],
    ['a > in an attribute', '<svg aria-label="a > b" width="10" height="20">', [10, 20]],
    ['stroke-width is no width', '<svg stroke-width="5" viewBox="0 0 30 40">', [30, 40]],
    ['another element', '<svgfoo width="10" height="20">', null],
    ['text before', 'x<svg width="10" height="20">', null],
    ['no end of the tag', '<svg width="10" height="20"', null],
  ])('%s', (_, text, size) => {
    expect(svgSize(strToU8(text))).toEqual(size && { width: size[0], height: size[1] });
  });

  it('is found in reasonable time in hostile files', () => {
    for (const text of [
      '<!DOCTYPE' + ' '.repeat(60_000),
      '<!DOCTYPE' + '['.repeat(60_000),
      '<!--'.repeat(15_000),
      '<svg ' + 'a="'.repeat(20_000),
    ]) {
      const start = performance.now();
      expect(svgSize(strToU8(text))).toBeNull();
      expect(performance.now() - start).toBeLessThan(500);
    }
  });

  test.each<[string, boolean]>([
    ['<svg><g></g></svg>', true],
    ['<svg></svg>\n<!-- made by hand -->\n', true],
    ['<s:svg></s:svg >', true],
    ['<svg><g></g>', false],
    ['<svg><g></svg', false],
  ])('%j is complete: %s', (text, complete) => {
    expect(isCompleteSvg(strToU8(text))).toBe(complete);
  });
});
