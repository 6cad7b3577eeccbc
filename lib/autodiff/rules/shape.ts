/** @file Gradients of data movement that depends on shapes only. */
import { shapeOf } from "#lib/dialects/stablehlo/build.ts";
import type { ShapeOpName, StablehloDef } from "#lib/dialects/stablehlo/ops.ts";
import type { Value } from "#lib/ir/graph.ts";
import { integerType, tensorType } from "#lib/ir/types.ts";
import { at } from "#lib/support/shape.ts";
import { unbroadcast } from "../combinators.ts";
import { nonDifferentiable, type SlicePart, type VjpFunction, type VjpRules } from "../rule.ts";

const constant = nonDifferentiable("depends on no argument");

/** Takes back what padding moved: cuts what it added, restores what it cut as zeros. */
const unpad: VjpFunction<StablehloDef<"pad">> = ({ ct, operands, attrs, b }) => {
  const { edge_padding_low: low, edge_padding_high: high, interior_padding: interior } = attrs;
  const padded = (): Value => {
    const restore = (edges: readonly number[]): number[] => edges.map((edge) => Math.max(-edge, 0));
    if ([...low, ...high].every((edge) => edge >= 0)) return ct;
    return b.pad(ct, b.zerosLike(operands.padding_value), restore(low), restore(high));
  };
  return {
    operand: () => {
      const shape = shapeOf(operands.operand);
      const start = low.map((edge) => Math.max(edge, 0));
      const limit = start.map((from, i) => {
        const size = at(shape, i);
        return size === 0 ? from : from + (size - 1) * (at(interior, i) + 1) + 1;
      });
      return b.slice(
        padded(),
        start,
        limit,
        interior.map((gap) => gap + 1),
      );
    },
    padding_value: () => {
      const flag = integerType(1);
      const inside = b.pad(
        b.splat(tensorType(shapeOf(operands.operand), flag), 1),
        b.splat(tensorType([], flag), 0),
        low,
        high,
        interior,
      );
      return b.sumAll(b.dropWhere(inside, ct));
    },
  };
};

const concatenate: VjpFunction<StablehloDef<"concatenate">> = ({ ct, operands, attrs, b }) => {
  const { dimension } = attrs;
  const whole = shapeOf(ct);
  let offset = 0;
  return {
    inputs: operands.inputs.map((input) => {
      const from = offset;
      offset += at(shapeOf(input), dimension);
      const to = offset;
      return () =>
        b.slice(
          ct,
          whole.map((_, i) => (i === dimension ? from : 0)),
          whole.map((size, i) => (i === dimension ? to : size)),
        );
    }),
  };
};

export const shapeRules: VjpRules<ShapeOpName> = {
  constant,
  iota: constant,
  dynamic_iota: constant,
  broadcast_in_dim: ({ ct, operands: { operand }, attrs, b }) => ({
    operand: () => unbroadcast(b, ct, operand, attrs.broadcast_dimensions),
  }),
  reshape: ({ ct, operands: { operand }, b }) => ({
    operand: () => b.reshape(ct, shapeOf(operand)),
  }),
  transpose: ({ ct, attrs: { permutation }, b }) => ({
    operand: () => b.transposeBack(ct, permutation),
  }),
  reverse: ({ ct, attrs: { dimensions }, b }) => ({
    operand: () => b.reverse(ct, dimensions),
  }),
  // A window of the operand's cotangent; several windows of one operand are joined by the walk.
  slice: ({ ct, attrs }) => ({
    operand: (): SlicePart => ({
      kind: "slice",
      ct,
      start: attrs.start_indices,
      limit: attrs.limit_indices,
      strides: attrs.strides,
    }),
  }),
  pad: unpad,
  concatenate,
};
