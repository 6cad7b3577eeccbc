/** @file The passes over StableHLO's algebra: folder, simplification, both together, and the cleanup of gradients. */
import type { Operation } from "#lib/ir/graph.ts";
import { cleanups } from "./cleanup/all.ts";
import { compactFolds, folds } from "./fold/all.ts";
import { definePass, type OptionValues, type Pass, type PassContext } from "./pass.ts";
import { applyPatterns, type GreedyOptions, type GreedyReport } from "./rewrite/greedy.ts";
import { DEFAULT_LIMITS, type Pattern } from "./rewrite/pattern.ts";
import { reportGreedy } from "./rewrite/report.ts";
import { simplifications } from "./simplify/all.ts";

const LIMIT_OPTIONS = {
  "fold-op-element-limit": {
    type: "integer",
    default: DEFAULT_LIMITS.foldElementLimit,
    doc: "Elements that a folded constant may have, splats aside",
  },
  "optimize-float": {
    type: "boolean",
    default: DEFAULT_LIMITS.optimizeFloat,
    doc: "Compute floating-point results at compile time",
  },
  "assume-no-undeclared-side-effects": {
    type: "boolean",
    default: DEFAULT_LIMITS.assumeNoUndeclaredSideEffects,
    doc: "Remove unused loops whatever is in them",
  },
  "max-iterations": {
    type: "integer",
    default: 20,
    doc: "Rounds over all operations; -1 for no limit",
  },
} as const;

const greedyOptions = (options: OptionValues<typeof LIMIT_OPTIONS>): GreedyOptions => ({
  maxIterations: options["max-iterations"],
  limits: {
    foldElementLimit: options["fold-op-element-limit"],
    optimizeFloat: options["optimize-float"],
    assumeNoUndeclaredSideEffects: options["assume-no-undeclared-side-effects"],
  },
});

/** A pass of patterns; those of StableHLO go backwards, as there. */
const greedyPass = (
  name: string,
  displayName: string,
  summary: string,
  patterns: () => readonly Pattern[],
  topDown: boolean,
): Pass<typeof LIMIT_OPTIONS> =>
  definePass({
    name,
    displayName,
    summary,
    options: LIMIT_OPTIONS,
    run: (root: Operation, options: OptionValues<typeof LIMIT_OPTIONS>, context: PassContext) =>
      reportGreedy(
        root,
        applyPatterns(root, patterns(), { ...greedyOptions(options), topDown }),
        context,
      ),
  });

export const aggressiveFolder = greedyPass(
  "stablehlo-aggressive-folder",
  "StablehloAggressiveFolderPass",
  "Compute StableHLO operations on constants",
  () => folds,
  false,
);

export const aggressiveSimplification = greedyPass(
  "stablehlo-aggressive-simplification",
  "StablehloAggressiveSimplificationPass",
  "Simplify StableHLO operations by algebra",
  () => simplifications,
  false,
);

export const targetIndependentOptimization = greedyPass(
  "stablehlo-target-independent-optimization",
  "StablehloTargetIndependentOptimizationPass",
  "Simplify StableHLO operations and compute them on constants, together",
  () => targetIndependentPatterns,
  false,
);

const targetIndependentPatterns: readonly Pattern[] = [...simplifications, ...folds];

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
