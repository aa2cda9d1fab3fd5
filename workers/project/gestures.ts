import type { LogEvent } from '#core/log/events';
import { ok, type Result } from '#core/result';
import type { UndoneGesture } from './api';

/** What a person did at once, with the events that do it and those that take it back. */
export interface Gesture extends UndoneGesture {
  readonly events: Iterable<LogEvent>;
  readonly inverse: Iterable<LogEvent>;
}

/** Appends events; `undone` are those that they take back, one for one where they concern the project. */
type Append = (events: Iterable<LogEvent>, undone: Iterable<LogEvent>) => Promise<Result<null>>;

/** More would only hold memory: nobody steps back further. */
const MOST_GESTURES = 1_000;

/** This session's undo and redo: stacks of gestures. Taking one back appends its inverse; the log only ever grows. */
export class Gestures {
  readonly #append: Append;
  #done: Gesture[] = [];
  #undone: Gesture[] = [];

  constructor(append: Append) {
    this.#append = append;
  }

  get canUndo(): boolean {
    return this.#done.length > 0;
  }

  get canRedo(): boolean {
    return this.#undone.length > 0;
  }

  /** Remembers a gesture that was just made; whatever had been undone cannot be redone any more. */
  made(gesture: Gesture): void {
    this.#done.push(gesture);
    if (this.#done.length > MOST_GESTURES) this.#done.shift();
    this.#undone = [];
  }

  undo(): Promise<Result<UndoneGesture | null>> {
    return this.#step(this.#done, this.#undone, ({ events, inverse }) => this.#append(inverse, events));
  }

  redo(): Promise<Result<UndoneGesture | null>> {
    return this.#step(this.#undone, this.#done, ({ events, inverse }) => this.#append(events, inverse));
  }

  async #step(
    from: Gesture[],
    to: Gesture[],
    append: (gesture: Gesture) => Promise<Result<null>>,
  ): Promise<Result<UndoneGesture | null>> {
    const gesture = from.pop();
    if (!gesture) return ok(null);
    // Moved before it is durable, so that a second step takes the next gesture; put back when it fails.
    to.push(gesture);
    const appended = await append(gesture);
    if (!appended.ok) {
      to.splice(to.indexOf(gesture), 1);
      from.push(gesture);
      return appended;
    }
    return ok({ item: gesture.item, what: gesture.what });
  }
}
