export type Side = 'below' | 'above' | 'right';

const GAP = 4;
const MARGIN = 8;

/** Puts a floating element (in the top layer, `position: fixed`) next to its anchor, inside the window. */
export function place(
  floating: HTMLElement,
  anchor: Pick<Element, 'getBoundingClientRect'>,
  side: Side,
  align: 'start' | 'end' | 'center' = 'start',
): void {
  const from = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = floating;
  const clamp = (value: number, size: number, room: number) => Math.max(MARGIN, Math.min(value, room - size - MARGIN));

  const aligned = { start: from.left, end: from.right - width, center: (from.left + from.right - width) / 2 }[align];
  const below = from.bottom + GAP;
  const above = from.top - GAP - height;
  const fitsBelow = below + height <= innerHeight - MARGIN;
  const [left, top] =
    side === 'right'
      ? [from.right + GAP, (from.top + from.bottom - height) / 2]
      : [aligned, (side === 'below' && (fitsBelow || above < MARGIN)) || above < MARGIN ? below : above];

  floating.style.left = `${clamp(left, width, innerWidth)}px`;
  floating.style.top = `${clamp(top, height, innerHeight)}px`;
}
