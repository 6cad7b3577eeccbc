/** @file A deterministic automaton built while it runs: every byte of input costs one table lookup. */
import { assertionHolds, type EreProgram, isWordByte, OP } from "./ere-program.ts";

/** States kept before the table is thrown away and begun again. */
const MAX_STATES = 1_500;

const AT_LINE_START = 1;
const AFTER_WORD = 2;

/** Bytes that no instruction tells apart share a class; the last class is the end of the text. */
export interface ByteClasses {
  readonly of: Uint8Array;
  readonly end: number;
  /** A byte of each class, -1 for the end. */
  readonly sample: readonly number[];
}

/** Splits classes by membership in a set; returns how many there are. */
function refine(classes: Int16Array, count: number, set: Uint8Array): number {
  const renamed = new Int16Array(2 * count).fill(-1);
  let refined = 0;
  for (let code = 0; code < 256; code++) {
    const key = 2 * (classes[code] as number) + (set[code] as number);
    if (renamed[key] === -1) renamed[key] = refined++;
    classes[code] = renamed[key] as number;
  }
  return refined;
}

/** Divides the byte values into classes for a program. */
export function byteClasses(program: EreProgram): ByteClasses {
  const classes = new Int16Array(256);
  let count = 1;
  for (const set of new Set(program.sets)) count = refine(classes, count, set);
  if (program.hasAssertions) {
    const words = new Uint8Array(256);
    for (let code = 0; code < 256; code++) words[code] = isWordByte(code) ? 1 : 0;
    count = refine(classes, count, words);
  }
  const isSingle = new Uint8Array(256);
  if (program.hasAssertions) isSingle[10] = 1;
  for (let at = 0; at < program.op.length; at++)
    if (program.op[at] === OP.char) isSingle[program.x[at] as number] = 1;
  for (let code = 0; code < 256; code++) if (isSingle[code] === 1) classes[code] = count++;
  const of = new Uint8Array(256);
  const names = new Int16Array(count).fill(-1);
  const sample: number[] = [];
  for (let code = 0; code < 256; code++) {
    const own = classes[code] as number;
    if (names[own] === -1) names[own] = sample.push(code) - 1;
    of[code] = names[own] as number;
  }
  sample.push(-1);
  return { of, end: sample.length - 1, sample };
}

interface State {
  /** Instructions to run at this position, before following anything that consumes nothing. */
  readonly nodes: readonly number[];
  readonly flags: number;
}

const UNKNOWN = -1;

/** One automaton: anchored (matches begin where the run begins) or floating (they begin anywhere). */
export class Automaton {
  private readonly program: EreProgram;
  private readonly classes: ByteClasses;
  private readonly floating: boolean;
  private states: State[] = [];
  private ids = new Map<string, number>();
  /** `2 * next + matched` for state and class. */
  private table = new Int32Array(0);
  /** States that runs begin in, by their flags. */
  private starts: number[] = [];
  private readonly seen: Int32Array;
  private generation = 0;

  constructor(program: EreProgram, classes: ByteClasses, floating: boolean) {
    this.program = program;
    this.classes = classes;
    this.floating = floating;
    this.seen = new Int32Array(program.op.length);
  }

  private get width(): number {
    return this.classes.end + 1;
  }

  private stateId(nodes: readonly number[], flags: number): number {
    const key = `${flags}:${nodes.join()}`;
    const known = this.ids.get(key);
    if (known !== undefined) return known;
    const id = this.states.length;
    this.states.push({ nodes, flags });
    this.ids.set(key, id);
    if ((id + 1) * this.width > this.table.length) {
      const grown = new Int32Array(Math.max(16, 2 * (id + 1)) * this.width).fill(UNKNOWN);
      grown.set(this.table);
      this.table = grown;
    }
    return id;
  }

  private flagsAfter(byte: number): number {
    if (!this.program.hasAssertions) return 0;
    if (byte === -1 || byte === 10) return AT_LINE_START;
    return isWordByte(byte) ? AFTER_WORD : 0;
  }

  /** Follows what consumes nothing; returns the consuming instructions, and whether the end was among them. */
  private closure(
    state: State,
    after: number,
  ): { readonly nodes: number[]; readonly matched: boolean } {
    const { op, x, next } = this.program;
    const before = state.flags === AT_LINE_START ? -1 : state.flags === AFTER_WORD ? 97 : 32;
    const generation = ++this.generation;
    const stack = this.floating ? [0, ...state.nodes] : [...state.nodes];
    const nodes: number[] = [];
    let matched = false;
    while (stack.length > 0) {
      const at = stack.pop() as number;
      if (this.seen[at] === generation) continue;
      this.seen[at] = generation;
      switch (op[at]) {
        case OP.char:
        case OP.set:
          nodes.push(at);
          break;
        case OP.match:
          matched = true;
          break;
        case OP.assert:
          if (assertionHolds(x[at] as number, before, after)) stack.push(next[at] as number);
          break;
        default:
          stack.push(next[at] as number);
          if (op[at] === OP.split) stack.push(x[at] as number);
      }
    }
    return { nodes, matched };
  }

  /** Computes and records a transition. */
  private transition(from: number, byteClass: number): number {
    const { op, x, next, sets } = this.program;
    const byte = this.classes.sample[byteClass] as number;
    const { nodes, matched } = this.closure(this.states[from] as State, byte);
    const targets: number[] = [];
    const generation = ++this.generation;
    for (const at of nodes) {
      const operand = x[at] as number;
      const accepts =
        byte !== -1 && (op[at] === OP.char ? operand === byte : sets[operand]?.[byte] === 1);
      const target = next[at] as number;
      if (!accepts || this.seen[target] === generation) continue;
      this.seen[target] = generation;
      targets.push(target);
    }
    targets.sort((a, b) => a - b);
    if (this.states.length >= MAX_STATES) {
      this.states = [];
      this.ids = new Map();
      this.starts = [];
      this.table.fill(UNKNOWN);
      return 2 * this.stateId(targets, this.flagsAfter(byte)) + (matched ? 1 : 0);
    }
    const value = 2 * this.stateId(targets, this.flagsAfter(byte)) + (matched ? 1 : 0);
    this.table[from * this.width + byteClass] = value;
    return value;
  }

  private isDead(id: number): boolean {
    return this.states[id]?.nodes.length === 0;
  }

  private start(text: string, sliceStart: number, from: number): number {
    const before = from === sliceStart ? -1 : text.charCodeAt(from - 1);
    const flags = this.flagsAfter(before);
    this.starts[flags] ??= this.stateId(this.floating ? [] : [0], flags);
    return this.starts[flags];
  }

  /** End of the longest match that begins exactly at `from`, or -1. */
  longestFrom(text: string, sliceStart: number, from: number, end: number): number {
    const { of, end: endClass } = this.classes;
    const width = this.width;
    let state = this.start(text, sliceStart, from);
    let longest = -1;
    for (let at = from; at < end; at++) {
      const byteClass = of[text.charCodeAt(at)] as number;
      let value = this.table[state * width + byteClass] as number;
      if (value === UNKNOWN) value = this.transition(state, byteClass);
      if ((value & 1) === 1) longest = at;
      state = value >> 1;
      if (this.isDead(state)) return longest;
    }
    const value = this.transition(state, endClass);
    return (value & 1) === 1 ? end : longest;
  }

  /**
   * For a floating automaton: the position where the first match to end was begun at the earliest
   * (nothing was under way there), or -1 where nothing matches.
   */
  earliestStart(text: string, sliceStart: number, from: number, end: number): number {
    const { of, end: endClass } = this.classes;
    const width = this.width;
    let state = this.start(text, sliceStart, from);
    let fresh = from;
    for (let at = from; at < end; at++) {
      if (this.isDead(state)) fresh = at;
      const byteClass = of[text.charCodeAt(at)] as number;
      let value = this.table[state * width + byteClass] as number;
      if (value === UNKNOWN) value = this.transition(state, byteClass);
      if ((value & 1) === 1) return fresh;
      state = value >> 1;
    }
    if (this.isDead(state)) fresh = end;
    return (this.transition(state, endClass) & 1) === 1 ? fresh : -1;
  }
}

/**
 * Leftmost match in time linear in the text, by running all possible starts side by side: every
 * instruction keeps the smallest start that reached it.
 */
export function leftmostByThreads(
  program: EreProgram,
  text: string,
  sliceStart: number,
  from: number,
  end: number,
): { readonly start: number; readonly end: number } | null {
  const { op, x, next, sets } = program;
  let best: { start: number; end: number } | null = null;
  let current = new Map<number, number>();
  for (let at = from; at <= end; at++) {
    const before = at === sliceStart ? -1 : text.charCodeAt(at - 1);
    const after = at === end ? -1 : text.charCodeAt(at);
    if (best === null && !current.has(0)) current.set(0, at);
    const order = [...current].sort((a, b) => a[1] - b[1]);
    const starts = new Map<number, number>();
    for (const [node, start] of order) {
      const stack = [node];
      while (stack.length > 0) {
        const here = stack.pop() as number;
        if (starts.has(here)) continue;
        starts.set(here, start);
        if (op[here] === OP.split) stack.push(x[here] as number, next[here] as number);
        else if (op[here] === OP.save || op[here] === OP.progress) stack.push(next[here] as number);
        else if (op[here] === OP.assert && assertionHolds(x[here] as number, before, after))
          stack.push(next[here] as number);
        else if (op[here] === OP.match && (best === null || start <= best.start))
          best = { start, end: at };
      }
    }
    current = new Map();
    for (const [here, start] of starts) {
      if (best !== null && start > best.start) continue;
      const operand = x[here] as number;
      const accepts =
        after !== -1 &&
        (op[here] === OP.char
          ? operand === after
          : op[here] === OP.set && sets[operand]?.[after] === 1);
      if (!accepts) continue;
      const target = next[here] as number;
      const known = current.get(target);
      if (known === undefined || start < known) current.set(target, start);
    }
    if (best !== null && current.size === 0) break;
  }
  return best;
}
