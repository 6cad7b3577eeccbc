/** @file The stablehlo-aggressive-simplification pass: algebra by local rewrites. */
import { greedyPass } from "./greedy-pass.ts";
import { simplifications } from "./simplify/all.ts";

export const aggressiveSimplification = greedyPass(
  "stablehlo-aggressive-simplification",
  "StablehloAggressiveSimplificationPass",
  "Simplify StableHLO operations by algebra",
  () => simplifications,
  false,
);
