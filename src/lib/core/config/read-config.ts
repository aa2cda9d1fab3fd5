import { fault } from '../errors';
import { EMPTY_SCHEMA } from '../model/schema';
import { withinLimits } from '../model/schema-limits';
import { templateOf } from '../model/templates';
import { err, ok, type Result } from '../result';
import { readYaml } from '../text/yaml';
import type { ProjectConfig } from './config';
import { ConfigReader } from './config-reader';
import { schemaQuestions, templateQuestions, type Questions } from './questions';
import { Section } from './section';
import { readExport, readLearning, readQuality } from './settings';
import { TASK_TYPES } from './task-types';

/** Bytes of a config, of which 10,000 classes with their descriptions take one half. */
export const MAX_CONFIG_BYTES = 2 ** 20;

const SECTIONS = ['project', 'schema', 'classes', 'quality', 'active_learning', 'export'] as const;
const PROJECT = ['name', 'task_type', 'schema', 'classes'] as const;
const MAX_NAME = 200;

/**
 * Reads a project's config; docs/CONFIG.md says what it may hold.
 *
 * @param path names the file in errors, which add line and column
 * @returns `config.…`, `class.…` or `field.…`, about what is wrong first in the file
 */
export function readConfig(text: string, path: string): Result<ProjectConfig> {
  const invalid = (reason: string, where = path) => err(fault('config.invalid', where, { reason }));
  if (text.length > MAX_CONFIG_BYTES)
    return err(fault('file.too-large', path, { bytes: text.length, limit: MAX_CONFIG_BYTES }));
  const yaml = readYaml(text);
  const [wrong] = yaml.faults;
  if (wrong) {
    const { line, column } = yaml.place(wrong.offset);
    return invalid(wrong.reason, `${path}, line ${line}, column ${column}`);
  }
  if (!yaml.document?.contents) return invalid('it is empty');

  const reader = new ConfigReader(path, yaml, yaml.document);
  const root = Section.read(reader, yaml.document.contents, 'The config', SECTIONS);
  if (!root) return err(reader.error!);
  const project = root.has('project') ? Section.read(reader, root.node('project'), '“project”', PROJECT) : undefined;
  if (!root.has('project')) root.lacks('“project”');
  const name = project?.text('name', MAX_NAME);
  if (project?.has('name') === false) project.lacks('a “name”');
  const questions = project ? readQuestions(reader, root, project) : NO_QUESTIONS;
  const section = (key: Exclude<(typeof SECTIONS)[number], 'project'>) => (root.has(key) ? root.node(key) : undefined);
  const settings = {
    ...readQuality(reader, section('quality')),
    learning: readLearning(reader, section('active_learning')),
    export: readExport(reader, section('export'), questions),
  };

  if (reader.error) return err(reader.error);
  const schema = withinLimits(questions.schema);
  if (!schema.ok) return err({ ...schema.error, path });
  return ok({ name: name!, schema: schema.value, settings, warnings: reader.warnings });
}

const NO_QUESTIONS: Questions = { schema: EMPTY_SCHEMA, content: null };

function readQuestions(
  reader: ConfigReader,
  root: Section<(typeof SECTIONS)[number]>,
  project: Section<(typeof PROJECT)[number]>,
): Questions {
  const schemaIn = one(project, root, 'schema');
  const classesIn = one(project, root, 'classes');
  const type = project.word('task_type', TASK_TYPES, 'task type');
  if (schemaIn && project.has('task_type')) project.conflict('task_type', 'schema');
  else if (schemaIn) {
    if (classesIn) classesIn.conflict('classes', 'schema');
    return reported(reader, schemaQuestions(reader, schemaIn.node('schema')), schemaIn.place('schema'));
  } else if (type) {
    const questions = templateQuestions(reader, templateOf(type.means), classesIn?.node('classes'));
    return reported(reader, questions, (classesIn ?? project).place(classesIn ? 'classes' : 'task_type'));
  } else if (!project.has('task_type')) project.lacks('a “task_type”, or a “schema”');
  return NO_QUESTIONS;
}

/** The one of the two places that has the key: under `project`, or beside it. */
function one<Key extends 'schema' | 'classes'>(
  project: Section<(typeof PROJECT)[number]>,
  root: Section<(typeof SECTIONS)[number]>,
  key: Key,
): Section<Key> | undefined {
  if (project.has(key) && root.has(key)) root.conflict(key, `project.${key}`);
  const found: Section<Key> = project.has(key) ? project : root;
  return found.has(key) ? found : undefined;
}

/** The same questions, with a warning where one has no classes. */
function reported(reader: ConfigReader, questions: Questions, place: string): Questions {
  for (const { name, classes } of questions.schema.fields) {
    if (classes.length === 0) reader.warnings.push(fault('config.no-classes', place, { question: name }));
  }
  return questions;
}
