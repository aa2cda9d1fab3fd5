/**
 * Whether a host's answer is the file that was asked for. Some hosts answer every path with a page; so do the log-in
 * pages of public networks.
 */
export function isFile(path: string, response: Response): boolean {
  const isPage = response.headers.get('content-type')?.startsWith('text/html') ?? false;
  return response.ok && isPage === /\/([^/]*\.html)?$/.test(path);
}

/** The policy that a page states, which its files get too: workers have no page to state one. */
export const policyOf = (page: string): string | null =>
  /http-equiv="content-security-policy" content="([^"]*)"/.exec(page)?.[1] ?? null;

/**
 * A host's answer with the headers that a static host does not send. Threads need the isolation that two of them give;
 * nothing depends on it. `credentialless` lets images of other hosts through, which `require-corp` would not.
 */
export function withHeaders(response: Response, policy: string | null): Response {
  const headers = new Headers(response.headers);
  headers.set('cross-origin-opener-policy', 'same-origin');
  headers.set('cross-origin-embedder-policy', 'credentialless');
  headers.set('cross-origin-resource-policy', 'same-origin');
  if (policy !== null) headers.set('content-security-policy', `${policy}; frame-ancestors 'none'`);
  // They tell of bytes on the wire, which are decoded here; and any request for a file gets the same one.
  for (const name of ['content-encoding', 'content-length', 'vary']) headers.delete(name);
  return new Response(response.body, { headers });
}
