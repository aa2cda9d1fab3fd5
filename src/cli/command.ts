import type { ConcordError } from '#core/errors';
import type { Result } from '#core/result';

/** A command of the command line: what it takes, and what it does. One file each, and one line in `commands.ts`. */
export interface Command {
  readonly name: string;
  /** One sentence. */
  readonly summary: string;
  /** What stands behind the command's name, in order, such as `FILE.concord`: all of it is needed. */
  readonly operands: readonly string[];
  readonly options: readonly Option[];
  /** What else one has to know, in lines of at most 80 characters. */
  readonly notes: readonly string[];
  /** Rejects with the signal's reason when it is aborted; then it has left nothing behind. */
  run(signal: AbortSignal, given: Arguments): Promise<Result<Outcome>>;
}

export interface Option {
  /** Without the two hyphens. */
  readonly name: string;
  /** What its value is called in the help; null for an option without one. */
  readonly value: string | null;
  /** Whether it may be given more than once. */
  readonly isList?: boolean;
  readonly help: string;
}

/** What the person gave, checked against the command. */
export interface Arguments {
  /** As many as the command has. */
  readonly operands: readonly string[];
  has(option: string): boolean;
  /** Of an option that may be given once; null where it was not. */
  value(option: string): string | null;
  values(option: string): readonly string[];
}

/** What a command has to say at its end. */
export interface Outcome {
  /** For people, on standard output. */
  readonly text: readonly string[];
  /** The same for programs, by `--json`. */
  readonly json: Readonly<Record<string, unknown>>;
  /** What was done nevertheless; on standard error. */
  readonly warnings: readonly ConcordError[];
  /** What was found wrong: on standard error, and the exit status is 1. */
  readonly problems: readonly ConcordError[];
}
