import { stringify } from 'yaml';
import type { Dataset } from '../format';
import { classLabels } from '../labels';
import type { Column } from './columns';
import type { Contents, Part } from './contents';
import { featuresYaml, type Feature, type StructFields } from './features';

/** Classes of a field that a card lists; beyond, only their number is told. */
const SHOWN_CLASSES = 200;

/** The card of a data set: what loaders read before the first row, and what people read on the Hub. */
export function card(dataset: Dataset, contents: Contents, dataFiles: (part: Part) => string): string {
  const title = dataset.name.replace(/\s+/g, ' ').trim() || 'Data set';
  const sizes = [...contents.sizes];
  const amounts = sizes.map(
    ([part, size], at) => `${size.toLocaleString('en')}${at === 0 ? ` ${contents.kind}` : ''} in ${part}`,
  );
  const front = {
    pretty_name: title,
    task_categories: tasksOf(contents),
    configs: [{ config_name: 'default', data_files: sizes.map(([split]) => ({ split, path: dataFiles(split) })) }],
    dataset_info: {
      config_name: 'default',
      features: featuresYaml(shownFeatures(contents)),
      splits: sizes.map(([name, size]) => ({ name, num_examples: size })),
    },
  };
  return [
    `---\n${frontMatter(front)}---\n`,
    `# ${inMarkdown(title)}\n`,
    `${amounts.join(', ')}. Exported by Concord.\n`,
    HOW[contents.kind],
    ...contents.columns.flatMap((column) => fieldSection(column, contents)),
  ].join('\n');
}

/** Names of a class per line would be folded, and what PyYAML cannot read is escaped. */
const frontMatter = (front: object): string =>
  stringify(front, {
    defaultStringType: 'QUOTE_DOUBLE',
    defaultKeyType: 'PLAIN',
    lineWidth: 0,
    aliasDuplicateObjects: false,
  });

/** The image comes from the column that names its file. */
const shownFeatures = ({ columns }: Contents): StructFields =>
  columns.map(({ name, feature }): [string, Feature] =>
    name === 'file_name' ? ['image', { type: 'image' }] : [name, feature],
  );

function tasksOf({ kind, columns }: Contents): string[] {
  const tasks = columns.flatMap(({ field }) => {
    switch (field?.kind) {
      case 'choice':
        return kind === 'images' ? ['image-classification'] : ['text-classification'];
      case 'box':
        return ['object-detection'];
      case 'span':
        return ['token-classification'];
      case undefined:
        return [];
    }
  });
  return [...new Set(tasks)];
}

const HOW: Readonly<Record<Contents['kind'], string>> = {
  images: `\`\`\`python
from datasets import load_dataset, load_dataset_builder

features = load_dataset_builder(path).info.features  # classes by number, their names with them
dataset = load_dataset(path, features=features)
\`\`\`

\`bbox\` is \`[x, y, width, height]\` in pixels of the upright image; \`rotation\` turns a box about its centre, in degrees
clockwise. Without \`features\`, classes are given by name. A field without a label is null.
`,
  texts: `\`\`\`python
from datasets import load_dataset

dataset = load_dataset(path)
\`\`\`

\`start\` and \`end\` of an entity count characters as Python does: \`row["text"][start:end]\`. A field without a label is null.
`,
};

function fieldSection({ name, field }: Column, { counts }: Contents): string[] {
  if (field === null) return [];
  const labels = [...classLabels(field, (label) => label)];
  const shown = labels.slice(0, SHOWN_CLASSES);
  const more = labels.length - shown.length;
  return [
    `## ${inMarkdown(field.name)}\n`,
    `Column \`${name.replaceAll('`', "'")}\`: ${KINDS[field.kind]}.\n`,
    '| class | count |\n| --- | ---: |',
    ...shown.map(([id, label]) => `| ${inMarkdown(label)} | ${counts.get(field.id)?.get(id) ?? 0} |`),
    more > 0 ? `\nand ${more.toLocaleString('en')} classes more.\n` : '',
  ];
}

const KINDS = { choice: 'a choice', box: 'boxes', span: 'spans' } as const;

/** Text that no Markdown is read from, on one line. */
const inMarkdown = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]<>#|~&]/g, '\\$&')
    .trim();
