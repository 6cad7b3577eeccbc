/** @file Simplifications of control flow, after StableHLO's own. */
import { stablehlo } from "#lib/dialects/stablehlo/ops.ts";
import { Block, type Operation, Region, type Value } from "#lib/ir/graph.ts";
import { at, range } from "#lib/support/shape.ts";
import type { Pattern, Rewriter } from "../rewrite/pattern.ts";

/** Whether the loop hands a carried value on unchanged. */
function isInvariant(op: Operation, i: number): boolean {
  const body = op.region(1).entry;
  const returned = body.last?.operand(i);
  return returned === at(body.args, i) || returned === op.operand(i);
}

/** Moves a block's ops into a new block with the arguments of `kept`. */
function narrowBlock(block: Block, kept: readonly number[]): Block {
  const args = kept.map((i) => at(block.args, i));
  const narrow = new Block(
    args.map(({ type }) => type),
    args.map(({ loc }) => loc),
  );
  args.forEach((arg, i) => {
    arg.replaceAllUsesWith(at(narrow.args, i));
  });
  for (const op of block.ops) {
    op.remove();
    narrow.append(op);
  }
  return narrow;
}

function narrowLoop(op: Operation, kept: readonly number[], rewriter: Rewriter): void {
  const [cond, body] = [op.region(0).entry, op.region(1).entry];
  const last = body.last as Operation;
  const returned = kept.map((i) => last.operand(i));
  last.setOperands(returned);
  const narrow = rewriter.b.builder.create(
    stablehlo.while,
    { operand: kept.map((i) => op.operand(i)) },
    {},
    {
      resultTypes: kept.map((i) => op.result(i).type),
      attributes: op.attributes,
      regions: [new Region([narrowBlock(cond, kept)]), new Region([narrowBlock(body, kept)])],
    },
  );
  kept.forEach((from, to) => {
    rewriter.replaceUses(op.result(from), narrow.result(to));
  });
  rewriter.erase(op);
}

/** Values that a loop carries without changing them are used from outside instead. */
const whileInvariants: Pattern = {
  name: "while-invariants",
  ops: ["stablehlo.while"],
  rewrite: (op, rewriter) => {
    const count = op.results.length;
    const kept = range(count).filter((i) => !isInvariant(op, i));
    if (kept.length === count) return false;
    const replace = (from: Value, to: Value): void => rewriter.replaceUses(from, to);
    for (const i of range(count)) {
      if (kept.includes(i)) continue;
      const value = op.operand(i);
      replace(at(op.region(0).entry.args, i), value);
      replace(at(op.region(1).entry.args, i), value);
      replace(op.result(i), value);
    }
    narrowLoop(op, kept, rewriter);
    return true;
  },
};

export const controlSimplifications: readonly Pattern[] = [whileInvariants];
