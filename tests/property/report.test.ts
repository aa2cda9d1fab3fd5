import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ROUTES, reportText, type ReportFacts } from '#core/report/report';
import { environmentInWords } from '#core/report/environment';
import { thrownFacts } from '#core/report/thrown';

const FILES = new Set(['chunks/DxK2-a_9.js', 'entry/app.B1.js', 'workers/index-Q.js']);

const facts = (thrown: unknown, more: Partial<ReportFacts> = {}): ReportFacts => ({
  version: '0.1.0',
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  window: { width: 1280, height: 800 },
  pixelRatio: 1,
  route: '/p/[id]/label',
  online: true,
  storage: { used: 12_345_678, quota: 4_000_000_000 },
  kept: null,
  projects: 2,
  worker: 'alive',
  thrown: [thrownFacts(thrown, FILES)],
  codes: ['storage.full'],
  ...more,
});
const reported = (thrown: unknown, more: Partial<ReportFacts> = {}): string => reportText(facts(thrown, more));

/** What a person labels: texts, names, paths; also such as look like what a report may hold. */
const secret = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 6 }),
  fc.constantFrom(
    'patient Jane Roe',
    'C:\\Users\\jane\\scan.png',
    'at label (https://host/_app/immutable/chunks/secret.js:1:2)',
    '\n    at https://host/chunks/jane.js:1:2\n',
    'jane@https://host/chunks/roe.js:3:4',
    'TypeError: jane',
    '/p/[id]/jane',
    'storage.jane',
    '__proto__',
    'constructor',
  ),
);

type Thrown = Record<string, unknown>;
const frame = '    at f (https://host/app/_app/immutable/chunks/DxK2-a_9.js:1:204)';

/** Every field that an error can have, with the secret in one or more of them. */
const hostile = (word: string): readonly Thrown[] => [
  { name: word },
  { message: word },
  { name: 'TypeError', message: word, stack: `TypeError: ${word}\n${frame}` },
  { name: 'TypeError', message: 'short', stack: `TypeError: ${word}\n${frame}` },
  { stack: `    at ${word} (https://host/app/_app/immutable/chunks/DxK2-a_9.js:1:204)` },
  { stack: `    at f (https://host/${word}/x.js:1:204)` },
  { stack: `    at f (https://host/chunks/${word}.js:1:204)` },
  { stack: `    at f (https://host/chunks/DxK2-a_9.js?${word}:1:204)` },
  { stack: `${word}@https://host/entry/app.B1.js:7:8` },
  { stack: word },
  { code: word, path: word, hint: word, message: word },
  { cause: { name: word, message: word, stack: `${word}\n${frame}` } },
  { cause: word, errors: [word], fileName: word, data: { text: word } },
];

describe('the report of an error', () => {
  it('holds nothing that somebody could have put into the error', () => {
    fc.assert(
      fc.property(secret, fc.nat(12), (word, which) => {
        const thrown = hostile(word)[which]!;
        const words = reported(thrown);
        // Neither the word, nor anything that depends on it: with another word of the same kind it reads the same.
        expect(words).not.toContain(word);
        expect(words).toBe(reported(hostile('Z!Q9 other words ~')[which]!));
      }),
      { numRuns: 2000 },
    );
  });

  it('holds nothing of what is thrown instead of an error', () => {
    fc.assert(
      fc.property(fc.anything(), (thing) => {
        expect(reported(thing)).toBe(reported(undefined));
      }),
    );
  });

  it('holds nothing of an address or of what a browser calls itself', () => {
    fc.assert(
      fc.property(secret, (word) => {
        expect(reported(null, { route: `/p/${word}` })).toBe(reported(null, { route: 'other words' }));
        expect(reported(null, { userAgent: `x ${word}` })).toBe(reported(null, { userAgent: 'Z!Q9' }));
      }),
    );
  });

  it('outlives getters that throw, proxies and loops of causes', () => {
    const loop: Thrown = { name: 'RangeError' };
    loop.cause = loop;
    const trap = new Proxy(
      {},
      {
        get: () => {
          throw new Error('jane');
        },
      },
    );
    expect(reported(loop).match(/RangeError/g)).toHaveLength(4);
    expect(reported(trap)).toBe(reported(undefined));
  });
});

describe('what a report says', () => {
  it('is where in the app it happened, by the stacks of all browsers', () => {
    const stacks = [
      ['TypeError: x is not a function', '    at f (https://host/app/_app/immutable/chunks/DxK2-a_9.js:1:204)'],
      ['f@https://host/app/_app/immutable/chunks/DxK2-a_9.js:1:204'],
      ['    at https://host/app/_app/immutable/chunks/DxK2-a_9.js:1:204'],
      ['    at async Promise.all (index 0)', '    at async f (https://host/chunks/DxK2-a_9.js:1:204)'],
    ];
    for (const lines of stacks) {
      const { name, frames } = thrownFacts(
        { name: 'TypeError', message: 'x is not a function', stack: lines.join('\n') },
        FILES,
      );
      expect([name, frames]).toEqual(['TypeError', ['chunks/DxK2-a_9.js:1:204']]);
    }
  });

  it('is this, as a whole', () => {
    const cause = { name: 'QuotaExceededError', stack: 'x@https://host/workers/index-Q.js:2:3' };
    const thrown = { code: 'worker.died', stack: 'x@https://host/entry/app.B1.js:7:8', cause };
    expect(reported(thrown)).toBe(
      [
        'Concord, report of an error',
        'Version: 0.1.0',
        'Browser: Chrome 140 on Linux',
        'Window: 1280 × 800 at 1',
        'Page: /p/[id]/label',
        'Network: online',
        'Storage: 12 MB of 4000 MB',
        'Kept by the browser: not told',
        'Projects: 2',
        'Worker: alive',
        'Errors met before: storage.full',
        '',
        'Error worker.died',
        '  at entry/app.B1.js:7:8',
        'caused by QuotaExceededError',
        '  at workers/index-Q.js:2:3',
      ].join('\n'),
    );
  });

  it('knows the pages that there are', () => {
    const pages = readdirSync('src/routes', { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('+page.svelte'))
      .map((path) => dirname(`/${path}`));
    expect([...ROUTES].sort()).toEqual(pages.sort());
  });

  // As the browsers call themselves, from their documentation.
  it.each([
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36 Edg/139.0.0.0',
      'Edge 139 on Windows',
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
      'Safari 18 on macOS',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
      'Safari 18 on iOS',
    ],
    ['Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0', 'Firefox 140 on Android'],
    ['curl/8.0', 'Another browser on another system'],
  ])('%s: %s', (userAgent, expected) => {
    expect(environmentInWords(userAgent)).toBe(expected);
  });
});
