import { afterEach, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type WorkflowSettings } from '#core/model/project';
import { comment, decide, resolve } from '#workers/project/review/decide';
import { feedbackOn } from '#workers/project/review/feedback';
import { reviewQueue } from '#workers/project/review/queue';
import type { ReviewFilter } from '#workers/project/review/api';
import type { Session } from '#workers/project/session';
import { value } from '../support/devices';
import { ratedTable } from '../support/rated-projection';
import { itemOf, label, team } from '../support/team';

const NO_SUSPECTS = { suspects: new Map() };
const filter = (changed: Partial<ReviewFilter>): ReviewFilter => ({
  ...{ which: 'waiting', authors: [], classes: null },
  ...changed,
});
const workflow = (changed: Partial<WorkflowSettings>): WorkflowSettings => ({
  ...{ ...DEFAULT_SETTINGS.workflow, review: 0, furtherAnnotators: 0 },
  ...changed,
});

describe('the queue', () => {
  const rows = ['a a b', 'a a a', 'b b .', 'c a b', 'a . .'];
  const queue = (which: Partial<ReviewFilter>, settings: Partial<WorkflowSettings> = {}) => {
    const { projection, authors } = ratedTable(['a', 'b', 'c'], rows, { workflow: workflow(settings) });
    const found = (isExpert: boolean, as: number) =>
      Array.from(reviewQueue(projection, NO_SUSPECTS, filter(which), { author: authors[as]!, isExpert }), (row) =>
        projection.position(row),
      );
    return { expert: () => found(true, 0), peer: (n: number) => found(false, n), authors };
  };

  it('holds what is disputed, the most different answers first', () => {
    // Pairs that agree: 1 of 3 in the first row, 0 of 3 in the fourth.
    expect(queue({ which: 'disputed' }).expert()).toEqual([3, 0]);
    expect(queue({}).expert()).toEqual([3, 0]);
  });

  it('leaves a disputed item to one more annotator while there is any who has not answered it', () => {
    // All three answered the first and the fourth.
    expect(queue({}, { furtherAnnotators: 1 }).expert()).toEqual([3, 0]);
    const { projection, authors } = ratedTable(['a', 'b'], ['a b .', 'a b b'], {
      workflow: workflow({ furtherAnnotators: 2 }),
    });
    const reviewer = { author: authors[0]!, isExpert: true };
    const found = reviewQueue(projection, NO_SUSPECTS, filter({}), reviewer);
    expect(Array.from(found, (row) => projection.position(row))).toEqual([1]);
  });

  it('gives peers what they did not annotate', () => {
    const by = queue({}, { peerReview: 1 });
    expect(by.expert()).toEqual([3, 0]);
    expect([by.peer(1), by.peer(3)]).toEqual([[], [2]]);
  });

  it('holds where two people, or two classes, differ', () => {
    const { authors } = queue({});
    expect(queue({ which: 'disagreed' }).expert()).toEqual([3, 0]);
    expect(queue({ which: 'disagreed', authors: [authors[1]!, authors[2]!] }).expert()).toEqual([3]);
    expect(queue({ which: 'annotated', authors: [authors[3]!] }).expert()).toEqual([0, 1, 3]);
    const between = (a: string, b: string) => ({ which: 'annotated', classes: { field: 'label', a, b } }) as const;
    expect(queue(between('a', 'b')).expert()).toEqual([0, 3]);
    expect(queue(between('c', 'c')).expert()).toEqual([3]);
    expect(queue(between('b', 'b')).expert()).toEqual([0, 2, 3]);
  });
});

describe('a decision', () => {
  const sessions: Session[] = [];
  afterEach(async () => {
    for (const session of sessions.splice(0)) await session.close();
  });

  /** The founder's own project, in which they label the first item. */
  const begun = async () => {
    const { sessions: opened } = await team(0);
    sessions.push(...opened);
    const [session] = opened as [Session];
    expect(await label(session, 0, 'x')).toBe('');
    const item = itemOf(0);
    const row = session.projection.find(item);
    const now = () => [session.projection.status(row), session.projection.stage(row)];
    return { session, item, row, now };
  };

  it('is taken back exactly, and done again', async () => {
    const { session, item, now } = await begun();
    value(await session.changeSettings({ reviewGate: true }));
    const states = [now()];
    value(await decide(session, item, 'accepted', ''));
    states.push(now());
    value(await decide(session, item, 'rejected', 'Look again.'));
    states.push(now());
    value(await resolve(session, item, { label: ['y'] }));
    states.push(now());
    expect(states).toEqual([
      ['in-review', 'expert-gated'],
      ['completed', 'done'],
      ['in-progress', 'again'],
      ['completed', 'done'],
    ]);
    for (const before of states.slice(0, -1).reverse()) {
      await session.undo();
      expect(now()).toEqual(before);
    }
    for (const after of states.slice(1)) {
      await session.redo();
      expect(now()).toEqual(after);
    }
  });

  it('that accepts lapses when an answer changes, and holds again when that is taken back', async () => {
    const { session, item, now } = await begun();
    value(await session.changeSettings({ reviewGate: true }));
    value(await decide(session, item, 'accepted', ''));
    await label(session, 0, 'y');
    expect(now()).toEqual(['in-review', 'expert-gated']);
    await session.undo();
    expect(now()).toEqual(['completed', 'done']);
  });

  it('that rejects asks whoever annotated it once more, and then a reviewer', async () => {
    const { session, item, row, now } = await begun();
    value(await decide(session, item, 'rejected', 'Look again.'));
    const { projection, author } = session;
    expect([projection.isOpen(row), projection.sentBackTo(author)]).toEqual([true, [row]]);
    // Also whoever is alone may send back their own.
    expect(feedbackOn(projection, row, author)).toMatchObject({ isSentBack: true, rounds: 1, text: 'Look again.' });
    await label(session, 0, 'x');
    expect(now()).toEqual(['in-review', 'expert-reworked']);
    expect(projection.isOpen(row)).toBe(false);
  });

  it('is refused on what is not there, and where it is too long', async () => {
    const { session, item } = await begun();
    const codes = await Promise.all([
      decide(session, itemOf(99), 'accepted', ''),
      resolve(session, itemOf(99), { label: ['x'] }),
      resolve(session, item, { label: ['unheard of'] }),
      comment(session, item, 'x'.repeat(10_001)),
      comment(session, itemOf(99), 'x'),
    ]);
    expect(codes.map((told) => (told.ok ? '' : told.error.code))).toEqual([
      'item.unknown',
      'item.unknown',
      expect.any(String),
      'text.too-long',
      'item.unknown',
    ]);
    expect(codes[2].ok).toBe(false);
  });
});
