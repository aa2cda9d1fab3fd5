import type { PeersView } from '#workers/project/api';
import { inItems } from './figures';

/** Where what this person did is besides on this device; '' where nobody shares the project. */
export function heldWords({ isShared, holders }: Pick<PeersView, 'isShared' | 'holders'>): string {
  if (!isShared) return '';
  return holders === 0
    ? 'Nobody else holds all of it yet.'
    : `All that you did is held by ${inItems(holders, 'other', 'others')} too.`;
}

/** Who is there, in a word or two. */
export function peersBriefly({ refused, present }: Pick<PeersView, 'refused' | 'present'>): string {
  if (refused === 'removed') return 'Removed';
  if (refused === 'stranger') return 'Not let in';
  const others = new Set(present.map(({ author }) => author)).size;
  return others === 0 ? 'Only you' : `${others + 1} here`;
}
