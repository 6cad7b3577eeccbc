/** @file The pcp-simplify pass: cleans up generated programs, gradients above all. */
import type { Operation } from "#lib/ir/graph.ts";
import { cleanups } from "./cleanup/all.ts";
import { compactFolds } from "./fold/all.ts";
import { greedyPass } from "./greedy-pass.ts";
import { applyPatterns, type GreedyOptions, type GreedyReport } from "./rewrite/greedy.ts";
import type { Pattern } from "./rewrite/pattern.ts";
import { simplifications } from "./simplify/all.ts";

/** Simplifications, folds that write out no counting tensors, and the cleanup of what gradients leave. */
export const simplifyPatterns: readonly Pattern[] = [
  ...simplifications,
  ...cleanups,
  ...compactFolds,
];

/** Elements of a constant that cleanup may make, splats aside. */
const CLEANUP_ELEMENTS = 1024;

/** Cleans up generated IR: simplification, folding, and the patterns of lib/passes/cleanup. */
export const runSimplify = (root: Operation, options: GreedyOptions = {}): GreedyReport =>
  applyPatterns(root, simplifyPatterns, {
    maxIterations: 20,
    limits: { foldElementLimit: CLEANUP_ELEMENTS },
    ...options,
  });

export const pcpSimplify = greedyPass(
  "pcp-simplify",
  "PcpSimplifyPass",
  "Clean up generated StableHLO: simplify, fold, merge broadcasts, transposes, pads and reductions",
  () => simplifyPatterns,
  true,
);
