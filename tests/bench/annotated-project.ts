import { DEFAULT_SETTINGS } from '#core/model/project';
import { ratedProject, textRecords, type RatedProject } from '../support/rated-project';
import { CLASSES, SCHEMA } from '../support/schema';

/** A project of texts, each annotated once by a commit of its own, with the authors taking turns; every answer completes its item. */
export function annotatedProject(annotations: number, authors: number): Promise<RatedProject> {
  return ratedProject({
    people: Array.from({ length: authors }, (_, n) => ({ name: `Annotator ${n + 1}` })),
    records: textRecords(Array.from({ length: annotations }, (_, n) => `This is the text with the number ${n + 1}.`)),
    schema: SCHEMA,
    settings: { workflow: { ...DEFAULT_SETTINGS.workflow, review: 0 } },
    ratings: Array.from({ length: annotations }, (_, item) => ({
      ...{ by: item % authors, item, leadMs: 1_000 + (item % 977) },
      values: { label: [CLASSES[item % CLASSES.length]!] },
    })),
  });
}
