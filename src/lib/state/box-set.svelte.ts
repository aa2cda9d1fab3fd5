import type { FieldId, ItemId, RegionId } from '#core/model/ids';

/** A box of the item on the screen: its id is unique within one field's value only. */
export interface BoxRef {
  readonly field: FieldId;
  readonly id: RegionId;
}

type Ids = ReadonlyMap<FieldId, ReadonlySet<RegionId>>;

const NONE: Ids = new Map();

/** Some of the boxes of the item on the screen, as the hidden ones are. On another item it is empty. */
export class BoxSet {
  readonly #item: () => ItemId | null;
  #held = $state.raw<{ readonly item: ItemId | null; readonly ids: Ids }>({ item: null, ids: NONE });

  /** @param item on the screen */
  constructor(item: () => ItemId | null) {
    this.#item = item;
  }

  get isEmpty(): boolean {
    return this.#ids.size === 0;
  }

  /** Another object whenever anything has changed. */
  get version(): object {
    return this.#ids;
  }

  has({ field, id }: BoxRef): boolean {
    return this.#ids.get(field)?.has(id) ?? false;
  }

  replace(refs: Iterable<BoxRef>): void {
    this.#held = { item: this.#item(), ids: idsOf(refs) };
  }

  add(refs: Iterable<BoxRef>): void {
    this.replace([...this.#refs(), ...refs]);
  }

  delete(refs: Iterable<BoxRef>): void {
    const gone = idsOf(refs);
    this.replace([...this.#refs()].filter(({ field, id }) => !gone.get(field)?.has(id)));
  }

  get #ids(): Ids {
    return this.#held.item === this.#item() ? this.#held.ids : NONE;
  }

  *#refs(): Generator<BoxRef> {
    for (const [field, ids] of this.#ids) for (const id of ids) yield { field, id };
  }
}

function idsOf(refs: Iterable<BoxRef>): Ids {
  const ids = new Map<FieldId, Set<RegionId>>();
  for (const { field, id } of refs) {
    const known = ids.get(field);
    if (known) known.add(id);
    else ids.set(field, new Set([id]));
  }
  return ids;
}
