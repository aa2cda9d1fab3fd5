/**
 * Who can open a link to the app at this address:
 *
 * - `anybody`: whoever has the link, as far as the address tells
 * - `network`: devices of the same network
 * - `machine`: this machine alone
 * - `nobody`: browsers open it on other devices, but refuse such addresses what the app needs
 */
export type LinkReach = 'anybody' | 'network' | 'machine' | 'nobody';

/** Names that always mean the machine itself (RFC 6761), and its addresses (RFC 1122, RFC 4291). */
const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/;
/** Addresses that lead nowhere outside a network: RFC 1918, RFC 3927, RFC 4193, RFC 4291, and names of RFC 6762. */
const PRIVATE =
  /^(10(\.\d+){3}|192\.168(\.\d+){2}|172\.(1[6-9]|2\d|3[01])(\.\d+){2}|169\.254(\.\d+){2}|\[f[cd][^\]]*\]|\[fe[89ab][^\]]*\]|.+\.local)$/;

export function linkReach({ protocol, hostname }: { readonly protocol: string; readonly hostname: string }): LinkReach {
  const host = hostname.toLowerCase();
  if (LOOPBACK.test(host)) return 'machine';
  if (protocol !== 'https:') return 'nobody';
  return PRIVATE.test(host) ? 'network' : 'anybody';
}
