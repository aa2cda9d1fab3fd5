import type { BoxEditor } from '#state/box-editor';
import type { Labeler } from '#state/labeler';
import type { SpanEditor } from '#state/span-editor';

/** What the controls and keys of the fields act on. */
export interface Workbench {
  readonly labeler: Labeler;
  readonly boxes: BoxEditor;
  readonly spans: SpanEditor;
}
