import { brennanPrediger, brennanPredigerLinear, brennanPredigerQuadratic } from './brennan-prediger';
import type { Coefficient } from './coefficient';
import { cohenKappa } from './cohen-kappa';
import { congerKappa } from './conger-kappa';
import { fleissKappa } from './fleiss-kappa';
import { gwetAC1, gwetAC2Linear, gwetAC2Quadratic } from './gwet-ac';
import { intervalAlpha, nominalAlpha, ratioAlpha } from './krippendorff-alpha';
import { ordinalAlpha } from './ordinal-alpha';
import { percentAgreement } from './percent-agreement';
import { scottPi } from './scott-pi';
import { linearKappa, quadraticKappa } from './weighted-kappa';

/** Every coefficient for categories, in the order in which they are shown. A new one is one file, and one line here. */
export const coefficients: readonly Coefficient[] = [
  nominalAlpha,
  ordinalAlpha,
  intervalAlpha,
  ratioAlpha,
  fleissKappa,
  cohenKappa,
  linearKappa,
  quadraticKappa,
  scottPi,
  congerKappa,
  gwetAC1,
  gwetAC2Linear,
  gwetAC2Quadratic,
  brennanPrediger,
  brennanPredigerLinear,
  brennanPredigerQuadratic,
  percentAgreement,
];
