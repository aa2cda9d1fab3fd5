import { describe, expect, test } from 'vitest';
import { ImageHosts } from '#state/image-hosts';

/** A browser's storage, and whether it takes anything. */
function memory(stored: string | null, takes = true) {
  return {
    stored,
    getItem() {
      return this.stored;
    },
    setItem(_: string, value: string) {
      if (!takes) throw new DOMException('full', 'QuotaExceededError');
      this.stored = value;
    },
  };
}

describe('ImageHosts', () => {
  test('show nothing that nobody asked for', () => {
    const hosts = new ImageHosts(memory(null));
    expect(hosts.shows('https://example.com/a.png')).toBe(false);
    hosts.show(['example.com']);
    expect(hosts.shows('https://example.com/a.png')).toBe(true);
    expect(hosts.shows('https://www.example.com/a.png')).toBe(false);
    expect(hosts.shows('https://example.com:8443/a.png')).toBe(false);
    expect(hosts.shows('https://example.com.evil.org/a.png')).toBe(false);
    expect(hosts.shows('https://example.com@evil.org/a.png')).toBe(false);
    expect(hosts.shows('not an address')).toBe(false);
  });

  test('are remembered', () => {
    const storage = memory(null);
    new ImageHosts(storage).show(['a.org', 'b.org']);
    expect(new ImageHosts(storage).shows('https://b.org/')).toBe(true);
  });

  test('forget the first ones beyond a thousand', () => {
    const storage = memory(null);
    const hosts = new ImageHosts(storage);
    hosts.show(['first.org', 'second.org']);
    hosts.show(['first.org']);
    hosts.show(Array.from({ length: 999 }, (_, n) => `${n}.org`));
    expect(hosts.shows('https://second.org/')).toBe(true);
    expect(hosts.shows('https://first.org/')).toBe(false);
  });

  test.each(['nonsense', '{}', 'null', '[1,null,{}]'])('a storage that holds %s is one without hosts', (stored) => {
    expect(new ImageHosts(memory(stored)).shows('https://example.com/')).toBe(false);
  });

  test('a full storage costs the memory between visits alone', () => {
    const hosts = new ImageHosts(memory(null, false));
    hosts.show(['example.com']);
    expect(hosts.shows('https://example.com/')).toBe(true);
  });
});
