/** @file Conversion of elements between any two types. */
import type { Value } from "#lib/ir/graph.ts";
import type { DType } from "#lib/tensors/dtype.ts";
import type { TensorData } from "#lib/tensors/tensor.ts";
import { type LaneLoop, laneCompute } from "./lanes.ts";
import { copyLoop } from "./loops-float.ts";
import { saturate } from "./loops-integer.ts";
import { type Compute, type Plan, type Source, type TensorSpec, valueSpec } from "./plan.ts";
import { CHUNK, classOf, decode, encode, storeSafe, wordsOf } from "./storage.ts";
import { copyAll } from "./strided.ts";
import { numbersToWide, wideToNumbers } from "./wide.ts";

const numbers = new Float64Array(CHUNK);

const copyLanes: LaneLoop = ([a], out, to, count) => {
  if (a !== undefined) copyLoop(a.array, a.offset, out, to, count);
};

/** Narrows 64-bit integers to at most 32 bits: the low word, wrapped further; i1 is `value != 0`. */
function narrowWide(to: DType): Compute {
  return (inputs, outputs) => {
    const words = wordsOf(inputs[0] as TensorData);
    const out = outputs[0] as TensorData;
    for (let from = 0; from < out.length; from += CHUNK) {
      const count = Math.min(CHUNK, out.length - from);
      for (let i = 0; i < count; i++) {
        const low = words[2 * (from + i)] as number;
        numbers[i] = to === "i1" ? low | (words[2 * (from + i) + 1] as number) : low;
      }
      encode(to, numbers, out, from, count);
    }
  };
}

/** To floats: exact below 2^53, above rounded once to the result's type. */
function wideToFloat(from: DType, to: DType): Compute {
  const options = { unsigned: from === "ui64", toOdd: to !== "f64" && to !== "complex<f64>" };
  return (inputs, outputs) => {
    const out = outputs[0] as TensorData;
    for (let at = 0; at < out.length; at += CHUNK) {
      const count = Math.min(CHUNK, out.length - at);
      wideToNumbers(inputs[0] as TensorData, at, count, numbers, options);
      encode(to, numbers, out, at, count);
    }
  };
}

/** To 64-bit integers: integers are extended, floats truncated and saturated. */
function toWide(from: DType, to: DType): Compute {
  const isFloat = classOf(from) === "float";
  return (inputs, outputs) => {
    const out = outputs[0] as TensorData;
    for (let at = 0; at < out.length; at += CHUNK) {
      const count = Math.min(CHUNK, out.length - at);
      decode(from, inputs[0] as TensorData, at, numbers, count);
      if (isFloat) numbersToWide(numbers, out, at, count, to === "ui64");
      else storeSafe(numbers, wordsOf(out), at, count);
    }
  };
}

/** The real parts as an array of the component type. */
function realParts(data: TensorData): TensorData {
  const pairs = data as Float32Array | Float64Array;
  const real =
    pairs instanceof Float32Array
      ? new Float32Array(pairs.length / 2)
      : new Float64Array(pairs.length / 2);
  for (let i = 0; i < real.length; i++) real[i] = pairs[2 * i] as number;
  return real;
}

const componentOf = (dtype: DType): DType =>
  dtype === "complex<f32>" ? "f32" : dtype === "complex<f64>" ? "f64" : dtype;

/** What converts `count` elements that are not repeated. */
function convertCompute(from: DType, to: DType, count: number): Compute {
  const [fromClass, toClass] = [classOf(from), classOf(to)];
  if (fromClass === "complex" && toClass === "complex")
    return laneCompute(
      [{ dtype: componentOf(from), repeat: null }],
      componentOf(to),
      2 * count,
      copyLanes,
    );
  if (fromClass === "complex") {
    const convert = convertCompute(componentOf(from), to, count);
    return (inputs, outputs, frame) =>
      convert([realParts(inputs[0] as TensorData)], outputs, frame);
  }
  if (toClass === "complex") {
    const component = componentOf(to);
    const convert = convertCompute(from, component, count);
    return (inputs, outputs, frame) => {
      const pairs = outputs[0] as Float64Array;
      const real = component === "f32" ? new Float32Array(count) : new Float64Array(count);
      convert(inputs, [real], frame);
      for (let i = 0; i < count; i++) {
        pairs[2 * i] = real[i] as number;
        pairs[2 * i + 1] = 0;
      }
    };
  }
  if (fromClass === "wide") {
    if (toClass === "wide")
      return (inputs, outputs) => copyAll(inputs[0] as TensorData, outputs[0] as TensorData);
    return toClass === "integer" ? narrowWide(to) : wideToFloat(from, to);
  }
  if (toClass === "wide") return toWide(from, to);
  return laneCompute([{ dtype: from, repeat: null }], to, count, laneLoop(from, to));
}

/** Floats to integers saturate; everything else is rounded or wrapped by storing it. */
function laneLoop(from: DType, to: DType): LaneLoop {
  if (classOf(from) !== "float" || classOf(to) !== "integer" || to === "i1") return copyLanes;
  const loop = saturate(to);
  return ([a], out, at, count) => {
    if (a !== undefined) loop(a.array, a.offset, out, at, count);
  };
}

/** Converts a value, seen through a broadcast where that is possible. */
export function convertPlan(source: Source, operand: Value, result: TensorSpec): Plan {
  const from = valueSpec(operand).dtype;
  const { dtype: to, count } = result;
  if (from === to) return { kind: "alias" };
  const byLane = [from, to].every(
    (dtype) => classOf(dtype) === "float" || classOf(dtype) === "integer",
  );
  if (!byLane || source.repeat === null)
    return { kind: "compute", run: convertCompute(from, to, count) };
  return {
    kind: "compute",
    inputs: [source.value],
    run: laneCompute([{ dtype: from, repeat: source.repeat }], to, count, laneLoop(from, to)),
  };
}
