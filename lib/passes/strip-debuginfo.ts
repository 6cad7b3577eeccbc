/** @file The strip-debuginfo pass: forgets all locations. */
import { UNKNOWN_LOC } from "#lib/diag/loc.ts";
import type { Operation } from "#lib/ir/graph.ts";
import { definePass } from "./pass.ts";

/** Sets every location inside `root`, its own included, to unknown. */
export function runStripDebugInfo(root: Operation): void {
  root.walk((op) => {
    op.loc = UNKNOWN_LOC;
    for (const result of op.results) result.loc = UNKNOWN_LOC;
    for (const { blocks } of op.regions)
      for (const { args } of blocks) for (const arg of args) arg.loc = UNKNOWN_LOC;
  });
}

export const stripDebugInfo = definePass({
  name: "strip-debuginfo",
  displayName: "StripDebugInfoPass",
  summary: "Strip debug info from all operations",
  run: (root) => runStripDebugInfo(root),
});
