/** @file Type constraints that op records name, with the words that diagnostics use. */
import type { TypeConstraint } from "#lib/ir/op-def.ts";
import { DYNAMIC, dtypeOf, elementOf, type TensorType, type Type } from "#lib/ir/types.ts";
import { isComplexDType, isFloatDType, isIntegerDType } from "#lib/tensors/dtype.ts";

/** A set of element types, as diagnostics name it. */
interface ElementKind {
  readonly words: string;
  readonly holds: (type: Type) => boolean;
}

const withDType =
  (predicate: (name: string) => boolean) =>
  (type: Type): boolean => {
    const dtype = dtypeOf(type);
    return dtype !== null && predicate(dtype);
  };

const isQuantized = (type: Type): boolean =>
  type.kind === "opaque" && type.text.startsWith("!quant.");
const integerName = (name: string): boolean => isIntegerDType(name) && name !== "i1";

const PRED: ElementKind = { words: "bool", holds: (type) => type.text === "i1" };
const INT: ElementKind = {
  words: "2/4/8/16/32/64-bit integer",
  holds: withDType(integerName),
};
const SIGNLESS: ElementKind = {
  words: "2/4/8/16/32/64-bit signless integer",
  holds: (type) =>
    type.kind === "integer" && type.signedness === "signless" && integerName(type.text),
};
const FLOAT: ElementKind = {
  words: "4/6/8/16/32/64-bit float",
  holds: withDType(isFloatDType),
};
const COMPLEX: ElementKind = {
  words: "complex type with 32/64-bit float elements",
  holds: withDType(isComplexDType),
};
const QUANTIZED: ElementKind = { words: "per-tensor integer quantized", holds: isQuantized };
const PER_AXIS: ElementKind = { words: "per-axis integer quantized", holds: isQuantized };
const INDEX: ElementKind = { words: "index", holds: (type) => type.kind === "index" };

const PLAIN = [FLOAT, PRED, INT, COMPLEX] as const;

/** Remembers the answer for each type, of which a module has few. */
const remembered = (holds: (type: Type) => boolean): ((type: Type) => boolean) => {
  const known = new WeakMap<Type, boolean>();
  return (type) => {
    let answer = known.get(type);
    if (answer === undefined) {
      answer = holds(type);
      known.set(type, answer);
    }
    return answer;
  };
};

const tensorOf = (
  form: string,
  kinds: readonly ElementKind[],
  shape: (type: TensorType) => boolean = () => true,
): TypeConstraint => ({
  description: `${form} of ${kinds.map(({ words }) => words).join(" or ")} values`,
  accepts: remembered(
    (type) =>
      type.kind === "tensor" && shape(type) && kinds.some(({ holds }) => holds(type.element)),
  ),
});

const ranked = (...kinds: readonly ElementKind[]): TypeConstraint =>
  tensorOf("ranked tensor", kinds);
const isScalar = ({ shape }: TensorType): boolean => shape.length === 0;
const isStatic = ({ shape }: TensorType): boolean => !shape.includes(DYNAMIC);
/** All sizes known, or one of them bounded by the encoding. */
const isStaticOrBounded = ({ shape, encoding }: TensorType): boolean =>
  shape.filter((size) => size === DYNAMIC).length <= (encoding === null ? 0 : 1);

export const anyType: TypeConstraint = { description: "any type", accepts: () => true };

export const anyTensor = ranked(...PLAIN, QUANTIZED);
/** {@link anyTensor} for ops that take per-axis quantized elements, too. */
export const anyTensorPerAxis = ranked(...PLAIN, QUANTIZED, PER_AXIS);
/** {@link anyTensor} without quantized elements. */
export const plainTensor = ranked(...PLAIN);
export const predTensor = ranked(PRED);
export const intTensor = ranked(INT);
export const indexOrIntTensor = ranked(INDEX, INT);
export const predOrIntTensor = ranked(PRED, INT);
export const fpTensor = ranked(FLOAT, QUANTIZED);
export const fpOrComplexTensor = ranked(FLOAT, COMPLEX, QUANTIZED);
export const intFpOrComplexTensor = ranked(INT, FLOAT, COMPLEX, QUANTIZED);
export const signlessFpOrComplexTensor = ranked(SIGNLESS, FLOAT, COMPLEX, QUANTIZED);
export const signlessOrFpTensor = ranked(SIGNLESS, FLOAT, QUANTIZED);
/** A 0-dimensional tensor of integers: start indices. */
export const scalarIntTensor = tensorOf("0D tensor", [INT], isScalar);
export const scalarTensor = tensorOf("0D tensor", [...PLAIN, QUANTIZED], isScalar);
export const i32Tensor: TypeConstraint = {
  description: "ranked tensor of 32-bit signless integer values",
  accepts: (type) => type.kind === "tensor" && type.element.text === "i32",
};
/** A 1-dimensional tensor of integers or indices: a shape. */
export const dimensionTensor = tensorOf(
  "statically shaped 1-dimensional tensor",
  [INDEX, INT],
  (type) => type.shape.length === 1 && isStatic(type),
);
export const staticTensor = tensorOf(
  "statically shaped tensor",
  [...PLAIN, QUANTIZED, PER_AXIS],
  isStatic,
);
export const staticIntFpOrComplexTensor = tensorOf(
  "statically shaped tensor",
  [INT, FLOAT, COMPLEX, QUANTIZED],
  isStatic,
);
export const staticOrBoundedTensor = tensorOf(
  "statically shaped or single bounded dimension tensor",
  [...PLAIN, QUANTIZED, PER_AXIS],
  isStaticOrBounded,
);
const isToken = (type: Type): boolean => type.text === "!stablehlo.token";

export const tensorOrToken: TypeConstraint = {
  description: `${anyTensor.description} or token`,
  accepts: (type) => anyTensor.accepts(type) || isToken(type),
};

const words = (kinds: readonly ElementKind[]): string =>
  kinds.map((kind) => kind.words).join(" or ");

const BUFFER = `memref of ${words([...PLAIN, QUANTIZED])} values`;
const isBuffer = (type: Type): boolean => type.text.startsWith("memref<");

/** What branches return: tensors and tokens. */
export const branched: TypeConstraint = {
  description: `${anyTensor.description} or ranked tensor of ${PER_AXIS.words} values or token`,
  accepts: (type) => anyTensor.accepts(type) || isToken(type) || isBuffer(type),
};

/** What loops carry and regions return: {@link branched} and buffers, which are passed through. */
export const carried: TypeConstraint = {
  description: `${branched.description} or ${BUFFER}`,
  accepts: branched.accepts,
};

const isTupleOf = (type: Type, accepts: (type: Type) => boolean): boolean =>
  type.kind === "tuple" &&
  type.elements.every((inner) => accepts(inner) || isTupleOf(inner, accepts));

/** What composites take: {@link branched} and tuples. */
export const composed: TypeConstraint = {
  description: `${branched.description} or nested tuple with any combination of ${anyTensor.description} or ${BUFFER} or ranked tensor of ${PER_AXIS.words} values or token values`,
  accepts: (type) => branched.accepts(type) || isTupleOf(type, branched.accepts),
};

const CALLED = `tensor of ${words([...PLAIN, QUANTIZED, PER_AXIS])} values or ${BUFFER} or token`;
const isCalled = (type: Type): boolean =>
  branched.accepts(type) ||
  (type.kind === "unrankedTensor" &&
    [...PLAIN, QUANTIZED].some(({ holds }) => holds(type.element)));

/** What calls to the outside take: tensors of known and unknown rank, buffers, tokens, tuples, futures. */
export const called: TypeConstraint = {
  description: `${CALLED} or nested tuple with any combination of ${CALLED} values or future`,
  accepts: (type) =>
    isCalled(type) || isTupleOf(type, isCalled) || type.text.startsWith("!stablehlo.future<"),
};

const BOUNDS = /^#stablehlo\.bounds<(.*)>$/;

/** The largest size that an unknown one may have, where the encoding tells, or null. */
export function boundOf({ encoding }: TensorType, dim: number): number | null {
  const bound = encoding === null ? null : BOUNDS.exec(encoding)?.[1]?.split(",")[dim];
  return bound === undefined || bound === null || bound.trim() === "?" ? null : Number(bound);
}

/** Whether a size that may be unknown in either type agrees. */
function sizesAgree(a: TensorType, b: TensorType, dim: number): boolean {
  const [size, other] = [a.shape[dim] as number, b.shape[dim] as number];
  if (size !== DYNAMIC && other !== DYNAMIC) return size === other;
  if (size !== DYNAMIC) return size <= (boundOf(b, dim) ?? size);
  return other === DYNAMIC || other <= (boundOf(a, dim) ?? other);
}

/** Whether two types agree up to unknown sizes, within their bounds, and other encodings. */
export const compatible = (a: Type, b: Type): boolean => {
  if (a === b) return true;
  if (a.kind !== "tensor" || b.kind !== "tensor") return false;
  return (
    elementOf(a) === elementOf(b) &&
    a.shape.length === b.shape.length &&
    a.shape.every((_, dim) => sizesAgree(a, b, dim))
  );
};
