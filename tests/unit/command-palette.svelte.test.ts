import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Palette, type Entry, type EntryGroup, type Finder } from '#state/palette';

const entry = (label: string, more: Partial<Entry> = {}): Entry => ({
  id: label,
  label,
  run: () => undefined,
  ...more,
});
const group = (title: string, ...labels: string[]): EntryGroup => ({
  title,
  entries: labels.map((label) => entry(label)),
});

class Memory {
  readonly #held = new Map<string, string>();
  getItem = (key: string) => this.#held.get(key) ?? null;
  setItem = (key: string, value: string) => void this.#held.set(key, value);
}

const nothing: Finder = () => Promise.resolve({ title: 'Items', entries: [] });
const open = (groups: readonly EntryGroup[], storage = new Memory(), find = nothing) =>
  new Palette(storage, () => groups, find);
const listed = (palette: Palette) =>
  palette.groups.map(({ title, entries }) => [title, ...entries.map(({ label }) => label)]);

const COMMANDS = group('On this screen', 'Save and go on', 'Skip', 'Next item', 'Flag', 'Guidelines and details');
const PAGES = group('Pages', 'Label', 'Items', 'Import', 'Export', 'Settings');
const CLASSES = group('Classes', 'skirt', 'Ship', 'flagpole', 'building site');

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('what fits what is typed', () => {
  it.each([
    ['skip', [['On this screen', 'Skip']]],
    [
      'sk',
      [
        ['On this screen', 'Skip'],
        ['Classes', 'skirt'],
      ],
    ],
    // The whole word before its beginning, whichever group stands first.
    ['ship', [['Classes', 'Ship']]],
    [
      'flag',
      [
        ['On this screen', 'Flag'],
        ['Classes', 'flagpole'],
      ],
    ],
    // The beginning of a name, then that of a later word.
    [
      'item',
      [
        ['Pages', 'Items'],
        ['On this screen', 'Next item'],
      ],
    ],
    ['gd', [['On this screen', 'Guidelines and details']]],
    ['site build', [['Classes', 'building site']]],
    ['exprt', [['Pages', 'Export']]],
    ['zzz', []],
  ])('%s', (typed, expected) => {
    const palette = open([COMMANDS, PAGES, CLASSES]);
    palette.query = typed;
    expect(listed(palette)).toEqual(expected);
  });

  it('stands in the order of last use among equals, never before what fits better', () => {
    const storage = new Memory();
    const names = group('Classes', 'cat one', 'cat two', 'cat', 'bobcat');
    const used = open([names], storage);
    used.use(names.entries[3]!);
    used.use(names.entries[1]!);
    const palette = open([names], storage);
    palette.query = 'cat';
    expect(listed(palette)).toEqual([['Classes', 'cat', 'cat two', 'cat one', 'bobcat']]);
  });

  it('is found by its other words, too', () => {
    const palette = open([{ title: 'Settings', entries: [entry('Keys', { words: 'shortcuts keyboard' })] }]);
    palette.query = 'shortc';
    expect(listed(palette)).toEqual([['Settings', 'Keys']]);
  });

  it('is a few of many thousands', () => {
    const many = group('Classes', ...Array.from({ length: 10_000 }, (_, n) => `class ${n}`));
    const palette = open([many]);
    palette.query = 'class 77';
    expect(palette.entries.map(({ label }) => label)).toEqual(
      ['77', '770', '771', '772', '773', '774', '775', '776'].map((n) => `class ${n}`),
    );
  });
});

describe('while nothing is typed', () => {
  it('lists what was used last first, and nothing twice', () => {
    const storage = new Memory();
    const before = open([COMMANDS, PAGES], storage);
    before.use(PAGES.entries[3]!);
    before.use(COMMANDS.entries[3]!);
    expect(listed(open([COMMANDS, PAGES], storage))).toEqual([
      ['Used last', 'Flag', 'Export'],
      ['On this screen', 'Save and go on', 'Skip', 'Next item', 'Guidelines and details'],
      ['Pages', 'Label', 'Items', 'Import', 'Settings'],
    ]);
  });

  it.each(['{', '7', '[1, null, {}]', '"x"'])('forgets what was stored and makes no sense: %s', (stored) => {
    const storage = new Memory();
    storage.setItem('concord.palette', stored);
    expect(listed(open([PAGES], storage))[0]?.[0]).toBe('Pages');
  });
});

describe('what has to be looked for', () => {
  it('is asked for when typing pauses, stands last, and late answers are dropped', async () => {
    const asked: { typed: string; signal: AbortSignal; answer: (labels: string[]) => void }[] = [];
    const find: Finder = (typed, signal) =>
      new Promise((resolve) => {
        const answer = (labels: string[]) => {
          resolve(group('Items', ...labels));
        };
        asked.push({ typed, signal, answer });
      });
    const palette = open([PAGES], new Memory(), find);
    palette.query = 'i';
    palette.query = 'im';
    await vi.advanceTimersByTimeAsync(200);
    expect(asked.map(({ typed }) => typed)).toEqual(['im']);
    palette.query = 'imp';
    expect(asked[0]!.signal.aborted).toBe(true);
    await vi.advanceTimersByTimeAsync(200);
    asked[0]!.answer(['too late']);
    asked[1]!.answer(['import.csv #1']);
    await vi.advanceTimersByTimeAsync(0);
    expect(listed(palette)).toEqual([
      ['Pages', 'Import'],
      ['Items', 'import.csv #1'],
    ]);
    expect(palette.isFinding).toBe(false);
    palette.query = '';
    expect(listed(palette)).toEqual([['Pages', 'Label', 'Items', 'Import', 'Export', 'Settings']]);
  });
});

describe('the one that Enter takes', () => {
  it('goes around with the arrows, stays within with the rest, and begins anew with what is typed', () => {
    const palette = open([PAGES]);
    palette.move(-1);
    expect(palette.active).toBe(4);
    palette.move(1);
    expect(palette.active).toBe(0);
    palette.active = 99;
    expect(palette.active).toBe(4);
    palette.query = 'label';
    expect([palette.active, palette.entries[palette.active]?.label]).toEqual([0, 'Label']);
  });
});
