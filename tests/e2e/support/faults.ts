import type { BrowserContext } from '@playwright/test';

/** What a page must not do, as it happens: errors, warnings on the console, and requests that leave the app's origin. */
export class Faults {
  readonly #found: string[] = [];
  readonly #allowed: RegExp[] = [];

  /** Watches every page of a context, its workers included; a test that opens a context of its own adds it here. */
  watch(context: BrowserContext, origin: string): void {
    context.on('weberror', (error) => {
      this.#found.push(`page error: ${error.error().stack ?? error.error().message}`);
    });
    context.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') {
        this.#found.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
      }
    });
    context.on('request', (request) => {
      const url = new URL(request.url());
      const local = url.protocol === 'data:' || url.protocol === 'blob:' || url.origin === origin;
      if (!local) this.#found.push(`foreign request: ${request.method()} ${request.url()}`);
    });
  }

  /** Says that a fault whose text matches belongs to the test. */
  allow(pattern: RegExp): void {
    this.#allowed.push(pattern);
  }

  get unexpected(): readonly string[] {
    return this.#found.filter((fault) => !this.#allowed.some((pattern) => pattern.test(fault)));
  }
}
