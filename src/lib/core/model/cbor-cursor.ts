/** Moves over dag-cbor without making anything of it: what lies at a place, how long it is, and where the next begins. */
export class CborCursor {
  readonly #bytes: Uint8Array;
  /** Where the next header is; beyond the end after bytes that end too early. */
  at = 0;

  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes;
    this.at = at;
  }

  /**
   * Reads the header of a value of this major type (0 a number, 3 a text, 4 a list, 5 a map) and moves behind it: for a text to its
   * first byte, for a list to its first member.
   *
   * @returns the number, the text's bytes, the list's members; -1 where something else lies there
   */
  take(major: 0 | 3 | 4 | 5): number {
    const initial = this.#bytes[this.at];
    return initial === undefined || initial >> 5 !== major ? -1 : this.#argument();
  }

  /** Moves behind a text; false where none lies there. */
  skipText(): boolean {
    const length = this.take(3);
    this.at += Math.max(0, length);
    return length >= 0;
  }

  /** Moves behind a value of any type; false where the bytes end within it, or where nothing that canonical data holds lies there. */
  skip(): boolean {
    // Values still to be passed: nested ones are counted, not descended into, so that depth costs nothing.
    for (let left = 1; left > 0; left--) {
      const initial = this.#bytes[this.at];
      if (initial === undefined) return false;
      const major = initial >> 5;
      if (major === 7) {
        this.at += initial === 0xfb ? 9 : 1;
        continue;
      }
      const argument = this.#argument();
      if (argument < 0 || major === 6) return false;
      if (major === 2 || major === 3) this.at += argument;
      else if (major === 4) left += argument;
      else if (major === 5) left += 2 * argument;
    }
    return this.at <= this.#bytes.length;
  }

  /** -1 where there is none. */
  #argument(): number {
    const info = this.#bytes[this.at++]! & 31;
    if (info < 24) return info;
    if (info > 27) return -1;
    let value = 0;
    for (let left = 1 << (info - 24); left > 0; left--) value = value * 0x100 + (this.#bytes[this.at++] ?? 0);
    return value;
  }
}
