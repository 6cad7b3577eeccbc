/** @file Which values an operation may use: isolation from above, order within a block, dominance between blocks. */
import type { Block, Operation, Region, Value } from "#lib/ir/graph.ts";
import type { Finding } from "./report.ts";

const isIsolated = (op: Operation): boolean => op.def?.traits.has("isolatedFromAbove") === true;

/** Calls `visit` for everything inside `root`, not entering isolated operations. */
function walkUntilIsolated(root: Operation, visit: (op: Operation) => boolean): void {
  const stack: (Operation | null)[] = [];
  const enter = (op: Operation): void => {
    for (let r = op.regions.length - 1; r >= 0; r--) {
      const { blocks } = op.regions[r] as Region;
      for (let b = blocks.length - 1; b >= 0; b--) stack.push((blocks[b] as Block).first);
    }
  };
  enter(root);
  while (stack.length > 0) {
    const op = stack.pop() as Operation | null;
    if (op === null) continue;
    stack.push(op.next);
    if (!visit(op)) return;
    if (!isIsolated(op)) enter(op);
  }
}

/** Whether `block` lies inside `op`, at any depth. */
function isInside(block: Block | null, op: Operation): boolean {
  for (let at = block; at !== null; at = at.parentOp?.parent ?? null)
    if (at.parentOp === op) return true;
  return false;
}

/** Whether `block` lies inside `region`, at any depth. */
function isWithin(block: Block | null, region: Region | null): boolean {
  for (let at = block; at !== null; at = at.parentOp?.parent ?? null)
    if (at.parent === region) return true;
  return false;
}

/** The first operation inside `root` that uses a value from outside of it, or null. */
export function findCapture(root: Operation): Finding | null {
  let found: Finding | null = null;
  walkUntilIsolated(root, (op) => {
    for (let i = 0; i < op.operandCount; i++) {
      const block = op.operand(i).parentBlock;
      if (block === op.parent || isInside(block, root)) continue;
      found = {
        loc: op.loc,
        message: `'${op.name}' op using value defined outside the region`,
        notes: [{ loc: root.loc, message: "required by region isolation constraints" }],
      };
      return false;
    }
    return true;
  });
  return found;
}

/** Immediate dominators of a region's blocks; unreachable blocks have none. */
function immediateDominators(region: Region): Map<Block, Block> {
  const order: Block[] = [];
  const position = new Map<Block, number>();
  const predecessors = new Map<Block, Block[]>();
  const entry = region.entry;
  const visited = new Set<Block>([entry]);
  const stack: { block: Block; next: number }[] = [{ block: entry, next: 0 }];
  while (stack.length > 0) {
    const top = stack[stack.length - 1] as { block: Block; next: number };
    const successor = top.block.last?.successors[top.next++];
    if (successor === undefined) {
      order.push(top.block);
      stack.pop();
      continue;
    }
    const list = predecessors.get(successor);
    if (list === undefined) predecessors.set(successor, [top.block]);
    else list.push(top.block);
    if (visited.has(successor)) continue;
    visited.add(successor);
    stack.push({ block: successor, next: 0 });
  }
  order.reverse();
  for (const [index, block] of order.entries()) position.set(block, index);
  const dominators = new Map<Block, Block>([[entry, entry]]);
  const meet = (a: Block, b: Block): Block => {
    let [x, y] = [a, b];
    while (x !== y)
      if ((position.get(x) as number) > (position.get(y) as number)) x = dominators.get(x) as Block;
      else y = dominators.get(y) as Block;
    return x;
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (const block of order) {
      if (block === entry) continue;
      const known = (predecessors.get(block) ?? []).filter((other) => dominators.has(other));
      const [first, ...rest] = known;
      if (first === undefined) continue;
      const dominator = rest.reduce(meet, first);
      if (dominators.get(block) === dominator) continue;
      dominators.set(block, dominator);
      changed = true;
    }
  }
  return dominators;
}

/** Blocks of such a region are unordered: a value may be used before its definition. */
const isGraphRegion = (region: Region | null): boolean => {
  const def = region?.parent?.def ?? null;
  return def === null || def.traits.has("noTerminator");
};

/** Answers whether uses are dominated, computing dominators of a region once. */
export class DominanceInfo {
  private readonly regions = new Map<Region, ReadonlyMap<Block, Block>>();

  private blockDominates(a: Block, b: Block): boolean {
    const region = a.parent as Region;
    let dominators = this.regions.get(region);
    if (dominators === undefined) {
      dominators = immediateDominators(region);
      this.regions.set(region, dominators);
    }
    if (!dominators.has(b)) return true;
    for (let block = b; ; ) {
      if (block === a) return true;
      const next = dominators.get(block) as Block;
      if (next === block) return false;
      block = next;
    }
  }

  /** Whether `value` is there when `user` runs. */
  dominates(value: Value, user: Operation): boolean {
    const home = value.parentBlock;
    if (home === null) return false;
    let at: Operation | null = user;
    while (at !== null && at.parent !== home && at.parent?.parent !== home.parent) at = at.parentOp;
    if (at === null || at.parent === null) return false;
    if (at.parent !== home)
      return isGraphRegion(home.parent) || this.blockDominates(home, at.parent);
    if (value.op === null || isGraphRegion(home.parent)) return true;
    return value.op !== at && value.op.isBefore(at);
  }
}

/** Where a definition stands, seen from a use. */
function place(value: Value, user: Operation): string {
  const [home, here] = [value.parentBlock, user.parent];
  const isOp = value.op !== null;
  const what = isOp ? "op" : `block #${home?.parent?.blocks.indexOf(home) ?? 0}`;
  if (isOp && home === here) return `${what} in the same block`;
  if (home?.parent === here?.parent) return `${what} in the same region`;
  if (isWithin(here, home?.parent ?? null)) return `${what} in a parent region`;
  if (isWithin(home, here?.parent ?? null)) return `${what} in a child region`;
  return isOp
    ? "op is neither in a parent nor in a child region"
    : `${what} neither in a parent nor in a child region`;
}

/** The first operand of `op` that does not dominate it, or null. */
export function findUndominated(op: Operation, info: DominanceInfo): Finding | null {
  for (let i = 0; i < op.operandCount; i++) {
    const value = op.operand(i);
    if (info.dominates(value, op)) continue;
    const where = place(value, op);
    return {
      loc: op.loc,
      message: `operand #${i} does not dominate this use`,
      notes: [
        value.op === null
          ? { loc: value.loc, message: `operand defined as a block argument (${where})` }
          : { loc: value.op.loc, message: `operand defined here (${where})` },
      ],
    };
  }
  return null;
}
