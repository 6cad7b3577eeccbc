/** @file Matches expressions with back-references by ordered search, never visiting one situation twice. */

import type { Span } from "./ere-captures.ts";
import { assertionHolds, type EreProgram, OP } from "./ere-program.ts";

/** Steps after which visited situations are remembered. */
const FREE_STEPS = 2_000;

/** The longest match from one start and what its groups captured. */
export interface BackrefMatch {
  readonly end: number;
  readonly captures: ReadonlyMap<number, Span>;
}

/** A place to come back to, or a slot to restore (`pc` is -1 - slot). */
interface Choice {
  readonly pc: number;
  readonly at: number;
}

/** Runs the exact program of one expression. */
export class BackrefMatcher {
  private readonly program: EreProgram;
  private readonly groupCount: number;
  /** Slots on which the future of a situation depends: referenced groups and loop positions. */
  private readonly relevant: readonly number[];

  constructor(program: EreProgram, groupCount: number) {
    this.program = program;
    this.groupCount = groupCount;
    const relevant = new Set<number>();
    for (const [at, op] of program.op.entries()) {
      const operand = program.x[at] as number;
      if (op === OP.backref) relevant.add(2 * operand).add(2 * operand + 1);
      if (op === OP.progress) relevant.add(operand);
    }
    this.relevant = [...relevant];
  }

  /** The longest match that begins at `from` and ends at `limit` at the latest, or null. */
  longestFrom(
    text: string,
    sliceStart: number,
    from: number,
    sliceEnd: number,
    limit: number,
  ): BackrefMatch | null {
    const { op, x, next, sets } = this.program;
    const slots = new Int32Array(this.program.slotCount).fill(-1);
    const stack: Choice[] = [{ pc: 0, at: from }];
    const visited = new Set<string>();
    let best: BackrefMatch | null = null;
    let steps = 0;
    while (stack.length > 0) {
      let { pc, at } = stack.pop() as Choice;
      if (pc < 0) {
        slots[-1 - pc] = at;
        continue;
      }
      running: for (;;) {
        const operand = x[pc] as number;
        switch (op[pc]) {
          case OP.char:
          case OP.set: {
            const byte = at < sliceEnd ? text.charCodeAt(at) : -1;
            const accepts = op[pc] === OP.char ? byte === operand : sets[operand]?.[byte] === 1;
            if (!accepts) break running;
            at++;
            break;
          }
          case OP.split:
            if (++steps > FREE_STEPS) {
              const key = `${pc},${at},${this.relevant.map((slot) => slots[slot]).join()}`;
              if (visited.has(key)) break running;
              visited.add(key);
            }
            stack.push({ pc: operand, at });
            break;
          case OP.assert: {
            const before = at === sliceStart ? -1 : text.charCodeAt(at - 1);
            const after = at === sliceEnd ? -1 : text.charCodeAt(at);
            if (!assertionHolds(operand, before, after)) break running;
            break;
          }
          case OP.save:
            stack.push({ pc: -1 - operand, at: slots[operand] as number });
            slots[operand] = at;
            break;
          case OP.progress:
            if (slots[operand] === at) break running;
            break;
          case OP.backref: {
            const start = slots[2 * operand] as number;
            const length = (slots[2 * operand + 1] as number) - start;
            if (start < 0 || length < 0 || at + length > sliceEnd) break running;
            // As in LLVM, what a group captured is compared exactly even when case is ignored.
            if (text.slice(start, start + length) !== text.slice(at, at + length)) break running;
            at += length;
            break;
          }
          default:
            if (best === null || at > best.end) best = { end: at, captures: this.captures(slots) };
            if (at >= limit) return best;
            break running;
        }
        pc = next[pc] as number;
      }
    }
    return best;
  }

  private captures(slots: Int32Array): Map<number, Span> {
    const captures = new Map<number, Span>();
    for (let group = 1; group <= this.groupCount; group++) {
      const start = slots[2 * group] as number;
      const end = slots[2 * group + 1] as number;
      if (start >= 0 && end >= start) captures.set(group, [start, end]);
    }
    return captures;
  }
}
