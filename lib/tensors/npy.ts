/** @file NumPy's .npy format: a magic, a header that is a Python dictionary, the elements. */

import { isProblem, type Problem } from "#lib/support/problem.ts";
import { elementCount, rowMajorStrides } from "#lib/support/shape.ts";
import { byteWidth, type DType } from "./dtype.ts";
import { checkedByteLength } from "./sizes.ts";
import { type Tensor, tensorBytes, tensorFromBytes, zeros } from "./tensor.ts";

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const MAX_HEADER = 1 << 20;

const DTYPE_BY_CODE = {
  b1: "i1",
  i1: "i8",
  i2: "i16",
  i4: "i32",
  i8: "i64",
  u1: "ui8",
  u2: "ui16",
  u4: "ui32",
  u8: "ui64",
  f2: "f16",
  f4: "f32",
  f8: "f64",
  c8: "complex<f32>",
  c16: "complex<f64>",
  // NumPy has no bfloat16: files that hold it call it two opaque bytes.
  V2: "bf16",
} as const satisfies Record<string, DType>;

const CODE_BY_DTYPE = new Map<DType, string>(
  Object.entries(DTYPE_BY_CODE).map(([code, dtype]) => [dtype, code]),
);

interface Header {
  readonly dtype: DType;
  readonly bigEndian: boolean;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  /** First byte of the elements, from the start of the array. */
  readonly dataStart: number;
}

const cutShort = (what: string): Problem => ({ problem: `the .npy data is cut short: ${what}` });

/** The three entries of the header's dictionary, which NumPy writes with `repr`. */
function parseDictionary(
  text: string,
): { descr: string; fortran: boolean; shape: number[] } | null {
  const body = /^\s*\{(.*)\}\s*$/s.exec(text)?.[1];
  if (body === undefined) return null;
  const descr = /(?:^|,)\s*['"]descr['"]\s*:\s*['"]([^'"]*)['"]/.exec(body)?.[1];
  const fortran = /(?:^|,)\s*['"]fortran_order['"]\s*:\s*(True|False)/.exec(body)?.[1];
  const sizes = /(?:^|,)\s*['"]shape['"]\s*:\s*\(([\d\sL,]*)\)/.exec(body)?.[1];
  if (descr === undefined || fortran === undefined || sizes === undefined) return null;
  const shape = sizes
    .split(",")
    .map((size) => size.trim().replace(/L$/, ""))
    .filter((size) => size !== "")
    .map(Number);
  if (shape.length > 64 || shape.some((size) => !Number.isSafeInteger(size))) return null;
  return { descr, fortran: fortran === "True", shape };
}

function parseHeader(bytes: Uint8Array): Header | Problem {
  if (MAGIC.some((byte, index) => bytes[index] !== byte)) return { problem: "not a .npy file" };
  const major = bytes[6];
  if (major === undefined || major < 1 || major > 3)
    return { problem: `.npy version ${major ?? "?"} is not known` };
  const wide = major > 1;
  const textStart = wide ? 12 : 10;
  if (bytes.byteLength < textStart) return cutShort("no header");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = wide ? view.getUint32(8, true) : view.getUint16(8, true);
  if (length > MAX_HEADER) return { problem: `the .npy header claims ${length} bytes` };
  const dataStart = textStart + length;
  if (dataStart > bytes.byteLength) return cutShort(`a header of ${length} bytes`);
  const text = new TextDecoder(major === 3 ? "utf-8" : "latin1").decode(
    bytes.subarray(textStart, dataStart),
  );
  const dictionary = parseDictionary(text);
  if (dictionary === null) return { problem: "the .npy header is not one that NumPy writes" };
  const { descr, fortran, shape } = dictionary;
  const [, order = "", code = ""] = /^([<>|=]?)(.*)$/s.exec(descr) ?? [];
  if (!Object.hasOwn(DTYPE_BY_CODE, code))
    return {
      problem: `the .npy element type ${JSON.stringify(descr.slice(0, 40))} is not supported`,
    };
  const dtype = DTYPE_BY_CODE[code as keyof typeof DTYPE_BY_CODE];
  return { dtype, bigEndian: order === ">", fortranOrder: fortran, shape, dataStart };
}

/** Reverses the bytes of every element; of every part of a complex one. */
function swapBytes(bytes: Uint8Array, dtype: DType): void {
  const width = dtype.startsWith("complex") ? byteWidth(dtype) / 2 : byteWidth(dtype);
  for (let start = 0; start + width <= bytes.byteLength; start += width)
    bytes.subarray(start, start + width).reverse();
}

/** Elements of a column-major array in row-major order. */
function toRowMajor(tensor: Tensor): Tensor {
  const { dtype, shape } = tensor;
  const width = byteWidth(dtype);
  const result = zeros(dtype, shape);
  const from = tensorBytes(tensor);
  const to = tensorBytes(result);
  const strides = rowMajorStrides(shape);
  const index = new Array<number>(shape.length).fill(0);
  const count = elementCount(shape);
  for (let position = 0; position < count; position++) {
    let target = 0;
    for (let axis = 0; axis < shape.length; axis++)
      target += (index[axis] as number) * (strides[axis] as number);
    to.set(from.subarray(position * width, (position + 1) * width), target * width);
    // The first axis runs fastest.
    for (let axis = 0; axis < shape.length; axis++) {
      index[axis] = (index[axis] as number) + 1;
      if ((index[axis] as number) < (shape[axis] as number)) break;
      index[axis] = 0;
    }
  }
  return result;
}

function decodeOne(bytes: Uint8Array): { tensor: Tensor; end: number } | Problem {
  const header = parseHeader(bytes);
  if (isProblem(header)) return header;
  const { dtype, shape, dataStart, bigEndian, fortranOrder } = header;
  const length = checkedByteLength(dtype, shape);
  if (length === null || length > bytes.byteLength - dataStart)
    return cutShort(
      `an array of ${shape.join("x")} ${dtype} in ${bytes.byteLength - dataStart} bytes`,
    );
  const end = dataStart + length;
  let tensor = tensorFromBytes(dtype, shape, bytes.subarray(dataStart, end));
  if (bigEndian) swapBytes(tensorBytes(tensor), dtype);
  if (fortranOrder && shape.length > 1 && length > 0) tensor = toRowMajor(tensor);
  return { tensor, end };
}

/** Reads a file with one array. */
export function decodeNpy(bytes: Uint8Array): Tensor | Problem {
  const one = decodeOne(bytes);
  if (isProblem(one)) return one;
  if (one.end !== bytes.byteLength)
    return { problem: `${bytes.byteLength - one.end} bytes follow the array of the .npy file` };
  return one.tensor;
}

/** Reads a file with one or more arrays one after the other, as repeated `numpy.save` calls write it. */
export function decodeNpySequence(bytes: Uint8Array): Tensor[] | Problem {
  const tensors: Tensor[] = [];
  let rest = bytes;
  do {
    const one = decodeOne(rest);
    if (isProblem(one)) return one;
    tensors.push(one.tensor);
    rest = rest.subarray(one.end);
  } while (rest.byteLength > 0);
  return tensors;
}

/** A file with one array, in version 1.0 of the format. */
export function encodeNpy(tensor: Tensor): Uint8Array | Problem {
  const { dtype, shape } = tensor;
  const code = CODE_BY_DTYPE.get(dtype);
  if (code === undefined) return { problem: `.npy has no element type for ${dtype}` };
  const order = byteWidth(dtype) === 1 ? "|" : "<";
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const text = `{'descr': '${order}${code}', 'fortran_order': False, 'shape': (${sizes}), }`;
  // NumPy pads the header with blanks, so that the elements begin at a multiple of 64 bytes.
  const dataStart = Math.ceil((10 + text.length + 1) / 64) * 64;
  const data = tensorBytes(tensor);
  const bytes = new Uint8Array(dataStart + data.byteLength);
  bytes.set([...MAGIC, 1, 0]);
  new DataView(bytes.buffer).setUint16(8, dataStart - 10, true);
  bytes.set(new TextEncoder().encode(`${text.padEnd(dataStart - 11)}\n`), 10);
  bytes.set(data, dataStart);
  return bytes;
}
