import { fault, type ConcordError } from '#core/errors';

/** What the operating system refuses, in words. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'that is not permitted',
  EPERM: 'that is not permitted',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of the path is no folder',
  EISDIR: 'it is a folder',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'the name is too long',
};

/** Calls that make or change something; all others read. */
const WRITES = new Set(['mkdir', 'write', 'rename', 'fsync', 'rmdir', 'link', 'ftruncate']);

/** What the operating system refused; null for errors of another origin. */
export function systemFault(error: unknown): ConcordError | null {
  const { code, syscall, path = '' } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) return null;
  const reason = REASONS[code] ?? code;
  const [meant = path, partial] = path.split(PARTIAL_NAME);
  const isWrite = WRITES.has(syscall) || code === 'EROFS' || partial !== undefined;
  return isWrite ? fault('file.unwritable', meant, { reason }) : fault('file.unreadable', meant, { reason });
}

/** What is being written at a path is called so until it is whole. */
export const partialName = (path: string): string => `${path}.${process.pid}.concord-partial`;

const PARTIAL_NAME = /\.\d+\.concord-partial/;
