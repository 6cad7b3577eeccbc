/** @file Inputs for a function that nobody gave any for: floats of moderate size, integers that are valid where they index. */
import { shapeOf } from "#lib/dialects/stablehlo/build.ts";
import { stablehlo } from "#lib/dialects/stablehlo/ops.ts";
import type { Operation, Value } from "#lib/ir/graph.ts";
import { attrsOf } from "#lib/ir/op-def.ts";
import { dtypeOf, isFloat } from "#lib/ir/types.ts";
import { invariant } from "#lib/support/assert.ts";
import { at, elementCount, range } from "#lib/support/shape.ts";
import { type Tensor, tensorFromNumbers } from "#lib/tensors/tensor.ts";

/** Pseudo-random numbers from a seed (mulberry32). */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** In [0, 1). */
  uniform(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let x = this.state;
    x = Math.imul(x ^ (x >>> 15), x | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  }

  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** In 0, 1, ..., count - 1. */
  below(count: number): number {
    return Math.floor(this.uniform() * count);
  }
}

/** Ops through which an integer reaches an index unchanged, or changed little. */
const PASSES: ReadonlySet<string> = new Set(
  ["reshape", "convert", "broadcast_in_dim", "concatenate", "select", "clamp", "transpose"].map(
    (name) => `stablehlo.${name}`,
  ),
);

/** What is known of the values of an integer argument. */
interface IndexUse {
  /** How many values it may take: the smallest dimension that it indexes, or that its labels are compared along; null for any. */
  readonly bound: number | null;
  /** Whether a scatter promises that no place is written twice. */
  readonly distinct: boolean;
}

/** Reads the uses of an integer argument. */
function indexUse(arg: Value): IndexUse {
  let bound: number | null = null;
  let distinct = false;
  const limit = (size: number): void => {
    bound = bound === null ? size : Math.min(bound, size);
  };
  const seen = new Set<Value>();
  const work = [arg];
  for (let value = work.pop(); value !== undefined; value = work.pop()) {
    if (seen.has(value)) continue;
    seen.add(value);
    for (const { owner, index } of value.uses()) {
      if (owner.name === stablehlo.gather.name && index === 1) {
        const { dimension_numbers: dims } = attrsOf(stablehlo.gather, owner);
        const shape = shapeOf(owner.operand(0));
        for (const dim of dims.startIndexMap.slice(-1)) limit(at(shape, dim));
      } else if (owner.name === stablehlo.scatter.name && index === owner.results.length) {
        const attrs = attrsOf(stablehlo.scatter, owner);
        const shape = shapeOf(owner.operand(0));
        const dims = attrs.scatter_dimension_numbers.scatterDimsToOperandDims;
        for (const dim of dims.slice(-1)) limit(at(shape, dim));
        if (attrs.unique_indices) distinct = true;
      } else if (owner.name === stablehlo.compare.name)
        limitByIota(owner.operand(1 - index), limit);
      else if (PASSES.has(owner.name)) work.push(...owner.results);
    }
  }
  return { bound, distinct };
}

/** How many values an integer argument may take; null where nothing says. */
export const indexBound = (arg: Value): number | null => indexUse(arg).bound;

/** `count` different numbers below `bound`, in random order; they begin again where there are not as many. */
function differentNumbers(random: Random, count: number, bound: number): number[] {
  const numbers = range(bound);
  for (let i = bound - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [numbers[i], numbers[j]] = [at(numbers, j), at(numbers, i)];
  }
  return range(count).map((i) => at(numbers, i % bound));
}

/** Labels compared with a count lie below the end of the count. */
function limitByIota(value: Value, limit: (size: number) => void): void {
  let { op } = value;
  while (op !== null && PASSES.has(op.name)) op = op.operand(0).op;
  if (op?.name !== stablehlo.iota.name) return;
  limit(at(shapeOf(op.result()), attrsOf(stablehlo.iota, op).iota_dimension));
}

/** How floats are drawn: around zero, or away from it where a function is defined for positive numbers only. */
export type FloatRange = "normal" | "positive";

/** One tensor per argument of `fn`, which must be static. */
export function randomInputs(fn: Operation, random: Random, within: FloatRange): Tensor[] {
  return fn.region().entry.args.map((arg) => {
    const { type } = arg;
    invariant(type.kind === "tensor", "argument of tensor type");
    const dtype = dtypeOf(type.element);
    invariant(dtype !== null, "argument of an element type with storage");
    const count = elementCount(type.shape);
    const width = type.shape.length >= 2 ? at(type.shape, type.shape.length - 1) : 1;
    const scale = 1 / Math.sqrt(Math.min(width, 64));
    const use = isFloat(type) ? null : indexUse(arg);
    const bound = dtype === "i1" ? 2 : (use?.bound ?? 2);
    if (use?.distinct)
      return tensorFromNumbers(dtype, type.shape, differentNumbers(random, count, bound));
    const draw = (): number => {
      if (!isFloat(type)) return random.below(bound);
      return within === "normal" ? random.normal() * scale : 0.5 + random.uniform();
    };
    return tensorFromNumbers(dtype, type.shape, Array.from({ length: count }, draw));
  });
}
