import { verifyProjectFile } from '#core/project-file/verify';
import { ok } from '#core/result';
import { checkSeal } from '#io/files/seal';
import { verify } from '#io/keys';
import type { Command } from './command';
import { insideOf, openFiles, openInput, within } from './input-file';

export const verifyCommand: Command = {
  name: 'verify',
  summary: 'Checks every signature, chain and byte of a project file, and prints the counts.',
  operands: ['FILE.concord'],
  options: [],
  notes: [
    'Whatever was changed is named: the file within the project file, and the commit.',
    'The exit status is 1 where anything is wrong.',
  ],

  async run(signal, given) {
    const [path] = given.operands as readonly [string];
    const blob = await openInput(path);
    if (!blob.ok) return blob;
    const files = await openFiles(signal, path, blob.value);
    if (!files.ok) return files;
    const seal = await checkSeal(signal, blob.value, path);
    const checked = within(path, await verifyProjectFile(files.value, verify));
    if (!checked.ok) return checked;
    signal.throwIfAborted();
    const { project, name, counts, problems, problemsTotal } = checked.value;
    const all = [...(seal.ok ? [] : [seal.error]), ...problems.map((problem) => insideOf(path, problem))];
    const total = problemsTotal + (seal.ok ? 0 : 1);
    return ok({
      text: [
        `“${name}”`,
        `project ${project}`,
        ...Object.entries(counts).map(([what, count]) => `${what.padEnd(12)} ${count.toLocaleString('en')}`),
        total === 0 ? 'Everything is as it was signed.' : `${total.toLocaleString('en')} problems.`,
      ],
      json: { project, name, file: path, ok: total === 0, counts, problems: all, problemsTotal: total },
      warnings: [],
      problems: all,
    });
  },
};
