import type { Box } from '../../model/annotation';
import type { BoatClass, Urgency } from '../schema';
import type { LightName } from './light';

/** Something in a picture: a box without its id and class. */
export type Place = Omit<Box, 'id' | 'class' | 'confidence'>;

export interface Thing {
  readonly class: BoatClass;
  readonly place: Place;
}

/** A picture with all that is true of it. */
export interface Picture {
  /** The name of its file. */
  readonly name: string;
  readonly camera: 'quay' | 'mast';
  readonly light: LightName;
  readonly svg: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** From the farthest to the nearest. */
  readonly things: readonly Thing[];
  /** What could be taken for one of the things, and is none. */
  readonly decoys: readonly Place[];
  readonly urgency: Urgency;
}

/** A picture of this size from its layers. */
export const svgOf = (width: number, height: number, layers: readonly string[]): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
  `${layers.join('')}</svg>`;
