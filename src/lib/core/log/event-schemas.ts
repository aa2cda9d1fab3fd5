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
import { fieldKinds, isFieldValue } from '../fields/registry';
import type { FieldValue } from '../model/annotation';
import { ROLES } from '../model/project';
import { MAX_FIELDS } from '../model/schema-limits';
import { fieldBase, isMap, knownField, mapOf, schemaOf } from '../model/schema-shape';
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

const map = v.custom<Readonly<Record<string, unknown>>>(isMap);

const MAX_LIST = 10_000;
/** UTF-16 code units of a note, comment or reason. */
export const MAX_TEXT = 10_000;
/** The same, of whom an invite is for. */
export const MAX_NOTE = 2_000;
/** Characters of a name. */
export const MAX_NAME = 200;

/** Members whom one event seals a key to. */
const MAX_KEYS = 1_000;
const sealedKey = v.looseObject({ author: hash, ephemeral: bytes(65), wrapped: bytes(48) });
/** Bytes of what is sealed: a commit has room for more. */
const MAX_SEALED = 1 << 20;
const sealedContent = v.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length <= MAX_SEALED);

/** Values of the kinds of fields that this version knows. */
const values = mapOf<FieldValue>(isFieldValue, MAX_FIELDS);
const anyValues = mapOf((_value): _value is unknown => true, MAX_FIELDS);

const KNOWN_KINDS = Object.keys(fieldKinds);
/** A field of a kind that this version knows, or of any other kind. */
const anyField = v.union([knownField, v.looseObject({ ...fieldBase, kind: v.pipe(word, v.notValues(KNOWN_KINDS)) })]);

const settings = v.pipe(
  map,
  v.partial(
    v.looseObject({
      name: text(MAX_NAME),
      minAnnotators: v.pipe(count, v.minValue(1), v.maxValue(1000)),
      agreementThreshold: share,
      reviewGate: v.boolean(),
      quality: v.looseObject({
        truth: word,
        coefficient: word,
        warnBelow: share,
        warnEvery: v.pipe(count, v.minValue(1)),
        lowConfidence: share,
      }),
      workflow: v.looseObject({
        overlap: share,
        furtherAnnotators: v.pipe(count, v.maxValue(1000)),
        peerReview: share,
        review: share,
        hideNames: v.boolean(),
      }),
      gold: v.looseObject({
        rate: share,
        bar: share,
        least: v.pipe(count, v.minValue(1)),
        again: share,
        practice: count,
        feedback: v.boolean(),
      }),
      submitOnChoice: v.boolean(),
      autoFlagLowConfidence: v.boolean(),
      learning: v.looseObject({
        enabled: v.boolean(),
        strategy: word,
        checkpoint: text(2000),
        batchSize: v.pipe(count, v.minValue(1)),
        retrainEvery: v.pipe(count, v.minValue(1)),
      }),
      export: v.looseObject({ format: text(200), outputDir: text(2000), trainShare: v.nullable(share) }),
      meeting: v.looseObject({
        servers: list(text(2000), 20),
        ice: list(
          v.looseObject({
            urls: list(text(2000), 20),
            username: v.optional(text(2000)),
            credential: v.optional(text(2000)),
          }),
          20,
        ),
      }),
    }),
  ),
);

interface EventSchema {
  /** The event as this version understands it. */
  readonly known: v.GenericSchema;
  /** The same with room for what newer versions may say in it. */
  readonly shape?: v.GenericSchema;
}

const event = (known: v.ObjectEntries, newer?: v.ObjectEntries): EventSchema => ({
  known: v.looseObject(known),
  ...(newer && { shape: v.looseObject({ ...known, ...newer }) }),
});

const schemas: Readonly<Record<KnownEvent['type'], EventSchema>> = {
  'project.founded': event(
    { version: v.literal(1), name: text(MAX_NAME), founder: text(MAX_NAME), recovery: bytes(32), nonce: bytes(16) },
    { version: count },
  ),
  'owner.added': event({ author: hash, name: text(MAX_NAME), proof: v.optional(bytes(64)) }),
  'settings.changed': event({ settings }),
  'schema.changed': event({ schema: schemaOf(knownField) }, { schema: schemaOf(anyField) }),
  'items.added': event({ chunk: hash, count }),
  'items.removed': event({ items: list(item, MAX_LIST) }),
  'invite.issued': event(
    {
      invite: bytes(32),
      role: v.picklist(ROLES.filter((role) => role !== 'owner')),
      expires: count,
      note: text(MAX_NOTE),
    },
    { role: word },
  ),
  'invite.withdrawn': event({ invite: bytes(32), admitted: list(hash, MAX_LIST) }),
  'member.joined': event({ name: text(MAX_NAME), invite: bytes(32), proof: bytes(64) }),
  'member.changed': event(
    {
      author: hash,
      role: v.picklist([...ROLES, 'none']),
      asOf: v.looseObject({ seq: v.pipe(v.number(), v.safeInteger(), v.minValue(-1)), hash: bytes(32) }),
    },
    { role: word },
  ),
  'key.published': event({ key: bytes(65) }),
  'gold.set': event({ sealed: sealedContent, keys: list(sealedKey, MAX_KEYS) }),
  'gold.shared': event({ of: hash, keys: list(sealedKey, MAX_KEYS) }),
  'gold.disclosed': event(
    { answers: list(v.looseObject({ item, values, why: text(MAX_TEXT) }), MAX_LIST) },
    { answers: list(v.looseObject({ item, values: anyValues, why: text(MAX_TEXT) }), MAX_LIST) },
  ),
  'items.dealt': event({ purpose: v.picklist(['probe', 'practice']), items: list(item, MAX_LIST) }, { purpose: word }),
  'member.paused': event({ author: hash, reason: text(MAX_TEXT) }),
  'snapshot.taken': event({
    name: text(MAX_NAME),
    heads: list(v.looseObject({ author: hash, length: count, hash: bytes(32) }), MAX_LIST),
  }),
  'queue.ordered': event({ strategy: word, chunk: hash }),
  'predictions.published': event({ model: word, chunk: hash }),
  'annotation.submitted': event(
    {
      item,
      values,
      schema: count,
      leadMs: count,
      from: v.picklist(['person', 'prediction', 'import', 'bulk', 'again', 'undo']),
      note: v.optional(text(MAX_TEXT)),
    },
    { values: anyValues, from: word },
  ),
  'annotation.withdrawn': event({ item }),
  'item.skipped': event({ item, leadMs: count }),
  'item.flagged': event({ item, reason: text(MAX_TEXT) }),
  'comment.added': event({ item, text: text(MAX_TEXT) }),
  'review.decided': event({ item, verdict: v.picklist(['accepted', 'rejected', 'none']) }, { verdict: word }),
  'item.resolved': event({ item, values: v.nullable(values) }, { values: v.nullable(anyValues) }),
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
  if (!Object.hasOwn(schemas, type)) return { type: `unknown:${type}`, raw };
  const { known, shape } = schemas[type as KnownEvent['type']];
  if (v.is(known, raw)) return raw as KnownEvent;
  return shape !== undefined && v.is(shape, raw) ? { type: `unknown:${type}`, raw } : null;
}

/** The event as it stands in a commit; the inverse of {@link readEvent}. */
export const wireEvent = (event: LogEvent): unknown => (isUnknown(event) ? event.raw : event);

const isUnknown = (event: LogEvent): event is UnknownEvent => event.type.startsWith('unknown:');
