import { addRows, countRows, hasRow, NO_ROWS, toggleRow, type Ranges } from '#core/table/ranges';

/**
 * Which rows of a table are selected, and which one the keyboard is at, as in any list: a click selects one, Ctrl adds
 * or removes one, Shift takes everything from the last one to here.
 */
export class RowSelection {
  #rows = $state.raw<Ranges>(NO_ROWS);
  #active = $state<number | null>(null);
  #anchor = 0;

  get ranges() {
    return this.#rows;
  }
  /** The row that the keyboard is at; null before the first. */
  get active() {
    return this.#active;
  }
  get count(): number {
    return countRows(this.#rows);
  }

  has(row: number): boolean {
    return hasRow(this.#rows, row);
  }

  only(row: number): void {
    this.#rows = [[row, row + 1]];
    this.#anchor = row;
    this.#active = row;
  }

  toggle(row: number): void {
    this.#rows = toggleRow(this.#rows, row);
    this.#anchor = row;
    this.#active = row;
  }

  /** From the row that was clicked or toggled last to this one, and nothing else. */
  extendTo(row: number): void {
    this.#rows = addRows(NO_ROWS, [Math.min(this.#anchor, row), Math.max(this.#anchor, row) + 1]);
    this.#active = row;
  }

  all(total: number): void {
    this.#rows = addRows(NO_ROWS, [0, total]);
  }

  clear(): void {
    this.#rows = NO_ROWS;
  }

  /** Moves the keyboard's row; `extend` takes the rows in between into the selection. */
  moveTo(row: number, extend: boolean): void {
    if (!extend || this.#active === null) this.#anchor = row;
    if (extend) this.extendTo(row);
    else this.#active = row;
  }

  /** The table shows something else. */
  reset(): void {
    this.#rows = NO_ROWS;
    this.#active = null;
    this.#anchor = 0;
  }
}
