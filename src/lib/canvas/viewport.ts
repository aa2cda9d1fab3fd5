import type { Point, Size } from '#core/geometry/plane';

export type { Point, Size };

/**
 * How an image lies in its view: view = image * scale + (x, y). View coordinates are CSS pixels from the view's upper
 * left corner, image coordinates pixels of the upright image.
 */
export interface Viewport {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

/** The largest scale: one image pixel becomes a square of 40 CSS pixels. */
export const MAX_SCALE = 40;

/** The largest scale at which the whole image is seen, centred; small images are not enlarged beyond `upTo`. */
export function fit(image: Size, view: Size, upTo = MAX_SCALE): Viewport {
  const scale = Math.min(view.width / image.width, view.height / image.height, upTo);
  return centred(image, view, Number.isFinite(scale) && scale > 0 ? scale : 1);
}

/** The scale, with the middle of the image in the middle of the view. */
export function centred(image: Size, view: Size, scale: number): Viewport {
  return { scale, x: (view.width - image.width * scale) / 2, y: (view.height - image.height * scale) / 2 };
}

export const toImage = ({ scale, x, y }: Viewport, point: Point): Point => ({
  x: (point.x - x) / scale,
  y: (point.y - y) / scale,
});

export const toView = ({ scale, x, y }: Viewport, point: Point): Point => ({
  x: point.x * scale + x,
  y: point.y * scale + y,
});

/** Scales by `factor` within the limits; what is under `at` (view coordinates) stays there. */
export function zoomAt(viewport: Viewport, factor: number, at: Point, limits: { min: number; max: number }): Viewport {
  const scale = Math.min(Math.max(viewport.scale * factor, limits.min), limits.max);
  const under = toImage(viewport, at);
  return { scale, x: at.x - under.x * scale, y: at.y - under.y * scale };
}

export const pan = (viewport: Viewport, by: Point): Viewport => ({
  ...viewport,
  x: viewport.x + by.x,
  y: viewport.y + by.y,
});

/**
 * Keeps the middle of the view on the image: every corner can be brought there, to work on it with room around, and the
 * image is never lost.
 */
export function clamp(viewport: Viewport, image: Size, view: Size): Viewport {
  const along = (offset: number, imageLength: number, middle: number): number =>
    Math.min(Math.max(offset, middle - imageLength * viewport.scale), middle);
  return {
    scale: viewport.scale,
    x: along(viewport.x, image.width, view.width / 2),
    y: along(viewport.y, image.height, view.height / 2),
  };
}
