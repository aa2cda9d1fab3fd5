import { afterEach, beforeEach, expect, vi } from 'vitest';

/** Whatever code under test says on the console is either expected by the test, which then spies itself, or a fault. */
const METHODS = ['debug', 'error', 'info', 'log', 'trace', 'warn'] as const;

let said: string[] = [];

beforeEach(() => {
  said = [];
  for (const method of METHODS) {
    vi.spyOn(console, method).mockImplementation((...values: unknown[]) => {
      said.push(`console.${method}: ${values.map(String).join(' ')}`);
    });
  }
});

afterEach(() => {
  vi.restoreAllMocks();
  expect(said, 'unexpected console output').toEqual([]);
});
