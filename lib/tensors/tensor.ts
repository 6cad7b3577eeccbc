/** @file Dense row-major tensors: an element type, a shape and a typed array. */
import {
  FLOAT_FORMATS,
  fromBf16Bits,
  fromFloatBits,
  toBf16Bits,
  toFloatBits,
} from "#lib/support/float-codecs.ts";
import { elementCount, type Shape } from "#lib/support/shape.ts";
import { bitWidth, byteWidth, type DType } from "./dtype.ts";

/** Arrays that hold tensor elements. */
export type TensorData =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | Float32Array
  | Float64Array;

/**
 * A dense tensor. Storage by element type: i1 as 0/1 in Uint8Array; i2, i4, i8 sign-extended in Int8Array; ui2, ui4, ui8 in
 * Uint8Array; i64 in BigInt64Array; bf16 and f16 as bits in Uint16Array; f8 and narrower as bits in Uint8Array; complex as
 * (real, imaginary) pairs, so `data.length` is twice the element count.
 */
export interface Tensor {
  readonly dtype: DType;
  readonly shape: Shape;
  readonly data: TensorData;
}

/** A zero-filled array for `count` elements (complex: 2 * count numbers). */
export function allocate(dtype: DType, count: number): TensorData {
  switch (dtype) {
    case "i2":
    case "i4":
    case "i8":
      return new Int8Array(count);
    case "i16":
      return new Int16Array(count);
    case "i32":
      return new Int32Array(count);
    case "i64":
      return new BigInt64Array(count);
    case "ui16":
    case "f16":
    case "bf16":
      return new Uint16Array(count);
    case "ui32":
      return new Uint32Array(count);
    case "ui64":
      return new BigUint64Array(count);
    case "f32":
      return new Float32Array(count);
    case "f64":
      return new Float64Array(count);
    case "complex<f32>":
      return new Float32Array(2 * count);
    case "complex<f64>":
      return new Float64Array(2 * count);
    default:
      return new Uint8Array(count);
  }
}

/** A tensor of zeros. */
export const zeros = (dtype: DType, shape: Shape): Tensor => ({
  dtype,
  shape,
  data: allocate(dtype, elementCount(shape)),
});

/** The bytes of a tensor, little-endian, one byte per narrow element; shares memory with the tensor. */
export const tensorBytes = ({ data }: Tensor): Uint8Array =>
  new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);

/** A tensor with a copy of little-endian bytes; a boolean is true where its byte is not 0. */
export function tensorFromBytes(dtype: DType, shape: Shape, bytes: Uint8Array): Tensor {
  const tensor = zeros(dtype, shape);
  const target = tensorBytes(tensor);
  target.set(bytes);
  if (dtype === "i1")
    for (let index = 0; index < target.length; index++) if (target[index] !== 0) target[index] = 1;
  return tensor;
}

/** Number of bytes of a tensor in memory and in files. */
export const tensorByteLength = (dtype: DType, shape: Shape): number =>
  elementCount(shape) * byteWidth(dtype);

/** Wraps an integer to the width of an element type. */
const wrap = (dtype: DType, value: number): number => {
  const bits = bitWidth(dtype);
  if (bits >= 32) return value;
  const low = Math.trunc(value) & ((1 << bits) - 1);
  return dtype.startsWith("i") && low >= 1 << (bits - 1) ? low - (1 << bits) : low;
};

/** Reads one stored slot as a number; i64 beyond 2^53 loses precision. */
export function readNumber({ dtype, data }: Tensor, index: number): number {
  const raw = data[index] as number | bigint;
  if (typeof raw === "bigint") return Number(raw);
  if (dtype === "bf16") return fromBf16Bits(raw);
  if (Object.hasOwn(FLOAT_FORMATS, dtype))
    return fromFloatBits(raw, FLOAT_FORMATS[dtype as keyof typeof FLOAT_FORMATS]);
  return raw;
}

/** Writes one stored slot: floats round to nearest even, integers wrap, i1 is `value !== 0`. */
export function writeNumber({ dtype, data }: Tensor, index: number, value: number): void {
  if (data instanceof BigInt64Array || data instanceof BigUint64Array)
    data[index] = BigInt(Math.trunc(value));
  else if (dtype === "bf16") data[index] = toBf16Bits(value);
  else if (Object.hasOwn(FLOAT_FORMATS, dtype))
    data[index] = toFloatBits(value, FLOAT_FORMATS[dtype as keyof typeof FLOAT_FORMATS]);
  else if (dtype === "i1") data[index] = value !== 0 ? 1 : 0;
  else if (data instanceof Float32Array || data instanceof Float64Array) data[index] = value;
  else data[index] = wrap(dtype, value);
}

/** All stored slots as numbers. */
export const toNumbers = (tensor: Tensor): number[] =>
  Array.from({ length: tensor.data.length }, (_, index) => readNumber(tensor, index));

/** A tensor from numbers in row-major order. */
export function tensorFromNumbers(dtype: DType, shape: Shape, values: ArrayLike<number>): Tensor {
  const tensor = zeros(dtype, shape);
  for (let i = 0; i < tensor.data.length; i++) writeNumber(tensor, i, values[i] as number);
  return tensor;
}
