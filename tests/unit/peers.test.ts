import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Exchange } from '#workers/project/peers/exchange';
import type { Session } from '#workers/project/session';
import { directPair } from '../support/direct-channels';
import { projectDigest } from '../support/project-digest';
import { label, team } from '../support/team';

const BINDING = new Uint8Array(32).fill(5);

const open: Exchange[] = [];
beforeEach(() => {
  vi.stubGlobal('navigator', { storage: { estimate: () => Promise.resolve({ quota: 1e9 }) } });
});
afterEach(async () => {
  for (const exchange of open.splice(0)) await exchange.close();
  vi.unstubAllGlobals();
});

async function exchangeOf(session: Session): Promise<Exchange> {
  const on = { changed: () => {}, refused: () => {}, admitted: () => {}, dropped: () => {}, claims: () => [] };
  const exchange = await Exchange.open(session, () => undefined, on);
  open.push(exchange);
  return exchange;
}

function link(one: Exchange, other: Exchange, id: string): () => void {
  const [sync, blobs] = [directPair(), directPair()];
  one.connect(id, { sync: sync[0], blobs: blobs[0] });
  other.connect(id, { sync: sync[1], blobs: blobs[1] });
  one.connected(id, BINDING);
  other.connected(id, BINDING);
  return () => {
    one.gone(id);
    other.gone(id);
  };
}

describe('Devices that are connected', () => {
  test('a guest who joined gets the project and its items, and both get what the other does', async () => {
    const { sessions } = await team(1);
    const [founder, guest] = sessions as [Session, Session];
    expect(guest.isFounded).toBe(false);
    link(await exchangeOf(founder), await exchangeOf(guest), 'a');
    await vi.waitFor(() => expect(guest.projection.tally.items).toBe(8), 3000);
    expect(guest.role).toBe('annotator');
    expect(await label(guest, 0, 'x')).toBe('');
    expect(await label(founder, 1, 'y')).toBe('');
    await vi.waitFor(() => {
      expect(projectDigest(guest)).toEqual(projectDigest(founder));
      expect(founder.projection.tally.statuses().completed).toBe(2);
    }, 3000);
    for (const session of sessions) await session.close();
  });
});
