/** @file Pretty form of arith's constant. */
import type { Operation } from "#lib/ir/graph.ts";
import { assembly, valuePart } from "../format-parts.ts";

/** `c5_i32`, `true`, `cst`. */
function constantName(op: Operation): string {
  const value = op.attribute("value");
  if (value?.kind === "bool") return String(value.value);
  if (value?.kind !== "integer") return "cst";
  const name = `c${value.value}`.replace("-", "-");
  return value.type.kind === "index" ? name : `${name}_${value.type.text}`;
}

export const constantFormat = assembly(["dictionary", valuePart("value")], {
  resultName: constantName,
});
