import type { Values } from '#core/model/annotation';
import { paletteColor } from '#core/model/palette';
import type { Taken } from '#state/review';
import type { ReviewItem } from '#workers/project/review/api';

/** One way in which an item is answered: by somebody, or by all of them together. */
export interface Voice {
  readonly taken: Exclude<Taken, null>;
  /** The key that takes it; '' for none. */
  readonly key: string;
  readonly name: string;
  /** `#rrggbb`: whose it is, beside the name. */
  readonly color: string;
  readonly values: Values;
  readonly isSkip: boolean;
}

/** Neither light nor dark: it stands for nobody. */
const NOBODYS = '#8a8a8a';

/** Everybody who answered, in the order of their keys, and the consensus where there is one. */
export function voicesOf({ answers, consensus, names }: ReviewItem): Voice[] {
  const voices = answers.map(({ author, kind, values }, place): Voice => ({
    ...{ taken: place, key: place < 9 ? String(place + 1) : '', values },
    ...{ name: names[author] || 'Somebody', color: paletteColor(place), isSkip: kind === 'skip' },
  }));
  if (!consensus || answers.length < 2) return voices;
  const together: Voice = {
    ...{ taken: 'consensus', key: 'C', name: 'Consensus', color: NOBODYS },
    ...{ values: consensus.values, isSkip: false },
  };
  return [...voices, together];
}
