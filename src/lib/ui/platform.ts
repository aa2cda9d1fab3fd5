/** Whether Cmd does here what Ctrl does elsewhere. */
export const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

const ARROWS = { ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓', Arrows: '← → ↑ ↓' };

const NAMES: Readonly<Record<string, string>> = isMac
  ? { ...ARROWS, Mod: '⌘', Shift: '⇧', Alt: '⌥', Enter: '↩', Escape: 'esc', ' ': 'Space' }
  : { ...ARROWS, Mod: 'Ctrl', Enter: '↵', Escape: 'Esc', ' ': 'Space' };

/** Keys pressed together, as this platform writes them: `Mod+Z` is `Ctrl Z`, or `⌘Z` on a Mac. */
export function keysInWords(keys: string): string {
  const parts = keys === '+' ? ['+'] : keys.split('+');
  return parts.map((key) => NAMES[key] ?? key).join(isMac ? '' : ' ');
}
