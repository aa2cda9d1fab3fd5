/** What `active_learning.strategy` may say, and the id of the strategy that is meant. */
export const STRATEGIES: ReadonlyMap<string, string> = new Map([
  ['uncertainty', 'entropy'],
  ['diversity', 'k-center'],
  ...['hybrid', 'committee', 'margin', 'entropy', 'least-confidence', 'k-center', 'typiclust', 'badge', 'random'].map(
    (id) => [id, id] as const,
  ),
]);
