/**
 * The scripts of the app that this page has loaded, as the last two parts of their addresses: `chunks/DxK2.js`. Only
 * these may stand in a report.
 */
export function ownFiles(): ReadonlySet<string> {
  const linked = [...document.querySelectorAll<HTMLLinkElement | HTMLScriptElement>('link[rel=modulepreload], script')];
  const addresses = [
    ...performance.getEntriesByType('resource').map(({ name }) => name),
    ...linked.map((element) => (element instanceof HTMLLinkElement ? element.href : element.src)),
  ];
  const base = new URL('.', document.baseURI).href;
  return new Set(
    addresses
      .filter((address) => address.startsWith(base) && address.split('?')[0]!.endsWith('.js'))
      .map((address) => address.split('?')[0]!.split('/').slice(-2).join('/')),
  );
}
