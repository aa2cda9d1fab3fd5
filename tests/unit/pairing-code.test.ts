import jsQR from 'jsqr';
import { encode } from 'uqr';
import { expect, test } from 'vitest';
import { pairingCode, readPairingCode, type PairingStep } from '#core/peers/pairing-code';
import { readDescription, writeDescription, type Session } from '#core/peers/session-description';

const PROJECT = 'a'.repeat(52);
const OTHER = 'b'.repeat(51) + 'a';
const ATTEMPT = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);

const FINGERPRINT = Array.from({ length: 32 }, (_, n) => (n * 8).toString(16).padStart(2, '0').toUpperCase()).join(':');

/** What Chromium 156 says of a data channel; its addresses are hidden by names, but for what a STUN server saw. */
const CHROMIUM = [
  'v=0',
  'o=- 5532458837349713 2 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'a=group:BUNDLE 0',
  'a=extmap-allow-mixed',
  'a=msid-semantic: WMS',
  'm=application 46154 UDP/DTLS/SCTP webrtc-datachannel',
  'c=IN IP4 203.0.113.7',
  'a=candidate:1467250027 1 udp 2122260223 1f4712db-ea17-4bcf-a596-105139dfd8bf.local 46154 typ host generation 0 network-cost 999',
  'a=candidate:842163049 1 udp 1677729535 203.0.113.7 46154 typ srflx raddr 0.0.0.0 rport 0 generation 0',
  'a=candidate:435653019 1 tcp 1518280447 1f4712db-ea17-4bcf-a596-105139dfd8bf.local 9 typ host tcptype active generation 0',
  'a=ice-ufrag:EsAw',
  'a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1',
  'a=ice-options:trickle',
  `a=fingerprint:sha-256 ${FINGERPRINT}`,
  'a=setup:actpass',
  'a=mid:0',
  'a=sctp-port:5000',
  'a=max-message-size:262144',
  '',
].join('\r\n');

/** The form of Firefox: session-level fingerprint, candidates in capitals, an address of IPv6. */
const FIREFOX = [
  'v=0',
  'o=mozilla...THIS_IS_SDPARTA-99.0 7193487123 0 IN IP4 0.0.0.0',
  's=-',
  't=0 0',
  `a=fingerprint:sha-256 ${FINGERPRINT}`,
  'a=group:BUNDLE 0',
  'a=ice-options:trickle',
  'm=application 50611 UDP/DTLS/SCTP webrtc-datachannel',
  'c=IN IP6 2001:db8::7',
  'a=candidate:0 1 UDP 2122187007 2001:db8::7 50611 typ host',
  'a=candidate:2 1 TCP 2105458943 2001:db8::7 9 typ host tcptype active',
  'a=sendrecv',
  'a=end-of-candidates',
  'a=ice-pwd:1ec1ab91a0f6b4a1c4bf13f0a6f1f1d2',
  'a=ice-ufrag:6a7c2f11',
  'a=mid:0',
  'a=setup:active',
  'a=sctp-port:5000',
  'a=max-message-size:1073741823',
  '',
].join('\r\n');

const session = (sdp: string): Session => {
  const read = readDescription(sdp);
  if (!read) throw new Error('not read');
  return read;
};

test('what a description says is read, and what is written says the same', () => {
  const chromium = session(CHROMIUM);
  expect(chromium).toEqual({
    ufrag: 'EsAw',
    password: 'P2uYro0UCOQ4zxjKXaWCBui1',
    fingerprint: Uint8Array.from({ length: 32 }, (_, n) => n * 8),
    setup: 'actpass',
    mid: '0',
    candidates: [
      {
        kind: 'host',
        address: '1f4712db-ea17-4bcf-a596-105139dfd8bf.local',
        port: 46_154,
        priority: 2_122_260_223,
      },
      { kind: 'srflx', address: '203.0.113.7', port: 46_154, priority: 1_677_729_535 },
    ],
  });
  expect(session(FIREFOX)).toMatchObject({
    setup: 'active',
    candidates: [{ kind: 'host', address: '2001:db8::7', port: 50_611, priority: 2_122_187_007 }],
  });
  for (const each of [chromium, session(FIREFOX)]) expect(readDescription(writeDescription(each))).toEqual(each);
});

test.each([
  ['no name for ICE', CHROMIUM.replace(/a=ice-ufrag.*\r\n/, '')],
  ['no fingerprint', CHROMIUM.replace(/a=fingerprint.*\r\n/, '')],
  ['another hash', CHROMIUM.replace('sha-256', 'sha-1')],
  [
    'two fingerprints',
    CHROMIUM.replace('a=setup', `a=fingerprint:sha-256 ${FINGERPRINT.replace('08', '09')}\r\na=setup`),
  ],
  ['sound besides', `${CHROMIUM}m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n`],
])('a description with %s is none', (_, sdp) => {
  expect(readDescription(sdp)).toBeNull();
});

test.each([
  ['offer', CHROMIUM],
  ['answer', FIREFOX],
] as const)('an %s is read as it was written, however a messenger breaks its lines', (step, sdp) => {
  const code = pairingCode(PROJECT, { step, attempt: ATTEMPT, session: session(sdp) });
  expect(code).toMatch(/^CONCORD-PAIR:[A-Z2-7]+$/);
  const sent = ` ${code.toLowerCase().replace(/.{40}/g, '$&\n')} `;
  expect(readPairingCode(sent, PROJECT, step)).toEqual({
    ok: true,
    value: { step, attempt: ATTEMPT, session: session(sdp) },
  });
});

const offer = pairingCode(PROJECT, { step: 'offer', attempt: ATTEMPT, session: session(CHROMIUM) });

test.each<[what: string, text: string, project: string, step: PairingStep, code: string]>([
  ['nothing', '  ', PROJECT, 'offer', 'pairing.malformed'],
  ['an invite link', 'https://label.example.org/#/join/aeao7csy', PROJECT, 'offer', 'pairing.malformed'],
  ['a code that was cut', offer.slice(0, -1), PROJECT, 'offer', 'pairing.malformed'],
  [
    'a mistyped letter',
    offer.replace(/.(?=.{20}$)/, (letter) => (letter === 'A' ? 'B' : 'A')),
    PROJECT,
    'offer',
    'pairing.malformed',
  ],
  ['a letter that no code has', offer.replace(/.(?=.{20}$)/, '1'), PROJECT, 'offer', 'pairing.malformed'],
  ['a code of another project', offer, OTHER, 'offer', 'pairing.other-project'],
  ['an offer for an answer', offer, PROJECT, 'answer', 'pairing.wrong-step'],
])('%s is refused', (_, text, project, step, code) => {
  expect(readPairingCode(text, project, step)).toMatchObject({ ok: false, error: { code } });
});

test('a code of many addresses keeps the likeliest and fits into a QR code that is read back', () => {
  const candidates = Array.from({ length: 40 }, (_, n) => ({
    kind: 'host' as const,
    address: `2001:db8:1111:2222:3333:4444:5555:${n.toString(16)}`,
    port: 1_024 + n,
    priority: n,
  }));
  const code = pairingCode(PROJECT, { step: 'offer', attempt: ATTEMPT, session: { ...session(CHROMIUM), candidates } });
  const read = readPairingCode(code, PROJECT, 'offer');
  expect(read.ok && read.value.session.candidates.map(({ priority }) => priority)).toEqual([
    39, 38, 37, 36, 35, 34, 33, 32, 31, 30, 29, 28,
  ]);
  expect(seen(code)).toBe(code);
});

/** What a scanner sees of the text's QR code, four pixels to a module. */
function seen(text: string): string | undefined {
  const { data, size } = encode(text, { ecc: 'L', border: 4 });
  const scale = 4;
  const width = size * scale;
  const pixels = new Uint8ClampedArray(width * width * 4);
  for (let y = 0; y < width; y++)
    for (let x = 0; x < width; x++)
      pixels.set(
        data[Math.floor(y / scale)]![Math.floor(x / scale)] ? [0, 0, 0, 255] : [255, 255, 255, 255],
        (y * width + x) * 4,
      );
  // jsQR is CommonJS: Node hands its exports over whole.
  const read = (jsQR as unknown as { default?: typeof jsQR }).default ?? jsQR;
  return read(pixels, width, width)?.data;
}
