/** @file Simplifications of data movement, after StableHLO's own. */
import { stablehlo } from "#lib/dialects/stablehlo/ops.ts";
import { type DenseAttr, denseFromTensor } from "#lib/ir/attributes.ts";
import type { Operation, Value } from "#lib/ir/graph.ts";
import { attrsOf } from "#lib/ir/op-def.ts";
import { dtypeOf, isStatic, tensorType } from "#lib/ir/types.ts";
import { present } from "#lib/support/assert.ts";
import { at, elementCount, range } from "#lib/support/shape.ts";
import { zeros } from "#lib/tensors/tensor.ts";
import { isPure } from "../effects.ts";
import { countOf, definedBy, dimsOf, isEmpty, splatOf, staticType } from "../rewrite/match.ts";
import type { Pattern, Rewriter } from "../rewrite/pattern.ts";

const isIncreasing = (values: readonly number[]): boolean =>
  values.every((value, i) => i === 0 || at(values, i - 1) < value);

/** `broadcast_in_dim`, also where the builder would leave it out. */
const broadcast = ({ b }: Rewriter, operand: Value, like: Value, dims: readonly number[]): Value =>
  b.builder
    .create(
      stablehlo.broadcast_in_dim,
      { operand },
      { broadcast_dimensions: dims },
      { resultTypes: [like.type] },
    )
    .result();

const reshapeSame: Pattern = {
  name: "reshape-same",
  ops: ["stablehlo.reshape"],
  rewrite: (op, rewriter) =>
    op.operand(0).type === op.result().type ? rewriter.replaceWith(op, op.operand(0)) : false,
};

const reshapeReshape: Pattern = {
  name: "reshape-reshape",
  ops: ["stablehlo.reshape"],
  rewrite: (op, rewriter) => {
    const inner = definedBy(op.operand(0), "stablehlo.reshape");
    if (inner === null) return false;
    rewriter.setOperands(op, [inner.operand(0)]);
    return true;
  },
};

const transposeIdentity: Pattern = {
  name: "transpose-identity",
  ops: ["stablehlo.transpose"],
  rewrite: (op, rewriter) => {
    const { permutation } = attrsOf(stablehlo.transpose, op);
    const same = permutation.every((from, to) => from === to);
    return same && op.operand(0).type === op.result().type
      ? rewriter.replaceWith(op, op.operand(0))
      : false;
  },
};

const transposeTranspose: Pattern = {
  name: "transpose-transpose",
  ops: ["stablehlo.transpose"],
  rewrite: (op, rewriter) => {
    const inner = definedBy(op.operand(0), "stablehlo.transpose");
    if (inner === null) return false;
    const outer = attrsOf(stablehlo.transpose, op).permutation;
    const first = attrsOf(stablehlo.transpose, inner).permutation;
    const permutation = outer.map((i) => at(first, i));
    op.properties.set("permutation", stablehlo.transpose.attrs.permutation.encode(permutation));
    rewriter.setOperands(op, [inner.operand(0)]);
    return true;
  },
};

/** A transpose that moves only dimensions of size 1 leaves the elements in order. */
const transposeIsReshape: Pattern = {
  name: "transpose-is-reshape",
  ops: ["stablehlo.transpose"],
  rewrite: (op, rewriter) => {
    const type = staticType(op.operand(0));
    if (type === null || !isStatic(op.result().type)) return false;
    const { permutation } = attrsOf(stablehlo.transpose, op);
    if (!isIncreasing(permutation.filter((i) => at(type.shape, i) !== 1))) return false;
    return rewriter.replaceWith(op, rewriter.b.reshape(op.operand(0), dimsOf(op.result())));
  },
};

const broadcastIdentity: Pattern = {
  name: "broadcast-identity",
  ops: ["stablehlo.broadcast_in_dim"],
  rewrite: (op, rewriter) => {
    const { broadcast_dimensions: dims } = attrsOf(stablehlo.broadcast_in_dim, op);
    return op.operand(0).type === op.result().type && isIncreasing(dims)
      ? rewriter.replaceWith(op, op.operand(0))
      : false;
  },
};

const broadcastBroadcast: Pattern = {
  name: "broadcast-broadcast",
  ops: ["stablehlo.broadcast_in_dim"],
  rewrite: (op, rewriter) => {
    const inner = definedBy(op.operand(0), "stablehlo.broadcast_in_dim");
    if (inner === null) return false;
    const outer = attrsOf(stablehlo.broadcast_in_dim, op).broadcast_dimensions;
    const first = attrsOf(stablehlo.broadcast_in_dim, inner).broadcast_dimensions;
    const dims = first.map((i) => at(outer, i));
    return rewriter.replaceWith(op, broadcast(rewriter, inner.operand(0), op.result(), dims));
  },
};

/** A broadcast that repeats nothing is a reshape, or a transpose where it keeps the rank. */
const broadcastIsReshape: Pattern = {
  name: "broadcast-is-reshape",
  ops: ["stablehlo.broadcast_in_dim"],
  rewrite: (op, rewriter) => {
    const type = staticType(op.operand(0));
    const result = staticType(op.result());
    if (type === null || result === null || type === result) return false;
    if (elementCount(type.shape) !== elementCount(result.shape)) return false;
    const { broadcast_dimensions: dims } = attrsOf(stablehlo.broadcast_in_dim, op);
    if (isIncreasing(dims))
      return rewriter.replaceWith(op, rewriter.b.reshape(op.operand(0), result.shape));
    return broadcastIsTranspose(op, rewriter);
  },
};

function broadcastIsTranspose(op: Operation, rewriter: Rewriter): boolean {
  const { broadcast_dimensions: dims } = attrsOf(stablehlo.broadcast_in_dim, op);
  if (dims.length !== dimsOf(op.result()).length) return false;
  const permutation = range(dims.length).map((to) => dims.indexOf(to));
  return rewriter.replaceWith(op, rewriter.b.transpose(op.operand(0), permutation));
}

/** A broadcast of the operand's type with permuted dimensions is a transpose. */
const broadcastSquareIsTranspose: Pattern = {
  name: "broadcast-square-is-transpose",
  ops: ["stablehlo.broadcast_in_dim"],
  rewrite: (op, rewriter) => {
    const { broadcast_dimensions: dims } = attrsOf(stablehlo.broadcast_in_dim, op);
    const square = op.operand(0).type === op.result().type && !isIncreasing(dims);
    return square && isStatic(op.result().type) ? broadcastIsTranspose(op, rewriter) : false;
  },
};

const reverseNothing: Pattern = {
  name: "reverse-nothing",
  ops: ["stablehlo.reverse"],
  rewrite: (op, rewriter) => {
    const { dimensions } = attrsOf(stablehlo.reverse, op);
    const shape = dimsOf(op.operand(0));
    const nothing = dimensions.every((i) => shape[i] === 1) || splatOf(op.operand(0)) !== null;
    return nothing ? rewriter.replaceWith(op, op.operand(0)) : false;
  },
};

const padNothing: Pattern = {
  name: "pad-nothing",
  ops: ["stablehlo.pad"],
  rewrite: (op, rewriter) => {
    const attrs = attrsOf(stablehlo.pad, op);
    const amounts = [
      ...attrs.edge_padding_low,
      ...attrs.edge_padding_high,
      ...attrs.interior_padding,
    ];
    return amounts.every((amount) => amount === 0)
      ? rewriter.replaceWith(op, op.operand(0))
      : false;
  },
};

const padEmpty: Pattern = {
  name: "pad-empty",
  ops: ["stablehlo.pad"],
  rewrite: (op, rewriter) =>
    isEmpty(op.operand(0)) && isStatic(op.result().type)
      ? rewriter.replaceWith(op, broadcast(rewriter, op.operand(1), op.result(), []))
      : false,
};

const sliceAll: Pattern = {
  name: "slice-all",
  ops: ["stablehlo.slice"],
  rewrite: (op, rewriter) =>
    op.operand(0).type === op.result().type && isStatic(op.result().type)
      ? rewriter.replaceWith(op, op.operand(0))
      : false,
};

/** A slice of a concatenation reads only the inputs that it touches. */
const sliceConcatenate: Pattern = {
  name: "slice-concatenate",
  ops: ["stablehlo.slice"],
  rewrite: (op, rewriter) => {
    const concat = definedBy(op.operand(0), "stablehlo.concatenate");
    if (concat === null || !concat.operands.every((value) => isStatic(value.type))) return false;
    const { dimension } = attrsOf(stablehlo.concatenate, concat);
    const attrs = attrsOf(stablehlo.slice, op);
    const [start, limit] = [at(attrs.start_indices, dimension), at(attrs.limit_indices, dimension)];
    const touched: Value[] = [];
    let offset = 0;
    let first = 0;
    for (const input of concat.operands) {
      const end = offset + at(dimsOf(input), dimension);
      if (end > start && offset < limit) {
        if (touched.length === 0) first = offset;
        touched.push(input);
      }
      offset = end;
    }
    if (touched.length === 0 || touched.length === concat.operands.length) return false;
    const source =
      touched.length === 1 ? at(touched, 0) : rewriter.b.concatenate(touched, dimension);
    const shift = (values: readonly number[]): number[] =>
      values.map((value, i) => (i === dimension ? value - first : value));
    const slice = rewriter.b.slice(
      source,
      shift(attrs.start_indices),
      shift(attrs.limit_indices),
      attrs.strides,
    );
    return rewriter.replaceWith(op, slice);
  },
};

const concatenateOne: Pattern = {
  name: "concatenate-one",
  ops: ["stablehlo.concatenate"],
  rewrite: (op, rewriter) =>
    op.operandCount === 1 && op.operand(0).type === op.result().type
      ? rewriter.replaceWith(op, op.operand(0))
      : false,
};

const concatenateEmpty: Pattern = {
  name: "concatenate-empty",
  ops: ["stablehlo.concatenate"],
  rewrite: (op, rewriter) => {
    const { dimension } = attrsOf(stablehlo.concatenate, op);
    const kept = op.operands.filter((value) => dimsOf(value)[dimension] !== 0);
    if (kept.length === 0 || kept.length === op.operandCount) return false;
    rewriter.setOperands(op, kept);
    return true;
  },
};

/** Concatenations inside one along the same dimension join it, where nothing else uses them. */
const concatenateFlatten: Pattern = {
  name: "concatenate-flatten",
  ops: ["stablehlo.concatenate"],
  rewrite: (op, rewriter) => {
    const { dimension } = attrsOf(stablehlo.concatenate, op);
    const isInner = (value: Value): boolean => {
      const inner = definedBy(value, "stablehlo.concatenate");
      if (inner === null || !value.hasOneUse) return false;
      return attrsOf(stablehlo.concatenate, inner).dimension === dimension;
    };
    const { operands } = op;
    if (!operands.some(isInner)) return false;
    rewriter.setOperands(
      op,
      operands.flatMap((value) =>
        isInner(value) && value.op !== null ? value.op.operands : [value],
      ),
    );
    return true;
  },
};

const iotaOfOne: Pattern = {
  name: "iota-of-one",
  ops: ["stablehlo.iota"],
  rewrite: (op, rewriter) => {
    const { iota_dimension: dimension } = attrsOf(stablehlo.iota, op);
    const type = staticType(op.result());
    return type !== null && type.shape[dimension] === 1
      ? rewriter.replaceWith(op, rewriter.b.splat(type, 0))
      : false;
  },
};

const iotaBroadcast: Pattern = {
  name: "iota-broadcast",
  ops: ["stablehlo.iota"],
  rewrite: (op, rewriter) => {
    const type = staticType(op.result());
    if (type === null || type.shape.length < 2) return false;
    const { iota_dimension: dimension } = attrsOf(stablehlo.iota, op);
    const line = rewriter.b.iota(tensorType([at(type.shape, dimension)], type.element), 0);
    return rewriter.replaceWith(op, broadcast(rewriter, line, op.result(), [dimension]));
  },
};

const dynamicIotaStatic: Pattern = {
  name: "dynamic-iota-static",
  ops: ["stablehlo.dynamic_iota"],
  rewrite: (op, rewriter) => {
    const type = staticType(op.result());
    if (type === null) return false;
    const { iota_dimension: dimension } = attrsOf(stablehlo.dynamic_iota, op);
    return rewriter.replaceWith(op, rewriter.b.iota(type, dimension));
  },
};

const emptyConstant = (value: Value): DenseAttr => {
  const type = present(staticType(value), "static type");
  const dtype = present(dtypeOf(type.element), "element type");
  return denseFromTensor(zeros(dtype, type.shape));
};

/** Results without elements are empty constants. */
const zeroExtent: Pattern = {
  name: "zero-extent",
  ops: "any",
  rewrite: (op, rewriter) => {
    if (op.results.length === 0 || op.def?.traits.has("constantLike") === true) return false;
    if (!op.name.startsWith("stablehlo.") || !isPure(op)) return false;
    if (!op.results.every((value) => countOf(value) === 0 && staticType(value) !== null))
      return false;
    return rewriter.replace(
      op,
      op.results.map((value) => rewriter.constant(emptyConstant(value))),
    );
  },
};

export const shapeSimplifications: readonly Pattern[] = [
  reshapeSame,
  reshapeReshape,
  transposeIdentity,
  transposeIsReshape,
  transposeTranspose,
  broadcastIdentity,
  broadcastSquareIsTranspose,
  broadcastBroadcast,
  broadcastIsReshape,
  reverseNothing,
  padNothing,
  padEmpty,
  sliceAll,
  sliceConcatenate,
  concatenateOne,
  concatenateEmpty,
  concatenateFlatten,
  iotaOfOne,
  iotaBroadcast,
  dynamicIotaStatic,
  zeroExtent,
];
