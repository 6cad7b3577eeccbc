/** @file Makes what stop-gradient marks hold still, so that difference quotients see the function that gradients are of. */
import { updateFunctionType } from "#lib/dialects/func/functions.ts";
import { func } from "#lib/dialects/func/ops.ts";
import { Builder } from "#lib/ir/builder.ts";
import type { Operation, Value } from "#lib/ir/graph.ts";
import { present } from "#lib/support/assert.ts";
import { at } from "#lib/support/shape.ts";
import { isStopGradient } from "./rule.ts";

function returnOnly(fn: Operation, values: readonly Value[]): void {
  const { entry } = fn.region();
  const last = present(entry.last, "return");
  last.erase();
  Builder.atEnd(entry).create(func.return, { operands: values }, {}, { resultTypes: [] });
  fn.properties.delete("res_attrs");
  updateFunctionType(fn);
}

const stoppedIn = (fn: Operation): Value[] =>
  fn.region().entry.ops.flatMap((op) => (isStopGradient(op) ? op.results : []));

/** Makes a function return result `loss` and then everything that stop-gradient marks in it. */
export function exposeStopped(fn: Operation, loss: number): void {
  const value = at(present(fn.region().entry.last, "return").operands, loss);
  returnOnly(fn, [value, ...stoppedIn(fn)]);
}

/** Makes a function take as further arguments what stop-gradient marks in it, and return the loss alone. */
export function fixStopped(fn: Operation, loss: number): void {
  const { entry } = fn.region();
  const value = at(present(entry.last, "return").operands, loss);
  returnOnly(fn, [value]);
  for (const stopped of stoppedIn(fn))
    stopped.replaceAllUsesWith(entry.addArgument(stopped.type, stopped.loc));
  fn.properties.delete("arg_attrs");
  updateFunctionType(fn);
}
