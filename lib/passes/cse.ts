/** @file The cse pass: replaces an operation by an equal one that dominates it. */
import { attributesEqual } from "#lib/ir/attributes.ts";
import type { Block, Operation, Region, Value } from "#lib/ir/graph.ts";
import { isPure, isTerminator, isTriviallyDead } from "./effects.ts";
import { definePass } from "./pass.ts";
import { shortKey } from "./rewrite/constants.ts";

/** What a run of cse removed. */
export interface CseCounts {
  readonly replaced: number;
  readonly dead: number;
}

/** Numbers for values, in order of first use. */
class Numbering {
  private readonly numbers = new Map<Value, number>();

  of(value: Value): number {
    let number = this.numbers.get(value);
    if (number === undefined) {
      number = this.numbers.size;
      this.numbers.set(value, number);
    }
    return number;
  }
}

const attributesKey = (op: Operation): string => {
  let key = "";
  for (const table of [op.properties, op.attributes]) {
    key += "|";
    if (table.size === 1) for (const [name, value] of table) key += `${name}=${shortKey(value)}`;
    else
      for (const name of [...table.keys()].sort()) {
        const value = table.get(name);
        if (value !== undefined) key += `${name}=${shortKey(value)};`;
      }
  }
  return key;
};

/** Key of one op without its regions; values defined inside `local` count by position. */
function headKey(op: Operation, numbering: Numbering, local: ReadonlyMap<Value, number>): string {
  let key = op.name;
  for (const value of op.operands) {
    const position = local.get(value);
    key += position === undefined ? ` ${numbering.of(value)}` : ` l${position}`;
  }
  key += attributesKey(op);
  for (const { type } of op.results) key += ` ${type.text}`;
  return key;
}

/** A key that equal ops share. */
function opKey(op: Operation, numbering: Numbering): string {
  const local = new Map<Value, number>();
  if (op.regions.length === 0) return headKey(op, numbering, local);
  let key = "";
  op.walk((inner) => {
    if (inner !== op) for (const value of inner.results) local.set(value, local.size);
    for (const region of inner.regions)
      for (const block of region.blocks)
        for (const arg of block.args) {
          local.set(arg, local.size);
          key += ` ^${arg.type.text}`;
        }
    key += `\n${inner.regions.length}:${inner.parent?.parent?.blocks.length ?? 0} `;
    key += headKey(inner, numbering, local);
  });
  return key;
}

const sameAttributes = (a: Operation, b: Operation): boolean => {
  for (const [x, y] of [
    [a.properties, b.properties],
    [a.attributes, b.attributes],
  ] as const) {
    if (x.size !== y.size) return false;
    for (const [name, value] of x) {
      const other = y.get(name);
      if (other === undefined || !attributesEqual(value, other)) return false;
    }
  }
  return true;
};

/** Whether two ops with equal keys are equal: compares what the key only hashes. */
function sameOps(a: Operation, b: Operation): boolean {
  if (a.regions.length === 0) return sameAttributes(a, b);
  const [left, right] = [a.collect(), b.collect()];
  return (
    left.length === right.length && left.every((op, i) => sameAttributes(op, right[i] as Operation))
  );
}

/** Ops seen so far by key, with scopes that can be left. */
class KnownOps {
  private readonly table = new Map<string, Operation[]>();
  private readonly log: string[] = [];

  get mark(): number {
    return this.log.length;
  }

  find(key: string, op: Operation): Operation | null {
    return this.table.get(key)?.findLast((known) => sameOps(known, op)) ?? null;
  }

  add(key: string, op: Operation): void {
    const list = this.table.get(key);
    if (list === undefined) this.table.set(key, [op]);
    else list.push(op);
    this.log.push(key);
  }

  leave(mark: number): void {
    while (this.log.length > mark) this.table.get(this.log.pop() as string)?.pop();
  }
}

type Task =
  | { readonly kind: "ops"; next: Operation | null; readonly known: KnownOps }
  | { readonly kind: "simplify"; readonly op: Operation; readonly known: KnownOps }
  | { readonly kind: "leave"; readonly mark: number; readonly known: KnownOps }
  | { readonly kind: "blocks"; readonly blocks: readonly Block[]; readonly known: KnownOps };

class Cse {
  private readonly numbering = new Numbering();
  private readonly dead: Operation[] = [];
  private readonly tasks: Task[] = [];
  private replaced = 0;

  run(root: Operation): CseCounts {
    this.pushRegions(root, new KnownOps());
    for (let task = this.tasks.pop(); task !== undefined; task = this.tasks.pop()) this.step(task);
    for (const op of this.dead) if (op.parent !== null) op.erase();
    return { replaced: this.replaced, dead: this.dead.length - this.replaced };
  }

  private step(task: Task): void {
    if (task.kind === "leave") task.known.leave(task.mark);
    else if (task.kind === "simplify") this.simplify(task.op, task.known);
    else if (task.kind === "blocks") this.enterBlocks(task.blocks, task.known);
    else this.scan(task);
  }

  /** The entry block's ops are known in all blocks, those of the others in their own. */
  private enterBlocks(blocks: readonly Block[], known: KnownOps): void {
    const [entry, ...rest] = blocks;
    if (entry === undefined) return;
    this.tasks.push({ kind: "leave", mark: known.mark, known });
    for (const block of rest.reverse()) this.tasks.push({ kind: "blocks", blocks: [block], known });
    this.tasks.push({ kind: "ops", next: entry.first, known });
  }

  private pushRegions(op: Operation, known: KnownOps): void {
    const isolated = op.def?.traits.has("isolatedFromAbove") === true;
    for (let i = op.regions.length - 1; i >= 0; i--)
      this.tasks.push({
        kind: "blocks",
        blocks: (op.regions[i] as Region).blocks,
        known: isolated ? new KnownOps() : known,
      });
  }

  private scan(task: Extract<Task, { kind: "ops" }>): void {
    const { known } = task;
    for (let op = task.next; op !== null; op = op.next) {
      if (op.regions.length === 0) {
        this.simplify(op, known);
        continue;
      }
      this.tasks.push({ kind: "ops", next: op.next, known });
      this.tasks.push({ kind: "simplify", op, known });
      this.pushRegions(op, known);
      return;
    }
  }

  private simplify(op: Operation, known: KnownOps): void {
    if (isTerminator(op)) return;
    if (isTriviallyDead(op)) {
      this.dead.push(op);
      return;
    }
    if (op.regions.some(({ blocks }) => blocks.length > 1) || !isPure(op)) return;
    const key = opKey(op, this.numbering);
    const same = known.find(key, op);
    if (same === null) {
      known.add(key, op);
      return;
    }
    op.results.forEach((result, index) => {
      result.replaceAllUsesWith(same.result(index));
    });
    if (same.loc.kind === "unknown") same.loc = op.loc;
    this.dead.push(op);
    this.replaced++;
  }
}

/** Removes common subexpressions inside `root`. */
export const runCse = (root: Operation): CseCounts => new Cse().run(root);

export const cse = definePass({
  name: "cse",
  displayName: "CSEPass",
  summary: "Eliminate common sub-expressions",
  statistics: {
    "num-cse'd": "Number of operations CSE'd",
    "num-dce'd": "Number of operations DCE'd",
  },
  run: (root, _options, { count }) => {
    const { replaced, dead } = runCse(root);
    count("num-cse'd", replaced);
    count("num-dce'd", dead);
  },
});
