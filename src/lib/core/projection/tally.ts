import type { ClassId, FieldId } from '../model/ids';
import { STATUSES, type Status } from '../model/project';
import type { ClassCount } from './value-pool';

/** Running totals over the items that stand in the project. */
export class Tally {
  items = 0;
  /** Items that the reading author still has to answer. */
  open = 0;
  readonly byStatus = new Uint32Array(STATUSES.length);
  readonly #byClass = new Map<FieldId, Map<ClassId, number>>();

  add(by: 1 | -1, status: number, isOpen: boolean, classes: readonly ClassCount[]): void {
    this.items += by;
    if (isOpen) this.open += by;
    this.byStatus[status]! += by;
    for (const [field, id] of classes) this.#addClass(field, id, by);
  }

  statuses(): Record<Status, number> {
    return Object.fromEntries(STATUSES.map((status, index) => [status, this.byStatus[index]!])) as Record<
      Status,
      number
    >;
  }

  /** Field -> class -> items whose label holds it; classes that none holds are left out. */
  classes(): Record<FieldId, Record<ClassId, number>> {
    return Object.fromEntries([...this.#byClass].map(([field, counts]) => [field, Object.fromEntries(counts)]));
  }

  #addClass(field: FieldId, id: ClassId, by: 1 | -1): void {
    const counts = this.#byClass.get(field) ?? new Map<ClassId, number>();
    const count = (counts.get(id) ?? 0) + by;
    if (count > 0) counts.set(id, count);
    else counts.delete(id);
    if (counts.size > 0) this.#byClass.set(field, counts);
    else this.#byClass.delete(field);
  }
}
