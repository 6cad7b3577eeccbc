/** @file NumPy's .npz format: a zip archive of .npy files. */
import { isProblem, type Problem } from "#lib/support/problem.ts";
import { escapeControls } from "#lib/support/text.ts";
import { decodeNpy, encodeNpy } from "./npy.ts";
import type { Tensor } from "./tensor.ts";

const END_SIGNATURE = 0x06054b50;
const END64_SIGNATURE = 0x06064b50;
const LOCATOR64_SIGNATURE = 0x07064b50;
const CENTRAL_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const END_SIZE = 22;
const CENTRAL_SIZE = 46;
const LOCAL_SIZE = 30;
const STORED = 0;
const DEFLATED = 8;
/** Deflate cannot shrink data more than this, so that a larger claim is a lie. */
const MAX_RATIO = 1032;

/** Undoes deflate (no zlib header); throws on damaged data. `size` is the length that the result must have. */
export type InflateRaw = (bytes: Uint8Array, size: number) => Uint8Array;

interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
  readonly localOffset: number;
}

const damaged = (what: string): Problem => ({ problem: `not a .npz file, or damaged: ${what}` });

let crcTable: Uint32Array | null = null;

/** CRC-32 as zip uses it. */
export function crc32(bytes: Uint8Array): number {
  if (crcTable === null) {
    crcTable = new Uint32Array(256);
    for (let index = 0; index < 256; index++) {
      let value = index;
      for (let bit = 0; bit < 8; bit++)
        value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
      crcTable[index] = value;
    }
  }
  let crc = 0xffffffff;
  for (let index = 0; index < bytes.length; index++)
    crc = (crcTable[(crc ^ (bytes[index] as number)) & 0xff] as number) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Offset of the end record, which a comment of up to 64 KiB may follow. */
function findEnd(view: DataView): number | null {
  const lowest = Math.max(0, view.byteLength - END_SIZE - 0xffff);
  for (let offset = view.byteLength - END_SIZE; offset >= lowest; offset--)
    if (view.getUint32(offset, true) === END_SIGNATURE) return offset;
  return null;
}

/** Start, size and number of entries of the central directory. */
function findDirectory(view: DataView): { offset: number; size: number; count: number } | Problem {
  const end = findEnd(view);
  if (end === null) return damaged("it has no end of a zip archive");
  let count = view.getUint16(end + 10, true);
  let size = view.getUint32(end + 12, true);
  let offset = view.getUint32(end + 16, true);
  const locator = end - 20;
  if (locator >= 0 && view.getUint32(locator, true) === LOCATOR64_SIGNATURE) {
    const record = Number(view.getBigUint64(locator + 8, true));
    if (record + 56 > view.byteLength || view.getUint32(record, true) !== END64_SIGNATURE)
      return damaged("the zip64 record is missing");
    count = Number(view.getBigUint64(record + 32, true));
    size = Number(view.getBigUint64(record + 40, true));
    offset = Number(view.getBigUint64(record + 48, true));
  }
  if (!(offset + size <= end)) return damaged("the directory lies outside of the file");
  if (count * CENTRAL_SIZE > size)
    return damaged(`the directory is too small for ${count} entries`);
  return { offset, size, count };
}

/** The 64-bit values that an entry's extra field holds in place of those that do not fit 32 bits. */
function zip64Values(view: DataView, start: number, length: number, wanted: number): number[] {
  const end = start + length;
  for (let at = start; at + 4 <= end; ) {
    const size = view.getUint16(at + 2, true);
    if (view.getUint16(at, true) === 1 && size >= wanted * 8 && at + 4 + size <= end)
      return Array.from({ length: wanted }, (_, index) =>
        Number(view.getBigUint64(at + 4 + index * 8, true)),
      );
    at += 4 + size;
  }
  return [];
}

function readEntry(
  bytes: Uint8Array,
  view: DataView,
  at: number,
): (ZipEntry & { next: number }) | Problem {
  if (at + CENTRAL_SIZE > bytes.byteLength || view.getUint32(at, true) !== CENTRAL_SIGNATURE)
    return damaged("an entry of the directory is missing");
  const nameLength = view.getUint16(at + 28, true);
  const extraLength = view.getUint16(at + 30, true);
  const next = at + CENTRAL_SIZE + nameLength + extraLength + view.getUint16(at + 32, true);
  if (next > bytes.byteLength) return damaged("an entry of the directory is cut short");
  const nameStart = at + CENTRAL_SIZE;
  const name = new TextDecoder().decode(bytes.subarray(nameStart, nameStart + nameLength));
  const fields = [24, 20, 42].map((field) => view.getUint32(at + field, true));
  const wide = fields.filter((value) => value === 0xffffffff).length;
  const values = zip64Values(view, nameStart + nameLength, extraLength, wide);
  if (values.length < wide) return damaged("an entry of the directory has no size");
  const [size, packedSize, localOffset] = fields.map((value) =>
    value === 0xffffffff ? (values.shift() as number) : value,
  ) as [number, number, number];
  const method = view.getUint16(at + 10, true);
  const crc = view.getUint32(at + 16, true);
  return { name, method, crc, packedSize, size, localOffset, next };
}

function unpack(
  bytes: Uint8Array,
  view: DataView,
  entry: ZipEntry,
  inflate: InflateRaw,
): Uint8Array | Problem {
  const { method, packedSize, size, localOffset, crc } = entry;
  const name = `'${escapeControls(entry.name.slice(0, 100))}'`;
  if (
    localOffset + LOCAL_SIZE > bytes.byteLength ||
    view.getUint32(localOffset, true) !== LOCAL_SIGNATURE
  )
    return damaged(`${name} is not where the directory says`);
  if ((view.getUint16(localOffset + 6, true) & 1) !== 0) return damaged(`${name} is encrypted`);
  const start =
    localOffset +
    LOCAL_SIZE +
    view.getUint16(localOffset + 26, true) +
    view.getUint16(localOffset + 28, true);
  if (!(start + packedSize <= bytes.byteLength)) return damaged(`${name} is cut short`);
  const packed = bytes.subarray(start, start + packedSize);
  let content: Uint8Array;
  if (method === STORED) {
    if (size !== packedSize) return damaged(`${name} has two sizes`);
    content = packed;
  } else if (method === DEFLATED) {
    if (size > packedSize * MAX_RATIO) return damaged(`${name} claims ${size} bytes`);
    try {
      content = inflate(packed, size);
    } catch {
      return damaged(`${name} cannot be decompressed`);
    }
    if (content.byteLength !== size) return damaged(`${name} has another size than it claims`);
  } else return { problem: `${name} is compressed with method ${method}, which is not supported` };
  return crc32(content) === crc ? content : damaged(`${name} has a wrong checksum`);
}

/** Arrays of an archive by name, in its order; names without `.npy`. */
export function decodeNpz(bytes: Uint8Array, inflate: InflateRaw): Map<string, Tensor> | Problem {
  if (bytes.byteLength < END_SIZE) return damaged("it is too short");
  const view = viewOf(bytes);
  const directory = findDirectory(view);
  if (isProblem(directory)) return directory;
  const tensors = new Map<string, Tensor>();
  let at = directory.offset;
  for (let index = 0; index < directory.count; index++) {
    const entry = readEntry(bytes, view, at);
    if (isProblem(entry)) return entry;
    at = entry.next;
    if (!entry.name.endsWith(".npy")) continue;
    const content = unpack(bytes, view, entry, inflate);
    if (isProblem(content)) return content;
    const tensor = decodeNpy(content);
    if (isProblem(tensor))
      return { problem: `'${escapeControls(entry.name.slice(0, 100))}': ${tensor.problem}` };
    tensors.set(entry.name.slice(0, -4), tensor);
  }
  return tensors;
}

/** The part that the local header and the directory entry have in common. */
function commonFields(view: DataView, at: number, content: Uint8Array, nameLength: number): void {
  view.setUint16(at, 20, true);
  // Names are UTF-8; the date is 1 January 1980, so that the same tensors give the same bytes.
  view.setUint16(at + 2, 0x800, true);
  view.setUint16(at + 8, 0x21, true);
  view.setUint32(at + 10, crc32(content), true);
  view.setUint32(at + 14, content.byteLength, true);
  view.setUint32(at + 18, content.byteLength, true);
  view.setUint16(at + 22, nameLength, true);
}

/** An archive of arrays, not compressed, as `numpy.savez` writes it. */
export function encodeNpz(tensors: ReadonlyMap<string, Tensor>): Uint8Array | Problem {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const [key, tensor] of tensors) {
    const content = encodeNpy(tensor);
    if (isProblem(content)) return { problem: `'${key}': ${content.problem}` };
    const name = new TextEncoder().encode(`${key}.npy`);
    const local = new Uint8Array(LOCAL_SIZE + name.byteLength);
    const localView = viewOf(local);
    localView.setUint32(0, LOCAL_SIGNATURE, true);
    commonFields(localView, 4, content, name.byteLength);
    local.set(name, LOCAL_SIZE);
    const central = new Uint8Array(CENTRAL_SIZE + name.byteLength);
    const centralView = viewOf(central);
    centralView.setUint32(0, CENTRAL_SIGNATURE, true);
    centralView.setUint16(4, 20, true);
    commonFields(centralView, 6, content, name.byteLength);
    centralView.setUint32(42, offset, true);
    central.set(name, CENTRAL_SIZE);
    parts.push(local, content);
    directory.push(central);
    offset += local.byteLength + content.byteLength;
    if (offset > 0xfffffffe) return { problem: "a .npz file of 4 GiB or more is not supported" };
  }
  const end = new Uint8Array(END_SIZE);
  const endView = viewOf(end);
  endView.setUint32(0, END_SIGNATURE, true);
  endView.setUint16(8, directory.length, true);
  endView.setUint16(10, directory.length, true);
  endView.setUint32(
    12,
    directory.reduce((size, entry) => size + entry.byteLength, 0),
    true,
  );
  endView.setUint32(16, offset, true);
  const all = [...parts, ...directory, end];
  const bytes = new Uint8Array(all.reduce((size, part) => size + part.byteLength, 0));
  let at = 0;
  for (const part of all) {
    bytes.set(part, at);
    at += part.byteLength;
  }
  return bytes;
}
