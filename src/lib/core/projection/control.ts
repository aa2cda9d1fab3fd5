import type { ControlEvent, DisclosedAnswer } from '../log/events';
import type { AuthorId, FieldId, Hash, ItemId } from '../model/ids';
import { DEFAULT_SETTINGS, type Settings } from '../model/project';
import { EMPTY_SCHEMA, type Field, type Schema } from '../model/schema';

/** An event about the whole project, with its place in the canonical order. */
export interface ControlFact {
  readonly author: AuthorId;
  readonly seq: number;
  /** Place within its commit. */
  readonly index: number;
  readonly lamport: number;
  readonly time: number;
  readonly event: ControlEvent;
}

/** The canonical order of facts by different authors: (lamport, author, seq, index). */
export function compareFacts(a: ControlFact, b: ControlFact): number {
  return (
    a.lamport - b.lamport || (a.author < b.author ? -1 : a.author > b.author ? 1 : a.seq - b.seq || a.index - b.index)
  );
}

export interface ControlState {
  readonly schema: Schema;
  /** Fields that the schema had once and has no more, each as it was last; the last removed comes last. */
  readonly removedFields: readonly Field[];
  readonly settings: Settings;
  /** Announced item chunks in canonical order, each once; and what was removed, by the fact that did it. */
  readonly chunks: readonly { readonly hash: Hash; readonly fact: ControlFact }[];
  readonly removals: readonly { readonly items: readonly string[]; readonly fact: ControlFact }[];
  readonly publications: readonly { readonly hash: Hash; readonly model: string; readonly fact: ControlFact }[];
  readonly names: ReadonlyMap<AuthorId, string>;
  /** What others encrypt to each author with. */
  readonly keys: ReadonlyMap<AuthorId, Uint8Array>;
  /** `gold.set` and `gold.shared`, in canonical order. */
  readonly gold: readonly ControlFact[];
  readonly disclosed: ReadonlyMap<ItemId, DisclosedAnswer>;
  /** Items that everybody is asked, each once, in the order in which they were dealt. */
  readonly dealt: Readonly<Record<'probe' | 'practice', readonly ItemId[]>>;
  /** Who is paused, and why. */
  readonly paused: ReadonlyMap<AuthorId, string>;
  /** `snapshot.taken`, in canonical order. */
  readonly snapshots: readonly ControlFact[];
}

/** What the facts, given in canonical order, amount to. */
export function controlState(facts: readonly ControlFact[]): ControlState {
  let schema = EMPTY_SCHEMA;
  const removedFields = new Map<FieldId, Field>();
  let settings = DEFAULT_SETTINGS;
  const chunks = new Map<Hash, ControlFact>();
  const publications = new Map<Hash, { model: string; fact: ControlFact }>();
  const removals: { items: readonly string[]; fact: ControlFact }[] = [];
  const names = new Map<AuthorId, string>();
  const keys = new Map<AuthorId, Uint8Array>();
  const gold: ControlFact[] = [];
  const disclosed = new Map<ItemId, DisclosedAnswer>();
  const dealt = { probe: new Set<ItemId>(), practice: new Set<ItemId>() };
  const paused = new Map<AuthorId, string>();
  const snapshots: ControlFact[] = [];
  for (const fact of facts) {
    const event = fact.event;
    switch (event.type) {
      case 'project.founded':
        settings = { ...settings, name: event.name };
        names.set(fact.author, event.founder);
        break;
      case 'member.joined':
        names.set(fact.author, event.name);
        break;
      case 'owner.added':
        names.set(event.author, event.name);
        break;
      case 'settings.changed':
        settings = { ...settings, ...event.settings };
        break;
      case 'schema.changed':
        for (const field of schema.fields) removedFields.set(field.id, field);
        schema = event.schema;
        for (const { id } of schema.fields) removedFields.delete(id);
        break;
      case 'items.added':
        if (!chunks.has(event.chunk)) chunks.set(event.chunk, fact);
        break;
      case 'items.removed':
        removals.push({ items: event.items, fact });
        break;
      case 'predictions.published':
        publications.set(event.chunk, { model: event.model, fact });
        break;
      case 'key.published':
        keys.set(fact.author, event.key);
        break;
      case 'gold.set':
      case 'gold.shared':
        gold.push(fact);
        break;
      case 'gold.disclosed':
        for (const answer of event.answers) disclosed.set(answer.item, answer);
        break;
      case 'items.dealt':
        for (const item of event.items) dealt[event.purpose].add(item);
        break;
      case 'member.paused':
        if (event.reason === '') paused.delete(event.author);
        else paused.set(event.author, event.reason);
        break;
      case 'snapshot.taken':
        snapshots.push(fact);
        break;
      case 'invite.issued':
      case 'invite.withdrawn':
      case 'member.changed':
      case 'queue.ordered':
        break;
    }
  }
  return {
    schema,
    removedFields: [...removedFields.values()],
    settings,
    chunks: [...chunks].map(([hash, fact]) => ({ hash, fact })),
    removals,
    publications: [...publications].map(([hash, { model, fact }]) => ({ hash, model, fact })),
    names,
    keys,
    gold,
    disclosed,
    dealt: { probe: [...dealt.probe], practice: [...dealt.practice] },
    paused,
    snapshots,
  };
}
