/** @file The safetensors format: a JSON header with names, types, shapes and byte ranges, then the bytes. */
import { isProblem, type Problem } from "#lib/support/problem.ts";
import { escapeControls } from "#lib/support/text.ts";
import { byteWidth, type DType } from "./dtype.ts";
import { checkedByteLength, isShape } from "./sizes.ts";
import { type Tensor, tensorBytes, tensorFromBytes } from "./tensor.ts";

/** Bytes before the JSON header: its length as u64. */
export const SAFETENSORS_PREFIX = 8;

/** The reference reader refuses longer headers too. */
const MAX_HEADER = 100_000_000;

const DTYPE_BY_CODE = {
  BOOL: "i1",
  U8: "ui8",
  I8: "i8",
  U16: "ui16",
  I16: "i16",
  U32: "ui32",
  I32: "i32",
  U64: "ui64",
  I64: "i64",
  F16: "f16",
  BF16: "bf16",
  F32: "f32",
  F64: "f64",
  C64: "complex<f32>",
  F8_E4M3: "f8E4M3FN",
  F8_E5M2: "f8E5M2",
  F8_E8M0: "f8E8M0FNU",
} as const satisfies Record<string, DType>;

const CODE_BY_DTYPE = new Map<DType, string>(
  Object.entries(DTYPE_BY_CODE).map(([code, dtype]) => [dtype, code]),
);

/** One tensor as the header describes it; offsets count from the start of the file. */
export interface SafetensorsEntry {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly byteOffset: number;
  readonly byteLength: number;
}

/** The header of a file. */
export interface SafetensorsHeader {
  /** In the order of the header's text. */
  readonly entries: readonly SafetensorsEntry[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** A whole file. */
export interface Safetensors {
  readonly tensors: ReadonlyMap<string, Tensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const quote = (name: string): string =>
  `'${escapeControls(name.length > 100 ? `${name.slice(0, 100)}...` : name)}'`;

/** Length of the JSON header from the first eight bytes. */
export function safetensorsHeaderLength(prefix: Uint8Array, fileSize: number): number | Problem {
  if (prefix.byteLength < SAFETENSORS_PREFIX)
    return { problem: "not a safetensors file: it is shorter than 8 bytes" };
  const view = new DataView(prefix.buffer, prefix.byteOffset, SAFETENSORS_PREFIX);
  const length = view.getBigUint64(0, true);
  if (length > BigInt(MAX_HEADER) || Number(length) > fileSize - SAFETENSORS_PREFIX)
    return {
      problem: `not a safetensors file, or cut short: the header claims ${length} bytes of ${fileSize}`,
    };
  return Number(length);
}

function parseEntry(
  name: string,
  value: unknown,
  dataStart: number,
  dataSize: number,
): SafetensorsEntry | Problem {
  if (!isRecord(value)) return { problem: `tensor ${quote(name)} is not described by an object` };
  const { dtype: code, shape, data_offsets: offsets } = value;
  if (typeof code !== "string" || !Object.hasOwn(DTYPE_BY_CODE, code))
    return { problem: `tensor ${quote(name)} has the unknown type ${quote(String(code))}` };
  const dtype = DTYPE_BY_CODE[code as keyof typeof DTYPE_BY_CODE];
  if (!isShape(shape)) return { problem: `tensor ${quote(name)} has no valid shape` };
  const [begin, end] = Array.isArray(offsets) && offsets.length === 2 ? offsets : [null, null];
  if (!Number.isSafeInteger(begin) || !Number.isSafeInteger(end) || begin < 0 || end < begin)
    return { problem: `tensor ${quote(name)} has no valid byte range` };
  if (end > dataSize)
    return {
      problem: `tensor ${quote(name)} ends at byte ${end} of the data, which has ${dataSize}: the file is cut short`,
    };
  const due = checkedByteLength(dtype, shape);
  if (due !== end - begin)
    return {
      problem: `tensor ${quote(name)} has ${end - begin} bytes where its type and shape take ${due ?? "more than a file can hold"}`,
    };
  return { name, dtype, shape, byteOffset: dataStart + begin, byteLength: due };
}

/** Checks that the tensors fill the data without overlap or gap, as the format demands. */
function layoutProblem(
  entries: readonly SafetensorsEntry[],
  start: number,
  end: number,
): Problem | null {
  let position = start;
  for (const { name, byteOffset, byteLength } of [...entries].sort(
    (a, b) => a.byteOffset - b.byteOffset || a.byteLength - b.byteLength,
  )) {
    if (byteOffset < position) return { problem: `tensor ${quote(name)} overlaps another one` };
    if (byteOffset > position)
      return {
        problem: `${byteOffset - position} bytes before tensor ${quote(name)} belong to none`,
      };
    position = byteOffset + byteLength;
  }
  return position === end
    ? null
    : { problem: `${end - position} bytes at the end belong to no tensor` };
}

/** Reads the JSON header, which begins at byte 8 of a file of `fileSize` bytes. */
export function parseSafetensorsHeader(
  header: Uint8Array,
  fileSize: number,
): SafetensorsHeader | Problem {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(header));
  } catch {
    return { problem: "not a safetensors file: the header is not JSON" };
  }
  if (!isRecord(parsed)) return { problem: "not a safetensors file: the header is not an object" };
  const dataStart = SAFETENSORS_PREFIX + header.byteLength;
  const entries: SafetensorsEntry[] = [];
  const metadata: Record<string, string> = {};
  for (const [name, value] of Object.entries(parsed)) {
    if (name === "__metadata__") {
      if (!isRecord(value) || Object.values(value).some((item) => typeof item !== "string"))
        return { problem: "the metadata is not an object of strings" };
      Object.assign(metadata, value);
      continue;
    }
    const entry = parseEntry(name, value, dataStart, fileSize - dataStart);
    if (isProblem(entry)) return entry;
    entries.push(entry);
  }
  return layoutProblem(entries, dataStart, fileSize) ?? { entries, metadata };
}

/** Reads a whole file from memory. */
export function decodeSafetensors(bytes: Uint8Array): Safetensors | Problem {
  const length = safetensorsHeaderLength(bytes.subarray(0, SAFETENSORS_PREFIX), bytes.byteLength);
  if (typeof length !== "number") return length;
  const header = parseSafetensorsHeader(
    bytes.subarray(SAFETENSORS_PREFIX, SAFETENSORS_PREFIX + length),
    bytes.byteLength,
  );
  if (isProblem(header)) return header;
  const tensors = new Map<string, Tensor>();
  for (const { name, dtype, shape, byteOffset, byteLength } of header.entries)
    tensors.set(
      name,
      tensorFromBytes(dtype, shape, bytes.subarray(byteOffset, byteOffset + byteLength)),
    );
  return { tensors, metadata: header.metadata };
}

/** Prefix and header of a file that holds `tensors` one after the other in this order. */
export function encodeSafetensorsHeader(
  tensors: Iterable<
    readonly [string, { readonly dtype: DType; readonly shape: readonly number[] }]
  >,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array | Problem {
  const header: [string, unknown][] = [];
  if (Object.keys(metadata).length > 0) header.push(["__metadata__", metadata]);
  let end = 0;
  for (const [name, { dtype, shape }] of tensors) {
    const code = CODE_BY_DTYPE.get(dtype);
    if (code === undefined)
      return { problem: `tensor ${quote(name)}: safetensors has no element type ${dtype}` };
    const begin = end;
    end += shape.reduce((count, size) => count * size, byteWidth(dtype));
    header.push([name, { dtype: code, shape, data_offsets: [begin, end] }]);
  }
  const body = header.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
  const text = new TextEncoder().encode(`{${body.join(",")}}`);
  // Blanks fill the header up, so that the data is aligned for readers that map the file.
  const length = Math.ceil((SAFETENSORS_PREFIX + text.byteLength) / 64) * 64;
  const bytes = new Uint8Array(length).fill(0x20);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length - SAFETENSORS_PREFIX), true);
  bytes.set(text, SAFETENSORS_PREFIX);
  return bytes;
}

/** A whole file in memory; tensors keep their order. */
export function encodeSafetensors(
  tensors: ReadonlyMap<string, Tensor>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array | Problem {
  const header = encodeSafetensorsHeader(tensors, metadata);
  if (isProblem(header)) return header;
  const parts = [header, ...[...tensors.values()].map(tensorBytes)];
  const bytes = new Uint8Array(parts.reduce((size, part) => size + part.byteLength, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.byteLength;
  }
  return bytes;
}
