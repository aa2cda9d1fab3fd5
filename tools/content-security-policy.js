import { createHash } from 'node:crypto';

/**
 * What the app may load and run, as a Content-Security-Policy. It stands in the page itself, so that it holds on every
 * host; what sends headers repeats it there, for workers too.
 *
 * - Scripts come from the app's own files; those written into the page are named by their hashes.
 * - Nothing parses text as HTML or takes text as the address of a script, but by the named policies: Svelte's for its
 *   templates, DOMPurify's, and `default`, which app.html defines for scripts of the same origin.
 * - `img-src`: items may be images of other hosts, whose addresses are in tables; they are loaded when the person says so.
 * - `connect-src`: the app's own files, and WebSockets of signaling servers: whichever a project or the host names, encrypted, or on
 *   this machine. (That `'self'` covers the origin's own WebSockets is not so in every browser.)
 *
 * @param {string} page the HTML, for the scripts that are written into it
 * @param {readonly string[]} styles values of `style` attributes in templates; those that code sets need no leave
 */
export function contentSecurityPolicy(page, styles) {
  const scripts = Array.from(page.matchAll(/<script>(.*?)<\/script>/gs), ([, text = '']) => text);
  return [
    "default-src 'none'",
    ["script-src 'self'", ...scripts.map(hashSource)].join(' '),
    "style-src 'self'",
    ["style-src-attr 'unsafe-hashes'", ...styles.map(hashSource)].join(' '),
    "img-src 'self' blob: data: https: http:",
    "connect-src 'self' wss: ws://127.0.0.1:* ws://localhost:*",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default svelte-trusted-html dompurify',
  ].join('; ');
}

/** @param {string} text */
const hashSource = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
