/** A page, or a part of one, that the palette leads to. */
export interface Destination {
  readonly id: string;
  readonly label: string;
  /** Behind the project's address, or, of this device, the whole of it. */
  readonly path: string;
  /** Other words that it is found by. */
  readonly words: string;
}

/** Settings of the open project, by the sections of their page. */
export const PROJECT_SETTINGS: readonly Destination[] = [
  {
    id: 'classes',
    label: 'Questions and classes',
    path: '/settings#classes',
    words: 'schema fields labels keys colours',
  },
  { id: 'guidelines', label: 'Guidelines', path: '/settings#guidelines', words: 'instructions rules help' },
  { id: 'project', label: 'Project name', path: '/settings#project', words: 'rename title choosing submits' },
  {
    id: 'rules',
    label: 'Quality rules',
    path: '/settings#quality',
    words: 'agreement threshold annotators overlap review peer gate names',
  },
  {
    id: 'consensus',
    label: 'Consensus and warnings',
    path: '/settings#quality',
    words: 'truth model dawid skene majority coefficient alpha kappa unsure flag',
  },
  {
    id: 'meeting',
    label: 'Meeting points',
    path: '/settings#meeting',
    words: 'signaling server stun turn webrtc peers connect',
  },
  { id: 'images', label: 'Images of others', path: '/settings#images', words: 'budget room storage limit peers disk' },
  { id: 'file', label: 'Project file', path: '/settings#file', words: 'save merge backup open concord' },
  { id: 'recovery', label: 'Recovery code', path: '/settings#recovery', words: 'owner second device backup key' },
  { id: 'delete', label: 'Delete this project', path: '/settings#delete', words: 'remove erase' },
];

/** Settings of this device, by the sections of their page. */
export const DEVICE_SETTINGS: readonly Destination[] = [
  { id: 'name', label: 'Your name', path: '#/settings#name', words: 'author me who' },
  { id: 'theme', label: 'Theme', path: '#/settings#theme', words: 'dark light appearance colours' },
  { id: 'keys', label: 'Keys', path: '#/settings#keys', words: 'shortcuts keyboard hotkeys bindings' },
  { id: 'tour', label: 'The tour', path: '#/settings#tour', words: 'introduction help start' },
  { id: 'storage', label: 'Storage', path: '#/settings#storage', words: 'space disk quota persistent offline install' },
  { id: 'about', label: 'About this app', path: '#/settings#about', words: 'version update offline' },
];

export const PAGES: readonly Destination[] = [
  { id: 'home', label: 'Projects', path: '#/', words: 'home start first page' },
  { id: 'new', label: 'New project', path: '#/new', words: 'create template import' },
  { id: 'device', label: 'This device', path: '#/settings', words: 'settings preferences options' },
];

export const PROJECT_PAGES = [
  { id: 'go-label', path: '/label', words: 'annotate work' },
  { id: 'go-items', path: '/items', words: 'table list all' },
  { id: 'go-people', path: '/people', words: 'members invite link roles share peers' },
  { id: 'go-review', path: '/review', words: 'adjudicate resolve disagreement disputed accept' },
  { id: 'go-quality', path: '/quality', words: 'agreement kappa alpha consensus annotators gold trust' },
  { id: 'go-snapshots', path: '/snapshots', words: 'versions states compare export again' },
  { id: 'go-activity', path: '/activity', words: 'history log audit trail events who did what' },
  { id: 'go-import', path: '/import', words: 'add files upload' },
  { id: 'go-export', path: '/export', words: 'download save result' },
  { id: 'go-settings', path: '/settings', words: 'schema classes guidelines project' },
] as const;
