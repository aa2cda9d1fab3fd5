import { describe, expect, test } from 'vitest';
import { boxHandles, handleUnder, resizeCursor } from '#canvas/shapes/box-grips';
import { boxesUnder } from '#canvas/tools/pick';
import { tools, type ToolId } from '#canvas/tools/registry';
import type { Easel, ToolPointer } from '#canvas/tools/tool';
import type { RotatedRect } from '#core/geometry/rotated-rect';
import type { Box } from '#core/model/annotation';

/** An easel in memory that writes down what is done to it. */
class ScriptEasel implements Easel {
  readonly extent = { width: 400, height: 300 };
  readonly log: string[] = [];
  readonly locked = new Set<number>();
  boxes: readonly Box[];
  selected: readonly number[] = [];
  rotatable = false;

  constructor(...shapes: (readonly [x: number, y: number, width: number, height: number, rotation?: number])[]) {
    this.boxes = shapes.map(([x, y, width, height, rotation = 0], at) => ({
      ...{ x, y, width, height, rotation },
      id: String(at),
      class: 'a',
    }));
  }

  isSelected(place: number): boolean {
    return this.selected.includes(place);
  }
  isPickable(place: number): boolean {
    return !this.locked.has(place);
  }
  isRotatable(): boolean {
    return this.rotatable;
  }

  select(places: readonly number[], how: 'replace' | 'add' | 'toggle'): void {
    const before = how === 'replace' ? [] : this.selected;
    const parted = how === 'toggle' ? places.filter((place) => before.includes(place)) : [];
    this.selected = [...new Set([...before, ...places])]
      .filter((place) => !parted.includes(place))
      .sort((a, b) => a - b);
    this.log.push(`select ${this.selected.join(',')}`);
  }

  add(shape: RotatedRect): void {
    this.log.push(`add ${written(shape)}`);
  }

  reshape(shapes: ReadonlyMap<number, RotatedRect>): void {
    for (const [place, shape] of shapes) this.log.push(`reshape ${place}: ${written(shape)}`);
  }
}

const written = ({ x, y, width, height, rotation }: RotatedRect): string =>
  `${x},${y} ${width}x${height}${rotation === 0 ? '' : ` @${rotation}`}`;

type Held = Partial<Pick<ToolPointer, 'shift' | 'alt' | 'mod' | 'kind' | 'scale'>>;

const pointer = (x: number, y: number, held: Held = {}): ToolPointer => ({
  ...{ at: { x, y }, scale: 1, kind: 'precise', shift: false, alt: false, mod: false },
  ...held,
});

/** A hand with a tool: `press 10,10 move 40,30 release 40,30`, or `click 10,10`, or `cancel`. */
function hand(easel: ScriptEasel, id: ToolId) {
  const tool = tools[id](easel);
  const play = (script: string, held: Held = {}): string[] => {
    easel.log.length = 0;
    const words = script.split(' ');
    while (words.length > 0) {
      const what = words.shift()!;
      if (what === 'cancel') tool.cancel();
      else {
        const [x, y] = words.shift()!.split(',').map(Number) as [number, number];
        const at = pointer(x, y, held);
        if (what === 'press' || what === 'click') tool.press(at);
        if (what === 'move') tool.move(at);
        if (what === 'release' || what === 'click') tool.release(at);
      }
    }
    return [...easel.log];
  };
  return { tool, play };
}

describe('the box tool', () => {
  test.each<[string, string, Held, string[]]>([
    ['draws', 'press 50,60 move 80,90 release 150,160', {}, ['add 50,60 100x100']],
    ['draws a square with Shift', 'press 50,60 move 80,90 release 150,100', { shift: true }, ['add 50,60 100x100']],
    ['draws from the centre with Alt', 'press 100,100 release 120,130', { alt: true }, ['add 80,70 40x60']],
    ['begins outside of the image', 'press -50,-50 release 100,100', {}, ['add 0,0 100x100']],
    ['ends outside of the image', 'press 100,100 release 900,900', {}, ['add 100,100 300x200']],
    ['snaps to the edge of the image', 'press 6,7 release 396,200', {}, ['add 0,0 400x200']],
    ['does not snap with Ctrl', 'press 6,7 release 396,200', { mod: true }, ['add 6,7 390x193']],
    [
      'snaps by what is seen, not by pixels of the image',
      'press 6,7 release 396,200',
      { scale: 4 },
      ['add 6,7 390x193'],
    ],
    ['takes less than two pixels for a click', 'press 50,60 release 51,61', {}, []],
    ['takes a finger that trembles for a tap', 'press 50,60 move 54,62 release 54,62', { kind: 'finger' }, []],
    ['draws nothing that is given up', 'press 50,60 move 80,90 cancel', {}, []],
    ['goes on after that', 'press 50,60 move 80,90 cancel press 10,20 release 30,40', {}, ['add 10,20 20x20']],
    ['does not mind a release without a press', 'release 30,40 move 50,50', {}, []],
  ])('%s', (_label, script, held, expected) => {
    expect(hand(new ScriptEasel(), 'box').play(script, held)).toEqual(expected);
  });

  test('shows what it draws until it is done', () => {
    const { tool, play } = hand(new ScriptEasel(), 'box');
    play('press 50,60 move 80,90');
    expect(tool.sketch).toEqual({ kind: 'new', shape: { x: 50, y: 60, width: 30, height: 30, rotation: 0 } });
    play('release 80,90');
    expect(tool.sketch).toBeNull();
  });

  test('draws over boxes that are not selected, and over locked ones', () => {
    const easel = new ScriptEasel([0, 0, 200, 200]);
    const { play } = hand(easel, 'box');
    expect(play('press 50,60 release 80,90')).toEqual(['add 50,60 30x30']);
    easel.selected = [0];
    easel.locked.add(0);
    expect(play('press 50,60 release 80,90')).toEqual(['add 50,60 30x30']);
  });

  test('selects by a click: the smallest, then what lies beneath, then the smallest again', () => {
    const { play } = hand(new ScriptEasel([0, 0, 200, 200], [20, 20, 50, 50], [10, 10, 100, 100]), 'box');
    expect(play('click 30,30')).toEqual(['select 1']);
    expect(play('click 31,30')).toEqual(['select 2']);
    expect(play('click 30,30')).toEqual(['select 0']);
    expect(play('click 30,30')).toEqual(['select 1']);
    expect(play('click 100,100')).toEqual(['select 2']);
    expect(play('click 350,250')).toEqual(['select ']);
    expect(play('click 350,250')).toEqual([]);
  });

  test('adds to the selection and takes from it with Shift', () => {
    const { play } = hand(new ScriptEasel([0, 0, 50, 50], [100, 0, 50, 50]), 'box');
    expect(play('click 10,10')).toEqual(['select 0']);
    expect(play('click 120,10', { shift: true })).toEqual(['select 0,1']);
    expect(play('click 10,10', { shift: true })).toEqual(['select 1']);
    expect(play('click 300,10', { shift: true })).toEqual([]);
  });
});

describe('what is selected', () => {
  const selecting = (id: ToolId, ...shapes: ConstructorParameters<typeof ScriptEasel>) => {
    const easel = new ScriptEasel(...shapes);
    easel.selected = shapes.map((_, at) => at);
    return { easel, ...hand(easel, id) };
  };

  test.each<[string, string, Held, string]>([
    ['is moved', 'press 120,120 release 130,125', {}, '110,105 60x40'],
    ['stays in the image', 'press 120,120 release -900,900', {}, '0,260 60x40'],
    ['snaps to its edge', 'press 120,120 release 25,120', {}, '0,100 60x40'],
    ['moves along one axis with Shift', 'press 120,120 release 150,125', { shift: true }, '130,100 60x40'],
    ['is resized by a corner', 'press 160,140 release 180,150', {}, '100,100 80x50'],
    ['is resized by a side', 'press 100,120 release 90,200', {}, '90,100 70x40'],
    ['keeps the corner at its distance from the pointer', 'press 163,142 release 183,152', {}, '100,100 80x50'],
    ['keeps its proportions with Shift', 'press 160,140 release 220,141', { shift: true }, '100,100 120x80'],
    ['keeps its centre with Alt', 'press 160,140 release 170,145', { alt: true }, '90,95 80x50'],
  ])('%s', (_label, script, held, expected) => {
    for (const id of ['box', 'select'] as const)
      expect(selecting(id, [100, 100, 60, 40]).play(script, held)).toEqual([`reshape 0: ${expected}`]);
  });

  test('several are moved together, and have no handles', () => {
    for (const id of ['box', 'select'] as const) {
      const { play } = selecting(id, [100, 100, 60, 40], [200, 200, 60, 40]);
      expect(play('press 110,110 release 120,110')).toEqual(['reshape 0: 110,100 60x40', 'reshape 1: 210,200 60x40']);
      expect(play('press 159,139 release 169,139')).toEqual(['reshape 0: 110,100 60x40', 'reshape 1: 210,200 60x40']);
    }
  });

  test('a locked one stays where it is', () => {
    const { easel, play } = selecting('select', [100, 100, 60, 40], [200, 200, 60, 40]);
    easel.locked.add(1);
    expect(play('press 110,110 release 120,110')).toEqual(['reshape 0: 110,100 60x40']);
  });

  test('is turned by its handle, 28 pixels above it, and with Shift by steps of 15 degrees', () => {
    const { easel, play } = selecting('box', [100, 100, 60, 40]);
    easel.rotatable = true;
    // The handle is at 130,72; the centre at 130,120. A quarter turn to the right brings it to 178,120.
    expect(play('press 130,72 release 178,120')).toEqual(['reshape 0: 100,100 60x40 @90']);
    expect(play('press 130,72 release 178,115', { shift: true })).toEqual(['reshape 0: 100,100 60x40 @90']);
    easel.rotatable = false;
    expect(play('press 130,72 release 178,120')).toEqual(['add 130,72 48x48']);
  });

  test('nothing happens when a handle is only touched', () => {
    const { play } = selecting('box', [100, 100, 60, 40]);
    expect(play('click 160,140')).toEqual([]);
  });
});

describe('the select tool', () => {
  test('moves a box that was not selected, and selects it by that', () => {
    const { play } = hand(new ScriptEasel([100, 100, 60, 40], [0, 0, 400, 300]), 'select');
    expect(play('press 110,110 move 115,110 release 130,110')).toEqual(['select 0', 'reshape 0: 120,100 60x40']);
  });

  test('spans a marquee on free ground, which takes in what it touches', () => {
    const easel = new ScriptEasel([100, 100, 60, 40], [200, 200, 60, 40], [300, 10, 20, 20]);
    const { tool, play } = hand(easel, 'select');
    play('press 50,50 move 80,80');
    expect(tool.sketch).toEqual({ kind: 'marquee', rect: { x: 50, y: 50, width: 30, height: 30 } });
    expect(play('release 210,210')).toEqual(['select 0,1']);
    expect(play('press 290,0 release 310,50', { shift: true })).toEqual(['select 0,1,2']);
    expect(play('press 10,250 release 30,290')).toEqual(['select ']);
  });

  test('a marquee does not take a turned box whose corner only seems to be in it', () => {
    // A diamond about 100,100 with corners 28 pixels from there: its bounds reach 72, its area does not reach 80,80.
    const { play } = hand(new ScriptEasel([80, 80, 40, 40, 45]), 'select');
    expect(play('press 60,60 release 79,79')).toEqual(['select ']);
  });

  test('leaves the view to a finger, unless that takes hold of the selection', () => {
    const easel = new ScriptEasel([100, 100, 60, 40]);
    const { tool } = hand(easel, 'select');
    const finger: Held = { kind: 'finger' };
    expect(tool.press(pointer(110, 110, finger))).toBe('pan');
    tool.release(pointer(110, 110, finger));
    expect(easel.log).toEqual(['select 0']);
    expect(tool.press(pointer(110, 110, finger))).toBe('taken');
    tool.cancel();
    expect(tool.press(pointer(300, 250, finger))).toBe('pan');
  });

  test('shows what a press would do', () => {
    const easel = new ScriptEasel([100, 100, 60, 40]);
    const { tool } = hand(easel, 'select');
    expect(tool.cursor(pointer(110, 110))).toBe('pointer');
    expect(tool.cursor(pointer(10, 10))).toBe('default');
    easel.selected = [0];
    expect(tool.cursor(pointer(130, 120))).toBe('move');
    expect(tool.cursor(pointer(160, 140))).toBe('nwse-resize');
    expect(tool.cursor(pointer(160, 120))).toBe('ew-resize');
  });
});

describe('what is under a pointer', () => {
  const easel = new ScriptEasel([100, 100, 60, 40], [110, 105, 5, 5], [200, 100, 40, 40, 45]);

  test.each<[string, ToolPointer, number[]]>([
    ['the smaller first', pointer(112, 107), [1, 0]],
    ['the edge belongs to it', pointer(160, 140), [0]],
    ['near the edge, where nothing is nearer', pointer(163, 120), [0]],
    ['too far for a mouse', pointer(166, 120), []],
    ['not too far for a finger', pointer(175, 120, { kind: 'finger' }), [0]],
    ['reach is measured on the screen', pointer(163, 120, { scale: 4 }), []],
    ['in the corner of a turned box', pointer(220, 93), [2]],
    ['in the corner that it had before it was turned', pointer(202, 102), []],
  ])('%s', (_label, at, expected) => {
    expect(boxesUnder(easel, at)).toEqual(expected);
  });
});

describe('handles', () => {
  test('a small box has corners only, which stand off', () => {
    const handles = boxHandles({ x: 100, y: 100, width: 6, height: 6, rotation: 0 }, 1, false);
    expect(handles.map(({ at }) => [at.x, at.y])).toEqual([
      [94, 94],
      [112, 94],
      [112, 112],
      [94, 112],
    ]);
  });

  test('the middle of a box that is small under a finger still moves it', () => {
    const small = { x: 100, y: 100, width: 40, height: 40, rotation: 0 };
    expect(handleUnder(small, pointer(120, 120, { kind: 'finger' }), false)).toBeNull();
    expect(handleUnder(small, pointer(155, 155, { kind: 'finger' }), false)?.grip).toEqual({ x: 1, y: 1 });
  });

  test.each([
    ['a right side', { x: 1, y: 0 }, 0, 'ew-resize'],
    ['a right side, turned down', { x: 1, y: 0 }, 90, 'ns-resize'],
    ['an upper left corner', { x: -1, y: -1 }, 0, 'nwse-resize'],
    ['an upper left corner, turned to the top', { x: -1, y: -1 }, 45, 'ns-resize'],
    ['an upper right corner', { x: 1, y: -1 }, 0, 'nesw-resize'],
  ] as const)('the cursor of %s', (_label, grip, rotation, expected) => {
    expect(resizeCursor(grip, rotation)).toBe(expected);
  });
});
