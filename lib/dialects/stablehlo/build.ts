/** @file A builder with StableHLO's arithmetic names, for passes, gradients and optimizers. */
import type { Loc } from "#lib/diag/loc.ts";
import { denseFromTensor, splatAttr, tensorTypeOf } from "#lib/ir/attributes.ts";
import { Builder } from "#lib/ir/builder.ts";
import { Block, type Operation, Region, type Value } from "#lib/ir/graph.ts";
import {
  elementOf,
  elementType,
  integerType,
  type TensorType,
  type Type,
  tensorType,
} from "#lib/ir/types.ts";
import { invariant } from "#lib/support/assert.ts";
import { at, invertPermutation, sameShape } from "#lib/support/shape.ts";
import type { DType } from "#lib/tensors/dtype.ts";
import type { Tensor } from "#lib/tensors/tensor.ts";
import type {
  ComparisonDirection,
  DotDimensions,
  GatherDimensions,
  Precision,
  ScatterDimensions,
} from "./attrs.ts";
import { stablehlo } from "./ops.ts";

/** Ops of one operand whose result has the operand's type. */
export type UnaryName =
  | "negate"
  | "sign"
  | "exponential"
  | "exponential_minus_one"
  | "log"
  | "log_plus_one"
  | "sqrt"
  | "rsqrt"
  | "cbrt"
  | "tanh"
  | "tan"
  | "logistic"
  | "sine"
  | "cosine"
  | "ceil"
  | "floor"
  | "round_nearest_even"
  | "round_nearest_afz"
  | "not"
  | "abs";

/** Ops of two operands of one type whose result has that type. */
export type BinaryName =
  | "add"
  | "subtract"
  | "multiply"
  | "divide"
  | "remainder"
  | "power"
  | "maximum"
  | "minimum"
  | "atan2"
  | "and"
  | "or"
  | "xor"
  | "shift_left"
  | "shift_right_arithmetic"
  | "shift_right_logical";

/** Binary ops that reductions and scatters combine with. */
export type CombinerName = "add" | "multiply" | "maximum" | "minimum" | "and" | "or" | "xor";

const tensorTypeOfValue = (value: Value): TensorType => {
  invariant(value.type.kind === "tensor", `expected a tensor, but got ${value.type.text}`);
  return value.type;
};

/** Shape of a tensor value. */
export const shapeOf = (value: Value): readonly number[] => tensorTypeOfValue(value).shape;

/** Builds StableHLO ops at the insertion point of `builder`. */
export class StablehloBuilder {
  readonly builder: Builder;

  constructor(builder: Builder) {
    this.builder = builder;
  }

  get loc(): Loc {
    return this.builder.loc;
  }

  set loc(loc: Loc) {
    this.builder.loc = loc;
  }

  unary(name: UnaryName, operand: Value): Value {
    return this.builder
      .create(stablehlo[name], { operand }, {}, { resultTypes: [operand.type] })
      .result();
  }

  binary(name: BinaryName, lhs: Value, rhs: Value): Value {
    invariant(lhs.type === rhs.type, `stablehlo.${name} on ${lhs.type.text} and ${rhs.type.text}`);
    return this.builder
      .create(stablehlo[name], { lhs, rhs }, {}, { resultTypes: [lhs.type] })
      .result();
  }

  add(lhs: Value, rhs: Value): Value {
    return this.binary("add", lhs, rhs);
  }

  subtract(lhs: Value, rhs: Value): Value {
    return this.binary("subtract", lhs, rhs);
  }

  multiply(lhs: Value, rhs: Value): Value {
    return this.binary("multiply", lhs, rhs);
  }

  divide(lhs: Value, rhs: Value): Value {
    return this.binary("divide", lhs, rhs);
  }

  negate(operand: Value): Value {
    return this.unary("negate", operand);
  }

  /** A constant with one value everywhere, of the given tensor type. */
  splat(type: Type, value: number | bigint): Value {
    invariant(type.kind === "tensor", `splat of ${type.text}`);
    return this.builder
      .create(stablehlo.constant, {}, { value: splatAttr(type, value) }, { resultTypes: [type] })
      .result();
  }

  /** `value` everywhere, in the type of `like`. */
  splatLike(like: Value, value: number | bigint): Value {
    return this.splat(like.type, value);
  }

  /** A rank-0 constant. */
  scalar(dtype: DType, value: number | bigint): Value {
    return this.splat(tensorType([], elementType(dtype)), value);
  }

  /** A constant tensor. */
  constant(tensor: Tensor): Value {
    return this.builder
      .create(
        stablehlo.constant,
        {},
        { value: denseFromTensor(tensor) },
        { resultTypes: [tensorTypeOf(tensor)] },
      )
      .result();
  }

  compare(direction: ComparisonDirection, lhs: Value, rhs: Value): Value {
    const type = tensorTypeOfValue(lhs);
    const element = elementOf(type);
    const kind =
      element.kind === "float" || element.kind === "complex"
        ? "FLOAT"
        : element.kind === "integer" && (element.signedness === "unsigned" || element.width === 1)
          ? "UNSIGNED"
          : "SIGNED";
    return this.builder
      .create(
        stablehlo.compare,
        { lhs, rhs },
        { comparison_direction: direction, compare_type: kind },
        { resultTypes: [tensorType(type.shape, integerType(1))] },
      )
      .result();
  }

  select(pred: Value, onTrue: Value, onFalse: Value): Value {
    return this.builder
      .create(
        stablehlo.select,
        { pred, on_true: onTrue, on_false: onFalse },
        {},
        { resultTypes: [onTrue.type] },
      )
      .result();
  }

  /** Converts elements; the value itself where the type is the same. */
  convert(operand: Value, element: Type): Value {
    const type = tensorTypeOfValue(operand);
    if (type.element === element) return operand;
    return this.builder
      .create(
        stablehlo.convert,
        { operand },
        {},
        { resultTypes: [tensorType(type.shape, element)] },
      )
      .result();
  }

  /** Reshapes; the value itself where the shape is the same. */
  reshape(operand: Value, shape: readonly number[]): Value {
    const type = tensorTypeOfValue(operand);
    if (sameShape(type.shape, shape)) return operand;
    return this.builder
      .create(
        stablehlo.reshape,
        { operand },
        {},
        { resultTypes: [tensorType(shape, type.element)] },
      )
      .result();
  }

  /** Result dimension i is operand dimension permutation[i]; the value itself for the identity. */
  transpose(operand: Value, permutation: readonly number[]): Value {
    const type = tensorTypeOfValue(operand);
    if (permutation.every((from, to) => from === to)) return operand;
    const shape = permutation.map((from) => at(type.shape, from));
    return this.builder
      .create(
        stablehlo.transpose,
        { operand },
        { permutation },
        { resultTypes: [tensorType(shape, type.element)] },
      )
      .result();
  }

  /** Undoes `transpose(operand, permutation)`. */
  transposeBack(operand: Value, permutation: readonly number[]): Value {
    return this.transpose(operand, invertPermutation(permutation));
  }

  /** Operand dimension i becomes result dimension dims[i]; the value itself where nothing changes. */
  broadcastInDim(operand: Value, shape: readonly number[], dims: readonly number[]): Value {
    const type = tensorTypeOfValue(operand);
    if (sameShape(type.shape, shape) && dims.every((to, from) => to === from)) return operand;
    return this.builder
      .create(
        stablehlo.broadcast_in_dim,
        { operand },
        { broadcast_dimensions: dims },
        { resultTypes: [tensorType(shape, type.element)] },
      )
      .result();
  }

  /** The value itself where the slice is all of it. */
  slice(
    operand: Value,
    start: readonly number[],
    limit: readonly number[],
    strides: readonly number[] = start.map(() => 1),
  ): Value {
    const type = tensorTypeOfValue(operand);
    const shape = start.map((from, i) =>
      Math.max(0, Math.ceil((at(limit, i) - from) / at(strides, i))),
    );
    if (sameShape(shape, type.shape)) return operand;
    return this.builder
      .create(
        stablehlo.slice,
        { operand },
        { start_indices: start, limit_indices: limit, strides },
        { resultTypes: [tensorType(shape, type.element)] },
      )
      .result();
  }

  /** The value itself where nothing is added. */
  pad(
    operand: Value,
    value: Value,
    low: readonly number[],
    high: readonly number[],
    interior: readonly number[] = low.map(() => 0),
  ): Value {
    if ([...low, ...high, ...interior].every((count) => count === 0)) return operand;
    const type = tensorTypeOfValue(operand);
    const shape = type.shape.map(
      (size, i) => size + at(low, i) + at(high, i) + Math.max(size - 1, 0) * at(interior, i),
    );
    return this.builder
      .create(
        stablehlo.pad,
        { operand, padding_value: value },
        { edge_padding_low: low, edge_padding_high: high, interior_padding: interior },
        { resultTypes: [tensorType(shape, type.element)] },
      )
      .result();
  }

  concatenate(inputs: readonly Value[], dimension: number): Value {
    const first = tensorTypeOfValue(at(inputs, 0));
    const shape = first.shape.map((size, i) =>
      i === dimension ? inputs.reduce((sum, input) => sum + at(shapeOf(input), i), 0) : size,
    );
    return this.builder
      .create(
        stablehlo.concatenate,
        { inputs },
        { dimension },
        { resultTypes: [tensorType(shape, first.element)] },
      )
      .result();
  }

  iota(type: TensorType, dimension: number): Value {
    return this.builder
      .create(stablehlo.iota, {}, { iota_dimension: dimension }, { resultTypes: [type] })
      .result();
  }

  reverse(operand: Value, dimensions: readonly number[]): Value {
    return this.builder
      .create(stablehlo.reverse, { operand }, { dimensions }, { resultTypes: [operand.type] })
      .result();
  }

  /** Result dimensions: batching, kept of lhs, kept of rhs. */
  dotGeneral(
    lhs: Value,
    rhs: Value,
    dims: DotDimensions,
    options: {
      readonly element?: Type;
      readonly precision?: readonly Precision[] | null;
    } = {},
  ): Value {
    const [left, right] = [tensorTypeOfValue(lhs), tensorTypeOfValue(rhs)];
    const kept = (type: TensorType, a: readonly number[], b: readonly number[]): number[] =>
      type.shape.filter((_, i) => !a.includes(i) && !b.includes(i));
    const shape = [
      ...dims.lhsBatching.map((i) => at(left.shape, i)),
      ...kept(left, dims.lhsBatching, dims.lhsContracting),
      ...kept(right, dims.rhsBatching, dims.rhsContracting),
    ];
    return this.builder
      .create(
        stablehlo.dot_general,
        { lhs, rhs },
        { dot_dimension_numbers: dims, precision_config: options.precision },
        { resultTypes: [tensorType(shape, options.element ?? left.element)] },
      )
      .result();
  }

  /** A region of one block `(lhs, rhs) -> lhs <combiner> rhs` on scalars. */
  private combiner(name: CombinerName, element: Type): Region {
    const scalar = tensorType([], element);
    const block = new Block([scalar, scalar], [this.loc, this.loc]);
    const inner = new StablehloBuilder(Builder.atEnd(block, this.loc));
    const combined = inner.binary(name, at(block.args, 0), at(block.args, 1));
    inner.builder.create(stablehlo.return, { results: [combined] }, {}, { resultTypes: [] });
    return new Region([block]);
  }

  /** Reduces along dimensions, which vanish. */
  reduce(name: CombinerName, input: Value, init: Value, dimensions: readonly number[]): Value {
    const type = tensorTypeOfValue(input);
    const shape = type.shape.filter((_, i) => !dimensions.includes(i));
    return this.builder
      .create(
        stablehlo.reduce,
        { inputs: [input], init_values: [init] },
        { dimensions: [...dimensions].sort((a, b) => a - b) },
        {
          resultTypes: [tensorType(shape, type.element)],
          regions: [this.combiner(name, type.element)],
        },
      )
      .result();
  }

  /** Sum along dimensions; the value itself where there are none. */
  reduceSum(input: Value, dimensions: readonly number[]): Value {
    if (dimensions.length === 0) return input;
    const zero = this.splat(tensorType([], elementOf(input.type)), 0);
    return this.reduce("add", input, zero, dimensions);
  }

  gather(
    operand: Value,
    startIndices: Value,
    dims: GatherDimensions,
    sliceSizes: readonly number[],
    resultType: Type,
    options: { readonly sorted?: boolean } = {},
  ): Value {
    return this.builder
      .create(
        stablehlo.gather,
        { operand, start_indices: startIndices },
        {
          dimension_numbers: dims,
          slice_sizes: sliceSizes,
          indices_are_sorted: options.sorted ?? false,
        },
        { resultTypes: [resultType] },
      )
      .result();
  }

  scatter(
    name: CombinerName,
    input: Value,
    indices: Value,
    updates: Value,
    dims: ScatterDimensions,
    options: { readonly sorted?: boolean; readonly unique?: boolean } = {},
  ): Value {
    return this.builder
      .create(
        stablehlo.scatter,
        { inputs: [input], scatter_indices: indices, updates: [updates] },
        {
          scatter_dimension_numbers: dims,
          indices_are_sorted: options.sorted ?? false,
          unique_indices: options.unique ?? false,
        },
        {
          resultTypes: [input.type],
          regions: [this.combiner(name, elementOf(input.type))],
        },
      )
      .result();
  }

  optimizationBarrier(operands: readonly Value[]): Operation {
    return this.builder.create(
      stablehlo.optimization_barrier,
      { operand: operands },
      {},
      { resultTypes: operands.map(({ type }) => type) },
    );
  }
}
