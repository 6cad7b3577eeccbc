/** @file The inline pass: puts the bodies of functions in place of calls, callees first. */
import type { Loc } from "#lib/diag/loc.ts";
import {
  calleeOf,
  callsIn,
  functionName,
  functionsOf,
  isDeclaration,
} from "#lib/dialects/func/functions.ts";
import { cloneOp, type ValueMap } from "#lib/ir/clone.ts";
import type { Operation } from "#lib/ir/graph.ts";
import { runCanonicalize } from "./canonicalize.ts";
import { definePass } from "./pass.ts";
import { isPrivateSymbol, symbolReferences } from "./symbols.ts";

/** What inlining did. */
export interface InlineCounts {
  readonly inlined: number;
  readonly erased: number;
}

/** No limit on the size of what is inlined. */
const NO_THRESHOLD = 4_294_967_295;

/** Location of an op inlined at `caller`: call sites stack from the innermost callee outwards. */
function stackLocations(callee: Loc, caller: Loc): Loc {
  const frames: Loc[] = [];
  let last = callee;
  while (last.kind === "callsite") {
    frames.push(last.callee);
    last = last.caller;
  }
  let loc: Loc = { kind: "callsite", callee: last, caller };
  for (let frame = frames.pop(); frame !== undefined; frame = frames.pop())
    loc = { kind: "callsite", callee: frame, caller: loc };
  return loc;
}

/** Groups of functions that call each other, callees before callers (Tarjan's algorithm without recursion). */
function callGroups(
  names: readonly string[],
  callees: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, number> {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const group = new Map<string, number>();
  const stack: string[] = [];
  let groups = 0;
  for (const start of names) {
    if (index.has(start)) continue;
    const work: { readonly name: string; next: number }[] = [{ name: start, next: 0 }];
    for (let frame = work[work.length - 1]; frame !== undefined; frame = work[work.length - 1]) {
      const { name } = frame;
      if (frame.next === 0) {
        index.set(name, index.size);
        low.set(name, index.get(name) ?? 0);
        stack.push(name);
      }
      const lower = (to: number): void => {
        low.set(name, Math.min(low.get(name) ?? 0, to));
      };
      const target = callees.get(name)?.[frame.next++];
      if (target !== undefined) {
        const seen = index.get(target);
        if (seen === undefined) work.push({ name: target, next: 0 });
        else if (!group.has(target)) lower(seen);
        continue;
      }
      work.pop();
      const parent = work[work.length - 1];
      if (parent !== undefined)
        low.set(parent.name, Math.min(low.get(parent.name) ?? 0, low.get(name) ?? 0));
      if (low.get(name) !== index.get(name)) continue;
      for (let member = stack.pop(); member !== undefined; member = stack.pop()) {
        group.set(member, groups);
        if (member === name) break;
      }
      groups++;
    }
  }
  return group;
}

/** Copies the callee's only block before the call and replaces the call; the copied calls are returned. */
function inlineCall(call: Operation, callee: Operation): Operation[] {
  const block = call.parent;
  const { entry } = callee.region();
  const map: ValueMap = new Map();
  entry.args.forEach((arg, index) => {
    map.set(arg, call.operand(index));
  });
  const calls: Operation[] = [];
  for (let op = entry.first; op !== null && op !== entry.last; op = op.next) {
    const copy = cloneOp(op, map);
    copy.walk((inner) => {
      inner.loc = stackLocations(inner.loc, call.loc);
      for (const { blocks } of inner.regions)
        for (const { args } of blocks)
          for (const arg of args) arg.loc = stackLocations(arg.loc, call.loc);
      if (inner.name === "func.call") calls.push(inner);
    });
    block?.insertBefore(copy, call);
  }
  const results = (entry.last?.operands ?? []).map((value) => map.get(value) ?? value);
  call.results.forEach((result, index) => {
    const value = results[index];
    if (value !== undefined) result.replaceAllUsesWith(value);
  });
  call.erase();
  return calls;
}

class Inliner {
  private readonly functions = new Map<string, Operation>();
  private readonly group: ReadonlyMap<string, number>;
  private readonly calls: ReadonlyMap<string, readonly string[]>;
  /** Functions of which a call was inlined. */
  readonly callees = new Set<string>();
  private readonly threshold: number;
  inlined = 0;

  constructor(module: Operation, threshold: number) {
    this.threshold = threshold;
    for (const fn of functionsOf(module)) this.functions.set(functionName(fn), fn);
    this.calls = new Map(
      [...this.functions].map(([name, fn]) => [
        name,
        callsIn(fn).flatMap((call) => {
          const callee = calleeOf(call);
          return callee !== null && this.functions.has(callee) ? [callee] : [];
        }),
      ]),
    );
    this.group = callGroups([...this.functions.keys()], this.calls);
  }

  /** Functions that call each other together, callees before callers. */
  groups(): string[][] {
    const groups: string[][] = [];
    for (const [name, group] of this.group) {
      while (groups.length <= group) groups.push([]);
      groups[group]?.push(name);
    }
    return groups;
  }

  private inlinable(name: string, caller: string, history: readonly string[]): Operation | null {
    const callee = this.functions.get(name);
    if (callee === undefined || isDeclaration(callee)) return null;
    if (callee.region().blocks.length !== 1 || callee.attribute("no_inline") !== null) return null;
    if (this.group.get(name) === this.group.get(caller) || history.includes(name)) return null;
    if (this.calls.get(name)?.includes(name) === true) return null;
    return this.isSmall(callee, caller) ? callee : null;
  }

  private isSmall(callee: Operation, caller: string): boolean {
    const fn = this.functions.get(caller);
    if (this.threshold >= NO_THRESHOLD || fn === undefined) return true;
    return 100 * callee.collect().length <= this.threshold * fn.collect().length;
  }

  /** Simplifies and inlines in turn, until nothing is left to inline. */
  runOn(names: readonly string[], { simplify, maxIterations = 1 }: InlineOptions): void {
    const functions = names.flatMap((name) => this.functions.get(name) ?? []);
    for (let round = 0; round < Math.max(maxIterations, 1); round++) {
      const before = this.inlined;
      if (simplify !== undefined) for (const fn of functions) simplify(fn);
      for (const fn of functions) this.inlineInto(functionName(fn), fn);
      if (this.inlined === before) return;
    }
  }

  /** Inlines the calls of one function, and those that come in with them. */
  private inlineInto(caller: string, fn: Operation): void {
    const work = callsIn(fn)
      .reverse()
      .map((call) => ({ call, history: [] as readonly string[] }));
    for (let item = work.pop(); item !== undefined; item = work.pop()) {
      const { call, history } = item;
      const name = calleeOf(call);
      const callee = name === null ? null : this.inlinable(name, caller, history);
      if (name === null || callee === null || call.attribute("no_inline") !== null) continue;
      const calls = inlineCall(call, callee);
      this.inlined++;
      this.callees.add(name);
      for (const inner of calls.reverse()) work.push({ call: inner, history: [...history, name] });
    }
  }
}

/** Erases private functions with a body that nothing refers to, of those that `among` takes; returns how many. */
function eraseUnused(module: Operation, among: (name: string) => boolean): number {
  const used = new Set(symbolReferences(module));
  let erased = 0;
  for (const fn of functionsOf(module)) {
    const name = functionName(fn);
    if (!isPrivateSymbol(fn) || isDeclaration(fn) || used.has(name) || !among(name)) continue;
    fn.erase();
    erased++;
  }
  return erased;
}

export interface InlineOptions {
  /** Names of the functions whose calls are inlined; all of them where absent. */
  readonly functions?: readonly string[];
  readonly eraseUnused?: boolean;
  /** Callees with more ops than this percentage of the caller's stay calls. */
  readonly threshold?: number;
  /** Runs on every function before its calls are inlined, and again after some were. */
  readonly simplify?: (fn: Operation) => void;
  /** How often calls are looked for in a function; once where absent. */
  readonly maxIterations?: number;
}

/**
 * Inlines calls everywhere in a module, or in the functions named only. Private functions that nothing uses are erased before,
 * and afterwards those whose last call was inlined, unless `eraseUnused` is false. Calls in a cycle, of declarations and of
 * `no_inline` functions stay.
 */
export function inlineCalls(module: Operation, options: InlineOptions = {}): InlineCounts {
  const erase = options.eraseUnused !== false;
  let erased = erase ? eraseUnused(module, () => true) : 0;
  const inliner = new Inliner(module, options.threshold ?? NO_THRESHOLD);
  for (const names of inliner.groups())
    inliner.runOn(
      names.filter((name) => options.functions?.includes(name) !== false),
      options,
    );
  if (erase) erased += eraseUnused(module, (name) => inliner.callees.has(name));
  return { inlined: inliner.inlined, erased };
}

export const inline = definePass({
  name: "inline",
  displayName: "InlinerPass",
  summary: "Inline function calls",
  options: {
    "default-pipeline": {
      type: "choice",
      values: ["canonicalize", ""],
      default: "canonicalize",
      doc: "Pass that runs on every function before and after inlining: canonicalize, or none where empty",
    },
    "inlining-threshold": {
      type: "integer",
      default: NO_THRESHOLD,
      doc: "Callees with more operations than this percentage of the caller's stay calls",
    },
    "max-iterations": {
      type: "integer",
      default: 4,
      doc: "Rounds of simplifying a function and inlining its calls",
    },
    "op-pipelines": {
      type: "choice",
      values: [""],
      default: "",
      doc: "Taken for MLIR's sake: must be empty",
    },
  },
  statistics: {
    "num-inlined": "Number of calls inlined",
    "num-erased": "Number of functions erased",
  },
  run: (root, options, { engine, count }) => {
    if (root.def?.traits.has("symbolTable") !== true) {
      engine.error(
        root.loc,
        `'${root.name}' op  was scheduled to run under the inliner, but does not define a symbol table`,
      );
      return;
    }
    const { inlined, erased } = inlineCalls(root, {
      threshold: options["inlining-threshold"],
      maxIterations: options["max-iterations"],
      ...(options["default-pipeline"] === "" ? {} : { simplify: (fn) => runCanonicalize(fn) }),
    });
    count("num-inlined", inlined);
    count("num-erased", erased);
  },
});
