/** @file Kernels of contractions: offset tables describe any dimension numbers to one blocked product. */
import type { ContractOpName } from "#lib/dialects/stablehlo/ops.ts";
import { at, range, rowMajorStrides } from "#lib/support/shape.ts";
import { type DType, isComplexDType } from "#lib/tensors/dtype.ts";
import { allocate, type TensorData } from "#lib/tensors/tensor.ts";
import { matmul } from "../matmul.ts";
import type { Compute, KernelTable, Plan, TensorSpec } from "../plan.ts";
import { valueSpec } from "../plan.ts";
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
import { offsetsOf } from "../windows.ts";

/** Offset tables of one operand: batch, kept and contracted positions. */
interface Side {
  readonly spec: TensorSpec;
  readonly batches: Int32Array;
  readonly rows: Int32Array;
  readonly inner: Int32Array;
}

function sideOf(
  spec: TensorSpec,
  batching: readonly number[],
  contracting: readonly number[],
): Side {
  const strides = rowMajorStrides(spec.shape);
  const table = (dims: readonly number[]): Int32Array =>
    offsetsOf(
      dims.map((dim) => at(spec.shape, dim)),
      dims.map((dim) => at(strides, dim)),
    );
  const kept = range(spec.shape.length).filter(
    (dim) => !batching.includes(dim) && !contracting.includes(dim),
  );
  return { spec, batches: table(batching), rows: table(kept), inner: table(contracting) };
}

/** Calls the product once per batch and hands each result on. */
function forEachBatch(
  left: Side,
  right: Side,
  a: FloatArray,
  b: FloatArray,
  take: (product: Float64Array, batch: number) => void,
): void {
  const product = new Float64Array(left.rows.length * right.rows.length);
  const lhs = { data: a, rows: left.rows, inner: left.inner };
  const rhs = { data: b, rows: right.rows, inner: right.inner };
  for (let batch = 0; batch < left.batches.length; batch++) {
    matmul(lhs, left.batches[batch] as number, rhs, right.batches[batch] as number, product);
    take(product, batch);
  }
}

/** Products of floats, summed in f64 and rounded once. */
function floatCompute(left: Side, right: Side, result: DType): Compute {
  const size = left.rows.length * right.rows.length;
  return (inputs, outputs) => {
    const [lhs, rhs] = [inputs[0] as TensorData, inputs[1] as TensorData];
    const a = isPlainFloat(left.spec.dtype) ? (lhs as FloatArray) : decodeAll(left.spec.dtype, lhs);
    const b = isPlainFloat(right.spec.dtype)
      ? (rhs as FloatArray)
      : decodeAll(right.spec.dtype, rhs);
    forEachBatch(left, right, a, b, (product, batch) => {
      encode(result, product, outputs[0] as TensorData, batch * size, size);
    });
  };
}

/** Largest magnitude, or NaN where an element is beyond what f64 holds exactly. */
function largest(numbers: Float64Array): number {
  let most = 0;
  for (const value of numbers) most = Math.max(most, Math.abs(value));
  return most;
}

/** Exact numbers of an integer operand, or null where one is too large. */
function exactNumbers({ dtype, count }: TensorSpec, data: TensorData): Float64Array | null {
  if (classOf(dtype) !== "wide") return decodeAll(dtype, data);
  const numbers = new Float64Array(count);
  return loadSafe(wordsOf(data), 0, numbers, count, dtype === "ui64") ? numbers : null;
}

/** Sums of integer products modulo 2^64, one at a time. */
function bigCompute(
  left: Side,
  right: Side,
  inputs: readonly TensorData[],
  store: (index: number, sum: bigint) => void,
): void {
  const [a, b] = [inputs[0] as TensorData, inputs[1] as TensorData];
  let index = 0;
  for (let batch = 0; batch < left.batches.length; batch++)
    for (const row of left.rows)
      for (const column of right.rows) {
        const from = row + (left.batches[batch] as number);
        const to = column + (right.batches[batch] as number);
        let sum = 0n;
        for (let k = 0; k < left.inner.length; k++)
          sum +=
            BigInt(a[from + (left.inner[k] as number)] as number | bigint) *
            BigInt(b[to + (right.inner[k] as number)] as number | bigint);
        store(index++, sum);
      }
}

/** Products of integers: through f64 while every sum is exact, else through BigInt. */
function integerCompute(left: Side, right: Side, result: DType): Compute {
  const size = left.rows.length * right.rows.length;
  const wide = classOf(result) === "wide";
  return (inputs, outputs) => {
    const out = outputs[0] as TensorData;
    const a = exactNumbers(left.spec, inputs[0] as TensorData);
    const b = exactNumbers(right.spec, inputs[1] as TensorData);
    if (a !== null && b !== null && largest(a) * largest(b) * left.inner.length < 2 ** 53) {
      forEachBatch(left, right, a, b, (product, batch) => {
        if (wide) storeSafe(product, wordsOf(out), batch * size, size);
        else encode(result, product, out, batch * size, size);
      });
      return;
    }
    const one = new Float64Array(1);
    bigCompute(left, right, inputs, (index, sum) => {
      if (wide) (out as BigInt64Array)[index] = sum;
      else {
        one[0] = Number(BigInt.asIntN(32, sum));
        encode(result, one, out, index, 1);
      }
    });
  };
}

/** Real and imaginary parts of pairs as f64. */
function parts(pairs: TensorData): readonly [Float64Array, Float64Array] {
  const values = pairs as FloatArray;
  const real = new Float64Array(values.length / 2);
  const imaginary = new Float64Array(values.length / 2);
  for (let i = 0; i < real.length; i++) {
    real[i] = values[2 * i] as number;
    imaginary[i] = values[2 * i + 1] as number;
  }
  return [real, imaginary];
}

/** Four real products make a complex one. */
function complexCompute(left: Side, right: Side): Compute {
  const size = left.rows.length * right.rows.length;
  return (inputs, outputs) => {
    const out = outputs[0] as FloatArray;
    const sums = new Float64Array(out.length);
    const [ar, ai] = parts(inputs[0] as TensorData);
    const [br, bi] = parts(inputs[1] as TensorData);
    const add = (a: Float64Array, b: Float64Array, slot: number, sign: number): void =>
      forEachBatch(left, right, a, b, (product, batch) => {
        for (let i = 0; i < size; i++) {
          const index = 2 * (batch * size + i) + slot;
          sums[index] = (sums[index] as number) + sign * (product[i] as number);
        }
      });
    add(ar, br, 0, 1);
    add(ai, bi, 0, -1);
    add(ar, bi, 1, 1);
    add(ai, br, 1, 1);
    out.set(sums);
  };
}

/** A contraction; operands of another class than the result's are taken as that class. */
function contraction(left: Side, right: Side, result: TensorSpec): Plan {
  const kind = classOf(result.dtype);
  const operandsAre = classOf(left.spec.dtype);
  if (isComplexDType(left.spec.dtype)) return { kind: "compute", run: complexCompute(left, right) };
  if (operandsAre === "float" && kind === "float")
    return { kind: "compute", run: floatCompute(left, right, result.dtype) };
  if (operandsAre === "float") return floatToInteger(left, right, result.dtype);
  if (kind === "float") {
    const exact = integerCompute(left, right, "i64");
    return {
      kind: "compute",
      run: (inputs, outputs, frame) => {
        const sums = allocate("i64", result.count) as BigInt64Array;
        exact(inputs, [sums], frame);
        encode(
          result.dtype,
          Float64Array.from(sums, Number),
          outputs[0] as TensorData,
          0,
          result.count,
        );
      },
    };
  }
  return { kind: "compute", run: integerCompute(left, right, result.dtype) };
}

/** Float operands with an integer result: each sum is truncated. */
function floatToInteger(left: Side, right: Side, dtype: DType): Plan {
  const exact = floatCompute(left, right, "f64");
  const count = left.batches.length * left.rows.length * right.rows.length;
  return {
    kind: "compute",
    run: (inputs, outputs, frame) => {
      const sums = new Float64Array(count);
      exact(inputs, [sums], frame);
      const whole = sums.map(Math.trunc);
      if (classOf(dtype) === "wide") storeSafe(whole, wordsOf(outputs[0] as TensorData), 0, count);
      else encode(dtype, whole, outputs[0] as TensorData, 0, count);
    },
  };
}

export const contractKernels: KernelTable<ContractOpName> = {
  dot: ({ operands: { lhs, rhs }, results: { result } }) => {
    const [left, right] = [valueSpec(lhs), valueSpec(rhs)];
    return contraction(
      sideOf(left, [], [left.shape.length - 1]),
      sideOf(right, [], [0]),
      valueSpec(result),
    );
  },
  dot_general: ({ operands: { lhs, rhs }, attrs, results: { result } }) => {
    const { dot_dimension_numbers: dims } = attrs;
    return contraction(
      sideOf(valueSpec(lhs), dims.lhsBatching, dims.lhsContracting),
      sideOf(valueSpec(rhs), dims.rhsBatching, dims.rhsContracting),
      valueSpec(result),
    );
  },
};
