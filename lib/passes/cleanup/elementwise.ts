/** @file Cleanup of the elementwise ops that gradients leave: negations, conversions, products with constants, broadcasts. */
import type { BinaryName, UnaryName } from "#lib/dialects/stablehlo/build.ts";
import { stablehlo, stablehloName } from "#lib/dialects/stablehlo/ops.ts";
import type { Value } from "#lib/ir/graph.ts";
import { attrsOf } from "#lib/ir/op-def.ts";
import { dtypeOf, elementOf, isFloat, isInteger, tensorType } from "#lib/ir/types.ts";
import { FLOAT_FORMATS } from "#lib/support/float-codecs.ts";
import { sameShape } from "#lib/support/shape.ts";
import { bitWidth, type DType } from "#lib/tensors/dtype.ts";
import { countOf, definedBy, denseOf, dimsOf, splatNumber, splatOf } from "../rewrite/match.ts";
import type { Pattern, Rewriter } from "../rewrite/pattern.ts";

const negateNegate: Pattern = {
  name: "negate-negate",
  ops: ["stablehlo.negate"],
  rewrite: (op, rewriter) => {
    const inner = definedBy(op.operand(0), "stablehlo.negate");
    return inner === null ? false : rewriter.replaceWith(op, inner.operand(0));
  },
};

/** a + (-b) is a - b; (-a) + b is b - a. */
const addNegate: Pattern = {
  name: "add-negate",
  ops: ["stablehlo.add"],
  rewrite: (op, rewriter) => {
    for (const side of [1, 0]) {
      const inner = definedBy(op.operand(side), "stablehlo.negate");
      if (inner === null) continue;
      const difference = rewriter.b.subtract(op.operand(1 - side), inner.operand(0));
      return rewriter.replaceWith(op, difference);
    }
    return false;
  },
};

/** a - (-b) is a + b. */
const subtractNegate: Pattern = {
  name: "subtract-negate",
  ops: ["stablehlo.subtract"],
  rewrite: (op, rewriter) => {
    const inner = definedBy(op.operand(1), "stablehlo.negate");
    if (inner === null) return false;
    return rewriter.replaceWith(op, rewriter.b.add(op.operand(0), inner.operand(0)));
  },
};

/** Binary ops whose operands are equal give the operand. */
const selfIsSelf: Pattern = {
  name: "self-is-self",
  ops: ["and", "or", "maximum", "minimum"].map((name) => `stablehlo.${name}`),
  rewrite: (op, rewriter) =>
    op.operand(0) === op.operand(1) ? rewriter.replaceWith(op, op.operand(0)) : false,
};

const notNot: Pattern = {
  name: "not-not",
  ops: ["stablehlo.not"],
  rewrite: (op, rewriter) => {
    const inner = definedBy(op.operand(0), "stablehlo.not");
    return inner === null ? false : rewriter.replaceWith(op, inner.operand(0));
  },
};

const multiplyMinusOne: Pattern = {
  name: "multiply-minus-one",
  ops: ["stablehlo.multiply"],
  rewrite: (op, rewriter) =>
    splatNumber(op.operand(1)) === -1
      ? rewriter.replaceWith(op, rewriter.b.negate(op.operand(0)))
      : false,
};

/** Whether 2^k and 2^-k are normal numbers of a float type. */
function isExactReciprocal(value: number, dtype: DType | null): boolean {
  const exponent = Math.log2(Math.abs(value));
  if (!Number.isInteger(exponent) || 2 ** exponent !== Math.abs(value)) return false;
  if (dtype === "f64") return Math.abs(exponent) < 1022;
  if (dtype === "f32" || dtype === "bf16") return Math.abs(exponent) < 126;
  return dtype === "f16" && Math.abs(exponent) < FLOAT_FORMATS.f16.bias - 1;
}

/** Division by a power of two is the product with its reciprocal, exactly; by 1, the dividend. */
const dividePowerOfTwo: Pattern = {
  name: "divide-power-of-two",
  ops: ["stablehlo.divide"],
  rewrite: (op, rewriter) => {
    const type = op.result().type;
    const value = splatNumber(op.operand(1));
    if (value === 1) return rewriter.replaceWith(op, op.operand(0));
    if (value === null || denseOf(op.operand(0)) !== null || !isFloat(type)) return false;
    if (!isExactReciprocal(value, dtypeOf(elementOf(type)))) return false;
    const reciprocal = rewriter.b.splat(type, 1 / value);
    return rewriter.replaceWith(op, rewriter.b.multiply(op.operand(0), reciprocal));
  },
};

/** (x * c) * d is x * (c * d) for integers. */
const multiplyConstants: Pattern = {
  name: "multiply-constants",
  ops: ["stablehlo.multiply"],
  rewrite: (op, rewriter) => {
    const inner = definedBy(op.operand(0), "stablehlo.multiply");
    if (inner === null || splatOf(op.operand(1)) === null) return false;
    if (splatOf(inner.operand(1)) === null || !isInteger(op.result().type)) return false;
    const factor = rewriter.b.multiply(inner.operand(1), op.operand(1));
    return rewriter.replaceWith(op, rewriter.b.multiply(inner.operand(0), factor));
  },
};

/** Significand and exponent range of a float type. */
const precisionOf = (
  dtype: DType,
): { readonly mantissa: number; readonly exponent: number } | null => {
  if (dtype === "f64") return { mantissa: 52, exponent: 11 };
  if (dtype === "f32") return { mantissa: 23, exponent: 8 };
  if (dtype === "f16" || dtype === "bf16") {
    const { mantissaBits, exponentBits } = FLOAT_FORMATS[dtype];
    return { mantissa: mantissaBits, exponent: exponentBits };
  }
  return null;
};

/** Whether every value of `from` is a value of `to`. */
function isLossless(from: DType, to: DType): boolean {
  const [a, b] = [precisionOf(from), precisionOf(to)];
  if (a !== null && b !== null) return a.mantissa <= b.mantissa && a.exponent <= b.exponent;
  if (a !== null) return false;
  const unsigned = from === "i1" || from.startsWith("ui");
  const bits = bitWidth(from);
  if (b !== null) return bits <= b.mantissa + (unsigned ? 1 : 0);
  if (to === "i1" || (to.startsWith("ui") && !unsigned)) return from === to;
  const room = bitWidth(to) - (to.startsWith("ui") ? 0 : 1);
  return unsigned ? bits <= room : bits - 1 <= room;
}

const isSimpleNumber = (dtype: DType | null): dtype is DType =>
  dtype !== null &&
  !dtype.startsWith("complex") &&
  (precisionOf(dtype) !== null || dtype.includes("i"));

/** A conversion of a lossless conversion starts from the original. */
const convertConvert: Pattern = {
  name: "convert-convert",
  ops: ["stablehlo.convert"],
  rewrite: (op, rewriter) => {
    const inner = definedBy(op.operand(0), "stablehlo.convert");
    if (inner === null) return false;
    const [from, middle, to] = [inner.operand(0), op.operand(0), op.result()].map((value) =>
      dtypeOf(elementOf(value.type)),
    );
    if (
      !isSimpleNumber(from ?? null) ||
      !isSimpleNumber(middle ?? null) ||
      !isSimpleNumber(to ?? null)
    )
      return false;
    if (!isLossless(from as DType, middle as DType)) return false;
    return rewriter.replaceWith(
      op,
      rewriter.b.convert(inner.operand(0), elementOf(op.result().type)),
    );
  },
};

/** `select(p, select(p, a, b), c)` is `select(p, a, c)`, and the same on the other side. */
const selectSelect: Pattern = {
  name: "select-select",
  ops: ["stablehlo.select"],
  rewrite: (op, rewriter) => {
    const pred = op.operand(0);
    for (const side of [1, 2]) {
      const inner = definedBy(op.operand(side), "stablehlo.select");
      if (inner === null || inner.operand(0) !== pred) continue;
      rewriter.setOperand(op, side, inner.operand(side));
      return true;
    }
    return false;
  },
};

/** The smaller value that a broadcast repeats, with the dimensions it goes to. */
interface Source {
  readonly value: Value;
  readonly dims: readonly number[];
}

function sourceOf(value: Value): Source | null {
  const op = definedBy(value, "stablehlo.broadcast_in_dim");
  if (op === null || !value.hasOneUse) return null;
  const operand = op.operand(0);
  const [small, big] = [countOf(operand), countOf(value)];
  if (small === null || big === null || small >= big) return null;
  return { value: operand, dims: attrsOf(stablehlo.broadcast_in_dim, op).broadcast_dimensions };
}

const repeat = ({ b }: Rewriter, source: Source, small: Value, like: Value): Value =>
  b.broadcastInDim(small, dimsOf(like), source.dims);

/** An elementwise op on what a broadcast repeats is computed before it is repeated. */
const unaryOfBroadcast: Pattern = {
  name: "unary-of-broadcast",
  ops: ["negate", "exponential", "log", "sqrt", "rsqrt", "tanh", "logistic", "abs", "not"].map(
    (name) => `stablehlo.${name}`,
  ),
  rewrite: (op, rewriter) => {
    const source = sourceOf(op.operand(0));
    if (source === null || op.operand(0).type !== op.result().type) return false;
    const small = rewriter.b.unary(stablehloName(op.name) as UnaryName, source.value);
    return rewriter.replaceWith(op, repeat(rewriter, source, small, op.result()));
  },
};

/** A splat constant of the type of `like` with the splat of `value`. */
function smallSplat(rewriter: Rewriter, value: Value, like: Value): Value | null {
  const number = splatNumber(value);
  return number === null || splatOf(value) === null || like.type.kind !== "tensor"
    ? null
    : rewriter.b.splat(tensorType(like.type.shape, elementOf(value.type)), exact(value, number));
}

/** The splat as a bigint where a number would lose digits. */
const exact = (value: Value, number: number): number | bigint => {
  const data = splatOf(value)?.data[0];
  return typeof data === "bigint" ? data : number;
};

/** The same for binary ops on two broadcasts alike, or on one and a splat. */
const binaryOfBroadcasts: Pattern = {
  name: "binary-of-broadcasts",
  ops: ["add", "subtract", "multiply", "divide", "power", "maximum", "minimum", "and", "or"].map(
    (name) => `stablehlo.${name}`,
  ),
  rewrite: (op, rewriter) => {
    const [lhs, rhs] = [op.operand(0), op.operand(1)];
    const [left, right] = [sourceOf(lhs), sourceOf(rhs)];
    const name = stablehloName(op.name) as BinaryName;
    if (left !== null && right !== null) {
      if (left.value.type !== right.value.type || !sameShape(left.dims, right.dims)) return false;
      const small = rewriter.b.binary(name, left.value, right.value);
      return rewriter.replaceWith(op, repeat(rewriter, left, small, op.result()));
    }
    const source = left ?? right;
    if (source === null) return false;
    const constant = smallSplat(rewriter, left === null ? lhs : rhs, source.value);
    if (constant === null) return false;
    const small =
      left === null
        ? rewriter.b.binary(name, constant, source.value)
        : rewriter.b.binary(name, source.value, constant);
    return rewriter.replaceWith(op, repeat(rewriter, source, small, op.result()));
  },
};

/** A conversion of a single-use broadcast converts before repeating. */
const convertOfBroadcast: Pattern = {
  name: "convert-of-broadcast",
  ops: ["stablehlo.convert"],
  rewrite: (op, rewriter) => {
    const source = sourceOf(op.operand(0));
    if (source === null) return false;
    const small = rewriter.b.convert(source.value, elementOf(op.result().type));
    return rewriter.replaceWith(op, repeat(rewriter, source, small, op.result()));
  },
};

export const elementwiseCleanups: readonly Pattern[] = [
  negateNegate,
  addNegate,
  subtractNegate,
  selfIsSelf,
  notNot,
  multiplyMinusOne,
  dividePowerOfTwo,
  multiplyConstants,
  convertConvert,
  selectSelect,
  unaryOfBroadcast,
  binaryOfBroadcasts,
  convertOfBroadcast,
];
