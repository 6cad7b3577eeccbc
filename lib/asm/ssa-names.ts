/** @file Names of values and blocks in printed text, chosen as MLIR chooses them. */
import type { Block, Operation, Region, Value } from "#lib/ir/graph.ts";
import { invariant } from "#lib/support/assert.ts";

/** Names in use in a region and in those around it. */
class UsedNames {
  private readonly names = new Set<string>();
  private readonly parent: UsedNames | null;

  constructor(parent: UsedNames | null) {
    this.parent = parent;
  }

  has(name: string): boolean {
    for (let scope: UsedNames | null = this; scope !== null; scope = scope.parent)
      if (scope.names.has(name)) return true;
    return false;
  }

  add(name: string): void {
    this.names.add(name);
  }
}

/** A region whose values are still to be named, with the counters to start from. */
interface Pending {
  readonly region: Region;
  readonly nextValue: number;
  readonly nextArgument: number;
  readonly nextConflict: number;
  readonly used: UsedNames;
}

/** Names of all values inside one operation. */
export class SsaNames {
  private readonly generic: boolean;
  private readonly names = new Map<Value, string>();
  private readonly blocks = new Map<Block, string>();
  private nextValue = 0;
  private nextArgument = 0;
  private nextConflict = 0;

  /** @param generic - names for the generic form: ops ask for no names, and numbers are unique in the whole text. */
  constructor(root: Operation, generic: boolean) {
    this.generic = generic;
    const used = new UsedNames(null);
    const work: Pending[] = [];
    const push = (region: Region, scope: UsedNames): void => {
      const { nextValue, nextArgument, nextConflict } = this;
      work.push({ region, nextValue, nextArgument, nextConflict, used: scope });
    };
    this.nameResults(root, used);
    for (const region of root.regions) push(region, used);
    for (let item = work.pop(); item !== undefined; item = work.pop()) {
      if (!generic) {
        this.nextValue = item.nextValue;
        this.nextArgument = item.nextArgument;
        this.nextConflict = item.nextConflict;
      }
      const scope = new UsedNames(item.used);
      this.nameRegion(item.region, scope);
      for (const block of item.region.blocks)
        for (let op = block.first; op !== null; op = op.next)
          for (const region of op.regions) push(region, scope);
    }
  }

  /** `%0`, or `%0#1` for a result of a group. */
  valueName(value: Value): string {
    const { op } = value;
    const own = this.names.get(value);
    if (own !== undefined) return this.startsGroup(value) ? `${own}#0` : own;
    const first = op === null ? undefined : this.names.get(op.result(0));
    return first === undefined ? "<<UNKNOWN SSA VALUE>>" : `${first}#${value.index}`;
  }

  /** Whether the next result of the op shares the name of this one. */
  private startsGroup({ op, index }: Value): boolean {
    const next = op?.results[index + 1];
    return next !== undefined && !this.names.has(next);
  }

  /** `%0` or `%0:2`, or several groups where results have names of their own. */
  resultNames(op: Operation): string {
    const groups: { readonly name: string; count: number }[] = [];
    for (const result of op.results) {
      const name = this.names.get(result);
      const last = groups[groups.length - 1];
      if (name === undefined && last !== undefined) last.count++;
      else groups.push({ name: name ?? "<<UNKNOWN SSA VALUE>>", count: 1 });
    }
    return groups.map(({ name, count }) => (count === 1 ? name : `${name}:${count}`)).join(", ");
  }

  blockName(block: Block): string {
    const name = this.blocks.get(block);
    invariant(name !== undefined, "block without a name");
    return name;
  }

  private nameRegion(region: Region, used: UsedNames): void {
    const preferred = this.generic ? null : (region.parent?.def?.format?.argumentName ?? null);
    region.blocks.forEach((block, index) => {
      this.blocks.set(block, `^bb${index}`);
      for (const arg of block.args) {
        if (index > 0) this.names.set(arg, `%${this.nextValue++}`);
        else this.setName(arg, preferred ?? `arg${this.nextArgument++}`, used);
      }
      for (let op = block.first; op !== null; op = op.next) this.nameResults(op, used);
    });
  }

  private nameResults(op: Operation, used: UsedNames): void {
    if (op.results.length === 0) return;
    const resultName = this.generic ? undefined : op.def?.format?.resultName;
    for (const result of op.results) {
      const name = resultName?.(op, result.index) ?? null;
      if (name !== null) this.setName(result, name, used);
      else if (result.index === 0) this.names.set(result, `%${this.nextValue++}`);
    }
  }

  private setName(value: Value, wanted: string, used: UsedNames): void {
    let name = wanted;
    while (used.has(name)) name = `${wanted}_${this.nextConflict++}`;
    used.add(name);
    this.names.set(value, `%${name}`);
  }
}
