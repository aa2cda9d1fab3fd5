import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Sketch, type Corner } from '#core/sample/pictures/sketch';

const at = fc.integer({ min: -500, max: 500 });
const point = fc.tuple(at, at);
const corner: fc.Arbitrary<Corner> = fc.oneof(point, fc.tuple(at, at, at, at));

/** Points along the outline, the slow way: each curve in 400 steps of de Casteljau's construction. */
function outline(corners: readonly Corner[]): [number, number][] {
  const points: [number, number][] = [];
  let from: readonly [number, number] | null = null;
  for (const next of corners) {
    const [toX, toY] = next.length === 4 ? [next[2], next[3]] : next;
    if (from && next.length === 4) {
      for (let step = 0; step <= 400; step++) {
        const t = step / 400;
        const between = (a: number, b: number) => a + (b - a) * t;
        points.push([
          between(between(from[0], next[0]), between(next[0], toX)),
          between(between(from[1], next[1]), between(next[1], toY)),
        ]);
      }
    }
    points.push([toX, toY]);
    from = [toX, toY];
  }
  return points;
}

describe('the reach of a drawing', () => {
  it('is that of its outline', () => {
    fc.assert(
      fc.property(point, fc.array(corner, { minLength: 1, maxLength: 6 }), (start, others) => {
        const corners: Corner[] = [start, ...others];
        const { left, top, right, bottom } = new Sketch().shape('#000000', corners).bounds;
        const xs = outline(corners).map(([x]) => x);
        const ys = outline(corners).map(([, y]) => y);
        // A turning point lies at most half a step from a sampled one: off by at most 2000 / 4 / 400^2 pixels.
        const near = (a: number, b: number) => expect(Math.abs(a - b)).toBeLessThan(0.004);
        near(left, Math.min(...xs));
        near(right, Math.max(...xs));
        near(top, Math.min(...ys));
        near(bottom, Math.max(...ys));
      }),
    );
  });

  it('takes in the width of a line and the rim of an oval', () => {
    const line = new Sketch().line('#000000', 4, [
      [0, 0],
      [10, 20],
    ]);
    expect(line.bounds).toEqual({ left: -2, top: -2, right: 12, bottom: 22 });
    expect(new Sketch().oval('#000000', 5, 5, 3, 2).bounds).toEqual({ left: 2, top: 3, right: 8, bottom: 7 });
  });
});
