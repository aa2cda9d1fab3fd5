/**
 * What pages and the service worker tell each other. Each side may be of another version than the other, so this only
 * grows, and neither waits for an answer without end.
 */
export type ReleaseRequest =
  /** Of the version that waits: serve from now on, old pages too. */
  | { readonly type: 'use' }
  /** Of the version that serves: fetch again what is missing, forget what no page needs, and report. */
  | { readonly type: 'check' };

/** What of a version is on this device. */
export interface ReleaseReport {
  readonly version: string;
  readonly files: number;
  /** Those that could not be had; 0: everything works offline. */
  readonly missing: number;
}

/**
 * The Web Lock that every page holds while it lives, shared: it keeps the files of the page's version here.
 *
 * @param scope path of the app on its origin, ending in `/`
 */
export const releaseLock = (scope: string, version: string): string => `concord-release ${scope} ${version}`;
