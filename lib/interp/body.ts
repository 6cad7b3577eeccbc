/** @file Bodies of reductions, scatters and sorts: recognised ones become loops, others run on one element at a time. */
import type { ComparisonDirection } from "#lib/dialects/stablehlo/attrs.ts";
import { stablehlo } from "#lib/dialects/stablehlo/ops.ts";
import type { Block, Value } from "#lib/ir/graph.ts";
import { attrsOf } from "#lib/ir/op-def.ts";
import { present } from "#lib/support/assert.ts";
import { at } from "#lib/support/shape.ts";
import { isComplexDType } from "#lib/tensors/dtype.ts";
import { allocate, type TensorData } from "#lib/tensors/tensor.ts";
import { type Body, type Buffer, type Frame, type TensorSpec, valueSpec } from "./plan.ts";

/** Combiners with loops of their own. */
export const COMBINERS = ["add", "multiply", "maximum", "minimum", "and", "or", "xor"] as const;
export type Combiner = (typeof COMBINERS)[number];

/** The values that a block's terminator hands over. */
export const returnedBy = (block: Block): readonly Value[] =>
  present(block.last, "terminator").operands;

/** The combiner of a block `(a, b) -> a <op> b`, or null. */
export function combinerOf(block: Block): Combiner | null {
  const { first } = block;
  const [a, b] = block.args;
  const returned = returnedBy(block);
  if (first === null || first.next !== block.last || block.args.length !== 2) return null;
  if (returned.length !== 1 || returned[0] !== first.results[0]) return null;
  const [x, y] = first.operands;
  if (!((x === a && y === b) || (x === b && y === a))) return null;
  return COMBINERS.find((name) => `stablehlo.${name}` === first.name) ?? null;
}

/** Whether a block `(a, b)` hands over b as it is. */
export const returnsUpdate = (block: Block): boolean =>
  block.args.length === 2 &&
  block.first === block.last &&
  returnedBy(block).length === 1 &&
  returnedBy(block)[0] === block.args[1];

/** A sort's comparator that compares one operand's two elements. */
export interface SimpleComparator {
  readonly input: number;
  readonly direction: ComparisonDirection;
  readonly totalOrder: boolean;
}

const SWAPPED: { readonly [D in ComparisonDirection]: ComparisonDirection } = {
  EQ: "EQ",
  NE: "NE",
  GE: "LE",
  GT: "LT",
  LE: "GE",
  LT: "GT",
};

/** The comparator of a block that compares two arguments of one operand, or null. */
export function comparatorOf(block: Block): SimpleComparator | null {
  const { first } = block;
  if (first === null || first.next !== block.last || first.name !== "stablehlo.compare")
    return null;
  if (returnedBy(block)[0] !== first.results[0]) return null;
  const [x, y] = [block.args.indexOf(first.operand(0)), block.args.indexOf(first.operand(1))];
  if (x < 0 || y < 0 || x >> 1 !== y >> 1 || x === y) return null;
  const { comparison_direction: direction, compare_type: type } = attrsOf(stablehlo.compare, first);
  return {
    input: x >> 1,
    direction: x < y ? direction : SWAPPED[direction],
    totalOrder: type === "TOTALORDER",
  };
}

/** Copies one element. */
export function moveElement(
  source: TensorData,
  from: number,
  target: TensorData,
  to: number,
  slots: number,
): void {
  if (slots === 1) target[to] = source[from] as number;
  else {
    target[2 * to] = source[2 * from] as number;
    target[2 * to + 1] = source[2 * from + 1] as number;
  }
}

/** Slots of storage per element. */
export const slotsOf = ({ dtype }: TensorSpec): number => (isComplexDType(dtype) ? 2 : 1);

/** Calls a body on single elements: arguments are written into `args`, results are left in `results`. */
export class ElementCall {
  readonly args: readonly TensorData[];
  readonly results: readonly TensorData[];
  private readonly body: Body;
  private readonly buffers: readonly Buffer[];
  private readonly slots: readonly number[];

  constructor(block: Block, body: Body) {
    const scalar = (value: Value): TensorData => allocate(valueSpec(value).dtype, 1);
    this.body = body;
    this.args = block.args.map(scalar);
    this.buffers = this.args.map((data) => ({ data, refs: 1, bucket: null }));
    this.results = returnedBy(block).map(scalar);
    this.slots = returnedBy(block).map((value) => slotsOf(valueSpec(value)));
  }

  /** Runs the body. */
  run(frame: Frame): void {
    const results = this.body.run(frame, this.buffers);
    for (let i = 0; i < results.length; i++) {
      const result = results[i] as Buffer;
      moveElement(result.data, 0, at(this.results, i), 0, at(this.slots, i));
      frame.machine.release(result);
    }
  }
}
