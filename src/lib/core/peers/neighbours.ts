/**
 * Which peers of a room connect to which, without a coordinator, so that no browser carries more connections than it can.
 *
 * Up to {@link FULL_MESH} others, everybody connects to everybody. Beyond, each peer *chooses* {@link CHOICES} others, those with
 * the highest hash of both ids, and a connection is wanted when either end chose it: a random graph in which each vertex picks k
 * others. With k >= 2 such a graph is connected with a probability that goes to 1 with its size (Fenner and Frieze, "On the
 * connectivity of random m-orientable graphs", Combinatorica 2, 1982), its diameter grows as the logarithm of its size, and it stays
 * connected when many of its peers vanish at once. A peer that comes or goes changes about 2k connections and no others.
 *
 * Choices hang on ids alone, so two peers that have heard of the same others agree on which connections there are, whichever
 * of them makes it. Where they have not heard of the same yet, the one who is asked accepts ({@link mayAccept}).
 */
/** Others with whom everybody is still connected to everybody. */
export const FULL_MESH = 16;
/** Connections that a peer asks for in a greater room; with those that others ask it for it has twice as many on average. */
export const CHOICES = 6;
/** No peer has more connections than this, whoever asks. */
export const MAX_NEIGHBOURS = 24;

/**
 * The peers to be connected to.
 *
 * @param self own id in the room
 * @param heard ids of all others who are thought to be there, in any order
 * @returns at most {@link MAX_NEIGHBOURS}, of {@link heard}. Connect to those that are missing; let go of those that are not
 *   among them once there are more than {@link MAX_NEIGHBOURS} connections ({@link surplus}), no earlier: a connection that stands
 *   costs little, and serves whoever hears of others later
 */
export function neighboursOf(self: string, heard: Iterable<string>): ReadonlySet<string> {
  const others = [...new Set(heard)].filter((id) => id !== self);
  if (others.length <= FULL_MESH) return new Set(others);
  const marks = new Map([self, ...others].map((id) => [id, markOf(id)]));
  const chosen = choicesOf(self, others, marks);
  const everybody = [self, ...others];
  const choosing = others.filter((other) => !chosen.includes(other) && chooses(other, self, everybody, marks));
  const mark = marks.get(self)!;
  // Of too many, those that like this one best.
  choosing.sort((a, b) => weightOf(marks.get(b)!, mark) - weightOf(marks.get(a)!, mark));
  return new Set([...chosen, ...choosing.slice(0, MAX_NEIGHBOURS - chosen.length)]);
}

/** Whether to accept a connection that another asks for. */
export const mayAccept = (other: string, wanted: ReadonlySet<string>, connected: ReadonlySet<string>): boolean =>
  connected.has(other) || connected.size < MAX_NEIGHBOURS || (wanted.has(other) && surplusOf(wanted, connected) > 0);

/** The connections to let go, fewest first: none while there are at most {@link MAX_NEIGHBOURS}, and never a wanted one. */
export function surplus(wanted: ReadonlySet<string>, connected: ReadonlySet<string>): readonly string[] {
  const excess = connected.size - MAX_NEIGHBOURS;
  return excess <= 0 ? [] : [...connected].filter((id) => !wanted.has(id)).slice(0, excess);
}

const surplusOf = (wanted: ReadonlySet<string>, connected: ReadonlySet<string>): number =>
  [...connected].filter((id) => !wanted.has(id)).length;

/** The others whose pair with this one weighs most. */
function choicesOf(id: string, others: readonly string[], marks: ReadonlyMap<string, number>): string[] {
  const mark = marks.get(id)!;
  return [...others]
    .sort((a, b) => weightOf(mark, marks.get(b)!) - weightOf(mark, marks.get(a)!) || (a < b ? -1 : 1))
    .slice(0, CHOICES);
}

/** Whether `id` has `self` among its choices: fewer than {@link CHOICES} of the others weigh more with it. */
function chooses(id: string, self: string, everybody: readonly string[], marks: ReadonlyMap<string, number>): boolean {
  const mark = marks.get(id)!;
  const weight = weightOf(mark, marks.get(self)!);
  let heavier = 0;
  for (const other of everybody) {
    if (other === id || other === self) continue;
    const theirs = weightOf(mark, marks.get(other)!);
    if ((theirs > weight || (theirs === weight && other < self)) && ++heavier >= CHOICES) return false;
  }
  return true;
}

/** 32 bits that stand for an id: FNV-1a (Fowler, Noll and Vo). */
function markOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  return hash | 0;
}

/**
 * How much one peer likes another: MurmurHash3's finaliser (Austin Appleby, public domain) of both marks. Not what the other returns:
 * were it mutual, half of all choices would be too, and with half the connections gone a peer could be left alone.
 */
function weightOf(from: number, to: number): number {
  let hash = Math.imul(from, 0x9e3779b1) ^ to;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
