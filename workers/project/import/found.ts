import type { ItemRecord } from '#core/model/item';
import type { StoredBlob } from '#io/storage/project-store';

/** An item as a reader found it, on its way into the project. */
export interface FoundItem {
  readonly record: ItemRecord;
  /** Names of classes, as the source spells them; none where it has no label. */
  readonly labels: readonly string[];
  /** The file that the record names, for stored images. */
  readonly blob: StoredBlob | null;
  /** Names the source in errors: `train.csv, row 12`. */
  readonly path: string;
}
