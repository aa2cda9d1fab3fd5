import type { SignalingServer } from '#state/meeting';
import { inItems } from '../figures';

export interface MeetingSituation {
  /** null: not known yet. */
  readonly servers: readonly SignalingServer[] | null;
  readonly isOnline: boolean;
  /** Connections to members that stand. */
  readonly connected: number;
}

export interface MeetingWords {
  readonly tone: 'calm' | 'warn';
  readonly title: string;
  /** What works now, and what to do. */
  readonly help: string;
}

const BY_HAND =
  'To meet somebody all the same, connect two devices by a code, or hand over the project file. What you do is saved here, and joins when you meet.';

/** What a person can count on now. */
export function meetingWords({ servers, isOnline, connected }: MeetingSituation): MeetingWords {
  const others =
    connected === 0 ? '' : `You are connected to ${inItems(connected, 'device', 'devices')}, and stay so. `;
  if (servers === null) return { tone: 'calm', title: 'Looking for others', help: others };
  const reachable = servers.filter(({ isReachable }) => isReachable);
  if (reachable.length > 0) {
    return {
      tone: 'calm',
      title:
        connected === 0 ? 'Nobody else is connected now' : `Connected to ${inItems(connected, 'device', 'devices')}`,
      help: `Whoever has the project open finds this device through ${namesOf(reachable)}. What you label goes to the others directly.`,
    };
  }
  if (!isOnline) {
    const help = `${others}Without a network nobody new is met. ${BY_HAND}`;
    return { tone: 'warn', title: 'This device is offline', help };
  }
  if (servers.length > 0) {
    const what = servers.length === 1 ? 'The meeting point does not answer' : 'No meeting point answers';
    const help = `${others}${capital(namesOf(servers))} cannot be reached now; it is tried again by itself. ${BY_HAND}`;
    return { tone: 'warn', title: what, help };
  }
  const help = `${others}The place that this app comes from brings no signaling server, and the project names none. ${BY_HAND} An owner can name a server in Settings.`;
  return { tone: 'warn', title: 'There is no meeting point', help };
}

function namesOf(servers: readonly SignalingServer[]): string {
  const names = servers.map(({ address, of }) => (of === 'host' ? 'the server of this app' : hostOf(address)));
  return [...new Set(names)].join(', ');
}

const hostOf = (address: string): string => (URL.canParse(address) ? new URL(address).host : address);

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
