import { strToU8 } from 'fflate';

/** UTF-16 code units per chunk; a chunk has at most three times as many bytes, and one text more. */
const CHUNK = 2 ** 16;

/** Joins texts and encodes them as UTF-8, in chunks of about 64 to 200 KiB. */
export async function* encodeChunks(texts: AsyncIterable<string> | Iterable<string>): AsyncGenerator<Uint8Array> {
  let open: string[] = [];
  let length = 0;
  for await (const text of texts) {
    open.push(text);
    length += text.length;
    if (length < CHUNK) continue;
    yield strToU8(open.join(''));
    open = [];
    length = 0;
  }
  if (length > 0) yield strToU8(open.join(''));
}
