import { expect, it } from 'vitest';
import type { Presence } from '#core/peers/presence';
import { Claims } from '#core/workflow/claims';

const NOW = 1_700_000_000_000;
const said = (item: string | null, heardAt: number, more: Partial<Presence> = {}): Presence => ({
  ...{ author: 'ada', session: 's', isActive: true, item, heardAt },
  ...more,
});
const items = (claims: Claims, now: number): string[] => claims.live(now).map(({ item }) => item);

it('an item is claimed as long as its holder is heard of, and a minute longer', () => {
  const claims = new Claims();
  claims.hear([said('a', NOW)], NOW);
  claims.hear([said('a', NOW + 20_000)], NOW + 20_000);
  expect(items(claims, NOW + 79_999)).toEqual(['a']);
  expect(items(claims, NOW + 80_000)).toEqual([]);
});

it('who is missing from a word of presence is not forgotten before the minute is over', () => {
  const claims = new Claims();
  claims.hear([said('a', NOW)], NOW);
  claims.hear([], NOW + 1_000);
  expect(items(claims, NOW + 59_999)).toEqual(['a']);
  expect(items(claims, NOW + 60_000)).toEqual([]);
});

it('an item that was left stays claimed for the moment in which its answer may be on the way', () => {
  const claims = new Claims();
  claims.hear([said('a', NOW)], NOW);
  claims.hear([said('b', NOW + 1_000)], NOW + 1_000);
  expect(items(claims, NOW + 5_999).sort()).toEqual(['a', 'b']);
  expect(items(claims, NOW + 6_000)).toEqual(['b']);
});

it('who looks at no item claims none', () => {
  const claims = new Claims();
  claims.hear([said('a', NOW)], NOW);
  claims.hear([said(null, NOW + 1_000)], NOW + 1_000);
  expect(items(claims, NOW + 6_000)).toEqual([]);
});

it('a hidden page does not hold its item for longer than a minute, however often it is heard', () => {
  const claims = new Claims();
  claims.hear([said('a', NOW)], NOW);
  for (let at = NOW + 10_000; at <= NOW + 50_000; at += 10_000) claims.hear([said('a', at, { isActive: false })], at);
  expect(items(claims, NOW + 59_999)).toEqual(['a']);
  expect(items(claims, NOW + 60_000)).toEqual([]);
});

it('two devices of one person claim for themselves', () => {
  const claims = new Claims();
  claims.hear([said('a', NOW), said('b', NOW, { session: 't' })], NOW);
  expect(items(claims, NOW)).toEqual(['a', 'b']);
});
