/** @file Gradients of contractions: contractions again, with operands ordered so that no transpose is needed where none has to be. */

import type { DotDimensions, Precision } from "#lib/dialects/stablehlo/attrs.ts";
import { shapeOf } from "#lib/dialects/stablehlo/build.ts";
import type { ContractOpName } from "#lib/dialects/stablehlo/ops.ts";
import type { Attribute } from "#lib/ir/attributes.ts";
import type { Value } from "#lib/ir/graph.ts";
import { elementOf } from "#lib/ir/types.ts";
import { argsort, at, range } from "#lib/support/shape.ts";
import type { Emitter } from "../emitter.ts";
import type { VjpRules } from "../rule.ts";

/** Dimensions of one operand by what the contraction does with them. */
interface Side {
  readonly batching: readonly number[];
  readonly contracting: readonly number[];
  readonly kept: readonly number[];
}

/** What both gradients of one contraction share. */
interface Contraction {
  readonly ct: Value;
  readonly precision: readonly Precision[] | null;
  readonly algorithm: Attribute | null;
}

/** The operand whose cotangent is wanted, the other one, and where the other's kept dimensions start in the result. */
interface Sides {
  readonly operand: Value;
  readonly other: Value;
  readonly own: Side;
  readonly others: Side;
  readonly othersStart: number;
}

const isSorted = (dims: readonly number[]): boolean => dims.every((dim, i) => dim === i);

/**
 * d_operand: contracts g with the other operand over what the other kept. Result dimensions of `g . other` are
 * batching ++ own kept ++ contracted (in the other's order); of `other . g` batching ++ contracted ++ own kept.
 * A narrow contraction with a wide result has g narrowed, so that it multiplies narrow numbers again, and sums them wide.
 */
function dotGradient(b: Emitter, contraction: Contraction, sides: Sides): Value {
  const { operand, other, own, others, othersStart } = sides;
  const wide = elementOf(contraction.ct.type);
  const ct = b.convert(contraction.ct, elementOf(other.type));
  const inCt = {
    batching: others.batching.map((_, i) => i),
    kept: others.kept.map((_, i) => othersStart + i),
  };
  // Contracting dimensions in the order in which the other operand has them.
  const contracted = argsort(others.contracting).map((i) => at(own.contracting, i));
  const ctFirst = [...own.batching, ...own.kept, ...contracted];
  const options = { element: wide, precision: contraction.precision };
  let result: Value;
  let order: readonly number[] = ctFirst;
  if (!isSorted(ctFirst) && isSorted([...own.batching, ...contracted, ...own.kept])) {
    order = range(ctFirst.length);
    result = b.dotGeneral(
      other,
      ct,
      {
        lhsBatching: others.batching,
        rhsBatching: inCt.batching,
        lhsContracting: others.kept,
        rhsContracting: inCt.kept,
      },
      options,
    );
  } else
    result = b.dotGeneral(
      ct,
      other,
      {
        lhsBatching: inCt.batching,
        rhsBatching: others.batching,
        lhsContracting: inCt.kept,
        rhsContracting: others.kept,
      },
      options,
    );
  if (contraction.algorithm !== null) result.op?.properties.set("algorithm", contraction.algorithm);
  return b.narrow(b.transpose(result, argsort(order)), elementOf(operand.type));
}

/** Cotangents of `lhs . rhs`. */
function dotRule(
  b: Emitter,
  contraction: Contraction,
  [lhs, rhs]: readonly [Value, Value],
  dims: DotDimensions,
): { readonly lhs: () => Value; readonly rhs: () => Value } {
  const side = (
    value: Value,
    batching: readonly number[],
    contracting: readonly number[],
  ): Side => ({
    batching,
    contracting,
    kept: range(shapeOf(value).length).filter(
      (dim) => !batching.includes(dim) && !contracting.includes(dim),
    ),
  });
  const left = side(lhs, dims.lhsBatching, dims.lhsContracting);
  const right = side(rhs, dims.rhsBatching, dims.rhsContracting);
  const leftStart = left.batching.length;
  const rightStart = leftStart + left.kept.length;
  return {
    lhs: () =>
      dotGradient(b, contraction, {
        operand: lhs,
        other: rhs,
        own: left,
        others: right,
        othersStart: rightStart,
      }),
    rhs: () =>
      dotGradient(b, contraction, {
        operand: rhs,
        other: lhs,
        own: right,
        others: left,
        othersStart: leftStart,
      }),
  };
}

export const contractRules: VjpRules<ContractOpName> = {
  // [m, k] x [k, n], where a vector has no m or n.
  dot: ({ ct, operands: { lhs, rhs }, attrs, b }) =>
    dotRule(b, { ct, precision: attrs.precision_config, algorithm: null }, [lhs, rhs], {
      lhsBatching: [],
      rhsBatching: [],
      lhsContracting: [shapeOf(lhs).length - 1],
      rhsContracting: [0],
    }),
  dot_general: ({ ct, operands: { lhs, rhs }, attrs, b }) =>
    dotRule(
      b,
      { ct, precision: attrs.precision_config, algorithm: attrs.algorithm },
      [lhs, rhs],
      attrs.dot_dimension_numbers,
    ),
};
