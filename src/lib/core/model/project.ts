/** Settings that hold for everybody in the project. */
export interface Settings {
  readonly name: string;
  /** Annotations by distinct authors that an item needs, at least 1. */
  readonly minAnnotators: number;
  /** Mean pairwise similarity below which an item is disputed, 0 to 1. */
  readonly agreementThreshold: number;
  /** Whether an agreed item waits for a reviewer before it is completed. */
  readonly reviewGate: boolean;
  readonly quality: QualitySettings;
  readonly workflow: WorkflowSettings;
  readonly gold: GoldSettings;
  /** Whether choosing a class submits, where the only field is a single choice. */
  readonly submitOnChoice: boolean;
  /** Whether items are flagged whose consensus is less certain than `quality.lowConfidence`. */
  readonly autoFlagLowConfidence: boolean;
  readonly learning: LearningSettings;
  readonly export: ExportSettings;
  readonly meeting: MeetingSettings;
}

/** How agreement and consensus are computed, and when they are worth a warning. */
export interface QualitySettings {
  /** Id of a truth model; `auto`: by how many annotators and labels there are. */
  readonly truth: string;
  /** Id of the agreement coefficient that stands for the project; `auto`: by the kind of the first question. */
  readonly coefficient: string;
  /** The coefficient below which people are warned, 0 to 1. */
  readonly warnBelow: number;
  /** Labels after which the coefficient is looked at for a warning. */
  readonly warnEvery: number;
  /** Probability of the consensus below which an item counts as unsure, 0 to 1. */
  readonly lowConfidence: number;
}

/** Who labels and reviews what. */
export interface WorkflowSettings {
  /** Share of the items that `minAnnotators` people label, 0 to 1; of the others one annotation is asked. */
  readonly overlap: number;
  /** Further annotators that a disputed item gets before an expert decides. */
  readonly furtherAnnotators: number;
  /** Share of what annotators labelled that another annotator looks at, 0 to 1. */
  readonly peerReview: number;
  /** Share of each annotator's work that a reviewer looks at, 0 to 1. */
  readonly review: number;
  /** Whether reviewers see who said what. */
  readonly hideNames: boolean;
}

/** Items whose answers are known, and what is done with them. */
export interface GoldSettings {
  /** Share of what an annotator is dealt that everybody is asked, 0 to 1. */
  readonly rate: number;
  /** Share of known answers that an annotator has to get right, 0 to 1; below it they are paused. */
  readonly bar: number;
  /** Known answers that somebody has given before the bar applies. */
  readonly least: number;
  /** Share of what an annotator is dealt that they answered before, 0 to 1. */
  readonly again: number;
  /** Items to practise on before the first real one. */
  readonly practice: number;
  /** Whether annotators are told at once how they did where the answer was disclosed. */
  readonly feedback: boolean;
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
  quality: { truth: 'auto', coefficient: 'auto', warnBelow: 0.7, warnEvery: 200, lowConfidence: 0.7 },
  workflow: { overlap: 1, furtherAnnotators: 1, peerReview: 0, review: 0.1, hideNames: false },
  gold: { rate: 0.05, bar: 0.7, least: 5, again: 0, practice: 0, feedback: false },
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
