/** YAML from anywhere: read without its values being built, and without what would stop the program. */
import { Composer, Lexer, LineCounter, Parser, type CST, type Document } from 'yaml';

/** Nothing that is meant nests deeper; every level takes up to three entries on the parser's stack. */
const MAX_STACK = 3 * 64;

/** Why a text is no YAML that can be used, and where. */
export interface YamlFault {
  /** In the middle of a sentence, without a full stop. */
  readonly reason: string;
  /** UTF-16 code units from the start. */
  readonly offset: number;
}

export interface YamlText {
  /** Null where the text has nothing but space and comments. */
  readonly document: Document.Parsed | null;
  readonly faults: readonly YamlFault[];
  /** Line and column of an offset, both from 1. */
  place(offset: number): { readonly line: number; readonly column: number };
}

/**
 * Reads the one document of a text. Repeated keys are left to the reader, since finding them takes the library quadratic
 * time. Its composer is recursive, and near the end of the stack it does not throw but ends the process, so nesting is
 * counted before.
 */
export function readYaml(text: string): YamlText {
  const lines = new LineCounter();
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const failed = (reason: string, offset: number) => ({ document: null, faults: [{ reason, offset }], place });
  let document: Document.Parsed | null = null;
  try {
    const composer = new Composer({ lineCounter: lines, prettyErrors: false, uniqueKeys: false, logLevel: 'silent' });
    for (const found of composer.compose(tokens(text, lines))) {
      if (document) return failed('it holds several documents, and one is read', found.range[0]);
      document = found;
    }
  } catch (error) {
    if (error instanceof TooDeep) return failed('it nests too deeply', error.offset);
    // The library is tested to read anything; whatever it throws nevertheless is about this text.
    return failed(`it cannot be read (${firstLine(error as Error)})`, 0);
  }
  const faults = [...(document?.errors ?? []), ...(document?.warnings ?? [])].map((error) => ({
    reason: `it is not valid YAML (${firstLine(error)})`,
    offset: error.pos[0],
  }));
  return { document, faults: faults.sort((a, b) => a.offset - b.offset), place };
}

class TooDeep extends Error {
  readonly offset: number;

  constructor(offset: number) {
    super('nested too deeply');
    this.offset = offset;
  }
}

function* tokens(text: string, lines: LineCounter): Generator<CST.Token> {
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  for (const lexeme of new Lexer().lex(text)) {
    yield* parser.next(lexeme);
    if (parser.stack.length > MAX_STACK) throw new TooDeep(parser.offset);
  }
  yield* parser.end();
}

const LONGEST_REASON = 200;

const firstLine = ({ message }: Error): string => message.split('\n')[0]!.slice(0, LONGEST_REASON);
