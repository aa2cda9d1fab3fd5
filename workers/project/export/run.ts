import { fault } from '#core/errors';
import type { Dataset, Format, FormatOptions, OutputFile } from '#core/formats/format';
import { datasetOf, type ProjectContents } from '#core/formats/project-dataset';
import { formatById } from '#core/formats/registry';
import type { Hash } from '#core/model/ids';
import type { Schema } from '#core/model/schema';
import { ReadFailure } from '#core/read-failure';
import { err, ok, type Result } from '#core/result';
import { writeZip } from '#io/files/zip-writer';
import type { ProjectStore } from '#io/storage/project-store';
import type { ExportPreview, ExportRequest, ExportResult } from '../api';
import type { Opened } from '../opened';
import type { ProjectState } from '../snapshots/snapshots';
import type { Task } from '../tasks';
import { fileName } from './file-name';
import { storedFiles } from './stored-files';

const PREVIEW_CHARACTERS = 4_000;
const PREVIEW_ITEMS = 1_000;

/** What an export takes from the open project. */
export interface Exported extends Pick<Opened, 'session' | 'snapshots'> {
  readonly quality: Pick<Opened['quality'], 'settled'>;
}

/** What an export would give: its losses, and the beginning of its first file. */
export async function exportPreview(project: Exported, request: ExportRequest): Promise<Result<ExportPreview>> {
  const format = formatById(request.format);
  if (!format) return err(fault('export.unknown-format', request.format));
  const state = await stateOf(project, request);
  if (!state.ok) return state;
  const { store } = project.session;
  const dataset = datasetOf(contents(state.value, store), { ...request, includeImages: false }, PREVIEW_ITEMS);
  const options = optionsFor(format, dataset.schema, request.options);
  const first = await format.serialize(dataset, options).next();
  return ok({
    schema: dataset.schema,
    items: dataset.size,
    losses: format.losses(dataset.schema, options),
    firstFile: first.done ? null : { path: first.value.path, text: await beginning(first.value) },
  });
}

/** Writes the export: a zip, or the file itself where the format makes just one. */
export async function exportFiles(
  project: Exported,
  task: Task,
  request: ExportRequest,
): Promise<Result<ExportResult>> {
  const format = formatById(request.format);
  if (!format) return err(fault('export.unknown-format', request.format));
  const state = await stateOf(project, request, task);
  if (!state.ok) return state;
  const absent = new Set<Hash>();
  const dataset = datasetOf(contents(state.value, project.session.store, absent), request);
  const options = optionsFor(format, dataset.schema, request.options);
  const files = format.serialize(watched(dataset, task), options);
  try {
    const first = await files.next();
    if (first.done) return err(fault('export.empty', request.format));
    const packed = await pack(task.signal, first.value, files);
    if (!packed.ok) return packed;
    const { blob, path } = packed.value;
    const name = path ?? `${fileName(dataset.name)}-${format.id}.zip`;
    return ok({ name, blob, items: dataset.size, absent: absent.size });
  } catch (error) {
    if (task.signal.aborted) return err(fault('cancelled', ''));
    if (error instanceof ReadFailure) return err(error.error);
    throw error;
  }
}

/** The state that is asked for: that of a snapshot, or the project as it is now. */
async function stateOf(
  { session, snapshots, quality }: Exported,
  { snapshot }: ExportRequest,
  task: Task | null = null,
): Promise<Result<ProjectState>> {
  await session.idle();
  if (snapshot !== null) return snapshots.state(snapshot, task);
  // A look may be taken while the consensus is being computed; what is handed over has it.
  if (task) await quality.settled();
  return ok(session);
}

/** Every option that the format offers for these questions: as asked for where that can be chosen, else as by default. */
function optionsFor(format: Format, schema: Schema, asked: FormatOptions): FormatOptions {
  const chosen = format.options(schema).map(({ id, choices, default: otherwise }) => {
    const value = asked[id] ?? otherwise;
    return [id, choices.some((choice) => choice.value === value) ? value : otherwise] as const;
  });
  return Object.fromEntries(chosen);
}

/**
 * A state of the project, with the images that are stored on this device.
 *
 * @param absent takes up those that are not
 */
const contents = ({ projection, reader }: ProjectState, store: ProjectStore, absent?: Set<Hash>): ProjectContents => ({
  projection,
  reader,
  async files(hashes) {
    const files = await storedFiles(store, hashes);
    for (const hash of hashes) if (!files.has(hash)) absent?.add(hash);
    return files;
  },
});

/** The only file as it is, or all of them zipped. */
async function pack(
  signal: AbortSignal,
  first: OutputFile,
  rest: AsyncGenerator<OutputFile>,
): Promise<Result<{ blob: Blob; path: string | null }>> {
  const parts: Blob[] = [];
  for await (const chunk of first.chunks) parts.push(new Blob([chunk as Uint8Array<ArrayBuffer>]));
  const second = await rest.next();
  const blob = new Blob(parts);
  if (second.done) return ok({ blob, path: first.path.split('/').at(-1)! });
  async function* all(): AsyncGenerator<OutputFile> {
    yield { ...first, chunks: blob.stream() };
    yield second.value as OutputFile;
    yield* rest;
  }
  const zip = await writeZip(signal, all(), () => undefined);
  return zip.ok ? ok({ blob: zip.value, path: null }) : zip;
}

/** The same dataset, reporting how far its last reading is, and ending when the task is cancelled. */
function watched(dataset: Dataset & { readonly size: number }, task: Task): Dataset {
  return {
    ...dataset,
    async *items() {
      let done = 0;
      for await (const item of dataset.items()) {
        task.signal.throwIfAborted();
        task.report(done++, dataset.size, dataset.name);
        yield item;
      }
    },
  };
}

async function beginning(file: OutputFile): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of file.chunks) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length >= PREVIEW_CHARACTERS) break;
  }
  return text.slice(0, PREVIEW_CHARACTERS);
}
