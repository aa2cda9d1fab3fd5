import type { BoxEditor } from '#state/box-editor';
import type { Labeler } from '#state/labeler';
import type { SpanEditor } from '#state/span-editor';
import type { BoxTools } from '../label/boxes/box-tools.svelte';
import type { ImageStage } from '../label/image-stage.svelte';

/** What the controls and keys of the fields act on. */
export interface Workbench {
  readonly labeler: Labeler;
  readonly boxes: BoxEditor;
  readonly tools: BoxTools;
  readonly spans: SpanEditor;
  readonly stage: ImageStage;
}
