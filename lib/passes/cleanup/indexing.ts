/** @file Cleanup of scatters: what is added to a scatter into zeros is what it scatters into. */
import { stablehlo } from "#lib/dialects/stablehlo/ops.ts";
import { cloneRegion } from "#lib/ir/clone.ts";
import type { Operation, Value } from "#lib/ir/graph.ts";
import { attrsOf } from "#lib/ir/op-def.ts";
import { combinerOf } from "../rewrite/combiner.ts";
import { definedBy, isZero } from "../rewrite/match.ts";
import type { Pattern } from "../rewrite/pattern.ts";

/** Whether a value is zeros, written out or repeated. */
function isZeros(value: Value): boolean {
  if (isZero(value)) return true;
  const broadcast = definedBy(value, "stablehlo.broadcast_in_dim");
  return broadcast !== null && isZero(broadcast.operand(0));
}

/** A scatter that adds into zeros and is used once, or null. */
function scatterIntoZeros(value: Value): Operation | null {
  const scatter = definedBy(value, "stablehlo.scatter");
  if (scatter === null || scatter.results.length !== 1 || !value.hasOneUse) return null;
  return combinerOf(scatter) === "stablehlo.add" && isZeros(scatter.operand(0)) ? scatter : null;
}

/** `x + scatter-add(zeros, ...)` is `scatter-add(x, ...)`: one pass over the operand less; additions change order. */
const addOfScatter: Pattern = {
  name: "add-of-scatter",
  ops: ["stablehlo.add"],
  rewrite: (op, rewriter) => {
    for (const side of [1, 0]) {
      const scatter = scatterIntoZeros(op.operand(side));
      if (scatter === null) continue;
      const merged = rewriter.b.builder.create(
        stablehlo.scatter,
        {
          inputs: [op.operand(1 - side)],
          scatter_indices: scatter.operand(1),
          updates: [scatter.operand(2)],
        },
        attrsOf(stablehlo.scatter, scatter),
        {
          resultTypes: [op.result().type],
          regions: [cloneRegion(scatter.region(), new Map())],
          loc: scatter.loc,
        },
      );
      return rewriter.replaceWith(op, merged.result());
    }
    return false;
  },
};

export const indexingCleanups: readonly Pattern[] = [addOfScatter];
