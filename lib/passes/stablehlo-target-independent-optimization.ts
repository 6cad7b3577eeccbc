/** @file The stablehlo-target-independent-optimization pass: simplification and folding in one driver. */
import { folds } from "./fold/all.ts";
import { greedyPass } from "./greedy-pass.ts";
import type { Pattern } from "./rewrite/pattern.ts";
import { simplifications } from "./simplify/all.ts";

const targetIndependentPatterns: readonly Pattern[] = [...simplifications, ...folds];

export const targetIndependentOptimization = greedyPass(
  "stablehlo-target-independent-optimization",
  "StablehloTargetIndependentOptimizationPass",
  "Simplify StableHLO operations and compute them on constants, together",
  () => targetIndependentPatterns,
  false,
);
