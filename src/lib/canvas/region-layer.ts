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
  #isRoomy = true;

  constructor(canvas: HTMLCanvasElement) {
    this.#surface = new Surface(canvas);
    this.#tags = new TagWriter(this.#surface.context);
  }

  draw(frame: RegionFrame): void {
    const before = this.#drawn;
    const resized = this.#surface.resize(frame.view, frame.pixelRatio);
    const wasRoomy = this.#isRoomy;
    const visible = this.#visible(frame);
    this.#isRoomy = visible.length <= ROOMY;
    const changed = resized || !before || wasRoomy !== this.#isRoomy ? null : changesBetween(before, frame);
    this.#drawn = frame;
    if (changed === null) {
      this.#surface.clear();
      this.#paint(frame, visible, null);
    } else if (changed.length > 0) this.#repair(frame, visible, changed);
  }

  clear(): void {
    this.#drawn = null;
    this.#surface.clear();
  }

  /** Places of the boxes that touch the view. */
  #visible({ viewport, pixelRatio, boxes, looks }: RegionFrame): number[] {
    const { width, height } = this.#surface;
    const on = onSurface(viewport, pixelRatio);
    const margin = (TAG_HEIGHT + 4) * pixelRatio;
    const places: number[] = [];
    for (let place = 0; place < boxes.length; place++) {
      if (looks[place] === null) continue;
      const bounds = boundsOn(on, boxes[place]!);
      const isSeen =
        bounds.x <= width + margin &&
        bounds.y <= height + margin &&
        bounds.x + bounds.width >= -margin &&
        bounds.y + bounds.height >= -margin;
      if (isSeen) places.push(place);
    }
    return places;
  }

  #repair(frame: RegionFrame, visible: readonly number[], changed: readonly Box[]): void {
    const { context } = this.#surface;
    const on = onSurface(frame.viewport, frame.pixelRatio);
    const areas = changed.map((box) => spreadOf(boundsOn(on, box), frame.pixelRatio));
    context.save();
    context.resetTransform();
    context.beginPath();
    for (const { x, y, width, height } of areas) context.rect(x, y, width, height);
    context.clip();
    for (const { x, y, width, height } of areas) context.clearRect(x, y, width, height);
    this.#paint(frame, visible, areas);
    context.restore();
  }

  /** @param within null: everywhere */
  #paint({ viewport, pixelRatio, boxes, looks }: RegionFrame, visible: readonly number[], within: Rect[] | null): void {
    const { context } = this.#surface;
    const on = onSurface(viewport, pixelRatio);
    const width = Math.max(1, Math.round((this.#isRoomy ? 2 : 1) * pixelRatio));
    const dashes = visible.length <= DASHED;
    context.resetTransform();
    for (const place of visible) {
      const box = boxes[place]!;
      const look = looks[place];
      if (!look) continue;
      if (within) {
        const spread = spreadOf(boundsOn(on, box), pixelRatio);
        if (!within.some((area) => touch(area, spread))) continue;
      }
      if (this.#isRoomy) {
        context.strokeStyle = HALO;
        strokeBox(context, on, box, width + 2 * Math.round(pixelRatio));
      }
      context.strokeStyle = look.color;
      if (look.line === 'dashed' && dashes) context.setLineDash(DASH.map((length) => length * pixelRatio));
      strokeBox(context, on, box, width);
      if (look.line === 'dashed' && dashes) context.setLineDash([]);
      if (this.#isRoomy) {
        const bounds = boundsOn(on, box);
        this.#tags.write(look.tags, bounds, pixelRatio, bounds.width / pixelRatio);
      }
    }
  }
}

/** Boxes of both frames that differ, as they were and as they are; null: too many, or everything. */
function changesBetween(before: RegionFrame, after: RegionFrame): Box[] | null {
  if (
    before.viewport.scale !== after.viewport.scale ||
    before.viewport.x !== after.viewport.x ||
    before.viewport.y !== after.viewport.y ||
    before.pixelRatio !== after.pixelRatio
  )
    return null;
  const isSame = (a: number, b: number) => before.boxes[a] === after.boxes[b] && before.looks[a] === after.looks[b];
  const [was, is] = [before.boxes.length, after.boxes.length];
  const changes: Box[] = [];
  if (was === is) {
    for (let place = 0; place < is; place++) {
      if (isSame(place, place)) continue;
      changes.push(before.boxes[place]!, after.boxes[place]!);
      if (changes.length > MOST_CHANGES) return null;
    }
    return changes;
  }
  let start = 0;
  while (start < Math.min(was, is) && isSame(start, start)) start++;
  let end = 0;
  while (end < Math.min(was, is) - start && isSame(was - 1 - end, is - 1 - end)) end++;
  if (was + is - 2 * (start + end) > MOST_CHANGES) return null;
  return [...before.boxes.slice(start, was - end), ...after.boxes.slice(start, is - end)];
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

const touch = (a: Rect, b: Rect): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
