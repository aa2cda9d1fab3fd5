import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PointerGestures, type Gesture } from '#canvas/pointer';
import { centred, clamp, fit, MAX_SCALE, pan, toImage, toView, zoomAt, type Viewport } from '#canvas/viewport';

const length = fc.integer({ min: 1, max: 20_000 });
const size = fc.record({ width: length, height: length });
const point = fc.record({
  x: fc.double({ min: -5000, max: 5000, noNaN: true }),
  y: fc.double({ min: -5000, max: 5000, noNaN: true }),
});
const viewport: fc.Arbitrary<Viewport> = fc.record({
  scale: fc.double({ min: 0.01, max: MAX_SCALE, noNaN: true }),
  x: fc.double({ min: -5000, max: 5000, noNaN: true }),
  y: fc.double({ min: -5000, max: 5000, noNaN: true }),
});

describe('viewport', () => {
  test('fit shows the whole image, touches two edges, and is centred', () => {
    fc.assert(
      fc.property(size, size, (image, view) => {
        const { scale, x, y } = fit(image, view, Infinity);
        const left = view.width - image.width * scale;
        const above = view.height - image.height * scale;
        expect(Math.min(left, above)).toBeCloseTo(0, 6);
        expect(Math.max(left, above)).toBeGreaterThanOrEqual(-1e-6);
        expect(x).toBeCloseTo(left / 2, 6);
        expect(y).toBeCloseTo(above / 2, 6);
      }),
      { seed: 3 },
    );
  });

  test('a view without area does not break the scale', () => {
    expect(fit({ width: 10, height: 10 }, { width: 0, height: 0 }).scale).toBe(1);
  });

  test('zooming keeps what is under the cursor, within the limits', () => {
    fc.assert(
      fc.property(viewport, fc.double({ min: 0.001, max: 1000, noNaN: true }), point, (before, factor, at) => {
        const after = zoomAt(before, factor, at, { min: 0.05, max: 20 });
        expect(after.scale).toBeGreaterThanOrEqual(0.05);
        expect(after.scale).toBeLessThanOrEqual(20);
        const under = toView(after, toImage(before, at));
        expect(under.x).toBeCloseTo(at.x, 5);
        expect(under.y).toBeCloseTo(at.y, 5);
      }),
      { seed: 4 },
    );
  });

  test('clamping keeps the middle of the view on the image, moves nothing else, and once is enough', () => {
    fc.assert(
      fc.property(viewport, size, size, (before, image, view) => {
        const after = clamp(before, image, view);
        const middle = toImage(after, { x: view.width / 2, y: view.height / 2 });
        const near = 1e-6 * (1 + image.width + image.height);
        for (const [at, length] of [
          [middle.x, image.width],
          [middle.y, image.height],
        ] as const) {
          expect(at).toBeGreaterThanOrEqual(-near);
          expect(at).toBeLessThanOrEqual(length + near);
        }
        expect(clamp(after, image, view)).toEqual(after);
        const { x, y } = toImage(before, { x: view.width / 2, y: view.height / 2 });
        if (x >= 0 && x <= image.width && y >= 0 && y <= image.height) {
          expect(after.x).toBeCloseTo(before.x, 6);
          expect(after.y).toBeCloseTo(before.y, 6);
        }
      }),
      { seed: 5 },
    );
  });

  test('by hand: a 200 x 100 image in a 100 x 100 view', () => {
    expect(fit({ width: 200, height: 100 }, { width: 100, height: 100 })).toEqual({ scale: 0.5, x: 0, y: 25 });
    expect(centred({ width: 200, height: 100 }, { width: 100, height: 100 }, 1)).toEqual({ scale: 1, x: -50, y: 0 });
    expect(pan({ scale: 1, x: -50, y: 0 }, { x: -80, y: 3 })).toEqual({ scale: 1, x: -130, y: 3 });
    expect(clamp({ scale: 1, x: -170, y: 3 }, { width: 200, height: 100 }, { width: 100, height: 100 })).toEqual({
      scale: 1,
      x: -150,
      y: 3,
    });
  });
});

describe('pointer gestures', () => {
  const play = (script: (gestures: PointerGestures) => void): Gesture[] => {
    const heard: Gesture[] = [];
    script(new PointerGestures((gesture) => heard.push(gesture)));
    return heard;
  };
  const at = (id: number, x: number, y: number, time = 0) => ({ id, x, y, time });

  test('one pointer drags', () => {
    const heard = play((gestures) => {
      gestures.press(at(1, 10, 10));
      gestures.move(at(1, 15, 8));
      gestures.release(at(1, 15, 8));
      gestures.move(at(1, 99, 99));
    });
    expect(heard).toEqual([{ type: 'pan', by: { x: 5, y: -2 } }]);
  });

  test('two fingers moving apart zoom about their middle and keep what is under both', () => {
    let view: Viewport = { scale: 1, x: 0, y: 0 };
    const under = [toImage(view, { x: 100, y: 100 }), toImage(view, { x: 200, y: 100 })] as const;
    play((gestures) => {
      gestures.press(at(1, 100, 100));
      gestures.press(at(2, 200, 100));
      gestures.move(at(1, 60, 120));
      gestures.move(at(2, 260, 120));
    }).forEach((gesture) => {
      if (gesture.type === 'pan') view = pan(view, gesture.by);
      if (gesture.type === 'zoom') view = zoomAt(view, gesture.factor, gesture.at, { min: 0.01, max: 100 });
    });
    expect(view.scale).toBeCloseTo(2, 6);
    expect(toView(view, under[0]).x).toBeCloseTo(60, 6);
    expect(toView(view, under[1]).x).toBeCloseTo(260, 6);
    expect(toView(view, under[1]).y).toBeCloseTo(120, 6);
  });

  test.each([
    ['two quick taps', [0, 100], 0, 1],
    ['two slow taps', [0, 900], 0, 0],
    ['two taps apart', [0, 100], 80, 0],
    ['three quick taps are one double tap', [0, 100, 200], 0, 1],
  ])('%s', (_label, times, step, count) => {
    const heard = play((gestures) => {
      times.forEach((time, index) => {
        gestures.press(at(1, index * step, 0, time));
        gestures.release(at(1, index * step, 0, time));
      });
    });
    expect(heard.filter(({ type }) => type === 'double-tap')).toHaveLength(count);
  });

  test('two fingers lifted are no tap', () => {
    const heard = play((gestures) => {
      for (const time of [0, 50]) {
        gestures.press(at(1, 0, 0, time));
        gestures.press(at(2, 9, 0, time));
        gestures.release(at(1, 0, 0, time));
        gestures.release(at(2, 9, 0, time));
      }
    });
    expect(heard).toEqual([]);
  });

  test('the wheel zooms in upwards, to the cursor; with Shift it drags sideways; lines count as pixels', () => {
    const wheel = { deltaX: 0, deltaY: 0, deltaMode: 0, ctrlKey: false, shiftKey: false, x: 7, y: 9 };
    const heard = play((gestures) => {
      gestures.wheel({ ...wheel, deltaY: -100 });
      gestures.wheel({ ...wheel, deltaY: 3, deltaMode: 1, shiftKey: true });
    });
    expect(heard[0]).toEqual({ type: 'zoom', factor: Math.exp(0.2), at: { x: 7, y: 9 } });
    expect(heard[1]).toEqual({ type: 'pan', by: { x: -48, y: 0 } });
  });
});
