import type { ThrownFacts } from '#core/report/thrown';

declare global {
  namespace App {
    /** What SvelteKit shows when a page cannot be loaded. */
    interface Error {
      message: string;
      /** What it failed with, for the report; absent for an address that leads nowhere. */
      thrown?: ThrownFacts;
    }
  }
}
