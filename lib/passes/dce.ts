/** @file The dce pass: erases operations that compute what nothing uses. */
import type { Operation } from "#lib/ir/graph.ts";
import { isTriviallyDead } from "./effects.ts";
import { definePass } from "./pass.ts";

/** Erases dead operations inside `root`, users before what they use; returns how many. */
export function runDce(root: Operation): number {
  const ops = root.collect();
  const gone = new Set<Operation>();
  for (let i = ops.length - 1; i > 0; i--) {
    const op = ops[i] as Operation;
    if (gone.has(op) || !isTriviallyDead(op)) continue;
    if (op.regions.length > 0) for (const inner of op.collect()) gone.add(inner);
    op.erase();
    gone.add(op);
  }
  return gone.size;
}

export const dce = definePass({
  name: "dce",
  displayName: "DCEPass",
  summary: "Erase operations without effects whose results nothing uses",
  statistics: { "num-dce'd": "Number of operations DCE'd" },
  run: (root, _options, { count }) => count("num-dce'd", runDce(root)),
});
