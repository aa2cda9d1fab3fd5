import { afterEach, describe, expect, it, vi } from 'vitest';
import { contentExtent } from '#core/formats/fitting-values';
import { validateValues } from '#core/fields/values';
import type { DatasetItem, FileEntry } from '#core/formats/format';
import { jsonl } from '#core/formats/jsonl/jsonl';
import { boundsOf } from '#core/geometry/rotated-rect';
import { isClassKey } from '#core/model/hotkeys';
import type { Box, Span } from '#core/model/annotation';
import { post } from '#core/sample/messages/post';
import { LETTERS } from '#core/sample/messages/letters';
import { PATTERNS } from '#core/sample/messages/patterns';
import { BERTHS, BOATS, CLOCKS, DAYS, PLACES } from '#core/sample/messages/words';
import { album } from '#core/sample/pictures/album';
import { sample } from '#core/sample/sample';
import { FIELDS, SAMPLE_SCHEMA } from '#core/sample/schema';
import { decodeBytes } from '#io/files/text';

async function itemsOf(): Promise<DatasetItem[]> {
  const items: DatasetItem[] = [];
  for await (const item of sample().items()) items.push(item);
  return items;
}

const items = await itemsOf();
const pictures = album();
const messages = post();

/** Without what is a function. */
const plain = (list: readonly DatasetItem[]) => JSON.parse(JSON.stringify(list)) as unknown;

afterEach(() => {
  vi.restoreAllMocks();
});

describe('the sample', () => {
  it('is the same every time', async () => {
    expect(plain(await itemsOf())).toEqual(plain(items));
  });

  it('is made without anything that engines round differently', async () => {
    for (const name of ['sin', 'cos', 'tan', 'atan2', 'exp', 'log', 'pow', 'cbrt', 'hypot', 'random'] as const)
      vi.spyOn(Math, name).mockImplementation(() => {
        throw new Error(`Math.${name} is not the same everywhere`);
      });
    expect(await itemsOf()).toHaveLength(items.length);
  });

  it('holds 60 pictures and 120 messages, no two alike', () => {
    expect(items.filter(({ content }) => content.kind === 'image')).toHaveLength(60);
    expect(items.filter(({ content }) => content.kind === 'text')).toHaveLength(120);
    expect(new Set(items.map(({ id }) => id)).size).toBe(180);
    expect(new Set(pictures.map(({ name }) => name)).size).toBe(60);
  });

  it('has a class for every key, and says of each what it is', () => {
    const classes = SAMPLE_SCHEMA.fields.flatMap((field) => field.classes);
    expect(new Set(classes.map(({ key }) => key)).size).toBe(classes.length);
    expect(new Set(classes.map(({ color }) => color)).size).toBe(classes.length);
    expect(classes.filter(({ key, description }) => !isClassKey(key) || description === '')).toEqual([]);
  });

  it('proposes and answers only what an import takes as it stands', () => {
    for (const { content, label, predictions } of items) {
      const extent = contentExtent(content);
      for (const values of [label, ...predictions.map((proposal) => proposal.values)])
        if (values) expect(validateValues(values, SAMPLE_SCHEMA, extent)).toEqual({ ok: true, value: values });
    }
  });

  it('survives its own files', async () => {
    const files = new Map<string, FileEntry>();
    for await (const { path, chunks } of jsonl.serialize(sample(), {})) {
      const parts: Uint8Array[] = [];
      for await (const chunk of chunks) parts.push(chunk);
      const bytes = new Uint8Array(Buffer.concat(parts));
      files.set(path, {
        size: bytes.length,
        bytes: () => Promise.resolve(bytes),
        chunks: async function* () {
          yield await Promise.resolve(bytes);
        },
      });
    }
    const readImage = () => Promise.reject(new Error('the lines say what the images are'));
    const options = { onIssue: (issue: unknown) => expect.fail(JSON.stringify(issue)), decode: decodeBytes, readImage };
    const parsed = await jsonl.parse(files, options);
    if (!parsed.ok) throw new Error(parsed.error.message);
    const read: DatasetItem[] = [];
    for await (const item of parsed.value.items()) read.push(item);
    expect(plain(read)).toEqual(plain(items));
    expect(parsed.value.schema).toEqual(SAMPLE_SCHEMA);
  });
});

describe('the pictures', () => {
  it('show everything within their frame, large enough to be seen', () => {
    for (const { things, width, height } of pictures) {
      for (const { place } of things) {
        const bounds = boundsOf(place);
        // Corners of turned boxes are not on tenths of pixels.
        expect(Math.min(bounds.x, bounds.y)).toBeGreaterThanOrEqual(-0.1);
        expect(bounds.x + bounds.width).toBeLessThanOrEqual(width + 0.1);
        expect(bounds.y + bounds.height).toBeLessThanOrEqual(height + 0.1);
        expect(Math.min(place.width, place.height)).toBeGreaterThanOrEqual(6);
      }
    }
  });

  it('show every class often, some turned, some cut by the frame', () => {
    const things = pictures.flatMap(({ things: all, width }) => all.map((thing) => ({ ...thing, frame: width })));
    const counts = new Map<string, number>();
    for (const { class: kind } of things) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    expect([...counts.keys()].toSorted()).toEqual([
      'buoy',
      'ferry',
      'fishing-boat',
      'rowing-boat',
      'sailing-boat',
      'swimmer',
    ]);
    expect(Math.min(...counts.values())).toBeGreaterThanOrEqual(10);
    expect(things.filter(({ place }) => place.rotation !== 0).length).toBeGreaterThan(60);
    expect(
      things.filter(({ place, frame }) => place.x === 0 || place.x + place.width === frame).length,
    ).toBeGreaterThan(5);
  });

  it('are urgent where somebody swims', () => {
    const swimming = pictures.filter(({ things }) => things.some((thing) => thing.class === 'swimmer'));
    expect(swimming.length).toBeGreaterThan(5);
    expect(swimming.filter(({ urgency }) => urgency !== 'now')).toEqual([]);
  });

  it('are small files without anything from elsewhere', () => {
    for (const { svg } of pictures) {
      expect(svg.length).toBeLessThan(40_000);
      expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(
        /https?:|<script|NaN|Infinity|undefined|-0[ "]/,
      );
      expect(svg.endsWith('</svg>')).toBe(true);
    }
  });
});

describe('the messages', () => {
  /** What may be marked as what, without articles. */
  const said = [...Object.values(PATTERNS).flat(), ...LETTERS.map(({ pattern }) => pattern)].join(' ');
  const stated = (kind: string) =>
    [...said.matchAll(new RegExp(`\\{${kind}\\d?=([^}]+)\\}`, 'g'))].map(([, word]) => word!);
  const bare = (words: readonly string[]) => new Set(words.map((word) => word.replace(/^the /i, '').toLowerCase()));
  const allowed = {
    boat: bare([...BOATS, ...stated('boat')]),
    berth: bare([...BERTHS, ...stated('berth')]),
    time: bare([...CLOCKS, ...DAYS, ...stated('time')]),
    place: bare([...PLACES, ...stated('place')]),
  };

  it('are marked on the words that name something, and on nothing else', () => {
    for (const { text, marks } of messages) {
      for (const mark of marks) {
        const words = text.slice(mark.start, mark.end);
        expect(allowed[mark.class], words).toContain(words.toLowerCase());
        expect(text.slice(mark.start - 1, mark.start), text).not.toMatch(/\p{L}|\p{N}/u);
        expect(text.slice(mark.end, mark.end + 1), text).not.toMatch(/\p{L}|\p{N}/u);
      }
      expect(text).not.toMatch(/[{}]/);
      expect(text.isWellFormed()).toBe(true);
    }
  });

  it('leave no boat unmarked where its name stands', () => {
    for (const { text, marks } of messages) {
      for (const found of text.matchAll(/\b(?:Störtebeker|Kittiwake|Wanderlust|Ingeborg|Étoile du Nord|Bosun)\b/gu)) {
        const end = found.index + found[0].length;
        expect(
          marks.some((mark) => mark.class === 'boat' && mark.start === found.index && mark.end === end),
          text,
        ).toBe(true);
      }
    }
  });

  it('hold what texts are hard for: length, dialogue, other scripts, emoji', () => {
    expect(messages.filter(({ text }) => text.length > 500).length).toBeGreaterThanOrEqual(3);
    expect(messages.filter(({ context }) => context !== null).length).toBeGreaterThanOrEqual(2);
    expect(messages.some(({ text }) => /\p{Script=Hebrew}/u.test(text))).toBe(true);
    expect(messages.some(({ text }) => /ü/.test(text))).toBe(true);
    expect(messages.some(({ text }) => /\u{200d}/u.test(text))).toBe(true);
  });

  it('are balanced: no urgency below a sixth', () => {
    for (const list of [messages, pictures])
      for (const urgency of ['now', 'today', 'can-wait'])
        expect(list.filter((one) => one.urgency === urgency).length, urgency).toBeGreaterThanOrEqual(list.length / 6);
  });
});

describe('the proposals', () => {
  const regions = ({ predictions }: DatasetItem) =>
    (predictions[0]?.values[FIELDS.things] ?? predictions[0]?.values[FIELDS.words] ?? []) as readonly (Box | Span)[];

  it('are right on the first item, and wrong in one class on the second', () => {
    const classes = (item: DatasetItem) => regions(item).map((region) => region.class);
    const [first, second] = [items[0]!, items[1]!];
    expect(classes(first)).toEqual(pictures[0]!.things.map((thing) => thing.class));
    const truth = pictures[1]!.things.map((thing) => thing.class);
    expect(classes(second)).toHaveLength(truth.length);
    expect(classes(second).filter((kind, at) => kind !== truth[at])).toHaveLength(1);
  });

  it('are there for most items, and none for some', () => {
    const bare = items.filter(({ predictions }) => predictions.length === 0);
    expect(bare.length).toBeGreaterThan(15);
    expect(bare.length).toBeLessThan(40);
  });

  it('are mostly right, and surer where they are', () => {
    const truths = new Map([...messages].map(({ text, urgency }) => [text, urgency]));
    const [right, wrong]: [number[], number[]] = [[], []];
    for (const { content, predictions } of items) {
      const proposal = predictions[0];
      if (content.kind !== 'text' || !proposal) continue;
      const isRight = proposal.values[FIELDS.urgency]?.[0] === truths.get(content.text);
      (isRight ? right : wrong).push(proposal.confidence ?? 0);
    }
    const mean = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
    expect(wrong.length).toBeGreaterThan(8);
    expect(right.length).toBeGreaterThan(2 * wrong.length);
    expect(mean(right)).toBeGreaterThan(mean(wrong) + 0.1);
  });

  it('leave a few items labelled, none of them among the first', () => {
    const labelled = items.flatMap(({ label }, at) => (label ? [at] : []));
    expect(labelled.length).toBeGreaterThan(12);
    expect(labelled.length).toBeLessThan(30);
    expect(labelled[0]).toBeGreaterThanOrEqual(6);
  });
});
