import { fault } from '../../errors';
import { fieldKinds } from '../../fields/registry';
import type { Field } from '../../model/schema';
import { err, ok, type Result } from '../../result';
import { splitLabels } from '../../table/table';
import type { DatasetContent } from '../format';
import type { NamedValue } from '../inferred-schema';

/** What is known of a field by the cells that were shown. */
interface Shown {
  /** Boxes where the first list of regions belongs to an image, spans where it belongs to a text; null without any. */
  regions: 'box' | 'span' | null;
  /** The same by the first `[]`, which may be no region, or a class of that name. */
  empty: 'box' | 'span' | null;
  isOther: boolean;
}

/**
 * Reads the cells of fields whose kinds no table states: boxes and spans are JSON lists, everything else is names of
 * classes. Every cell is shown first, then read.
 */
export class FieldCells {
  readonly #fields = new Map<string, Shown>();

  show(field: string, cell: string, content: DatasetContent['kind']): void {
    const shown = this.#fields.get(field) ?? { regions: null, empty: null, isOther: false };
    this.#fields.set(field, shown);
    const kind = content === 'text' ? 'span' : 'box';
    if (cell === '[]') shown.empty ??= kind;
    else if (cell.startsWith('[{') && listIn(cell) !== null) shown.regions ??= kind;
    else shown.isOther ||= cell !== '';
  }

  kindOf(field: string): Field['kind'] {
    const shown = this.#fields.get(field);
    if (!shown) return 'choice';
    return shown.regions ?? (shown.isOther ? 'choice' : (shown.empty ?? 'choice'));
  }

  /**
   * @param path of the row, for the issue
   * @returns `value.invalid` for a cell that holds no regions, in a field of regions
   */
  read(field: string, cell: string, path: string): Result<NamedValue> {
    const kind = this.kindOf(field);
    if (kind === 'choice') return ok({ kind, labels: splitLabels(cell) });
    const invalid = (reason: string) => err(fault('value.invalid', `${path}, ${field}`, { reason }));
    const list = listIn(cell);
    if (list === null) return invalid('it is no JSON list of boxes or spans');
    // A list that somebody wrote by hand needs no ids, and no rotation.
    const regions = list.map((region, index) => ({ id: String(index + 1), ...region }));
    if (kind === 'span') {
      return fieldKinds.span.is(regions)
        ? ok({ kind, spans: regions })
        : invalid('each span needs a class, a start and an end');
    }
    const boxes = regions.map((region) => ({ rotation: 0, ...region }));
    return fieldKinds.box.is(boxes) ? ok({ kind, boxes }) : invalid('each box needs a class, x, y, width and height');
  }
}

/** A JSON list of objects; null where the cell is something else. */
function listIn(cell: string): readonly object[] | null {
  try {
    const list: unknown = JSON.parse(cell);
    const isList = Array.isArray(list) && list.every((one) => typeof one === 'object' && one !== null);
    return isList ? (list as readonly object[]) : null;
  } catch {
    return null;
  }
}
