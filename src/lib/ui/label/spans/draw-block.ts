import { inkOn } from '#core/model/palette';
import { piecesOf, type LaidBlock, type PlacedSpan } from '#core/text/span-layout';
import { visibleText } from '../visible-text';
import { tagOf, underlay, type ClassLooks, type DrawnSpan } from './span-look';

/**
 * Draws a block of a text anew. By hand, because a page has thousands of pieces: a component's bookkeeping for each takes ten
 * times as long as the piece itself. Every piece says by `data-at` where in the text it begins (see `text-dom`).
 */
export function drawBlock(block: HTMLElement, text: string, laid: LaidBlock<DrawnSpan>, look: ClassLooks): void {
  const pieces: Node[] = [];
  for (const piece of piecesOf(laid)) {
    if (piece.kind === 'tag') pieces.push(onSpans(piece.under, look, [tag(piece.of.span, piece.at, look)]));
    else pieces.push(...textPieces(text, piece.start, piece.end, piece.under, look));
  }
  block.replaceChildren(...pieces);
}

function textPieces(
  text: string,
  start: number,
  end: number,
  under: readonly PlacedSpan<DrawnSpan>[],
  look: ClassLooks,
): HTMLElement[] {
  return visibleText(text.slice(start, end)).map((part) => {
    if (part.kind === 'control') return onSpans(under, look, [controlMark(part, start + part.at)]);
    const leaf = onSpans(under, look, [part.text]);
    leaf.dataset.at = String(start + part.at);
    return leaf;
  });
}

function onSpans(
  under: readonly PlacedSpan<DrawnSpan>[],
  look: ClassLooks,
  content: readonly (Node | string)[],
): HTMLElement {
  const element = document.createElement('span');
  element.append(...content);
  if (under.length > 0) {
    element.className = 'under';
    element.style.cssText = underlay(under, look);
  }
  return element;
}

function tag(span: DrawnSpan, at: number, look: ClassLooks): HTMLElement {
  const { color } = look(span);
  const element = document.createElement('span');
  element.className = `tag${span.proposed ? ' proposed' : ''}${span.selected ? ' selected' : ''}`;
  Object.assign(element.dataset, { at: String(at), tag: tagOf(span, look), field: span.field, id: span.id });
  element.style.setProperty('--class-color', color);
  element.style.setProperty('--class-ink', inkOn(color));
  return element;
}

function controlMark({ mark, name }: { readonly mark: string; readonly name: string }, at: number): HTMLElement {
  const element = document.createElement('span');
  element.className = 'control';
  element.title = name;
  element.textContent = mark;
  Object.assign(element.dataset, { at: String(at), unit: '' });
  return element;
}
