import type { Labeler } from '#state/labeler';
import type { ProjectState } from '#state/project';

/** Makes what this person said of the item on the screen a known answer. */
export async function setKnown({ client }: ProjectState, labeler: Labeler): Promise<void> {
  const { item } = labeler;
  if (item?.mine?.kind !== 'annotation') return;
  const { values } = item.mine;
  const set = await client.setGold([{ item: item.id, values }]);
  if (set.ok) labeler.inform(`Known from now on: ${labeler.describe(values) || 'nothing'}. The page Gold lists it.`);
  else labeler.inform(`${set.error.message} ${set.error.hint}`, 'bad');
}
