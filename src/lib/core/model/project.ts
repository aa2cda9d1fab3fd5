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
  /** Whether items of which the model is unsure are flagged for a person. */
  readonly autoFlagLowConfidence: boolean;
  readonly learning: LearningSettings;
  readonly export: ExportSettings;
  readonly meeting: MeetingSettings;
}

/** Where the project's peers find each other, beside the signaling of the app's own origin. */
export interface MeetingSettings {
  /** Addresses of signaling servers that speak y-webrtc's protocol: `wss://…`. */
  readonly servers: readonly string[];
  /** STUN and TURN servers. */
  readonly ice: readonly IceServer[];
}

export interface IceServer {
  /** `stun:…`, `turn:…` or `turns:…`. */
  readonly urls: readonly string[];
  readonly username?: string;
  readonly credential?: string;
}

/** How a model chooses what is asked next. */
export interface LearningSettings {
  readonly enabled: boolean;
  /** Id of a sampling strategy. */
  readonly strategy: string;
  /** Path or address of an ONNX model, as the project's config names it; '' for the built-in features. */
  readonly checkpoint: string;
  /** Items chosen at once. */
  readonly batchSize: number;
  /** Labels after which the model is trained again. */
  readonly retrainEvery: number;
}

/** What an export begins with. */
export interface ExportSettings {
  /** Id of a format; '' for the first that carries the project. */
  readonly format: string;
  /** Where the command line writes, relative to where it is called. */
  readonly outputDir: string;
  /** Share of the training part, 0 to 1; null: not split. */
  readonly trainShare: number | null;
}

export const DEFAULT_SETTINGS: Settings = {
  name: 'Untitled',
  minAnnotators: 1,
  agreementThreshold: 0.75,
  reviewGate: false,
  submitOnChoice: true,
  autoFlagLowConfidence: false,
  learning: { enabled: false, strategy: 'margin', checkpoint: '', batchSize: 100, retrainEvery: 500 },
  export: { format: '', outputDir: '', trainShare: null },
  meeting: { servers: [], ice: [] },
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
