/**
 * Whether a path within a zip or a data set is plain and relative: no `..`, no absolute path, no drive letter, no
 * backslash, no NUL, no empty part. Anything else could write or read outside of its folder.
 */
export function isSafePath(path: string): boolean {
  if (path === '' || path.includes('\\') || path.includes('\0') || /^[a-z]:/i.test(path)) return false;
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

/** What operating systems leave in folders and zips, and nobody means to import. */
export function isJunk(path: string): boolean {
  return path
    .split('/')
    .some((part) => part === '__MACOSX' || part === '.DS_Store' || part === 'Thumbs.db' || part.startsWith('._'));
}
