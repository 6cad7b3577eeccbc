/** @file The pcp-resources-to-args pass: resources become frozen arguments, so that weights travel beside the module. */
import {
  argAttrsOf,
  functionName,
  functionsOf,
  isDeclaration,
  isPublic,
  named,
  PCP_ROLE,
  stringOf,
  updateFunctionType,
} from "#lib/dialects/func/functions.ts";
import { func } from "#lib/dialects/func/ops.ts";
import type { Operation } from "#lib/ir/graph.ts";
import { dtypeOf, isInteger, isStatic } from "#lib/ir/types.ts";
import { at, elementCount } from "#lib/support/shape.ts";
import { byteWidth } from "#lib/tensors/dtype.ts";
import { type Tensor, tensorFromBytes } from "#lib/tensors/tensor.ts";
import { definePass, type PassContext } from "./pass.ts";
import { symbolReferences } from "./symbols.ts";

/** Constants of a function that hold resources, by key in order. */
function resourceConstants(fn: Operation): Map<string, Operation[]> {
  const found = new Map<string, Operation[]>();
  for (const op of fn.collect()) {
    if (op.name !== "stablehlo.constant" && op.name !== "arith.constant") continue;
    const value = op.properties.get("value");
    if (value?.kind !== "denseResource") continue;
    const list = found.get(value.key);
    if (list === undefined) found.set(value.key, [op]);
    else list.push(op);
  }
  return found;
}

/** Where frozen arguments go: before the data, which is named or the trailing integers. */
function positionIn(fn: Operation): number {
  const roles = argAttrsOf(fn).map((attrs) => stringOf(attrs, PCP_ROLE));
  const data = roles.indexOf("data");
  if (data !== -1) return data;
  const { args } = fn.region().entry;
  if (roles.some((role) => role !== null)) return args.length;
  let position = args.length;
  while (position > 0 && isInteger(at(args, position - 1).type)) position--;
  return position;
}

/** The tensor of a resource whose bytes are known, or null. */
function tensorOfResource(constant: Operation): Tensor | null {
  const value = constant.properties.get("value");
  if (value?.kind !== "denseResource" || !isStatic(value.type)) return null;
  const dtype = dtypeOf(value.type.element);
  const bytes = value.blob?.bytes;
  const { shape } = value.type;
  if (dtype === null || bytes?.length !== byteWidth(dtype) * elementCount(shape)) return null;
  return tensorFromBytes(dtype, shape, bytes);
}

function moveResources(
  fn: Operation,
  found: ReadonlyMap<string, readonly Operation[]>,
  keep: PassContext["keep"],
): void {
  const attrs = [...argAttrsOf(fn)];
  const { entry } = fn.region();
  let position = positionIn(fn);
  for (const [key, constants] of found) {
    const first = constants[0];
    if (first === undefined) continue;
    const tensor = tensorOfResource(first);
    if (tensor !== null) keep(key, tensor);
    const arg = entry.insertArgument(position, first.result().type, first.loc);
    attrs.splice(position, 0, named(key, "frozen"));
    position++;
    for (const constant of constants) {
      if (constant.result().type !== arg.type) continue;
      constant.result().replaceAllUsesWith(arg);
      constant.erase();
    }
  }
  fn.properties.set("arg_attrs", func.func.attrs.arg_attrs.encode(attrs));
  updateFunctionType(fn);
}

/** Turns resources of public functions into arguments; returns how many. */
export function runResourcesToArgs(
  module: Operation,
  { engine, keep }: Pick<PassContext, "engine" | "keep">,
): number {
  const called = new Set(functionsOf(module).flatMap(symbolReferences));
  let moved = 0;
  for (const fn of functionsOf(module)) {
    if (isDeclaration(fn)) continue;
    const found = resourceConstants(fn);
    if (found.size === 0) continue;
    if (!isPublic(fn) || called.has(functionName(fn))) {
      engine.error(
        fn.loc,
        `function '${functionName(fn)}' holds resources and is called by others; run inline first`,
      );
      continue;
    }
    moveResources(fn, found, keep);
    moved += found.size;
  }
  return moved;
}

export const pcpResourcesToArgs = definePass({
  name: "pcp-resources-to-args",
  summary: "Make dense resources arguments of the role frozen",
  anchor: "builtin.module",
  statistics: { "num-moved": "Number of resources that became arguments" },
  run: (root, _options, context) => context.count("num-moved", runResourcesToArgs(root, context)),
});
