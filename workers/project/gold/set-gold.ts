import { fault } from '#core/errors';
import { kindOf } from '#core/fields/registry';
import { sizeOf, type SealedAnswer } from '#core/gold/answer-codec';
import { seal } from '#core/gold/sealing';
import type { LogEvent } from '#core/log/events';
import type { FieldValue } from '#core/model/annotation';
import type { FieldId } from '#core/model/ids';
import { Random } from '#core/random';
import { err, ok, type Result } from '#core/result';
import { mixedWithDecoys } from '#core/workflow/gold-dealing';
import type { Gold } from './gold';
import { readersOf } from './readers';

/** Bytes that are sealed together; an event has room for twice as many, padding among them. */
const SEALED_TOGETHER = 1 << 19;
/** Items that one event deals. */
const DEALT_TOGETHER = 10_000;

/**
 * Sets known answers or (null) takes them back, sealed for everybody who may read them, and deals what is new among them to everybody,
 * mixed with as many other items. Undoing it brings the former answers back; what was dealt stays dealt, and is ordinary then.
 *
 * @returns `item.unknown`, `value.invalid`, `gold.too-large`, `role.lacking`
 */
export async function setGold(gold: Gold, answers: readonly SealedAnswer[]): Promise<Result<null>> {
  const { session } = gold;
  await session.idle();
  const valid = checked(gold, answers);
  if (!valid.ok) return valid;
  const published = await gold.publishKey();
  if (!published.ok) return published;
  await gold.read();
  const former = answers.map(({ item }): SealedAnswer => ({ item, values: formerly(gold, item) }));
  const events = await sealedIn(gold, valid.value);
  const inverse = await sealedIn(gold, former);
  const [only, ...others] = answers;
  const made = await session.perform(() =>
    ok({
      item: only && others.length === 0 ? only.item : null,
      what: others.length === 0 ? 'known answer' : `${answers.length.toLocaleString('en')} known answers`,
      events: [...events, ...dealing(gold, valid.value)],
      inverse,
    }),
  );
  await gold.read();
  return made;
}

/** Every item that was resolved and is not gold, with its resolution. */
export function resolvedAnswers({ session: { projection }, answers }: Gold): SealedAnswer[] {
  const found: SealedAnswer[] = [];
  for (const item of projection.order) {
    const resolution = projection.resolution(item);
    if (resolution !== 0 && !answers.has(item))
      found.push({ item: projection.id(item), values: projection.pool.read(resolution) });
  }
  return found;
}

/** Checks answers as their fields do; a question that is left open is one of which nothing is known. */
function checked({ session: { projection } }: Gold, answers: readonly SealedAnswer[]): Result<readonly SealedAnswer[]> {
  const valid: SealedAnswer[] = [];
  for (const answer of answers) {
    const { item, values } = answer;
    if (projection.find(item) < 0) return err(fault('item.unknown', item));
    if (sizeOf(answer) > SEALED_TOGETHER) return err(fault('gold.too-large', item));
    const known: Record<FieldId, FieldValue> = {};
    for (const field of projection.schema.fields) {
      const value = values?.[field.id];
      if (value === undefined) continue;
      const read = kindOf(field).validate(value, { ...field, required: false }, null);
      if (!read.ok) return read;
      known[field.id] = read.value;
    }
    valid.push({ item, values: values && known });
  }
  return ok(valid);
}

function formerly({ session: { projection }, answers }: Gold, item: string) {
  return answers.get(projection.find(item)) ?? null;
}

async function sealedIn({ session, cryptography }: Gold, answers: readonly SealedAnswer[]): Promise<LogEvent[]> {
  const { id: project, author, projection } = session;
  const readers = readersOf(projection);
  const events: LogEvent[] = [];
  for (const together of bundled(answers)) {
    const { sealed, keys } = await seal(together, { project, author }, readers, cryptography);
    events.push({ type: 'gold.set', sealed, keys });
  }
  return events;
}

/** As many answers together as one event has room for. */
function bundled(answers: readonly SealedAnswer[]): SealedAnswer[][] {
  const bundles: SealedAnswer[][] = [];
  let room = 0;
  for (const answer of answers) {
    const size = sizeOf(answer);
    if (size > room) {
      bundles.push([]);
      room = SEALED_TOGETHER;
    }
    bundles.at(-1)!.push(answer);
    room -= size;
  }
  return bundles;
}

/** Deals what was not dealt before, and so many others that there are as many decoys as gold items in all. */
function dealing({ session: { projection }, answers: known, cryptography }: Gold, answers: readonly SealedAnswer[]) {
  const { dealt } = projection.control;
  const before = new Set(dealt.probe.map((id) => projection.find(id)));
  const practice = new Set(dealt.practice.map((id) => projection.find(id)));
  const isGold = new Set([...known.keys()].filter((item) => !practice.has(item)));
  for (const { item, values } of answers) {
    if (values === null) isGold.delete(projection.find(item));
    else isGold.add(projection.find(item));
  }
  const gold = [...isGold].filter((item) => !before.has(item));
  const decoys = Math.max(0, isGold.size - [...before].filter((item) => !isGold.has(item)).length);
  if (gold.length + decoys === 0) return [];
  const others = [...projection.order].filter((item) => !isGold.has(item) && !before.has(item) && !practice.has(item));
  const looks = (item: number) => `${projection.status(item)} ${projection.resolution(item) === 0 ? '' : 'resolved'}`;
  const [seed] = new Uint32Array(cryptography.randomBytes(4).slice().buffer);
  const items = mixedWithDecoys({ gold, others, decoys }, looks, new Random(seed!)).map((item) => projection.id(item));
  const events: LogEvent[] = [];
  for (let from = 0; from < items.length; from += DEALT_TOGETHER)
    events.push({ type: 'items.dealt', purpose: 'probe', items: items.slice(from, from + DEALT_TOGETHER) });
  return events;
}
