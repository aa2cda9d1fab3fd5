import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fault } from '#core/errors';
import { err, ok } from '#core/result';
import { Quality } from '#state/quality';
import type { QualityView } from '#workers/project/quality/api';
import { annotatorReport, qualityReport } from '../support/quality-report';
import { Paced } from '../../src/lib/state/paced';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const view = (isSettled: boolean): QualityView => ({ report: qualityReport(), isSettled, warning: null });

/** A worker whose figures are settled at the second look. */
function fakeWorker() {
  const quality = vi.fn(() => Promise.resolve(ok(view(quality.mock.calls.length > 1))));
  const reviewQueue = vi.fn(() => Promise.resolve(ok({ queue: 1, total: 7, rows: [] })));
  const exportQuality = vi.fn(() => Promise.resolve(ok({ name: 'birds.json', blob: new Blob(['{}']) })));
  return { quality, reviewQueue, exportQuality };
}

describe('The figures', () => {
  test('are asked for at once, and once more a second after many changes', async () => {
    const worker = fakeWorker();
    const quality = new Quality(worker, { queued: 6 });
    quality.refresh();
    await vi.advanceTimersByTimeAsync(0);
    expect(quality.report?.project).toBe('birds');
    expect(quality.isSettled).toBe(false);
    expect(quality.disagreed?.total).toBe(7);
    for (let label = 0; label < 50; label++) quality.refresh();
    await vi.advanceTimersByTimeAsync(999);
    expect(worker.quality).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(worker.quality).toHaveBeenCalledTimes(2);
    expect(quality.isSettled).toBe(true);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(worker.quality).toHaveBeenCalledTimes(2);
  });

  test('are asked for without the queue where nobody shows it', async () => {
    const worker = fakeWorker();
    const quality = new Quality(worker, { queued: 0 });
    quality.refresh();
    await vi.advanceTimersByTimeAsync(0);
    expect(worker.reviewQueue).not.toHaveBeenCalled();
    expect(quality.disagreed).toBeNull();
  });

  test('of the queue are those that people disagree on most', async () => {
    const worker = fakeWorker();
    new Quality(worker, { queued: 6 }).refresh();
    await vi.advanceTimersByTimeAsync(0);
    expect(worker.reviewQueue).toHaveBeenCalledWith({
      ...{ filter: { which: 'disagreed', authors: [], classes: null }, queue: null },
      ...{ from: 0, count: 6 },
    });
  });

  test('stay on the screen when a later look fails, and the failure is said', async () => {
    const worker = fakeWorker();
    const quality = new Quality(worker, { queued: 0 });
    quality.refresh();
    await vi.advanceTimersByTimeAsync(1_000);
    worker.quality.mockImplementation(() => Promise.resolve(err(fault('worker.died', ''))) as never);
    quality.refresh();
    await vi.advanceTimersByTimeAsync(0);
    expect(quality.report).not.toBeNull();
    expect(quality.failure?.code).toBe('worker.died');
    quality.dismiss();
    expect(quality.failure).toBeNull();
  });

  test('are asked for no more once the page is left', async () => {
    const worker = fakeWorker();
    const quality = new Quality(worker, { queued: 0 });
    quality.refresh();
    quality.refresh();
    await vi.advanceTimersByTimeAsync(0);
    quality.close();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(worker.quality).toHaveBeenCalledTimes(1);
  });

  test('know everybody who labelled', async () => {
    const quality = new Quality(fakeWorker(), { queued: 0 });
    expect(quality.annotator('ada')).toBeUndefined();
    quality.refresh();
    await vi.advanceTimersByTimeAsync(0);
    expect(quality.annotator('ada')).toEqual(annotatorReport());
    expect(quality.annotator('nobody')).toBeUndefined();
  });

  test('are written once, however often that is asked for', async () => {
    const worker = fakeWorker();
    const quality = new Quality(worker, { queued: 0 });
    const [first, second] = await Promise.all([quality.export(), quality.export()]);
    expect([first?.name, second]).toEqual(['birds.json', null]);
    expect(quality.isExporting).toBe(false);
  });
});

describe('Paced', () => {
  test('does nothing a second time while the first lasts, and waits after its end', async () => {
    let finish: () => void = () => undefined;
    const work = vi.fn(() => new Promise<void>((resolve) => (finish = resolve)));
    const paced = new Paced(work, 100);
    paced.ask();
    paced.ask();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(work).toHaveBeenCalledTimes(1);
    finish();
    await vi.advanceTimersByTimeAsync(99);
    expect(work).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(work).toHaveBeenCalledTimes(2);
  });
});
