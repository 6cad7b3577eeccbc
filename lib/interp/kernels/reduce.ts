/** @file Kernels of reductions: known combiners over blocks of numbers, other bodies one element at a time. */
import type { ReduceOpName, stablehlo } from "#lib/dialects/stablehlo/ops.ts";
import type { OpView } from "#lib/ir/op-def.ts";
import { at, elementCount, range, rowMajorStrides, type Shape } from "#lib/support/shape.ts";
import type { DType } from "#lib/tensors/dtype.ts";
import { allocate, type TensorData } from "#lib/tensors/tensor.ts";
import { type Combiner, combinerOf, ElementCall, moveElement, slotsOf } from "../body.ts";
import type { Compute, KernelTable, Plan, PlanContext, TensorSpec } from "../plan.ts";
import { valueSpec } from "../plan.ts";
import { type ReduceShape, reduceBlock, reduceLoops } from "../reductions.ts";
import {
  classOf,
  decodeAll,
  encode,
  type FloatArray,
  isPlainFloat,
  loadSafe,
  storeSafe,
  wordsOf,
} from "../storage.ts";
import { planCopy, runCopy, unitsOf, unitsPerElement } from "../strided.ts";
import { bigCombiner } from "../wide.ts";

type ReduceView = OpView<typeof stablehlo.reduce>;
type WindowView = OpView<typeof stablehlo.reduce_window>;

/** Sizes where the reduced dimensions are neighbours (up to sizes of 1), or null. */
function blockShape(shape: Shape, dimensions: readonly number[]): ReduceShape | null {
  const kinds = range(shape.length)
    .filter((dim) => at(shape, dim) !== 1)
    .map((dim) => ({ size: at(shape, dim), reduced: dimensions.includes(dim) }));
  const first = kinds.findIndex(({ reduced }) => reduced);
  if (first === -1) return { outer: elementCount(shape), reduced: 1, inner: 1 };
  const after = kinds.findIndex(({ reduced }, i) => i > first && !reduced);
  const end = after === -1 ? kinds.length : after;
  if (kinds.some(({ reduced }, i) => i >= end && reduced)) return null;
  const product = (from: number, to: number): number =>
    elementCount(kinds.slice(from, to).map(({ size }) => size));
  return {
    outer: product(0, first),
    reduced: product(first, end),
    inner: product(end, kinds.length),
  };
}

/** Brings the reduced dimensions to the end, so that each result's elements lie in a row. */
function gatherRows(
  spec: TensorSpec,
  dimensions: readonly number[],
): { readonly shape: ReduceShape; readonly arrange: (data: TensorData) => TensorData } {
  const near = blockShape(spec.shape, dimensions);
  if (near !== null) return { shape: near, arrange: (data) => data };
  const kept = range(spec.shape.length).filter((dim) => !dimensions.includes(dim));
  const order = [...kept, ...[...dimensions].sort((a, b) => a - b)];
  const own = rowMajorStrides(spec.shape);
  const shape = order.map((dim) => at(spec.shape, dim));
  const strides = order.map((dim) => at(own, dim));
  const copy = planCopy(shape, strides, 0, rowMajorStrides(shape), 0, unitsPerElement(spec.dtype));
  const outer = elementCount(kept.map((dim) => at(spec.shape, dim)));
  return {
    shape: { outer, reduced: outer === 0 ? 0 : spec.count / outer, inner: 1 },
    arrange: (data) => {
      const rows = allocate(spec.dtype, spec.count);
      runCopy(copy, unitsOf(data), unitsOf(rows));
      return rows;
    },
  };
}

/** Sums, maxima and minima of 64-bit integers through f64; false where a sum might not be exact. */
function exactReduce(
  name: Combiner,
  shape: ReduceShape,
  source: TensorData,
  initial: TensorData,
  out: TensorData,
): boolean {
  if (name !== "add" && name !== "maximum" && name !== "minimum") return false;
  const loops = reduceLoops(name, "float");
  const numbers = new Float64Array(source.length);
  const start = new Float64Array(1);
  const unsigned = source instanceof BigUint64Array;
  if (loops === null || !loadSafe(wordsOf(initial), 0, start, 1, unsigned)) return false;
  if (!loadSafe(wordsOf(source), 0, numbers, numbers.length, unsigned)) return false;
  let most = Math.abs(start[0] as number);
  for (const value of numbers) most = Math.max(most, Math.abs(value));
  if (name === "add" && most * (shape.reduced + 1) > 2 ** 53) return false;
  const results = new Float64Array(out.length);
  reduceBlock(loops, numbers, start[0] as number, shape, results);
  storeSafe(results, wordsOf(out), 0, out.length);
  return true;
}

/** Reduction of 64-bit integers. */
function wideReduce(name: Combiner, shape: ReduceShape): Compute {
  const combine = bigCombiner(name);
  const { outer, reduced, inner } = shape;
  return (inputs, outputs) => {
    const [source, initial] = inputs as readonly [BigInt64Array, BigInt64Array];
    const out = outputs[0] as BigInt64Array;
    if (exactReduce(name, shape, source, initial, out)) return;
    out.fill(initial[0] as bigint);
    for (let o = 0; o < outer; o++)
      for (let r = 0; r < reduced; r++)
        for (let i = 0; i < inner; i++) {
          const to = o * inner + i;
          out[to] = combine(out[to] as bigint, source[(o * reduced + r) * inner + i] as bigint);
        }
  };
}

/** Reduction by a known combiner, or null where only the body can say. */
function combinerReduce(name: Combiner, dtype: DType, shape: ReduceShape): Compute | null {
  const kind = classOf(dtype);
  if (kind === "complex") return null;
  if (kind === "wide") return wideReduce(name, shape);
  const loops = reduceLoops(name, dtype === "i1" ? "truth" : kind);
  if (loops === null) return null;
  const results = shape.outer * shape.inner;
  return (inputs, outputs) => {
    const source = inputs[0] as TensorData;
    const numbers = isPlainFloat(dtype) ? (source as FloatArray) : decodeAll(dtype, source);
    const initial = decodeAll(dtype, inputs[1] as TensorData)[0] as number;
    const result = new Float64Array(results);
    reduceBlock(loops, numbers, initial, shape, result);
    encode(dtype, result, outputs[0] as TensorData, 0, results);
  };
}

/** Reduction by calling the body for every element. */
function bodyReduce(view: ReduceView, shape: ReduceShape, context: PlanContext): Compute {
  const block = view.op.region().entry;
  const call = new ElementCall(block, context.body(block));
  const slots = view.operands.inputs.map((input) => slotsOf(valueSpec(input)));
  const n = slots.length;
  const { outer, reduced, inner } = shape;
  return (inputs, outputs, frame) => {
    for (let o = 0; o < outer; o++)
      for (let i = 0; i < inner; i++) {
        for (let k = 0; k < n; k++)
          moveElement(at(inputs, n + k), 0, at(call.results, k), 0, at(slots, k));
        for (let r = 0; r < reduced; r++) {
          for (let k = 0; k < n; k++) {
            moveElement(at(call.results, k), 0, at(call.args, k), 0, at(slots, k));
            const from = (o * reduced + r) * inner + i;
            moveElement(at(inputs, k), from, at(call.args, n + k), 0, at(slots, k));
          }
          call.run(frame);
        }
        for (let k = 0; k < n; k++)
          moveElement(at(call.results, k), 0, at(outputs, k), o * inner + i, at(slots, k));
      }
  };
}

/**
 * Order of accumulation: elements of each result are combined in row-major order, starting from the initial value; with known
 * combiners floats accumulate in f64 and are rounded once at the end.
 */
function reducePlan(view: ReduceView, context: PlanContext): Plan {
  const specs = view.operands.inputs.map(valueSpec);
  const first = at(specs, 0);
  const arranged = specs.map((spec) => gatherRows(spec, view.attrs.dimensions));
  const { shape } = at(arranged, 0);
  const combiner = specs.length === 1 ? combinerOf(view.op.region().entry) : null;
  const run =
    (combiner === null ? null : combinerReduce(combiner, first.dtype, shape)) ??
    bodyReduce(view, shape, context);
  return {
    kind: "compute",
    run: (inputs, outputs, frame) => {
      const rows = inputs.map((data, k) => {
        const arrangement = arranged[k];
        return arrangement === undefined ? data : arrangement.arrange(data);
      });
      run(rows, outputs, frame);
    },
  };
}

/** How windows lie over the operand. */
interface Windows {
  readonly shape: Shape;
  readonly window: Shape;
  readonly strides: readonly number[];
  readonly windowDilations: readonly number[];
  readonly baseDilations: readonly number[];
  readonly low: readonly number[];
}

function windowsOf({ operands, attrs }: WindowView): Windows {
  const { shape } = valueSpec(at(operands.inputs, 0));
  const ones = shape.map(() => 1);
  return {
    shape,
    window: attrs.window_dimensions,
    strides: attrs.window_strides ?? ones,
    windowDilations: attrs.window_dilations ?? ones,
    baseDilations: attrs.base_dilations ?? ones,
    low: attrs.padding?.map((pair) => at(pair, 0)) ?? shape.map(() => 0),
  };
}

/** Stands for an element of the padding, which is the initial value. */
const PADDING = -1;

/** Per dimension and result position: offsets of the elements in the window, in order. */
function dimensionOffsets(windows: Windows, result: Shape): readonly (readonly Int32Array[])[] {
  const strides = rowMajorStrides(windows.shape);
  return windows.shape.map((size, dim) => {
    const dilation = at(windows.baseDilations, dim);
    return range(at(result, dim)).map((position) => {
      const offsets: number[] = [];
      for (let w = 0; w < at(windows.window, dim); w++) {
        const dilated =
          position * at(windows.strides, dim) +
          w * at(windows.windowDilations, dim) -
          at(windows.low, dim);
        const index = dilated / dilation;
        const inside = dilated >= 0 && dilated % dilation === 0 && index < size;
        offsets.push(inside ? index * at(strides, dim) : PADDING);
      }
      return Int32Array.from(offsets);
    });
  });
}

/** Calls `visit` with every result position and the offsets of its window's elements. */
function forEachWindow(
  windows: Windows,
  result: TensorSpec,
  visit: (index: number, offsets: Int32Array) => void,
): void {
  const perDimension = dimensionOffsets(windows, result.shape);
  const resultStrides = rowMajorStrides(result.shape);
  for (let index = 0; index < result.count; index++) {
    const lists = perDimension.map(
      (positions, dim) =>
        positions[Math.floor(index / at(resultStrides, dim)) % at(result.shape, dim)] as Int32Array,
    );
    visit(index, crossSums(lists));
  }
}

/** All sums of one offset from each list, the last list fastest. */
function crossSums(lists: readonly Int32Array[]): Int32Array {
  let sums = Int32Array.of(0);
  for (const list of lists) {
    if (list.length === 1 && list[0] === 0) continue;
    const next = new Int32Array(sums.length * list.length);
    for (let i = 0; i < sums.length; i++)
      for (let j = 0; j < list.length; j++) {
        const [a, b] = [sums[i] as number, list[j] as number];
        next[i * list.length + j] = a === PADDING || b === PADDING ? PADDING : a + b;
      }
    sums = next;
  }
  return sums;
}

/** Windows by a known combiner, or null. */
function combinerWindows(
  name: Combiner,
  windows: Windows,
  { dtype }: TensorSpec,
  result: TensorSpec,
): Compute | null {
  const kind = classOf(dtype);
  if (kind === "complex" || kind === "wide") return null;
  const loops = reduceLoops(name, dtype === "i1" ? "truth" : kind);
  if (loops === null) return null;
  return (inputs, outputs) => {
    const numbers = decodeAll(dtype, inputs[0] as TensorData);
    const initial = decodeAll(dtype, inputs[1] as TensorData)[0] as number;
    const results = new Float64Array(result.count);
    const row = new Float64Array(elementCount(windows.window));
    forEachWindow(windows, result, (index, offsets) => {
      for (let i = 0; i < offsets.length; i++) {
        const offset = offsets[i] as number;
        row[i] = offset === PADDING ? initial : (numbers[offset] as number);
      }
      results[index] = loops.row(row, 0, offsets.length, initial);
    });
    encode(dtype, results, outputs[0] as TensorData, 0, result.count);
  };
}

/** Windows by calling the body for every element. */
function bodyWindows(view: WindowView, windows: Windows, context: PlanContext): Compute {
  const block = view.op.region().entry;
  const call = new ElementCall(block, context.body(block));
  const slots = view.operands.inputs.map((input) => slotsOf(valueSpec(input)));
  const result = valueSpec(at(view.results.results, 0));
  const n = slots.length;
  return (inputs, outputs, frame) =>
    forEachWindow(windows, result, (index, offsets) => {
      for (let k = 0; k < n; k++)
        moveElement(at(inputs, n + k), 0, at(call.results, k), 0, at(slots, k));
      for (const offset of offsets) {
        for (let k = 0; k < n; k++) {
          moveElement(at(call.results, k), 0, at(call.args, k), 0, at(slots, k));
          const [source, from] =
            offset === PADDING ? [at(inputs, n + k), 0] : [at(inputs, k), offset];
          moveElement(source, from, at(call.args, n + k), 0, at(slots, k));
        }
        call.run(frame);
      }
      for (let k = 0; k < n; k++)
        moveElement(at(call.results, k), 0, at(outputs, k), index, at(slots, k));
    });
}

export const reduceKernels: KernelTable<ReduceOpName> = {
  reduce: reducePlan,
  reduce_window: (view, context) => {
    const windows = windowsOf(view);
    const first = valueSpec(at(view.operands.inputs, 0));
    const result = valueSpec(at(view.results.results, 0));
    const combiner = view.operands.inputs.length === 1 ? combinerOf(view.op.region().entry) : null;
    const run =
      (combiner === null ? null : combinerWindows(combiner, windows, first, result)) ??
      bodyWindows(view, windows, context);
    return { kind: "compute", run };
  },
};
