/** Bits of a number that shifts keep. */
const MOST_BITS = 31;
/** No letter beyond this has a lower case (Unicode 17: the last are Adlam, U+1E900 to U+1E943). */
const LAST_CASED = 0x1_ffff;

/** One character of a needle: the UTF-8 bytes of what may stand for it. */
interface Position {
  /** What has as many bytes as the character itself. */
  readonly forms: readonly (readonly number[])[];
  /** Other characters whose lower case holds it: the Kelvin sign for a k. */
  readonly strange: readonly (readonly number[])[];
  /** Whether each of the forms, wherever it stands, reads as the character. */
  readonly isExact: boolean;
}

/**
 * A text that is looked for in others, without regard to case: what contains it is what `text.toLowerCase().includes(…)` says of
 * its lower case, but most texts are judged by their UTF-8 bytes, so that searching a million need not decode them.
 *
 * The longest run of the needle's characters that fits is looked for by the bit-parallel Shift-And automaton, one step a byte whatever
 * the needle (Baeza-Yates and Gonnet, "A new approach to text searching", CACM 35(10), 1992): state bit i says that the last i + 1 bytes
 * may spell the beginning of the run. Each bit takes a set of bytes, both cases of a letter for example. Characters of another length,
 * such as the Kelvin sign for a k, are further patterns in the same state. A hit that does not prove itself is read as text.
 *
 * @example new Needle('Bank').isIn('riverBANKS') // true
 */
export class Needle {
  /** In lower case. */
  readonly text: string;
  /** Byte -> the bits that it may continue. */
  readonly #masks = new Int32Array(256);
  #starts = 0;
  /** Bits that end a pattern: after them the text has to be read. */
  #ends = 0;
  /** Of those, the bits that prove that the needle is there. */
  #proofs = 0;

  constructor(text: string) {
    this.text = text.toLowerCase();
    const positions = positionsOf(this.text);
    const { from, to, bits } = longestRun(positions);
    const run = positions.slice(from, to) as Position[];
    let bit = 0;
    for (const { forms } of run) bit = this.#add(forms, bit);
    if (bit > 0) {
      this.#starts |= 1;
      this.#ends |= 1 << (bit - 1);
      const isWhole = from === 0 && to === positions.length;
      if (isWhole && run.every(({ isExact }) => isExact)) this.#proofs = 1 << (bit - 1);
    }
    for (const strange of strangersOf(run)) {
      this.#starts |= 1 << bit;
      bit = this.#add([strange], bit);
      this.#ends |= 1 << (bit - 1);
    }
    if (bit !== bits) throw new Error('a run of other length than was counted');
  }

  /** Whether a text contains it. */
  isIn(text: string): boolean {
    return text.toLowerCase().includes(this.text);
  }

  /**
   * Whether the text whose UTF-8 stands from `from` to before `to` contains it.
   *
   * @param decode reads that text
   */
  isInBytes(bytes: Uint8Array, from: number, to: number, decode: () => string): boolean {
    if (this.#ends === 0) return this.isIn(decode());
    const masks = this.#masks;
    const [starts, ends] = [this.#starts, this.#ends];
    let state = 0;
    for (let at = from; at < to; at++) {
      state = ((state << 1) | starts) & masks[bytes[at]!]!;
      if ((state & ends) === 0) continue;
      if ((state & this.#proofs) !== 0) return true;
      return this.isIn(decode());
    }
    return false;
  }

  /** Lets the bits from `bit` on take one of the forms; gives the bit after them. */
  #add(forms: readonly (readonly number[])[], bit: number): number {
    const length = forms[0]!.length;
    for (const form of forms) for (const [at, byte] of form.entries()) this.#masks[byte]! |= 1 << (bit + at);
    return bit + length;
  }
}

/** What each character may be spelt by; null where it cannot be said in bytes: half a surrogate pair. */
function positionsOf(text: string): (Position | null)[] {
  return Array.from(text, (character) => {
    const point = character.codePointAt(0)!;
    if (point >= 0xd800 && point < 0xe000) return null;
    const own = utf8(point);
    const others = (uppers().get(character) ?? []).map(utf8);
    const forms = [own, ...others.filter((bytes) => bytes.length === own.length)];
    const strange = others.filter((bytes) => bytes.length !== own.length);
    const combinations = own.reduce((product, _, at) => product * new Set(forms.map((form) => form[at])).size, 1);
    return { forms, strange, isExact: combinations === forms.length && character !== 'σ' && character !== 'ς' };
  });
}

/** Character -> the code points whose lower case is it, or holds it: a constant, but it takes 10 ms, so the first search makes it. */
let lowered: ReadonlyMap<string, readonly number[]> | undefined;

function uppers(): ReadonlyMap<string, readonly number[]> {
  if (lowered) return lowered;
  // At the end of a word a capital sigma becomes another letter than within.
  const origins = new Map<string, number[]>([['ς', [0x3a3]]]);
  for (let point = 0x41; point <= LAST_CASED; point++) {
    const character = String.fromCodePoint(point);
    const lower = character.toLowerCase();
    if (lower === character) continue;
    for (const part of lower) origins.set(part, [...(origins.get(part) ?? []), point]);
  }
  return (lowered = origins);
}

/** The longest run of positions that the bits have room for, with what else may stand for them. */
function longestRun(positions: readonly (Position | null)[]): { from: number; to: number; bits: number } {
  let best = { from: 0, to: 0, bits: 0, length: 0 };
  for (const from of positions.keys()) {
    let length = 0;
    for (let to = from; to < positions.length; to++) {
      const position = positions[to];
      if (!position) break;
      length += position.forms[0]!.length;
      const run = positions.slice(from, to + 1) as Position[];
      const bits = length + strangersOf(run).reduce((sum, { length: more }) => sum + more, 0);
      if (bits > MOST_BITS) break;
      if (length > best.length) best = { from, to: to + 1, bits, length };
    }
  }
  return best;
}

/** Each once. */
function strangersOf(run: readonly Position[]): (readonly number[])[] {
  const strangers = new Map(run.flatMap(({ strange }) => strange).map((bytes) => [bytes.join(), bytes]));
  return [...strangers.values()];
}

/** The UTF-8 bytes of a code point that is no surrogate. */
function utf8(point: number): number[] {
  const rest = (shift: number) => 0x80 | ((point >> shift) & 0x3f);
  if (point < 0x80) return [point];
  if (point < 0x800) return [0xc0 | (point >> 6), rest(0)];
  if (point < 0x1_0000) return [0xe0 | (point >> 12), rest(6), rest(0)];
  return [0xf0 | (point >> 18), rest(12), rest(6), rest(0)];
}
