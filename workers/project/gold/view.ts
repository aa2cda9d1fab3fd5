import { sameValue } from '#core/fields/values';
import type { Values } from '#core/model/annotation';
import { itemName } from '#core/model/item';
import type { GoldAnnotator, GoldAnswer, GoldView } from './api';
import type { Gold } from './gold';
import { knownOf } from './practice';
import { resolvedAnswers } from './set-gold';

/** What owners and reviewers see of the project's gold. */
export async function goldView(gold: Gold): Promise<GoldView> {
  const { session } = gold;
  await session.idle();
  await gold.read();
  const { projection, reader } = session;
  const { control } = projection;
  const { byAuthor, byItem } = gold.accuracy;
  const practice = new Set(control.dealt.practice);
  const answers = [...gold.answers].map(async ([item, values]): Promise<GoldAnswer> => {
    const id = projection.id(item);
    const { right, of } = byItem.get(item) ?? { right: 0, of: 0 };
    return {
      ...{ item: id, name: itemName(await reader.record(item)), values, answered: of, right },
      isDisclosed: control.disclosed.has(id) && sameValues(knownOf(projection, item), values),
      isPractice: practice.has(id),
    };
  });
  const annotators = projection.members.flatMap((author): GoldAnnotator[] => {
    if (projection.standing(author) !== 'annotator') return [];
    const { right, of } = byAuthor.get(author) ?? { right: 0, of: 0 };
    return [
      ...[{ author, name: projection.name(author), answered: of, right, paused: control.paused.get(author) ?? '' }],
    ];
  });
  return {
    isReadable: gold.isReadable,
    answers: await Promise.all(answers),
    dealt: control.dealt.probe.length,
    resolved: resolvedAnswers(gold).length,
    ignored: [...new Set(gold.ignored.map(({ author }) => projection.name(author)))],
    annotators,
  };
}

function sameValues(a: Values, b: Values): boolean {
  const fields = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...fields].every((field) => sameValue(a[field], b[field]));
}
