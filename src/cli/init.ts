import { MAX_CONFIG_BYTES, readConfig } from '#core/config/read-config';
import type { ProjectConfig } from '#core/config/config';
import { fault, type ConcordError } from '#core/errors';
import { found } from '#core/log/founding';
import { EXTENSION } from '#core/project-file/extension';
import { writeProjectFile } from '#core/project-file/write';
import { err, ok, type Result } from '#core/result';
import { readStream } from '#io/files/read-stream';
import { readWholeText } from '#io/files/text';
import { writeZip } from '#io/files/zip-writer';
import { createRawIdentity, createRecovery, randomBytes, signerOf } from '#io/keys';
import type { Command } from './command';
import { openInput } from './input-file';
import { mayWrite, writeFile } from './output-file';

/** Stands as the founder's name until somebody becomes the owner. */
const FOUNDER = 'concord init';

export const init: Command = {
  name: 'init',
  summary: 'Founds a project from a YAML config, and prints its recovery code.',
  operands: [],
  options: [
    { name: 'config', value: 'FILE', help: 'what is asked, of whom, and how; docs/CONFIG.md' },
    { name: 'out', value: `FILE${EXTENSION}`, help: 'the project file to write' },
    { name: 'force', value: null, help: 'overwrite the project file if it is there' },
  ],
  notes: [
    'The key that founds the project is not kept, so nobody can write into it yet. Open',
    'the file in Concord and type the recovery code: that makes you its first owner.',
    'The code is shown only now; whoever has it can become an owner.',
  ],

  async run(signal, given) {
    const [from, out] = [given.value('config'), given.value('out')];
    const existing = given.has('force') ? 'replace' : 'keep';
    if (from === null || out === null) {
      return err(fault('usage.missing', '', { option: from === null ? '--config' : '--out', otherwise: '' }));
    }
    const may = await mayWrite(out, existing);
    if (!may.ok) return may;
    const config = await readConfigFile(signal, from);
    if (!config.ok) return config;
    const { name, schema, warnings } = config.value;

    const founded = await foundProject(signal, config.value);
    if (!founded.ok) return founded;
    const { project, recoveryCode, file } = founded.value;
    const written = await writeFile(signal, out, readStream(file.stream()), existing);
    if (!written.ok) return written;
    const fields = schema.fields.map((field) => ({
      name: field.name,
      kind: field.kind,
      classes: field.classes.length,
    }));
    return ok({
      text: [
        `Founded “${name}” in ${out}.`,
        '',
        'Recovery code, which is shown only now:',
        '',
        `    ${recoveryCode}`,
        '',
        ...init.notes,
      ],
      json: { project, name, file: out, recoveryCode, fields, warnings },
      warnings,
      problems: [],
    });
  },
};

async function readConfigFile(signal: AbortSignal, path: string): Promise<Result<ProjectConfig>> {
  const file = await openInput(path);
  if (!file.ok) return file;
  const { size } = file.value;
  if (size > MAX_CONFIG_BYTES) return err(fault('file.too-large', path, { bytes: size, limit: MAX_CONFIG_BYTES }));
  const issues: ConcordError[] = [];
  const text = await readWholeText(signal, file.value, { path, onIssue: (issue) => issues.push(issue) });
  const config = readConfig(text, path);
  return config.ok ? ok({ ...config.value, warnings: [...issues, ...config.value.warnings] }) : config;
}

/** A new project as a project file. */
async function foundProject(signal: AbortSignal, { name, schema, settings }: ProjectConfig) {
  const recovery = createRecovery();
  const time = Date.now();
  const keys = { recovery: recovery.publicKey, nonce: randomBytes(16) };
  const signer = signerOf(createRawIdentity());
  const { project, bytes } = await found({ name, founder: FOUNDER, schema, settings, ...keys, time }, signer);
  const files = writeProjectFile({
    manifest: { project, name, savedAt: time, commits: { [signer.author]: 1 }, blobs: 'all' },
    // eslint-disable-next-line @typescript-eslint/require-await -- there is nothing to wait for
    commits: async function* () {
      yield [bytes];
    },
    async *chunks() {},
    async *blobs() {},
  });
  const file = await writeZip(signal, files, () => undefined, { seal: 'sealed' });
  return file.ok ? ok({ project, recoveryCode: recovery.code, file: file.value }) : file;
}
