/** @file Constants that exporters leave: arith.constant, resources, tensors that other ops count or repeat. */
import { stablehlo } from "#lib/dialects/stablehlo/ops.ts";
import { DenseAttr, type DenseContent } from "#lib/ir/attributes.ts";
import { dtypeOf, isStatic } from "#lib/ir/types.ts";
import { elementCount } from "#lib/support/shape.ts";
import { byteWidth } from "#lib/tensors/dtype.ts";
import type { Pattern } from "../rewrite/pattern.ts";

/** `arith.constant` of a tensor becomes `stablehlo.constant`. */
export const arithConstant: Pattern = {
  name: "arith-constant",
  ops: ["arith.constant"],
  rewrite: (op, rewriter) => {
    const value = op.properties.get("value");
    if (value === undefined || !isStatic(op.result().type)) return false;
    if (value.kind !== "dense" && value.kind !== "denseResource") return false;
    const constant = rewriter.b.builder.create(
      stablehlo.constant,
      {},
      { value },
      { resultTypes: [op.result().type] },
    );
    return rewriter.replaceWith(op, constant.result());
  },
};

/** Bytes of a constant, one element where all are equal. */
function contentOf(bytes: Uint8Array, width: number): DenseContent {
  for (let i = width; i < bytes.length; i++)
    if (bytes[i] !== bytes[i - width]) return { bytes, splat: false };
  return bytes.length === 0
    ? { bytes, splat: false }
    : { bytes: bytes.slice(0, width), splat: true };
}

/** `dense_resource` becomes `dense` where the bytes are known and not over the limit; -1 for no limit. */
export const inlineResource = (limit: number): Pattern => ({
  name: "inline-resource",
  ops: ["stablehlo.constant"],
  rewrite: (op, rewriter) => {
    const value = op.properties.get("value");
    if (value?.kind !== "denseResource" || !isStatic(value.type)) return false;
    const bytes = value.blob?.bytes;
    const dtype = dtypeOf(value.type.element);
    if (bytes === undefined || dtype === null) return false;
    if (limit >= 0 && bytes.length > limit) return false;
    const width = byteWidth(dtype);
    if (bytes.length !== width * elementCount(value.type.shape)) return false;
    op.properties.set("value", new DenseAttr(value.type, contentOf(bytes, width)));
    return rewriter.modified(op);
  },
});
