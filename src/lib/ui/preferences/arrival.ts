import type { Attachment } from 'svelte/attachments';

/** The section that an address names behind its second hash: `keys` of `#/settings#keys`; '' for none. */
const sectionOf = (hash: string): string => hash.split('#')[2] ?? '';

/**
 * Brings a section's heading into view, with the focus, while the address names the section: when the page opens, and
 * when another link leads there.
 */
export function arrival(section: string): Attachment<HTMLElement> {
  return (heading) => {
    const arrive = () => {
      if (sectionOf(location.hash) !== section) return;
      heading.scrollIntoView({ block: 'start' });
      heading.focus({ preventScroll: true });
    };
    // After the router has put the focus and the scroll where it does on every page.
    const frame = requestAnimationFrame(() => requestAnimationFrame(arrive));
    addEventListener('hashchange', arrive);
    return () => {
      cancelAnimationFrame(frame);
      removeEventListener('hashchange', arrive);
    };
  };
}
