import type { ConcordError } from '#core/errors';
import { fault } from '#core/errors';
import { ReadFailure } from '#core/read-failure';
import { err, type Result } from '#core/result';
import { nearest } from '#core/text/nearest';
import { version } from '../../package.json';
import { readArguments } from './arguments';
import type { Command, Outcome } from './command';
import { commands } from './commands';
import { helpOf, overview } from './help';
import { systemFault } from './system-fault';

const DONE = 0;
const WRONG = 1;
const BAD_USAGE = 2;
/** What shells report of a program that a signal ended. */
const ENDED_BY = { SIGINT: 130, SIGTERM: 143 } as const;

/** Runs the command that the words of the command line name; the exit status. */
export async function run(words: readonly string[]): Promise<number> {
  const [name = '', ...rest] = words;
  if (name === '--version') return print([version]);
  if (name === '' || name === 'help' || name === '--help') {
    const wanted = name === 'help' ? rest.find((word) => !word.startsWith('-')) : undefined;
    const command = commands.find((known) => known.name === wanted);
    if (wanted !== undefined && !command) return refuse(unknown(wanted));
    if (name === '') return complain(overview(commands, version), BAD_USAGE);
    return print(command ? helpOf(command) : overview(commands, version));
  }
  const command = commands.find((known) => known.name === name);
  return command ? runCommand(command, rest) : refuse(unknown(name), rest.includes('--json'));
}

async function runCommand(command: Command, words: readonly string[]): Promise<number> {
  const given = readArguments(command, words);
  if (!given.ok) return refuse(given.error, words.includes('--json'));
  if (given.value.has('help')) return print(helpOf(command));
  const isJson = given.value.has('json');

  const stop = new AbortController();
  let status: number = WRONG;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    // A second one ends the program at once.
    process.once(signal, () => {
      status = ENDED_BY[signal];
      stop.abort();
    });
  }
  const outcome = await settled(stop.signal, () => command.run(stop.signal, given.value));
  if (!outcome.ok) return refuse(outcome.error, isJson, status);
  const { text, json, warnings, problems } = outcome.value;
  for (const warning of warnings) complain([`concord: warning: ${lineOf(warning)}`, `  ${warning.hint}`]);
  for (const problem of problems) complain([`concord: ${lineOf(problem)}`]);
  print(isJson ? [JSON.stringify(json, null, 2)] : text);
  return problems.length > 0 ? WRONG : DONE;
}

/** What the command gives, or the failure that it met. */
async function settled(signal: AbortSignal, run: () => Promise<Result<Outcome>>): Promise<Result<Outcome>> {
  try {
    return await run();
  } catch (error) {
    if (signal.aborted) return err(fault('cancelled', ''));
    if (error instanceof ReadFailure) return err(error.error);
    const known = systemFault(error);
    if (known) return err(known);
    throw error;
  }
}

const unknown = (name: string): ConcordError =>
  fault('usage.command', '', { command: name, nearest: nearest(name, [...commands.map(({ name }) => name), 'help']) });

/** Tells an error. Whoever asked for JSON gets it there, too: a document comes in any case. */
function refuse(error: ConcordError, isJson = false, status: number = WRONG): number {
  if (isJson) print([JSON.stringify({ error }, null, 2)]);
  return complain(
    [`concord: ${lineOf(error)}`, `  ${error.hint}`],
    error.code.startsWith('usage.') ? BAD_USAGE : status,
  );
}

const lineOf = ({ code, message, path }: ConcordError): string =>
  `${code}: ${message}${path === '' ? '' : ` (${path})`}`;

function print(lines: readonly string[]): number {
  process.stdout.write(`${lines.join('\n')}\n`);
  return DONE;
}

function complain(lines: readonly string[], status = WRONG): number {
  process.stderr.write(`${lines.join('\n')}\n`);
  return status;
}
