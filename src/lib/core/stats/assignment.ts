/** That `left` and `right` may be paired, and what that is worth, above 0. */
export interface Pair {
  readonly left: number;
  readonly right: number;
  readonly weight: number;
}

/** Components with more members on a side are paired greedily: exact pairing takes cubic time. */
const MOST_EXACT = 300;

/**
 * Pairs members of two sets, each at most once, so that the weights of the pairs sum to as much as they can.
 *
 * What is connected by pairs is solved on its own, by shortest augmenting paths (Kuhn 1955; Jonker and Volgenant 1987):
 * O(n^3) within a component of n, so that many small groups of overlapping things cost next to nothing. Components of
 * more than 300 on a side take the best pairs first, which is worth at least half of the best.
 *
 * @returns the chosen pairs, in the order of `pairs`
 */
export function bestPairs(pairs: readonly Pair[]): readonly Pair[] {
  const chosen = new Set<Pair>();
  for (const component of components(pairs)) {
    if (component.length === 1) chosen.add(component[0]!);
    else for (const pair of solved(component)) chosen.add(pair);
  }
  return pairs.filter((pair) => chosen.has(pair));
}

function solved(component: readonly Pair[]): readonly Pair[] {
  const lefts = [...new Set(component.map(({ left }) => left))];
  const rights = [...new Set(component.map(({ right }) => right))];
  if (Math.max(lefts.length, rights.length) > MOST_EXACT) return greedy(component);
  const isWide = rights.length >= lefts.length;
  const [rows, columns] = isWide ? [lefts, rights] : [rights, lefts];
  const rowOf = new Map(rows.map((id, index) => [id, index]));
  const columnOf = new Map(columns.map((id, index) => [id, index]));
  const table = rows.map(() => new Array<Pair | undefined>(columns.length).fill(undefined));
  for (const pair of component) {
    const [row, column] = isWide ? [pair.left, pair.right] : [pair.right, pair.left];
    table[rowOf.get(row)!]![columnOf.get(column)!] = pair;
  }
  const cost = table.map((row) => Float64Array.from(row, (pair) => -(pair?.weight ?? 0)));
  return cheapestColumns(cost, columns.length).flatMap((column, row) => table[row]![column] ?? []);
}

/**
 * The assignment of every row to a column of its own whose costs sum to the least; not more rows than columns. Rows and
 * columns are counted from 1 inside, so that 0 can stand for none.
 */
function cheapestColumns(cost: readonly Float64Array[], width: number): number[] {
  const rowPrice = new Float64Array(cost.length + 1);
  const columnPrice = new Float64Array(width + 1);
  const rowIn = new Int32Array(width + 1);
  const before = new Int32Array(width + 1);
  for (let row = 1; row <= cost.length; row++) {
    rowIn[0] = row;
    const slack = new Float64Array(width + 1).fill(Infinity);
    const reached = new Uint8Array(width + 1);
    let column = 0;
    do {
      reached[column] = 1;
      const current = rowIn[column]!;
      let step = Infinity;
      let nearest = 0;
      for (let next = 1; next <= width; next++) {
        if (reached[next] === 1) continue;
        const reduced = cost[current - 1]![next - 1]! - rowPrice[current]! - columnPrice[next]!;
        if (reduced < slack[next]!) {
          slack[next] = reduced;
          before[next] = column;
        }
        if (slack[next]! < step) {
          step = slack[next]!;
          nearest = next;
        }
      }
      for (let other = 0; other <= width; other++) {
        if (reached[other] === 1) {
          const assigned = rowIn[other]!;
          rowPrice[assigned] = rowPrice[assigned]! + step;
          columnPrice[other] = columnPrice[other]! - step;
        } else slack[other] = slack[other]! - step;
      }
      column = nearest;
    } while (rowIn[column] !== 0);
    for (; column !== 0; column = before[column]!) rowIn[column] = rowIn[before[column]!]!;
  }
  const columns = new Array<number>(cost.length).fill(-1);
  for (let column = 1; column <= width; column++) if (rowIn[column]! > 0) columns[rowIn[column]! - 1] = column - 1;
  return columns;
}

function greedy(component: readonly Pair[]): Pair[] {
  const lefts = new Set<number>();
  const rights = new Set<number>();
  return [...component]
    .sort((a, b) => b.weight - a.weight)
    .filter(({ left, right }) => {
      if (lefts.has(left) || rights.has(right)) return false;
      lefts.add(left);
      rights.add(right);
      return true;
    });
}

/** The pairs by what they connect. */
function components(pairs: readonly Pair[]): Iterable<readonly Pair[]> {
  const parents = new Map<string, string>();
  const root = (node: string): string => {
    let top = node;
    for (let parent = parents.get(top); parent !== undefined; parent = parents.get(top)) top = parent;
    for (let at = node; at !== top;) {
      const next = parents.get(at)!;
      parents.set(at, top);
      at = next;
    }
    return top;
  };
  for (const { left, right } of pairs) {
    const [a, b] = [root(`l${left}`), root(`r${right}`)];
    if (a !== b) parents.set(a, b);
  }
  const groups = new Map<string, Pair[]>();
  for (const pair of pairs) {
    const key = root(`l${pair.left}`);
    const group = groups.get(key);
    if (group) group.push(pair);
    else groups.set(key, [pair]);
  }
  return groups.values();
}
