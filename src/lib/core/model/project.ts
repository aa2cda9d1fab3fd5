/** Settings that hold for everybody in the project. */
export interface Settings {
  readonly name: string;
  /** Annotations by distinct authors that an item needs, at least 1. */
  readonly minAnnotators: number;
  /** Mean pairwise similarity below which an item is disputed, 0 to 1. */
  readonly agreementThreshold: number;
  /** Whether an agreed item waits for a reviewer before it is completed. */
  readonly reviewGate: boolean;
  /** Whether choosing a class submits, where the only field is a single choice. */
  readonly submitOnChoice: boolean;
}

export const DEFAULT_SETTINGS: Settings = {
  name: 'Untitled',
  minAnnotators: 1,
  agreementThreshold: 0.75,
  reviewGate: false,
  submitOnChoice: true,
};

export const ROLES = ['owner', 'reviewer', 'annotator', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

/** In the order of an item's life. */
export const STATUSES = [
  'pending',
  'pre-annotated',
  'in-progress',
  'disputed',
  'in-review',
  'completed',
  'skipped',
] as const;
export type Status = (typeof STATUSES)[number];
