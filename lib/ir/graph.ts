/** @file The graph: operations, blocks, regions and values with intrusive op and use lists; all link mutation is here. */
import { type Loc, UNKNOWN_LOC } from "#lib/diag/loc.ts";
import { invariant } from "#lib/support/assert.ts";
import type { Attribute } from "./attributes.ts";
import type { AnyOpDef } from "./op-def.ts";
import type { Type } from "./types.ts";

/** One operand slot of an operation; a link in its value's list of uses. */
export class Use {
  readonly owner: Operation;
  index: number;
  value: Value;
  next: Use | null = null;
  previous: Use | null = null;

  constructor(owner: Operation, index: number, value: Value) {
    this.owner = owner;
    this.index = index;
    this.value = value;
    value.link(this);
  }
}

/** An SSA value: result `index` of `op`, or argument `index` of `block`. */
export class Value {
  type: Type;
  /** Defining operation; null for a block argument. */
  readonly op: Operation | null;
  /** Owning block of a block argument; null for a result. */
  readonly block: Block | null;
  index: number;
  loc: Loc;
  firstUse: Use | null = null;

  constructor(type: Type, op: Operation | null, block: Block | null, index: number, loc: Loc) {
    this.type = type;
    this.op = op;
    this.block = block;
    this.index = index;
    this.loc = loc;
  }

  /** Adds a use at the front of the list. */
  link(use: Use): void {
    use.value = this;
    use.previous = null;
    use.next = this.firstUse;
    if (this.firstUse !== null) this.firstUse.previous = use;
    this.firstUse = use;
  }

  /** Takes a use out of the list. */
  unlink(use: Use): void {
    if (use.previous !== null) use.previous.next = use.next;
    else this.firstUse = use.next;
    if (use.next !== null) use.next.previous = use.previous;
    use.next = null;
    use.previous = null;
  }

  get hasUses(): boolean {
    return this.firstUse !== null;
  }

  get hasOneUse(): boolean {
    return this.firstUse !== null && this.firstUse.next === null;
  }

  /** All uses, most recently added first; safe against changes while iterating. */
  uses(): Use[] {
    const uses: Use[] = [];
    for (let use = this.firstUse; use !== null; use = use.next) uses.push(use);
    return uses;
  }

  /** Makes every use of this value a use of `other`. */
  replaceAllUsesWith(other: Value): void {
    if (other === this) return;
    let use = this.firstUse;
    while (use !== null) {
      const next = use.next;
      this.unlink(use);
      other.link(use);
      use = next;
    }
  }

  /** The operation whose region holds this value: the defining op's block's owner, or the argument's. */
  get parentBlock(): Block | null {
    return this.op === null ? this.block : this.op.parent;
  }
}

/** What an operation is made of. */
export interface OperationParts {
  readonly name: string;
  readonly def: AnyOpDef | null;
  readonly operands?: readonly Value[];
  readonly resultTypes?: readonly Type[];
  readonly properties?: ReadonlyMap<string, Attribute>;
  readonly attributes?: ReadonlyMap<string, Attribute>;
  readonly regions?: readonly Region[];
  readonly successors?: readonly Block[];
  readonly loc?: Loc;
}

/** A map of its own for every operation; `new Map(map)` would go through iterator objects. */
function copyOf(attributes: ReadonlyMap<string, Attribute> | undefined): Map<string, Attribute> {
  const copy = new Map<string, Attribute>();
  if (attributes !== undefined && attributes.size > 0)
    attributes.forEach((attr, name) => {
      copy.set(name, attr);
    });
  return copy;
}

/** An operation of any dialect; `def` points at its record, null where the op is not registered. */
export class Operation {
  readonly name: string;
  readonly def: AnyOpDef | null;
  private uses: Use[];
  readonly results: Value[];
  /** Inherent attributes: those that the op's record names (for an unregistered op, those written in `<{...}>`). */
  readonly properties: Map<string, Attribute>;
  /** Discardable attributes. */
  readonly attributes: Map<string, Attribute>;
  readonly regions: Region[];
  readonly successors: Block[];
  loc: Loc;
  parent: Block | null = null;
  next: Operation | null = null;
  previous: Operation | null = null;
  /** Position within the block, valid while the block says that its order is. */
  order = 0;

  constructor(parts: OperationParts) {
    this.name = parts.name;
    this.def = parts.def;
    this.loc = parts.loc ?? UNKNOWN_LOC;
    this.uses = (parts.operands ?? []).map((value, index) => new Use(this, index, value));
    this.results = (parts.resultTypes ?? []).map(
      (type, index) => new Value(type, this, null, index, this.loc),
    );
    this.properties = copyOf(parts.properties);
    this.attributes = copyOf(parts.attributes);
    this.regions = parts.regions === undefined ? [] : [...parts.regions];
    for (const region of this.regions) region.parent = this;
    this.successors = [...(parts.successors ?? [])];
  }

  get operandCount(): number {
    return this.uses.length;
  }

  /** Operands in order; a new array. */
  get operands(): Value[] {
    return this.uses.map(({ value }) => value);
  }

  operand(index: number): Value {
    const use = this.uses[index];
    invariant(use !== undefined, `'${this.name}' has no operand ${index}`);
    return use.value;
  }

  setOperand(index: number, value: Value): void {
    const use = this.uses[index];
    invariant(use !== undefined, `'${this.name}' has no operand ${index}`);
    use.value.unlink(use);
    value.link(use);
  }

  /** Replaces all operands. */
  setOperands(values: readonly Value[]): void {
    for (const use of this.uses) use.value.unlink(use);
    this.uses = values.map((value, index) => new Use(this, index, value));
  }

  result(index = 0): Value {
    const value = this.results[index];
    invariant(value !== undefined, `'${this.name}' has no result ${index}`);
    return value;
  }

  region(index = 0): Region {
    const region = this.regions[index];
    invariant(region !== undefined, `'${this.name}' has no region ${index}`);
    return region;
  }

  /** An inherent or discardable attribute by name, or null. */
  attribute(name: string): Attribute | null {
    return this.properties.get(name) ?? this.attributes.get(name) ?? null;
  }

  /** The operation whose region holds this one, or null. */
  get parentOp(): Operation | null {
    return this.parent?.parent?.parent ?? null;
  }

  /** The nearest enclosing operation of that name, or null. */
  enclosing(name: string): Operation | null {
    for (let op = this.parentOp; op !== null; op = op.parentOp) if (op.name === name) return op;
    return null;
  }

  get hasUses(): boolean {
    return this.results.some(({ hasUses }) => hasUses);
  }

  /** Whether this comes before `other` in the same block. */
  isBefore(other: Operation): boolean {
    invariant(this.parent !== null && this.parent === other.parent, "operations of two blocks");
    this.parent.ensureOrder();
    return this.order < other.order;
  }

  /** Takes this operation out of its block, keeping it alive. */
  remove(): void {
    this.parent?.unlinkOp(this);
  }

  /** Puts this operation before `anchor`. */
  moveBefore(anchor: Operation): void {
    this.remove();
    invariant(anchor.parent !== null, "anchor is in no block");
    anchor.parent.insertBefore(this, anchor);
  }

  /** Destroys this operation and everything inside; its results must have no uses left. */
  erase(): void {
    invariant(!this.hasUses, `erasing '${this.name}' whose results are used`);
    this.remove();
    this.dropReferences();
  }

  /** Drops all operand links of this operation and of everything inside. */
  dropReferences(): void {
    for (const use of this.uses) use.value.unlink(use);
    this.uses = [];
    for (const region of this.regions)
      for (const block of region.blocks)
        for (let op = block.first; op !== null; op = op.next) op.dropReferences();
  }

  /** Calls `visit` for this operation and all inside it, outer before inner, in program order. */
  walk(visit: (op: Operation) => void): void {
    const stack: (Operation | null)[] = [this];
    let isRoot = true;
    while (stack.length > 0) {
      const op = stack.pop() as Operation | null;
      if (op === null) continue;
      if (!isRoot) stack.push(op.next);
      isRoot = false;
      visit(op);
      for (let r = op.regions.length - 1; r >= 0; r--) {
        const { blocks } = op.regions[r] as Region;
        for (let b = blocks.length - 1; b >= 0; b--) stack.push((blocks[b] as Block).first);
      }
    }
  }

  /** All operations inside and this one, outer before inner; a snapshot, so that they may be changed. */
  collect(): Operation[] {
    const ops: Operation[] = [];
    this.walk((op) => ops.push(op));
    return ops;
  }
}

/** A straight sequence of operations with arguments. */
export class Block {
  readonly args: Value[] = [];
  parent: Region | null = null;
  first: Operation | null = null;
  last: Operation | null = null;
  private orderValid = true;

  constructor(argTypes: readonly Type[] = [], argLocs: readonly Loc[] = []) {
    argTypes.forEach((type, index) => {
      this.addArgument(type, argLocs[index] ?? UNKNOWN_LOC);
    });
  }

  addArgument(type: Type, loc: Loc = UNKNOWN_LOC): Value {
    const value = new Value(type, null, this, this.args.length, loc);
    this.args.push(value);
    return value;
  }

  /** Inserts an argument at a position. */
  insertArgument(index: number, type: Type, loc: Loc = UNKNOWN_LOC): Value {
    const value = new Value(type, null, this, index, loc);
    this.args.splice(index, 0, value);
    this.args.forEach((arg, position) => {
      arg.index = position;
    });
    return value;
  }

  /** Removes an argument, which must have no uses left. */
  eraseArgument(index: number): void {
    invariant(this.args[index]?.hasUses === false, "erasing a block argument that is used");
    this.args.splice(index, 1);
    this.args.forEach((arg, position) => {
      arg.index = position;
    });
  }

  /** The operation whose region holds this block. */
  get parentOp(): Operation | null {
    return this.parent?.parent ?? null;
  }

  /** Operations in order; a snapshot. */
  get ops(): Operation[] {
    const ops: Operation[] = [];
    for (let op = this.first; op !== null; op = op.next) ops.push(op);
    return ops;
  }

  get isEmpty(): boolean {
    return this.first === null;
  }

  append(op: Operation): void {
    this.insertBefore(op, null);
  }

  /** Inserts `op` before `anchor`; null appends. */
  insertBefore(op: Operation, anchor: Operation | null): void {
    invariant(op.parent === null, `'${op.name}' is in a block already`);
    invariant(anchor === null || anchor.parent === this, "anchor is in another block");
    op.parent = this;
    op.next = anchor;
    op.previous = anchor === null ? this.last : anchor.previous;
    if (op.previous === null) this.first = op;
    else op.previous.next = op;
    if (anchor === null) {
      op.order = this.last === null ? 0 : this.last.order + 1;
      this.last = op;
    } else {
      anchor.previous = op;
      this.orderValid = false;
    }
  }

  unlinkOp(op: Operation): void {
    if (op.previous === null) this.first = op.next;
    else op.previous.next = op.next;
    if (op.next === null) this.last = op.previous;
    else op.next.previous = op.previous;
    op.parent = null;
    op.next = null;
    op.previous = null;
  }

  /** Renumbers the operations where insertions made the numbers stale. */
  ensureOrder(): void {
    if (this.orderValid) return;
    let order = 0;
    for (let op = this.first; op !== null; op = op.next) op.order = order++;
    this.orderValid = true;
  }
}

/** A list of blocks inside an operation; the first is the entry. */
export class Region {
  readonly blocks: Block[] = [];
  parent: Operation | null = null;

  constructor(blocks: readonly Block[] = []) {
    for (const block of blocks) this.append(block);
  }

  append(block: Block): void {
    block.parent = this;
    this.blocks.push(block);
  }

  get isEmpty(): boolean {
    return this.blocks.length === 0;
  }

  /** The entry block, which must exist. */
  get entry(): Block {
    const [block] = this.blocks;
    invariant(block !== undefined, "region without blocks");
    return block;
  }
}
