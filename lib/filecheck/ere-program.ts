/** @file Compiles parsed expressions into instructions that the automata and the back-reference matcher run. */
import type { Assertion, ByteSet, EreNode } from "./ere-syntax.ts";

/** Kinds of instructions. */
export const OP = {
  /** Consumes the byte `x`, goes to `next`. */
  char: 0,
  /** Consumes a byte of `sets[x]`. */
  set: 1,
  /** Goes to `next` first, to `x` second. */
  split: 2,
  /** Goes on where assertion `x` holds. */
  assert: 3,
  /** Stores the position in slot `x`. */
  save: 4,
  /** Consumes what group `x` matched. */
  backref: 5,
  /** Goes on only if the position moved since slot `x` was stored. */
  progress: 6,
  match: 7,
} as const;

export const ASSERTIONS: readonly Assertion[] = [
  "line-start",
  "line-end",
  "word-start",
  "word-end",
];

/** Above this many instructions an expression is refused. */
const MAX_INSTRUCTIONS = 200_000;

/** Instructions in parallel arrays; execution begins at 0. */
export interface EreProgram {
  readonly op: number[];
  readonly x: number[];
  readonly next: number[];
  readonly sets: readonly ByteSet[];
  /** First instruction of each item of the outermost concatenation, and the end. */
  readonly entries: readonly number[];
  readonly slotCount: number;
  readonly hasAssertions: boolean;
}

/** Thrown inside this file for an expression that would grow beyond the limit. */
class TooBig extends Error {}

class Compiler {
  readonly op: number[] = [];
  readonly x: number[] = [];
  readonly next: number[] = [];
  readonly sets: ByteSet[] = [];
  readonly entries: number[] = [];
  slotCount: number;
  hasAssertions = false;
  private readonly exact: boolean;
  private readonly groups = new Map<number, EreNode>();

  constructor(groupCount: number, exact: boolean) {
    this.slotCount = 2 * (groupCount + 1);
    this.exact = exact;
  }

  /** Appends an instruction that goes on to the one after it. */
  private emit(op: number, x: number): number {
    const at = this.op.length;
    if (at >= MAX_INSTRUCTIONS) throw new TooBig();
    this.op.push(op);
    this.x.push(x);
    this.next.push(at + 1);
    return at;
  }

  top(root: EreNode): void {
    for (const item of root.kind === "concat" ? root.items : [root]) {
      this.entries.push(this.op.length);
      this.node(item);
    }
    this.entries.push(this.op.length);
    this.emit(OP.match, 0);
  }

  private node(node: EreNode): void {
    switch (node.kind) {
      case "char":
        this.emit(OP.char, node.code);
        return;
      case "set":
        this.sets.push(node.set);
        this.emit(OP.set, this.sets.length - 1);
        return;
      case "assert":
        this.hasAssertions = true;
        this.emit(OP.assert, ASSERTIONS.indexOf(node.what));
        return;
      case "concat":
        for (const item of node.items) this.node(item);
        return;
      case "alt":
        this.alternatives(node.items);
        return;
      case "group":
        this.groups.set(node.index, node.body);
        if (this.exact) this.emit(OP.save, 2 * node.index);
        this.node(node.body);
        if (this.exact) this.emit(OP.save, 2 * node.index + 1);
        return;
      case "repeat":
        this.repeat(node.body, node.min, node.max);
        return;
      case "backref":
        // Without captures, a copy of the group accepts all that the back-reference can match.
        if (this.exact) this.emit(OP.backref, node.index);
        else this.node(this.groups.get(node.index) ?? { kind: "concat", items: [] });
        return;
    }
  }

  private alternatives(items: readonly EreNode[]): void {
    const ends: number[] = [];
    for (const [index, item] of items.entries()) {
      const isLast = index === items.length - 1;
      const split = isLast ? -1 : this.emit(OP.split, 0);
      this.node(item);
      if (isLast) break;
      ends.push(this.emit(OP.split, 0));
      this.x[split] = this.op.length;
    }
    for (const end of ends) {
      this.next[end] = this.op.length;
      this.x[end] = this.op.length;
    }
  }

  private repeat(body: EreNode, min: number, max: number): void {
    for (let i = 0; i < min - (max === Number.POSITIVE_INFINITY && min > 0 ? 1 : 0); i++)
      this.node(body);
    if (max === Number.POSITIVE_INFINITY) {
      const skip = min === 0 ? this.emit(OP.split, 0) : -1;
      const start = this.op.length;
      const slot = this.exact ? this.slotCount++ : 0;
      if (this.exact) this.emit(OP.save, slot);
      this.node(body);
      const leave = this.emit(OP.split, 0);
      if (this.exact) {
        const check = this.emit(OP.progress, slot);
        this.next[leave] = check;
        this.next[check] = start;
      } else this.next[leave] = start;
      this.x[leave] = this.op.length;
      if (skip >= 0) this.x[skip] = this.op.length;
      return;
    }
    const skips: number[] = [];
    for (let i = min; i < max; i++) {
      skips.push(this.emit(OP.split, 0));
      this.node(body);
    }
    for (const skip of skips) this.x[skip] = this.op.length;
  }
}

/**
 * Compiles for the automata (`exact` false: no captures, back-references approximated from above) or for
 * the back-reference matcher (`exact` true). Null where the program would be too big.
 */
export function compileEre(root: EreNode, groupCount: number, exact: boolean): EreProgram | null {
  const compiler = new Compiler(groupCount, exact);
  try {
    compiler.top(root);
    return compiler;
  } catch (problem) {
    if (problem instanceof TooBig) return null;
    throw problem;
  }
}

/** A word character, for `[[:<:]]` and `[[:>:]]`. */
export const isWordByte = (code: number): boolean =>
  (code >= 48 && code <= 57) || code === 95 || ((code | 32) >= 97 && (code | 32) <= 122);

/** Whether assertion number `which` holds between two bytes; -1 stands for the end of the text. */
export function assertionHolds(which: number, before: number, after: number): boolean {
  switch (which) {
    case 0:
      return before === -1 || before === 10;
    case 1:
      return after === -1 || after === 10;
    case 2:
      return !isWordByte(before) && isWordByte(after);
    default:
      return isWordByte(before) && !isWordByte(after);
  }
}
