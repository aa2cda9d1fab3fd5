import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readConfig } from '#core/config/read-config';
import { EXPORT_FORMATS } from '#core/config/export-formats';
import { STRATEGIES } from '#core/config/strategies';
import { TASK_TYPES } from '#core/config/task-types';
import { found } from '#core/log/founding';
import { typingErrors } from '#core/text/nearest';
import { testAuthor } from '../support/authors';

const signer = testAuthor(1);

/** Hundreds of configs, each founded by a signature. */
const TIMEOUT_MS = 60_000;

/** A config that was read can be founded as it is: what it holds is what a commit may hold. */
async function isRead(text: string): Promise<boolean> {
  const config = readConfig(text, 'c.yaml');
  if (!config.ok) {
    expect(config.error.path).toContain('c.yaml');
    expect(config.error.message).not.toBe('');
    expect(config.error.message.length + config.error.hint.length).toBeLessThan(2_000);
    return false;
  }
  const { name, schema, settings, warnings } = config.value;
  for (const { path } of warnings) expect(path).toMatch(/^c\.yaml, line \d+, column \d+$/);
  const bytes = { recovery: new Uint8Array(32), nonce: new Uint8Array(16) };
  await found({ name, founder: 'F', schema, settings, ...bytes, time: 0 }, signer);
  return true;
}

const EXAMPLE = `project: {name: p, task_type: image_classification, classes: [a, {name: b, key: q, colour: "#aabbcc"}]}
quality: {min_annotators_per_sample: 2, agreement_threshold: 0.75, review_gate: true, auto_flag_low_confidence: true}
active_learning: {enabled: true, strategy: uncertainty, model_checkpoint: ./m.onnx, query_batch_size: 100, retrain_every_n_labels: 500}
export: {format: coco, output_dir: ./out/, train_val_split: 0.85}
`;

/** What makes YAML of a text, and what a config says. */
const piece = fc.constantFrom(
  ...['{', '}', '[', ']', ':', ': ', ', ', '- ', '? ', '\n', '\n  ', '\t', '#', '&a ', '*a', '!x ', '|', '>', '---\n'],
  ...['"', "'", '%YAML 1.1\n', '<<', '~', 'null', 'true', '.nan', '.inf', '-1', '1e999', '0x10', '2001-01-01', '\0'],
  ...[
    'project',
    'name',
    'task_type',
    'classes',
    'schema',
    'fields',
    'kind',
    'quality',
    'export',
    'format',
    'bbox',
    'ner',
  ],
  ...['__proto__', 'constructor', 'toString', 'é', '😀', '\ud800', '\ufeff', '\u2028'],
);

test('any text is a config or an error of the catalogue', { timeout: TIMEOUT_MS }, async () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(piece, { maxLength: 40 }).map((all) => all.join('')),
  );
  await fc.assert(
    fc.asyncProperty(text, async (text) => {
      await isRead(text);
    }),
    { numRuns: 500 },
  );
});

test('the example, changed anywhere, is a config or an error of the catalogue', { timeout: TIMEOUT_MS }, async () => {
  const edits = fc.array(fc.tuple(fc.nat(EXAMPLE.length), fc.nat(12), fc.oneof(piece, fc.string({ maxLength: 3 }))), {
    minLength: 1,
    maxLength: 3,
  });
  await fc.assert(
    fc.asyncProperty(edits, async (edits) => {
      await isRead(edits.reduce((text, [at, gone, put]) => text.slice(0, at) + put + text.slice(at + gone), EXAMPLE));
    }),
    { numRuns: 500 },
  );
});

test('every config of known words and values within bounds is read', { timeout: TIMEOUT_MS }, async () => {
  const word = (words: ReadonlyMap<string, unknown>) => fc.constantFrom(...words.keys());
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const parts = fc.record(
    {
      quality: fc.record(
        {
          min_annotators_per_sample: fc.integer({ min: 1, max: 1_000 }),
          agreement_threshold: share,
          review_gate: fc.boolean(),
          auto_flag_low_confidence: fc.boolean(),
        },
        { requiredKeys: [] },
      ),
      active_learning: fc.record(
        {
          enabled: fc.boolean(),
          strategy: word(STRATEGIES),
          model_checkpoint: fc.string({ minLength: 1 }).filter((text) => text.trim() !== ''),
          query_batch_size: fc.integer({ min: 1 }),
          retrain_every_n_labels: fc.integer({ min: 1 }),
        },
        { requiredKeys: [] },
      ),
      export: fc.record(
        { format: word(EXPORT_FORMATS), output_dir: fc.constantFrom('.', './a/'), train_val_split: share },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(word(TASK_TYPES), parts, async (task_type, parts) => {
      // JSON is YAML.
      expect(await isRead(JSON.stringify({ project: { name: 'p', task_type }, ...parts }))).toBe(true);
    }),
  );
});

test('typing errors are those of a search over all ways to type', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 5 });
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(typingErrors(a, b)).toBe(slowly(a, b));
    }),
  );
});

/** The definition itself, by recursion: no letter is touched twice. */
function slowly(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length;
  const [i, j] = [a.length, b.length];
  const [shorterA, shorterB] = [a.slice(0, -1), b.slice(0, -1)];
  const ways = [
    slowly(shorterA, b) + 1,
    slowly(a, shorterB) + 1,
    slowly(shorterA, shorterB) + (a[i - 1] === b[j - 1] ? 0 : 1),
  ];
  if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
    ways.push(slowly(a.slice(0, -2), b.slice(0, -2)) + 1);
  return Math.min(...ways);
}
