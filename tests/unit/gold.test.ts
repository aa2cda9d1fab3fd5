import { afterEach, describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS, type GoldSettings, type Role } from '#core/model/project';
import { ANNOTATION } from '#core/projection/answers';
import { isBelowBar, isRight } from '#core/workflow/gold-answers';
import { practiceLeft, practiceOf } from '#core/workflow/gold-practice';
import type { PresentMember } from '#workers/project/api';
import { discloseGold } from '#workers/project/gold/disclose';
import type { Gold } from '#workers/project/gold/gold';
import { pauseMember } from '#workers/project/gold/pause';
import { resolvedAnswers, setGold } from '#workers/project/gold/set-gold';
import { standingOf } from '#workers/project/gold/standing';
import { goldView } from '#workers/project/gold/view';
import { history, itemView, walk } from '#workers/project/item-views';
import { changeMember } from '#workers/project/people/members';
import type { Session } from '#workers/project/session';
import { value } from '../support/devices';
import { goldOn } from '../support/gold-device';
import { meetAll } from '../support/passing-on';
import { SCHEMA } from '../support/schema';
import { itemOf, label, shareItems, team } from '../support/team';

const golds: Gold[] = [];
const open: Session[] = [];
afterEach(async () => {
  for (const gold of golds.splice(0)) gold.close();
  for (const session of open.splice(0)) await session.close();
});

/** A team that has met and has its items, with the gold of each device. */
async function goldTeam(
  roles: readonly Exclude<Role, 'owner' | 'viewer'>[],
  settings: Partial<GoldSettings>,
  items = 40,
) {
  const present: PresentMember[] = [];
  const made = await team(roles.length, 'annotator', items);
  const [owner, ...guests] = made.sessions as [Session, ...Session[]];
  const gold = { ...DEFAULT_SETTINGS.gold, ...settings };
  // What is reviewed is drawn by the authors' keys, which are others in each run.
  const workflow = { ...DEFAULT_SETTINGS.workflow, review: 0 };
  value(await owner.changeSettings({ gold, workflow }));
  await meetAll(made.sessions);
  for (const [at, role] of roles.entries())
    if (role !== 'annotator') value(await changeMember(owner, guests[at]!.author, { role, work: 'kept' }));
  await meetAll(made.sessions);
  await shareItems(made.sessions);
  open.push(...made.sessions);
  for (const [at, device] of made.devices.entries())
    golds.push(
      await goldOn(device, made.sessions[at]!, () =>
        present.filter(({ author }) => author !== made.sessions[at]!.author),
      ),
    );
  return { ...made, owner, guests, golds: [...golds], present };
}

const known = (item: number, choice: string) => ({ item: itemOf(item), values: { label: [choice] } });
const present = ({ author, role }: Session): PresentMember => {
  return { author, name: '', role: role === 'none' ? 'viewer' : role, item: null, isActive: true };
};
const pauses = ({ projection }: Session) => projection.facts.filter(({ event }) => event.type === 'member.paused');

describe('known answers', () => {
  test('an owner sets them; a reviewer reads them, an annotator does not; one who becomes a reviewer later does', async () => {
    const { golds, owner, guests, sessions, present: there } = await goldTeam(['reviewer', 'annotator'], {});
    const [gold, reviewer, annotator] = golds as [Gold, Gold, Gold];
    there.push(present(owner), present(guests[0]!));
    await reviewer.look(0);
    await meetAll(sessions);
    value(await setGold(gold, [known(0, 'x'), known(1, 'y')]));
    await meetAll(sessions);
    for (const each of golds) await each.look(0);
    const read = (of: Gold) => [...of.answers].map(([row, values]) => [of.session.projection.id(row), values]);
    const all = [
      [itemOf(0), { label: ['x'] }],
      [itemOf(1), { label: ['y'] }],
    ];
    expect([read(gold), read(reviewer), read(annotator)]).toEqual([all, all, []]);
    expect([gold.isReadable, reviewer.isReadable, annotator.isReadable]).toEqual([true, true, false]);

    value(await changeMember(owner, guests[1]!.author, { role: 'reviewer', work: 'kept' }));
    for (let round = 0; round < 3; round++) {
      await meetAll(sessions);
      for (const each of golds) await each.look(20_000 * round);
    }
    expect([read(annotator), annotator.isReadable]).toEqual([all, true]);
    const shares = owner.projection.facts.filter(({ event }) => event.type === 'gold.shared');
    expect(shares).toHaveLength(1);
  }, 30_000);

  test('are dealt to everybody with as many others; taking them back, undoing and doing it again', async () => {
    const { golds, owner } = await goldTeam([], {});
    const [gold] = golds as [Gold];
    value(await setGold(gold, [known(0, 'x'), known(1, 'y'), known(2, 'z')]));
    const { probe } = owner.projection.control.dealt;
    expect(probe).toHaveLength(6);
    expect([0, 1, 2].every((item) => probe.includes(itemOf(item)))).toBe(true);
    const items = () => [...gold.answers.keys()].map((row) => owner.projection.id(row));
    value(await setGold(gold, [{ item: itemOf(1), values: null }]));
    expect(items()).toEqual([itemOf(0), itemOf(2)]);
    value(await owner.undo());
    await gold.look(0);
    expect(items()).toEqual([itemOf(0), itemOf(2), itemOf(1)]);
    value(await owner.undo());
    await gold.look(0);
    expect(items()).toEqual([]);
    value(await owner.redo());
    await gold.look(0);
    expect(items()).toEqual([itemOf(0), itemOf(1), itemOf(2)]);
    expect(owner.projection.control.dealt.probe).toHaveLength(6);
  });

  test('set one after the other, there are as many decoys as known answers, whatever was a decoy before', async () => {
    const { golds, owner } = await goldTeam([], {}, 12);
    const [gold] = golds as [Gold];
    for (let item = 0; item < 6; item++) value(await setGold(gold, [known(item, 'x')]));
    const { probe } = owner.projection.control.dealt;
    expect(new Set(probe).size).toBe(12);
    expect([0, 1, 2, 3, 4, 5].every((item) => probe.includes(itemOf(item)))).toBe(true);
  });

  test('every resolved item can become gold; nothing of it stands in the log in clear', async () => {
    const { golds, owner } = await goldTeam([], {});
    const [gold] = golds as [Gold];
    value(
      await owner.perform(() => {
        const events = [3, 4].map(
          (item) => ({ type: 'item.resolved', item: itemOf(item), values: { label: ['z'] } }) as const,
        );
        return { ok: true, value: { item: null, what: 'resolve', events, inverse: [] } };
      }),
    );
    expect(resolvedAnswers(gold)).toEqual([known(3, 'z'), known(4, 'z')]);
    value(await setGold(gold, resolvedAnswers(gold)));
    expect(resolvedAnswers(gold)).toEqual([]);
    const [set] = owner.projection.control.gold;
    const { event } = set!;
    if (event.type !== 'gold.set') throw new Error('not gold');
    expect(event.sealed.length).toBe(12 + 4_096 + 16);
    expect(new TextDecoder('latin1').decode(event.sealed)).not.toContain(itemOf(3));
  });

  test('an item that is none, a class that is none, and whoever is no reviewer', async () => {
    const { golds } = await goldTeam(['annotator'], {});
    const [gold, annotator] = golds as [Gold, Gold];
    const code = async (of: Gold, answers: Parameters<typeof setGold>[1]) => {
      const set = await setGold(of, answers);
      return set.ok ? '' : set.error.code;
    };
    expect(await code(gold, [{ item: itemOf(900), values: { label: ['x'] } }])).toBe('item.unknown');
    expect(await code(gold, [known(0, 'nobody')])).toBe('value.invalid');
    expect(await code(annotator, [known(0, 'x')])).toBe('role.lacking');
    const told = await discloseGold(gold, [{ item: itemOf(0), why: '' }], 'practise');
    expect(told.ok ? '' : told.error.code).toBe('gold.unknown');
  });
});

describe('the bar', () => {
  test.each<[right: number, of: number, bar: number, least: number, isBelow: boolean]>([
    // Upper ends of the interval by inverting the score test, which is how Wilson defines it, with a bisection.
    [0, 5, 0.7, 5, true], // 0.4345
    [1, 5, 0.7, 5, true], // 0.6245
    [2, 5, 0.7, 5, false], // 0.7693
    [3, 5, 0.7, 5, false], // 0.8824
    [10, 20, 0.7, 5, false], // 0.7007
    [9, 20, 0.7, 5, true], // 0.6579
    [0, 4, 0.7, 5, false], // too few
    [0, 0, 0.7, 1, false],
    [55, 100, 0.7, 5, true], // 0.6439
  ])('%i of %i right at a bar of %f after %i', (right, of, bar, least, isBelow) => {
    expect(isBelowBar({ right, of }, { bar, least })).toBe(isBelow);
  });

  test('what is right follows the kinds of the questions', () => {
    const choice = { ...SCHEMA.fields[0]!, id: 'kind', multiple: false } as (typeof SCHEMA.fields)[number];
    const schema = { ...SCHEMA, fields: [...SCHEMA.fields, choice] };
    const right = (answer: object, gold: object, threshold = 0.75) =>
      isRight(answer as never, gold as never, schema, threshold);
    expect(right({ label: ['x'] }, { label: ['x'] })).toBe(true);
    // Jaccard 1/2.
    expect(right({ label: ['x', 'y'] }, { label: ['x'] })).toBe(false);
    expect(right({ label: ['x', 'y'] }, { label: ['x'] }, 0.5)).toBe(true);
    // A single choice is not made up for by another question, and what is not known is not asked.
    expect(right({ label: ['x'], kind: ['y'] }, { label: ['x'], kind: ['x'] }, 0)).toBe(false);
    expect(right({ label: ['x'], kind: ['y'] }, { label: ['x'] })).toBe(true);
    expect(right({}, { label: ['x'] })).toBe(false);
  });

  test('who falls below it is paused once, although two look; they are told, label nothing, and are let go on', async () => {
    const { golds, owner, guests, sessions, present: there } = await goldTeam(['reviewer', 'annotator'], {});
    const [gold, reviewerGold] = golds as [Gold, Gold];
    const annotator = guests[1]!;
    const [first, second] = owner.author < guests[0]!.author ? [gold, reviewerGold] : [reviewerGold, gold];
    there.push(present(owner), present(guests[0]!));
    await reviewerGold.look(0);
    await meetAll(sessions);
    value(
      await setGold(
        gold,
        [0, 1, 2, 3, 4].map((item) => known(item, 'x')),
      ),
    );
    for (const item of [0, 1, 2, 3, 4]) expect(await label(annotator, item, 'y')).toBe('');
    await meetAll(sessions);
    // The second waits for the first.
    await second.look(1_000);
    expect(pauses(second.session)).toHaveLength(0);
    await first.look(1_000);
    expect(pauses(first.session)).toHaveLength(1);
    await meetAll(sessions);
    await second.look(30_000);
    await first.look(30_000);
    await meetAll(sessions);
    for (const session of sessions) expect(pauses(session)).toHaveLength(1);
    const standing = await standingOf(golds[2]!);
    expect(standing.paused).toBe('0 of 5 known answers were right');
    expect(await label(annotator, 9, 'x')).toBe('member.paused');

    value(await pauseMember(owner, annotator.author, ''));
    await meetAll(sessions);
    for (const each of [first, second]) await each.look(60_000);
    expect(pauses(owner)).toHaveLength(2);
    expect(await label(annotator, 9, 'x')).toBe('');
    // What they answer from now on counts.
    const late = [10, 11, 12, 13, 14];
    value(
      await setGold(
        gold,
        late.map((item) => known(item, 'x')),
      ),
    );
    await meetAll(sessions);
    for (const item of late) await label(annotator, item, 'z');
    await meetAll(sessions);
    await first.look(90_000);
    expect(pauses(first.session)).toHaveLength(3);
    const view = await goldView(gold);
    expect(view.annotators).toMatchObject([{ answered: 5, right: 0 }]);
    expect(view.answers[0]).toMatchObject({ answered: 1, right: 0 });
  }, 30_000);

  test('the second does it where the first does not', async () => {
    const { golds, owner, guests, sessions, present: there } = await goldTeam(['reviewer', 'annotator'], {});
    const second = owner.author < guests[0]!.author ? golds[1]! : golds[0]!;
    there.push(present(owner), present(guests[0]!));
    await golds[1]!.look(0);
    await meetAll(sessions);
    value(
      await setGold(
        golds[0]!,
        [0, 1, 2, 3, 4].map((item) => known(item, 'x')),
      ),
    );
    for (const item of [0, 1, 2, 3, 4]) await label(guests[1]!, item, 'y');
    await meetAll(sessions);
    await second.look(1_000);
    expect(pauses(second.session)).toHaveLength(0);
    await second.look(11_000);
    expect(pauses(second.session)).toHaveLength(1);
  }, 30_000);
});

describe('practice', () => {
  const answer = (item: number, isRight: boolean) => ({ item, isRight });

  test('a round needs enough right ones; in it the first answer counts; the next begins with what was not seen', () => {
    const settings = { of: 3, bar: 0.6 };
    const begun = practiceOf([answer(1, true), answer(1, false), answer(2, false)], settings);
    expect([begun.round, begun.isPassed]).toEqual([{ done: [1, 2], right: 1 }, false]);
    expect(practiceLeft(begun, [1, 2, 3, 4, 5], settings)).toEqual([3]);
    const failed = practiceOf([answer(1, true), answer(2, false), answer(3, false)], settings);
    expect(failed.isPassed).toBe(false);
    expect(practiceLeft(failed, [1, 2, 3, 4, 5], settings)).toEqual([4, 5, 1]);
    const passed = practiceOf(
      [
        answer(1, true),
        answer(2, false),
        answer(3, false),
        answer(4, true),
        answer(1, true),
        answer(5, false),
        answer(9, false),
      ],
      settings,
    );
    expect([passed.isPassed, passed.before, passed.round.right]).toEqual([true, { right: 1, of: 3 }, 2]);
    expect(practiceLeft(passed, [1, 2], settings)).toEqual([]);
  });

  test('a newcomer practises first, is told how they did, tries again, and then labels', async () => {
    const { golds, guests, sessions } = await goldTeam(['annotator'], { practice: 3, bar: 0.6, rate: 0 });
    const [gold, mine] = golds as [Gold, Gold];
    const [me] = guests as [Session];
    const practice = [20, 21, 22, 23];
    value(
      await setGold(
        gold,
        practice.map((item) => known(item, 'x')),
      ),
    );
    value(
      await discloseGold(
        gold,
        practice.map((item) => ({ item: itemOf(item), why: 'It has wings.' })),
        'practise',
      ),
    );
    await meetAll(sessions);
    const ahead = async (count = 8) => {
      const request = { from: null, direction: 'next', among: 'open', count } as const;
      return walk({ session: me, dealing: mine.dealing }, request, []);
    };
    const take = async (choice: string) => {
      const [view] = await ahead();
      const from = view!.asked > 0 ? 'again' : 'person';
      const submission = { item: view!.id, values: { label: [choice] }, note: '', leadMs: 1, from } as const;
      value(await me.submit(mine.dealing.said(submission)));
      return view!.id;
    };
    const ids = practice.map(itemOf);
    expect((await ahead()).map(({ id }) => ids.includes(id))).toEqual([true, true, true]);
    expect(await standingOf(mine)).toMatchObject({ practice: { done: 0, of: 3, state: 'under-way' }, feedback: null });
    const wrong = await take('y');
    expect((await standingOf(mine)).feedback).toMatchObject({
      ...{ item: wrong, isRight: false, values: { label: ['x'] }, why: 'It has wings.' },
    });
    await take('y');
    await take('x');
    const failed = await standingOf(mine);
    expect(failed.practice).toMatchObject({ done: 3, right: 1, state: 'failed' });
    expect(failed.feedback?.isRight).toBe(true);
    // The one that was not seen comes first; the others come without the former answer.
    const again = await ahead();
    expect(again).toHaveLength(3);
    expect([again[0]!.asked, ...again.map(({ mine }) => mine)]).toEqual([0, null, null, null]);
    expect((await itemView(me, me.projection.find(again[1]!.id), mine.dealing)).mine).toBeNull();
    for (const choice of ['x', 'x', 'y']) await take(choice);
    expect((await standingOf(mine)).practice).toMatchObject({ right: 2, state: 'passed', next: null });
    const real = await ahead();
    expect(real).toHaveLength(8);
    expect(real.some(({ id }) => ids.includes(id))).toBe(false);
    // Trying again is no agreeing with oneself.
    const origins = ids.flatMap((id) => me.projection.historyOf(me.projection.find(id)).map(({ origin }) => origin));
    expect(new Set(origins)).toEqual(new Set(['person']));
    // Mistakes in practice are not held against anybody.
    await meetAll(sessions);
    await gold.look(0);
    expect(pauses(gold.session)).toHaveLength(0);
    expect(await label(me, 0, 'x')).toBe('');
    expect((await standingOf(mine)).practice?.state).toBe('over');
  }, 30_000);

  test('who labelled before there was practice need not', async () => {
    const { golds, guests, sessions } = await goldTeam(['annotator'], { practice: 2 });
    const [gold, mine] = golds as [Gold, Gold];
    await label(guests[0]!, 0, 'x');
    await meetAll(sessions);
    value(await setGold(gold, [known(20, 'x'), known(21, 'x')]));
    value(
      await discloseGold(
        gold,
        [20, 21].map((item) => ({ item: itemOf(item), why: '' })),
        'practise',
      ),
    );
    await meetAll(sessions);
    expect((await standingOf(mine)).practice).toBeNull();
  });
});

test('in ordinary work, only what was disclosed is told, and only where the project says so', async () => {
  const { golds, owner, guests, sessions } = await goldTeam(['annotator'], { feedback: true });
  const [gold, mine] = golds as [Gold, Gold];
  value(await setGold(gold, [known(0, 'x'), known(1, 'x')]));
  value(await discloseGold(gold, [{ item: itemOf(0), why: 'So it is.' }], 'feedback'));
  await meetAll(sessions);
  await label(guests[0]!, 1, 'y');
  expect((await standingOf(mine)).feedback).toBeNull();
  await label(guests[0]!, 0, 'y');
  expect((await standingOf(mine)).feedback).toMatchObject({ isRight: false, why: 'So it is.' });
  // Who was told may correct it; the first answer is what counts.
  await label(guests[0]!, 0, 'x');
  await meetAll(sessions);
  expect((await goldView(gold)).annotators).toMatchObject([{ answered: 2, right: 0 }]);
  value(await owner.changeSettings({ gold: { ...DEFAULT_SETTINGS.gold, feedback: false } }));
  await meetAll(sessions);
  expect((await standingOf(mine)).feedback).toBeNull();
});

test('an item that everybody is asked looks as if nobody had spoken of it, until it is answered', async () => {
  const { golds, owner, guests, sessions } = await goldTeam(['annotator', 'annotator'], {});
  const [gold, mine] = golds as [Gold, Gold];
  const [me, other] = guests as [Session, Session];
  for (const item of [0, 1]) await label(other, item, 'x');
  await meetAll(sessions);
  const row = (item: number) => me.projection.find(itemOf(item));
  expect((await itemView(me, row(0), mine.dealing)).status).toBe('completed');
  value(await setGold(gold, [known(0, 'x')]));
  await meetAll(sessions);
  const views = await Promise.all([0, 1, 2].map((item) => itemView(me, row(item), mine.dealing)));
  expect(views.map(({ status }) => status)).toEqual(['pending', 'pending', 'pending']);
  expect(history(me, itemOf(0), mine.dealing)).toEqual([]);
  expect(history(owner, itemOf(0), gold.dealing)).toHaveLength(1);
  await label(me, 0, 'x');
  expect(history(me, itemOf(0), mine.dealing)).toHaveLength(2);
  expect((await itemView(me, row(0), mine.dealing)).status).toBe('completed');
});

test('asked again, the later answer stands, and both are kept', async () => {
  const { golds, guests } = await goldTeam(['annotator'], { again: 1 });
  const mine = golds[1]!;
  const me = guests[0]!;
  for (let item = 0; item < 21; item++) await label(me, item, 'x');
  const [view] = await walk(
    { session: me, dealing: mine.dealing },
    { from: null, direction: 'next', among: 'open', count: 1 },
    [],
  );
  expect(view).toMatchObject({ id: itemOf(0), asked: 1, mine: null, status: 'pending' });
  expect(history(me, itemOf(0), mine.dealing)).toEqual([]);
  const submission = { item: view!.id, values: { label: ['y'] }, note: '', leadMs: 1, from: 'again' } as const;
  value(await me.submit(mine.dealing.said(submission)));
  const { projection } = me;
  const answer = projection.answer(projection.find(itemOf(0)), me.author);
  expect([answer.kind, projection.pool.read(answer.values)]).toEqual([ANNOTATION, { label: ['y'] }]);
  expect(projection.historyOf(projection.find(itemOf(0))).map(({ origin }) => origin)).toEqual(['person', 'again']);
});
