/** @file A StableHLO builder that folds what gradients produce most: splats, units, doubled shape changes. */

import type { ScatterDimensions } from "#lib/dialects/stablehlo/attrs.ts";
import {
  type BinaryName,
  StablehloBuilder,
  shapeOf,
  type UnaryName,
} from "#lib/dialects/stablehlo/build.ts";
import { stablehlo } from "#lib/dialects/stablehlo/ops.ts";
import { DenseAttr } from "#lib/ir/attributes.ts";
import { Builder } from "#lib/ir/builder.ts";
import { Block, type Operation, Region, type Value } from "#lib/ir/graph.ts";
import { attrsOf } from "#lib/ir/op-def.ts";
import {
  dtypeOf,
  elementOf,
  isFloat,
  type TensorType,
  type Type,
  tensorType,
} from "#lib/ir/types.ts";
import { invariant } from "#lib/support/assert.ts";
import { at, elementCount, range, sameShape } from "#lib/support/shape.ts";
import { byteWidth } from "#lib/tensors/dtype.ts";
import { readNumber, tensorFromBytes, tensorFromNumbers } from "#lib/tensors/tensor.ts";

/** Ops that keep a value that is the same everywhere as it is. */
const KEEPS_SPLAT: ReadonlySet<string> = new Set([
  "stablehlo.broadcast_in_dim",
  "stablehlo.reshape",
  "stablehlo.transpose",
  "stablehlo.slice",
  "stablehlo.reverse",
]);

const isConstant = (op: Operation): boolean =>
  op.name === "stablehlo.constant" || op.name === "arith.constant";

/** The number that a value has everywhere, or null where it is not known to be such a constant. */
export function splatOf(value: Value): number | null {
  let { op } = value;
  let narrowed: Type | null = null;
  while (op !== null && (KEEPS_SPLAT.has(op.name) || op.name === "stablehlo.convert")) {
    if (op.name === "stablehlo.convert") {
      // Only exact readings: a conversion rounds once, to the type of the result.
      if (narrowed !== null) return null;
      narrowed = elementOf(op.result().type);
    }
    op = op.operand(0).op;
  }
  if (op === null || !isConstant(op)) return null;
  const attr = op.attribute("value");
  if (attr?.kind !== "dense" || attr.layout === null) return null;
  if (!attr.isSplat && elementCount(attr.layout.shape) !== 1) return null;
  const { dtype } = attr.layout;
  const raw = readNumber(tensorFromBytes(dtype, [], attr.bytes), 0);
  return narrowed === null ? raw : rounded(narrowed, raw);
}

/** A number as an element type holds it; null where the type is not a real number type. */
function rounded(element: Type, value: number): number | null {
  const dtype = dtypeOf(element);
  if (dtype === null || dtype.startsWith("complex")) return null;
  if (element.kind !== "float")
    return Number.isInteger(value) && Math.abs(value) < 2 ** 31 ? value : null;
  return readNumber(tensorFromNumbers(dtype, [], [value]), 0);
}

const FOLDS: { readonly [name: string]: (a: number, b: number) => number } = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
};

/** Numbers that change nothing as the right operand. */
const RIGHT_UNITS: { readonly [name: string]: number } = {
  add: 0,
  subtract: 0,
  multiply: 1,
  divide: 1,
};

/** Builds gradient code. */
export class Emitter extends StablehloBuilder {
  /** Results of {@link narrow} and what they were narrowed from. */
  private readonly narrowed = new Map<Value, Value>();

  override unary(name: UnaryName, operand: Value): Value {
    if (name === "negate" && isFloat(operand.type)) {
      const splat = splatOf(operand);
      if (splat !== null) return this.splat(operand.type, -splat);
      if (operand.op?.name === "stablehlo.negate") return operand.op.operand(0);
    }
    return super.unary(name, operand);
  }

  override binary(name: BinaryName, lhs: Value, rhs: Value): Value {
    const fold = FOLDS[name];
    if (fold !== undefined && isFloat(lhs.type)) {
      const [left, right] = [splatOf(lhs), splatOf(rhs)];
      if (left !== null && right !== null) {
        const value = rounded(elementOf(lhs.type), fold(left, right));
        if (value !== null) return this.splat(lhs.type, value);
      }
      if (right === RIGHT_UNITS[name]) return lhs;
      if ((name === "add" && left === 0) || (name === "multiply" && left === 1)) return rhs;
      if (name === "multiply" && right === -1) return this.negate(lhs);
      if (name === "multiply" && left === -1) return this.negate(rhs);
    }
    return super.binary(name, lhs, rhs);
  }

  override reshape(operand: Value, shape: readonly number[]): Value {
    const splat = this.splatIn(operand, shape);
    if (splat !== null) return splat;
    const source = operand.op?.name === "stablehlo.reshape" ? operand.op.operand(0) : operand;
    return super.reshape(source, shape);
  }

  override transpose(operand: Value, permutation: readonly number[]): Value {
    const shape = permutation.map((from) => at(shapeOf(operand), from));
    const splat = this.splatIn(operand, shape);
    if (splat !== null) return splat;
    if (operand.op?.name !== "stablehlo.transpose") return super.transpose(operand, permutation);
    const first = attrsOf(stablehlo.transpose, operand.op).permutation;
    const merged = permutation.map((from) => at(first, from));
    return super.transpose(operand.op.operand(0), merged);
  }

  override broadcastInDim(
    operand: Value,
    shape: readonly number[],
    dims: readonly number[],
  ): Value {
    const splat = this.splatIn(operand, shape);
    if (splat !== null) return splat;
    if (operand.op?.name !== "stablehlo.broadcast_in_dim")
      return super.broadcastInDim(operand, shape, dims);
    const first = attrsOf(stablehlo.broadcast_in_dim, operand.op).broadcast_dimensions;
    return super.broadcastInDim(
      operand.op.operand(0),
      shape,
      first.map((dim) => at(dims, dim)),
    );
  }

  override convert(operand: Value, element: Type): Value {
    if (elementOf(operand.type) === element) return operand;
    const wide = this.narrowed.get(operand);
    if (wide !== undefined && elementOf(wide.type) === element) return wide;
    const splat = splatOf(operand);
    const value = splat === null || element.kind !== "float" ? null : rounded(element, splat);
    if (value !== null) return this.splat(tensorType(shapeOf(operand), element), value);
    return super.convert(operand, element);
  }

  /** Converts a wide sum to a narrow operand's type; converting it back later gives the wide sum itself. */
  narrow(value: Value, element: Type): Value {
    const narrow = this.convert(value, element);
    if (narrow !== value) this.narrowed.set(narrow, value);
    return narrow;
  }

  /** The same constant under another shape, or null where the operand is none or nothing changes. */
  private splatIn(operand: Value, shape: readonly number[]): Value | null {
    if (!isFloat(operand.type) || sameShape(shapeOf(operand), shape)) return null;
    const splat = splatOf(operand);
    return splat === null ? null : this.splat(tensorType(shape, elementOf(operand.type)), splat);
  }

  zerosLike(value: Value): Value {
    return this.splatLike(value, 0);
  }

  typeOf(value: Value): TensorType {
    invariant(value.type.kind === "tensor", `expected a tensor, but got ${value.type.text}`);
    return value.type;
  }

  /** Zeros of any type that tensors can have, complex ones included. */
  zeros(type: Type): Value {
    const dtype = dtypeOf(elementOf(type));
    invariant(dtype !== null, `zeros of ${type.text}`);
    const value = new DenseAttr(type, { bytes: new Uint8Array(byteWidth(dtype)), splat: true });
    return this.builder.create(stablehlo.constant, {}, { value }, { resultTypes: [type] }).result();
  }

  /** x * number; of a repeated value, what is repeated is scaled. */
  scale(value: Value, factor: number): Value {
    if (factor === 1) return value;
    const { op } = value;
    if (op?.name === "stablehlo.broadcast_in_dim" && splatOf(value) === null) {
      const dims = attrsOf(stablehlo.broadcast_in_dim, op).broadcast_dimensions;
      const scaled = this.scale(op.operand(0), factor);
      return this.broadcastInDim(scaled, shapeOf(value), dims);
    }
    return this.multiply(value, this.splatLike(value, factor));
  }

  /** 2 x ct, doubling what is smaller. */
  doubleProduct(x: Value, ct: Value): Value {
    return ct.op?.name === "stablehlo.broadcast_in_dim"
      ? this.multiply(x, this.scale(ct, 2))
      : this.multiply(this.scale(x, 2), ct);
  }

  square(value: Value): Value {
    return this.multiply(value, value);
  }

  /** `pred ? value : 0`. */
  keepWhere(pred: Value, value: Value): Value {
    return this.select(pred, value, this.zerosLike(value));
  }

  /** `pred ? 0 : value`. */
  dropWhere(pred: Value, value: Value): Value {
    return this.select(pred, this.zerosLike(value), value);
  }

  /** Repeats `value`, whose shape lacks `dimensions`, along them. */
  spread(value: Value, shape: readonly number[], dimensions: readonly number[]): Value {
    return this.broadcastInDim(
      value,
      shape,
      range(shape.length).filter((dim) => !dimensions.includes(dim)),
    );
  }

  /** Writes updates into the input at indices; what falls outside is dropped. */
  scatterSet(
    input: Value,
    indices: Value,
    updates: Value,
    dims: ScatterDimensions,
    options: { readonly sorted: boolean },
  ): Value {
    const scalar = tensorType([], elementOf(input.type));
    const block = new Block([scalar, scalar], [this.loc, this.loc]);
    Builder.atEnd(block, this.loc).create(
      stablehlo.return,
      { results: [at(block.args, 1)] },
      {},
      { resultTypes: [] },
    );
    return this.builder
      .create(
        stablehlo.scatter,
        { inputs: [input], scatter_indices: indices, updates: [updates] },
        { scatter_dimension_numbers: dims, indices_are_sorted: options.sorted },
        { resultTypes: [input.type], regions: [new Region([block])] },
      )
      .result();
  }

  /** `reduce_precision` to the format of another such op. */
  roundLike(op: Operation, value: Value): Value {
    const attrs = attrsOf(stablehlo.reduce_precision, op);
    return this.builder
      .create(stablehlo.reduce_precision, { operand: value }, attrs, { resultTypes: [value.type] })
      .result();
  }

  /** Sums everything to a scalar. */
  sumAll(value: Value): Value {
    return this.reduceSum(value, range(shapeOf(value).length));
  }

  /** A scalar stays one; a tensor is made one by summing where `like` is a scalar. */
  sumToScalarIf(value: Value, like: Value): Value {
    return shapeOf(like).length === 0 ? this.sumAll(value) : value;
  }

  /** `value`, repeated where it is a scalar and `like` is not. */
  expandTo(value: Value, like: Value): Value {
    const shape = shapeOf(like);
    return shapeOf(value).length === shape.length ? value : this.broadcastInDim(value, shape, []);
  }

  override reduceSum(input: Value, dimensions: readonly number[]): Value {
    if (dimensions.length === 0) return input;
    const type = input.type;
    invariant(type.kind === "tensor", "sum of a tensor");
    const splat = isFloat(type) ? splatOf(input) : null;
    if (splat !== null) {
      const count = elementCount(dimensions.map((dim) => at(type.shape, dim)));
      const value = rounded(type.element, splat * count);
      if (value !== null) return this.splat(withoutDims(type, dimensions), value);
    }
    // One element is its own sum.
    if (dimensions.every((dim) => type.shape[dim] === 1))
      return this.reshape(input, withoutDims(type, dimensions).shape);
    return super.reduceSum(input, dimensions);
  }
}

/** The type without some dimensions. */
export const withoutDims = (type: TensorType, dimensions: readonly number[]): TensorType =>
  tensorType(
    type.shape.filter((_, dim) => !dimensions.includes(dim)),
    type.element,
  );
