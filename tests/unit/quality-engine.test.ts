import { afterEach, describe, expect, test, vi } from 'vitest';
import { projectReport } from '#core/quality/project-report';
import type { QualityFigures } from '#core/quality/quality-figures';
import type { ProjectNotice } from '#workers/project/api';
import { Quality } from '#workers/project/quality/quality';
import type { Session } from '#workers/project/session';
import type { StatisticsApi } from '#workers/statistics/api';
import { Statistics } from '#workers/statistics/statistics';
import { value } from '../support/devices';
import { meetAll } from '../support/passing-on';
import { singleChoice } from '../support/rated-project';
import { label, labelOf, shareItems, team } from '../support/team';

const opened: { quality: Quality; session: Session }[] = [];

afterEach(async () => {
  for (const { quality, session } of opened.splice(0)) {
    await quality.close();
    await session.close();
  }
});

/** The quality of a session, with a worker as soon as one is wanted. */
function qualityOf(session: Session, worker: () => StatisticsApi | null = () => new Statistics()) {
  const notices: ProjectNotice['type'][] = [];
  const quality: Quality = new Quality(session, (notice) => {
    notices.push(notice.type);
    if (notice.type === 'statistics-wanted') quality.link.take(worker());
  });
  opened.push({ quality, session });
  return { quality, notices };
}

/** A project of one question with two answers, on the devices of the founder and of two others who know each other. */
async function met() {
  const { sessions } = await team(2);
  value(await sessions[0]!.changeSchema({ ...singleChoice(['x', 'y']), version: 1 }));
  value(await sessions[0]!.changeSettings({ minAnnotators: 3 }));
  await shareItems(sessions);
  await meetAll(sessions);
  return sessions as [Session, Session, Session];
}

describe('quality of an open project', () => {
  test('several devices come to the same report, labels and statuses, and so does one that computes everything at once', async () => {
    const sessions = await met();
    const said = ['xxx', 'xxy', 'yyy', 'xyy', 'xxx', 'yx.'];
    for (const [item, answers] of said.entries())
      for (const [who, answer] of [...answers].entries())
        if (answer !== '.') expect(await label(sessions[who]!, item, answer)).toBe('');
    await meetAll(sessions);
    const reports = [];
    for (const session of sessions) reports.push(await qualityOf(session).quality.whole());
    expect(reports[0]!.fields[0]).toMatchObject({ items: 6, overlapping: 6, labels: 17, annotators: 3 });
    expect(reports[1]).toEqual(reports[0]);
    expect(reports[2]).toEqual(reports[0]);
    expect(projectReport(sessions[0].projection)).toEqual(reports[0]);
    const labels = sessions.map((session) => said.map((_, item) => labelOf(session, item)));
    expect(labels[1]).toEqual(labels[0]);
    expect(labels[0]!.slice(0, 5)).toEqual(['x', 'x', 'y', 'y', 'x']);
  });

  test('figures are of the newest labels, however often they are asked for', async () => {
    const sessions = await met();
    const [first, second] = sessions;
    const { quality } = qualityOf(first);
    for (let item = 0; item < 4; item++) {
      await label(first, item, 'x');
      await label(second, item, item === 3 ? 'y' : 'x');
      await meetAll(sessions);
      quality.view();
    }
    const told = await quality.whole();
    expect(told.fields[0]!.labels).toBe(8);
    expect(quality.view()).toMatchObject({ isSettled: true, report: told });
    expect(told).toEqual(projectReport(first.projection));
  });

  test('one person alone needs no worker, until somebody looks at the figures', async () => {
    const { sessions } = await team(0);
    const [session] = sessions as [Session];
    const { quality, notices } = qualityOf(session);
    await label(session, 0, 'x');
    await quality.settled();
    expect(notices).toEqual([]);
    const told = await quality.whole();
    expect(notices).toContain('statistics-wanted');
    expect(told.fields[0]!.coefficients[0]!.estimate.value).toBeNull();
  });

  test('where the worker stops, items get their consensus nevertheless, and another one is wanted later', async () => {
    const sessions = await met();
    const [first, second] = sessions;
    const never: StatisticsApi = {
      figures: () => new Promise<QualityFigures>(() => undefined),
      rest: () => Promise.resolve(null),
    };
    let workers = 0;
    const { quality, notices } = qualityOf(first, () => (workers++ === 0 ? never : new Statistics()));
    await label(first, 0, 'x');
    await label(second, 0, 'y');
    await meetAll(sessions);
    const settled = quality.settled();
    await vi.waitFor(() => {
      expect(workers).toBe(1);
    });
    quality.link.take(null);
    await settled;
    const row = first.projection.order[0]!;
    expect(first.projection.consensus(row)).not.toBe(0);
    expect(first.projection.confidence(row)).toBe(0.5);
    await label(first, 1, 'x');
    expect((await quality.whole()).fields[0]!.labels).toBe(3);
    expect(notices.filter((type) => type === 'statistics-wanted')).toHaveLength(2);
  });

  test('a worker that fails is as good as none', async () => {
    const sessions = await met();
    const [first, second] = sessions;
    const failing: StatisticsApi = {
      figures: () => Promise.reject(new RangeError('Array buffer allocation failed')),
      rest: () => Promise.resolve(null),
    };
    const { quality } = qualityOf(first, () => failing);
    await label(first, 0, 'x');
    await label(second, 0, 'y');
    await meetAll(sessions);
    await quality.settled();
    expect(first.projection.confidence(first.projection.order[0]!)).toBe(0.5);
    expect((await quality.whole()).annotators.map(({ labels }) => labels)).toEqual([1, 1]);
  });

  test('an item that is labelled while figures are computed waits for the next ones', async () => {
    const sessions = await met();
    const [first, second] = sessions;
    const inner = new Statistics();
    let during: (() => Promise<unknown>) | null = () => label(first, 0, 'y');
    const slow: StatisticsApi = {
      async figures(source, values) {
        const figures = await inner.figures(source, values);
        const work = during;
        during = null;
        await work?.();
        return figures;
      },
      rest: () => inner.rest(),
    };
    const { quality } = qualityOf(first, () => slow);
    await label(first, 0, 'x');
    await label(second, 0, 'x');
    await meetAll(sessions);
    await quality.settled();
    expect(first.projection.confidence(first.projection.order[0]!)).toBe(0.5);
  });

  test('low agreement is told after so many labels, and holds what would be completed', async () => {
    const sessions = await met();
    const [first, second, third] = sessions;
    value(await first.changeSettings({ quality: { ...first.projection.settings.quality, warnEvery: 9 } }));
    const { quality } = qualityOf(first);
    const answers = ['xxx', 'xyx', 'yxy'];
    for (const [item, said] of answers.entries()) {
      await quality.settled();
      expect(quality.view().warning).toBeNull();
      await label(first, item, said[0]!);
      await label(second, item, said[1]!);
      await label(third, item, said[2]!);
      await meetAll(sessions);
    }
    await quality.settled();
    expect(quality.view().warning).toMatchObject({
      field: 'label',
      coefficient: 'krippendorff-alpha-nominal',
      labels: 9,
    });
    expect(first.projection.isHeld).toBe(true);
    expect(first.projection.status(first.projection.order[0]!)).toBe('in-review');
  });
});
