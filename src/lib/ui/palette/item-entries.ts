import type { EntryGroup, Finder } from '#state/palette';
import type { ProjectApi } from '#workers/project/api';
import { STATUS_WORDS } from '../status-words';

const FOUND = 6;
const LONGEST = 80;

/** Finds items of the open project by their id, or by the beginning of their name or text. */
export function itemFinder(
  client: Pick<ProjectApi, 'findItems' | 'cancel'>,
  base: string | null,
  go: (address: string) => void,
): Finder {
  return async (typed, signal): Promise<EntryGroup> => {
    const none = { title: 'Items', entries: [] };
    if (base === null) return none;
    const task = crypto.randomUUID();
    signal.addEventListener('abort', () => void client.cancel(task), { once: true });
    const found = await client.findItems(task, typed, FOUND);
    if (!found.ok) return none;
    const entries = found.value.map(({ id, name, excerpt, status }) => ({
      id: '',
      label: excerpt === '' ? name : excerpt.slice(0, LONGEST).replace(/\s+/g, ' '),
      detail: STATUS_WORDS[status],
      run: () => {
        go(`${base}/label?item=${id}`);
      },
    }));
    return { title: 'Items', entries };
  };
}
