import type { InferredSchema } from '../inferred-schema';
import { uniqueName } from '../labels';
import type { CocoDocument } from './document';

/** The class that a category stands for. */
export interface CategoryClass {
  readonly kind: 'box' | 'choice';
  /** The field's name. */
  readonly field: string;
  readonly label: string;
}

/** The field of files that name none. */
const FIELD = 'Objects';

/** The classes of a document, by the places of its categories, and their fields; the schema takes note of both. */
export interface CategoryClasses {
  readonly byPlace: ReadonlyMap<number, CategoryClass>;
  /** Names of the fields of boxes. */
  readonly boxFields: ReadonlySet<string>;
}

/** Every category is a class of one field of boxes, but where Concord wrote the file and said which field it belongs to. */
export function categoryClasses(document: CocoDocument, schema: InferredSchema): CategoryClasses {
  const { concord } = document;
  const known = new Map(
    concord?.fields.flatMap((field) => field.classes.map(({ id, name }) => [id as number | string, { field, name }])),
  );
  const boxFields = new Set<string>();
  const addField = ({ kind, field }: Pick<CategoryClass, 'kind' | 'field'>) => {
    schema.addField(field, kind);
    if (kind === 'box') boxFields.add(field);
  };
  if (concord) for (const { kind, name } of concord.fields) addField({ kind, field: name });
  else addField({ kind: 'box', field: FIELD });

  const byPlace = new Map<number, CategoryClass>();
  const taken = new Map<string, Set<string>>();
  for (const [place, { id, name, line }] of document.categories.entries()) {
    const own = known.get(id);
    const kind = own?.field.kind ?? 'box';
    const field = own?.field.name ?? FIELD;
    // What is renamed in the list of categories has its new name.
    const wanted = own && name.endsWith(own.name) ? own.name : name;
    const names = taken.get(`${kind} ${field}`) ?? new Set<string>();
    taken.set(`${kind} ${field}`, names);
    const label = uniqueName(wanted, names);
    if (label !== wanted)
      document.report('dataset.adjusted', line, `two categories are called “${wanted}”; this one is “${label}”`);
    addField({ kind, field });
    schema.addField(field, kind, [label]);
    byPlace.set(place, { kind, field, label });
  }
  for (const field of concord?.fields ?? []) {
    const labels = [...byPlace.values()]
      .filter((one) => one.kind === field.kind && one.field === field.name)
      .slice(0, 2);
    if (field.kind === 'choice' && field.multiple)
      schema.add(new Map([[field.name, { kind: 'choice', labels: labels.map(({ label }) => label) }]]));
  }
  return { byPlace, boxFields };
}
