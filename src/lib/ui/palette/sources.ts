import type { ClassDefinition, Field, Schema } from '#core/model/schema';
import type { Entry, EntryGroup } from '#state/palette';
import type { Preferences, Theme } from '#state/preferences';
import type { Command, Shortcuts } from '#state/shortcuts';
import type { ProjectSummary } from '#workers/project/api';
import { COMMAND_IDS, COMMANDS } from '../../state/command-list';
import { toAddress } from '../../state/items-address';
import { ANY_ITEM, QUEUE_ORDER } from '#state/items';
import { letterOf } from '../fields/class-commands';
import { inItems } from '../figures';
import { THEME_WORDS } from '../preferences/theme-words';
import { DEVICE_SETTINGS, PAGES, PROJECT_PAGES, PROJECT_SETTINGS, type Destination } from './destinations';

/** What the palette is opened over. */
export interface Surroundings {
  readonly shortcuts: Shortcuts;
  readonly preferences: Preferences;
  /** `#/p/…` of the open project; null where none is. */
  readonly base: string | null;
  readonly projects: readonly ProjectSummary[];
  readonly projectId: string | null;
  /** Formats of exports, once they are loaded. */
  readonly formats: readonly { readonly id: string; readonly name: string }[];
  readonly go: (address: string) => void;
}

/** Commands that the palette would only repeat. */
const ITS_OWN: readonly string[] = ['palette', ...PROJECT_PAGES.map(({ id }) => id)];
/** Classes come after everything else while nothing is typed, and then only a few. */
const CLASSES_UNASKED = 5;
const COMMANDS_UNASKED = 6;

/** What can be done on the screen, but for the keys of classes and those that act by which of them is pressed. */
export function commandEntries(able: readonly Command[]): EntryGroup {
  const callable = new Map(able.map((command) => [command.id, command]));
  const entries = COMMAND_IDS.filter((id) => COMMANDS[id].fixed !== true && !ITS_OWN.includes(id))
    .flatMap((id) => callable.get(id) ?? [])
    .map((command): Entry => {
      const entry = {
        id: `command:${command.id}`,
        label: command.label,
        detail: command.group,
        run: () => command.run(),
      };
      return command.keys[0] === undefined ? entry : { ...entry, keys: command.keys[0] };
    });
  return { title: 'On this screen', entries, unasked: COMMANDS_UNASKED };
}

export function pageEntries({ base, shortcuts, go }: Surroundings): EntryGroup {
  const ofProject =
    base === null
      ? []
      : PROJECT_PAGES.map(({ id, path, words }): Entry => {
          const { label } = COMMANDS[id];
          return { id: `page:${id}`, label, words, keys: shortcuts.keyOf(id), run: () => go(base + path) };
        });
  const others = PAGES.map((page) => destination('page', page, '', go));
  return { title: 'Pages', entries: [...ofProject, ...others] };
}

export function settingEntries({ base, preferences, go }: Surroundings): EntryGroup {
  const themes = (['system', 'light', 'dark'] as const).map((theme: Theme): Entry => ({
    id: `theme:${theme}`,
    label: `Theme: ${THEME_WORDS[theme].toLowerCase()}`,
    words: 'appearance mode',
    detail: preferences.theme === theme ? 'chosen' : '',
    run: () => (preferences.theme = theme),
  }));
  return {
    title: 'Settings',
    entries: [
      ...(base === null
        ? []
        : PROJECT_SETTINGS.map((one) => ({
            ...destination('project-setting', one, base, go),
            detail: 'This project',
          }))),
      ...DEVICE_SETTINGS.map((one) => ({ ...destination('setting', one, '', go), detail: 'This device' })),
      ...themes,
    ],
  };
}

/** Every class: it answers the item on the labeling screen; elsewhere, and where it is not asked, the items with it are listed. */
export function classEntries({
  schema,
  base,
  shortcuts,
  go,
}: Pick<Surroundings, 'base' | 'shortcuts' | 'go'> & { readonly schema: Schema | null }): EntryGroup {
  const fields = schema?.fields ?? [];
  const run = (field: Field, { id }: ClassDefinition) => {
    if (shortcuts.answer(field, id) || base === null) return;
    go(`${base}/items?${toAddress({ ...ANY_ITEM, class: { field: field.id, class: id } }, QUEUE_ORDER)}`);
  };
  const entries = fields.flatMap((field) =>
    field.classes.map((definition): Entry => ({
      id: `class:${base ?? ''}:${field.id}:${definition.id}`,
      label: definition.name,
      color: definition.color,
      detail: fields.length > 1 ? field.name : '',
      keys: letterOf(field, definition).toUpperCase(),
      run: () => {
        run(field, definition);
      },
    })),
  );
  return { title: 'Classes', entries, unasked: CLASSES_UNASKED };
}

export function projectEntries({ projects, projectId, go }: Surroundings): EntryGroup {
  const entries = projects
    .filter(({ id }) => id !== projectId)
    .map(({ id, name, items }): Entry => ({
      id: `project:${id}`,
      label: name,
      detail: inItems(items),
      run: () => go(`#/p/${id}/label`),
    }));
  return { title: 'Projects', entries };
}

export function formatEntries({ formats, base, go }: Surroundings): EntryGroup {
  const entries =
    base === null
      ? []
      : formats.map(({ id, name }): Entry => ({
          id: `format:${id}`,
          label: `Export as ${name}`,
          words: 'download format',
          run: () => go(`${base}/export?format=${id}`),
        }));
  return { title: 'Export', entries, unasked: 0 };
}

function destination(
  kind: string,
  { id, label, path, words }: Destination,
  base: string,
  go: (to: string) => void,
): Entry {
  return { id: `${kind}:${id}`, label, words, run: () => go(base + path) };
}
