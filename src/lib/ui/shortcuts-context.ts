import { getContext, onDestroy, setContext } from 'svelte';
import type { Offer, Shortcuts } from '#state/shortcuts';

const KEY = Symbol('shortcuts');

/** Called once, by the root layout. */
export const setShortcuts = (shortcuts: Shortcuts): Shortcuts => setContext(KEY, shortcuts);

/** Undefined where the app could not start. */
export const getShortcuts = (): Shortcuts | undefined => getContext<Shortcuts | undefined>(KEY);

/** Offers what a screen can do for as long as it stands; call it while the component is made. */
export function offer(given: Offer): void {
  const withdraw = getShortcuts()?.offer(given);
  if (withdraw) onDestroy(withdraw);
}
