import type { Command, Option } from './command';
import { COMMON, usageOf } from './arguments';

/** What `concord help` prints. */
export function overview(commands: readonly Command[], version: string): readonly string[] {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return [
    `Concord ${version}: labels images and texts, in the browser. This is its command line.`,
    '',
    'Usage: concord <command> [options]',
    '',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    '`concord help <command>` says more. Every command takes --json.',
    'Exit status: 0 done, 1 something is wrong, 2 it was called in a wrong way.',
  ];
}

/** What `concord <command> --help` prints. */
export function helpOf(command: Command): readonly string[] {
  const options = [...command.options, ...COMMON];
  const width = Math.max(...options.map((option) => calledAs(option).length));
  return [
    `Usage: ${usageOf(command)}`,
    '',
    command.summary,
    '',
    ...options.map((option) => `  ${calledAs(option).padEnd(width)}  ${option.help}`),
    ...(command.notes.length > 0 ? ['', ...command.notes] : []),
  ];
}

const calledAs = ({ name, value }: Option): string => (value === null ? `--${name}` : `--${name} ${value}`);
