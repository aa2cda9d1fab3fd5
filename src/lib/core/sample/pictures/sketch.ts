import { veiled, type Veil } from './light';

/** A point, or a curve to a point by way of a control point (quadratic Bézier). Pixels, y down. */
export type Corner = readonly [x: number, y: number] | readonly [cx: number, cy: number, x: number, y: number];

/** Pixels; `right` and `bottom` lie just outside. */
export interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A number as the drawings have it: a tenth of a pixel is finer than anything that is seen. */
export const tenth = (value: number): number => Math.round(value * 10) / 10 + 0;

/**
 * A drawing in SVG that knows how far it reaches, so that the box around a thing is exactly the box around what was
 * drawn of it. All coordinates are rounded before they are measured.
 */
export class Sketch {
  #markup = '';
  #left = Infinity;
  #top = Infinity;
  #right = -Infinity;
  #bottom = -Infinity;
  readonly #veil: Veil | null;

  /** @param veil dims everything that is drawn */
  constructor(veil: Veil | null = null) {
    this.#veil = veil;
  }

  get markup(): string {
    return this.#markup;
  }

  get bounds(): Bounds {
    return { left: this.#left, top: this.#top, right: this.#right, bottom: this.#bottom };
  }

  /** A closed shape. */
  shape(fill: string, corners: readonly Corner[], opacity = 1): this {
    const rounded = corners.map((corner) => corner.map(tenth) as unknown as Corner);
    let [x, y] = endOf(rounded.at(-1)!);
    const steps = rounded.map((corner, at) => {
      const [toX, toY] = endOf(corner);
      if (at > 0 && corner.length === 4) {
        this.#reach(turningPoint(x, corner[0], toX), turningPoint(y, corner[1], toY));
      }
      this.#reach(toX, toY);
      [x, y] = [toX, toY];
      return at === 0 ? `M${toX} ${toY}` : corner.length === 4 ? `Q${corner.join(' ')}` : `L${toX} ${toY}`;
    });
    return this.#put(`<path d="${steps.join('')}Z" fill="${this.#paint(fill)}"${translucent(opacity)}/>`);
  }

  /** An upright rectangle. */
  slab(fill: string, left: number, top: number, width: number, height: number, opacity = 1): this {
    const [x, y, w, h] = [left, top, width, height].map(tenth) as [number, number, number, number];
    this.#reach(x, y);
    this.#reach(x + w, y + h);
    return this.#put(
      `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${this.#paint(fill)}"${translucent(opacity)}/>`,
    );
  }

  disc(fill: string, centreX: number, centreY: number, radius: number, opacity = 1): this {
    return this.oval(fill, centreX, centreY, radius, radius, opacity);
  }

  oval(fill: string, centreX: number, centreY: number, radiusX: number, radiusY: number, opacity = 1): this {
    const [x, y, rx, ry] = [centreX, centreY, radiusX, radiusY].map(tenth) as [number, number, number, number];
    this.#reach(x - rx, y - ry);
    this.#reach(x + rx, y + ry);
    return this.#put(
      `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="${this.#paint(fill)}"${translucent(opacity)}/>`,
    );
  }

  /** A line with round ends and corners, which reach half its width around its points. */
  line(stroke: string, width: number, points: readonly (readonly [x: number, y: number])[], opacity = 1): this {
    const thick = tenth(width);
    const steps = points.map(([x, y], at) => {
      const [toX, toY] = [tenth(x), tenth(y)];
      this.#reach(toX - thick / 2, toY - thick / 2);
      this.#reach(toX + thick / 2, toY + thick / 2);
      return `${at === 0 ? 'M' : 'L'}${toX} ${toY}`;
    });
    const round = 'stroke-linecap="round" stroke-linejoin="round"';
    const pen = `fill="none" stroke="${this.#paint(stroke)}" stroke-width="${thick}" ${round}`;
    return this.#put(`<path d="${steps.join('')}" ${pen}${translucent(opacity, 'stroke')}/>`);
  }

  #paint(color: string): string {
    return this.#veil === null ? color : veiled(color, this.#veil);
  }

  #put(markup: string): this {
    this.#markup += markup;
    return this;
  }

  #reach(x: number, y: number): void {
    this.#left = Math.min(this.#left, x);
    this.#top = Math.min(this.#top, y);
    this.#right = Math.max(this.#right, x);
    this.#bottom = Math.max(this.#bottom, y);
  }
}

const endOf = (corner: Corner): readonly [number, number] =>
  corner.length === 4 ? [corner[2], corner[3]] : [corner[0], corner[1]];

/** Where a quadratic curve turns back in one coordinate; its end where it does not. */
function turningPoint(from: number, control: number, to: number): number {
  const bend = from - 2 * control + to;
  const at = bend === 0 ? -1 : (from - control) / bend;
  if (at <= 0 || at >= 1) return to;
  return (1 - at) * (1 - at) * from + 2 * at * (1 - at) * control + at * at * to;
}

const translucent = (opacity: number, of: 'fill' | 'stroke' = 'fill'): string =>
  opacity === 1 ? '' : ` ${of}-opacity="${opacity}"`;
