import BoxSelect from '@lucide/svelte/icons/square-dashed';
import Highlighter from '@lucide/svelte/icons/highlighter';
import ListChecks from '@lucide/svelte/icons/list-checks';
import type { Component } from 'svelte';
import type { Field } from '#core/model/schema';

/** How a kind of field is called, and what it is for in half a sentence. */
export interface KindWords {
  readonly kind: string;
  readonly purpose: string;
  readonly icon: Component;
}

/** In the order in which kinds are offered. */
export const KIND_WORDS: Readonly<Record<Field['kind'], KindWords>> = {
  choice: { kind: 'Choice', purpose: 'what the item as a whole is', icon: ListChecks },
  box: { kind: 'Boxes', purpose: 'where things are in an image', icon: BoxSelect },
  span: { kind: 'Text spans', purpose: 'which words of a text are what', icon: Highlighter },
};
