/** @file Finds what groups captured inside a known match: each item of the expression takes the longest it can, from left to right. */
import { assertionHolds, type EreProgram, OP } from "./ere-program.ts";
import type { EreNode } from "./ere-syntax.ts";

/** Start and end of a group. */
export type Span = readonly [number, number];

/** The text being matched: assertions look at the whole slice, the match lies within. */
interface Slice {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const byteBefore = (slice: Slice, at: number): number =>
  at === slice.start ? -1 : slice.text.charCodeAt(at - 1);
const byteAt = (slice: Slice, at: number): number =>
  at === slice.end ? -1 : slice.text.charCodeAt(at);

const consumes = (program: EreProgram, at: number, byte: number): boolean => {
  const operand = program.x[at] as number;
  if (program.op[at] === OP.char) return operand === byte;
  return program.op[at] === OP.set && program.sets[operand]?.[byte] === 1;
};

/** Edges of the program reversed: who goes to an instruction without and with consuming. */
interface ReverseEdges {
  readonly silent: readonly (readonly number[])[];
  readonly consuming: readonly (readonly number[])[];
}

function reverseEdges(program: EreProgram): ReverseEdges {
  const silent: number[][] = program.op.map(() => []);
  const consuming: number[][] = program.op.map(() => []);
  for (const [at, op] of program.op.entries()) {
    const next = program.next[at] as number;
    if (op === OP.char || op === OP.set) consuming[next]?.push(at);
    else if (op !== OP.match) {
      silent[next]?.push(at);
      if (op === OP.split && program.x[at] !== next) silent[program.x[at] as number]?.push(at);
    }
  }
  return { silent, consuming };
}

/** Divides matches of one expression among the items of its outermost concatenation. */
export class CaptureFinder {
  private readonly program: EreProgram;
  private readonly items: readonly EreNode[];
  private readonly edges: ReverseEdges;
  /** Item that begins at an instruction, or -1. */
  private readonly itemAt: Int32Array;

  constructor(program: EreProgram, root: EreNode) {
    this.program = program;
    this.items = root.kind === "concat" ? root.items : [root];
    this.edges = reverseEdges(program);
    this.itemAt = new Int32Array(program.op.length).fill(-1);
    // Of items that share an instruction (empty ones), the last one counts: the others take nothing.
    for (const [item, entry] of program.entries.entries()) this.itemAt[entry] = item;
  }

  /** Marks, for every position of the match, from which items on the rest can match up to its end. */
  private reachable(slice: Slice, from: number, to: number): Uint8Array[] {
    const edges = this.edges;
    const program = this.program;
    const words = program.entries.length;
    const marks: Uint8Array[] = [];
    let alive: number[] = [program.op.length - 1];
    for (let at = to; at >= from; at--) {
      const seen = new Set<number>(alive);
      const stack = [...alive];
      const row = new Uint8Array(words);
      while (stack.length > 0) {
        const node = stack.pop() as number;
        const item = this.itemAt[node] as number;
        if (item >= 0) row[item] = 1;
        for (const source of edges.silent[node] ?? []) {
          if (seen.has(source)) continue;
          const blocked =
            program.op[source] === OP.assert &&
            !assertionHolds(program.x[source] as number, byteBefore(slice, at), byteAt(slice, at));
          if (blocked) continue;
          seen.add(source);
          stack.push(source);
        }
      }
      marks[at - from] = row;
      if (at === from) break;
      const byte = slice.text.charCodeAt(at - 1);
      const sources = new Set<number>();
      for (const node of seen)
        for (const source of edges.consuming[node] ?? [])
          if (consumes(program, source, byte)) sources.add(source);
      alive = [...sources];
    }
    return marks;
  }

  /** The furthest end of item `item` begun at `from` from which the rest still matches. */
  private itemEnd(
    item: number,
    slice: Slice,
    from: number,
    to: number,
    marks: readonly Uint8Array[],
    base: number,
  ): number {
    const program = this.program;
    const exit = program.entries[item + 1] as number;
    const restOf = this.itemAt[exit] as number;
    let end = -1;
    let current: number[] = [program.entries[item] as number];
    for (let at = from; at <= to && current.length > 0; at++) {
      const seen = new Set<number>();
      const stack = current;
      while (stack.length > 0) {
        const node = stack.pop() as number;
        if (seen.has(node)) continue;
        seen.add(node);
        if (node === exit) {
          if (marks[at - base]?.[restOf] === 1) end = at;
          continue;
        }
        const op = program.op[node];
        if (op === OP.assert) {
          const holds = assertionHolds(
            program.x[node] as number,
            byteBefore(slice, at),
            byteAt(slice, at),
          );
          if (holds) stack.push(program.next[node] as number);
        } else if (op === OP.split)
          stack.push(program.next[node] as number, program.x[node] as number);
      }
      if (at === to) break;
      const byte = slice.text.charCodeAt(at);
      const following = new Set<number>();
      for (const node of seen)
        if (node !== exit && consumes(program, node, byte))
          following.add(program.next[node] as number);
      current = [...following];
    }
    return end;
  }

  /** Captures of the groups that are items of the outermost concatenation, by group number. */
  find(
    text: string,
    sliceStart: number,
    sliceEnd: number,
    from: number,
    to: number,
  ): Map<number, Span> {
    const slice: Slice = { text, start: sliceStart, end: sliceEnd };
    const captures = new Map<number, Span>();
    const marks = this.reachable(slice, from, to);
    let at = from;
    for (const [index, item] of this.items.entries()) {
      let end = at;
      if (item.kind === "char" || item.kind === "set") end = at + 1;
      else if (item.kind !== "assert") end = this.itemEnd(index, slice, at, to, marks, from);
      if (item.kind === "group") captures.set(item.index, [at, end]);
      at = end;
    }
    return captures;
  }
}
