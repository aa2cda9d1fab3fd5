/** Whether Cmd does here what Ctrl does elsewhere. */
export const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

const NAMES: Readonly<Record<string, string>> = isMac
  ? { Mod: '⌘', Shift: '⇧', Alt: '⌥', Enter: '↩', Escape: 'esc' }
  : { Mod: 'Ctrl', Enter: '↵', Escape: 'Esc' };

/** Keys pressed together, as this platform writes them: `Mod+Z` is `Ctrl Z`, or `⌘Z` on a Mac. */
export function keysInWords(keys: string): string {
  const parts = keys === '+' ? ['+'] : keys.split('+');
  return parts.map((key) => NAMES[key] ?? key).join(isMac ? '' : ' ');
}
