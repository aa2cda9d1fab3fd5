import * as Y from 'yjs';
import { fault } from '#core/errors';
import type { Struct, Update } from '#core/log/gate';
import { err, ok, type Result } from '#core/result';

/**
 * Reads an update (Yjs format v1) as plain structs for the gate, without touching any document.
 *
 * @returns `update.refused` where Yjs cannot read the bytes
 */
export function decodeUpdate(bytes: Uint8Array): Result<Update> {
  try {
    const { structs, ds } = Y.decodeUpdate(bytes);
    const deletions = [...ds.clients.values()].reduce((sum, ranges) => sum + ranges.length, 0);
    return ok({ structs: structs.map(plain), deletions });
  } catch {
    return err(fault('update.refused', '', { reason: 'it cannot be read' }));
  }
}

function plain(struct: Y.Item | Y.GC | Y.Skip): Struct {
  const { client, clock } = struct.id;
  if (!(struct instanceof Y.Item)) return { kind: struct instanceof Y.GC ? 'gc' : 'skip', client, clock };
  // What was only decoded still has the name of its root where an integrated item has the root itself.
  const parent: unknown = struct.parent;
  return {
    kind: 'item',
    client,
    clock,
    length: struct.length,
    bytes: struct.content instanceof Y.ContentBinary ? struct.content.content : null,
    origin: struct.origin,
    rightOrigin: struct.rightOrigin,
    parent: typeof parent === 'string' ? { root: parent } : parent === null ? null : 'item',
    parentSub: struct.parentSub,
  };
}
