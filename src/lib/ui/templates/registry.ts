import type { Component } from 'svelte';
import type { TemplateId } from '#core/model/templates';
import BoxesScene from './scenes/BoxesScene.svelte';
import ImageClassesScene from './scenes/ImageClassesScene.svelte';
import IntentScene from './scenes/IntentScene.svelte';
import SpansScene from './scenes/SpansScene.svelte';
import TextClassesScene from './scenes/TextClassesScene.svelte';

/**
 * The tool of each template at work, as a drawing of 200 x 96 that moves while its card (`.template`) is pointed at, and
 * once when it is chosen. At rest it shows the work done.
 */
export const scenes: Readonly<Record<TemplateId, Component>> = {
  'image-classes': ImageClassesScene,
  boxes: BoxesScene,
  'text-classes': TextClassesScene,
  spans: SpansScene,
  intent: IntentScene,
};
