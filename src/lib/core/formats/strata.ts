/**
 * The stratum of each item of a split, from the classes that occur in its label, however often: items with the same
 * classes form one. An item with classes that no other has together would be a stratum by itself, and a set of images
 * with many kinds of objects mostly consists of such; it goes with those that have its rarest class instead.
 *
 * O(n c log c) for n items of c classes.
 *
 * @param classes of each item, without repetitions, in any order
 */
export function strataOf(classes: readonly (readonly string[])[]): string[] {
  const sets = classes.map((members) => JSON.stringify([...members].sort()));
  const uses = counted(sets);
  const spread = counted(classes.flat());
  return classes.map((members, at) => {
    const set = sets[at]!;
    if (members.length < 2 || uses.get(set)! > 1) return set;
    const [rarest] = members.toSorted((a, b) => spread.get(a)! - spread.get(b)! || (a < b ? -1 : 1));
    return `rarest ${rarest}`;
  });
}

function counted(words: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
