import { compareContents, contentOf, type KitDifference } from './kit-content.ts';
import type { KitPlan } from './kit-file.ts';

/** Compares two plans of one participant's kit without generating a key. */
export const comparePlans = (before: KitPlan, after: KitPlan): KitDifference =>
  compareContents(contentOf(before), contentOf(after));
