import type { SnapshotView } from '#workers/project/snapshots/api';
import { inTimeAgo } from '../figures';

/** A snapshot in a list of choices: names may repeat, so the time tells them apart. */
export const snapshotLabel = ({ name, time }: SnapshotView, now: number): string => `${name} (${inTimeAgo(time, now)})`;
