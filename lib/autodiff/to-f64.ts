/** @file Rewrites a module from any float types to f64, so that derivatives can be checked by differences. */
import type { DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import { func } from "#lib/dialects/func/ops.ts";
import { stablehlo } from "#lib/dialects/stablehlo/ops.ts";
import {
  type Attribute,
  DenseAttr,
  type DenseResourceAttr,
  denseFromTensor,
  splatAttr,
} from "#lib/ir/attributes.ts";
import type { Operation } from "#lib/ir/graph.ts";
import { attrsOf } from "#lib/ir/op-def.ts";
import {
  dtypeOf,
  elementOf,
  floatType,
  functionType,
  isFloat,
  type Type,
  tensorType,
} from "#lib/ir/types.ts";
import {
  readNumber,
  tensorByteLength,
  tensorFromBytes,
  tensorFromNumbers,
  toNumbers,
} from "#lib/tensors/tensor.ts";

const F64 = floatType("f64");

/** The same type with f64 in place of other float elements. */
function widened(type: Type): Type {
  if (type.kind === "tensor" && isFloat(type)) return tensorType(type.shape, F64, type.encoding);
  if (type.kind === "function")
    return functionType(type.inputs.map(widened), type.results.map(widened));
  return type.kind === "float" ? F64 : type;
}

/** A float constant with the same numbers in f64. */
function widenedDense(attr: DenseAttr): DenseAttr {
  const { layout, type } = attr;
  if (layout === null || type.kind !== "tensor" || !isFloat(type)) return attr;
  const wide = widened(type);
  if (wide.kind !== "tensor") return attr;
  if (attr.isSplat)
    return splatAttr(wide, readNumber(tensorFromBytes(layout.dtype, [], attr.bytes), 0));
  const numbers = toNumbers(tensorFromBytes(layout.dtype, layout.shape, attr.bytes));
  return denseFromTensor(tensorFromNumbers("f64", layout.shape, numbers));
}

/** A resource as a dense constant; null where its bytes are not there. */
function inlineResource({ type, blob }: DenseResourceAttr): DenseAttr | null {
  const dtype = dtypeOf(elementOf(type));
  if (blob === null || type.kind !== "tensor" || dtype === null) return null;
  const { bytes } = blob;
  return bytes.length === tensorByteLength(dtype, type.shape)
    ? new DenseAttr(type, { bytes, splat: false })
    : null;
}

function widenAttribute(attr: Attribute): Attribute | null {
  if (attr.kind === "denseResource") {
    const dense = inlineResource(attr);
    return dense === null ? null : widenedDense(dense);
  }
  return attr.kind === "dense" ? widenedDense(attr) : attr;
}

function widenOp(op: Operation, engine: DiagnosticEngine): void {
  if (op.name === stablehlo.bitcast_convert.name && op.operands.some(({ type }) => isFloat(type))) {
    engine.error(op.loc, "cannot check by differences in f64: it reads the bits of a float");
    return;
  }
  for (const result of op.results) result.type = widened(result.type);
  for (const region of op.regions)
    for (const block of region.blocks) for (const arg of block.args) arg.type = widened(arg.type);
  const value = op.properties.get("value");
  if (value !== undefined) {
    const wide = widenAttribute(value);
    if (wide === null) engine.error(op.loc, "the bytes of this constant are not in the module");
    else op.properties.set("value", wide);
  }
  if (op.name === func.func.name) {
    const { function_type: type } = attrsOf(func.func, op);
    op.properties.set("function_type", { kind: "type", type: widened(type) });
  }
}

/** Rounding to a narrower format has no place in a check of derivatives. */
function dropRounding(op: Operation): void {
  if (op.name !== stablehlo.reduce_precision.name) return;
  op.result().replaceAllUsesWith(op.operand(0));
  op.erase();
}

/** Widens everything inside `module`, in place. */
export function convertToF64(module: Operation, engine: DiagnosticEngine): void {
  for (const op of module.collect()) widenOp(op, engine);
  for (const op of module.collect()) dropRounding(op);
}
