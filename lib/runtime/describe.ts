/** @file Functions of a module in MLIR, described as a compiled one describes itself. */
import {
  type ArgAttrs,
  argAttrsOf,
  functionName,
  functionsOf,
  functionTypeOf,
  isDeclaration,
  isPublic,
  PCP_NAME,
  PCP_ROLE,
  resultAttrsOf,
  stringOf,
} from "#lib/dialects/func/functions.ts";
import type { Operation } from "#lib/ir/graph.ts";
import { DYNAMIC, dtypeOf, elementOf, isTensor, type Type } from "#lib/ir/types.ts";
import type { FunctionInfo, ValueInfo } from "./engine.ts";

function describe(type: Type, attrs: ArgAttrs | undefined): ValueInfo {
  const dtype = dtypeOf(elementOf(type));
  const common = {
    name: stringOf(attrs, PCP_NAME),
    role: stringOf(attrs, PCP_ROLE),
    type: type.text,
  };
  if (dtype === null) return { kind: "opaque", dtype: null, shape: null, ...common };
  if (!isTensor(type)) return { kind: "scalar", dtype, shape: [], ...common };
  const shape = type.shape.map((size) => (size === DYNAMIC ? null : size));
  return { kind: "tensor", dtype, shape, ...common };
}

/** Public functions with a body, as their types and attributes describe them. */
export function describeFunctions(module: Operation): FunctionInfo[] {
  return functionsOf(module)
    .filter((fn) => isPublic(fn) && !isDeclaration(fn))
    .map((fn) => {
      const { inputs, results } = functionTypeOf(fn);
      const [args, outs] = [argAttrsOf(fn), resultAttrsOf(fn)];
      return {
        name: functionName(fn),
        args: inputs.map((type, index) => describe(type, args[index])),
        results: results.map((type, index) => describe(type, outs[index])),
      };
    });
}
