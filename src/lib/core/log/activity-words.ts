import { describeValues } from '../fields/describe';
import { projectValues } from '../fields/values';
import type { Values } from '../model/annotation';
import type { AuthorId } from '../model/ids';
import type { Settings } from '../model/project';
import type { Schema } from '../model/schema';
import type { ItemEvent, KnownEvent, LogEvent } from './events';

/** What an author did, to be read after their name: where it is about an item, the item's name stands between the two. */
export interface ActivityWords {
  readonly before: string;
  /** '' or with the space or mark that it begins with. */
  readonly after: string;
}

/** What the words of an event take from the project. */
export interface ActivityContext {
  readonly author: AuthorId;
  /** That answers are read under. */
  readonly schema: Schema;
  /** A member's name; '' where it is not known. */
  readonly name: (author: AuthorId) => string;
}

/** An event in words. */
export function activityWords(event: LogEvent, context: ActivityContext): ActivityWords {
  if (isUnknown(event)) return whole(`did something that this version does not know (${event.type.slice(8, 60)})`);
  switch (event.type) {
    case 'annotation.submitted': {
      const answer = described(event.values, context);
      const note = event.note === undefined ? '' : `, and noted ${quoted(event.note)}`;
      return { before: SUBMITTED.get(event.from) ?? 'labelled', after: ` as ${answer}${note}` };
    }
    case 'annotation.withdrawn':
      return { before: 'took back their answer to', after: '' };
    case 'item.skipped':
      return { before: 'skipped', after: '' };
    case 'item.flagged':
      if (event.reason === '') return { before: 'took back their flag of', after: '' };
      return { before: 'flagged', after: `: ${quoted(event.reason)}` };
    case 'comment.added':
      return { before: 'commented on', after: `: ${quoted(event.text)}` };
    case 'review.decided':
      return { before: REVIEWED[event.verdict], after: '' };
    case 'item.resolved':
      if (event.values === null) return { before: 'took back what was decided of', after: '' };
      return { before: 'decided that', after: ` is ${described(event.values, context)}` };
    default:
      return whole(controlWords(event, context));
  }
}

/** Several events of one type in one commit, in words. */
export function foldedWords(type: ItemEvent['type'], count: number): ActivityWords {
  const items = inItems(count);
  switch (type) {
    case 'annotation.submitted':
      return whole(`labelled ${items}`);
    case 'annotation.withdrawn':
      return whole(`took back their answers to ${items}`);
    case 'item.skipped':
      return whole(`skipped ${items}`);
    case 'item.flagged':
      return whole(`set or took back flags of ${items}`);
    case 'comment.added':
      return whole(`commented ${count.toLocaleString('en')} times`);
    case 'review.decided':
      return whole(`reviewed ${items}`);
    case 'item.resolved':
      return whole(`decided what ${items} are`);
  }
}

/** By what the answer came from; older projects have other words for it. */
const SUBMITTED: ReadonlyMap<string, string> = new Map([
  ['prediction', 'accepted the proposal for'],
  ['import', 'brought in a label for'],
]);

const REVIEWED = { accepted: 'accepted', rejected: 'rejected', none: 'took back their review of' } as const;

function controlWords(event: Exclude<KnownEvent, ItemEvent>, { author, name }: ActivityContext): string {
  const member = (other: AuthorId): string => name(other) || `somebody (${other.slice(0, 6)})`;
  switch (event.type) {
    case 'project.founded':
      return `founded the project ${quoted(event.name)}`;
    case 'owner.added':
      if (event.author !== author) return `made ${member(event.author)} an owner`;
      return event.proof ? 'became an owner by the recovery code' : `goes by the name ${quoted(event.name)}`;
    case 'settings.changed':
      return settingsWords(event.settings);
    case 'schema.changed':
      return schemaWords(event.schema);
    case 'items.added':
      return `added ${inItems(event.count)}`;
    case 'items.removed':
      return `removed ${inItems(event.items.length)}`;
    case 'invite.issued':
      return `made an invite for ${withArticle(event.role)}${event.note === '' ? '' : ` (${shortened(event.note)})`}`;
    case 'invite.withdrawn':
      return `withdrew an invite, by which ${inPeople(event.admitted.length)} had joined`;
    case 'member.joined':
      return `joined as ${quoted(event.name)}`;
    case 'member.changed':
      return `${event.role === 'none' ? `removed ${member(event.author)}` : `made ${member(event.author)} ${withArticle(event.role)}`}${event.asOf.seq < 0 ? ', from their beginning on' : ''}`;
    case 'key.published':
      return 'published a key that answers can be sealed to them with';
    case 'gold.set':
      return 'set known answers, which only owners and reviewers can read';
    case 'gold.shared':
      return `let ${inPeople(event.keys.length)} read the known answers`;
    case 'gold.disclosed':
      return `disclosed the known answers to ${inItems(event.answers.length)}`;
    case 'items.dealt':
      return `asked everybody ${inItems(event.items.length)}${event.purpose === 'practice' ? ' to practise on' : ''}`;
    case 'member.paused':
      return event.reason === ''
        ? `let ${member(event.author)} go on`
        : `paused ${member(event.author)}: ${quoted(event.reason)}`;
    case 'snapshot.taken':
      return `took the snapshot ${quoted(event.name)}`;
    case 'queue.ordered':
      return `ordered what is asked next, by ${shortened(event.strategy)}`;
    case 'predictions.published':
      return `published proposals of ${shortened(event.model)}`;
  }
}

function settingsWords(settings: Partial<Settings>): string {
  const known = Object.keys(SETTINGS).filter((key) => Object.hasOwn(settings, key));
  const others = Object.keys(settings).filter((key) => !Object.hasOwn(SETTINGS, key));
  const changes = [
    ...known.map((key) =>
      (SETTINGS[key as keyof Settings] as (value: unknown) => string)(settings[key as keyof Settings]),
    ),
    ...others.map((key) => `changed ${shortened(key)}`),
  ];
  return inList(changes.length === 0 ? ['changed no setting'] : changes);
}

/** What was set, by the setting. */
const SETTINGS: { readonly [K in keyof Settings]: (value: Settings[K]) => string } = {
  name: (name) => `named the project ${quoted(name)}`,
  minAnnotators: (count) => `asked for ${count === 1 ? 'one annotation' : `${count} annotations`} of each item`,
  agreementThreshold: (share) => `set the agreement that is asked for to ${Math.round(share * 100)} %`,
  reviewGate: (isOn) => (isOn ? 'let agreed items wait for a review' : 'let agreed items be complete without a review'),
  quality: () => 'changed how agreement and consensus are computed',
  workflow: () => 'changed who labels and reviews what',
  gold: ({ rate }) => `let ${Number((rate * 100).toFixed(1))} % of what is dealt be items that everybody is asked`,
  submitOnChoice: (isOn) => (isOn ? 'let choosing a class submit' : 'let choosing a class not submit'),
  autoFlagLowConfidence: (isOn) => (isOn ? 'let unsure items be flagged' : 'let unsure items not be flagged'),
  learning: ({ enabled }) =>
    enabled ? 'let a model choose what is asked next' : 'let no model choose what is asked next',
  export: () => 'changed what an export begins with',
  meeting: ({ servers }) =>
    servers.length === 0 ? 'set no meeting server' : `set the meeting servers ${inList(servers.map(shortened))}`,
};

function schemaWords({ fields }: Schema): string {
  const questions = fields.map(({ name, classes }) => {
    const count = classes.length === 1 ? 'one class' : `${classes.length.toLocaleString('en')} classes`;
    return `${quoted(name)} with ${count}`;
  });
  return questions.length === 0 ? 'took all questions away' : `changed the questions: ${inList(questions)}`;
}

/** Values from elsewhere are read as those of the schema, which may know nothing of them. */
function described(values: Values, { schema }: ActivityContext): string {
  return shortened(describeValues(projectValues(values, schema), schema)) || 'none of the classes';
}

const isUnknown = (event: LogEvent): event is Exclude<LogEvent, KnownEvent> => event.type.startsWith('unknown:');

const whole = (before: string): ActivityWords => ({ before, after: '' });

const inItems = (count: number): string => (count === 1 ? '1 item' : `${count.toLocaleString('en')} items`);

const inPeople = (count: number): string =>
  count === 0 ? 'nobody' : count === 1 ? '1 person' : `${count.toLocaleString('en')} people`;

const withArticle = (role: string): string => `${/^[aeiou]/.test(role) ? 'an' : 'a'} ${role}`;

const inList = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)!}`;

/** Code points of a text that somebody typed. */
const SHOWN = 200;

function shortened(text: string): string {
  const points = Array.from(text.slice(0, 2 * SHOWN + 2));
  return points.length > SHOWN ? `${points.slice(0, SHOWN).join('')}…` : text;
}

const quoted = (text: string): string => `“${shortened(text)}”`;
