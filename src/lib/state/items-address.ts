import { STATUSES } from '#core/model/project';
import type { ItemFilter, ItemSort } from '#workers/project/api';
import { ANY_ITEM, QUEUE_ORDER } from './items.svelte';

const SORTS: readonly ItemSort['by'][] = ['order', 'status', 'label', 'changed'];

/**
 * A filter as the query of an address: `status=pending,skipped&class=label:cat&text=hello&flagged&sort=-changed`; only
 * what differs from all items in queue order, so '' for those.
 */
export function toAddress({ statuses, class: chosen, text, flagged }: ItemFilter, sort: ItemSort): string {
  const parts = [
    statuses.length > 0 && `status=${statuses.join(',')}`,
    chosen && `class=${encodeURIComponent(chosen.field)}:${encodeURIComponent(chosen.class)}`,
    text !== '' && `text=${encodeURIComponent(text)}`,
    flagged && 'flagged',
    (sort.by !== QUEUE_ORDER.by || sort.descending) && `sort=${sort.descending ? '-' : ''}${sort.by}`,
  ];
  return parts.filter((part) => typeof part === 'string').join('&');
}

/** Reads what {@link toAddress} wrote; what it does not know is left out. */
export function fromAddress(address: string): { filter: ItemFilter; sort: ItemSort } {
  const parts = new Map(
    address.split('&').map((part): [string, string] => {
      const at = part.indexOf('=');
      return at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
    }),
  );
  const [field, classId] = (parts.get('class') ?? '').split(':').map(decode);
  const named = new Set((parts.get('status') ?? '').split(','));
  const sort = parts.get('sort') ?? '';
  const by = SORTS.find((known) => known === sort.replace(/^-/, ''));
  return {
    filter: {
      ...ANY_ITEM,
      statuses: STATUSES.filter((status) => named.has(status)),
      class: field && classId ? { field, class: classId } : null,
      text: decode(parts.get('text') ?? ''),
      flagged: parts.has('flagged'),
    },
    sort: by ? { by, descending: sort.startsWith('-') } : QUEUE_ORDER,
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
