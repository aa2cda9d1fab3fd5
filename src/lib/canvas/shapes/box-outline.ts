import type { Rect } from '#core/geometry/plane';
import { boundsOf, corners, type RotatedRect } from '#core/geometry/rotated-rect';
import type { Viewport } from '../viewport';

/** Where an image lies on a surface: as a viewport, in device pixels. */
export const onSurface = ({ scale, x, y }: Viewport, pixelRatio: number): Viewport => ({
  scale: scale * pixelRatio,
  x: x * pixelRatio,
  y: y * pixelRatio,
});

/** The smallest upright rectangle around a box, device pixels. */
export function boundsOn({ scale, x, y }: Viewport, box: RotatedRect): Rect {
  const bounds = boundsOf(box);
  return {
    x: bounds.x * scale + x,
    y: bounds.y * scale + y,
    width: bounds.width * scale,
    height: bounds.height * scale,
  };
}

/** Strokes a box; an upright one along whole device pixels, which is sharp and, by the thousands, fast. */
export function strokeBox(
  context: CanvasRenderingContext2D,
  viewport: Viewport,
  box: RotatedRect,
  lineWidth: number,
): void {
  context.lineWidth = lineWidth;
  if (box.rotation !== 0) {
    tracePath(context, viewport, box);
    context.stroke();
    return;
  }
  const { scale, x, y } = viewport;
  const half = (lineWidth % 2) / 2;
  const left = Math.round(box.x * scale + x);
  const top = Math.round(box.y * scale + y);
  const right = Math.round((box.x + box.width) * scale + x);
  const bottom = Math.round((box.y + box.height) * scale + y);
  context.strokeRect(left + half, top + half, Math.max(1, right - left), Math.max(1, bottom - top));
}

export function fillBox(context: CanvasRenderingContext2D, viewport: Viewport, box: RotatedRect): void {
  tracePath(context, viewport, box);
  context.fill();
}

function tracePath(context: CanvasRenderingContext2D, { scale, x, y }: Viewport, box: RotatedRect): void {
  context.beginPath();
  for (const corner of corners(box)) context.lineTo(corner.x * scale + x, corner.y * scale + y);
  context.closePath();
}
