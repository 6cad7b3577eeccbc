/** @file Finds functions that call themselves, at once or by way of others. */
import {
  calleeOf,
  callsIn,
  functionName,
  functionsOf,
  isPublic,
} from "#lib/dialects/func/functions.ts";
import type { Operation } from "#lib/ir/graph.ts";

/** A call, and the name of what it calls. */
export interface Call {
  readonly op: Operation;
  readonly callee: string;
}

const callsOf = (fn: Operation): Call[] =>
  callsIn(fn).flatMap((op) => {
    const callee = calleeOf(op);
    return callee === null ? [] : [{ op, callee }];
  });

/** The calls of the first cycle that public functions lead into, in the order of calling; empty where there is none. */
export function findRecursion(module: Operation): readonly Call[] {
  const functions = new Map(functionsOf(module).map((fn) => [functionName(fn), fn]));
  const done = new Set<string>();
  for (const [start, fn] of functions) {
    if (!isPublic(fn) || done.has(start)) continue;
    // Each frame has the calls that are still to be followed; `path` has the call that led into each frame but the first.
    const frames = [{ name: start, calls: callsOf(fn).values() }];
    const path: Call[] = [];
    const depths = new Map([[start, 0]]);
    for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
      const { value: call } = frame.calls.next();
      if (call === undefined) {
        done.add(frame.name);
        depths.delete(frame.name);
        frames.pop();
        path.pop();
        continue;
      }
      const first = depths.get(call.callee);
      if (first !== undefined) return [...path.slice(first), call];
      const callee = functions.get(call.callee);
      if (callee === undefined || done.has(call.callee)) continue;
      depths.set(call.callee, frames.length);
      frames.push({ name: call.callee, calls: callsOf(callee).values() });
      path.push(call);
    }
  }
  return [];
}
