/** What different sequences have at one place: a word, or '' for none, and how many have it. */
type Slot = Map<string, number>;

/** The ways into a cell of the alignment. */
const BOTH = 0;
const SLOT_ONLY = 1;
const WORD_ONLY = 2;

/**
 * ROVER, recogniser output voting error reduction (Fiscus 1997): several transcriptions of the same become one.
 *
 * The sequences are aligned one after the other with those before, which makes a row of slots: each costs 0 where the slot holds the word, or
 * holds "no word" and the sequence has none, and 1 otherwise. Each slot then gives what most sequences have there. Ties go
 * to what the earliest sequence has, so the result may depend on their order, as the alignment does.
 * O(n m) time and memory for each alignment of n slots with m words.
 *
 * @param sequences words, or characters, of each annotator
 * @example [the cat sat], [a cat sat], [the cat] -> the cat sat
 */
export function rover(sequences: readonly (readonly string[])[]): string[] {
  let slots: Slot[] = [];
  for (const [before, words] of sequences.entries()) slots = aligned(slots, words, before);
  return slots.map(mostOf).filter((word) => word !== '');
}

/** The slots with one more sequence; where it has a word and they have none, a new slot says so of all `before` it. */
function aligned(slots: readonly Slot[], words: readonly string[], before: number): Slot[] {
  const ways = cheapestWays(slots, words);
  const width = words.length + 1;
  const result: Slot[] = [];
  let [slot, word] = [slots.length, words.length];
  while (slot > 0 || word > 0) {
    const way = ways[slot * width + word]!;
    if (way !== WORD_ONLY) slot--;
    if (way !== SLOT_ONLY) word--;
    const known: Slot = way === WORD_ONLY ? new Map(before > 0 ? [['', before]] : []) : slots[slot]!;
    const said = way === SLOT_ONLY ? '' : words[word]!;
    known.set(said, (known.get(said) ?? 0) + 1);
    result.push(known);
  }
  return result.reverse();
}

/** The last step of the cheapest way to every cell; both sides go on together where that costs as little. */
function cheapestWays(slots: readonly Slot[], words: readonly string[]): Uint8Array {
  const width = words.length + 1;
  const ways = new Uint8Array((slots.length + 1) * width);
  let above = Uint32Array.from({ length: width }, (_, word) => word);
  ways.fill(WORD_ONLY, 1, width);
  for (const [at, slot] of slots.entries()) {
    const without = slot.has('') ? 0 : 1;
    const costs = new Uint32Array(width);
    costs[0] = above[0]! + without;
    ways[(at + 1) * width] = SLOT_ONLY;
    for (let word = 1; word < width; word++) {
      const both = above[word - 1]! + (slot.has(words[word - 1]!) ? 0 : 1);
      const slotOnly = above[word]! + without;
      const wordOnly = costs[word - 1]! + 1;
      const least = Math.min(both, slotOnly, wordOnly);
      costs[word] = least;
      ways[(at + 1) * width + word] = least === both ? BOTH : least === slotOnly ? SLOT_ONLY : WORD_ONLY;
    }
    above = costs;
  }
  return ways;
}

/** A map keeps the order in which the sequences came. */
function mostOf(slot: Slot): string {
  let [best, most] = ['', 0];
  for (const [word, count] of slot) if (count > most) [best, most] = [word, count];
  return best;
}
