import type { PeersView } from '#workers/project/api';
import { inItems } from '../figures';

/** What somebody who joined is told until the project is here. */
export interface WaitingWords {
  /** `bad`: waiting is of no use. */
  readonly tone: 'calm' | 'bad';
  readonly title: string;
  readonly help: string;
  /** Whether it is being sent now. */
  readonly isComing: boolean;
}

interface Waiting {
  /** Who made the invite; '' where it does not tell. */
  readonly inviter: string;
  readonly peers: Pick<PeersView, 'connected' | 'refused'> | null;
  readonly isOffline: boolean;
}

export function waitingWords({ inviter, peers, isOffline }: Waiting): WaitingWords {
  const who = inviter === '' ? 'whoever sent you the link' : inviter;
  if (peers?.refused === 'removed') {
    return {
      ...{ tone: 'bad', isComing: false, title: 'You were removed from this project' },
      help: `Ask ${who} to give you a role again.`,
    };
  }
  if (peers?.refused === 'stranger') {
    return {
      ...{ tone: 'bad', isComing: false, title: 'This invite no longer lets you in' },
      help: `It was withdrawn, or it expired before anybody of the project met you. Ask ${who} for a new link, and open it on this device.`,
    };
  }
  if (peers && peers.connected > 0) {
    const devices = inItems(peers.connected, 'device');
    return { tone: 'calm', isComing: true, title: 'Here it comes', help: `The project is sent to you by ${devices}.` };
  }
  if (isOffline) {
    return {
      ...{ tone: 'calm', isComing: false, title: 'This device is offline' },
      help: 'The project comes as soon as there is a network and somebody who has it.',
    };
  }
  return {
    ...{ tone: 'calm', isComing: false, title: 'Waiting for somebody who has the project' },
    help: `It comes from ${who}, or from anybody else of the project, once one of them has it open. You can leave this page open or come back later.`,
  };
}
