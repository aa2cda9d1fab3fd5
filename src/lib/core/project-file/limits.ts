/**
 * What a project file may ask of its reader's memory. Who writes one stays far below; who wants to exhaust a browser finds
 * these in the way.
 */
export const FILE_LIMITS = {
  manifestBytes: 16 << 20,
  /** A segment ends with the commit that brings it to 4 MiB; a commit has at most 4 MiB. */
  segmentBytes: 9 << 20,
  /** The least that a commit can have: two hashes' worth of signature, and what stands around it. */
  commitBytes: 100,
  /** Room for everything that logical clocks have room for. */
  commitsPerAuthor: 2 ** 24,
  authors: 10_000,
} as const;
