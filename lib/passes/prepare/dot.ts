/** @file The deprecated `dot` as `dot_general`. */
import { stablehlo } from "#lib/dialects/stablehlo/ops.ts";
import { attrsOf } from "#lib/ir/op-def.ts";
import { dimsOf } from "../rewrite/match.ts";
import type { Pattern } from "../rewrite/pattern.ts";

/** `dot` contracts the last dimension of its left operand with the first of its right. */
export const dotIsDotGeneral: Pattern = {
  name: "dot-is-dot-general",
  ops: ["stablehlo.dot"],
  rewrite: (op, rewriter) => {
    const [lhs, rhs] = [op.operand(0), op.operand(1)];
    const rank = dimsOf(lhs).length;
    if (rank === 0 || dimsOf(rhs).length === 0) return false;
    const general = rewriter.b.builder.create(
      stablehlo.dot_general,
      { lhs, rhs },
      {
        dot_dimension_numbers: {
          lhsBatching: [],
          rhsBatching: [],
          lhsContracting: [rank - 1],
          rhsContracting: [0],
        },
        precision_config: attrsOf(stablehlo.dot, op).precision_config,
      },
      { resultTypes: [op.result().type] },
    );
    return rewriter.replaceWith(op, general.result());
  },
};
