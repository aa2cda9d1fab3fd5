import type { Attachment } from 'svelte/attachments';
import { place, type Side } from './place';
import { keysInWords } from './platform';

const DELAY_MS = 400;

/**
 * Shows a name, and the key that does the same, while a mouse rests on the element or the keyboard focuses it. It only
 * repeats what the element's accessible name says.
 */
export function tooltip(text: string, shortcut = '', side: Side = 'below'): Attachment<HTMLElement> {
  return (element) => {
    let bubble: HTMLElement | null = null;
    let timer = 0;

    const show = () => {
      if (bubble || !element.isConnected) return;
      bubble = document.createElement('div');
      bubble.className = 'tooltip';
      bubble.popover = 'manual';
      bubble.setAttribute('aria-hidden', 'true');
      bubble.append(text);
      if (shortcut !== '') {
        const key = document.createElement('kbd');
        key.textContent = keysInWords(shortcut);
        bubble.append(key);
      }
      // Inside a modal dialog, only what stands in the dialog is drawn above it in every browser.
      (element.closest('dialog') ?? document.body).append(bubble);
      bubble.showPopover();
      place(bubble, element, side, 'center');
    };
    const hide = () => {
      clearTimeout(timer);
      bubble?.remove();
      bubble = null;
    };
    const enter = (event: PointerEvent) => {
      if (event.pointerType !== 'mouse') return;
      clearTimeout(timer);
      timer = window.setTimeout(show, DELAY_MS);
    };
    const focus = () => {
      if (element.matches(':focus-visible')) show();
    };

    element.addEventListener('pointerenter', enter);
    element.addEventListener('pointerleave', hide);
    element.addEventListener('pointerdown', hide);
    element.addEventListener('focus', focus);
    element.addEventListener('blur', hide);
    return () => {
      hide();
      element.removeEventListener('pointerenter', enter);
      element.removeEventListener('pointerleave', hide);
      element.removeEventListener('pointerdown', hide);
      element.removeEventListener('focus', focus);
      element.removeEventListener('blur', hide);
    };
  };
}
