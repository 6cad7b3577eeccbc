/** @file Types of values, interned by their printed text, so that `===` is type equality. */
import { type DType, isDType } from "#lib/tensors/dtype.ts";

export interface IntegerType {
  readonly kind: "integer";
  readonly text: string;
  readonly width: number;
  readonly signedness: "signless" | "signed" | "unsigned";
}

export interface FloatType {
  readonly kind: "float";
  readonly text: string;
}

export interface IndexType {
  readonly kind: "index";
  readonly text: string;
}

export interface NoneType {
  readonly kind: "none";
  readonly text: string;
}

export interface ComplexType {
  readonly kind: "complex";
  readonly text: string;
  readonly element: Type;
}

/** A ranked tensor; a size of {@link DYNAMIC} is printed as `?`. */
export interface TensorType {
  readonly kind: "tensor";
  readonly text: string;
  readonly shape: readonly number[];
  readonly element: Type;
  /** Printed text of the encoding attribute, or null. */
  readonly encoding: string | null;
}

export interface UnrankedTensorType {
  readonly kind: "unrankedTensor";
  readonly text: string;
  readonly element: Type;
}

export interface TupleType {
  readonly kind: "tuple";
  readonly text: string;
  readonly elements: readonly Type[];
}

export interface FunctionType {
  readonly kind: "function";
  readonly text: string;
  readonly inputs: readonly Type[];
  readonly results: readonly Type[];
}

/** A type of another dialect (`!stablehlo.token`, `!quant.uniform<...>`) or a builtin that is only passed through, kept as text. */
export interface OpaqueType {
  readonly kind: "opaque";
  readonly text: string;
}

export type Type =
  | IntegerType
  | FloatType
  | IndexType
  | NoneType
  | ComplexType
  | TensorType
  | UnrankedTensorType
  | TupleType
  | FunctionType
  | OpaqueType;

/** Size of a dimension that is not known. */
export const DYNAMIC = -1;

const interned = new Map<string, Type>();

function intern<T extends Type>(type: T): T {
  const known = interned.get(type.text);
  if (known !== undefined) return known as T;
  interned.set(type.text, type);
  return type;
}

export const integerType = (
  width: number,
  signedness: IntegerType["signedness"] = "signless",
): IntegerType => {
  const prefix = signedness === "signless" ? "i" : signedness === "signed" ? "si" : "ui";
  return intern({ kind: "integer", text: `${prefix}${width}`, width, signedness });
};

/** A float type by its MLIR name, such as `bf16` or `f8E4M3FN`. */
export const floatType = (name: string): FloatType => intern({ kind: "float", text: name });

export const indexType = (): IndexType => intern({ kind: "index", text: "index" });

export const noneType = (): NoneType => intern({ kind: "none", text: "none" });

export const complexType = (element: Type): ComplexType =>
  intern({ kind: "complex", text: `complex<${element.text}>`, element });

export function tensorType(
  shape: readonly number[],
  element: Type,
  encoding: string | null = null,
): TensorType {
  let text = "tensor<";
  for (const size of shape) text += size === DYNAMIC ? "?x" : `${size}x`;
  text += encoding === null ? `${element.text}>` : `${element.text}, ${encoding}>`;
  const known = interned.get(text);
  if (known !== undefined) return known as TensorType;
  return intern({ kind: "tensor", text, shape: [...shape], element, encoding });
}

export const unrankedTensorType = (element: Type): UnrankedTensorType =>
  intern({ kind: "unrankedTensor", text: `tensor<*x${element.text}>`, element });

export const tupleType = (elements: readonly Type[]): TupleType =>
  intern({
    kind: "tuple",
    text: `tuple<${elements.map(({ text }) => text).join(", ")}>`,
    elements: [...elements],
  });

export function functionType(inputs: readonly Type[], results: readonly Type[]): FunctionType {
  const ins = inputs.map(({ text }) => text).join(", ");
  const outs = results.map(({ text }) => text).join(", ");
  const bare = results.length === 1 && results[0]?.kind !== "function";
  const text = `(${ins}) -> ${bare ? outs : `(${outs})`}`;
  return intern({ kind: "function", text, inputs: [...inputs], results: [...results] });
}

export const opaqueType = (text: string): OpaqueType => intern({ kind: "opaque", text });

/** The type that an element type name such as `i32`, `ui8`, `bf16` or `complex<f32>` stands for. */
export function elementType(dtype: DType): Type {
  if (dtype === "complex<f32>") return complexType(floatType("f32"));
  if (dtype === "complex<f64>") return complexType(floatType("f64"));
  if (dtype.startsWith("ui")) return integerType(Number(dtype.slice(2)), "unsigned");
  if (dtype.startsWith("i")) return integerType(Number(dtype.slice(1)));
  return floatType(dtype);
}

/** Element type name of a scalar type, or null where the tensor library has no storage for it. */
export const dtypeOf = (type: Type): DType | null => (isDType(type.text) ? type.text : null);

/** `tensor<...>` of an element type name. */
export const tensorOf = (dtype: DType, shape: readonly number[]): TensorType =>
  tensorType(shape, elementType(dtype));

export const isTensor = (type: Type): type is TensorType => type.kind === "tensor";

export const isStatic = (type: Type): type is TensorType =>
  type.kind === "tensor" && !type.shape.includes(DYNAMIC);

/** The element type of a tensor type; the type itself otherwise. */
export const elementOf = (type: Type): Type =>
  type.kind === "tensor" || type.kind === "unrankedTensor" ? type.element : type;

/** Whether a scalar type, or the element of a tensor type, is a float. */
export const isFloat = (type: Type): boolean => elementOf(type).kind === "float";

/** Whether a scalar type, or the element of a tensor type, is an integer (i1 included). */
export const isInteger = (type: Type): boolean => elementOf(type).kind === "integer";
