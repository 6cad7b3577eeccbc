/** @file Drives elementwise loops: directly on plain arrays, else chunk by chunk through scratch arrays. */
import type { DType } from "#lib/tensors/dtype.ts";
import type { TensorData } from "#lib/tensors/tensor.ts";
import type { LoopOut } from "./loops-float.ts";
import type { Compute, Repeat } from "./plan.ts";
import { CHUNK, decode, decodeAll, encode, type FloatArray, isPlainFloat } from "./storage.ts";

/** Where a loop finds an operand's elements of the present chunk. */
export interface Lane {
  array: FloatArray;
  offset: number;
}

/** An operand of an elementwise op. */
export interface LaneSpec {
  readonly dtype: DType;
  readonly repeat: Repeat | null;
}

/** Runs a loop on the lanes of one chunk. */
export type LaneLoop = (
  lanes: readonly Lane[],
  out: LoopOut,
  outOffset: number,
  count: number,
) => void;

const scratch64 = [0, 1, 2, 3].map(() => new Float64Array(CHUNK));
const scratch32 = [0, 1, 2].map(() => new Float32Array(CHUNK));
const outScratch = scratch64[3] as Float64Array;

/** Writes elements `from .. from + count` of a repeated list. */
export function expand(
  source: FloatArray,
  { kept, inner }: Repeat,
  from: number,
  count: number,
  to: FloatArray,
): void {
  let k = Math.floor(from / inner) % kept;
  let left = inner - (from % inner);
  let i = 0;
  if (inner === 1) {
    while (i < count) {
      const run = Math.min(kept - k, count - i);
      for (let j = 0; j < run; j++) to[i + j] = source[k + j] as number;
      i += run;
      k = 0;
    }
    return;
  }
  while (i < count) {
    const end = Math.min(count, i + left);
    const value = source[k] as number;
    for (; i < end; i++) to[i] = value;
    left = inner;
    k = k + 1 === kept ? 0 : k + 1;
  }
}

/** Brings one operand's chunk into its lane. */
type Feed = (lane: Lane, from: number, count: number) => void;

function feedOf(spec: LaneSpec, data: TensorData, index: number, total: number, lane: Lane): Feed {
  const plain = isPlainFloat(spec.dtype);
  const { repeat } = spec;
  if (repeat === null && plain) {
    lane.array = data as FloatArray;
    return (to, from) => {
      to.offset = from;
    };
  }
  const scratch = (spec.dtype === "f32" ? scratch32 : scratch64)[index] as FloatArray;
  lane.array = scratch;
  lane.offset = 0;
  if (repeat === null)
    return (_, from, count) => decode(spec.dtype, data, from, scratch as Float64Array, count);
  const source = plain ? (data as FloatArray) : decodeAll(spec.dtype, data);
  if (repeat.kept !== 1) return (_, from, count) => expand(source, repeat, from, count, scratch);
  scratch.fill(source[0] as number, 0, Math.min(CHUNK, total));
  return () => {};
}

/**
 * An elementwise computation over `total` slots.
 * @param outType - element type of the result, whose values the loop computes; `truth` where it writes i1 itself.
 */
export function laneCompute(
  specs: readonly LaneSpec[],
  outType: DType | "truth",
  total: number,
  loop: LaneLoop,
): Compute {
  const outDirect = outType === "truth" || isPlainFloat(outType);
  const direct =
    outDirect && specs.every(({ dtype, repeat }) => repeat === null && isPlainFloat(dtype));
  if (direct)
    return (inputs, outputs) => {
      const lanes = inputs.map((array) => ({ array: array as FloatArray, offset: 0 }));
      loop(lanes, outputs[0] as LoopOut, 0, total);
    };
  return (inputs, outputs) => {
    const out = outputs[0] as TensorData;
    const lanes: Lane[] = specs.map(() => ({ array: outScratch, offset: 0 }));
    const feeds = specs.map((spec, i) =>
      feedOf(spec, inputs[i] as TensorData, i, total, lanes[i] as Lane),
    );
    for (let from = 0; from < total; from += CHUNK) {
      const count = Math.min(CHUNK, total - from);
      for (let i = 0; i < feeds.length; i++) (feeds[i] as Feed)(lanes[i] as Lane, from, count);
      if (outDirect) loop(lanes, out as LoopOut, from, count);
      else {
        loop(lanes, outScratch, 0, count);
        encode(outType, outScratch, out, from, count);
      }
    }
  };
}
