import type { IceServer } from '#core/model/project';

/** Those STUN and TURN servers that this browser takes: one that it does not know would keep every connection from being made. */
export function usableIce(servers: readonly IceServer[]): RTCIceServer[] {
  return servers.map(({ urls, ...access }) => ({ urls: [...urls], ...access })).filter(isUsable);
}

function isUsable(server: RTCIceServer): boolean {
  try {
    new RTCPeerConnection({ iceServers: [server] }).close();
    return true;
  } catch {
    return false;
  }
}
