import { expect, test } from 'vitest';
import { parseIceServer, parseSignalingServer } from '#core/peers/meeting-points';

test.each([
  ['wss://signal.example.org', true],
  ['  wss://signal.example.org:4444/path?x=1  ', true],
  ['WSS://Signal.Example.Org', true],
  ['wss://[2001:db8::7]:4444', true],
  ['ws://localhost:4444', true],
  ['ws://127.0.0.1:4173/signal', true],
  ['ws://[::1]:4173/signal', true],
  ['ws://signal.example.org', false],
  ['ws://127.0.0.1.example.org', false],
  ['ws://localhost.example.org', false],
  ['https://signal.example.org', false],
  ['signal.example.org', false],
  ['wss://', false],
  ['wss://user:secret@signal.example.org', false],
  ['wss://signal.example.org/#part', false],
  ['wss://signal example.org', false],
  [`wss://${'x'.repeat(300)}.org`, false],
  ['', false],
])('%s as a signaling server: %s', (typed, isOne) => {
  const parsed = parseSignalingServer(typed);
  expect(parsed).toMatchObject(isOne ? { ok: true, value: typed.trim() } : { error: { code: 'meeting.server' } });
});

test.each<[url: string, username: string, credential: string, isOne: boolean]>([
  ['stun:stun.example.org', '', '', true],
  ['stun:stun.example.org:3478', '', '', true],
  ['stuns:stun.example.org:5349', '', '', true],
  ['turn:turn.example.org', 'me', 'secret', true],
  ['turns:turn.example.org:5349?transport=tcp', 'me', 'secret', true],
  ['turn:[2001:db8::7]:3478?transport=udp', 'me', 'secret', true],
  ['turn:turn.example.org', '', 'secret', false],
  ['turn:turn.example.org', 'me', ' ', false],
  ['stun:stun.example.org?transport=udp', '', '', false],
  ['stun://stun.example.org', '', '', false],
  ['https://turn.example.org', '', '', false],
  ['stun:', '', '', false],
])('%s as %s with %s as a STUN or TURN server: %s', (url, username, credential, isOne) => {
  const parsed = parseIceServer({ url, username, credential });
  const access = url.startsWith('turn') ? { username, credential } : {};
  expect(parsed).toEqual(
    isOne
      ? { ok: true, value: { urls: [url], ...access } }
      : { ok: false, error: expect.objectContaining({ code: 'meeting.ice' }) as unknown },
  );
});
