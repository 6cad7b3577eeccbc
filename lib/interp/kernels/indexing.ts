/** @file Kernels of ops that read or write at positions known at run time, and sort. */
import type { IndexingOpName, stablehlo } from "#lib/dialects/stablehlo/ops.ts";
import type { Value } from "#lib/ir/graph.ts";
import type { OpView } from "#lib/ir/op-def.ts";
import { at, rowMajorStrides } from "#lib/support/shape.ts";
import type { TensorData } from "#lib/tensors/tensor.ts";
import {
  combinerOf,
  comparatorOf,
  ElementCall,
  moveElement,
  returnsUpdate,
  slotsOf,
} from "../body.ts";
import { combineRun } from "../combine.ts";
import {
  type Compute,
  type Frame,
  type KernelTable,
  type Plan,
  type PlanContext,
  type ScatterOutOfBounds,
  valueSpec,
} from "../plan.ts";
import { totalOrderKeys } from "../precision.ts";
import { type Less, sortedOrder } from "../sort.ts";
import { classOf, decodeAll, loadSafe, wordsOf } from "../storage.ts";
import { planCopy, runCopy, unitsOf, unitsPerElement } from "../strided.ts";
import { type Batches, clampIndex, indexAt, offsetsOf, planBatches } from "../windows.ts";

type ScatterView = OpView<typeof stablehlo.scatter>;
type SortView = OpView<typeof stablehlo.sort>;

/** Element offset of a window that clamped scalar indices start. */
function clampedStart(
  inputs: readonly TensorData[],
  first: number,
  mosts: readonly number[],
  strides: readonly number[],
): number {
  let start = 0;
  for (let i = 0; i < mosts.length; i++)
    start += clampIndex(indexAt(inputs[first + i] as TensorData, 0), at(mosts, i)) * at(strides, i);
  return start;
}

const gather: KernelTable<"gather">["gather"] = ({ operands, attrs, results: { result } }) => {
  const operand = valueSpec(operands.operand);
  const target = valueSpec(result);
  const indices = valueSpec(operands.start_indices).shape;
  const { dimension_numbers: dims, slice_sizes: sizes } = attrs;
  const units = unitsPerElement(operand.dtype);
  const strides = rowMajorStrides(operand.shape);
  const targetStrides = rowMajorStrides(target.shape);
  const offsetStrides = dims.offsetDims.map((dim) => at(targetStrides, dim));
  let next = 0;
  const windowStrides = sizes.map((_, dim) =>
    dims.collapsedSliceDims.includes(dim) || dims.operandBatchingDims.includes(dim)
      ? 0
      : at(offsetStrides, next++),
  );
  const copy = planCopy(sizes, strides, 0, windowStrides, 0, units);
  const batches = planBatches({
    indices,
    indexVectorDim: dims.indexVectorDim,
    slices: target.shape,
    windowDims: dims.offsetDims,
    operand: operand.shape,
    operandBatchingDims: dims.operandBatchingDims,
    indicesBatchingDims: dims.startIndicesBatchingDims,
  });
  const mosts = dims.startIndexMap.map((dim) => at(operand.shape, dim) - at(sizes, dim));
  const mapped = dims.startIndexMap.map((dim) => at(strides, dim));
  return {
    kind: "compute",
    run: (inputs, outputs) => {
      const [source, to] = [unitsOf(inputs[0] as TensorData), unitsOf(outputs[0] as TensorData)];
      const starts = inputs[1] as TensorData;
      for (let b = 0; b < batches.count; b++) {
        const vector = batches.vectors[b] as number;
        let from = batches.operand[b] as number;
        for (let c = 0; c < mapped.length; c++)
          from +=
            clampIndex(indexAt(starts, vector + c * batches.componentStride), at(mosts, c)) *
            at(mapped, c);
        runCopy(copy, source, to, from * units, (batches.slices[b] as number) * units);
      }
    },
  };
};

/** Everything about a scatter that does not depend on the values. */
interface ScatterPlan {
  readonly count: number;
  readonly batches: Batches;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  /** Window size per operand dimension. */
  readonly sizes: readonly number[];
  /** Operand dimension of each index component. */
  readonly mapped: readonly number[];
  /** Offsets of a window's elements in the operand and in the updates. */
  readonly operandTable: Int32Array;
  readonly updateTable: Int32Array;
  readonly outOfBounds: ScatterOutOfBounds;
}

function planScatter(view: ScatterView, context: PlanContext): ScatterPlan {
  const { operands, attrs } = view;
  const { scatter_dimension_numbers: dims } = attrs;
  const { shape } = valueSpec(at(operands.inputs, 0));
  const updates = valueSpec(at(operands.updates, 0)).shape;
  const updateStrides = rowMajorStrides(updates);
  const strides = rowMajorStrides(shape);
  let next = 0;
  const windowDim = shape.map((_, dim) =>
    dims.insertedWindowDims.includes(dim) || dims.inputBatchingDims.includes(dim)
      ? -1
      : at(dims.updateWindowDims, next++),
  );
  const sizes = windowDim.map((dim) => (dim === -1 ? 1 : at(updates, dim)));
  const batches = planBatches({
    indices: valueSpec(operands.scatter_indices).shape,
    indexVectorDim: dims.indexVectorDim,
    slices: updates,
    windowDims: dims.updateWindowDims,
    operand: shape,
    operandBatchingDims: dims.inputBatchingDims,
    indicesBatchingDims: dims.scatterIndicesBatchingDims,
  });
  return {
    count: operands.inputs.length,
    batches,
    shape,
    strides,
    sizes,
    mapped: dims.scatterDimsToOperandDims,
    operandTable: offsetsOf(sizes, strides),
    updateTable: offsetsOf(
      sizes,
      windowDim.map((dim) => (dim === -1 ? 0 : at(updateStrides, dim))),
    ),
    outOfBounds: context.scatterOutOfBounds,
  };
}

/** Combines the elements of one window, given by tables, at an offset in the operand and one in the updates. */
type WindowUpdate = (
  outputs: readonly TensorData[],
  updates: readonly TensorData[],
  operandBase: number,
  operandTable: Int32Array,
  updateBase: number,
  updateTable: Int32Array,
  frame: Frame,
) => void;

function windowUpdate(view: ScatterView, context: PlanContext): WindowUpdate {
  const block = view.op.region().entry;
  const specs = view.operands.inputs.map(valueSpec);
  const { dtype } = at(specs, 0);
  if (returnsUpdate(block)) {
    const units = unitsPerElement(dtype);
    return ([output], [update], base, table, from, updateTable) => {
      const [o, u] = [unitsOf(output as TensorData), unitsOf(update as TensorData)];
      for (let i = 0; i < table.length; i++)
        for (let j = 0; j < units; j++)
          o[(base + (table[i] as number)) * units + j] = u[
            (from + (updateTable[i] as number)) * units + j
          ] as number;
    };
  }
  const combiner = combinerOf(block);
  const run = combiner === null ? null : combineRun(combiner, dtype);
  if (run !== null)
    return ([output], [update], base, table, from, updateTable) =>
      run(output as TensorData, base, table, update as TensorData, from, updateTable);
  const call = new ElementCall(block, context.body(block));
  const slots = specs.map(slotsOf);
  const inputs = specs.length;
  return (outputs, updates, base, table, from, updateTable, frame) => {
    for (let i = 0; i < table.length; i++) {
      const to = base + (table[i] as number);
      const source = from + (updateTable[i] as number);
      for (let k = 0; k < inputs; k++) {
        moveElement(at(outputs, k), to, at(call.args, k), 0, at(slots, k));
        moveElement(at(updates, k), source, at(call.args, inputs + k), 0, at(slots, k));
      }
      call.run(frame);
      for (let k = 0; k < inputs; k++)
        moveElement(at(call.results, k), 0, at(outputs, k), to, at(slots, k));
    }
  };
}

/** The elements of a window that lie inside the operand, as a pair of tables. */
function insidePart(
  plan: ScatterPlan,
  starts: readonly number[],
): readonly [Int32Array, Int32Array] {
  const { sizes, shape, operandTable, updateTable } = plan;
  const own = rowMajorStrides(sizes);
  const inside: number[] = [];
  for (let i = 0; i < operandTable.length; i++) {
    const within = sizes.every((size, dim) => {
      const index = at(starts, dim) + (Math.floor(i / at(own, dim)) % size);
      return index >= 0 && index < at(shape, dim);
    });
    if (within) inside.push(i);
  }
  return [
    Int32Array.from(inside, (i) => operandTable[i] as number),
    Int32Array.from(inside, (i) => updateTable[i] as number),
  ];
}

function scatterCompute(plan: ScatterPlan, update: WindowUpdate): Compute {
  const { count, batches, shape, strides, sizes, mapped } = plan;
  const starts = shape.map(() => 0);
  return (inputs, outputs, frame) => {
    const indices = inputs[count] as TensorData;
    const updates = inputs.slice(count + 1);
    for (let b = 0; b < batches.count; b++) {
      const vector = batches.vectors[b] as number;
      let base = batches.operand[b] as number;
      let inside = true;
      starts.fill(0);
      for (let c = 0; c < mapped.length; c++) {
        const dim = at(mapped, c);
        const index = indexAt(indices, vector + c * batches.componentStride);
        starts[dim] = index;
        base += index * at(strides, dim);
        if (!(index >= 0 && index + at(sizes, dim) <= at(shape, dim))) inside = false;
      }
      const from = batches.slices[b] as number;
      if (inside) update(outputs, updates, base, plan.operandTable, from, plan.updateTable, frame);
      else if (plan.outOfBounds === "element") {
        const [operandTable, updateTable] = insidePart(plan, starts);
        update(outputs, updates, base, operandTable, from, updateTable, frame);
      }
    }
  };
}

/** Numbers (or bigints) that order as a comparator's operand does. */
function sortKeys(input: Value, data: TensorData, totalOrder: boolean): ArrayLike<number> {
  const { dtype, count } = valueSpec(input);
  const kind = classOf(dtype);
  if (kind === "float" && totalOrder)
    return totalOrderKeys(dtype, data) as unknown as ArrayLike<number>;
  if (kind === "wide") {
    const keys = new Float64Array(count);
    return loadSafe(wordsOf(data), 0, keys, count, dtype === "ui64")
      ? keys
      : (data as unknown as ArrayLike<number>);
  }
  return decodeAll(dtype, data);
}

/** Compares positions by keys, at `base + position * stride`. */
function lessByKeys(keys: ArrayLike<number>, direction: string, place: Place): Less {
  const key = (position: number): number => keys[place.base + position * place.stride] as number;
  switch (direction) {
    case "LT":
      return (a, b) => key(a) < key(b);
    case "GT":
      return (a, b) => key(a) > key(b);
    case "LE":
      return (a, b) => key(a) <= key(b);
    case "GE":
      return (a, b) => key(a) >= key(b);
    case "EQ":
      return (a, b) => key(a) === key(b);
    default:
      return (a, b) => key(a) !== key(b);
  }
}

/** The line being sorted. */
interface Place {
  base: number;
  readonly stride: number;
}

function lessByBody(
  call: ElementCall,
  inputs: readonly TensorData[],
  slots: readonly number[],
  place: Place,
  frame: Frame,
): Less {
  return (a, b) => {
    for (let k = 0; k < inputs.length; k++) {
      const data = at(inputs, k);
      moveElement(data, place.base + a * place.stride, at(call.args, 2 * k), 0, at(slots, k));
      moveElement(data, place.base + b * place.stride, at(call.args, 2 * k + 1), 0, at(slots, k));
    }
    call.run(frame);
    return at(call.results, 0)[0] !== 0;
  };
}

function sortPlan({ op, operands, attrs }: SortView, context: PlanContext): Plan {
  const block = op.region().entry;
  const specs = operands.inputs.map(valueSpec);
  const { shape, count } = at(specs, 0);
  const dimension = attrs.dimension < 0 ? attrs.dimension + shape.length : attrs.dimension;
  const size = shape[dimension] ?? 1;
  const stride = rowMajorStrides(shape)[dimension] ?? 1;
  const slots = specs.map(slotsOf);
  const simple = specs.some(({ dtype }) => classOf(dtype) === "complex")
    ? null
    : comparatorOf(block);
  const call = simple === null ? new ElementCall(block, context.body(block)) : null;
  return {
    kind: "compute",
    run: (inputs, outputs, frame) => {
      if (count === 0) return;
      const place: Place = { base: 0, stride };
      let less: Less;
      if (call !== null) less = lessByBody(call, inputs, slots, place, frame);
      else if (simple !== null) {
        const input = at(operands.inputs, simple.input);
        const keys = sortKeys(input, at(inputs, simple.input), simple.totalOrder);
        less = lessByKeys(keys, simple.direction, place);
      } else return;
      for (let outer = 0; outer < count; outer += size * stride)
        for (let inner = 0; inner < stride; inner++) {
          place.base = outer + inner;
          const order = sortedOrder(size, less);
          for (let k = 0; k < inputs.length; k++)
            for (let i = 0; i < size; i++)
              moveElement(
                at(inputs, k),
                place.base + (order[i] as number) * stride,
                at(outputs, k),
                place.base + i * stride,
                at(slots, k),
              );
        }
    },
  };
}

export const indexingKernels: KernelTable<IndexingOpName> = {
  dynamic_slice: ({ operands: { operand }, attrs: { slice_sizes: sizes } }) => {
    const { shape, dtype } = valueSpec(operand);
    const strides = rowMajorStrides(shape);
    const units = unitsPerElement(dtype);
    const copy = planCopy(sizes, strides, 0, rowMajorStrides(sizes), 0, units);
    const mosts = shape.map((size, i) => size - at(sizes, i));
    return {
      kind: "compute",
      run: (inputs, outputs) =>
        runCopy(
          copy,
          unitsOf(inputs[0] as TensorData),
          unitsOf(outputs[0] as TensorData),
          clampedStart(inputs, 1, mosts, strides) * units,
        ),
    };
  },
  dynamic_update_slice: ({ operands: { operand, update } }) => {
    const { shape, dtype } = valueSpec(operand);
    const sizes = valueSpec(update).shape;
    const strides = rowMajorStrides(shape);
    const units = unitsPerElement(dtype);
    const copy = planCopy(sizes, rowMajorStrides(sizes), 0, strides, 0, units);
    const mosts = shape.map((size, i) => size - at(sizes, i));
    return {
      kind: "update",
      updates: 1,
      run: (inputs, outputs) =>
        runCopy(
          copy,
          unitsOf(inputs[1] as TensorData),
          unitsOf(outputs[0] as TensorData),
          0,
          clampedStart(inputs, 2, mosts, strides) * units,
        ),
    };
  },
  gather,
  scatter: (view, context) => {
    const plan = planScatter(view, context);
    return {
      kind: "update",
      updates: plan.count,
      run: scatterCompute(plan, windowUpdate(view, context)),
    };
  },
  sort: sortPlan,
};
