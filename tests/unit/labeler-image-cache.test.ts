import { describe, expect, test } from 'vitest';
import type { Picture, PictureSource } from '#canvas/decode';
import { ImageCache, type PictureRequest } from '#canvas/image-cache';
import type { Size } from '#canvas/viewport';

const SIZE: Size = { width: 1000, height: 500 };
const VIEW: Size = { width: 100, height: 100 };

/** Decodes only when the script says so. */
class Decoder {
  readonly waiting: { key: string; target: Size | null; finish: (fails?: 'fails') => Promise<void> }[] = [];
  readonly open = new Set<Picture>();

  decode = (source: PictureSource, target: Size | null): Promise<Picture> =>
    new Promise((resolve, reject) => {
      const key = source.kind === 'url' ? source.url : '';
      const finish = async (fails?: 'fails'): Promise<void> => {
        this.waiting.splice(
          this.waiting.findIndex((job) => job.finish === finish),
          1,
        );
        if (fails) reject(new Error('broken'));
        else {
          const detail = target === null ? 1 : Math.min(1, target.width / SIZE.width, target.height / SIZE.height);
          const picture: Picture = {
            source: {} as ImageBitmap,
            size: SIZE,
            detail,
            close: () => this.open.delete(picture),
          };
          this.open.add(picture);
          resolve(picture);
        }
        await new Promise((settled) => setImmediate(settled));
      };
      this.waiting.push({ key, target, finish });
    });

  get keys(): string {
    return this.waiting.map(({ key }) => key).join('');
  }
}

const requests = (keys: string, target: Size | null = VIEW): PictureRequest[] =>
  [...keys].map((key) => ({ key, source: { kind: 'url', url: key }, target }));

describe('ImageCache', () => {
  test('decodes the most urgent first, two at once, and the shown one without waiting', async () => {
    const decoder = new Decoder();
    const cache = new ImageCache(decoder.decode, () => undefined);
    cache.want(requests('abcd'));
    expect(decoder.keys).toBe('ab');
    cache.want(requests('cdef'));
    expect(decoder.keys).toBe('abc');
    await decoder.waiting[0]!.finish();
    expect(cache.state('a')).toEqual({ state: 'loading' });
    await decoder.waiting[0]!.finish();
    expect(decoder.keys).toBe('cd');
    expect(decoder.open.size).toBe(0);
  });

  test('after a thousand pictures only those that are wanted are open', async () => {
    const decoder = new Decoder();
    const cache = new ImageCache(decoder.decode, () => undefined);
    const keys = Array.from({ length: 1000 }, (_, index) => String.fromCharCode(0x4e00 + index));
    for (let at = 0; at < keys.length; at++) {
      cache.want(requests(keys.slice(at, at + 5).join('')));
      while (decoder.waiting.length > 0) await decoder.waiting[0]!.finish();
      expect(cache.state(keys[at]!).state).toBe('ready');
      expect(decoder.open.size).toBeLessThanOrEqual(5);
    }
    cache.close();
    expect(decoder.open.size).toBe(0);
  });

  test('zooming in gets all pixels, once; the old picture is shown until then', async () => {
    const decoder = new Decoder();
    const heard: string[] = [];
    const cache = new ImageCache(decoder.decode, (key) => heard.push(key));
    cache.want(requests('a'));
    await decoder.waiting[0]!.finish();
    cache.want(requests('a', null));
    expect(decoder.waiting.map(({ target }) => target)).toEqual([null]);
    expect(cache.state('a').state).toBe('ready');
    await decoder.waiting[0]!.finish();
    cache.want(requests('a', null));
    expect(decoder.waiting).toEqual([]);
    expect(decoder.open.size).toBe(1);
    expect(heard).toEqual(['a', 'a']);
  });

  test('a broken picture says so, is not tried again, and does not hold up the others', async () => {
    const decoder = new Decoder();
    const cache = new ImageCache(decoder.decode, () => undefined);
    cache.want(requests('abc'));
    await decoder.waiting[0]!.finish('fails');
    expect(cache.state('a')).toEqual({ state: 'broken' });
    expect(decoder.keys).toBe('bc');
    cache.want(requests('abc'));
    expect(decoder.keys).toBe('bc');
  });

  test('one that cannot be decoded in full stays as it was', async () => {
    const decoder = new Decoder();
    const cache = new ImageCache(decoder.decode, () => undefined);
    cache.want(requests('a'));
    await decoder.waiting[0]!.finish();
    cache.want(requests('a', null));
    await decoder.waiting[0]!.finish('fails');
    expect(cache.state('a').state).toBe('ready');
    cache.want(requests('a', null));
    expect(decoder.waiting).toEqual([]);
  });
});
