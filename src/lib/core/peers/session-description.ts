/**
 * What two browsers must know of each other to open data channels, out of the session descriptions (SDP) that they make, which
 * are nine tenths the same for everybody.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8841 (data channels in SDP), https://www.rfc-editor.org/rfc/rfc8839 (ICE in SDP)
 */
export interface Session {
  /** ICE's name and password for this attempt. */
  readonly ufrag: string;
  readonly password: string;
  /** SHA-256 of the certificate, 32 bytes. */
  readonly fingerprint: Uint8Array;
  /** Who begins the encryption: an offer leaves it open (`actpass`). */
  readonly setup: Setup;
  /** Name of the media section; both descriptions use the offer's. */
  readonly mid: string;
  readonly candidates: readonly Candidate[];
}

/** An address at which a browser may be reached by UDP. */
export interface Candidate {
  readonly kind: CandidateKind;
  /** An IP address or, where the browser hides it, a name of this network (`….local`). */
  readonly address: string;
  readonly port: number;
  readonly priority: number;
}

export const SETUPS = ['actpass', 'active', 'passive'] as const;
export type Setup = (typeof SETUPS)[number];
export const CANDIDATE_KINDS = ['host', 'srflx', 'prflx', 'relay'] as const;
export type CandidateKind = (typeof CANDIDATE_KINDS)[number];

const CANDIDATE = /^candidate:\S+ 1 udp (\d+) (\S+) (\d+) typ (host|srflx|prflx|relay)\b/i;

/** @returns null where the description is not one of data channels alone, or lacks something */
export function readDescription(sdp: string): Session | null {
  const lines = sdp.split(/\r?\n/);
  const attributes = (name: string): string[] =>
    lines.filter((line) => line.startsWith(`a=${name}:`)).map((line) => line.slice(name.length + 3).trim());
  const one = (name: string): string | null => {
    const values = new Set(attributes(name));
    return values.size === 1 ? [...values].join('') : null;
  };
  const [ufrag, password, mid] = [one('ice-ufrag'), one('ice-pwd'), one('mid')];
  const setup = SETUPS.find((known) => known === one('setup'));
  const fingerprint = fromHex(/^sha-256 (.*)$/i.exec(one('fingerprint') ?? '')?.[1] ?? '');
  const hasOneSection = lines.filter((line) => line.startsWith('m=')).length === 1;
  if (!hasOneSection || ufrag === null || password === null || mid === null || !setup || !fingerprint) return null;
  const candidates = attributes('candidate').flatMap((line): Candidate[] => {
    const [, priority, address = '', port, kind] = CANDIDATE.exec(`candidate:${line}`) ?? [];
    const known = CANDIDATE_KINDS.find((each) => each === kind?.toLowerCase());
    return known ? [{ kind: known, address, port: Number(port), priority: Number(priority) }] : [];
  });
  return { ufrag, password, fingerprint, setup, mid, candidates };
}

/** A description that every browser takes for the one that {@link readDescription} read. */
export function writeDescription({ ufrag, password, fingerprint, setup, mid, candidates }: Session): string {
  const lines = [
    ...['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 't=0 0', `a=group:BUNDLE ${mid}`],
    ...['m=application 9 UDP/DTLS/SCTP webrtc-datachannel', 'c=IN IP4 0.0.0.0'],
    ...candidates.map(candidateLine),
    'a=end-of-candidates',
    ...[`a=ice-ufrag:${ufrag}`, `a=ice-pwd:${password}`, `a=fingerprint:sha-256 ${toHex(fingerprint)}`],
    ...[`a=setup:${setup}`, `a=mid:${mid}`, 'a=sctp-port:5000', 'a=max-message-size:262144'],
  ];
  return `${lines.join('\r\n')}\r\n`;
}

function candidateLine({ kind, address, port, priority }: Candidate, n: number): string {
  // Whoever was asked by which address of its own is not told, and nobody needs it.
  const origin = kind === 'host' ? '' : ' raddr 0.0.0.0 rport 0';
  return `a=candidate:${n + 1} 1 udp ${priority} ${address} ${port} typ ${kind}${origin}`;
}

function fromHex(text: string): Uint8Array | null {
  if (!/^[\da-f]{2}(?::[\da-f]{2}){31}$/i.test(text)) return null;
  return Uint8Array.from(text.split(':'), (byte) => parseInt(byte, 16));
}

const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join(':');
