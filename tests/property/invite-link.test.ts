import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toBase32 } from '#core/model/base32';
import { sha256 } from '#core/model/hash';
import type { Invitation } from '#core/peers/invitation';
import { invitationText, inviteLink, readInvitation } from '#core/peers/invite-link';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const id = bytes(32).map(toBase32);
/** Text as people give it; a lone surrogate has no UTF-8. */
const name = fc.string({ unit: 'grapheme', maxLength: 40 });

const invitation: fc.Arbitrary<Invitation> = fc.record({
  certificate: fc.record({
    project: id,
    invite: bytes(32),
    role: fc.constantFrom('reviewer' as const, 'annotator' as const, 'viewer' as const),
    expires: fc.nat({ max: Number.MAX_SAFE_INTEGER }),
    issuer: id,
    signature: bytes(64),
  }),
  seed: bytes(32),
  projectName: name,
  inviterName: name,
  servers: fc.array(fc.webUrl(), { maxLength: 3 }),
  lamport: fc.nat({ max: 2 ** 48 }),
});

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const codeOf = (text: string): string => {
  const read = readInvitation(text);
  return read.ok ? 'ok' : read.error.code;
};

describe('An invite link', () => {
  test('says what the invitation says (seed 501)', () => {
    fc.assert(
      fc.property(invitation, (one) => {
        expect(readInvitation(inviteLink('https://example.org/app/', one))).toEqual({ ok: true, value: one });
      }),
      { seed: 501 },
    );
  });

  test('is read as people pass it on: alone, in capitals, broken into lines, in brackets, at the end of a sentence (seed 502)', () => {
    fc.assert(
      fc.property(invitation, (one) => {
        const text = invitationText(one);
        const link = inviteLink('https://example.org/', one);
        const passedOn = [text, text.toUpperCase(), ` ${link}\n`, `<${link}>`, `(${link}).`, `“${link}”,`];
        const broken = link.replace(/(.{70})/g, '$1\r\n  ');
        for (const given of [...passedOn, broken]) expect(readInvitation(given)).toEqual({ ok: true, value: one });
      }),
      { seed: 502, numRuns: 30 },
    );
  });

  test('is an error wherever it is cut (seed 503)', () => {
    fc.assert(
      fc.property(invitation, (one) => {
        const text = invitationText(one);
        for (let length = 0; length < text.length; length++) {
          expect(codeOf(text.slice(0, length))).toBe(length < 8 ? 'invite-link.wrong' : 'invite-link.cut');
        }
      }),
      { seed: 503, numRuns: 5 },
    );
  });

  test('is an error with any one character changed, and never another invitation (seed 504)', () => {
    fc.assert(
      fc.property(invitation, fc.integer({ min: 1, max: 31 }), (one, step) => {
        const text = invitationText(one);
        for (let at = 0; at < text.length; at++) {
          const other = ALPHABET[(ALPHABET.indexOf(text[at]!) + step) % 32]!;
          expect(codeOf(text.slice(0, at) + other + text.slice(at + 1))).toMatch(/^invite-link\.(wrong|cut)$/);
        }
      }),
      { seed: 504, numRuns: 5 },
    );
  });

  test('is an error with characters added, doubled or swapped (seed 505)', () => {
    fc.assert(
      fc.property(invitation, fc.nat(), fc.constantFrom(...Array.from(ALPHABET)), (one, place, letter) => {
        const text = invitationText(one);
        const at = place % (text.length - 1);
        expect(codeOf(text + letter)).toBe('invite-link.wrong');
        expect(codeOf(text.slice(0, at) + letter + text.slice(at))).not.toBe('ok');
        const swapped = text.slice(0, at) + text[at + 1]! + text[at]! + text.slice(at + 2);
        if (swapped !== text) expect(codeOf(swapped)).not.toBe('ok');
      }),
      { seed: 505 },
    );
  });

  test('of any other text is an error, and none throws (seed 506)', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...Array.from(ALPHABET)) })),
        (text) => {
          expect(codeOf(text)).toMatch(/^invite-link\./);
        },
      ),
      { seed: 506, numRuns: 500 },
    );
  });
});

/** A link of the given version, by the frame that all versions share: version, length, content, checksum. */
function framed(version: number, content: Uint8Array): string {
  const length = 3 + content.length + 5;
  const body = Uint8Array.of(version, length >> 8, length & 255, ...content);
  const domain = new TextEncoder().encode('concord-invite-link-v1\0');
  return toBase32(Uint8Array.of(...body, ...sha256(Uint8Array.of(...domain, ...body)).subarray(0, 5)));
}

test.each([
  ['of a newer version', framed(2, new Uint8Array(40)), 'invite-link.newer'],
  ['of a newer version, cut', framed(2, new Uint8Array(40)).slice(0, -4), 'invite-link.cut'],
  ['whose content is no dag-cbor', framed(1, new Uint8Array(40).fill(255)), 'invite-link.wrong'],
  ['that holds something else', framed(1, Uint8Array.of(0x80)), 'invite-link.wrong'],
  ['that is empty', '', 'invite-link.wrong'],
  ['that is only the route', 'https://example.org/#/join/', 'invite-link.wrong'],
])('a link %s', (_, text, code) => {
  expect(codeOf(text)).toBe(code);
});
