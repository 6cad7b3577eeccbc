/** @file Simplifications of reductions, after StableHLO's own. */
import { stablehlo } from "#lib/dialects/stablehlo/ops.ts";
import { cloneOp, type ValueMap } from "#lib/ir/clone.ts";
import { Block, type Operation, Region, type Value } from "#lib/ir/graph.ts";
import { attrsOf } from "#lib/ir/op-def.ts";
import { elementOf, isStatic } from "#lib/ir/types.ts";
import { at, range } from "#lib/support/shape.ts";
import { combinerOf, isNeutral } from "../rewrite/combiner.ts";
import { isEmpty } from "../rewrite/match.ts";
import type { Pattern, Rewriter } from "../rewrite/pattern.ts";

const inputsOf = (op: Operation): readonly Value[] => op.operands.slice(0, op.operandCount / 2);

const initsOf = (op: Operation): readonly Value[] => op.operands.slice(op.operandCount / 2);

const broadcastTo = ({ b }: Rewriter, scalar: Value, like: Value): Value =>
  b.builder
    .create(
      stablehlo.broadcast_in_dim,
      { operand: scalar },
      { broadcast_dimensions: [] },
      { resultTypes: [like.type] },
    )
    .result();

/** A reduction along no dimension from a value that changes nothing. */
const reduceNothing: Pattern = {
  name: "reduce-nothing",
  ops: ["stablehlo.reduce"],
  rewrite: (op, rewriter) => {
    if (op.results.length !== 1 || op.operand(0).type !== op.result().type) return false;
    if (attrsOf(stablehlo.reduce, op).dimensions.length > 0) return false;
    return isNeutral(combinerOf(op), op.operand(1))
      ? rewriter.replaceWith(op, op.operand(0))
      : false;
  },
};

/** A reduction of nothing is its initial value. */
const reduceEmpty: Pattern = {
  name: "reduce-empty",
  ops: ["stablehlo.reduce"],
  rewrite: (op, rewriter) => {
    if (!inputsOf(op).every(isEmpty)) return false;
    if (!op.results.every(({ type }) => isStatic(type))) return false;
    const inits = initsOf(op);
    return rewriter.replace(
      op,
      op.results.map((result, i) => broadcastTo(rewriter, at(inits, i), result)),
    );
  },
};

const isInside = (value: Value, block: Block): boolean => value.parentBlock === block;

/** A reduction whose body ignores its arguments is what the body returns. */
const reduceCaptured: Pattern = {
  name: "reduce-captured",
  ops: ["stablehlo.reduce"],
  rewrite: (op, rewriter) => {
    const { entry } = op.region();
    const returned = entry.last?.operands ?? [];
    if (returned.length !== op.results.length) return false;
    if (returned.some((value) => isInside(value, entry))) return false;
    const usable = op.results.every(
      ({ type }, i) => isStatic(type) && type.element === elementOf(at(returned, i).type),
    );
    if (!usable || inputsOf(op).some(isEmpty)) return false;
    return rewriter.replace(
      op,
      op.results.map((result, i) => broadcastTo(rewriter, at(returned, i), result)),
    );
  },
};

/** Arguments of a block that values inside it depend on, as positions. */
function neededArgs(block: Block, values: readonly Value[]): Set<number> {
  const needed = new Set<number>();
  const seen = new Set<Value>();
  const work = [...values];
  for (let value = work.pop(); value !== undefined; value = work.pop()) {
    if (seen.has(value)) continue;
    seen.add(value);
    if (value.block === block) needed.add(value.index);
    const { op } = value;
    if (op === null || op.parent !== block) continue;
    op.walk((inner) => work.push(...inner.operands));
  }
  return needed;
}

/** The operands that the used results of a reduction depend on. */
function neededOperands(op: Operation): number[] {
  const { entry } = op.region();
  const returned = entry.last?.operands ?? [];
  const count = op.results.length;
  const needed = new Set(range(count).filter((i) => op.result(i).hasUses));
  for (;;) {
    const args = neededArgs(
      entry,
      [...needed].map((i) => at(returned, i)),
    );
    const before = needed.size;
    for (const arg of args) needed.add(arg % count);
    if (needed.size === before) return [...needed].sort((a, b) => a - b);
  }
}

/** The body with the arguments and results of `kept` only. */
function narrowBody(body: Region, kept: readonly number[], count: number): Region {
  const { entry } = body;
  const args = [...kept, ...kept.map((i) => i + count)].map((i) => at(entry.args, i));
  const block = new Block(
    args.map(({ type }) => type),
    args.map(({ loc }) => loc),
  );
  const map: ValueMap = new Map();
  args.forEach((arg, i) => {
    map.set(arg, at(block.args, i));
  });
  const wanted = new Set<Operation>();
  const work = kept.map((i) => (entry.last as Operation).operand(i));
  for (let value = work.pop(); value !== undefined; value = work.pop()) {
    const { op } = value;
    if (op === null || op.parent !== entry || wanted.has(op)) continue;
    wanted.add(op);
    op.walk((inner) => work.push(...inner.operands));
  }
  for (let op = entry.first; op !== null && op !== entry.last; op = op.next)
    if (wanted.has(op)) block.append(cloneOp(op, map));
  const last = cloneOp(entry.last as Operation, map);
  last.setOperands(kept.map((i) => last.operand(i)));
  block.append(last);
  return new Region([block]);
}

/** Results that nothing uses, and on which no used one depends, are dropped with their operands. */
const reduceUnused: Pattern = {
  name: "reduce-unused",
  ops: ["stablehlo.reduce"],
  rewrite: (op, rewriter) => {
    const count = op.results.length;
    if (count < 2 || op.region().blocks.length !== 1) return false;
    const kept = neededOperands(op);
    if (kept.length === count || kept.length === 0) return false;
    const [inputs, inits] = [inputsOf(op), initsOf(op)];
    const narrow = rewriter.b.builder.create(
      stablehlo.reduce,
      { inputs: kept.map((i) => at(inputs, i)), init_values: kept.map((i) => at(inits, i)) },
      { dimensions: attrsOf(stablehlo.reduce, op).dimensions },
      {
        resultTypes: kept.map((i) => op.result(i).type),
        regions: [narrowBody(op.region(), kept, count)],
      },
    );
    kept.forEach((from, to) => {
      rewriter.replaceUses(op.result(from), narrow.result(to));
    });
    rewriter.erase(op);
    return true;
  },
};

export const reduceSimplifications: readonly Pattern[] = [
  reduceNothing,
  reduceEmpty,
  reduceCaptured,
  reduceUnused,
];
