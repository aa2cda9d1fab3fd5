import { strToU8 } from 'fflate';
import { uniqueName } from './labels';

/** Bytes of a name: file systems take 255, and an ending or a number may follow. */
const MAX_BYTES = 200;

/** Names of devices in Windows, with any ending. */
const RESERVED = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;

/**
 * Turns any text into one part of a path that Windows, macOS and Linux accept, and that stays within its folder: what
 * they forbid becomes `_`, and the rest is kept.
 */
export function safeName(text: string): string {
  const clean = text
    .toWellFormed()
    .normalize('NFC')
    // Control characters, marks that turn the direction of writing (and so disguise an ending), byte order marks.
    // eslint-disable-next-line no-control-regex -- they are what is looked for
    .replace(/[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069\ufeff<>:"/\\|?*]/g, '_')
    .replace(/^[ .]+/, (start) => '_'.repeat(start.length));
  const name = shortened(clean).replace(/[ .]+$/, (end) => '_'.repeat(end.length)) || '_';
  return RESERVED.test(name) ? `_${name}` : name;
}

function shortened(name: string): string {
  if (strToU8(name).length <= MAX_BYTES) return name;
  let bytes = 0;
  let kept = '';
  for (const character of name) {
    bytes += strToU8(character).length;
    if (bytes > MAX_BYTES) break;
    kept += character;
  }
  return kept;
}

/** Gives different safe names to different texts, in order; different also where case is ignored. */
export class SafeNames {
  readonly #taken = new Set<string>();

  take(text: string): string {
    return uniqueName(safeName(text), {
      has: (name) => this.#taken.has(name.toLowerCase()),
      add: (name) => this.#taken.add(name.toLowerCase()),
    });
  }
}
