/** The reason of the flag by which an annotator says that they are not certain of their answer; other reasons stand before it. */
const UNSURE = 'Unsure';

const BEHIND = `; ${UNSURE}`;

/** Whether a flag's reason says so. */
export const isUnsure = (reason: string): boolean => reason === UNSURE || reason.endsWith(BEHIND);

/** The same reason, saying so where it did not, and not where it did; '' for no flag. */
export function toggledUnsure(reason: string): string {
  if (!isUnsure(reason)) return reason === '' ? UNSURE : reason + BEHIND;
  return reason === UNSURE ? '' : reason.slice(0, -BEHIND.length);
}
