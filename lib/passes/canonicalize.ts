/** @file The canonicalize pass: what MLIR's canonicalizer does to the ops of these dialects. */
import type { Operation } from "#lib/ir/graph.ts";
import { foldCase } from "./fold/control.ts";
import { definePass } from "./pass.ts";
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
export const runCanonicalize = (root: Operation, options: GreedyOptions = {}): GreedyReport =>
  applyPatterns(root, canonicalizePatterns, options);

export const canonicalize = definePass({
  name: "canonicalize",
  displayName: "CanonicalizerPass",
  summary: "Canonicalize operations",
  options: {
    "max-iterations": {
      type: "integer",
      default: 10,
      doc: "Rounds over all operations; -1 for no limit",
    },
    "max-num-rewrites": { type: "integer", default: -1, doc: "Pattern applications in all" },
    "test-convergence": {
      type: "boolean",
      default: false,
      doc: "Fail where a limit ended the pass",
    },
    "top-down": { type: "boolean", default: true, doc: "Visit operations in program order" },
  },
  run: (root, options, context) => {
    const report = runCanonicalize(root, {
      maxIterations: options["max-iterations"],
      maxRewrites: options["max-num-rewrites"],
      topDown: options["top-down"],
    });
    reportGreedy(root, report, context, { mustConverge: options["test-convergence"] });
  },
});
