/** @file Turns what the greedy driver did into statistics and, where it was cut short, a diagnostic. */
import type { Operation } from "#lib/ir/graph.ts";
import { plural } from "#lib/support/text.ts";
import type { PassContext } from "../pass.ts";
import type { GreedyReport } from "./greedy.ts";

/** Counts pattern applications; says which patterns still applied where a cap ended the pass. */
export function reportGreedy(
  root: Operation,
  report: GreedyReport,
  context: PassContext,
  options: { readonly mustConverge?: boolean } = {},
): void {
  for (const [name, count] of report.counts) context.count(name, count);
  if (report.converged) return;
  const busiest = [...report.counts]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, 3)
    .map(([name, count]) => `${name} (${count})`)
    .join(", ");
  const message = `patterns still applied after ${plural(report.iterations, "iteration")}${busiest === "" ? "" : `, most often ${busiest}`}`;
  if (options.mustConverge === true) context.engine.error(root.loc, message);
  else context.engine.remark(root.loc, message);
}
