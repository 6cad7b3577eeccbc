/** @file The pcp-to-bf16 pass: contractions read bf16 and give f32; everything else, parameters included, stays f32. */

import {
  functionsOf,
  isDeclaration,
  PCP_ROLE,
  resultAttrsOf,
  stringOf,
} from "#lib/dialects/func/functions.ts";
import { StablehloBuilder } from "#lib/dialects/stablehlo/build.ts";
import { stablehlo } from "#lib/dialects/stablehlo/ops.ts";
import { Builder } from "#lib/ir/builder.ts";
import type { Operation, Value } from "#lib/ir/graph.ts";
import { attrsOf } from "#lib/ir/op-def.ts";
import { elementOf, floatType } from "#lib/ir/types.ts";
import { at } from "#lib/support/shape.ts";
import { definePass } from "./pass.ts";
import { definedBy, dimsOf } from "./rewrite/match.ts";

/** Where a barrier keeps the compiler from fusing an epilogue into a contraction. */
export type BarrierPlace = "head" | "scores";

export interface ToBf16Options {
  readonly barriers: readonly string[];
  /** Contractions with batching dimensions too: attention. */
  readonly batched: boolean;
  /** Contractions with fewer multiplications stay f32. */
  readonly minFlops: number;
}

const BF16 = floatType("bf16");

/** Conversions made so far by value, so that each is made once. */
class Conversions {
  private readonly known = new Map<Value, Value>();

  /** The value in bf16, converted right after its definition. */
  of(value: Value, user: Operation): Value {
    const known = this.known.get(value);
    if (known !== undefined) return known;
    const widened = definedBy(value, "stablehlo.convert");
    if (widened !== null && elementOf(widened.operand(0).type) === BF16) return widened.operand(0);
    const block = value.op === null ? value.block : value.op.parent;
    if (block === null) return value;
    const anchor = value.op === null ? block.first : value.op.next;
    const b = new StablehloBuilder(new Builder(block, anchor, value.op?.loc ?? user.loc));
    const narrow = b.convert(value, BF16);
    this.known.set(value, narrow);
    return narrow;
  }
}

const isF32 = (value: Value): boolean => elementOf(value.type).text === "f32";

/** Multiplications of a contraction. */
function flopsOf(op: Operation): number {
  const { lhsContracting } = attrsOf(stablehlo.dot_general, op).dot_dimension_numbers;
  const shape = dimsOf(op.operand(0));
  const inner = lhsContracting.reduce((n, dim) => n * at(shape, dim), 1);
  return dimsOf(op.result()).reduce((n, size) => n * size, inner);
}

/** The contractions that a value depends on with no other contraction in between. */
function nearestDots(value: Value): Set<Operation> {
  const dots = new Set<Operation>();
  const seen = new Set<Operation>();
  const work: Value[] = [value];
  for (let item = work.pop(); item !== undefined; item = work.pop()) {
    const { op } = item;
    if (op === null || seen.has(op)) continue;
    seen.add(op);
    if (op.name === "stablehlo.dot_general") dots.add(op);
    else op.walk((inner) => work.push(...inner.operands));
  }
  return dots;
}

/** The contraction that gives the logits: the nearest before the result that is the loss. */
function headDots(fn: Operation): Set<Operation> {
  const last = fn.region().entry.last;
  if (last === null) return new Set();
  const loss = resultAttrsOf(fn).findIndex((attrs) => stringOf(attrs, PCP_ROLE) === "loss");
  const scalar = last.operands.findIndex((value) => isF32(value) && dimsOf(value).length === 0);
  const index = loss === -1 ? scalar : loss;
  const value = index === -1 ? undefined : last.operands[index];
  return value === undefined ? new Set() : nearestDots(value);
}

/** Attention scores and their gradients: batched products of rows with rows. */
function isScores(op: Operation): boolean {
  const { lhsBatching, lhsContracting, rhsContracting } = attrsOf(
    stablehlo.dot_general,
    op,
  ).dot_dimension_numbers;
  const last = dimsOf(op.operand(0)).length - 1;
  return (
    lhsBatching.length > 0 &&
    lhsContracting.length === 1 &&
    lhsContracting[0] === last &&
    rhsContracting[0] === last
  );
}

function addBarrier(op: Operation): void {
  const { parent } = op;
  if (parent === null) return;
  const b = new StablehloBuilder(new Builder(parent, op.next, op.loc));
  const users = op.result().uses();
  const barrier = b.optimizationBarrier([op.result()]);
  for (const use of users) use.owner.setOperand(use.index, barrier.result());
}

/** Makes the contractions of one function read bf16; returns how many. */
function convertFunction(fn: Operation, options: ToBf16Options): number {
  const conversions = new Conversions();
  const heads = options.barriers.includes("head") ? headDots(fn) : new Set<Operation>();
  let converted = 0;
  for (const op of fn.collect()) {
    if (op.name !== "stablehlo.dot_general") continue;
    const attrs = attrsOf(stablehlo.dot_general, op);
    const batched = attrs.dot_dimension_numbers.lhsBatching.length > 0;
    const fits = isF32(op.operand(0)) && isF32(op.operand(1)) && attrs.algorithm === null;
    if (!fits || (batched && !options.batched) || flopsOf(op) < options.minFlops) continue;
    op.setOperands([conversions.of(op.operand(0), op), conversions.of(op.operand(1), op)]);
    converted++;
    if (heads.has(op) || (options.barriers.includes("scores") && isScores(op))) addBarrier(op);
  }
  return converted;
}

/** Makes contractions of f32 read bf16 and accumulate in f32, everywhere in a module; returns how many. */
export function runToBf16(module: Operation, options: Partial<ToBf16Options> = {}): number {
  const all = { barriers: ["head"], batched: true, minFlops: 0, ...options };
  let converted = 0;
  for (const fn of functionsOf(module))
    if (!isDeclaration(fn)) converted += convertFunction(fn, all);
  return converted;
}

export const pcpToBf16 = definePass({
  name: "pcp-to-bf16",
  summary: "Make contractions read bf16 and give f32; parameters and all else stay f32",
  anchor: "builtin.module",
  options: {
    barriers: {
      type: "list",
      default: ["head"],
      doc: "Where an optimization_barrier follows a contraction: head (the logits), scores (attention)",
    },
    batched: {
      type: "boolean",
      default: true,
      doc: "Convert attention's batched contractions too",
    },
    "min-flops": {
      type: "integer",
      default: 0,
      doc: "Contractions with fewer multiplications stay f32",
    },
  },
  statistics: { "num-converted": "Number of contractions converted" },
  run: (root, options, { engine, count }) => {
    const unknown = options.barriers.find((place) => place !== "head" && place !== "scores");
    if (unknown !== undefined) {
      engine.error(
        root.loc,
        `unknown place '${unknown}' for a barrier; known are 'head' and 'scores'`,
      );
      return;
    }
    const converted = runToBf16(root, {
      barriers: options.barriers,
      batched: options.batched,
      minFlops: options["min-flops"],
    });
    count("num-converted", converted);
  },
});
