import type { Turn } from '../model/item';
import { LABEL_SEPARATOR } from '../table/table';

/** Keys under which programs write who speaks, and what they say. */
const SPEAKERS = ['speaker', 'role', 'from', 'author', 'name'];
const WORDS = ['text', 'content', 'value', 'utterance', 'message'];

/** `Ann: `, `Agent 2: `; a colon further on, or one without a space after it, belongs to what is said. */
const NAMED = /^\s*([\p{L}\p{N}][\p{L}\p{M}\p{N} ._'’-]{0,39}?)\s*:\s+(?=\S)/u;

/**
 * The turns of a dialogue as a cell of a table has them:
 *
 * - a JSON list of strings, or of objects such as `{"speaker": …, "text": …}` and `{"role": …, "content": …}`
 * - lines, each a turn; where lines begin with `Speaker: `, those that do not go on with the turn before them
 * - one line of turns with `|` between them, as lists in JSON records come into tables
 *
 * What is blank is no turn; a cell that is none of these is one turn without a speaker.
 */
export function parseTurns(cell: string): Turn[] {
  const listed = parseList(cell);
  if (listed) return listed;
  const lines = cell.split(/\r\n|\r|\n/);
  const turns = lines.length === 1 ? cell.split(LABEL_SEPARATOR) : lines;
  return lines.length === 1 ? turns.flatMap(turnOf) : joined(turns);
}

function parseList(cell: string): Turn[] | null {
  if (!cell.trimStart().startsWith('[')) return null;
  let list: unknown;
  try {
    list = JSON.parse(cell);
  } catch {
    return null;
  }
  return Array.isArray(list) && list.every(isMember) ? list.flatMap(memberTurn) : null;
}

type Member = string | Readonly<Record<string, unknown>>;

const isMember = (member: unknown): member is Member =>
  typeof member === 'string' || (typeof member === 'object' && member !== null && firstText(member, WORDS) !== null);

function memberTurn(member: Member): Turn[] {
  if (typeof member === 'string') return turnOf(member);
  const text = (firstText(member, WORDS) ?? '').toWellFormed();
  return text.trim() === '' ? [] : [{ speaker: (firstText(member, SPEAKERS) ?? '').toWellFormed(), text }];
}

function firstText(member: object, keys: readonly string[]): string | null {
  for (const key of keys) {
    const value = (member as Readonly<Record<string, unknown>>)[key];
    if (typeof value === 'string') return value;
  }
  return null;
}

/** A turn that stands by itself; none where it is blank. */
function turnOf(line: string): Turn[] {
  const text = line.toWellFormed().trim();
  if (text === '') return [];
  const named = NAMED.exec(text);
  return [named ? { speaker: named[1]!, text: text.slice(named[0].length) } : { speaker: '', text }];
}

function joined(lines: readonly string[]): Turn[] {
  const hasSpeakers = lines.some((line) => NAMED.test(line));
  const turns: Turn[] = [];
  for (const turn of lines.flatMap(turnOf)) {
    const before = turns.at(-1);
    if (hasSpeakers && before && turn.speaker === '')
      turns[turns.length - 1] = { ...before, text: `${before.text}\n${turn.text}` };
    else turns.push(turn);
  }
  return turns;
}
