import type { ProjectConfig } from '#core/config/config';
import type { ConcordError } from '#core/errors';
import type { FormatOptions } from '#core/formats/format';
import type { DatasetRequest } from '#core/formats/project-dataset';
import type { ActivityKind, EventStanding } from '#core/log/activity';
import type { ActivityWords } from '#core/log/activity-words';
import type { Draft, Values, ValuesOrigin } from '#core/model/annotation';
import type { AuthorId, Hash, ItemId, ProjectId } from '#core/model/ids';
import type { Role, Settings, Status } from '#core/model/project';
import type { Field, Schema } from '#core/model/schema';
import type { Invitation } from '#core/peers/invitation';
import type { ClassCount } from '#core/projection/value-pool';
import type { Result } from '#core/result';
import type { ColumnMapping } from '#core/table/mapping';
import type { PickedFile } from '#io/files/picked';
import type { PeerConnection } from '#io/meeting/meeting';
import type { StoredProject } from '#io/storage/library-store';
import type { GoldApi } from './gold/api';
import type { ItemContent, ItemView } from './shown-item';
import type { QualityApi, QualityWarning } from './quality/api';
import type { ReviewApi } from './review/api';
import type { SnapshotApi, SnapshotId } from './snapshots/api';
import type { TaskId } from './task-id';

/** What the project worker offers to a page. Everything is plain data; expected failures are Results. */
export interface ProjectApi extends QualityApi, ReviewApi, GoldApi, SnapshotApi {
  // Library: what is on this device
  projects(): Promise<Result<ProjectSummary[]>>;
  create(project: NewProject): Promise<Result<ProjectId>>;
  remove(id: ProjectId): Promise<Result<null>>;
  /** Founds a project of images and texts that Concord draws and writes itself, always the same, to try every tool on. */
  createSample(task: TaskId, founder: string): Promise<Result<ProjectId>>;
  /** What a project's config (YAML) asks for. */
  readConfig(file: File): Promise<Result<ProjectConfig>>;
  /**
   * Takes a project file in: a project that this device does not have is added, one that it has is merged with it. What
   * was shown as saved stays, whatever the file says; opening a file twice is opening it once.
   *
   * @param into the project that is meant; null: whichever the file holds
   * @returns `project-file.…`, `commit.…` or `zip.…`, which name what is wrong with the file; then nothing was taken over
   */
  openProjectFile(task: TaskId, file: File, into: ProjectId | null): Promise<Result<OpenedFile>>;

  // Session: one open project per worker
  /** `steal`: take it over from the tab that holds it now ("use here"). */
  open(id: ProjectId, options: { steal: boolean }): Promise<Result<ProjectView>>;
  close(): Promise<void>;
  /** Tells the page of every change; the listener is called until the worker ends. */
  listen(listener: (event: ProjectNotice) => void): Promise<void>;

  // Labeling
  item(id: ItemId): Promise<Result<ItemView>>;
  /** Items around `from` in queue order; from null: from the start (or, backwards, the end). */
  walk(request: WalkRequest): Promise<Result<ItemView[]>>;
  saveDraft(item: ItemId, draft: Draft | null): Promise<Result<null>>;
  submit(submission: Submission): Promise<Result<null>>;
  skip(item: ItemId, leadMs: number): Promise<Result<null>>;
  flag(item: ItemId, reason: string): Promise<Result<null>>;
  /** Takes back this session's last gesture; null when there is none. */
  undo(): Promise<Result<UndoneGesture | null>>;
  redo(): Promise<Result<UndoneGesture | null>>;
  history(item: ItemId): Promise<Result<HistoryEntry[]>>;

  // Items
  /** Runs a filter once; its result keeps its order and its members until the next query. */
  query(filter: ItemFilter, sort: ItemSort): Promise<Result<QueryResult>>;
  rows(query: number, from: number, count: number): Promise<Result<ItemRow[]>>;
  thumbnail(item: ItemId): Promise<Result<Blob | null>>;
  /**
   * Items whose id, name or text begins with what was typed, at most `count`, the one with that id first. `task` names the
   * search for `cancel`.
   */
  findItems(task: TaskId, typed: string, count: number): Promise<Result<ItemRow[]>>;
  /** Annotates many items of a query at once, as one gesture. */
  applyLabel(selection: Selection, values: Values): Promise<Result<{ changed: number }>>;

  // Project
  changeSchema(schema: Schema): Promise<Result<null>>;
  /** Questions that were removed, each as it was last, with their answers still in the log; the last removed comes last. */
  removedFields(): Promise<Result<readonly Field[]>>;
  changeSettings(settings: Partial<Settings>): Promise<Result<null>>;
  /** Stores an image that the guidelines will show, at most 1,600 pixels on its longest side, and gives its hash. */
  addImage(file: File): Promise<Result<Hash>>;
  /** An image by its hash; null where it is not on this device. */
  image(hash: Hash): Promise<Result<Blob | null>>;
  /** The recovery code of a project founded here, until the person confirms that they keep it. */
  recoveryCode(): Promise<Result<string | null>>;
  forgetRecoveryCode(): Promise<Result<null>>;

  /** Writes the whole project, with its logs as they were signed, into one file. */
  saveProjectFile(task: TaskId, blobs: 'all' | 'none'): Promise<Result<SavedFile>>;
  /** Remembers that the browser was handed the file: from now on the project is in it. */
  handedOver(content: SavedFile['content']): Promise<Result<null>>;
  /** Makes this device an owner by the code that was shown when the project was founded. */
  recover(code: string, name: string): Promise<Result<null>>;

  // People
  people(): Promise<Result<People>>;
  /** Issues an invite; its link can be shown again on this device until it is withdrawn. */
  invite(invite: NewInvite): Promise<Result<Invitation>>;
  /** Whoever has not joined by it until now never will. */
  withdrawInvite(invite: InviteId): Promise<Result<null>>;
  /** How the others know this owner from now on. */
  nameMyself(name: string): Promise<Result<null>>;
  /** Gives a member another role or removes them (`none`). */
  changeMember(author: AuthorId, change: MemberChange): Promise<Result<null>>;
  /** Joins a project by an invite: it stands in the list at once, and fills when a peer is met. */
  join(invitation: Invitation, name: string): Promise<Result<ProjectId>>;

  // Peers: the page makes the connections, the worker speaks over them
  /** Hands a connection over; its data channels or ports are transferred. */
  connectPeer(connection: PeerConnection): Promise<void>;
  /** It stands; `fingerprints` are the certificates of both ends, sorted. */
  peerConnected(id: string, fingerprints: readonly string[]): Promise<void>;
  peerGone(id: string): Promise<void>;
  /** Which item this person looks at, for the others; null: none. */
  lookAt(item: ItemId | null, isActive: boolean): Promise<void>;
  /** Blobs that came from peers and are not used for long give way above so many bytes. */
  /** How an image that is not here comes now; null where nobody who is connected has it, as far as is known. */
  coming(hash: Hash): Promise<Result<ComingImage | null>>;
  setBlobBudget(bytes: number): Promise<Result<BlobUse>>;
  blobUse(): Promise<Result<BlobUse>>;

  // Activity: everything that happened, newest first
  activity(request: ActivityRequest): Promise<Result<ActivityPage>>;
  /** The events of one commit, each by itself, in order. */
  activityOf(author: AuthorId, seq: number): Promise<Result<readonly ActivityEntry[]>>;
  /** Logs of which there are two. */
  activityForks(): Promise<Result<readonly ActivityFork[]>>;
  /** Both commits of every fork, as their authors signed them, as JSON. */
  exportForks(): Promise<Result<{ readonly name: string; readonly blob: Blob }>>;
  /** The audit trail as JSON Lines, oldest first. */
  exportActivity(task: TaskId): Promise<Result<{ readonly name: string; readonly blob: Blob }>>;

  // Import and export; `task` names the run for `cancel`
  inspect(task: TaskId, files: readonly PickedFile[], options: InspectOptions): Promise<Result<ImportPreview>>;
  importFiles(task: TaskId, files: readonly PickedFile[], plan: ImportPlan): Promise<Result<ImportReport>>;
  exportPreview(request: ExportRequest): Promise<Result<ExportPreview>>;
  exportFiles(task: TaskId, request: ExportRequest): Promise<Result<ExportResult>>;
  cancel(task: TaskId): Promise<void>;
}

/** A line in the list of projects. */
export type ProjectSummary = StoredProject;
export type { ColumnMapping, ItemContent, ItemView, PickedFile, TaskId };

export interface NewProject {
  readonly name: string;
  readonly founder: string;
  /** `version` is ignored. */
  readonly schema: Schema;
  /** What differs from the defaults. */
  readonly settings?: Partial<Settings>;
}

export interface ProjectView {
  readonly id: ProjectId;
  readonly author: AuthorId;
  readonly role: Role;
  /** Whether the person was a member and is none any more. */
  readonly isRemoved: boolean;
  /** Why they are paused; '' where they are not. */
  readonly paused: string;
  readonly schema: Schema;
  readonly settings: Settings;
  readonly counters: Counters;
  /** Where the person was when they left, for the labeling screen. */
  readonly lastItem: ItemId | null;
  readonly inFile: InFile | null;
  /** False after joining, until the founding commit has come from a peer. */
  readonly isFounded: boolean;
  /** What the invite said that was joined by, until the project is founded here; its settings are taken from it too. */
  readonly invitation: { readonly inviterName: string; readonly role: Role } | null;
  readonly peers: PeersView;
}

/** The project file that was saved last on this device, as far as it was handed to the browser. */
export interface InFile {
  /** Milliseconds since the epoch. */
  readonly savedAt: number;
  /** Whether the images are in it. */
  readonly blobs: 'all' | 'none';
  /** Commits that came since. */
  readonly since: number;
}

/** A project file that was written, and what it holds. */
export interface SavedFile {
  readonly name: string;
  readonly blob: Blob;
  /** Images that were asked for and are not on this device. */
  readonly absent: number;
  readonly content: {
    /** Milliseconds since the epoch. */
    readonly savedAt: number;
    readonly blobs: 'all' | 'none';
    /** Commits of all logs. */
    readonly commits: number;
  };
}

/** What a project file brought. */
export interface OpenedFile {
  readonly id: ProjectId;
  readonly name: string;
  /** Whether this device did not have the project before. */
  readonly isNew: boolean;
  /** Commits that were new here. */
  readonly commits: number;
  /** Chunks and blobs that were new here. */
  readonly contents: number;
  /** Authors whose log in the file contradicts the one here; both are kept, and the one here stays in force. */
  readonly forked: readonly AuthorId[];
}

/** Base32 of the invite's public key. */
export type InviteId = string;

export interface People {
  readonly members: readonly Member[];
  /** Only owners see them; newest first. */
  readonly invites: readonly Invite[];
}

export interface Member {
  readonly author: AuthorId;
  readonly name: string;
  /** `none`: removed. */
  readonly role: Role | 'none';
  /** Why they are paused; '' where they are not. */
  readonly paused: string;
  readonly isMe: boolean;
  /** Milliseconds since the epoch by their clock: when they joined, and last did anything; null where it is not known. */
  readonly joinedAt: number | null;
  readonly lastAt: number | null;
  /** Items that they annotate now. */
  readonly annotated: number;
  /** Items that they skip. */
  readonly skipped: number;
  /** Median milliseconds that their last 50 answers took; null before the first. */
  readonly medianLeadMs: number | null;
  /** Whether their log was forked: it counts up to there. */
  readonly isForked: boolean;
}

export interface Invite {
  readonly id: InviteId;
  readonly role: Exclude<Role, 'owner'>;
  readonly note: string;
  /** Milliseconds since the epoch. */
  readonly issuedAt: number;
  readonly expires: number;
  readonly state: 'open' | 'expired' | 'withdrawn';
  readonly joined: readonly AuthorId[];
  /** What its link holds; null where another device issued it, or it is withdrawn. */
  readonly invitation: Invitation | null;
}

export interface NewInvite {
  readonly role: Exclude<Role, 'owner'>;
  /** Milliseconds since the epoch. */
  readonly expires: number;
  /** For whom, as the owner notes it. */
  readonly note: string;
}

export interface MemberChange {
  readonly role: Role | 'none';
  /** Whether what they did until now goes on to count. */
  readonly work: 'kept' | 'set-aside';
}

/** Who is there, and how far everybody is. */
export interface PeersView {
  /** Whether anybody else has anything to do with the project: it was joined, or has members or open invites. */
  readonly isShared: boolean;
  /** Connections to members that stand. */
  readonly connected: number;
  /** Other members who are there, through whomever they are heard. */
  readonly present: readonly PresentMember[];
  /** Other members' devices that hold everything that this author did, as they said when last met. */
  readonly holders: number;
  /** What connected peers have and this device has not. */
  readonly behind: { readonly commits: number; readonly blobs: number };
  /** Why the last connection was refused by the other side; null where none was, or another stands. */
  readonly refused: 'stranger' | 'removed' | null;
}

export interface PresentMember {
  readonly author: AuthorId;
  readonly name: string;
  readonly role: Role;
  readonly item: ItemId | null;
  readonly isActive: boolean;
}

/** An image on its way from a peer, or waiting for its turn. */
export interface ComingImage {
  /** Whose device it comes from; null while it waits. */
  readonly from: string | null;
  /** Share that has come, 0 to 1; null where nothing has. */
  readonly progress: number | null;
}

/** Room that blobs take on this device. */
export interface BlobUse {
  /** Bytes that were imported here, which stay. */
  readonly own: number;
  /** Bytes that came from peers. */
  readonly fetched: number;
  readonly budget: number;
}

export interface ActivityRequest {
  /** Where to go on, as a page said; null: from the newest. */
  readonly after: ActivityCursor | null;
  /** Lines that are wanted; a commit is never torn, so there may be more. */
  readonly count: number;
  /** null: everybody. */
  readonly author: AuthorId | null;
  /** Kinds of what happened; empty: all. */
  readonly kinds: readonly ActivityKind[];
}

/** How many commits of each author come still, going back in time. */
export type ActivityCursor = Readonly<Record<AuthorId, number>>;

export interface ActivityPage {
  /** In descending order of (lamport, author, seq, index). */
  readonly entries: readonly ActivityEntry[];
  /**
   * Where to go on; null at the end. A page looks through a bounded part of the logs, so that with a filter it may have few entries
   * or none and still go on.
   */
  readonly next: ActivityCursor | null;
  /** Milliseconds since the epoch: how far back the page looked; null at the end. */
  readonly lookedBackTo: number | null;
}

/** One event, or several that say the same kind of thing of many items in one commit. */
export interface ActivityEntry {
  readonly author: AuthorId;
  readonly authorName: string;
  readonly lamport: number;
  readonly seq: number;
  /** Place of the event, or of the first of several, in its commit. */
  readonly index: number;
  /** Events that the line stands for. */
  readonly events: number;
  /** Milliseconds since the epoch by the author's clock. */
  readonly time: number;
  readonly kind: ActivityKind;
  /** What they did, to be read after the author's name; the item's name stands between the two. */
  readonly words: ActivityWords;
  readonly item: { readonly id: ItemId; readonly name: string } | null;
  /** Whether it took a snapshot, which stands in the list of them. */
  readonly isSnapshot: boolean;
  readonly standing: EventStanding;
  /** Base32 of the commit's hash. */
  readonly commit: Hash;
  /** Whether the commit, as it is stored here, bears the author's signature. */
  readonly isSigned: boolean;
}

/** An author's log of which there are two. */
export interface ActivityFork {
  readonly author: AuthorId;
  readonly authorName: string;
  /** The log counts up to, and without, this commit. */
  readonly seq: number;
  /** Milliseconds since the epoch by the author's clock, as the two commits say. */
  readonly times: readonly [number, number];
}

export interface Counters {
  readonly items: number;
  readonly byStatus: Readonly<Record<Status, number>>;
  /** Field id -> class id -> items whose label holds the class. */
  readonly byClass: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Items that this author still has to answer. */
  readonly open: number;
  /** Median milliseconds that this author's last 50 answers took; null before the first. */
  readonly medianLeadMs: number | null;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

export type ProjectNotice =
  | { readonly type: 'counters'; readonly counters: Counters }
  | {
      readonly type: 'project';
      readonly schema: Schema;
      readonly settings: Settings;
      readonly role: Role;
      readonly isRemoved: boolean;
      readonly paused: string;
      readonly isFounded: boolean;
    }
  /** At most four a second. */
  | { readonly type: 'peers'; readonly peers: PeersView }
  /** Figures of agreement are new; `warning` where they are too low. */
  | { readonly type: 'quality'; readonly warning: QualityWarning | null }
  /** Something is to be computed for which a statistics worker is needed: the page starts it and hands its port over. */
  | { readonly type: 'statistics-wanted' }
  /** A connection is of no use any more: its peer broke the rules, or has no standing. The page closes it. */
  | { readonly type: 'peer-dropped'; readonly id: string }
  /** Contents that were missing came from a peer: what shows them may ask again. */
  | { readonly type: 'arrived'; readonly blobs: readonly Hash[] }
  /** `pending` commits are not durable yet; 0 means that everything is saved here. */
  | { readonly type: 'saving'; readonly pending: number }
  | { readonly type: 'failed'; readonly error: ConcordError }
  | { readonly type: 'in-file'; readonly inFile: InFile | null }
  /** Another tab took the project over; nothing more can be written here. */
  | { readonly type: 'moved' }
  | {
      readonly type: 'progress';
      readonly task: TaskId;
      readonly done: number;
      readonly total: number;
      readonly what: string;
    };

export interface WalkRequest {
  readonly from: ItemId | null;
  readonly direction: 'next' | 'previous';
  /** 'open': only items that this author has still to answer, wrapping around at the end; 'all': every item. */
  readonly among: 'open' | 'all';
  readonly count: number;
}

export interface Submission {
  readonly item: ItemId;
  readonly values: Values;
  readonly note: string;
  readonly leadMs: number;
  readonly from: ValuesOrigin;
}

export interface UndoneGesture {
  /** The item to show; null for gestures on many items or on the project. */
  readonly item: ItemId | null;
  /** In words, as in "Undone: label 120 items". */
  readonly what: string;
}

export interface HistoryEntry {
  readonly type: 'annotated' | 'withdrawn' | 'skipped' | 'flagged' | 'commented' | 'reviewed' | 'resolved';
  readonly author: AuthorId;
  readonly authorName: string;
  readonly time: number;
  readonly values: Values | null;
  readonly text: string;
  readonly from: ValuesOrigin | null;
}

export interface ItemFilter {
  /** Empty: any. */
  readonly statuses: readonly Status[];
  /** Items whose label (or, without one, prediction) holds the class; null: any. */
  readonly class: { readonly field: string; readonly class: string } | null;
  /** Case-insensitive substring of the text, the file name or the metadata; '' for any. */
  readonly text: string;
  readonly flagged: boolean;
}

export interface ItemSort {
  readonly by: 'order' | 'status' | 'label' | 'changed';
  readonly descending: boolean;
}

export interface QueryResult {
  readonly query: number;
  readonly total: number;
}

/** Rows of a query by position: half-open, ascending, disjoint ranges. */
export interface Selection {
  readonly query: number;
  readonly ranges: readonly (readonly [from: number, to: number])[];
}

export interface ItemRow {
  readonly id: ItemId;
  readonly position: number;
  readonly name: string;
  readonly kind: ItemContent['kind'];
  /** The text's beginning, at most 300 characters; the URL; '' for a stored image. */
  readonly excerpt: string;
  readonly status: Status;
  /** The classes that the label holds; of an item with thousands of regions, the regions themselves are not told. */
  readonly label: readonly ClassCount[] | null;
  readonly prediction: readonly ClassCount[] | null;
  readonly annotations: number;
  readonly flagged: boolean;
  /** Milliseconds since the epoch; 0 for never. */
  readonly changedAt: number;
}

export interface InspectOptions {
  /** `find`: files that are a data set together are taken as that; `ignore`: each file is taken by itself. */
  readonly datasets: 'find' | 'ignore';
}

export interface ImportPreview {
  readonly images: number;
  /** Each .txt file is one item, or one item per line. */
  readonly textFiles: number;
  readonly tables: readonly TablePreview[];
  /** Names of the folders that directly hold images or texts, when there are several: they may be classes. */
  readonly folders: readonly string[];
  /** What the files are together; null where they are just images, texts and tables. */
  readonly dataset: DatasetPreview | null;
  readonly refused: readonly ConcordError[];
}

/** Files that are a data set in a known format, such as COCO. */
export interface DatasetPreview {
  /** Id of the format. */
  readonly format: string;
  /** As people know it: `COCO`. */
  readonly formatName: string;
  /** Its fields and classes; a project that is made of it is founded with these. */
  readonly schema: Schema;
  readonly items: number;
  /** Items that are images. */
  readonly images: number;
  /** Items that have labels. */
  readonly labelled: number;
  /** Boxes and spans in all. */
  readonly regions: number;
  /** Images without their files: their labels go to images that the project has under these names. */
  readonly absent: number;
  /** Whether all items were counted; otherwise there are more of everything. */
  readonly isWhole: boolean;
}

export interface TablePreview {
  readonly path: string;
  readonly columns: readonly string[];
  /** The first rows, at most 20, each cell at most 500 characters. */
  readonly rows: readonly (readonly string[])[];
  /** Records in the file; null when only a beginning was read. */
  readonly total: number | null;
  /** How many different values each column has among the first 1,000 rows. */
  readonly distinct: readonly number[];
  readonly mapping: ColumnMapping;
}

export interface ImportPlan {
  /** Takes the files as the data set that they are, with as many items as were counted (0: not all); null: one by one. */
  readonly dataset: { readonly items: number } | null;
  readonly tables: Readonly<Record<string, ColumnMapping>>;
  /** Which field a label column fills; its unknown labels become new classes. */
  readonly labelField: string | null;
  readonly labelsAs: 'annotations' | 'predictions';
  readonly textFiles: 'file' | 'line';
  /** Whether the folder that an image lies in is its label (image folders by class). */
  readonly foldersAsLabels: boolean;
}

export interface ImportReport {
  readonly added: number;
  /** Found again by content, within the import or in the project. */
  readonly duplicates: number;
  readonly labelled: number;
  /** Items whose labels were left out, because the person has answered them. */
  readonly kept: number;
  readonly newClasses: number;
  /** Hosts of images that tables gave the addresses of, at most 1,000. */
  readonly imageHosts: readonly string[];
  readonly refused: readonly ConcordError[];
  /** How many were refused in all; `refused` holds the first 1,000. */
  readonly refusedTotal: number;
}

export interface ExportRequest extends DatasetRequest {
  readonly format: string;
  /** What the format does not offer, or not with this value, is as by default. */
  readonly options: FormatOptions;
  /** The state that is exported; null: now. */
  readonly snapshot: SnapshotId | null;
}

export interface ExportPreview {
  /** The questions of the state that is exported. */
  readonly schema: Schema;
  readonly items: number;
  readonly losses: readonly { readonly what: string; readonly why: string }[];
  readonly firstFile: { readonly path: string; readonly text: string } | null;
}

export interface ExportResult {
  readonly name: string;
  readonly blob: Blob;
  readonly items: number;
  /** Images that were asked for and are not on this device. */
  readonly absent: number;
}
