/** @file Combining one stored element with another in place, for scatters. */
import type { DType } from "#lib/tensors/dtype.ts";
import type { TensorData } from "#lib/tensors/tensor.ts";
import type { Combiner } from "./body.ts";
import { floatBinary } from "./loops-float.ts";
import { integerBinary } from "./loops-integer.ts";
import { classOf, decode, encode, type FloatArray, isPlainFloat } from "./storage.ts";
import { bigCombiner } from "./wide.ts";

/** Combines `count` elements at table positions: `target[base + to[i]] = target[...] <op> source[from + at[i]]`. */
export type CombineRun = (
  target: TensorData,
  targetBase: number,
  targetTable: Int32Array,
  source: TensorData,
  sourceBase: number,
  sourceTable: Int32Array,
) => void;

const addRun: CombineRun = (target, base, table, source, from, sourceTable) => {
  const [o, u] = [target as FloatArray, source as FloatArray];
  for (let i = 0; i < table.length; i++) {
    const to = base + (table[i] as number);
    o[to] = (o[to] as number) + (u[from + (sourceTable[i] as number)] as number);
  }
};

const left = new Float64Array(1);
const right = new Float64Array(1);

/** How a combiner updates elements of a type, or null where only its body can say. */
export function combineRun(name: Combiner, dtype: DType): CombineRun | null {
  const kind = classOf(dtype);
  if (kind === "complex") return null;
  if (name === "add" && isPlainFloat(dtype)) return addRun;
  if (kind === "wide") {
    const exact = bigCombiner(name);
    return (target, base, table, source, from, sourceTable) => {
      const [o, u] = [target as BigInt64Array, source as BigInt64Array];
      for (let i = 0; i < table.length; i++) {
        const to = base + (table[i] as number);
        o[to] = exact(o[to] as bigint, u[from + (sourceTable[i] as number)] as bigint);
      }
    };
  }
  if (kind === "float" && !Object.hasOwn(floatBinary, name)) return null;
  const loop =
    kind === "float" ? floatBinary[name as keyof typeof floatBinary] : integerBinary(name, dtype);
  return (target, base, table, source, from, sourceTable) => {
    for (let i = 0; i < table.length; i++) {
      const to = base + (table[i] as number);
      decode(dtype, target, to, left, 1);
      decode(dtype, source, from + (sourceTable[i] as number), right, 1);
      loop(left, 0, right, 0, left, 0, 1);
      encode(dtype, left, target, to, 1);
    }
  };
}
