import { BoxTool } from './box-tool';
import { SelectTool } from './select-tool';
import type { Easel, Tool } from './tool';

/** Every tool. A new one is one file, and one line here. */
export const tools = {
  select: (easel: Easel) => new SelectTool(easel),
  box: (easel: Easel) => new BoxTool(easel),
} as const satisfies Record<string, (easel: Easel) => Tool>;

export type ToolId = keyof typeof tools;
