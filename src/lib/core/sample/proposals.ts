import { newBox } from '../fields/box';
import { compareSpans, newSpan } from '../fields/span';
import type { Box, Span, Values } from '../model/annotation';
import type { Random } from '../random';
import type { Message } from './messages/post';
import type { Picture, Place } from './pictures/picture';
import { tenth } from './pictures/sketch';
import { FIELDS, URGENCIES, type BoatClass, type Urgency, type WordClass } from './schema';

/** What a proposal gets wrong: nothing, the class of its largest region, or now and then anything. */
export type Flaws = 'none' | 'one' | 'some';

export interface Proposal {
  readonly values: Values;
  readonly confidence: number;
}

/** What is taken for what. */
const LOOKS_LIKE: Readonly<Record<BoatClass, BoatClass>> = {
  'sailing-boat': 'fishing-boat',
  'fishing-boat': 'ferry',
  ferry: 'fishing-boat',
  'rowing-boat': 'fishing-boat',
  buoy: 'swimmer',
  swimmer: 'buoy',
};
const READS_LIKE: Readonly<Record<WordClass, WordClass>> = {
  boat: 'place',
  berth: 'place',
  time: 'berth',
  place: 'boat',
};

/** What is true of an item, as an answer to all that it is asked. */
export const truthOfPicture = ({ urgency, things }: Picture): Values => ({
  [FIELDS.urgency]: [urgency],
  [FIELDS.things]: things.map(({ class: kind, place }, at) => newBox({ ...place, id: String(at + 1), class: kind })),
});

export const truthOfMessage = ({ urgency, marks }: Message): Values => ({
  [FIELDS.urgency]: [urgency],
  [FIELDS.words]: marks.map((mark, at) => newSpan({ ...mark, id: String(at + 1) })).sort(compareSpans),
});

/** What a middling model would make of a picture: what it gets wrong, it is mostly less sure of. */
export function proposeBoxes(picture: Picture, flaws: Flaws, random: Random): Proposal {
  const boxes: Omit<Box, 'id'>[] = [];
  const largest = Math.max(...picture.things.map(({ place }) => place.width * place.height));
  for (const { class: kind, place } of picture.things) {
    const flaw = flawOf(flaws, place.width * place.height === largest, random);
    if (flaw === 'missing') continue;
    boxes.push({
      ...within(flaw === 'moved' ? moved(place, random) : nudged(place, random), picture),
      class: flaw === 'class' ? LOOKS_LIKE[kind] : kind,
      confidence: sureness(flaw === null, random),
    });
  }
  if (flaws === 'some') {
    for (const place of picture.decoys) {
      if (random.chance(0.6)) boxes.push({ ...place, class: 'buoy', confidence: sureness(false, random) });
    }
  }
  const numbered = boxes.map((box, at) => newBox({ ...box, id: String(at + 1) }));
  return withUrgency(picture.urgency, FIELDS.things, numbered, flaws, random);
}

/** What a middling model would make of a message. */
export function proposeSpans(message: Message, flaws: Flaws, random: Random): Proposal {
  const spans: Omit<Span, 'id'>[] = [];
  const longest = Math.max(...message.marks.map(({ start, end }) => end - start));
  for (const mark of message.marks) {
    const flaw = flawOf(flaws, mark.end - mark.start === longest, random);
    if (flaw === 'missing') continue;
    const kind = flaw === 'class' ? READS_LIKE[mark.class] : mark.class;
    const place = flaw === 'moved' ? stretched(message.text, mark) : mark;
    spans.push({ start: place.start, end: place.end, class: kind, confidence: sureness(flaw === null, random) });
  }
  if (flaws === 'some' && random.chance(0.3)) {
    const spurious = nameLike(message);
    if (spurious) spans.push({ ...spurious, class: 'boat', confidence: sureness(false, random) });
  }
  const numbered = spans.map((span, at) => newSpan({ ...span, id: String(at + 1) })).sort(compareSpans);
  return withUrgency(message.urgency, FIELDS.words, numbered, flaws, random);
}

function withUrgency(
  urgency: Urgency,
  field: string,
  regions: readonly Box[] | readonly Span[],
  flaws: Flaws,
  random: Random,
): Proposal {
  const isRight = flaws !== 'some' || !random.chance(0.2);
  return {
    values: { [FIELDS.urgency]: [isRight ? urgency : otherThan(urgency, random)], [field]: regions },
    confidence: sureness(isRight, random),
  };
}

type Flaw = 'missing' | 'moved' | 'class' | null;

function flawOf(flaws: Flaws, isLargest: boolean, random: Random): Flaw {
  if (flaws !== 'some') return flaws === 'one' && isLargest ? 'class' : null;
  const chance = random.unit();
  return chance < 0.12 ? 'missing' : chance < 0.24 ? 'moved' : chance < 0.33 ? 'class' : null;
}

/** A confidence in hundredths. */
const sureness = (isRight: boolean, random: Random): number =>
  (isRight ? random.whole(74, 98) : random.whole(34, 78)) / 100;

const otherThan = (urgency: Urgency, random: Random): Urgency =>
  random.pick(URGENCIES.filter((other) => other !== urgency));

/** As right as a model is: a pixel or two off. */
const nudged = ({ x, y, width, height, rotation }: Place, random: Random): Place => ({
  ...{ x: x + random.whole(-2, 2), y: y + random.whole(-2, 2) },
  ...{ width: width + random.whole(-1, 2), height: height + random.whole(-1, 2) },
  rotation: rotation === 0 ? 0 : (rotation + random.whole(-3, 3) + 360) % 360,
});

/** Half beside what it means. */
const moved = ({ x, y, width, height, rotation }: Place, random: Random): Place => ({
  ...{ x: x + width * (random.whole(15, 35) / 100), y: y - height * (random.whole(0, 20) / 100) },
  ...{ width: width * (random.whole(80, 130) / 100), height, rotation },
});

/** An upright box as far as the picture shows it; a turned one where it would begin to leave it, back inside. */
function within({ x, y, width, height, rotation }: Place, picture: Picture): Place {
  const left = tenth(Math.max(0, Math.min(x, picture.width - 8)));
  const top = tenth(Math.max(0, Math.min(y, picture.height - 8)));
  if (rotation !== 0) return { x: left, y: top, width: tenth(width), height: tenth(height), rotation: tenth(rotation) };
  return {
    ...{ x: left, y: top, rotation },
    width: tenth(Math.max(6, Math.min(x + width, picture.width) - left)),
    height: tenth(Math.max(6, Math.min(y + height, picture.height) - top)),
  };
}

/** With the word before, or without the last one of several. */
function stretched(text: string, { start, end }: Pick<Span, 'start' | 'end'>): Pick<Span, 'start' | 'end'> {
  const before = /(\S+\s)$/.exec(text.slice(0, start))?.[0].length ?? 0;
  if (before > 0) return { start: start - before, end };
  const last = text.lastIndexOf(' ', end - 1);
  return last > start ? { start, end: last } : { start, end };
}

/** A capitalised word within a sentence that names nothing asked for. */
function nameLike({ text, marks }: Message): Pick<Span, 'start' | 'end'> | null {
  for (const found of text.matchAll(/(?<=[a-z,] )[A-Z][a-z]{3,}/g)) {
    const [start, end] = [found.index, found.index + found[0].length];
    if (marks.every((mark) => mark.end <= start || mark.start >= end)) return { start, end };
  }
  return null;
}
