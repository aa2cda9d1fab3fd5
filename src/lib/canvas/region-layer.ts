import type { Rect, Size } from '#core/geometry/plane';
import type { Box } from '#core/model/annotation';
import { boundsOn, onSurface, strokeBox } from './shapes/box-outline';
import { TAG_HEIGHT, TagWriter, type Tag } from './shapes/tag';
import { Surface } from './surface';
import type { Viewport } from './viewport';

/** How a box is drawn. The same object as long as it looks the same. */
export interface BoxLook {
  readonly color: string;
  /** `dashed`: a proposal. */
  readonly line: 'solid' | 'dashed';
  /** The longest first; the first that there is room for is written. */
  readonly tags: readonly Tag[];
}

export interface RegionFrame {
  readonly viewport: Viewport;
  /** CSS pixels. */
  readonly view: Size;
  readonly pixelRatio: number;
  /** From the lowest to the topmost. */
  readonly boxes: readonly Box[];
  /** How each box looks, by its place; null: it is not drawn. */
  readonly looks: readonly (BoxLook | null)[];
}

/** More boxes than this in the view are drawn thinly and without tags: there is no room for more. */
const ROOMY = 400;
/** More dashed ones than this are drawn as thin solid lines: dashing is slow, and would be noise. */
const DASHED = 1_500;
/** More changes than this at once are drawn by drawing everything. */
const MOST_CHANGES = 64;
const DASH = [6, 4];
const HALO = 'rgb(0 0 0 / 0.5)';

/**
 * Draws the boxes. Ten thousand of them take a few milliseconds; when some have changed and the view has not, only what lies
 * around those is drawn again.
 */
export class RegionLayer {
  readonly #surface: Surface;
  readonly #tags: TagWriter;
  #drawn: RegionFrame | null = null;
  /** Boxes in the view. */
  #count = 0;

  constructor(canvas: HTMLCanvasElement) {
    this.#surface = new Surface(canvas);
    this.#tags = new TagWriter(this.#surface.context);
  }

  draw(frame: RegionFrame): void {
    const before = this.#drawn;
    const resized = this.#surface.resize(frame.view, frame.pixelRatio);
    const changed = resized || !before ? null : changesBetween(before, frame);
    this.#drawn = frame;
    if (!changed || !before) {
      this.#drawAll(frame);
      return;
    }
    const view = this.#viewOf(frame);
    const density = densityOf(this.#count);
    for (const { box, look } of changed.gone) if (look && mayTouch(box, view)) this.#count--;
    for (const { box, look } of changed.come) if (look && mayTouch(box, view)) this.#count++;
    if (densityOf(this.#count) !== density) this.#drawAll(frame);
    else this.#repair(frame, [...changed.gone, ...changed.come]);
  }

  clear(): void {
    this.#drawn = null;
    this.#surface.clear();
  }

  #drawAll(frame: RegionFrame): void {
    const places = placesIn(frame, this.#viewOf(frame));
    this.#count = places.length;
    this.#surface.clear();
    this.#paint(frame, places);
  }

  #repair(frame: RegionFrame, changed: readonly { readonly box: Box }[]): void {
    if (changed.length === 0) return;
    const { context } = this.#surface;
    const { viewport, pixelRatio } = frame;
    const on = onSurface(viewport, pixelRatio);
    const areas = changed.map(({ box }) => spreadOf(boundsOn(on, box), pixelRatio));
    context.save();
    context.resetTransform();
    context.beginPath();
    for (const { x, y, width, height } of areas) context.rect(x, y, width, height);
    context.clip();
    for (const { x, y, width, height } of areas) context.clearRect(x, y, width, height);
    // Whatever reaches into the areas with its own lines and tag is drawn again, in order.
    const within = areas.map((area) => inImage(reachingInto(area, pixelRatio), on));
    const places = within.length === 1 ? placesIn(frame, within[0]!) : placesInAny(frame, within);
    this.#paint(frame, places);
    context.restore();
  }

  #paint({ viewport, pixelRatio, boxes, looks }: RegionFrame, places: readonly number[]): void {
    const { context } = this.#surface;
    const on = onSurface(viewport, pixelRatio);
    const density = densityOf(this.#count);
    const isRoomy = density === 'roomy';
    const width = Math.max(1, Math.round((isRoomy ? 2 : 1) * pixelRatio));
    const dash = DASH.map((length) => length * pixelRatio);
    context.resetTransform();
    for (const place of places) {
      const box = boxes[place]!;
      const look = looks[place];
      if (!look) continue;
      if (isRoomy) {
        context.strokeStyle = HALO;
        strokeBox(context, on, box, width + 2 * Math.round(pixelRatio));
      }
      const isDashed = look.line === 'dashed' && density !== 'crowded';
      context.strokeStyle = look.color;
      if (isDashed) context.setLineDash(dash);
      strokeBox(context, on, box, width);
      if (isDashed) context.setLineDash([]);
      if (isRoomy) {
        const bounds = boundsOn(on, box);
        this.#tags.write(look.tags, bounds, pixelRatio, bounds.width / pixelRatio);
      }
    }
  }

  /** The part of the image from which boxes reach into the view. */
  #viewOf({ viewport, pixelRatio }: RegionFrame): Rect {
    const { width, height } = this.#surface;
    return inImage(reachingInto({ x: 0, y: 0, width, height }, pixelRatio), onSurface(viewport, pixelRatio));
  }
}

/** How many boxes there are in the view, as far as it matters to how they are drawn. */
function densityOf(count: number): 'roomy' | 'dense' | 'crowded' {
  return count <= ROOMY ? 'roomy' : count <= DASHED ? 'dense' : 'crowded';
}

/** Places of the boxes that are drawn and may touch an area of the image. */
function placesIn({ boxes, looks }: RegionFrame, area: Rect): number[] {
  const places: number[] = [];
  for (let place = 0; place < boxes.length; place++)
    if (looks[place] !== null && mayTouch(boxes[place]!, area)) places.push(place);
  return places;
}

function placesInAny({ boxes, looks }: RegionFrame, areas: readonly Rect[]): number[] {
  const places: number[] = [];
  for (let place = 0; place < boxes.length; place++)
    if (looks[place] !== null && areas.some((area) => mayTouch(boxes[place]!, area))) places.push(place);
  return places;
}

/** Whether a box, or, of a turned one, the circle around it, touches an area of the image. Makes no objects: it is asked of all. */
function mayTouch({ x, y, width, height, rotation }: Box, area: Rect): boolean {
  const over = rotation === 0 ? 0 : (Math.hypot(width, height) - Math.min(width, height)) / 2;
  return (
    x - over <= area.x + area.width &&
    y - over <= area.y + area.height &&
    x + width + over >= area.x &&
    y + height + over >= area.y
  );
}

interface Drawn {
  readonly box: Box;
  readonly look: BoxLook | null;
}

/** What was drawn before and is drawn no more, and what is now; null: too much, or everything. */
function changesBetween(before: RegionFrame, after: RegionFrame): { gone: Drawn[]; come: Drawn[] } | null {
  if (
    before.viewport.scale !== after.viewport.scale ||
    before.viewport.x !== after.viewport.x ||
    before.viewport.y !== after.viewport.y ||
    before.pixelRatio !== after.pixelRatio
  )
    return null;
  const isSame = (a: number, b: number) => before.boxes[a] === after.boxes[b] && before.looks[a] === after.looks[b];
  const [was, is] = [before.boxes.length, after.boxes.length];
  const gone: Drawn[] = [];
  const come: Drawn[] = [];
  const note = (to: Drawn[], { boxes, looks }: RegionFrame, place: number): void => {
    to.push({ box: boxes[place]!, look: looks[place]! });
  };
  if (was === is) {
    for (let place = 0; place < is && come.length <= MOST_CHANGES; place++) {
      if (isSame(place, place)) continue;
      note(gone, before, place);
      note(come, after, place);
    }
  } else {
    let start = 0;
    while (start < Math.min(was, is) && isSame(start, start)) start++;
    let end = 0;
    while (end < Math.min(was, is) - start && isSame(was - 1 - end, is - 1 - end)) end++;
    if (was + is - 2 * (start + end) > MOST_CHANGES) return null;
    for (let place = start; place < was - end; place++) note(gone, before, place);
    for (let place = start; place < is - end; place++) note(come, after, place);
  }
  return come.length > MOST_CHANGES ? null : { gone, come };
}

/** What a box can have drawn on, device pixels: its lines and its tag reach beyond it. */
function spreadOf({ x, y, width, height }: Rect, pixelRatio: number): Rect {
  const line = Math.ceil(3 * pixelRatio);
  const above = Math.ceil((TAG_HEIGHT + 1) * pixelRatio);
  const [left, top] = [Math.floor(x) - line, Math.floor(y) - above];
  // A tag inside of a low box reaches below it.
  const bottom = Math.ceil(Math.max(y + height + line, y + above));
  return { x: left, y: top, width: Math.ceil(x + width) + line - left, height: bottom - top };
}

/** Where a box has to be for its lines or its tag to reach into an area; both in device pixels. */
function reachingInto({ x, y, width, height }: Rect, pixelRatio: number): Rect {
  const line = Math.ceil(3 * pixelRatio);
  const tag = Math.ceil((TAG_HEIGHT + 1) * pixelRatio);
  return { x: x - line, y: y - tag, width: width + 2 * line, height: height + 2 * tag };
}

/** An area of the surface, device pixels, in pixels of the image. */
const inImage = ({ x, y, width, height }: Rect, on: Viewport): Rect => ({
  x: (x - on.x) / on.scale,
  y: (y - on.y) / on.scale,
  width: width / on.scale,
  height: height / on.scale,
});
