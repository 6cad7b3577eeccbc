/** @file The greedy driver: applies patterns from a worklist until nothing changes or a cap is reached. */
import { UNKNOWN_LOC } from "#lib/diag/loc.ts";
import { Block, type Operation, type Value } from "#lib/ir/graph.ts";
import { isStatic, type Type } from "#lib/ir/types.ts";
import { isTriviallyDead } from "../effects.ts";
import { ConstantPool, isConstant } from "./constants.ts";
import { DEFAULT_LIMITS, type Pattern, type PatternLimits, Rewriter } from "./pattern.ts";

export interface GreedyOptions {
  /** Rounds over everything; -1 for no limit. */
  readonly maxIterations?: number;
  /** Pattern applications in all; -1 for a limit in proportion to the number of ops. */
  readonly maxRewrites?: number;
  /** Visit ops in program order instead of backwards. */
  readonly topDown?: boolean;
  /** Unique constants and move them to the start of their function. */
  readonly uniqueConstants?: boolean;
  readonly limits?: Partial<PatternLimits>;
}

/** What an application of patterns did. */
export interface GreedyReport {
  readonly changed: boolean;
  /** False where a cap ended it before nothing was left to do. */
  readonly converged: boolean;
  readonly iterations: number;
  /** Applications per pattern name. */
  readonly counts: ReadonlyMap<string, number>;
  /** Ops erased because nothing used them. */
  readonly erased: number;
}

/** Rewrites per op before an endless loop is assumed. */
const REWRITES_PER_OP = 64;
const DEFAULT_ITERATIONS = 10;

/** Ops to look at, last in first out, each once. */
class Worklist {
  private readonly items: (Operation | null)[] = [];
  private readonly positions = new Map<Operation, number>();

  push(op: Operation): void {
    if (this.positions.has(op)) return;
    this.positions.set(op, this.items.length);
    this.items.push(op);
  }

  remove(op: Operation): void {
    const position = this.positions.get(op);
    if (position === undefined) return;
    this.items[position] = null;
    this.positions.delete(op);
  }

  pop(): Operation | null {
    while (this.items.length > 0) {
      const op = this.items.pop() ?? null;
      if (op === null) continue;
      this.positions.delete(op);
      return op;
    }
    return null;
  }
}

/** Patterns by op name, those for any op included, in the given order. */
class PatternIndex {
  private readonly patterns: readonly Pattern[];
  private readonly byName = new Map<string, readonly Pattern[]>();

  constructor(patterns: readonly Pattern[]) {
    this.patterns = patterns;
  }

  of(name: string): readonly Pattern[] {
    let found = this.byName.get(name);
    if (found === undefined) {
      found = this.patterns.filter(({ ops }) => ops === "any" || ops.includes(name));
      this.byName.set(name, found);
    }
    return found;
  }
}

class GreedyDriver {
  private readonly root: Operation;
  private readonly index: PatternIndex;
  private readonly pool: ConstantPool | null;
  private readonly worklist = new Worklist();
  private readonly rewriter: Rewriter;
  private readonly topDown: boolean;
  readonly counts = new Map<string, number>();
  erased = 0;
  private rewritesLeft: number;
  private changed = false;
  changedEver = false;

  constructor(root: Operation, patterns: readonly Pattern[], options: GreedyOptions) {
    this.root = root;
    this.index = new PatternIndex(patterns);
    this.pool = options.uniqueConstants === false ? null : new ConstantPool();
    this.topDown = options.topDown ?? true;
    const limit = options.maxRewrites ?? -1;
    this.rewritesLeft = limit >= 0 ? limit : Number.POSITIVE_INFINITY;
    if (limit < 0) this.rewritesLeft = REWRITES_PER_OP * (root.collect().length + 16);
    this.rewriter = new Rewriter(
      entryOf(root),
      {
        inserted: (op) => this.insertedOp(op),
        modified: (op) => this.worklist.push(op),
        erasing: (op) => this.erasingOp(op),
      },
      { ...DEFAULT_LIMITS, ...options.limits },
    );
  }

  /** One round; true where something changed. */
  round(): boolean {
    this.changed = false;
    this.fill();
    this.drain();
    this.changedEver ||= this.changed;
    return this.changed && this.rewritesLeft > 0;
  }

  get exhausted(): boolean {
    return this.rewritesLeft <= 0;
  }

  private fill(): void {
    const ops = this.topDown ? this.root.collect() : postOrder(this.root);
    const kept: Operation[] = [];
    for (const op of ops) {
      if (op === this.root) continue;
      if (this.pool !== null && isConstant(op)) {
        const same = this.pool.adopt(op);
        if (same !== null) {
          op.result().replaceAllUsesWith(same.result());
          same.loc = UNKNOWN_LOC;
          op.erase();
          this.changed = true;
          continue;
        }
      }
      kept.push(op);
    }
    if (this.topDown) kept.reverse();
    for (const op of kept) this.worklist.push(op);
  }

  private drain(): void {
    for (let op = this.worklist.pop(); op !== null; op = this.worklist.pop()) {
      if (isTriviallyDead(op)) {
        this.rewriter.erase(op);
        this.erased++;
        this.changed = true;
        continue;
      }
      if (this.rewritesLeft <= 0) continue;
      this.match(op);
    }
  }

  private match(op: Operation): void {
    if (!isPlain(op)) return;
    for (const pattern of this.index.of(op.name)) {
      this.rewriter.moveTo(op);
      if (!pattern.rewrite(op, this.rewriter)) continue;
      this.changed = true;
      this.rewritesLeft--;
      this.counts.set(pattern.name, (this.counts.get(pattern.name) ?? 0) + 1);
      return;
    }
  }

  private insertedOp(op: Operation): void {
    this.worklist.push(op);
  }

  /** Takes an op that goes away, and all inside it, from the lists; looks again at what computes its operands. */
  private erasingOp(op: Operation): void {
    const going = op.regions.length === 0 ? [op] : op.collect();
    for (const inner of going)
      for (const value of inner.operands)
        if (value.op !== null && hasFewUsers(value, inner)) this.worklist.push(value.op);
    for (const inner of going) {
      this.worklist.remove(inner);
      this.pool?.forget(inner);
    }
  }
}

/** All ops inside and `root`, inner before outer; a snapshot. */
function postOrder(root: Operation): Operation[] {
  // Outer before inner, everything from the end, reversed.
  const reversed: Operation[] = [];
  const work: (Operation | null)[] = [root];
  while (work.length > 0) {
    const op = work.pop() ?? null;
    if (op === null) continue;
    if (op !== root) work.push(op.previous);
    reversed.push(op);
    for (const { blocks } of op.regions) for (const block of blocks) work.push(block.last);
  }
  return reversed.reverse();
}

/** Whether all types are known in full, so that equal shapes and elements mean equal types. */
const isPlain = (op: Operation): boolean => {
  for (const { type } of op.results) if (!isPlainType(type)) return false;
  for (let i = 0; i < op.operandCount; i++) if (!isPlainType(op.operand(i).type)) return false;
  return true;
};

const isPlainType = (type: Type): boolean =>
  type.kind === "tensor"
    ? type.encoding === null && isStatic(type)
    : type.kind !== "unrankedTensor";

const entryOf = (root: Operation): Block => {
  for (const region of root.regions) if (!region.isEmpty) return region.entry;
  return root.parent ?? new Block();
};

/** Whether at most one op besides `user` uses a value. */
function hasFewUsers(value: Value, user: Operation): boolean {
  let other: Operation | null = null;
  for (let use = value.firstUse; use !== null; use = use.next) {
    const { owner } = use;
    if (owner === user || owner === other) continue;
    if (other !== null) return false;
    other = owner;
  }
  return true;
}

/** Applies patterns to everything inside `root`, the op itself left alone. */
export function applyPatterns(
  root: Operation,
  patterns: readonly Pattern[],
  options: GreedyOptions = {},
): GreedyReport {
  const driver = new GreedyDriver(root, patterns, options);
  const cap = options.maxIterations ?? DEFAULT_ITERATIONS;
  let iterations = 0;
  let again = true;
  while (again && (cap < 0 || iterations < cap)) {
    iterations++;
    again = driver.round();
  }
  return {
    changed: driver.changedEver,
    converged: !again && !driver.exhausted,
    iterations,
    counts: driver.counts,
    erased: driver.erased,
  };
}
