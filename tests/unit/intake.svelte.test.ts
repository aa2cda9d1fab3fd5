import { describe, expect, it } from 'vitest';
import { fault } from '#core/errors';
import { err, ok, type Result } from '#core/result';
import { Intake } from '#state/intake';
import type { OpenedFile } from '#workers/project/api';

const OPENED: OpenedFile = { id: 'p', name: 'Birds', isNew: true, commits: 3, contents: 1, forked: [] };

/** A first page over a worker whose runs end when the script says so. */
class Script {
  readonly asked: string[] = [];
  readonly greeted: string[] = [];
  readonly tasks = new Map<string, { task: string; done: number; total: number; what: string }>();
  task = '';
  end: (result: Result<string>) => void = () => undefined;
  readonly intake: Intake;

  constructor() {
    const run = (what: string, task: string) => {
      this.asked.push(what);
      this.task = task;
      return new Promise<Result<string>>((resolve) => (this.end = resolve));
    };
    const client = {
      createSample: (task: string, founder: string) => run(`sample for ${founder}`, task),
      openProjectFile: (task: string, file: File) => run(file.name, task).then((done) => (done.ok ? ok(OPENED) : done)),
      cancel: (task: string) => {
        this.asked.push(task === this.task ? 'cancel' : 'cancel something else');
        return Promise.resolve();
      },
    };
    const project = { listen: () => Promise.resolve(), tasks: this.tasks };
    const newProject = { reset: () => undefined, importer: { add: () => Promise.resolve() } };
    this.intake = new Intake({
      ...{ client: client as never, project, newProject: newProject as never, preferences: { name: ' Ada ' } },
      tour: { greet: (id) => this.greeted.push(id) },
    });
  }

  drop(name: string): Promise<string | null> {
    const file = new File(['x'], name);
    const entry = { isFile: true, fullPath: `/${name}`, file: (done: (file: File) => void) => done(file) };
    return this.intake.drop({ items: [{ kind: 'file', webkitGetAsEntry: () => entry }] } as never);
  }
}

/** Lets what has been asked for reach the worker. */
const settle = () => new Promise<void>((resolve) => setTimeout(resolve));

describe('the first page', () => {
  it('makes the sample, tells how far it is, and has it greeted', async () => {
    const script = new Script();
    const going = script.intake.sample();
    await settle();
    expect(script.asked).toEqual(['sample for Ada']);
    expect(script.intake.progress).toMatchObject({ what: 'Making the sample', total: 0 });
    script.tasks.set(script.task, { task: script.task, done: 90, total: 180, what: 'quay-07.svg' });
    expect(script.intake.progress).toMatchObject({ what: 'Making the sample', done: 90, total: 180 });
    script.end(ok('s'));
    expect(await going).toBe('#/p/s/label');
    expect(script.intake.progress).toBeNull();
    expect(script.greeted).toEqual(['s']);
  });

  it('does one thing at a time', async () => {
    const script = new Script();
    const going = script.intake.sample();
    await settle();
    expect(await script.intake.sample()).toBeNull();
    expect(await script.drop('a.concord')).toBeNull();
    script.end(ok('s'));
    await going;
    expect(script.asked).toHaveLength(1);
  });

  it('cancels what is under way, and says nothing of it', async () => {
    const script = new Script();
    script.intake.cancel();
    const going = script.intake.sample();
    await settle();
    script.intake.cancel();
    script.end(err(fault('cancelled', '')));
    expect(await going).toBeNull();
    expect(script.asked).toEqual(['sample for Ada', 'cancel']);
    expect([script.intake.failure, script.greeted]).toEqual([null, []]);
  });

  it('opens a project file and tells what it brought, or why it could not', async () => {
    const script = new Script();
    const going = script.drop('birds.concord');
    await settle();
    expect(script.intake.progress?.what).toBe('Opening birds.concord');
    script.end(ok(''));
    expect(await going).toBe('#/p/p/label');
    expect(script.intake.opened).toEqual(OPENED);

    const failing = script.drop('cut.concord');
    await settle();
    script.end(err(fault('project.unknown', 'cut.concord')));
    expect(await failing).toBeNull();
    expect(script.intake.failure?.code).toBe('project.unknown');
  });

  it('begins a new project with any other file', async () => {
    const script = new Script();
    expect(await script.drop('texts.csv')).toBe('#/new');
    expect(script.asked).toEqual([]);
  });
});
