/** What an event is about, for whoever looks for something in the history of a project. */
export const ACTIVITY_KINDS = ['labels', 'reviews', 'items', 'people', 'project', 'models', 'other'] as const;
export type ActivityKind = (typeof ACTIVITY_KINDS)[number];
