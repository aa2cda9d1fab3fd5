import { parseArgs } from 'node:util';
import { fault } from '#core/errors';
import { err, ok, type Result } from '#core/result';
import { nearest } from '#core/text/nearest';
import type { Arguments, Command, Option } from './command';

/** What every command takes. */
export const COMMON: readonly Option[] = [
  { name: 'json', value: null, help: 'print one JSON document on standard output, and nothing else there' },
  { name: 'help', value: null, help: 'say what the command does and takes' },
];

/**
 * Reads what stands behind a command's name.
 *
 * @returns `usage.…` where it does not fit the command; operands are counted unless help is asked for
 */
export function readArguments(command: Command, words: readonly string[]): Result<Arguments> {
  const options = [...command.options, ...COMMON];
  const operands: string[] = [];
  const given = new Map<string, string[]>();
  const { tokens } = parseArgs({
    args: [...words],
    options: Object.fromEntries(
      options.map(
        ({ name, value }) => [name, { type: value === null ? 'boolean' : 'string', multiple: true }] as const,
      ),
    ),
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind !== 'option') continue;
    const option = options.find(({ name }) => name === token.name);
    const name = token.rawName;
    if (!option || !name.startsWith('--')) {
      const known = options.map((known) => `--${known.name}`);
      return err(fault('usage.option', '', { option: name, command: command.name, nearest: nearest(name, known) }));
    }
    const wrong = (expected: string) =>
      err(fault('usage.value', '', { option: name, expected, found: token.value ?? '' }));
    if (option.value !== null && isNoValue(token)) return wrong(`followed by ${option.value}`);
    if (option.value === null && token.value !== undefined) return wrong('given without a value');
    const before = given.get(option.name) ?? [];
    if (before.length > 0 && option.value !== null && option.isList !== true) return wrong('given once');
    given.set(option.name, [...before, token.value ?? '']);
  }
  if (operands.length !== command.operands.length && !given.has('help')) {
    return err(fault('usage.operands', '', { usage: usageOf(command) }));
  }
  return ok({
    operands,
    has: (option) => given.has(option),
    value: (option) => given.get(option)?.[0] ?? null,
    values: (option) => given.get(option) ?? [],
  });
}

/** Another option is taken for a value only where it is said: `--out=--force`. */
const isNoValue = ({
  value,
  inlineValue,
}: {
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}) => value === undefined || value === '' || (value.startsWith('--') && inlineValue !== true);

/** `concord init --config FILE --out FILE.concord` */
export const usageOf = ({ name, operands, options }: Command): string =>
  ['concord', name, ...operands, ...(options.length > 0 ? ['[options]'] : [])].join(' ');
