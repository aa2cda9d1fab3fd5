import type { Turn } from '../../model/item';
import { Random } from '../../random';
import { URGENCIES, type Urgency } from '../schema';
import { LETTERS } from './letters';
import { CLOSINGS, OPENINGS, PATTERNS } from './patterns';
import { fill, type MarkedText } from './phrase';

/** A message with all that is true of it. */
export interface Message extends MarkedText {
  readonly channel: 'form' | 'letter' | 'chat' | 'radio';
  readonly context: readonly Turn[] | null;
  readonly urgency: Urgency;
}

const MESSAGES = 120;

/** All messages, always the same ones, no two with the same words. The first two are short and plain. */
export function post(): Message[] {
  const random = new Random(1872);
  const written = LETTERS.map(({ pattern, channel, context, urgency }): Message => ({
    ...fill(pattern, random),
    ...{ channel, urgency, context: context ?? null },
  }));
  const patterns = URGENCIES.flatMap((urgency) => PATTERNS[urgency].map((pattern) => ({ urgency, pattern })));
  const texts = new Set(written.map(({ text }) => text));
  const filed: Message[] = [];
  // Each pattern is used once before any is used again.
  for (let deck = random.shuffled(patterns); written.length + filed.length < MESSAGES;) {
    const next = deck.pop();
    if (!next) {
      deck = random.shuffled(patterns);
      continue;
    }
    const message = framed(next.pattern, next.urgency, random);
    if (texts.has(message.text)) continue;
    texts.add(message.text);
    filed.push(message);
  }
  const taught = filed.filter(isPlain).slice(0, 2);
  return [...taught, ...random.shuffled([...filed.filter((message) => !taught.includes(message)), ...written])];
}

/** Short, in one breath, and with something to mark. */
const isPlain = ({ text, marks }: Message): boolean => text.length < 100 && marks.length >= 3 && !text.includes('\n');

/** Who is in danger greets nobody. */
function framed(pattern: string, urgency: Urgency, random: Random): Message {
  const isRadio = /^(?:Mayday|Pan-pan|Harbour,|Radio check|Weather report|Collision)/.test(pattern);
  const isPolite = !isRadio && urgency !== 'now' && random.chance(0.6);
  const opening = isPolite && random.chance(0.6) ? random.pick(OPENINGS) : '';
  const closing = isPolite ? random.pick(CLOSINGS.slice(0, -1)) : isRadio && random.chance(0.5) ? CLOSINGS.at(-1)! : '';
  return {
    ...fill(`${opening}${pattern}${closing}`, random),
    ...{ urgency, channel: isRadio ? 'radio' : 'form', context: null },
  };
}
