import type { LinkReach } from '#core/peers/link-reach';
import type { Invitation } from '#core/peers/invitation';
import type { Invite } from '#workers/project/api';
import { inDay } from '../figures';
import { ROLE_NAMES } from './role-words';

/** What goes with a link in a message. */
export function inviteMessage({ certificate, inviterName, projectName }: Invitation): string {
  const who = inviterName === '' ? 'You are invited' : `${inviterName} invites you`;
  const until = inDay(certificate.expires);
  return `${who} to “${projectName}” on Concord, as ${ROLE_NAMES[certificate.role]}. Open this link in a browser and say your name. It is good until ${until}.`;
}

/** What somebody should know before they send a link; null where it works everywhere. */
export const REACH_WORDS: Readonly<Record<LinkReach, { readonly title: string; readonly help: string } | null>> = {
  anybody: null,
  network: {
    title: 'This link works in this network only',
    help: 'Its address belongs to your network. Other devices may first ask whether they trust this address.',
  },
  machine: {
    title: 'This link works on this machine only',
    help: 'Its address means “this machine” on every device. Open Concord at an address that others can reach, and make the link there.',
  },
  nobody: {
    title: 'Other devices will refuse this link',
    help: 'Browsers give pages without https neither keys nor storage locks. Serve Concord over https, and make the link there.',
  },
};

/** An invite's state, as in a list. */
export function inviteState({ state, expires }: Pick<Invite, 'state' | 'expires'>): string {
  if (state === 'withdrawn') return 'Withdrawn';
  return `${state === 'expired' ? 'Expired' : 'Good until'} ${inDay(expires)}`;
}
