/** @file Checks the inputs of a call against what the function says it takes, before anything runs. */

import { plural } from "#lib/support/text.ts";
import type { DType } from "#lib/tensors/dtype.ts";
import type { FunctionInfo, ValueInfo } from "./engine.ts";

/** Type of an input as MLIR spells it. */
export const spellTensorType = (dtype: DType, shape: readonly (number | null)[]): string =>
  `tensor<${[...shape.map((size) => size ?? "?"), dtype].join("x")}>`;

const label = (index: number, { name }: ValueInfo): string =>
  name === null ? `input ${index}` : `input ${index} ('${name}')`;

/** What is wrong with the inputs, in one line, or null. Dtypes are compared as the device stores them. */
export function inputProblem(
  { name, args }: FunctionInfo,
  inputs: readonly { readonly dtype: DType; readonly shape: readonly number[] }[],
): string | null {
  if (inputs.length !== args.length)
    return `@${name} takes ${plural(args.length, "input")}, but got ${inputs.length}`;
  for (const [index, info] of args.entries()) {
    const input = inputs[index];
    if (input === undefined || info.kind === "opaque" || info.shape === null) continue;
    // Shapes of one module are shared objects: state that goes round is recognised at a glance.
    if (input.shape === info.shape && input.dtype === info.dtype) continue;
    const fits =
      input.dtype === info.dtype &&
      input.shape.length === info.shape.length &&
      info.shape.every((size, axis) => size === null || size === input.shape[axis]);
    if (!fits)
      return `${label(index, info)} of @${name} must be ${info.type}, but got ${spellTensorType(input.dtype, input.shape)}`;
  }
  return null;
}
