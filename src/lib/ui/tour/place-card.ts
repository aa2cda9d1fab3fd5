/** CSS pixels of the window. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

type Size = Pick<Area, 'width' | 'height'>;

/** Where the card stands, seen from what it points at; `inside`: over it, with nothing to point at. */
export type CardSide = 'right' | 'left' | 'above' | 'below' | 'inside';

export interface CardPlace {
  readonly side: CardSide;
  readonly left: number;
  readonly top: number;
  /** Along the edge that faces the anchor: where its middle is, from the card's left or top. */
  readonly arrow: number;
}

/** Room for the arrow. */
const GAP = 14;
const MARGIN = 12;
/** From the card's corners. */
const ARROW_INSET = 18;

/**
 * Puts a card beside its anchor, on the first side where the window has room. Over something large it stands in the
 * corner, or, where the window is narrow, at the top of all, so that what is worked on stays free.
 */
export function placeCard(anchor: Area, card: Size, room: Size): CardPlace {
  const right = anchor.left + anchor.width;
  const bottom = anchor.top + anchor.height;
  const fits: readonly (readonly [CardSide, boolean])[] = [
    ['right', right + GAP + card.width + MARGIN <= room.width],
    ['left', anchor.left - GAP - card.width - MARGIN >= 0],
    ['above', anchor.top - GAP - card.height - MARGIN >= 0],
    ['below', bottom + GAP + card.height + MARGIN <= room.height],
  ];
  // Only beside something high does a card to its side stand near to what is meant.
  const sides = anchor.height > 2 * anchor.width ? fits : [...fits.slice(2), ...fits.slice(0, 2)];
  const isNarrow = room.width < 2 * card.width;
  const isLarge = anchor.width > card.width && anchor.height > (isNarrow ? card.height : room.height / 3);
  const side = isLarge ? 'inside' : (sides.find(([, has]) => has)?.[0] ?? 'inside');
  const middleX = anchor.left + anchor.width / 2;
  const middleY = anchor.top + anchor.height / 2;
  const [centredX, centredY] = [middleX - card.width / 2, middleY - card.height / 2];
  const lefts: Readonly<Record<CardSide, number>> = {
    ...{ right: right + GAP, left: anchor.left - GAP - card.width },
    ...{ above: centredX, below: centredX, inside: right - MARGIN - card.width },
  };
  const tops: Readonly<Record<CardSide, number>> = {
    ...{ right: centredY, left: centredY },
    ...{
      above: anchor.top - GAP - card.height,
      below: bottom + GAP,
      inside: isNarrow ? 0 : bottom - MARGIN - card.height,
    },
  };
  const left = clamp(lefts[side], MARGIN, room.width - card.width - MARGIN);
  const top = clamp(tops[side], MARGIN, room.height - card.height - MARGIN);
  const isBeside = side === 'right' || side === 'left';
  const arrow = isBeside
    ? clamp(middleY - top, ARROW_INSET, card.height - ARROW_INSET)
    : clamp(middleX - left, ARROW_INSET, card.width - ARROW_INSET);
  return { side, left, top, arrow };
}

const clamp = (value: number, least: number, most: number): number => Math.max(least, Math.min(value, most));
