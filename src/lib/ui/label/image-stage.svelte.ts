import { decodePicture, type PictureSource } from '#canvas/decode';
import { ImageCache, type PictureRequest, type PictureState } from '#canvas/image-cache';
import type { Gesture } from '#canvas/pointer';
import {
  centred,
  clamp,
  fit,
  MAX_SCALE,
  pan,
  toImage,
  toView,
  zoomAt,
  type Point,
  type Size,
  type Viewport,
} from '#canvas/viewport';
import type { Rect } from '#core/geometry/plane';
import { boundsOf, centreOf, type RotatedRect } from '#core/geometry/rotated-rect';
import type { ImageHosts } from '#state/image-hosts';
import type { ItemView } from '#workers/project/api';

/** What stands between the image and the edge of its view while all of it is shown, CSS pixels. */
const MARGIN = 12;
/** Small images are enlarged to fit, but not beyond recognition. */
const FIT_UP_TO = 8;
/** How many of the following images are decoded ahead. */
const AHEAD = 4;
const STEP = 1.25;

/** `absent`: the file is not on this device; `withheld`: it is another host's, and nobody has asked for those yet. */
export type StageState = PictureState | { readonly state: 'absent' | 'withheld' };

/** One image in its view: which part of it is seen, and the pictures that will be seen next. */
export class ImageStage {
  /** The element that shows the image; null while there is none. */
  host: HTMLElement | null = null;
  readonly #hosts: Pick<ImageHosts, 'shows' | 'show'>;
  readonly #cache = new ImageCache(decodePicture, () => this.#version++);
  #version = $state(0);
  #item = $state.raw<ItemView | null>(null);
  #ahead: readonly ItemView[] = [];
  #view = $state.raw<Size>({ width: 0, height: 0 });
  #pixelRatio = $state(1);
  /** null: the whole image, whatever the size of the view. */
  #free = $state.raw<Viewport | null>(null);

  constructor(hosts: Pick<ImageHosts, 'shows' | 'show'>) {
    this.#hosts = hosts;
  }

  get state(): StageState {
    void this.#version;
    const item = this.#item;
    if (!item) return { state: 'loading' };
    if (this.#isWithheld(item)) return { state: 'withheld' };
    return sourceOf(item) ? this.#cache.state(item.id) : { state: 'absent' };
  }

  /** Whether keys that move things mean the image: whether it, or what it lies in, has the focus. */
  get hasFocus(): boolean {
    return this.host !== null && (document.activeElement?.contains(this.host) ?? false);
  }

  /** Pixels of the upright image; null until they are known. */
  get size(): Size | null {
    const content = this.#item?.content;
    if (content?.kind === 'image' && content.facts.width > 0) return content.facts;
    const { state } = this;
    return state.state === 'ready' ? state.picture.size : null;
  }

  get viewport(): Viewport | null {
    const { size } = this;
    return size === null ? null : (this.#free ?? this.#fitted(size));
  }

  get view() {
    return this.#view;
  }
  get pixelRatio() {
    return this.#pixelRatio;
  }
  get isFitted(): boolean {
    return this.#free === null;
  }

  /** Device pixels per image pixel, in per cent; null without an image. */
  get percent(): number | null {
    const { viewport } = this;
    return viewport === null ? null : viewport.scale * this.#pixelRatio * 100;
  }

  /** The part of the image that is in view; null without an image. */
  get seen(): Rect | null {
    const { size, viewport } = this;
    if (!size || !viewport) return null;
    const from = toImage(viewport, { x: 0, y: 0 });
    const to = toImage(viewport, { x: this.#view.width, y: this.#view.height });
    const [left, top] = [Math.max(0, from.x), Math.max(0, from.y)];
    const [right, bottom] = [Math.min(size.width, to.x), Math.min(size.height, to.y)];
    return { x: left, y: top, width: Math.max(0, right - left), height: Math.max(0, bottom - top) };
  }

  /** Moves the view, where it must, so that the middle of something in the image is in the middle of the view. */
  reveal(shape: RotatedRect): void {
    const { seen, viewport } = this;
    if (!seen || !viewport || !this.#free) return;
    const { x, y, width, height } = boundsOf(shape);
    const isSeen = x >= seen.x && y >= seen.y && x + width <= seen.x + seen.width && y + height <= seen.y + seen.height;
    if (isSeen) return;
    const middle = toView(viewport, centreOf(shape));
    this.#look(pan(viewport, { x: this.#centre.x - middle.x, y: this.#centre.y - middle.y }));
  }

  /** Shows an item; `ahead` are decoded meanwhile. */
  show(item: ItemView | null, ahead: readonly ItemView[]): void {
    if (item?.id !== this.#item?.id) this.#free = null;
    this.#item = item;
    this.#ahead = ahead.filter((view) => view.id !== item?.id);
    this.#want();
  }

  resize(view: Size, pixelRatio: number): void {
    this.#view = view;
    this.#pixelRatio = pixelRatio;
    if (this.#free) this.#look(this.#free);
    this.#want();
  }

  hear(gesture: Gesture): void {
    const { viewport } = this;
    if (!viewport) return;
    switch (gesture.type) {
      case 'pan':
        if (this.#free) this.#look(pan(this.#free, gesture.by));
        break;
      case 'zoom':
        this.#zoom(viewport, gesture.factor, gesture.at);
        break;
      case 'double-tap':
        if (this.#free) this.fit();
        else this.#zoom(viewport, Math.max(2, 1 / this.#pixelRatio / viewport.scale), gesture.at);
        break;
    }
  }

  zoomIn(): void {
    this.hear({ type: 'zoom', factor: STEP, at: this.#centre });
  }

  zoomOut(): void {
    this.hear({ type: 'zoom', factor: 1 / STEP, at: this.#centre });
  }

  fit(): void {
    this.#free = null;
    this.#want();
  }

  /** One image pixel on one device pixel. */
  actualSize(): void {
    const { size } = this;
    if (size) this.#look(centred(size, this.#view, 1 / this.#pixelRatio));
  }

  /** Tries to load an image anew. */
  retry(): void {
    if (this.#item) this.#cache.retry(this.#item.id);
  }

  /** Loads the images of a host from now on. */
  showHost(host: string): void {
    this.#hosts.show([host]);
    this.#want();
  }

  close(): void {
    this.#cache.close();
  }

  #isWithheld({ content }: ItemView): boolean {
    return content.kind === 'image-url' && !this.#hosts.shows(content.url);
  }

  get #centre(): Point {
    return { x: this.#view.width / 2, y: this.#view.height / 2 };
  }

  #fitted(size: Size): Viewport {
    const room = { width: this.#view.width - 2 * MARGIN, height: this.#view.height - 2 * MARGIN };
    return centred(size, this.#view, fit(size, room, FIT_UP_TO).scale);
  }

  #zoom(from: Viewport, factor: number, at: Point): void {
    const { size } = this;
    if (!size) return;
    const whole = this.#fitted(size).scale;
    const limits = { min: Math.min(whole, 1 / this.#pixelRatio), max: Math.max(whole, MAX_SCALE) };
    const zoomed = zoomAt(from, factor, at, limits);
    // Zooming out ends with the whole image in its place.
    if (factor < 1 && zoomed.scale <= whole && from.scale > whole) this.fit();
    else this.#look(zoomed);
  }

  #look(viewport: Viewport): void {
    const { size } = this;
    if (!size) return;
    this.#free = clamp(viewport, size, this.#view);
    this.#want();
  }

  #want(): void {
    if (this.#view.width === 0) return;
    const room = { width: this.#view.width * this.#pixelRatio, height: this.#view.height * this.#pixelRatio };
    const shown = this.#item ? [this.#item] : [];
    const requests: PictureRequest[] = [];
    for (const view of [...shown, ...this.#ahead.slice(0, AHEAD)]) {
      const source = this.#isWithheld(view) ? null : sourceOf(view);
      const enlarged = view === this.#item && this.#free !== null;
      if (source) requests.push({ key: view.id, source, target: enlarged ? null : room });
    }
    this.#cache.want(requests);
  }
}

function sourceOf({ content }: ItemView): PictureSource | null {
  if (content.kind === 'image-url') return { kind: 'url', url: content.url };
  if (content.kind !== 'image' || content.blob === null) return null;
  const { type, width, height } = content.facts;
  return { kind: 'blob', blob: content.blob, type, size: { width, height } };
}
