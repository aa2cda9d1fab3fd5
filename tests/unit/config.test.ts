import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { ProjectConfig } from '#core/config/config';
import { EXPORT_FORMATS } from '#core/config/export-formats';
import { MAX_CONFIG_BYTES, readConfig } from '#core/config/read-config';
import { STRATEGIES } from '#core/config/strategies';
import { TASK_TYPES } from '#core/config/task-types';
import { nearest, typingErrors } from '#core/text/nearest';

/** The example of docs/CONFIG.md, as people write it. */
const EXAMPLE = `project: {name: product_classification, task_type: image_classification, classes: [electronics, clothing, furniture, food, other]}
quality: {min_annotators_per_sample: 2, agreement_threshold: 0.75, review_gate: true, auto_flag_low_confidence: true}
active_learning: {enabled: true, strategy: uncertainty, model_checkpoint: ./models/weak_classifier.onnx, query_batch_size: 100, retrain_every_n_labels: 500}
export: {format: coco, output_dir: ./labeled_data/, train_val_split: 0.85}
`;

/** A config with nothing but what every one needs, and what is given. */
const config = (rest = '', project = 'task_type: text_classification, classes: [a, b]'): string =>
  `project: {name: Birds, ${project}}\n${rest}`;

function read(text: string): ProjectConfig {
  const config = readConfig(text, 'c.yaml');
  if (!config.ok) throw new Error(`${config.error.message} (${config.error.path})`);
  return config.value;
}

function failure(text: string): { code: string; path: string; message: string; hint: string } {
  const config = readConfig(text, 'c.yaml');
  if (config.ok) throw new Error('it was read');
  return config.error;
}

describe('a config', () => {
  test('of the example says what it says', () => {
    const { name, schema, settings, warnings } = read(EXAMPLE);
    expect(name).toBe('product_classification');
    expect(schema.fields).toHaveLength(1);
    expect(schema.fields[0]).toMatchObject({ kind: 'choice', multiple: false });
    const names = schema.fields[0]!.classes.map((known) => known.name);
    expect(names).toEqual(['electronics', 'clothing', 'furniture', 'food', 'other']);
    expect(settings).toEqual({
      ...{ minAnnotators: 2, agreementThreshold: 0.75, reviewGate: true, autoFlagLowConfidence: true },
      learning: {
        ...{ enabled: true, strategy: 'entropy', checkpoint: './models/weak_classifier.onnx' },
        ...{ batchSize: 100, retrainEvery: 500 },
      },
      export: { format: 'coco', outputDir: './labeled_data/', trainShare: 0.85 },
    });
    expect(warnings.map(({ code, path }) => [code, path])).toEqual([
      ['config.later', 'c.yaml, line 3, column 28'],
      ['config.format-unfit', 'c.yaml, line 4, column 18'],
    ]);
  });

  test('that says the least has the defaults', () => {
    const { settings, warnings } = read(config());
    expect(settings).toMatchObject({ minAnnotators: 2, agreementThreshold: 0.75, reviewGate: false });
    expect(settings).toMatchObject({ learning: { enabled: false, batchSize: 100, retrainEvery: 500 } });
    expect(settings).toMatchObject({ export: { format: '', outputDir: '', trainShare: 0.85 } });
    expect(warnings).toEqual([]);
  });

  test('may have its classes beside the project, and notes, CRLF and a byte order mark around them', () => {
    const text =
      '\r\n# Birds\r\nproject:\r\n  name: Birds\r\n  task_type: bbox\r\nclasses:\r\n  - Gull\r\n  - 7\r\n  - no\r\n';
    expect(read(text).schema.fields[0]!.classes.map(({ name }) => name)).toEqual(['Gull', '7', 'no']);
  });

  test('that does not split says so by a share of 1', () => {
    expect(read(config('export: {train_val_split: 1}')).settings.export?.trainShare).toBeNull();
  });

  test('may repeat a value by alias', () => {
    const { schema } = read(
      config('schema:\n- {kind: choice, name: A, classes: &c [x, y]}\n- {kind: span, name: B, classes: *c}', ''),
    );
    expect(schema.fields.map(({ classes }) => classes.map(({ name }) => name))).toEqual([
      ['x', 'y'],
      ['x', 'y'],
    ]);
  });
});

describe('the documentation', () => {
  test('has this example, and others that are configs, too', async () => {
    const text = await readFile('docs/CONFIG.md', 'utf8');
    const examples = Array.from(text.matchAll(/```yaml\n(.*?)```/gs), ([, example]) => example!);
    expect(examples[0]).toBe(EXAMPLE);
    expect(examples.slice(1).map((example) => read(example).warnings)).toEqual([[], []]);
  });

  test('has every word', async () => {
    const text = await readFile('docs/CONFIG.md', 'utf8');
    const words = [TASK_TYPES, STRATEGIES, EXPORT_FORMATS].flatMap((map) => [...map.keys()]);
    expect(words.filter((word) => !text.includes(`\`${word}\``))).toEqual([]);
  });
});

describe('a task type', () => {
  test.each([
    ['image_classification', ['choice']],
    ['text_classification', ['choice']],
    ['ner', ['span']],
    ['bbox', ['box']],
    ['image-classes', ['choice']],
    ['boxes', ['box']],
    ['text-classes', ['choice']],
    ['spans', ['span']],
    ['intent', ['choice', 'span']],
  ])('%s asks %j', (word, kinds) => {
    expect(read(config('', `task_type: ${word}`)).schema.fields.map(({ kind }) => kind)).toEqual(kinds);
  });

  test('with two questions has classes for each', () => {
    const { schema } = read(config('', 'task_type: intent, classes: {intent: [ask], entities: [place, time]}'));
    expect(schema.fields.map(({ classes }) => classes.length)).toEqual([1, 2]);
  });
});

describe('a strategy', () => {
  test.each([
    ['uncertainty', 'entropy'],
    ['committee', 'committee'],
    ['diversity', 'k-center'],
    ['hybrid', 'hybrid'],
    ['margin', 'margin'],
    ['entropy', 'entropy'],
    ['least-confidence', 'least-confidence'],
    ['k-center', 'k-center'],
    ['badge', 'badge'],
    ['typiclust', 'typiclust'],
    ['random', 'random'],
  ])('%s is %s', (word, id) => {
    expect(read(config(`active_learning: {strategy: ${word}}`)).settings.learning?.strategy).toBe(id);
  });
});

describe('a format', () => {
  test.each([
    ['huggingface', 'hf', 'text_classification', null],
    ['csv', 'csv', 'ner', null],
    ['jsonl', 'jsonl', 'intent', null],
    ['coco', 'coco', 'bbox', null],
    ['yolo', 'yolo', 'bbox', null],
    ['imagenet', 'imagenet', 'image_classification', null],
    ['voc', 'voc', 'bbox', 'config.later'],
    ['label-studio', 'label-studio', 'ner', 'config.later'],
    ['coco', 'coco', 'image_classification', 'config.format-unfit'],
    ['coco', 'coco', 'ner', 'config.format-unfit'],
    ['yolo', 'yolo', 'image_classification', 'config.format-unfit'],
    ['imagenet', 'imagenet', 'text_classification', 'config.format-unfit'],
  ])('%s is %s; of %s it warns: %s', (word, id, type, warning) => {
    const { settings, warnings } = read(config(`export: {format: ${word}}`, `task_type: ${type}, ${classesOf(type)}`));
    expect(settings.export?.format).toBe(id);
    expect(warnings.map(({ code }) => code)).toEqual(warning === null ? [] : [warning]);
  });

  const classesOf = (type: string) => (type === 'intent' ? 'classes: {intent: [a], entities: [b]}' : 'classes: [a, b]');
});

describe('a checkpoint', () => {
  test.each(['m.onnx', 'https://example.com/m.onnx?download=true', 'm.ORT'])('%s runs in browsers', (file) => {
    const { settings, warnings } = read(config(`active_learning: {model_checkpoint: "${file}"}`));
    expect(settings.learning?.checkpoint).toBe(file);
    expect(warnings).toEqual([]);
  });

  test.each([
    ['m.pt', 'torch.onnx.export'],
    ['m.pth', 'torch.onnx.export'],
    ['m.h5', 'format="onnx"'],
    ['m.pkl', 'skl2onnx'],
    ['m.safetensors', 'optimum-cli export onnx'],
    ['m.tflite', 'tf2onnx'],
    ['m.xyz', 'framework'],
  ])('%s does not, and the warning names the way to ONNX: %s', (file, way) => {
    const { settings, warnings } = read(config(`active_learning: {model_checkpoint: ${file}}`));
    expect(settings.learning?.checkpoint).toBe(file);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatchObject({ code: 'config.checkpoint', path: 'c.yaml, line 2, column 37' });
    expect(warnings[0]!.hint).toContain(way);
  });
});

describe('a schema in full', () => {
  const text = config(
    `schema:
  guidelines: |
    # Birds
  fields:
    - kind: choice
      name: Weather
      multiple: true
      required: false
      classes:
        - Rain
        - name: Fog
          key: Q
          colour: "#AABBCC"
          description: Less than 1 km.
    - {kind: box, name: Birds, rotatable: true, classes: [{name: Gull, key: "1"}]}
    - {kind: span, name: Words, whole_words: false, required: true, classes: [x]}
`,
    '',
  );

  test('has its options, classes and guidelines', () => {
    const { schema } = read(text);
    expect(schema.guidelines).toBe('# Birds\n');
    const [weather, birds, words] = schema.fields;
    expect(weather).toMatchObject({ kind: 'choice', name: 'Weather', multiple: true, required: false });
    expect(weather!.classes[1]).toMatchObject({
      ...{ id: 'fog', name: 'Fog', key: 'q', color: '#aabbcc', description: 'Less than 1 km.' },
    });
    expect(birds).toMatchObject({ kind: 'box', rotatable: true, required: false });
    expect(words).toMatchObject({ kind: 'span', wholeWords: false, required: true });
  });

  test('gives free keys to the classes that name none', () => {
    const keys = read(text).schema.fields.flatMap(({ classes }) => classes.map(({ key }) => key));
    expect(keys).toEqual(['2', 'q', '1', '3']);
  });

  test('may be a list, and stand under the project', () => {
    expect(read(config('', 'schema: [{kind: box, name: B, classes: [a]}]')).schema.fields[0]).toMatchObject({
      name: 'B',
    });
  });

  test('of many classes says that their keys are not used', () => {
    const many = Array.from({ length: 13 }, (_, n) => `c${n}`).join(', ');
    const { schema, warnings } = read(config('', `task_type: ner, classes: [${many}, {name: x, key: q}]`));
    expect(schema.fields[0]!.classes.every(({ key }) => key === '')).toBe(true);
    expect(warnings.map(({ code }) => code)).toEqual(['config.keys-unused']);
  });

  test('without classes says that they are to be named', () => {
    expect(read(config('', 'task_type: ner')).warnings.map(({ code }) => code)).toEqual(['config.no-classes']);
  });
});

describe('what is wrong is named with its place', () => {
  test.each([
    // Keys and words, with the nearest known one
    ['a key', 'projct: {}', 'config.unknown-key', '1, column 1', '“project”'],
    ['a nested key', config('', 'task_typ: ner'), 'config.unknown-key', '1, column 24', '“task_type”'],
    ['a key without a neighbour', config('', 'zzzzzzzz: 1'), 'config.unknown-key', '1, column 24', '“zzzzzzzz”.'],
    [
      'a key of quality',
      config('quality:\n  min_anotators: 2'),
      'config.unknown-key',
      '3, column 3',
      '“min_anotators”',
    ],
    ['a key of another section', config('export: {strategy: x}'), 'config.unknown-key', '2, column 10', '“strategy”'],
    ['a key that is a list', config('? [a]\n: b'), 'config.unknown-key', '2, column 3', 'a list'],
    [
      'an option of another kind',
      config('', 'schema: [{kind: box, name: B, multiple: true}]'),
      'config.unknown-key',
      '1, column 54',
      '“multiple”',
    ],
    [
      'a task type',
      config('', 'task_type: image-clasification'),
      'config.unknown-word',
      '1, column 35',
      '“image_classification”',
    ],
    ['a strategy', config('active_learning: {strategy: entrpy}'), 'config.unknown-word', '2, column 29', '“entropy”'],
    ['a format', config('export: {format: COCO}'), 'config.unknown-word', '2, column 18', '“coco”'],
    ['a kind', config('', 'schema: [{kind: boxes, name: B}]'), 'config.unknown-word', '1, column 40', '“box”'],
    // Types
    ['a list for a map', '- project', 'config.value', '1, column 1', 'a list'],
    ['a text for a map', 'project', 'config.value', '1, column 1', '“project”'],
    ['nothing for a map', 'project:', 'config.value', '1, column 9', 'nothing'],
    ['a number as text', config('quality: {min_annotators_per_sample: "2"}'), 'config.value', '2, column 38', '“2”'],
    ['a fraction', config('quality: {min_annotators_per_sample: 1.5}'), 'config.value', '2, column 38', '1.5'],
    ['too few', config('quality: {min_annotators_per_sample: 0}'), 'config.value', '2, column 38', '0'],
    ['too many', config('quality: {min_annotators_per_sample: 1001}'), 'config.value', '2, column 38', '1001'],
    ['a percentage', config('quality: {agreement_threshold: 75%}'), 'config.value', '2, column 32', '“75%”'],
    ['a share above 1', config('quality: {agreement_threshold: 75}'), 'config.value', '2, column 32', '75'],
    ['no number at all', config('export: {train_val_split: .nan}'), 'config.value', '2, column 27', '.nan'],
    ['a word for a truth value', config('quality: {review_gate: yes}'), 'config.value', '2, column 24', '“yes”'],
    ['nothing for a value', config('export:\n  format:'), 'config.value', '3, column 10', 'nothing'],
    ['a map for a word', config('export: {format: {coco: 1}}'), 'config.value', '2, column 18', 'a map'],
    ['a text for classes', config('', 'task_type: ner, classes: a'), 'config.value', '1, column 49', '“a”'],
    ['a class that is a list', config('', 'task_type: ner, classes: [[a]]'), 'config.value', '1, column 50', 'a list'],
    [
      'a class that is nothing',
      config('', 'task_type: ner, classes: [a, ""]'),
      'config.value',
      '1, column 53',
      'nothing',
    ],
    [
      'classes of two questions',
      config('', 'task_type: intent, classes: [a]'),
      'config.value',
      '1, column 52',
      'intent, entities',
    ],
    ['no fields', config('', 'schema: []'), 'config.value', '1, column 32', 'a list of 1 to 200 fields'],
    ['a name that is a map', 'project: {name: {a: b}, task_type: ner}', 'config.value', '1, column 17', 'a map'],
    // Twice, missing, together
    ['a key twice', config('quality: {}\nquality: {}'), 'config.duplicate', '3, column 1', '“quality”'],
    ['a class twice', config('', 'task_type: ner, classes: [a, b, " a"]'), 'config.duplicate', '1, column 56', '“a”'],
    [
      'a key of classes twice',
      config('', 'task_type: ner, classes: [{name: a, key: q}, {name: b, key: Q}]'),
      'config.duplicate',
      '1, column 69',
      '“q”',
    ],
    [
      'a field twice',
      config('', 'schema: [{kind: box, name: B}, {kind: box, name: B}]'),
      'field.name',
      '1, column 73',
      '“B”',
    ],
    ['no project', 'quality: {}', 'config.missing', '1, column 1', '“project”'],
    ['no name', 'project: {task_type: ner}', 'config.missing', '1, column 10', '“name”'],
    ['nothing that is asked', 'project: {name: a}', 'config.missing', '1, column 10', '“task_type”'],
    [
      'a class without a name',
      config('', 'task_type: ner, classes: [{key: q}]'),
      'config.missing',
      '1, column 50',
      '“name”',
    ],
    ['a field without a kind', config('', 'schema: [{name: B}]'), 'config.missing', '1, column 33', '“kind”'],
    ['two answers to what is asked', config('schema: []'), 'config.conflict', '1, column 35', '“schema”'],
    ['classes in two places', config('classes: [a]'), 'config.conflict', '2, column 10', '“project.classes”'],
    [
      'two colours',
      config('', 'task_type: ner, classes: [{name: a, color: "#000000", colour: "#000000"}]'),
      'config.conflict',
      '1, column 86',
      '“color”',
    ],
    // Of classes
    [
      'a reserved key',
      config('', 'task_type: ner, classes: [{name: a, key: s}]'),
      'class.key',
      '1, column 65',
      'skips',
    ],
    [
      'a long key',
      config('', 'task_type: ner, classes: [{name: a, key: ab}]'),
      'class.key',
      '1, column 65',
      'one letter',
    ],
    [
      'a colour by name',
      config('', 'task_type: ner, classes: [{name: a, color: red}]'),
      'class.color',
      '1, column 67',
      '“red”',
    ],
    // Not YAML, or not one document of it
    ['tabs', 'project:\n\tname: a', 'config.invalid', '2, column 1', 'Tabs'],
    ['an open bracket', 'project: {name: a', 'config.invalid', '1, column 18', 'Flow'],
    ['two documents', `${config()}---\n${config()}`, 'config.invalid', '2, column 1', 'several documents'],
    ['a tag', config('', 'task_type: !python/object ner'), 'config.invalid', '1, column 35', 'tag'],
    ['an unknown anchor', 'project: *p', 'config.invalid', '1, column 10', '“p”'],
    ['deep nesting', '['.repeat(100_000), 'config.invalid', '1, column ', 'deep'],
    ['deep nesting of maps', '{a: '.repeat(100_000), 'config.invalid', '1, column ', 'deep'],
    [
      'deep nesting by lines',
      Array.from({ length: 1_000 }, (_, n) => `${' '.repeat(n)}a:`).join('\n'),
      'config.invalid',
      ', column ',
      'deep',
    ],
  ])('%s', (_name, text, code, place, words) => {
    const error = failure(text);
    expect(error).toMatchObject({ code });
    expect(error.path).toContain(`line ${place.startsWith(',') ? '' : place}`);
    expect(error.path).toContain(place);
    expect(error.message).toContain(words);
    expect(error.message.length).toBeLessThan(400);
  });

  test.each([
    ['an empty file', ''],
    ['only notes', '# nothing\n'],
    ['an image', '\x89PNG\r\n\x1a\n\0\0'],
    ['a page', '<!doctype html><p>Hello'],
    ['a list that repeats itself', 'a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]'],
    ['a value that holds itself', 'project: &p {name: a, task_type: ner, classes: *p}'],
    ['a list that holds itself', 'project: {name: a, task_type: ner, classes: &c [*c]}'],
    ['endless aliases', `project: {name: &n a, task_type: ner, classes: [${'*n, '.repeat(200)}]}`],
    ['a long key', `${'k'.repeat(500_000)}: 1`],
    ['a long tag', '!'.repeat(500_000)],
    ['many brackets', ']'.repeat(20_000)],
    ['a YOLO data.yaml', 'train: images\nval: images\nnames: [a]'],
  ])('%s', (_name, text) => {
    const { code, message, path } = failure(text);
    expect(code).toMatch(/^config\./);
    expect(path).toContain('c.yaml');
    expect(message.length).toBeLessThan(400);
  });

  test('10 MB', () => {
    expect(failure(`# ${'x'.repeat(10_000_000)}\n${EXAMPLE}`).code).toBe('file.too-large');
    expect(failure(`${EXAMPLE}#${' '.repeat(MAX_CONFIG_BYTES)}`).code).toBe('file.too-large');
  });

  test('the first of several, wherever it is found', () => {
    const text = 'export: {format: cocoo}\nquality: {review_gate: 1}\nproject: {name: a}';
    expect(failure(text)).toMatchObject({ code: 'config.unknown-word', path: 'c.yaml, line 1, column 18' });
  });
});

describe('the nearest word', () => {
  // Counted by hand.
  test.each([
    ['', '', 0],
    ['abc', '', 3],
    ['kitten', 'sitting', 3],
    ['ab', 'ba', 1],
    ['ca', 'abc', 3],
    ['review_gate', 'reveiw_gate', 1],
  ])('%j is %j with %i typing errors', (a, b, errors) => {
    expect(typingErrors(a, b)).toBe(errors);
    expect(typingErrors(b, a)).toBe(errors);
  });

  test.each([
    ['Entropy', 'entropy'],
    ['least_confidence', 'least-confidence'],
    ['marign', 'margin'],
    ['k', null],
    ['', null],
    ['something else', null],
  ])('to %j is %j', (word, expected) => {
    expect(nearest(word, ['entropy', 'margin', 'least-confidence'])).toBe(expected);
  });
});
