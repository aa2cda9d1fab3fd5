/** Identifiers are strings throughout, so that they cross workers, JSON and URLs unchanged. */

/** SHA-256 of a chunk's, blob's or commit's bytes, base32, 52 characters. */
export type Hash = string;
/** Hash of the founding commit. */
export type ProjectId = Hash;
/** Base32 of the author's Ed25519 public key, 52 characters: whoever knows an author's id can check their signatures. */
export type AuthorId = string;
/** Base32 of the first 16 bytes of SHA-256 over the canonical encoding of the item's data, 26 characters. */
export type ItemId = string;
/** Stable within a project, readable, never shown to people: `sentiment`. */
export type FieldId = string;
/** Stable within a field, readable; the class's name may change, its id never does. */
export type ClassId = string;
/** Unique within one value of a field: a small number in decimal, or whatever a file called its region. */
export type RegionId = string;

/**
 * A stable readable id for something that a person named: lower case, letters and digits of any script, joined by '-'.
 *
 * @param taken ids that exist already; a number is appended until the id is new
 */
export function readableId(name: string, taken: { has(id: string): boolean }): string {
  const stem =
    name
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 60) || 'class';
  if (!taken.has(stem)) return stem;
  for (let n = 2; ; n++) if (!taken.has(`${stem}-${n}`)) return `${stem}-${n}`;
}
