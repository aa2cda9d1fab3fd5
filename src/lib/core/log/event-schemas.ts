/**
 * The shape of every event, checked when a commit is read.
 *
 * Each type has a shape on which all versions agree: a commit with an event of that type in another shape is malformed as a
 * whole, because an event that some peers count and others do not would let its author tell them different
 * stories. What newer versions will extend is apart: kinds of fields and their values, and closed lists of words. An event of
 * the right shape with such a novelty is *unknown* here, and so is one of an unknown type: kept, passed on, ignored.
 * Keys that are not listed are kept and ignored too.
 */
import * as v from 'valibot';
import { ROLES } from '../model/project';
import type { KnownEvent, LogEvent, UnknownEvent } from './events';

const text = (max: number) => v.pipe(v.string(), v.maxLength(max));
const word = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const bytes = (length: number) =>
  v.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length === length);
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const list = <S extends v.GenericSchema>(of: S, max: number) => v.pipe(v.array(of), v.maxLength(max));

/** 32 bytes in base32: the last of 52 characters carries one bit. */
const hash = v.pipe(v.string(), v.regex(/^[a-z2-7]{51}[aq]$/));
/** 16 bytes in base32: the last of 26 characters carries three bits. */
const item = v.pipe(v.string(), v.regex(/^[a-z2-7]{25}[aeimquy4]$/));

/** Keys are field or class ids; `__proto__` is none, because assigning it would change an object's prototype. */
const record = <S extends v.GenericSchema>(of: S, max: number) =>
  v.pipe(
    v.record(word, of),
    v.check((entries) => Object.keys(entries).length <= max),
  );
const plain = v.custom<Readonly<Record<string, unknown>>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value) && !Object.hasOwn(value, '__proto__'),
);

const MAX_FIELDS = 200;
const MAX_CLASSES = 10_000;
const MAX_LIST = 10_000;
const MAX_TEXT = 10_000;

const values = v.intersect([plain, record(v.unknown(), MAX_FIELDS)]);
/** Values of every kind of field that this version knows. */
const knownValues = v.record(v.string(), list(word, MAX_CLASSES));

const fieldBase = { id: word, name: text(200), required: v.boolean(), kind: word };
const classDefinition = v.looseObject({
  id: word,
  name: text(1000),
  color: v.pipe(v.string(), v.regex(/^#[0-9a-f]{6}$/)),
  key: text(16),
  description: text(MAX_TEXT),
});
const choiceField = v.looseObject({
  ...fieldBase,
  kind: v.literal('choice'),
  multiple: v.boolean(),
  classes: list(classDefinition, MAX_CLASSES),
  retired: list(classDefinition, MAX_CLASSES),
  remap: v.intersect([plain, record(word, MAX_CLASSES)]),
});
const schema = v.looseObject({
  version: count,
  fields: list(v.looseObject(fieldBase), MAX_FIELDS),
  guidelines: text(100_000),
});

const settings = v.partial(
  v.looseObject({
    name: text(200),
    minAnnotators: v.pipe(count, v.minValue(1), v.maxValue(1000)),
    agreementThreshold: share,
    reviewGate: v.boolean(),
    submitOnChoice: v.boolean(),
  }),
);

interface EventSchema {
  readonly shape: v.GenericSchema;
  /** Given where newer versions may say more within the same shape. */
  readonly vocabulary?: v.GenericSchema;
}

const schemas: Readonly<Record<KnownEvent['type'], EventSchema>> = {
  'project.founded': {
    shape: v.looseObject({
      version: count,
      name: text(200),
      founder: text(200),
      recovery: bytes(32),
      nonce: bytes(16),
    }),
    vocabulary: v.looseObject({ version: v.literal(1) }),
  },
  'owner.added': { shape: v.looseObject({ author: hash, name: text(200), proof: v.optional(bytes(64)) }) },
  'settings.changed': { shape: v.looseObject({ settings }) },
  'schema.changed': {
    shape: v.looseObject({ schema }),
    vocabulary: v.looseObject({ schema: v.looseObject({ fields: v.array(choiceField) }) }),
  },
  'items.added': { shape: v.looseObject({ chunk: hash, count }) },
  'items.removed': { shape: v.looseObject({ items: list(item, MAX_LIST) }) },
  'invite.issued': {
    shape: v.looseObject({ invite: bytes(32), role: word, expires: count, note: text(2000) }),
    vocabulary: v.looseObject({ role: v.picklist(ROLES.filter((role) => role !== 'owner')) }),
  },
  'invite.withdrawn': { shape: v.looseObject({ invite: bytes(32), admitted: list(hash, MAX_LIST) }) },
  'member.joined': { shape: v.looseObject({ name: text(200), invite: bytes(32), proof: bytes(64) }) },
  'member.changed': {
    shape: v.looseObject({
      author: hash,
      role: word,
      asOf: v.looseObject({ seq: v.pipe(v.number(), v.safeInteger(), v.minValue(-1)), hash: bytes(32) }),
    }),
    vocabulary: v.looseObject({ role: v.picklist([...ROLES, 'none']) }),
  },
  'queue.ordered': { shape: v.looseObject({ strategy: word, chunk: hash }) },
  'predictions.published': { shape: v.looseObject({ model: word, chunk: hash }) },
  'annotation.submitted': {
    shape: v.looseObject({ item, values, schema: count, leadMs: count, from: word, note: v.optional(text(MAX_TEXT)) }),
    vocabulary: v.looseObject({
      values: knownValues,
      from: v.picklist(['person', 'prediction', 'import', 'bulk', 'undo']),
    }),
  },
  'annotation.withdrawn': { shape: v.looseObject({ item }) },
  'item.skipped': { shape: v.looseObject({ item, leadMs: count }) },
  'item.flagged': { shape: v.looseObject({ item, reason: text(MAX_TEXT) }) },
  'comment.added': { shape: v.looseObject({ item, text: text(MAX_TEXT) }) },
  'review.decided': {
    shape: v.looseObject({ item, verdict: word }),
    vocabulary: v.looseObject({ verdict: v.picklist(['accepted', 'rejected', 'none']) }),
  },
  'item.resolved': {
    shape: v.looseObject({ item, values: v.nullable(values) }),
    vocabulary: v.looseObject({ values: v.nullable(knownValues) }),
  },
};

/**
 * Reads one event as it was decoded from a commit.
 *
 * @returns null where it is malformed, so that its commit is refused
 */
export function readEvent(raw: unknown): LogEvent | null {
  if (typeof raw !== 'object' || raw === null) return null;
  const { type } = raw as { readonly type?: unknown };
  if (typeof type !== 'string') return null;
  const known = Object.hasOwn(schemas, type) ? schemas[type as KnownEvent['type']] : undefined;
  if (known === undefined) return { type: `unknown:${type}`, raw };
  if (!v.is(known.shape, raw)) return null;
  if (known.vocabulary !== undefined && !v.is(known.vocabulary, raw)) return { type: `unknown:${type}`, raw };
  return raw as KnownEvent;
}

/** The event as it stands in a commit; the inverse of {@link readEvent}. */
export const wireEvent = (event: LogEvent): unknown => (isUnknown(event) ? event.raw : event);

export const isUnknown = (event: LogEvent): event is UnknownEvent => event.type.startsWith('unknown:');
