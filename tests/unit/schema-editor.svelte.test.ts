import { describe, expect, it } from 'vitest';
import { fault, type ConcordError } from '#core/errors';
import { addClasses, addField, editClass } from '#core/model/schema-edits';
import { EMPTY_SCHEMA, type Schema } from '#core/model/schema';
import { err, ok, type Result } from '#core/result';
import { SchemaEditor } from '#state/schema-editor';

const field = addField(EMPTY_SCHEMA, 'Animal');
const start: Schema = field.ok ? addClasses(field.value, 'animal', ['Cat', 'Dog']) : EMPTY_SCHEMA;

/** The open project; the worker tells of a change only when the script lets it. */
class FakeProject {
  schema = $state.raw<Schema | null>(start);
  readonly failures: ConcordError[] = [];
  readonly sent: Schema[] = [];
  readonly #waiting: ((answer: Result<null>) => void)[] = [];
  readonly client = {
    changeSchema: (schema: Schema): Promise<Result<null>> => {
      this.sent.push(schema);
      return new Promise((resolve) => this.#waiting.push(resolve));
    },
  } as never;

  fail(error: ConcordError): void {
    this.failures.push(error);
  }
  async answer(answer: Result<null>): Promise<void> {
    this.#waiting.shift()!(answer);
    await Promise.resolve();
    await Promise.resolve();
  }
}

const rename = (id: string, name: string) => (schema: Schema) => editClass(schema, 'animal', id, { name });
const names = (schema: Schema) => schema.fields[0]!.classes.map((known) => known.name);

describe('the schema editor', () => {
  it('shows edits at once, each on top of the one before, while none is saved', async () => {
    const project = new FakeProject();
    const editor = new SchemaEditor(project);
    editor.edit('a', rename('cat', 'House cat'));
    editor.edit('b', rename('dog', 'House dog'));
    expect(names(editor.schema)).toEqual(['House cat', 'House dog']);
    expect(project.sent.map(names)).toEqual([
      ['House cat', 'Dog'],
      ['House cat', 'House dog'],
    ]);
    // The worker tells of the first change while the second is under way.
    project.schema = project.sent[0]!;
    await project.answer(ok(null));
    expect(names(editor.schema)).toEqual(['House cat', 'House dog']);
    await project.answer(ok(null));
    project.schema = project.sent[1]!;
    expect(names(editor.schema)).toEqual(['House cat', 'House dog']);
    // What comes from elsewhere, an undo for example, is what counts then.
    project.schema = { ...start, version: project.sent[1]!.version + 1 };
    expect(names(editor.schema)).toEqual(['Cat', 'Dog']);
  });

  it('keeps what is wrong at its place until it is mended', () => {
    const project = new FakeProject();
    const editor = new SchemaEditor(project);
    expect(editor.edit('cat/name', rename('cat', 'Dog'))).toBe(false);
    expect(editor.error('cat/name')).toBe('There is a class “Dog” already.');
    expect(editor.error('dog/name')).toBe('');
    expect(project.sent).toEqual([]);
    expect(editor.edit('cat/name', rename('cat', 'Lynx'))).toBe(true);
    expect(editor.error('cat/name')).toBe('');
  });

  it('goes back to what is saved when the worker cannot save, and says why', async () => {
    const project = new FakeProject();
    const editor = new SchemaEditor(project);
    editor.edit('a', rename('cat', 'Lynx'));
    await project.answer(err(fault('storage.full', '')));
    expect(names(editor.schema)).toEqual(['Cat', 'Dog']);
    expect(project.failures.map(({ code }) => code)).toEqual(['storage.full']);
  });
});
