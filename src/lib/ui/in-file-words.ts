import type { InFile } from '#workers/project/api';
import { inItems, inTimeAgo } from './figures';

/** What of the project is in a file, in a sentence or two. `now`: milliseconds since the epoch. */
export function inFileWords(inFile: InFile | null, now: number): string {
  if (!inFile) {
    return 'No project file has been saved on this device yet. Browsers may delete what they store: a file is yours.';
  }
  const { savedAt, blobs, since } = inFile;
  const images = blobs === 'none' ? ', without its images' : '';
  const more = since === 0 ? 'Nothing was changed since.' : `${inItems(since, 'change')} came since.`;
  return `The project file was saved ${inTimeAgo(savedAt, now)}${images}. ${more}`;
}

/** The same in a few words, for where there is little room. */
export function inFileBriefly(inFile: InFile | null, now: number): string {
  if (!inFile) return 'In no file';
  return `In a file ${inTimeAgo(inFile.savedAt, now)}${inFile.since > 0 ? ` + ${inItems(inFile.since, 'change')}` : ''}`;
}
