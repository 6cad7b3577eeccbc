/** @file Makes a pass of a list of patterns, with the options that StableHLO's passes have. */
import type { Operation } from "#lib/ir/graph.ts";
import { definePass, type OptionValues, type Pass, type PassContext } from "./pass.ts";
import { applyPatterns, type GreedyOptions } from "./rewrite/greedy.ts";
import { DEFAULT_LIMITS, type Pattern } from "./rewrite/pattern.ts";
import { reportGreedy } from "./rewrite/report.ts";

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
export const greedyPass = (
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
