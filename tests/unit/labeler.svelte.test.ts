import { describe, expect, test } from 'vitest';
import { fault } from '#core/errors';
import type { ChoiceField } from '#core/model/schema';
import { Labeler } from '#state/labeler';
import { FakeProject, schemaOf } from '../support/labeler-project';

/** A person at the keyboard: `a`, `b`, `c` choose; the other gestures by their keys. */
async function atWork(project: FakeProject, start: { item?: string; last?: string } = {}) {
  let now = 0;
  const labeler = new Labeler(project, {
    now: () => now,
    afterPaint: (work) => {
      work();
    },
    storage: { getItem: () => null, setItem: () => undefined },
  });
  void labeler.start(start.item ?? null, start.last ?? null);
  await project.settle();
  const press = (keys: string): string => {
    for (const key of keys) {
      if (key === 'j') labeler.next();
      else if (key === 'k') labeler.previous();
      else if (key === 's') labeler.skip();
      else if (key === '⏎') labeler.submit();
      else labeler.choose(labeler.schema.fields[0] as ChoiceField, key);
    }
    return labeler.item?.id ?? labeler.phase;
  };
  return {
    labeler,
    press,
    wait: (ms: number) => {
      now += ms;
    },
    settle: () => project.settle(),
    undo: async () => {
      void labeler.undo();
      await project.settle();
      return labeler.item?.id;
    },
    redo: async () => {
      void labeler.redo();
      await project.settle();
      return labeler.item?.id;
    },
  };
}

const label = (project: FakeProject, position: number): unknown => {
  const { mine } = project.items[position]!;
  return mine?.kind === 'annotation' ? mine.values.label : mine;
};

describe('a single choice that submits at once', () => {
  test('each key shows the next item at once, without an answer of the worker in between', async () => {
    const project = new FakeProject(20);
    const { press } = await atWork(project);
    expect(press('a')).toBe('i1');
    expect(press('b')).toBe('i2');
    expect(press('s')).toBe('i3');
    expect(press('c')).toBe('i4');
    await project.settle();
    expect([0, 1, 2, 3].map((at) => label(project, at))).toEqual([['a'], ['b'], { kind: 'skip' }, ['c']]);
  });

  test('a thousand keys, the worker answering after every third', async () => {
    const project = new FakeProject(1000);
    const { press } = await atWork(project);
    for (let at = 0; at < 1000; at++) {
      expect(press('abc'[at % 3]!)).toBe(at < 999 ? `i${at + 1}` : 'done');
      if (at % 3 === 2) await project.settle();
    }
    expect(project.submissions).toHaveLength(1000);
    project.items.forEach((_, at) => expect(label(project, at)).toEqual(['abc'[at % 3]]));
  });

  test('faster than the worker: waits for it and goes on, losing no key that was meant for an item', async () => {
    const project = new FakeProject(40);
    const { press, settle, labeler } = await atWork(project);
    press('aaaaaaaaaaaaaaaaaaaa');
    expect(labeler.phase).toBe('loading');
    await settle();
    const answered = project.submissions.length;
    expect(labeler.item?.id).toBe(`i${answered}`);
    expect(new Set(project.submissions.map(({ item }) => item)).size).toBe(answered);
  });

  test('the time from showing to submission is measured, without the time that the page was hidden', async () => {
    const project = new FakeProject(3);
    const { press, wait, labeler, settle } = await atWork(project);
    wait(700);
    labeler.attend(false);
    wait(60_000);
    labeler.attend(true);
    wait(300);
    press('a');
    wait(50);
    press('b');
    await settle();
    expect(project.submissions.map(({ leadMs }) => leadMs)).toEqual([1000, 50]);
  });

  test('back and forth over all items; an answer is shown and can be changed, and the work goes on where it was open', async () => {
    const project = new FakeProject(10);
    const { press, settle, labeler } = await atWork(project);
    press('abc');
    await settle();
    expect(press('kk')).toBe('i1');
    expect(labeler.draft.values).toEqual({ label: ['b'] });
    await settle();
    expect(labeler.item?.status).toBe('completed');
    press('c');
    await settle();
    expect(labeler.item?.id).toBe('i3');
    expect(label(project, 1)).toEqual(['c']);
    expect(press('kkk')).toBe('i0');
    await settle();
    press('k');
    await settle();
    expect(labeler.item?.id).toBe('i0');
    expect(labeler.notice?.text).toContain('first');
  });

  test('confirming an unchanged answer writes nothing', async () => {
    const project = new FakeProject(4);
    const { press, settle } = await atWork(project);
    press('a');
    await settle();
    press('k⏎');
    await settle();
    expect(press('k')).toBe('i0');
    press('a');
    await settle();
    expect(project.submissions).toHaveLength(1);
  });

  test('items passed over come back at the end; then all is done', async () => {
    const project = new FakeProject(4);
    const { press, settle, labeler } = await atWork(project);
    press('jja');
    await settle();
    press('a');
    await settle();
    expect(labeler.item?.id).toBe('i0');
    press('a');
    await settle();
    expect(labeler.item?.id).toBe('i1');
    press('a');
    await settle();
    expect(labeler.phase).toBe('done');
    press('k');
    await settle();
    expect(labeler.item?.id).toBe('i1');
  });

  test('a project without items is done at once; new items can be gone on with', async () => {
    expect((await atWork(new FakeProject(0))).labeler.phase).toBe('done');
    const project = new FakeProject(1);
    const { press, settle, labeler } = await atWork(project);
    press('a');
    await settle();
    expect(labeler.phase).toBe('done');
    project.items.push({ ...project.items[0]!, id: 'i1', position: 1, mine: null });
    labeler.resume();
    await settle();
    expect(labeler.item?.id).toBe('i1');
  });

  test.each([
    ['where the person was', { last: 'i2' }, 'i2'],
    ['the next open one when that is answered', { last: 'i1' }, 'i2'],
    ['the item of the link, answered or not', { item: 'i1' }, 'i1'],
    ['the first open one when the link leads nowhere', { item: 'gone' }, 'i0'],
  ])('starts at %s', async (_label, start: { item?: string; last?: string }, expected) => {
    const project = new FakeProject(5);
    project.items[1] = { ...project.items[1]!, mine: { kind: 'skip' } };
    const { labeler } = await atWork(project, start);
    expect(labeler.item?.id).toBe(expected);
    expect(labeler.notice?.tone).toBe(start.item === 'gone' ? 'bad' : undefined);
  });
});

describe('undo and redo', () => {
  test('bring the item back with its former state, as often as wanted', async () => {
    const project = new FakeProject(6);
    const { press, undo, redo, settle, labeler } = await atWork(project);
    press('ab');
    await settle();
    expect(await undo()).toBe('i1');
    expect(labeler.draft.values).toEqual({});
    expect(await undo()).toBe('i0');
    expect(label(project, 0)).toBeNull();
    expect(await redo()).toBe('i0');
    expect(labeler.draft.values).toEqual({ label: ['a'] });
    press('⏎');
    await settle();
    expect(labeler.item?.id).toBe('i1');
    await undo();
    await undo();
    expect(labeler.notice?.text).toBe('There is nothing to undo.');
  });

  test('right after a key, before the worker answered', async () => {
    const project = new FakeProject(6);
    const { press, undo } = await atWork(project);
    press('a');
    expect(await undo()).toBe('i0');
    expect(press('b')).toBe('i1');
    await project.settle();
    expect(label(project, 0)).toEqual(['b']);
  });

  test('take back the draft first, step by step; typing is one step', async () => {
    const project = new FakeProject(3, schemaOf({ multiple: true }));
    const { press, undo, redo, labeler } = await atWork(project);
    press('cab');
    expect(labeler.draft.values).toEqual({ label: ['a', 'b', 'c'] });
    for (const note of ['b', 'bl', 'blu', 'blurred']) labeler.setNote(note);
    await undo();
    expect(labeler.draft.note).toBe('');
    await undo();
    expect(labeler.draft.values).toEqual({ label: ['a', 'c'] });
    await redo();
    expect(labeler.draft.values).toEqual({ label: ['a', 'b', 'c'] });
    expect(project.items[0]!.draft).toEqual(labeler.draft);
  });
});

describe('drafts', () => {
  test('every gesture is one at once, and coming back finds it', async () => {
    const project = new FakeProject(5, schemaOf({ multiple: true }));
    const { press, labeler } = await atWork(project);
    press('b');
    labeler.setNote('unsure');
    await project.settle();
    expect(project.items[0]!.draft).toEqual({ values: { label: ['b'] }, note: 'unsure' });
    press('jk');
    await project.settle();
    expect(labeler.item?.id).toBe('i0');
    expect(labeler.draft).toEqual({ values: { label: ['b'] }, note: 'unsure' });
    press('b⏎');
    await project.settle();
    expect(project.submissions).toMatchObject([{ item: 'i0', values: { label: [] }, note: 'unsure' }]);
  });

  test('a note goes with the class', async () => {
    const project = new FakeProject(5);
    const { press, labeler } = await atWork(project);
    labeler.setNote('unsure');
    press('a');
    expect(project.submissions).toMatchObject([{ values: { label: ['a'] }, note: 'unsure' }]);
    expect(labeler.draft.note).toBe('');
  });

  test('a required class that is missing is asked for', async () => {
    const project = new FakeProject(5);
    const { press, labeler } = await atWork(project);
    expect(press('⏎')).toBe('i0');
    expect(labeler.notice?.text).toBe('Answer Label first, or skip this item.');
    expect(press('a')).toBe('i1');
    expect(labeler.notice).toBeNull();
  });
});

describe('predictions', () => {
  const predicted = (): FakeProject => {
    const project = new FakeProject(5);
    project.items[0] = { ...project.items[0]!, prediction: { model: 'm', values: { label: ['b'] }, confidence: 0.8 } };
    return project;
  };

  test('Enter accepts one when nothing was chosen, and the log says so', async () => {
    const project = predicted();
    const { press, labeler } = await atWork(project);
    expect(labeler.offer).toEqual({ label: ['b'] });
    expect(press('⏎')).toBe('i1');
    expect(labeler.offer).toBeNull();
    expect(project.submissions).toMatchObject([{ values: { label: ['b'] }, from: 'prediction' }]);
  });

  test('what the person chose is theirs', async () => {
    const project = predicted();
    const { press } = await atWork(project);
    press('b');
    expect(project.submissions).toMatchObject([{ values: { label: ['b'] }, from: 'person' }]);
  });

  test('one of a class that is gone is not offered', async () => {
    const project = predicted();
    project.items[0] = { ...project.items[0]!, prediction: { model: 'm', values: { label: ['x'] }, confidence: null } };
    expect((await atWork(project)).labeler.offer).toBeNull();
  });
});

describe('a worker that refuses', () => {
  test('the person hears of it, and the draft is there on return', async () => {
    const project = new FakeProject(5);
    const { press, labeler, settle } = await atWork(project);
    labeler.setNote('keep me');
    await settle();
    project.refuses = fault('storage.full', '');
    press('a');
    expect(labeler.item?.id).toBe('i1');
    await settle();
    expect(labeler.notice).toMatchObject({ tone: 'bad', item: 'i0' });
    project.refuses = null;
    void labeler.open('i0');
    await settle();
    expect(labeler.draft).toEqual({ values: { label: ['a'] }, note: 'keep me' });
    expect(press('⏎')).toBe('i1');
    await settle();
    expect(label(project, 0)).toEqual(['a']);
  });

  test('the last item comes back to the screen', async () => {
    const project = new FakeProject(1);
    const { press, labeler, settle } = await atWork(project);
    project.refuses = fault('worker.died', '');
    press('s');
    await settle();
    expect(labeler.item?.id).toBe('i0');
    expect(labeler.notice?.text).toContain('not saved');
  });

  test('a flag that could not be set is not shown', async () => {
    const project = new FakeProject(2);
    const { labeler, settle } = await atWork(project);
    labeler.flag('unsure');
    await settle();
    expect(project.items[0]!.flag).toBe('unsure');
    project.refuses = fault('storage.full', '');
    labeler.flag('');
    expect(labeler.item?.flag).toBe('');
    await settle();
    expect(labeler.item?.flag).toBe('unsure');
  });
});

describe('among others', () => {
  test('they are told what is on the screen, whether somebody looks at it, and when the screen is left', async () => {
    const project = new FakeProject(3);
    const { labeler, press, settle } = await atWork(project);
    press('a');
    labeler.attend(false);
    labeler.attend(true);
    press('ab');
    await settle();
    labeler.leave();
    expect(project.lookedAt).toEqual([
      ['i0', true],
      ['i1', true],
      ['i1', false],
      ['i1', true],
      ['i2', true],
      [null, true],
      [null, true],
    ]);
  });

  test('what they take or finish meanwhile is not offered, and the item on the screen stays', async () => {
    const project = new FakeProject(20);
    const { labeler, press, settle } = await atWork(project);
    project.claimed.add('i0').add('i1').add('i3');
    project.items.splice(2, 1, { ...project.items[2]!, mine: { kind: 'skip' } });
    labeler.heed();
    await settle();
    expect(labeler.item?.id).toBe('i0');
    expect(press('a')).toBe('i4');
  });

  test('however often they are heard of, the worker is asked one question at a time', async () => {
    const project = new FakeProject(20);
    const { labeler, settle } = await atWork(project);
    project.log.length = 0;
    for (let heard = 0; heard < 100; heard++) labeler.heed();
    await settle();
    expect(project.log).toEqual(['walk open next', 'walk open next']);
  });

  test('at the end it is said what they are at, and when there is something to do again', async () => {
    const project = new FakeProject(4);
    project.claimed.add('i1').add('i3');
    const { labeler, press, settle } = await atWork(project);
    expect(press('a')).toBe('i2');
    press('a');
    await settle();
    expect([labeler.phase, labeler.atOthers, labeler.isMoreOpen]).toEqual(['done', 2, false]);
    project.claimed.delete('i3');
    labeler.heed();
    await settle();
    expect([labeler.phase, labeler.atOthers, labeler.isMoreOpen]).toEqual(['done', 0, true]);
    labeler.resume();
    await settle();
    expect(labeler.item?.id).toBe('i3');
  });

  test('who comes when others are at everything waits for what they leave', async () => {
    const project = new FakeProject(2);
    project.claimed.add('i0').add('i1');
    const { labeler, settle } = await atWork(project);
    expect([labeler.phase, labeler.atOthers]).toEqual(['done', 2]);
    project.claimed.clear();
    labeler.heed();
    await settle();
    expect(labeler.isMoreOpen).toBe(true);
  });

  test('who is alone hears at the end that all is labelled', async () => {
    const { labeler, press, settle } = await atWork(new FakeProject(1));
    press('a');
    await settle();
    expect([labeler.phase, labeler.atOthers, labeler.isMoreOpen]).toEqual(['done', 0, false]);
  });
});
