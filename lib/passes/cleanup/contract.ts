/** @file Cleanup around contractions: transposes become dimension numbers. */
import type { DotDimensions, Precision } from "#lib/dialects/stablehlo/attrs.ts";
import { stablehlo } from "#lib/dialects/stablehlo/ops.ts";
import type { Operation, Value } from "#lib/ir/graph.ts";
import { attrsOf } from "#lib/ir/op-def.ts";
import { at, range, sameShape } from "#lib/support/shape.ts";
import { definedBy, dimsOf } from "../rewrite/match.ts";
import type { Pattern, Rewriter } from "../rewrite/pattern.ts";

const freeOf = (rank: number, ...taken: readonly (readonly number[])[]): number[] =>
  range(rank).filter((dim) => !taken.some((dims) => dims.includes(dim)));

const isIncreasing = (values: readonly number[]): boolean =>
  values.every((value, i) => i === 0 || at(values, i - 1) < value);

/**
 * A transposed operand as its source with dimensions renamed; null where free dimensions change order or batching ones no longer
 * lead, which compilers would undo by a transpose of their own.
 */
function untransposed(
  value: Value,
  batching: readonly number[],
  contracting: readonly number[],
): { readonly value: Value; readonly batching: number[]; readonly contracting: number[] } | null {
  const transpose = definedBy(value, "stablehlo.transpose");
  if (transpose === null) return null;
  const { permutation } = attrsOf(stablehlo.transpose, transpose);
  const source = (dims: readonly number[]): number[] => dims.map((dim) => at(permutation, dim));
  const free = source(freeOf(permutation.length, batching, contracting));
  if (!isIncreasing(free) || source(batching).some((dim, i) => dim !== i)) return null;
  return {
    value: transpose.operand(0),
    batching: source(batching),
    contracting: source(contracting),
  };
}

interface DotParts {
  readonly lhs: Value;
  readonly rhs: Value;
  readonly dims: DotDimensions;
  readonly precision: readonly Precision[] | null;
}

const dotOf = ({ b }: Rewriter, parts: DotParts, like: Operation): Value =>
  b.builder
    .create(
      stablehlo.dot_general,
      { lhs: parts.lhs, rhs: parts.rhs },
      {
        dot_dimension_numbers: parts.dims,
        precision_config: parts.precision,
        algorithm: attrsOf(stablehlo.dot_general, like).algorithm,
      },
      { resultTypes: [like.result().type], attributes: like.attributes },
    )
    .result();

const dotOfTranspose: Pattern = {
  name: "dot-of-transpose",
  ops: ["stablehlo.dot_general"],
  rewrite: (op, rewriter) => {
    const { dot_dimension_numbers: dims, precision_config: precision } = attrsOf(
      stablehlo.dot_general,
      op,
    );
    const left = untransposed(op.operand(0), dims.lhsBatching, dims.lhsContracting);
    const right = untransposed(op.operand(1), dims.rhsBatching, dims.rhsContracting);
    if (left === null && right === null) return false;
    const value = dotOf(
      rewriter,
      {
        lhs: left?.value ?? op.operand(0),
        rhs: right?.value ?? op.operand(1),
        dims: {
          lhsBatching: left?.batching ?? dims.lhsBatching,
          rhsBatching: right?.batching ?? dims.rhsBatching,
          lhsContracting: left?.contracting ?? dims.lhsContracting,
          rhsContracting: right?.contracting ?? dims.rhsContracting,
        },
        precision,
      },
      op,
    );
    return rewriter.replaceWith(op, value);
  },
};

/** A transpose that swaps what is kept of both sides swaps the sides of the product instead. */
const transposeOfDot: Pattern = {
  name: "transpose-of-dot",
  ops: ["stablehlo.transpose"],
  rewrite: (op, rewriter) => {
    const dot = definedBy(op.operand(0), "stablehlo.dot_general");
    if (dot === null || !op.operand(0).hasOneUse) return false;
    const attrs = attrsOf(stablehlo.dot_general, dot);
    if (attrs.algorithm !== null) return false;
    const { dot_dimension_numbers: dims, precision_config: precision } = attrs;
    const [lhs, rhs] = [dot.operand(0), dot.operand(1)];
    const batch = dims.lhsBatching.length;
    const left = dimsOf(lhs).length - batch - dims.lhsContracting.length;
    const right = dimsOf(rhs).length - batch - dims.rhsContracting.length;
    const swapped = [...range(batch), ...range(right, batch + left), ...range(left, batch)];
    const { permutation } = attrsOf(stablehlo.transpose, op);
    if (!sameShape(permutation, swapped)) return false;
    rewriter.moveTo(op);
    const value = rewriter.b.builder
      .create(
        stablehlo.dot_general,
        { lhs: rhs, rhs: lhs },
        {
          dot_dimension_numbers: {
            lhsBatching: dims.rhsBatching,
            rhsBatching: dims.lhsBatching,
            lhsContracting: dims.rhsContracting,
            rhsContracting: dims.lhsContracting,
          },
          precision_config: precision === null ? null : [...precision].reverse(),
        },
        { resultTypes: [op.result().type], attributes: dot.attributes, loc: dot.loc },
      )
      .result();
    return rewriter.replaceWith(op, value);
  },
};

export const contractCleanups: readonly Pattern[] = [dotOfTranspose, transposeOfDot];
