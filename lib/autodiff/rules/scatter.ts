/** @file Gradients of scatter by what its region does; updates that fall outside have no effect and get no gradient. */
import type { GatherDimensions, ScatterDimensions } from "#lib/dialects/stablehlo/attrs.ts";
import { shapeOf } from "#lib/dialects/stablehlo/build.ts";
import type { StablehloDef } from "#lib/dialects/stablehlo/ops.ts";
import type { Value } from "#lib/ir/graph.ts";
import type { OpView } from "#lib/ir/op-def.ts";
import { elementOf, integerType, tensorType } from "#lib/ir/types.ts";
import { at } from "#lib/support/shape.ts";
import { bodyKind } from "../bodies.ts";
import { once } from "../combinators.ts";
import type { Emitter } from "../emitter.ts";
import { perComponent, windowsFit, without } from "../indices.ts";
import type { Slot, VjpFunction } from "../rule.ts";

type ScatterDef = StablehloDef<"scatter">;

export function refuseScatter({ op, operands }: OpView<ScatterDef>): string | null {
  const known = operands.inputs.every((_, i) => bodyKind(op.region(), i) !== null);
  return known ? null : "its region is none of add, subtract, multiply, maximum, minimum, set";
}

/** What the rules of one scatter share. */
interface Scatter {
  readonly b: Emitter;
  readonly ct: Value;
  readonly input: Value;
  readonly indices: Value;
  readonly updates: Value;
  readonly y: Value;
  readonly dims: ScatterDimensions;
  readonly sorted: boolean;
  readonly unique: boolean;
}

type Slots = { readonly input: Slot; readonly updates: Slot };

/** Window sizes in the input's dimensions. */
function windowSizes({ input, updates, dims }: Scatter): number[] {
  const window = dims.updateWindowDims.map((dim) => at(shapeOf(updates), dim));
  let next = 0;
  return shapeOf(input).map((_, dim) =>
    dims.insertedWindowDims.includes(dim) || dims.inputBatchingDims.includes(dim)
      ? 1
      : at(window, next++),
  );
}

const reading = (dims: ScatterDimensions): GatherDimensions => ({
  offsetDims: dims.updateWindowDims,
  collapsedSliceDims: dims.insertedWindowDims,
  operandBatchingDims: dims.inputBatchingDims,
  startIndicesBatchingDims: dims.scatterIndicesBatchingDims,
  startIndexMap: dims.scatterDimsToOperandDims,
  indexVectorDim: dims.indexVectorDim,
});

/** For each element of the updates, the element of `source` that it met; 0 where it fell outside. */
function readBack(scatter: Scatter, source: Value): Value {
  const { b, indices, updates, dims, sorted } = scatter;
  const shape = shapeOf(source);
  const sizes = windowSizes(scatter);
  const starts = dims.scatterDimsToOperandDims;
  const type = tensorType(shapeOf(updates), elementOf(source.type));
  if (starts.every((dim) => at(sizes, dim) === 1)) {
    const read = b.gather(source, indices, reading(dims), sizes, type, { sorted });
    const fits = windowsFit(
      b,
      indices,
      dims.indexVectorDim,
      starts.map((dim) => at(shape, dim) - 1),
    );
    const kept = without(shapeOf(updates).length, dims.updateWindowDims);
    return b.keepWhere(b.broadcastInDim(fits, shapeOf(updates), kept), read);
  }
  // Windows may stick out on either side: a border of zeros takes what falls outside.
  const border = shape.map((_, dim) => (starts.includes(dim) ? at(sizes, dim) : 0));
  const zero = b.splat(tensorType([], elementOf(source.type)), 0);
  const framed = b.pad(source, zero, border, border);
  const low = starts.map((dim) => -at(sizes, dim));
  const high = starts.map((dim) => at(shape, dim));
  const bound = (values: readonly number[]): Value =>
    perComponent(b, indices, dims.indexVectorDim, values);
  const limited = b.binary("minimum", b.binary("maximum", indices, bound(low)), bound(high));
  const shifted = b.add(limited, bound(starts.map((dim) => at(sizes, dim))));
  return b.gather(framed, shifted, reading(dims), sizes, type, { sorted });
}

const write = (scatter: Scatter, into: Value, updates: Value, how: "add" | "multiply"): Value =>
  scatter.b.scatter(how, into, scatter.indices, updates, scatter.dims, scatter);

/**
 * Which update an element kept, where several may write to it: numbers from 1, one per update, are scattered in the same
 * way and read back.
 */
function survivors(scatter: Scatter): Value {
  const { b, updates, input, dims, sorted } = scatter;
  const shape = shapeOf(updates);
  const count = shape.reduce((product, size) => product * size, 1);
  const number = integerType(32);
  const flat = b.add(
    b.iota(tensorType([count], number), 0),
    b.splat(tensorType([count], number), 1),
  );
  const numbers = b.reshape(flat, shape);
  const empty = b.splat(tensorType(shapeOf(input), number), 0);
  const owners = b.scatterSet(empty, scatter.indices, numbers, dims, { sorted });
  return b.compare("EQ", readBack(scatter, owners), numbers);
}

const addRule = (scatter: Scatter, factor: 1 | -1): Slots => ({
  input: () => scatter.ct,
  updates: () => {
    const read = readBack(scatter, scatter.ct);
    return factor === 1 ? read : scatter.b.negate(read);
  },
});

const setRule = (scatter: Scatter): Slots => ({
  input: () => {
    const { b, ct, dims, indices, updates, sorted } = scatter;
    const zeros = b.splat(tensorType(shapeOf(updates), elementOf(ct.type)), 0);
    return b.scatterSet(ct, indices, zeros, dims, { sorted });
  },
  updates: () => {
    const read = readBack(scatter, scatter.ct);
    return scatter.unique ? read : scatter.b.keepWhere(survivors(scatter), read);
  },
});

/** Each update gets g times the input and the other updates of its element, which is right where updates are zero too. */
function multiplyRule(scatter: Scatter): Slots {
  const { b, ct, input, updates, unique } = scatter;
  const shared = (): Value => {
    const isZero = b.compare("EQ", updates, b.zerosLike(updates));
    const nonzero = b.select(isZero, b.splatLike(updates, 1), updates);
    const rest = b.multiply(ct, write(scatter, input, nonzero, "multiply"));
    const flags = b.convert(isZero, elementOf(ct.type));
    const zeros = write(scatter, b.zerosLike(input), flags, "add");
    const ifNone = b.keepWhere(b.compare("EQ", zeros, b.zerosLike(zeros)), rest);
    const ifOne = b.keepWhere(b.compare("EQ", zeros, b.splatLike(zeros, 1)), rest);
    return b.select(isZero, readBack(scatter, ifOne), b.divide(readBack(scatter, ifNone), nonzero));
  };
  return {
    input: () => write(scatter, ct, updates, "multiply"),
    updates: () => (unique ? readBack(scatter, b.multiply(ct, input)) : shared()),
  };
}

/** Maximum and minimum: all that equal the result share g. */
function extremumRule(scatter: Scatter): Slots {
  const { b, ct, input, updates, y } = scatter;
  const one = once(() => b.compare("EQ", input, y));
  const hits = once(() => b.compare("EQ", updates, readBack(scatter, y)));
  const share = once(() => {
    const element = elementOf(ct.type);
    const counted = write(scatter, b.convert(one(), element), b.convert(hits(), element), "add");
    return b.divide(ct, counted);
  });
  return {
    input: () => b.keepWhere(one(), share()),
    updates: () => b.keepWhere(hits(), readBack(scatter, share())),
  };
}

function slotsOf(scatter: Scatter, kind: string | null): Slots {
  switch (kind) {
    case "subtract":
      return addRule(scatter, -1);
    case "multiply":
      return multiplyRule(scatter);
    case "maximum":
    case "minimum":
      return extremumRule(scatter);
    case "second":
      return setRule(scatter);
    case "first":
      return { input: () => scatter.ct, updates: null };
    default:
      return addRule(scatter, 1);
  }
}

/** Each input on its own; they share the indices. */
export const scatterRule: VjpFunction<ScatterDef> = ({ op, operands, attrs, results, cts, b }) => {
  const slots = operands.inputs.map((input, i): Slots => {
    const ct = cts[i] ?? null;
    if (ct === null) return { input: null, updates: null };
    const scatter: Scatter = {
      b,
      ct,
      input,
      y: at(results.results, i),
      indices: operands.scatter_indices,
      updates: at(operands.updates, i),
      dims: attrs.scatter_dimension_numbers,
      sorted: attrs.indices_are_sorted,
      unique: attrs.unique_indices,
    };
    return slotsOf(scatter, bodyKind(op.region(), i));
  });
  return {
    inputs: slots.map(({ input }) => input),
    scatter_indices: null,
    updates: slots.map(({ updates }) => updates),
  };
};
