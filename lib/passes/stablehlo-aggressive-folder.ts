/** @file The stablehlo-aggressive-folder pass: computes operations on constants. */
import { folds } from "./fold/all.ts";
import { greedyPass } from "./greedy-pass.ts";

export const aggressiveFolder = greedyPass(
  "stablehlo-aggressive-folder",
  "StablehloAggressiveFolderPass",
  "Compute StableHLO operations on constants",
  () => folds,
  false,
);
