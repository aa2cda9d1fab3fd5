import { fault } from '#core/errors';
import type { Dataset, OutputFile } from '#core/formats/format';
import { datasetOf, type ProjectContents } from '#core/formats/project-dataset';
import { formatById } from '#core/formats/registry';
import type { Hash } from '#core/model/ids';
import { ReadFailure } from '#core/read-failure';
import { err, ok, type Result } from '#core/result';
import { writeZip } from '#io/files/zip-writer';
import type { ExportPreview, ExportRequest, ExportResult } from '../api';
import type { Session } from '../session';
import type { Task } from '../tasks';
import { storedFiles } from './stored-files';

const PREVIEW_CHARACTERS = 4_000;
const PREVIEW_ITEMS = 1_000;

/** What an export would give: its losses, and the beginning of its first file. */
export async function exportPreview(session: Session, request: ExportRequest): Promise<Result<ExportPreview>> {
  await session.idle();
  const format = formatById(request.format);
  if (!format) return err(fault('export.unknown-format', request.format));
  const dataset = datasetOf(contents(session), { ...request, includeImages: false }, PREVIEW_ITEMS);
  const first = await format.serialize(dataset, request.options).next();
  return ok({
    items: dataset.size,
    losses: format.losses(dataset.schema, request.options),
    firstFile: first.done ? null : { path: first.value.path, text: await beginning(first.value) },
  });
}

/** Writes the export: a zip, or the file itself where the format makes just one. */
export async function exportFiles(session: Session, task: Task, request: ExportRequest): Promise<Result<ExportResult>> {
  await session.idle();
  const format = formatById(request.format);
  if (!format) return err(fault('export.unknown-format', request.format));
  const absent = new Set<Hash>();
  const dataset = datasetOf(contents(session, absent), request);
  const files = format.serialize(watched(dataset, task), request.options);
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

/**
 * The open project, with the images that are stored on this device.
 *
 * @param absent takes up those that are not
 */
const contents = ({ projection, reader, store }: Session, absent?: Set<Hash>): ProjectContents => ({
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

/** A name that every file system takes. */
const fileName = (name: string): string =>
  name.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[-.]+|-+$/g, '') || 'export';
