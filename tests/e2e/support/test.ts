import { test as base, expect } from '@playwright/test';
import { violations, violationsAsShown } from './accessibility';
import { Faults } from './faults';

interface Fixtures {
  /** Fails the test at its end if a page did what it must not do. */
  faults: Faults;
  /** Fails the test if the page, as it is now, breaks a rule of WCAG 2.2 AA that axe can check. */
  expectAccessible: () => Promise<void>;
  /** The same, in either theme, which takes twice as long. */
  expectAccessibleInThemes: () => Promise<void>;
}

export const test = base.extend<Fixtures>({
  faults: [
    async ({ context, baseURL }, use) => {
      if (baseURL === undefined) throw new Error('The tests need the address of the served app.');
      const faults = new Faults();
      faults.watch(context, new URL(baseURL).origin);
      await use(faults);
      expect(faults.unexpected, 'faults of the page').toEqual([]);
    },
    { auto: true },
  ],
  expectAccessible: async ({ page }, use) => {
    await use(async () => {
      expect(await violationsAsShown(page), 'accessibility').toEqual([]);
    });
  },
  expectAccessibleInThemes: async ({ page }, use) => {
    await use(async () => {
      expect(await violations(page), 'accessibility').toEqual([]);
    });
  },
});

export { expect };
