import { describe, expect, it } from 'vitest';
import { deedsBetween, Tour, TOUR_STEPS, type Situation } from '#state/tour';

/** What a browser remembers, without its quota. */
class Memory {
  readonly kept = new Map<string, string>();
  getItem = (key: string) => this.kept.get(key) ?? null;
  setItem = (key: string, value: string) => void this.kept.set(key, value);
}

const greeted = (memory = new Memory()) => {
  const tour = new Tour(memory);
  tour.greet('sample');
  return tour;
};

describe('the tour', () => {
  it('begins by itself once on a device, in the project that it began in', () => {
    const memory = new Memory();
    const tour = greeted(memory);
    expect([tour.step, tour.isIn('sample'), tour.isIn('another')]).toEqual(['begin', true, false]);
    tour.leave();
    expect(tour.isIn('sample')).toBe(false);
    tour.greet('sample');
    expect(tour.step).toBeNull();
    expect(greeted(memory).step).toBeNull();
  });

  it('begins again when it is asked for, wherever that is', () => {
    const tour = greeted();
    tour.leave();
    tour.start();
    expect([tour.step, tour.isIn('sample'), tour.isIn('another')]).toEqual(['begin', true, true]);
  });

  it('goes on after a reload where it was', () => {
    const memory = new Memory();
    greeted(memory).next();
    const again = new Tour(memory);
    expect([again.step, again.isIn('sample'), again.isIn('another')]).toEqual(['answer', true, false]);
  });

  it('walks forward and back by its buttons, and ends after the last step', () => {
    const tour = greeted();
    const seen = TOUR_STEPS.map(() => {
      const { step } = tour;
      tour.next();
      return step;
    });
    expect(seen).toEqual([...TOUR_STEPS]);
    expect(tour.step).toBeNull();
    tour.start();
    tour.next();
    tour.back();
    tour.back();
    expect([tour.step, tour.number]).toEqual(['begin', 1]);
  });

  it('passes a step whose place is not on the screen, the way that it went', () => {
    const tour = greeted();
    tour.next();
    tour.next();
    tour.pass();
    expect(tour.step).toBe('guidelines');
    tour.back();
    tour.pass();
    expect(tour.step).toBe('answer');
  });

  it('is taken on by what it speaks of', () => {
    const tour = greeted();
    const after = (deed: Parameters<Tour['did']>[0]) => {
      tour.did(deed);
      return tour.step;
    };
    expect(after('edited')).toBe('answer');
    expect(after('edited')).toBe('answer');
    expect(after('answered')).toBe('correct');
    expect(after('looked-up')).toBe('correct');
    expect(after('edited')).toBe('guidelines');
    expect(after('looked-up')).toBe('undo');
    expect(after('went-back')).toBe('pages');
  });

  it('tells nobody how to answer who has just answered', () => {
    const tour = greeted();
    tour.did('answered');
    expect(tour.step).toBe('correct');
  });

  it('leaves whoever just works on', () => {
    const tour = greeted();
    tour.did('answered');
    for (let item = 0; item < 3; item++) tour.did('answered');
    expect(tour.step).toBe('correct');
    tour.did('answered');
    expect(tour.step).toBeNull();
  });

  it('forgets in a browser that remembers nothing, and works nevertheless', () => {
    const full = {
      getItem: () => null,
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
    };
    const tour = new Tour(full);
    tour.greet('sample');
    tour.next();
    expect(tour.step).toBe('answer');
    tour.leave();
    tour.greet('sample');
    expect(tour.step).toBeNull();
  });
});

describe('deeds', () => {
  const before: Situation = {
    ...{ item: 'a', position: 4, draft: {}, changed: false, answered: 20, panel: 'guidelines', canRedo: false },
  };
  const cases: readonly (readonly [string, Partial<Situation>, readonly string[]])[] = [
    ['nothing', {}, []],
    ['a box is moved', { draft: {}, changed: true }, ['edited']],
    ['the next item, which has a draft', { item: 'b', position: 5, draft: {}, changed: true }, []],
    ['an answer, and the next item', { item: 'b', position: 5, draft: {}, answered: 21 }, ['answered']],
    ['the panel is folded', { panel: '' }, ['looked-up']],
    ['the item before', { item: 'b', position: 3, draft: {} }, ['went-back']],
    ['an undo in the draft', { draft: {}, canRedo: true }, ['went-back']],
    ['the queue is finished', { item: null, position: 0, draft: {}, answered: 21 }, ['answered']],
  ];
  it.each(cases)('%s', (_, change, deeds) => {
    expect(deedsBetween(before, { ...before, ...change })).toEqual(deeds);
  });
});
