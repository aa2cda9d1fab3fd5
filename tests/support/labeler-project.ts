import { fault, type ConcordError } from '#core/errors';
import type { Draft } from '#core/model/annotation';
import { DEFAULT_SETTINGS, type Settings } from '#core/model/project';
import type { ClassDefinition, Schema } from '#core/model/schema';
import { err, ok, type Result } from '#core/result';
import type { LabelerProject } from '#state/labeler';
import type { Counters, ItemView, Submission, UndoneGesture, WalkRequest } from '#workers/project/api';

const named = (id: string): ClassDefinition => ({
  id,
  name: id.toUpperCase(),
  key: '',
  color: '#000000',
  description: '',
});

export const schemaOf = (options: { multiple: boolean; required?: boolean }): Schema => ({
  version: 1,
  guidelines: '',
  fields: [
    {
      kind: 'choice',
      id: 'label',
      name: 'Label',
      required: options.required ?? true,
      multiple: options.multiple,
      classes: ['a', 'b', 'c'].map(named),
      retired: [],
      remap: {},
    },
  ],
});

const blank = (position: number): ItemView => ({
  id: `i${position}`,
  position,
  name: `row ${position}`,
  content: { kind: 'text', text: `text ${position}` },
  sources: [],
  status: 'pending',
  mine: null,
  asked: 0,
  feedback: null,
  draft: null,
  prediction: null,
  flag: '',
});

/** A project worker in miniature: texts in memory, one author, undo; it answers when the script lets it. */
export class FakeProject implements LabelerProject {
  readonly id = 'fake';
  readonly items: ItemView[];
  readonly submissions: Submission[] = [];
  readonly log: string[] = [];
  /** What others were told to be on the screen, and whether somebody looks at it. */
  readonly lookedAt: (readonly [item: string | null, isActive: boolean])[] = [];
  /** Items that others are at. */
  readonly claimed = new Set<string>();
  schema: Schema;
  settings: Settings = DEFAULT_SETTINGS;
  mayLabel = true;
  /** Gestures are refused while this is set. */
  refuses: ConcordError | null = null;
  readonly #undos: { before: ItemView; after: ItemView }[] = [];
  readonly #redos: { before: ItemView; after: ItemView }[] = [];
  #answers: (() => void)[] = [];

  constructor(count: number, schema = schemaOf({ multiple: false })) {
    this.items = Array.from({ length: count }, (_, position) => blank(position));
    this.schema = schema;
  }

  get counters(): Counters {
    return {
      items: this.items.length,
      byStatus: {
        pending: 0,
        'pre-annotated': 0,
        'in-progress': 0,
        disputed: 0,
        'in-review': 0,
        completed: 0,
        skipped: 0,
      },
      byClass: {},
      open: this.items.filter(({ mine }) => mine === null).length,
      medianLeadMs: null,
      canUndo: this.#undos.length > 0,
      canRedo: this.#redos.length > 0,
    };
  }

  /** Lets the worker answer everything that was asked, and what is asked because of it. */
  async settle(): Promise<void> {
    for (let quiet = 0; quiet < 3; quiet++) {
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#answers.length > 0) quiet = 0;
      for (const answer of this.#answers.splice(0)) answer();
    }
  }

  /** The worker handles messages in order, and answers later. */
  #later<T>(value: T): Promise<T> {
    return new Promise((resolve) => {
      this.#answers.push(() => {
        resolve(value);
      });
    });
  }

  #update(id: string, change: Partial<ItemView>, undoable: boolean): Promise<Result<null>> {
    if (this.refuses) return this.#later(err(this.refuses));
    const index = this.items.findIndex((item) => item.id === id);
    const before = this.items[index]!;
    const after = { ...before, ...change };
    this.items[index] = after;
    if (undoable) {
      this.#undos.push({ before: { ...before, draft: null }, after });
      this.#redos.length = 0;
    }
    return this.#later(ok(null));
  }

  readonly client = {
    item: (id: string): Promise<Result<ItemView>> => {
      this.log.push(`item ${id}`);
      const found = this.items.find((item) => item.id === id);
      return this.#later(found ? ok(found) : err(fault('project.unknown', id)));
    },
    walk: ({ from, direction, among, count }: WalkRequest): Promise<Result<ItemView[]>> => {
      this.log.push(`walk ${among} ${direction}`);
      const size = this.items.length;
      const step = direction === 'next' ? 1 : -1;
      const start = from === null ? (step > 0 ? -1 : size) : this.items.findIndex(({ id }) => id === from);
      const found: ItemView[] = [];
      for (let distance = 1; distance <= size && found.length < count; distance++) {
        let at = start + step * distance;
        if (among === 'open') at = (at + 2 * size) % size;
        const item = this.items[at];
        if (item && (among === 'all' || (item.mine === null && !this.claimed.has(item.id)))) found.push(item);
      }
      return this.#later(ok(found));
    },
    saveDraft: (id: string, draft: Draft | null): Promise<Result<null>> => this.#update(id, { draft }, false),
    submit: (submission: Submission): Promise<Result<null>> => {
      if (!this.refuses) this.submissions.push(submission);
      const { item, values, note } = submission;
      return this.#update(item, { mine: { kind: 'annotation', values, note }, draft: null, status: 'completed' }, true);
    },
    skip: (id: string): Promise<Result<null>> =>
      this.#update(id, { mine: { kind: 'skip' }, draft: null, status: 'skipped' }, true),
    flag: (id: string, reason: string): Promise<Result<null>> => this.#update(id, { flag: reason }, true),
    lookAt: (item: string | null, isActive: boolean): Promise<void> => {
      this.lookedAt.push([item, isActive]);
      return this.#later(undefined);
    },
  };

  undo(): Promise<UndoneGesture | null> {
    const gesture = this.#undos.pop();
    if (!gesture) return this.#later(null);
    this.#redos.push(gesture);
    this.items[gesture.before.position] = gesture.before;
    return this.#later({ item: gesture.before.id, what: 'label' });
  }

  redo(): Promise<UndoneGesture | null> {
    const gesture = this.#redos.pop();
    if (!gesture) return this.#later(null);
    this.#undos.push(gesture);
    this.items[gesture.after.position] = gesture.after;
    return this.#later({ item: gesture.after.id, what: 'label' });
  }
}
