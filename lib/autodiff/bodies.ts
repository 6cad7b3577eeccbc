/** @file Recognises what the region of a reduction, a window or a scatter computes. */
import type { Block, Operation, Region, Value } from "#lib/ir/graph.ts";
import { at } from "#lib/support/shape.ts";

/** What a region of scalars `(a, b)` returns. */
export type BodyKind = "add" | "subtract" | "multiply" | "maximum" | "minimum" | "first" | "second";

const BINARY: ReadonlySet<string> = new Set(["add", "subtract", "multiply", "maximum", "minimum"]);

/**
 * What a region of scalars `(a0, a1, ..., b0, b1, ...)` returns as result `index`: a function of that a and that b alone, or null
 * where it is none of these.
 */
export function bodyKind(region: Region, index = 0): BodyKind | null {
  const { entry } = region;
  const last = entry.last;
  const count = entry.args.length / 2;
  if (last === null || last.operandCount !== count || index >= count) return null;
  const result = last.operand(index);
  const [a, b] = [at(entry.args, index), at(entry.args, count + index)];
  if (result === a) return "first";
  if (result === b) return "second";
  const { op } = result;
  if (op === null || op.parent !== entry) return null;
  const name = op.name.replace("stablehlo.", "");
  if (!BINARY.has(name)) return null;
  const [left, right] = [op.operand(0), op.operand(1)];
  if (left === a && right === b) return name as BodyKind;
  if (left === b && right === a && name !== "subtract") return name as BodyKind;
  return null;
}

/**
 * Whether a region of (value, label, value, label) returns one of the two values with its own label, as argmax and argmin
 * are written: each value result is a selection between the two values, each label result one between the two labels.
 */
export function isPicker(region: Region): boolean {
  const { entry } = region;
  const last = entry.last;
  if (entry.args.length !== 4 || last === null || last.operandCount !== 2) return false;
  const [value, label, otherValue, otherLabel] = entry.args as [Value, Value, Value, Value];
  return (
    picks(entry, last.operand(0), new Set([value, otherValue])) &&
    picks(entry, last.operand(1), new Set([label, otherLabel]))
  );
}

const PICKS: ReadonlySet<string> = new Set(
  ["maximum", "minimum"].map((name) => `stablehlo.${name}`),
);

/** Whether a value is one of `candidates`, chosen by select, maximum or minimum. */
function picks(block: Block, value: Value, candidates: ReadonlySet<Value>): boolean {
  const seen = new Set<Value>();
  const work = [value];
  for (let next = work.pop(); next !== undefined; next = work.pop()) {
    if (candidates.has(next) || seen.has(next)) continue;
    seen.add(next);
    const { op } = next;
    if (op === null || op.parent !== block) return false;
    if (op.name === "stablehlo.select") work.push(op.operand(1), op.operand(2));
    else if (PICKS.has(op.name)) work.push(op.operand(0), op.operand(1));
    else return false;
  }
  return true;
}

/** Values that the regions of an operation use from outside. */
export function capturesOf(op: Operation): Value[] {
  const inside = new Set<Value>();
  const used = new Set<Value>();
  op.walk((inner) => {
    for (const { blocks } of inner.regions)
      for (const { args } of blocks) for (const arg of args) inside.add(arg);
    if (inner === op) return;
    for (const result of inner.results) inside.add(result);
    for (const operand of inner.operands) used.add(operand);
  });
  return [...used].filter((value) => !inside.has(value));
}

/** Whether the labels along `dim` all differ: a count along it, under shape changes that keep the dimension. */
export function countsAlong(value: Value, dim: number): boolean {
  const { op } = value;
  if (op === null) return false;
  const attr = (name: string): readonly number[] => {
    const list = op.attribute(name);
    return list?.kind === "denseArray" ? list.values.map(Number) : [];
  };
  switch (op.name) {
    case "stablehlo.iota":
    case "stablehlo.dynamic_iota": {
      const along = op.attribute("iota_dimension");
      return along?.kind === "integer" && Number(along.value) === dim;
    }
    case "stablehlo.convert":
      return countsAlong(op.operand(0), dim);
    case "stablehlo.broadcast_in_dim": {
      const source = attr("broadcast_dimensions").indexOf(dim);
      return source !== -1 && countsAlong(op.operand(0), source);
    }
    case "stablehlo.transpose":
      return countsAlong(op.operand(0), at(attr("permutation"), dim));
    case "stablehlo.reshape":
      return reshapedCounts(op, dim);
    default:
      return false;
  }
}

/** A reshape that adds or removes dimensions of size 1 only. */
function reshapedCounts(op: Operation, dim: number): boolean {
  const [from, to] = [op.operand(0).type, op.result().type];
  if (from.kind !== "tensor" || to.kind !== "tensor") return false;
  const solid = (shape: readonly number[]): number[] =>
    shape.flatMap((size, index) => (size === 1 ? [] : [index]));
  const [sources, targets] = [solid(from.shape), solid(to.shape)];
  if (sources.length !== targets.length) return false;
  if (!sources.every((source, i) => from.shape[source] === to.shape[at(targets, i)])) return false;
  const position = targets.indexOf(dim);
  return position !== -1 && countsAlong(op.operand(0), at(sources, position));
}
