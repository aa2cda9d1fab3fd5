import type { ClassId, FieldId } from '../model/ids';
import { STATUSES, type Status } from '../model/project';

/** Running totals over the items that stand in the project. */
export class Tally {
  items = 0;
  /** Items that the reading author still has to answer. */
  open = 0;
  readonly byStatus = new Uint32Array(STATUSES.length);
  readonly #byClass = new Map<FieldId, Map<ClassId, number>>();

  add(by: 1 | -1, status: number, isOpen: boolean, classes: readonly (readonly [FieldId, ClassId])[]): void {
    this.items += by;
    if (isOpen) this.open += by;
    this.byStatus[status]! += by;
    for (const [field, id] of classes) {
      let counts = this.#byClass.get(field);
      if (!counts) this.#byClass.set(field, (counts = new Map()));
      counts.set(id, (counts.get(id) ?? 0) + by);
    }
  }

  statuses(): Record<Status, number> {
    return Object.fromEntries(STATUSES.map((status, index) => [status, this.byStatus[index]!])) as Record<Status, number>;
  }

  /** Field -> class -> items whose label holds it; classes that none holds are left out. */
  classes(): Record<FieldId, Record<ClassId, number>> {
    return Object.fromEntries(
      [...this.#byClass].map(([field, counts]) => [field, Object.fromEntries([...counts].filter(([, count]) => count > 0))]),
    );
  }
}
