import { createWriteStream } from 'node:fs';
import { once } from 'node:events';

const SYLLABLES =
  'ba ca da el fi go ha in ja ka lo mi no op pa qui ra si to un va we xe yo za ber der gen ken ler men ner per ren ser ter ver wen'.split(
    ' ',
  );
/** What texts of any language hold beside ASCII. */
const FOREIGN = ['café', 'Überweisung', 'naïve', 'größer', 'перевод', 'счёт', '払い戻し', 'señor', '“quoted”', '👍'];
const WORDS = 20_000;

/** In one text of a hundred thousand, which makes it a needle. */
export const RARE = 'zebrafinch';

/**
 * Writes a CSV of sentences of 60 to 120 characters, each once, of 20,000 words as frequent as in a language (the n-th word
 * 1/n as often as the first), the same ones every time.
 *
 * @param label gives a row its label; without it there is no such column
 */
export async function writeTexts(path: string, rows: number, label?: (row: number) => string): Promise<void> {
  const random = lcg(7);
  const words = vocabulary(random);
  const file = createWriteStream(path);
  file.write(label ? 'id,text,label\n' : 'id,text\n');
  let lines: string[] = [];
  for (let row = 0; row < rows; row++) {
    const goal = 52 + Math.floor(random() * 54);
    let text = '';
    // Of n words by Zipf's law, the one at the quantile u stands near n^u.
    while (text.length < goal) text += `${words[Math.floor(WORDS ** random()) - 1]!} `;
    if (row % 100_000 === 77) text += `${RARE} `;
    lines.push(`${row},"${text}${row}"${label ? `,${label(row)}` : ''}\n`);
    if (lines.length < 10_000) continue;
    if (!file.write(lines.join(''))) await once(file, 'drain');
    lines = [];
  }
  file.end(lines.join(''));
  await once(file, 'finish');
}

/** Writes a CSV of addresses of images that nobody serves. */
export async function writeAddresses(path: string, rows: number): Promise<void> {
  const file = createWriteStream(path);
  file.write('id,image_url\n');
  for (let row = 0; row < rows; row++) file.write(`${row},http://127.0.0.1:9/photos/${row % 97}/${row}.jpg\n`);
  file.end();
  await once(file, 'finish');
}

function vocabulary(random: () => number): string[] {
  const words = new Set<string>();
  while (words.size < WORDS) {
    const syllables = 1 + Math.floor(random() * 4);
    words.add(Array.from({ length: syllables }, () => SYLLABLES[Math.floor(random() * SYLLABLES.length)]!).join(''));
    const foreign = words.size % 40 === 0 ? FOREIGN[(words.size / 40) % FOREIGN.length]! : null;
    if (foreign !== null) words.add(`${foreign}${words.size > 400 ? words.size : ''}`);
  }
  return [...words];
}

/** Numerical Recipes' generator: from 0 to below 1. */
function lcg(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}
