/** @file Finding functions of a loaded module by name. */
import { nearestName } from "#lib/support/text.ts";
import type { FunctionInfo } from "./engine.ts";

/** Names the nearest function where one is asked for that a module lacks. */
export function noSuchFunction(name: string, functions: readonly FunctionInfo[]): string {
  const names = functions.map((info) => info.name);
  const nearest = nearestName(name, names);
  const hint = nearest === null ? "" : `; did you mean '@${nearest}'?`;
  const listed = names.length === 0 ? "none" : names.map((known) => `@${known}`).join(", ");
  return `no function '@${name}' in the module (it has: ${listed})${hint}`;
}
