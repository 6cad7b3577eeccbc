/** @file Kernels of elementwise ops: a loop chosen by element class, driven over lanes. */
import type { ElementwiseOpName } from "#lib/dialects/stablehlo/ops.ts";
import type { Value } from "#lib/ir/graph.ts";
import { bitWidth, type DType } from "#lib/tensors/dtype.ts";
import type { TensorData } from "#lib/tensors/tensor.ts";
import {
  type ComplexBinaryName,
  complexAbs,
  complexBinary,
  complexEqual,
  complexUnary,
  isComplexBinary,
  isComplexUnary,
} from "../complex.ts";
import { convertPlan } from "../convert.ts";
import { type LaneLoop, type LaneSpec, laneCompute } from "../lanes.ts";
import {
  type BinaryLoop,
  compareLoops,
  floatBinary,
  floatUnary,
  type UnaryLoop,
} from "../loops-float.ts";
import {
  type IntegerBinaryName,
  integerBinary,
  integerUnary,
  type wholeUnary,
} from "../loops-integer.ts";
import {
  type Compute,
  type KernelTable,
  type Plan,
  type PlanContext,
  type Source,
  Unsupported,
  valueSpec,
} from "../plan.ts";
import { reducePrecision, sourceFormatOf, totalOrderKeys } from "../precision.ts";
import { classOf, type FloatArray, isPlainFloat } from "../storage.ts";
import { copyAll, unitsOf, unitsPerElement } from "../strided.ts";
import { wideBinary, wideCompare, wideUnary } from "../wide.ts";

interface UnaryView {
  readonly operands: { readonly operand: Value };
  readonly results: { readonly result: Value };
}

interface BinaryView {
  readonly operands: { readonly lhs: Value; readonly rhs: Value };
  readonly results: { readonly result: Value };
}

const unaryLoop =
  (loop: UnaryLoop): LaneLoop =>
  ([a], out, to, count) => {
    if (a !== undefined) loop(a.array, a.offset, out, to, count);
  };

const binaryLoop =
  (loop: BinaryLoop): LaneLoop =>
  ([a, b], out, to, count) => {
    if (a !== undefined && b !== undefined)
      loop(a.array, a.offset, b.array, b.offset, out, to, count);
  };

const laneSpec = ({ value, repeat }: Source): LaneSpec => ({
  dtype: valueSpec(value).dtype,
  repeat,
});

/** A plan over lanes; operands of the result's type may give their arrays. */
function lanePlan(
  sources: readonly Source[],
  outType: DType | "truth",
  total: number,
  loop: LaneLoop,
): Plan {
  const inPlace: number[] = [];
  sources.forEach(({ value, repeat }, i) => {
    if (repeat === null && valueSpec(value).dtype === outType) inPlace.push(i);
  });
  return {
    kind: "compute",
    inputs: sources.map(({ value }) => value),
    run: laneCompute(sources.map(laneSpec), outType, total, loop),
    inPlace,
  };
}

const compute = (run: Compute, inPlace: readonly number[] = []): Plan => ({
  kind: "compute",
  run,
  inPlace,
});

const unsupported = (name: string, dtype: DType): Unsupported =>
  new Unsupported(`has no meaning for ${name === "not" ? "floating-point" : "integer"} ${dtype}`);

/** A unary op with a loop for floats; some have one for integers and one for complex numbers. */
const unary =
  (name: keyof typeof floatUnary) =>
  ({ operands: { operand }, results: { result } }: UnaryView, context: PlanContext) => {
    const { dtype, count } = valueSpec(result);
    switch (classOf(dtype)) {
      case "float":
        return lanePlan([context.source(operand)], dtype, count, unaryLoop(floatUnary[name]));
      case "complex":
        return isComplexUnary(name) ? compute(complexUnary(name), [0]) : unsupported(name, dtype);
      default:
        if (name !== "negate" && name !== "sign" && name !== "abs") return unsupported(name, dtype);
        return integerPlan(name, operand, dtype, count, context);
    }
  };

function integerPlan(
  name: keyof typeof wholeUnary | "not",
  operand: Value,
  dtype: DType,
  count: number,
  context: PlanContext,
): Plan {
  if (classOf(dtype) === "wide") return compute(wideUnary(name, dtype, count), [0]);
  return lanePlan([context.source(operand)], dtype, count, unaryLoop(integerUnary(name, dtype)));
}

/** A binary op by the element class of its operands. */
const binary =
  (
    float: keyof typeof floatBinary | null,
    integer: IntegerBinaryName | null,
    complex: ComplexBinaryName | null,
  ) =>
  ({ operands: { lhs, rhs } }: BinaryView, context: PlanContext): Plan | Unsupported => {
    const { dtype, count } = valueSpec(lhs);
    const kind = classOf(dtype);
    if (kind === "complex")
      return complex !== null && isComplexBinary(complex)
        ? compute(complexBinary(complex), [0, 1])
        : new Unsupported(`has no meaning for ${dtype}`);
    if (kind === "float") {
      if (float === null) return new Unsupported(`has no meaning for ${dtype}`);
      const sources = [context.source(lhs), context.source(rhs)];
      return lanePlan(sources, dtype, count, binaryLoop(floatBinary[float]));
    }
    if (integer === null) return new Unsupported(`has no meaning for ${dtype}`);
    if (kind === "wide") return compute(wideBinary(integer, dtype, count), [0, 1]);
    const sources = [context.source(lhs), context.source(rhs)];
    return lanePlan(sources, dtype, count, binaryLoop(integerBinary(integer, dtype)));
  };

const arithmetic = (
  name: keyof typeof floatBinary & IntegerBinaryName & ComplexBinaryName,
): ReturnType<typeof binary> => binary(name, name, name);

const bitwise = (name: IntegerBinaryName): ReturnType<typeof binary> => binary(null, name, null);

/** Comparison of bit patterns in the floats' total order. */
function totalOrderPlan(direction: keyof typeof compareLoops, dtype: DType): Plan {
  const compareKeys: { readonly [D in typeof direction]: (a: number, b: number) => boolean } = {
    EQ: (a, b) => a === b,
    NE: (a, b) => a !== b,
    GE: (a, b) => a >= b,
    GT: (a, b) => a > b,
    LE: (a, b) => a <= b,
    LT: (a, b) => a < b,
  };
  const holds = compareKeys[direction];
  return compute((inputs, outputs) => {
    const a = totalOrderKeys(dtype, inputs[0] as TensorData);
    const b = totalOrderKeys(dtype, inputs[1] as TensorData);
    const out = outputs[0] as Uint8Array;
    for (let i = 0; i < out.length; i++) out[i] = holds(a[i] as number, b[i] as number) ? 1 : 0;
  });
}

/** Takes units from one of two arrays by a predicate per element. */
function selectUnits(units: number): Compute {
  return (inputs, outputs) => {
    const pred = inputs[0] as Uint8Array;
    const onTrue = unitsOf(inputs[1] as TensorData);
    const onFalse = unitsOf(inputs[2] as TensorData);
    const out = unitsOf(outputs[0] as TensorData);
    if (units === 1) {
      for (let i = 0; i < out.length; i++)
        out[i] = (pred[i] === 0 ? onFalse[i] : onTrue[i]) as number;
      return;
    }
    for (let i = 0; i < pred.length; i++) {
      const from = pred[i] === 0 ? onFalse : onTrue;
      for (let j = i * units; j < (i + 1) * units; j++) out[j] = from[j] as number;
    }
  };
}

/** `pred ? a : b` on floats, where operands may be repeated. */
const selectLoop: LaneLoop = ([p, a, b], out, to, count) => {
  if (p === undefined || a === undefined || b === undefined) return;
  const [pred, onTrue, onFalse] = [p.array, a.array, b.array];
  const [po, ao, bo] = [p.offset, a.offset, b.offset];
  for (let i = 0; i < count; i++)
    out[to + i] = (pred[po + i] === 0 ? onFalse[bo + i] : onTrue[ao + i]) as number;
};

const selectScalar: Compute = (inputs, outputs) => {
  const chosen = (inputs[0] as Uint8Array)[0] === 0 ? inputs[2] : inputs[1];
  if (chosen !== outputs[0]) copyAll(chosen as TensorData, outputs[0] as TensorData);
};

/** min(max(x, low), high); NaN stays NaN. */
const clampLoop: LaneLoop = ([low, x, high], out, to, count) => {
  if (low === undefined || x === undefined || high === undefined) return;
  const [a, b, c] = [low.array, x.array, high.array];
  const [ao, bo, co] = [low.offset, x.offset, high.offset];
  for (let i = 0; i < count; i++)
    out[to + i] = Math.min(Math.max(b[bo + i] as number, a[ao + i] as number), c[co + i] as number);
};

/** Clamp of 64-bit integers, whose bounds may be scalars. */
function clampWide(scalarLow: boolean, scalarHigh: boolean): Compute {
  return (inputs, outputs) => {
    const [low, x, high] = inputs as readonly [BigInt64Array, BigInt64Array, BigInt64Array];
    const out = outputs[0] as BigInt64Array;
    for (let i = 0; i < out.length; i++) {
      const least = low[scalarLow ? 0 : i] as bigint;
      const most = high[scalarHigh ? 0 : i] as bigint;
      let value = x[i] as bigint;
      if (value < least) value = least;
      out[i] = value > most ? most : value;
    }
  };
}

/** A scalar operand of an op that repeats it everywhere by itself. */
const spread = (source: Source, total: number): Source =>
  source.repeat === null && valueSpec(source.value).count === 1
    ? { value: source.value, repeat: { times: total, kept: 1, inner: 1 } }
    : source;

const isFiniteLoop: LaneLoop = ([a], out, to, count) => {
  if (a === undefined) return;
  const { array, offset } = a;
  for (let i = 0; i < count; i++)
    out[to + i] = Math.abs(array[offset + i] as number) < Infinity ? 1 : 0;
};

/** Reads bits as another element type: little-endian, fields of less than a byte from the lowest bit up. */
function bitcast(from: DType, to: DType): Compute {
  const [fromBits, toBits] = [bitWidth(from), bitWidth(to)];
  if (fromBits >= 8 && toBits >= 8)
    return (inputs, outputs) => {
      const [source, target] = [inputs[0] as TensorData, outputs[0] as TensorData];
      new Uint8Array(target.buffer as ArrayBuffer, target.byteOffset, target.byteLength).set(
        new Uint8Array(source.buffer as ArrayBuffer, source.byteOffset, source.byteLength),
      );
    };
  const signed = to.startsWith("i") && to !== "i1";
  return (inputs, outputs) => {
    const bytes = (data: TensorData): Uint8Array =>
      new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);
    const [source, target] = [bytes(inputs[0] as TensorData), bytes(outputs[0] as TensorData)];
    // One byte of storage holds `width` bits of content.
    const [width, toWidth] = [Math.min(fromBits, 8), Math.min(toBits, 8)];
    target.fill(0);
    for (let bit = 0; bit < source.length * width; bit++) {
      const value = ((source[Math.floor(bit / width)] as number) >> (bit % width)) & 1;
      const at = Math.floor(bit / toWidth);
      target[at] = (target[at] as number) | (value << (bit % toWidth));
    }
    if (!signed || toWidth === 8) return;
    const shift = 32 - toWidth;
    for (let i = 0; i < target.length; i++) target[i] = ((target[i] as number) << shift) >> shift;
  };
}

export const elementwiseKernels: KernelTable<ElementwiseOpName> = {
  add: arithmetic("add"),
  subtract: arithmetic("subtract"),
  multiply: arithmetic("multiply"),
  divide: arithmetic("divide"),
  remainder: arithmetic("remainder"),
  power: arithmetic("power"),
  maximum: arithmetic("maximum"),
  minimum: arithmetic("minimum"),
  atan2: binary("atan2", null, "atan2"),
  negate: unary("negate"),
  abs: (view, context) => {
    const { operand } = view.operands;
    const { dtype } = valueSpec(operand);
    return classOf(dtype) === "complex" ? compute(complexAbs) : unary("abs")(view, context);
  },
  sign: unary("sign"),
  exponential: unary("exponential"),
  exponential_minus_one: unary("exponential_minus_one"),
  log: unary("log"),
  log_plus_one: unary("log_plus_one"),
  sqrt: unary("sqrt"),
  rsqrt: unary("rsqrt"),
  cbrt: unary("cbrt"),
  tanh: unary("tanh"),
  tan: unary("tan"),
  logistic: unary("logistic"),
  sine: unary("sine"),
  cosine: unary("cosine"),
  ceil: unary("ceil"),
  floor: unary("floor"),
  round_nearest_even: unary("round_nearest_even"),
  round_nearest_afz: unary("round_nearest_afz"),
  is_finite: ({ operands: { x } }, context) =>
    lanePlan([context.source(x)], "truth", valueSpec(x).count, isFiniteLoop),
  not: ({ operands: { operand } }, context) => {
    const { dtype, count } = valueSpec(operand);
    return integerPlan("not", operand, dtype, count, context);
  },
  and: bitwise("and"),
  or: bitwise("or"),
  xor: bitwise("xor"),
  shift_left: bitwise("shift_left"),
  shift_right_arithmetic: bitwise("shift_right_arithmetic"),
  shift_right_logical: bitwise("shift_right_logical"),
  compare: ({ operands: { lhs, rhs }, attrs }, context) => {
    const { dtype, count } = valueSpec(lhs);
    const { comparison_direction: direction, compare_type: type } = attrs;
    const kind = classOf(dtype);
    if (kind === "wide") return compute(wideCompare(direction, dtype, count));
    if (kind === "complex")
      return direction === "EQ" || direction === "NE"
        ? compute(complexEqual(direction === "EQ"))
        : new Unsupported(`orders complex numbers by ${direction}`);
    if (type === "TOTALORDER" && kind === "float") return totalOrderPlan(direction, dtype);
    const loop = compareLoops[direction];
    return lanePlan(
      [context.source(lhs), context.source(rhs)],
      "truth",
      count,
      ([a, b], out, to, n) => {
        if (a !== undefined && b !== undefined)
          loop(a.array, a.offset, b.array, b.offset, out, to, n);
      },
    );
  },
  select: ({ operands: { pred, on_true, on_false } }, context) => {
    const { dtype, count } = valueSpec(on_true);
    if (valueSpec(pred).shape.length === 0 && valueSpec(on_true).shape.length > 0)
      return compute(selectScalar, [1, 2]);
    const sources = [pred, on_true, on_false].map((value) => context.source(value));
    if (isPlainFloat(dtype) && sources.some(({ repeat }) => repeat !== null))
      return lanePlan(sources, dtype, count, selectLoop);
    return compute(selectUnits(unitsPerElement(dtype)), [1, 2]);
  },
  clamp: ({ operands: { min, operand, max } }, context) => {
    const { dtype, count } = valueSpec(operand);
    const kind = classOf(dtype);
    if (kind === "complex") return new Unsupported(`has no meaning for ${dtype}`);
    if (kind === "wide")
      return compute(clampWide(valueSpec(min).count === 1, valueSpec(max).count === 1), [1]);
    const sources = [
      spread(context.source(min), count),
      context.source(operand),
      spread(context.source(max), count),
    ];
    return lanePlan(sources, dtype, count, clampLoop);
  },
  convert: ({ operands: { operand }, results: { result } }, context) =>
    convertPlan(context.source(operand), operand, valueSpec(result)),
  bitcast_convert: ({ operands: { operand }, results: { result } }) =>
    compute(bitcast(valueSpec(operand).dtype, valueSpec(result).dtype)),
  reduce_precision: ({ operands: { operand }, attrs }, context) => {
    const { dtype, count } = valueSpec(operand);
    const { exponent_bits: exponentBits, mantissa_bits: mantissaBits } = attrs;
    const source = sourceFormatOf(dtype);
    return lanePlan([context.source(operand)], dtype, count, ([a], out, to, n) => {
      if (a === undefined) return;
      const array: FloatArray = a.array;
      for (let i = 0; i < n; i++)
        out[to + i] = reducePrecision(
          array[a.offset + i] as number,
          exponentBits,
          mantissaBits,
          source,
        );
    });
  },
};
