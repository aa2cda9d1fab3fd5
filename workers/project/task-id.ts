/** Names a run that takes a while, for its progress and for `cancel`. */
export type TaskId = string;
