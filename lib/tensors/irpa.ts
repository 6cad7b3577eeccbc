/** @file IREE's parameter archives (.irpa): named byte ranges, aligned so that a runtime can map them. */
import { isProblem, type Problem } from "#lib/support/problem.ts";
import { escapeControls } from "#lib/support/text.ts";
import { type DType, isDType } from "./dtype.ts";
import { checkedByteLength, isShape } from "./sizes.ts";
import { type Tensor, tensorBytes, tensorFromBytes } from "./tensor.ts";

const MAGIC = 0x41505249;
const HEADER_SIZE = 88;
/** Size of an entry that names a byte range; those that repeat a pattern are longer. */
const DATA_ENTRY_SIZE = 76;
const SPLAT_ENTRY_SIZE = 85;
const ENTRY_ALIGNMENT = 16;
const DATA_ALIGNMENT = 64;
const SPLAT = 1;
const DATA = 2;
const MAX_PATTERN = 16;
/** The runtime's Python package writes type and shape like this into the metadata of an entry. */
const METADATA_PREFIX = "TENSORv0:";

/** NumPy's names of element types, as the metadata has them. */
const NUMPY_NAMES: Readonly<Record<string, DType>> = {
  bool: "i1",
  int8: "i8",
  int16: "i16",
  int32: "i32",
  int64: "i64",
  uint8: "ui8",
  uint16: "ui16",
  uint32: "ui32",
  uint64: "ui64",
  float16: "f16",
  bfloat16: "bf16",
  float32: "f32",
  float64: "f64",
  complex64: "complex<f32>",
  complex128: "complex<f64>",
  float8_e4m3fn: "f8E4M3FN",
  float8_e5m2: "f8E5M2",
};

const NUMPY_BY_DTYPE = new Map(Object.entries(NUMPY_NAMES).map(([name, dtype]) => [dtype, name]));

interface Range {
  readonly offset: number;
  readonly length: number;
}

interface Entry {
  readonly name: string;
  readonly metadata: string;
  /** Bytes of the entry; for a pattern that is repeated, all of them. */
  read(): Uint8Array;
  readonly byteLength: number;
}

const damaged = (what: string): Problem => ({
  problem: `not a parameter archive, or damaged: ${what}`,
});

const alignUp = (offset: number, alignment: number): number =>
  Math.ceil(offset / alignment) * alignment;

/** An offset and a length, if they lie within `size` bytes. */
function readRange(view: DataView, at: number, size: number): Range | null {
  const offset = view.getBigUint64(at, true);
  const length = view.getBigUint64(at + 8, true);
  return offset + length <= BigInt(size)
    ? { offset: Number(offset), length: Number(length) }
    : null;
}

interface Segments {
  readonly entries: Uint8Array;
  readonly metadata: Uint8Array;
  readonly storage: Uint8Array;
  readonly count: number;
}

function readHeader(bytes: Uint8Array): Segments | Problem {
  if (bytes.byteLength < HEADER_SIZE) return damaged("it is too short");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== MAGIC) return damaged("it does not begin with IRPA");
  const major = view.getUint16(4, true);
  if (major !== 0) return { problem: `parameter archives of version ${major} are not known here` };
  if (view.getBigUint64(16, true) !== 0n)
    return { problem: "parameter archives in several parts are not supported" };
  const count = view.getBigUint64(32, true);
  const [entries, metadata, storage] = [40, 56, 72].map((at) => {
    const range = readRange(view, at, bytes.byteLength);
    return range === null ? null : bytes.subarray(range.offset, range.offset + range.length);
  });
  if (!entries || !metadata || !storage) return damaged("a part lies outside of the file");
  if (count * BigInt(DATA_ENTRY_SIZE) > BigInt(entries.byteLength))
    return damaged(`there is no room for ${count} entries`);
  return { entries, metadata, storage, count: Number(count) };
}

function readEntry(
  { entries, metadata, storage }: Segments,
  at: number,
): (Entry & { readonly next: number }) | Problem {
  const rest = entries.byteLength - at;
  if (rest < DATA_ENTRY_SIZE) return damaged("an entry is cut short");
  const view = new DataView(entries.buffer, entries.byteOffset + at, rest);
  const size = view.getBigUint64(0, true);
  const type = view.getUint32(8, true);
  if (size < BigInt(type === SPLAT ? SPLAT_ENTRY_SIZE : DATA_ENTRY_SIZE) || size > BigInt(rest))
    return damaged("an entry has a wrong size");
  const name = readRange(view, 20, metadata.byteLength);
  const note = readRange(view, 36, metadata.byteLength);
  if (name === null || note === null) return damaged("a name lies outside of the file");
  const text = ({ offset, length }: Range): string =>
    new TextDecoder().decode(metadata.subarray(offset, offset + length));
  const common = {
    name: text(name),
    metadata: text(note),
    next: alignUp(at + Number(size), ENTRY_ALIGNMENT),
  };
  if (type === DATA) {
    const range = readRange(view, 60, storage.byteLength);
    if (range === null) return damaged("the bytes of an entry lie outside of the file");
    const { offset, length } = range;
    return { ...common, byteLength: length, read: () => storage.subarray(offset, offset + length) };
  }
  if (type !== SPLAT)
    return { problem: `parameter archive entries of type ${type} are not known here` };
  const length = Number(view.getBigUint64(60, true));
  const patternLength = view.getUint8(84);
  if (patternLength === 0 || patternLength > MAX_PATTERN)
    return damaged("a pattern has a wrong length");
  const pattern = new Uint8Array(entries.buffer, entries.byteOffset + at + 68, patternLength);
  return { ...common, byteLength: length, read: () => repeated(pattern, length) };
}

function repeated(pattern: Uint8Array, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let index = 0; index < length; index++)
    bytes[index] = pattern[index % pattern.length] as number;
  return bytes;
}

/** Element type and shape from an entry's metadata, where it has the form that IREE's Python package writes. */
function describedType(metadata: string): { dtype: DType; shape: number[] } | null {
  const body = /^(?:TENSORv0|PYTORCH):(.*)$/s.exec(metadata)?.[1];
  if (body === undefined) return null;
  try {
    const parsed = JSON.parse(body) as { dtype?: unknown; shape?: unknown };
    const name = String(parsed.dtype);
    const dtype = isDType(name) ? name : NUMPY_NAMES[name];
    if (dtype === undefined || !isShape(parsed.shape)) return null;
    return { dtype, shape: parsed.shape };
  } catch {
    return null;
  }
}

/**
 * Tensors of an archive. Entries that do not tell their type are taken from `types`, else they are bytes (ui8).
 * @param maxBytes - largest tensor that a repeated pattern may make.
 */
export function decodeIrpa(
  bytes: Uint8Array,
  types: ReadonlyMap<
    string,
    { readonly dtype: DType; readonly shape: readonly number[] }
  > = new Map(),
  maxBytes = 2 ** 32,
): Map<string, Tensor> | Problem {
  const segments = readHeader(bytes);
  if (isProblem(segments)) return segments;
  const tensors = new Map<string, Tensor>();
  let at = 0;
  for (let index = 0; index < segments.count; index++) {
    const entry = readEntry(segments, at);
    if (isProblem(entry)) return entry;
    at = entry.next;
    const label = `'${escapeControls(entry.name.slice(0, 100))}'`;
    if (entry.byteLength > maxBytes) return damaged(`${label} claims ${entry.byteLength} bytes`);
    const type = describedType(entry.metadata) ??
      types.get(entry.name) ?? { dtype: "ui8" as const, shape: [entry.byteLength] };
    if (checkedByteLength(type.dtype, type.shape) !== entry.byteLength)
      return { problem: `${label} has ${entry.byteLength} bytes, which its type does not take` };
    tensors.set(entry.name, tensorFromBytes(type.dtype, type.shape, entry.read()));
  }
  return tensors;
}

/** Metadata that tells IREE's Python package and this one the type of an entry. */
function metadataOf({ dtype, shape }: Tensor): string {
  const name = NUMPY_BY_DTYPE.get(dtype);
  if (name === undefined) return "";
  return `${METADATA_PREFIX}${JSON.stringify({ type: "Tensor", dtype: name, shape })}`;
}

/** An archive of tensors in their order. */
export function encodeIrpa(tensors: ReadonlyMap<string, Tensor>): Uint8Array {
  const encoder = new TextEncoder();
  const names = [...tensors.keys()].map((name) => encoder.encode(name));
  const notes = [...tensors.values()].map((tensor) => encoder.encode(metadataOf(tensor)));
  const entryStride = alignUp(DATA_ENTRY_SIZE, ENTRY_ALIGNMENT);
  const entriesAt = alignUp(HEADER_SIZE, ENTRY_ALIGNMENT);
  const entriesLength = tensors.size * entryStride;
  const metadataAt = entriesAt + entriesLength;
  const metadataLength = [...names, ...notes].reduce((sum, text) => sum + text.byteLength, 0);
  const storageAt = alignUp(metadataAt + metadataLength, DATA_ALIGNMENT);
  let storageLength = 0;
  for (const tensor of tensors.values())
    storageLength = alignUp(storageLength, DATA_ALIGNMENT) + tensorBytes(tensor).byteLength;
  const bytes = new Uint8Array(storageAt + storageLength);
  const view = new DataView(bytes.buffer);
  const put = (at: number, ...values: number[]): void =>
    values.forEach((value, index) => {
      view.setBigUint64(at + index * 8, BigInt(value), true);
    });
  view.setUint32(0, MAGIC, true);
  put(8, HEADER_SIZE, 0, 0, tensors.size);
  put(40, entriesAt, entriesLength, metadataAt, metadataLength, storageAt, storageLength);
  let [text, data] = [0, 0];
  [...tensors.values()].forEach((tensor, index) => {
    const [name, note] = [names[index] as Uint8Array, notes[index] as Uint8Array];
    const content = tensorBytes(tensor);
    data = alignUp(data, DATA_ALIGNMENT);
    const at = entriesAt + index * entryStride;
    put(at, DATA_ENTRY_SIZE);
    view.setUint32(at + 8, DATA, true);
    put(at + 20, text, name.byteLength, text + name.byteLength, note.byteLength, DATA_ALIGNMENT);
    put(at + 60, data, content.byteLength);
    bytes.set(name, metadataAt + text);
    bytes.set(note, metadataAt + text + name.byteLength);
    bytes.set(content, storageAt + data);
    text += name.byteLength + note.byteLength;
    data += content.byteLength;
  });
  return bytes;
}
