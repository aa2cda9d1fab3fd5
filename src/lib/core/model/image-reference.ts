import type { Hash } from './ids';

/**
 * How guidelines refer to a stored image: `![alt](blob:<hash>)`. The image itself is kept by its hash, beside the items', so
 * that a change of the text carries no images with it.
 */
export const imageReference = (hash: Hash): string => `blob:${hash}`;

/** The stored image that an address in Markdown means; null for any other address. */
export const referencedImage = (address: string): Hash | null => /^blob:([a-z2-7]{51}[aq])$/.exec(address)?.[1] ?? null;

/** The stored images that a text refers to anywhere, each once, in order of their first mention. */
export const referencedImages = (text: string): Hash[] => [
  ...new Set(Array.from(text.matchAll(/blob:([a-z2-7]{51}[aq])/g), ([, hash]) => hash!)),
];
