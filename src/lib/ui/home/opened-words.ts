import type { OpenedFile } from '#workers/project/api';
import { inItems } from '../figures';

/** What a project file brought, in a line. */
export function openedInWords({ name, isNew, commits, contents, forked }: OpenedFile): string {
  const brought = [
    ...(commits > 0 ? [inItems(commits, 'entry', 'entries')] : []),
    ...(contents > 0 ? [inItems(contents, 'file')] : []),
  ].join(' and ');
  const what = isNew
    ? `“${name}” is on this device now.`
    : brought === ''
      ? `“${name}” was here already, with everything that the file holds.`
      : `“${name}” was here already; the file added ${brought}.`;
  if (forked.length === 0) return what;
  const who = inItems(forked.length, 'person', 'people');
  return `${what} It contradicts what ${who} signed here: what they said before that counts, the rest is kept.`;
}
