import { describe, expect, test } from 'vitest';
import type { Box } from '#core/model/annotation';
import type { BoxField, Schema } from '#core/model/schema';
import { BoxEditor } from '#state/box-editor';
import { Labeler } from '#state/labeler';
import { FakeProject } from '../support/labeler-project';

const field = (id: string, classes: readonly string[], rotatable = true): BoxField => ({
  ...{ kind: 'box', id, name: id, required: false, rotatable, retired: [], remap: {} },
  classes: classes.map((name) => ({ id: name, name: name.toUpperCase(), color: '#000000', key: '', description: '' })),
});

const schemaWith = (...fields: readonly BoxField[]): Schema => ({ version: 1, guidelines: '', fields });

const box = (id: string, classId: string, x: number, y: number, width: number, height: number): Box => ({
  ...{ x, y, id },
  class: classId,
  ...{ width, height, rotation: 0 },
});

const at = (x: number, y: number, width: number, height: number, rotation = 0) => ({ x, y, width, height, rotation });

/** Images of 400 x 300 pixels, the first on the screen. */
async function atWork(schema: Schema = schemaWith(field('cells', ['rbc', 'wbc'])), prediction: readonly Box[] = []) {
  const project = new FakeProject(3, schema);
  const facts = { width: 400, height: 300, type: 'image/png', size: 1 };
  project.items.forEach((item, position) => {
    project.items[position] = {
      ...item,
      name: `photo ${position}`,
      content: { kind: 'image', hash: '', blob: null, facts },
    };
  });
  if (prediction.length > 0)
    project.items[0] = {
      ...project.items[0]!,
      prediction: { model: 'm1', values: { cells: prediction }, confidence: null },
    };
  const labeler = new Labeler(project, {
    now: () => 0,
    afterPaint: (work) => {
      work();
    },
    storage: { getItem: () => null, setItem: () => undefined },
  });
  void labeler.start(null, null);
  await project.settle();
  const boxes = new BoxEditor(labeler, () => facts);
  return {
    project,
    labeler,
    boxes,
    /** As `rbc 10,20 30x40`, the selected ones with a star. */
    seen: () =>
      boxes.boxes.map(({ class: name, x, y, width, height, rotation }, place) => {
        const turned = rotation === 0 ? '' : ` @${rotation}`;
        return `${boxes.isSelected(place) ? '*' : ''}${name} ${x},${y} ${width}x${height}${turned}`;
      }),
    undo: async () => {
      void labeler.undo();
      await project.settle();
    },
  };
}

describe('drawing', () => {
  test('a box gets the active class, a new id and the selection', async () => {
    const { boxes, seen, labeler } = await atWork();
    boxes.add(at(10, 20, 30, 40));
    boxes.choose(boxes.fields[0]!, 'wbc');
    boxes.add(at(50.123456, 60, 30, 40));
    expect(seen()).toEqual(['wbc 10,20 30x40', '*wbc 50.12,60 30x40']);
    expect(boxes.boxes.map(({ id }) => id)).toEqual(['1', '2']);
    expect(labeler.draft.values).toEqual({ cells: boxes.boxes });
    expect(labeler.announcement).toBe('WBC box, 30 by 40 at 50, 60 added');
  });

  test('without a selection a class is for the next box alone', async () => {
    const { boxes, seen } = await atWork();
    boxes.add(at(10, 20, 30, 40));
    boxes.deselect();
    boxes.choose(boxes.fields[0]!, 'wbc');
    expect(seen()).toEqual(['rbc 10,20 30x40']);
    expect(boxes.active).toEqual({ field: 'cells', class: 'wbc' });
  });

  test('each gesture is one step of undo', async () => {
    const { boxes, seen, undo, labeler } = await atWork();
    boxes.add(at(10, 20, 30, 40));
    boxes.reshape(new Map([[0, at(11, 20, 30, 40)]]));
    boxes.duplicate();
    boxes.remove();
    expect(seen()).toEqual(['rbc 11,20 30x40']);
    await undo();
    expect(seen()).toEqual(['rbc 11,20 30x40', 'rbc 21,30 30x40']);
    await undo();
    await undo();
    expect(seen()).toEqual(['rbc 10,20 30x40']);
    await undo();
    expect(seen()).toEqual([]);
    expect(labeler.changed).toBe(false);
  });

  test('a reshape that changes nothing is no step', async () => {
    const { boxes, undo, seen } = await atWork();
    boxes.add(at(10, 20, 30, 40));
    boxes.reshape(new Map([[0, at(10, 20, 30, 40)]]));
    await undo();
    expect(seen()).toEqual([]);
  });
});

describe('by keyboard', () => {
  test('what a held key does is one step of undo', async () => {
    const { boxes, seen, undo } = await atWork();
    boxes.add(at(10, 20, 30, 40));
    for (let repeat = 0; repeat < 5; repeat++) boxes.nudge({ x: 1, y: 0 });
    boxes.letGo();
    boxes.nudge({ x: 0, y: 10 });
    boxes.letGo();
    expect(seen()).toEqual(['*rbc 15,30 30x40']);
    await undo();
    expect(seen()).toEqual(['*rbc 15,20 30x40']);
    await undo();
    expect(seen()).toEqual(['*rbc 10,20 30x40']);
  });

  test('boxes are moved no farther than the edge of the image', async () => {
    const { boxes, seen } = await atWork();
    boxes.add(at(365, 20, 30, 40));
    boxes.nudge({ x: 10, y: 0 });
    expect(seen()).toEqual(['*rbc 370,20 30x40']);
  });

  test('resized at the right and below, down to a pixel, and turned', async () => {
    const { boxes, seen } = await atWork();
    boxes.add(at(10, 20, 30, 5));
    boxes.grow({ x: 10, y: 0 });
    boxes.grow({ x: 0, y: -10 });
    expect(seen()).toEqual(['*rbc 10,20 40x1']);
    boxes.turn(-15);
    expect(seen()).toEqual(['*rbc 10,20 40x1 @345']);
  });

  test('only boxes of a field that allows it are turned', async () => {
    const { boxes, seen } = await atWork(schemaWith(field('cells', ['rbc'], false)));
    boxes.add(at(10, 20, 30, 5));
    boxes.turn(15);
    expect(seen()).toEqual(['*rbc 10,20 30x5']);
  });

  test('steps go through the visible boxes and out again, and on from where something was deleted', async () => {
    const { boxes } = await atWork();
    for (const x of [0, 50, 100, 150]) boxes.add(at(x, 0, 20, 20));
    boxes.toggleHidden([1]);
    boxes.deselect();
    const path = Array.from({ length: 4 }, () => {
      boxes.step(1);
      return boxes.selected[0];
    });
    expect(path).toEqual([0, 2, 3, undefined]);
    boxes.step(-1);
    expect(boxes.selected).toEqual([3]);
    boxes.step(-1);
    boxes.remove();
    boxes.step(1);
    expect(boxes.boxes[boxes.selected[0]!]!.x).toBe(150);
  });
});

describe('hidden and locked', () => {
  test('what is locked is neither changed nor deleted', async () => {
    const { boxes, seen } = await atWork();
    boxes.add(at(10, 20, 30, 40));
    boxes.toggleLocked();
    boxes.nudge({ x: 5, y: 5 });
    boxes.choose(boxes.fields[0]!, 'wbc');
    boxes.remove();
    expect(seen()).toEqual(['*rbc 10,20 30x40']);
    expect(boxes.isPickable(0)).toBe(false);
    boxes.toggleLocked();
    boxes.remove();
    expect(seen()).toEqual([]);
  });

  test('hiding deselects, and all are shown at once', async () => {
    const { boxes } = await atWork();
    boxes.add(at(10, 20, 30, 40));
    boxes.add(at(50, 20, 30, 40));
    boxes.toggleHidden();
    expect([boxes.selected, boxes.isHidden(0), boxes.isHidden(1)]).toEqual([[], false, true]);
    boxes.toggleAllHidden();
    expect(boxes.hidesSome).toBe(false);
    boxes.toggleAllHidden();
    expect([boxes.isHidden(0), boxes.isHidden(1)]).toEqual([true, true]);
    boxes.add(at(100, 20, 30, 40));
    expect(boxes.isHidden(2)).toBe(false);
  });

  test('ends with the item', async () => {
    const { boxes, labeler, project } = await atWork();
    boxes.add(at(10, 20, 30, 40));
    labeler.next();
    await project.settle();
    boxes.add(at(10, 20, 30, 40));
    boxes.toggleHidden();
    labeler.previous();
    await project.settle();
    expect([boxes.boxes.length, boxes.selected, boxes.isHidden(0)]).toEqual([1, [], false]);
  });
});

describe('copies', () => {
  test('are pasted aside in the same image, and at the same place in another', async () => {
    const { boxes, seen, labeler, project } = await atWork();
    boxes.add(at(10, 20, 30, 40));
    boxes.copy();
    boxes.paste();
    boxes.paste();
    expect(seen()).toEqual(['rbc 10,20 30x40', 'rbc 20,30 30x40', '*rbc 30,40 30x40']);
    labeler.next();
    await project.settle();
    boxes.paste();
    expect(seen()).toEqual(['*rbc 10,20 30x40']);
  });

  test('stay in the image', async () => {
    const { boxes, seen } = await atWork();
    boxes.add(at(370, 260, 30, 40));
    boxes.duplicate();
    expect(seen()).toEqual(['rbc 370,260 30x40', '*rbc 360,250 30x40']);
  });

  test('of the previous image add what is not there yet', async () => {
    const { boxes, seen, labeler, project } = await atWork();
    boxes.add(at(10, 20, 30, 40));
    boxes.add(at(60, 20, 30, 40));
    labeler.submit();
    await project.settle();
    boxes.add(at(10, 20, 30, 40));
    void boxes.copyPrevious();
    await project.settle();
    expect(seen()).toEqual(['rbc 10,20 30x40', '*rbc 60,20 30x40']);
    expect(labeler.announcement).toBe('RBC box, 30 by 40 at 60, 20 copied from photo 0');
    void boxes.copyPrevious();
    await project.settle();
    expect(boxes.announcement).toBe('All boxes of photo 0 are here already');
  });

  test('there is nothing before the first image', async () => {
    const { boxes, project } = await atWork();
    void boxes.copyPrevious();
    await project.settle();
    expect(boxes.announcement).toBe('There is no previous image');
  });
});

describe('proposals', () => {
  const proposed = [
    { ...box('a', 'rbc', 10, 10, 20, 20), confidence: 0.9 },
    { ...box('b', 'wbc', 50, 10, 20, 20), confidence: 0.4 },
  ];

  test('are shown, and become the person’s where they are touched', async () => {
    const { boxes, labeler } = await atWork(undefined, proposed);
    expect([boxes.isProposed(0), boxes.isProposed(1)]).toEqual([true, true]);
    boxes.select([1]);
    boxes.nudge({ x: 1, y: 0 });
    expect([boxes.isProposed(0), boxes.isProposed(1)]).toEqual([true, false]);
    expect(boxes.boxes.map(({ confidence }) => confidence)).toEqual([0.9, undefined]);
    labeler.submit();
    expect(labeler.announcement).toMatch(/^Saved: RBC, WBC/);
  });

  test('are deleted like any other', async () => {
    const { boxes, labeler } = await atWork(undefined, proposed);
    boxes.selectAll();
    boxes.remove();
    expect([boxes.boxes, labeler.draft.values]).toEqual([[], { cells: [] }]);
  });
});

describe('several fields', () => {
  const schema = schemaWith(field('cells', ['rbc', 'wbc']), field('faults', ['dust']));

  test('are one list, and the class decides the field', async () => {
    const { boxes, labeler } = await atWork(schema);
    boxes.add(at(10, 10, 20, 20));
    boxes.deselect();
    boxes.choose(boxes.fields[1]!, 'dust');
    boxes.add(at(50, 10, 20, 20));
    expect(Object.keys(labeler.draft.values)).toEqual(['cells', 'faults']);
    expect(boxes.boxes.map(({ class: name }, place) => `${boxes.fieldAt(place).id} ${name}`)).toEqual([
      'cells rbc',
      'faults dust',
    ]);
  });

  test('a class of another field takes the box there, in one step of undo', async () => {
    const { boxes, seen, undo } = await atWork(schema);
    boxes.add(at(10, 10, 20, 20));
    boxes.add(at(50, 10, 20, 20));
    boxes.selectAll();
    boxes.nudge({ x: 1, y: 1 });
    boxes.select([0]);
    boxes.choose(boxes.fields[1]!, 'dust');
    expect(seen()).toEqual(['rbc 51,11 20x20', '*dust 11,11 20x20']);
    boxes.selectAll();
    boxes.remove();
    expect(seen()).toEqual([]);
    await undo();
    expect(seen().map((words) => words.replace('*', ''))).toEqual(['rbc 51,11 20x20', 'dust 11,11 20x20']);
    await undo();
    expect(boxes.boxes).toHaveLength(2);
    expect(boxes.fieldAt(1).id).toBe('cells');
  });
});

test('an image whose size is not known yet has nothing to go by', async () => {
  const { labeler } = await atWork();
  const boxes = new BoxEditor(labeler, () => null);
  expect(boxes.extent).toEqual({ width: 0, height: 0 });
});
