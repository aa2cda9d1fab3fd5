import type { Settings } from '#core/model/project';
import type { Headline } from '#core/quality/quality-figures';
import type { QualityWarning } from './api';

/** Whether agreement is too low, as it was after each so many labels: a figure that moves with every label would come and go. */
export class WarningWatch {
  #warning: QualityWarning | null = null;
  /** What was looked at last. */
  #looked = '';

  get warning(): QualityWarning | null {
    return this.#warning;
  }

  /** Looks at the headline where enough labels came since it last did. */
  look(headline: Headline | null, { quality }: Pick<Settings, 'quality'>): QualityWarning | null {
    const { warnBelow, warnEvery } = quality;
    const times = headline ? Math.floor(headline.labels / warnEvery) : 0;
    const look = JSON.stringify([headline?.field, headline?.coefficient, times, warnBelow, warnEvery]);
    if (look === this.#looked) return this.#warning;
    this.#looked = look;
    const isLow = headline !== null && times > 0 && headline.value < warnBelow;
    this.#warning = isLow ? { ...headline } : null;
    return this.#warning;
  }
}
