const FINGERPRINT = /^a=fingerprint:(.*)$/gim;
const SHA_256 = /^sha-256 [\da-f]{2}(?::[\da-f]{2}){31}$/;

/**
 * Calls back once, when a connection stands: with the certificates of both ends. One that does not say for sure between whom it
 * is encrypted is closed.
 */
export function whenConnected(connection: RTCPeerConnection, stands: (fingerprints: readonly string[]) => void): void {
  const look = () => {
    if (connection.connectionState !== 'connected') return;
    connection.removeEventListener('connectionstatechange', look);
    const fingerprints = fingerprintsOf(connection);
    if (fingerprints) stands(fingerprints);
    else connection.close();
  };
  connection.addEventListener('connectionstatechange', look);
}

/**
 * The certificates that a standing connection is encrypted between, as in `sha-256 0a:1b:…`, sorted: the same on both ends, unless
 * somebody in the middle has put in their own.
 *
 * @returns null where an end names none, or several: by naming theirs beside the true one, somebody in the middle could have both
 *   ends see the same list
 */
export function fingerprintsOf({
  localDescription,
  remoteDescription,
}: Pick<RTCPeerConnection, 'localDescription' | 'remoteDescription'>): readonly string[] | null {
  const [mine, theirs] = [localDescription, remoteDescription].map((description) =>
    fingerprintIn(description?.sdp ?? ''),
  );
  return mine && theirs ? [mine, theirs].sort() : null;
}

/** The one certificate that a description names; null: none, or several. */
function fingerprintIn(sdp: string): string | null {
  const named = new Set(Array.from(sdp.matchAll(FINGERPRINT), ([, value = '']) => value.trim().toLowerCase()));
  const [only = ''] = named;
  return named.size === 1 && SHA_256.test(only) ? only : null;
}
