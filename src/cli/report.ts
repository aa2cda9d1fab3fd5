import type { Estimate } from '#core/agreement/estimate';
import { projectIn } from '#core/project-file/project';
import { projectReport } from '#core/quality/project-report';
import { labelsOf } from '#core/quality/read-labels';
import { TextLengths } from '#core/quality/text-lengths';
import type { AnnotatorReport, FieldReport, QualityReport } from '#core/quality/quality-report';
import { ok } from '#core/result';
import { verify } from '#io/keys';
import type { Command } from './command';
import { openProject, within } from './input-file';

export const reportCommand: Command = {
  name: 'report',
  summary: 'Says how far the labels of a project can be trusted, as the app’s Quality page does.',
  operands: ['FILE.concord'],
  options: [],
  notes: [
    'With --json every figure of every question and person, for dashboards. Known',
    'answers are sealed to owners and reviewers, so that nothing is said of them here.',
  ],

  async run(signal, given) {
    const [path] = given.operands as readonly [string];
    const file = await openProject(signal, path);
    if (!file.ok) return file;
    const project = within(path, await projectIn(file.value, verify));
    if (!project.ok) return project;
    signal.throwIfAborted();
    const { projection, reader } = project.value;
    const textLengths = await new TextLengths(reader).of(projection, labelsOf(projection).columns);
    const report = projectReport(projection, textLengths);
    return ok({ text: inWords(report), json: { ...report }, warnings: [], problems: [] });
  },
};

const inWords = ({ project, items, byStatus, fields, annotators }: QualityReport): string[] => [
  `“${project}”`,
  `${count(items)} items: ${Object.entries(byStatus)
    .filter(([, number]) => number > 0)
    .map(([status, number]) => `${count(number)} ${status}`)
    .join(', ')}`,
  ...fields.flatMap((field) => ['', ...fieldInWords(field)]),
  ...(annotators.length > 0 ? [''] : []),
  ...annotators.flatMap(annotatorInWords),
];

function fieldInWords(field: FieldReport): string[] {
  const { name, labels, items, overlapping, annotators, coefficients, headline, consensus } = field;
  const standing = coefficients.find(({ id }) => id === headline);
  return [
    `${name}: ${count(labels)} answers to ${count(items)} items by ${count(annotators)} people, ${count(overlapping)} items by two or more`,
    ...(standing ? [`  ${standing.name}: ${estimateInWords(standing.estimate)}`] : []),
    `  ${consensus.why}`,
  ];
}

function estimateInWords(estimate: Estimate): string {
  if (estimate.value === null) return estimate.reason;
  const { value, ci95 } = estimate;
  return ci95 ? `${value.toFixed(3)}, 95 % from ${ci95[0].toFixed(3)} to ${ci95[1].toFixed(3)}` : value.toFixed(3);
}

function annotatorInWords({ name, author, labels, withConsensus, concerns }: AnnotatorReport): string[] {
  const { right, of } = withConsensus;
  const agreement = of === 0 ? '' : `, ${Math.round((100 * right) / of)} % with the others’ consensus`;
  return [
    `${name === '' ? author : name}: ${count(labels)} answers${agreement}`,
    ...concerns.map((concern) => `  ${concern}`),
  ];
}

const count = (number: number): string => number.toLocaleString('en');
