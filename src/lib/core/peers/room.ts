import { fromBase32, toBase32 } from '../model/base32';
import { sha256 } from '../model/hash';
import type { ProjectId } from '../model/ids';

/** Where a project's peers meet: the topic that signaling servers know, and the password that their messages are encrypted with. */
export interface Room {
  readonly topic: string;
  readonly password: string;
}

/**
 * The room follows from the project's id, 256 bits that only its members and whom they invited know; the topic tells nothing of
 * it. Whoever knows both gets no further than the challenge that every connection begins with.
 */
export function roomOf(project: ProjectId): Room {
  return {
    topic: `concord-${derived('concord-topic-v1\0', project)}`,
    password: derived('concord-room-v1\0', project),
  };
}

function derived(domain: string, project: ProjectId): string {
  const id = fromBase32(project);
  if (id === null) throw new Error(`not a project: ${project}`);
  return toBase32(sha256(Uint8Array.of(...Array.from(domain, (character) => character.charCodeAt(0)), ...id)));
}
