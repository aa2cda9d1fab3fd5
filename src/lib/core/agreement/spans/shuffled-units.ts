import type { Random } from '../../random';
import type { Unit } from './unit-dissimilarity';

/** Where the continuum begins and ends. */
export interface Bounds {
  readonly start: number;
  readonly end: number;
}

/** Places that are drawn again because they are too near to others; then any will do. */
const MOST_DRAWS = 20;

/**
 * What as many annotators could have marked by chance (Mathet, Widlöcher and Métivier 2015, 5.2): each takes all
 * units of one of the annotators, drawn at random, moved by a random length around the continuum, as if its end were
 * joined to its start. Moves differ by at least half the mean length of a unit, where there is room, so that nobody
 * is aligned with themselves.
 */
export function shuffledUnits(annotators: readonly (readonly Unit[])[], bounds: Bounds, random: Random): Unit[][] {
  const length = bounds.end - bounds.start;
  const units = annotators.flat();
  const least = units.reduce((sum, { start, end }) => sum + end - start, 0) / units.length / 2;
  const moves: number[] = [];
  return annotators.map(() => {
    let move = random.whole(0, length - 1);
    for (let draw = 0; draw < MOST_DRAWS && moves.some((other) => around(move - other, length) < least); draw++)
      move = random.whole(0, length - 1);
    moves.push(move);
    return random.pick(annotators).map((unit) => {
      const start = bounds.start + ((unit.start - bounds.start + move) % length);
      return { start, end: start + unit.end - unit.start, class: unit.class };
    });
  });
}

/** The shorter way around. */
function around(way: number, length: number): number {
  const forwards = ((way % length) + length) % length;
  return Math.min(forwards, length - forwards);
}
