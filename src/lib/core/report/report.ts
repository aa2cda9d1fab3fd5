import type { ErrorCode } from '../errors';
import { environmentInWords } from './environment';
import type { ThrownFacts } from './thrown';

/** What a person may hand to a stranger who looks for a fault: nothing of the project is in it. */
export interface ReportFacts {
  /** Of the app, as it was built. */
  readonly version: string;
  readonly userAgent: string;
  /** CSS pixels. */
  readonly window: { readonly width: number; readonly height: number };
  readonly pixelRatio: number;
  /** As the folders spell it, without ids: `/p/[id]/label`. */
  readonly route: string;
  readonly online: boolean;
  /** Bytes; null where the browser does not tell. */
  readonly storage: { readonly used: number; readonly quota: number } | null;
  /** Whether the browser promised to keep what is stored; null where it does not tell. */
  readonly kept: boolean | null;
  /** How many projects are on this device; null: not known. */
  readonly projects: number | null;
  /** Whether the project worker answers. */
  readonly worker: 'alive' | 'stopped';
  readonly thrown: readonly ThrownFacts[];
  /** Errors of the catalogue that were met before, the last one last. */
  readonly codes: readonly ErrorCode[];
}

const MEGABYTE = 1e6;

/** The pages of the app, as the folders spell them: an address that is none of them may say anything. */
export const ROUTES: readonly string[] = [
  '/',
  '/new',
  '/settings',
  '/join/[...text]',
  ...['label', 'items', 'review', 'quality', 'quality/[author]', 'gold', 'snapshots'].map((page) => `/p/[id]/${page}`),
  ...['people', 'activity', 'import', 'export', 'settings'].map((page) => `/p/[id]/${page}`),
];

export function reportText(facts: ReportFacts): string {
  const { window, storage, kept } = facts;
  const lines: readonly (readonly [what: string, value: string])[] = [
    ['Version', facts.version],
    ['Browser', environmentInWords(facts.userAgent)],
    ['Window', `${window.width} × ${window.height} at ${Math.round(facts.pixelRatio * 100) / 100}`],
    ['Page', ROUTES.includes(facts.route) ? facts.route : 'unknown'],
    ['Network', facts.online ? 'online' : 'offline'],
    ['Storage', storage ? `${inMegabytes(storage.used)} of ${inMegabytes(storage.quota)}` : 'not told'],
    ['Kept by the browser', kept === null ? 'not told' : kept ? 'yes' : 'not promised'],
    ['Projects', facts.projects === null ? 'not known' : String(facts.projects)],
    ['Worker', facts.worker],
    ['Errors met before', facts.codes.join(', ') || 'none'],
  ];
  const body = lines.map(([what, value]) => `${what}: ${value}`);
  return [
    'Concord, report of an error',
    ...body,
    ...facts.thrown.flatMap((thrown) => ['', ...thrownLines(thrown)]),
  ].join('\n');
}

function thrownLines({ name, code, frames, cause }: ThrownFacts): string[] {
  const called = code === null ? name : `${name} ${code}`;
  const lines = [called, ...frames.map((frame) => `  at ${frame}`)];
  return cause ? [...lines, `caused by ${thrownLines(cause)[0]!}`, ...thrownLines(cause).slice(1)] : lines;
}

const inMegabytes = (bytes: number): string => `${Math.round(bytes / MEGABYTE)} MB`;
