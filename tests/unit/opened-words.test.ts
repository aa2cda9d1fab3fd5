import { expect, it } from 'vitest';
import type { OpenedFile } from '#workers/project/api';
import { openedInWords } from '../../src/lib/ui/home/opened-words';

const NEW: OpenedFile = { id: 'p', name: 'Birds', isNew: true, commits: 1204, contents: 3, forked: [] };

it.each<[string, Partial<OpenedFile>, string]>([
  ['a new project', {}, '“Birds” is on this device now.'],
  ['a merge', { isNew: false }, '“Birds” was here already; the file added 1,204 entries and 3 files.'],
  ['one entry', { isNew: false, commits: 1, contents: 0 }, '“Birds” was here already; the file added 1 entry.'],
  [
    'nothing new',
    { isNew: false, commits: 0, contents: 0 },
    '“Birds” was here already, with everything that the file holds.',
  ],
  [
    'a contradiction',
    { isNew: false, commits: 0, contents: 1, forked: ['a'] },
    '“Birds” was here already; the file added 1 file. It contradicts what 1 person signed here: what they said before that counts, the rest is kept.',
  ],
])('%s', (_, change, words) => {
  expect(openedInWords({ ...NEW, ...change })).toBe(words);
});
