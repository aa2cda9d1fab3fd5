import type { Page } from '@playwright/test';

/** Installs what {@link listed} measures by; the items have to be listed. */
export async function watchList(page: Page): Promise<void> {
  const grid = page.getByRole('grid', { name: 'Items' });
  await grid.waitFor();
  await page.locator('[role=grid][aria-busy=false]').waitFor();
  await page.evaluate(() => {
    const isSettled = () => {
      const list = document.querySelector('[role=grid]');
      return list?.getAttribute('aria-busy') === 'false' && list.querySelector('.waiting') === null;
    };
    const stopwatch = (event: string) =>
      new Promise<number>((resolve) => {
        const hear = ({ timeStamp }: Event) => {
          removeEventListener(event, hear, { capture: true });
          const look = () => {
            requestAnimationFrame(() => {
              if (isSettled()) requestAnimationFrame(() => resolve(performance.now() - timeStamp));
              else look();
            });
          };
          look();
        };
        addEventListener(event, hear, { capture: true });
      });
    Object.assign(window, { stopwatch });
  });
}

/**
 * Milliseconds from an event that a gesture makes to the frame after the one in which the list shows what came of it, rows and all.
 * The list says that it is busy in the very frame of the event.
 */
export async function listed(
  page: Page,
  act: () => Promise<unknown>,
  event: 'click' | 'input' | 'keydown',
): Promise<number> {
  await page.evaluate((name) => {
    const { stopwatch } = window as unknown as { stopwatch: (event: string) => Promise<number> };
    Object.assign(window, { measured: stopwatch(name) });
  }, event);
  await act();
  return page.evaluate(() => (window as unknown as { measured: Promise<number> }).measured);
}
