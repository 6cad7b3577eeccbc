/** @file Sees elementwise operands through broadcasts, so that these are not carried out. */
import { stablehlo } from "#lib/dialects/stablehlo/ops.ts";
import type { Value } from "#lib/ir/graph.ts";
import { attrsOf } from "#lib/ir/op-def.ts";
import { at, elementCount, type Shape } from "#lib/support/shape.ts";
import { type Repeat, type Source, specOf } from "./plan.ts";

/** How a broadcast repeats elements, or null where that is no simple pattern. */
export function repeatPattern(
  from: Shape,
  to: Shape,
  dimensions: readonly number[],
): Repeat | null {
  if (dimensions.some((dim, i) => i > 0 && dim <= at(dimensions, i - 1))) return null;
  // Runs of kept and repeated dimensions, outermost first.
  const runs: { readonly kept: boolean; size: number }[] = [];
  to.forEach((size, dim) => {
    if (size === 1) return;
    const source = dimensions.indexOf(dim);
    const kept = source !== -1 && at(from, source) !== 1;
    const last = runs[runs.length - 1];
    if (last?.kept === kept) last.size *= size;
    else runs.push({ kept, size });
  });
  const first = runs.findIndex(({ kept }) => kept);
  if (first === -1) return { times: elementCount(to), kept: 1, inner: 1 };
  if (first > 1 || runs.length - first > 2 || runs.slice(first + 1).some(({ kept }) => kept))
    return null;
  return {
    times: first === 0 ? 1 : (runs[0]?.size ?? 1),
    kept: runs[first]?.size ?? 1,
    inner: runs[first + 1]?.size ?? 1,
  };
}

/** A value itself, or the operand of the broadcast that makes it. */
export function repeatOf(value: Value): Source {
  const { op } = value;
  const whole: Source = { value, repeat: null };
  if (op?.name !== "stablehlo.broadcast_in_dim") return whole;
  const operand = op.operand(0);
  const [from, to] = [specOf(operand.type), specOf(value.type)];
  if (from === null || to === null || to.count === 0) return whole;
  const { broadcast_dimensions: dimensions } = attrsOf(stablehlo.broadcast_in_dim, op);
  const repeat = repeatPattern(from.shape, to.shape, dimensions);
  if (repeat === null) return whole;
  if (from.count === to.count) return { value: operand, repeat: null };
  return { value: operand, repeat };
}
