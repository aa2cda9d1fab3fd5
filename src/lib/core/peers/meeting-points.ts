import { fault } from '../errors';
import type { IceServer } from '../model/project';
import { err, ok, type Result } from '../result';

/** A WebSocket's address: scheme, host, the rest. */
const SOCKET = /^(wss?):\/\/(\[[\da-f:.]+\]|[^\s/?#@:[\]]+)(:\d{1,5})?([/?][^\s#]*)?$/i;
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;

/** https://www.rfc-editor.org/rfc/rfc7064, https://www.rfc-editor.org/rfc/rfc7065 */
const ICE = /^(stuns?|turns?):(\[[\da-f:.]+\]|[^\s/?#@:[\]]+)(:\d{1,5})?(\?transport=(?:udp|tcp))?$/i;

/** What is typed for one server, at most. */
const MAX_LENGTH = 300;

/**
 * The address of a signaling server, as it was typed. Browsers connect a page to encrypted servers only, and to those of the same
 * machine.
 *
 * @returns `meeting.server`
 */
export function parseSignalingServer(typed: string): Result<string> {
  const address = typed.trim();
  const refuse = (reason: string) => err(fault('meeting.server', address, { reason }));
  const [, scheme = '', host = ''] = SOCKET.exec(address) ?? [];
  if (address.length > MAX_LENGTH) return refuse('it is too long');
  if (host === '') return refuse('it is no address that begins with wss://');
  if (scheme.toLowerCase() === 'ws' && !LOOPBACK.test(host))
    return refuse('ws:// is not encrypted, which browsers allow to this machine only');
  return ok(address);
}

/**
 * A STUN or TURN server as it was typed: `stun:host`, or `turn:host` with the name and the password that it asks for.
 *
 * @returns `meeting.ice`
 */
export function parseIceServer(typed: { url: string; username: string; credential: string }): Result<IceServer> {
  const url = typed.url.trim();
  const [username, credential] = [typed.username.trim(), typed.credential.trim()];
  const refuse = (reason: string) => err(fault('meeting.ice', url, { reason }));
  const [, scheme = '', , , transport] = ICE.exec(url) ?? [];
  if (url.length > MAX_LENGTH) return refuse('it is too long');
  if (scheme === '') return refuse('it is no address such as stun:stun.example.org or turn:turn.example.org:3478');
  if (scheme.toLowerCase().startsWith('turn')) {
    if (username === '' || credential === '') return refuse('a TURN server needs a name and a password');
    return ok({ urls: [url], username, credential });
  }
  if (transport !== undefined) return refuse('only TURN servers take ?transport=');
  return ok({ urls: [url] });
}

/** Whether what a project's settings, or a host, name as a signaling server is one that this device may be sent to. */
export const isSignalingServer = (address: string): boolean => parseSignalingServer(address).ok;
