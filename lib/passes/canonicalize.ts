/** @file The canonicalize pass: what MLIR's canonicalizer does to the ops of these dialects. */

import { dialectOf } from "#lib/ir/context.ts";
import type { Operation } from "#lib/ir/graph.ts";
import { runCse } from "./cse.ts";
import { foldCase } from "./fold/control.ts";
import { definePass, type OptionSpecs, type OptionValues } from "./pass.ts";
import { applyPatterns, type GreedyOptions, type GreedyReport } from "./rewrite/greedy.ts";
import type { Pattern } from "./rewrite/pattern.ts";
import { reportGreedy } from "./rewrite/report.ts";

/** A cast back to the type that a cast came from is the original value. */
const castOfCast: Pattern = {
  name: "cast-of-cast",
  ops: ["builtin.unrealized_conversion_cast"],
  rewrite: (op, rewriter) => {
    const { operands } = op;
    if (operands.length === 0) return false;
    if (
      operands.length === op.results.length &&
      operands.every((value, i) => value.type === op.result(i).type)
    )
      return rewriter.replace(op, operands);
    const source = operands[0]?.op ?? null;
    if (source === null || source.name !== op.name) return false;
    const passes = source.results.length === operands.length;
    if (!passes || !operands.every((value, i) => value === source.result(i))) return false;
    const inputs = source.operands;
    if (inputs.length !== op.results.length) return false;
    if (!inputs.every((value, i) => value.type === op.result(i).type)) return false;
    return rewriter.replace(op, inputs);
  },
};

/** Patterns of the canonicalize pass. */
export const canonicalizePatterns: readonly Pattern[] = [castOfCast, foldCase];

/** Erases dead ops, uniques constants and moves them to the start of their function, inlines cases of constants. */
export const runCanonicalize = (
  root: Operation,
  options: GreedyOptions = {},
  patterns: readonly Pattern[] = canonicalizePatterns,
): GreedyReport => applyPatterns(root, patterns, options);

const OPTIONS = {
  "cse-between-iterations": {
    type: "boolean",
    default: false,
    doc: "Run cse after the patterns, and the patterns again where it changed something",
  },
  "disable-patterns": { type: "list", default: [], doc: "Patterns to leave out, by name" },
  "enable-patterns": { type: "list", default: [], doc: "The only patterns to apply, by name" },
  "filter-dialects": { type: "list", default: [], doc: "Apply patterns of these dialects only" },
  "max-iterations": {
    type: "integer",
    default: 10,
    doc: "Rounds over all operations; -1 for no limit",
  },
  "max-num-rewrites": { type: "integer", default: -1, doc: "Pattern applications in all" },
  "region-simplify": {
    type: "choice",
    values: ["disabled", "normal", "aggressive"],
    default: "normal",
    doc: "Taken for MLIR's sake: these dialects have no branches to simplify",
  },
  "test-convergence": { type: "boolean", default: false, doc: "Fail where a limit ended the pass" },
  "top-down": { type: "boolean", default: true, doc: "Visit operations in program order" },
} as const satisfies OptionSpecs;

const chosenPatterns = (options: OptionValues<typeof OPTIONS>): readonly Pattern[] => {
  const [disabled, enabled, dialects] = [
    options["disable-patterns"],
    options["enable-patterns"],
    options["filter-dialects"],
  ];
  return canonicalizePatterns.filter(
    ({ name, ops }) =>
      !disabled.includes(name) &&
      (enabled.length === 0 || enabled.includes(name)) &&
      (dialects.length === 0 ||
        ops === "any" ||
        ops.some((op) => dialects.includes(dialectOf(op)))),
  );
};

export const canonicalize = definePass({
  name: "canonicalize",
  displayName: "CanonicalizerPass",
  summary: "Canonicalize operations",
  options: OPTIONS,
  run: (root, options, context) => {
    const limit = options["max-iterations"];
    const patterns = chosenPatterns(options);
    const greedy: GreedyOptions = {
      maxIterations: limit,
      maxRewrites: options["max-num-rewrites"],
      topDown: options["top-down"],
    };
    let report = runCanonicalize(root, greedy, patterns);
    if (options["cse-between-iterations"])
      for (let round = 0; (limit < 0 || round < limit) && runCse(root).replaced > 0; round++)
        report = runCanonicalize(root, greedy, patterns);
    reportGreedy(root, report, context, { mustConverge: options["test-convergence"] });
  },
});
