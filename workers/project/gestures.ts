import type { LogEvent } from '#core/log/events';
import { ok, type Result } from '#core/result';
import type { UndoneGesture } from './api';

/** What a person did at once, with the events that do it and those that take it back. */
export interface Gesture extends UndoneGesture {
  readonly events: readonly LogEvent[];
  readonly inverse: readonly LogEvent[];
}

/** More would only hold memory: nobody steps back further. */
const MOST_GESTURES = 1_000;

/** This session's undo and redo: stacks of gestures. Taking one back appends its inverse; the log only ever grows. */
export class Gestures {
  readonly #append: (events: readonly LogEvent[]) => Promise<Result<null>>;
  #done: Gesture[] = [];
  #undone: Gesture[] = [];

  constructor(append: (events: readonly LogEvent[]) => Promise<Result<null>>) {
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
    return this.#step(this.#done, this.#undone, (gesture) => gesture.inverse);
  }

  redo(): Promise<Result<UndoneGesture | null>> {
    return this.#step(this.#undone, this.#done, (gesture) => gesture.events);
  }

  async #step(
    from: Gesture[],
    to: Gesture[],
    eventsOf: (gesture: Gesture) => readonly LogEvent[],
  ): Promise<Result<UndoneGesture | null>> {
    const gesture = from.pop();
    if (!gesture) return ok(null);
    // Moved before it is durable, so that a second step takes the next gesture; put back when it fails.
    to.push(gesture);
    const appended = await this.#append(eventsOf(gesture));
    if (!appended.ok) {
      to.splice(to.indexOf(gesture), 1);
      from.push(gesture);
      return appended;
    }
    return ok({ item: gesture.item, what: gesture.what });
  }
}
