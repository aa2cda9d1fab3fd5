import { dawidSkene } from './dawid-skene';
import { glad } from './glad';
import { mace } from './mace';
import { majority } from './majority';
import { oneCoin } from './one-coin';
import type { TruthModel } from './truth-model';
import { wawa } from './wawa';
import { zeroBasedSkill } from './zero-based-skill';

/** Every truth model, the simplest first. A new one is one file, and one line here. */
export const truthModels = [
  majority,
  wawa,
  zeroBasedSkill,
  oneCoin,
  dawidSkene,
  glad,
  mace,
] as const satisfies readonly TruthModel[];

export const truthModel = (id: string): TruthModel | undefined => truthModels.find((model) => model.id === id);
