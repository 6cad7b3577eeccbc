/** @file Layout of blobs: safetensors files of which every byte's place is known before they are there. */
import { invariant } from "#lib/support/assert.ts";
import { isProblem, type Problem } from "#lib/support/problem.ts";
import type { DType } from "#lib/tensors/dtype.ts";
import {
  encodeSafetensorsHeader,
  parseSafetensorsHeader,
  SAFETENSORS_PREFIX,
  safetensorsHeaderLength,
} from "#lib/tensors/safetensors.ts";
import type { Fragment, WireFormat } from "../protocol/plan.ts";
import { BLOCK, decodeRun, encodedBytes, encodeRun } from "./quantise.ts";
import {
  CHUNK,
  decodePositions,
  encodePositions,
  keptOf,
  positionBytes,
  selectLargest,
} from "./sparse.ts";

/** What the numbers of a blob are. */
export type Content =
  /** A worker's own parameters. */
  | "parameters"
  /** Base less local parameters. */
  | "pseudo_gradient"
  /** Gradient of one step. */
  | "gradient"
  /** Parameters of the shepherd. */
  | "values"
  /** Published values less those before. */
  | "difference"
  /** State of the outer optimizer. */
  | "momentum"
  /** Sum of updates since momentum changed. */
  | "pending";

/** Bytes `[offset, offset + length)` of a blob; the result may be a view, and be good only until something is read again. */
export type ReadRange = (offset: number, length: number) => Uint8Array;

/** Where everything lies in a blob of one fragment. */
export interface Layout {
  readonly fragment: Fragment;
  readonly content: Content;
  readonly format: WireFormat;
  /** Values kept of a whole chunk. */
  readonly keep: number;
  /** The first bytes, always the same. */
  readonly header: Uint8Array;
  /** Bytes of a whole chunk of {@link CHUNK} values. */
  readonly stride: number;
  /** Bytes of the whole blob. */
  readonly bytes: number;
}

function chunkBytes(format: WireFormat, keep: number, length: number): number {
  const kept = keptOf(keep, length);
  return positionBytes(kept, length) + encodedBytes(format, kept);
}

function dataBytes(format: WireFormat, keep: number, elements: number): number {
  const rest = elements % CHUNK;
  return (
    ((elements - rest) / CHUNK) * chunkBytes(format, keep, CHUNK) +
    (rest === 0 ? 0 : chunkBytes(format, keep, rest))
  );
}

/**
 * The layout of a blob. Dense f32 and bf16: the fragment's tensors by name. All else: one tensor of bytes, `chunks`, which holds for
 * every chunk of 4,096 values (the last may be shorter) first the positions of those that are kept, where not all are, then their
 * encoding ({@link encodeRun}); the metadata say all that is needed to read it.
 *
 * @param topK - values kept of every chunk of 4,096, by magnitude; null: all.
 */
export function layoutOf(
  fragment: Fragment,
  content: Content,
  format: WireFormat,
  topK: number | null = null,
): Layout {
  const keep = topK === null ? CHUNK : Math.max(1, Math.min(CHUNK, topK));
  const { elements } = fragment;
  const size = dataBytes(format, keep, elements);
  const metadata: Record<string, string> = {
    content,
    encoding: format,
    fragment: String(fragment.index),
    elements: String(elements),
  };
  const tensors: [string, { dtype: DType; shape: readonly number[] }][] = [];
  if (keep === CHUNK && (format === "f32" || format === "bf16"))
    for (const { name, shape } of fragment.tensors) tensors.push([name, { dtype: format, shape }]);
  else {
    metadata["chunk"] = String(CHUNK);
    metadata["keep"] = String(keep);
    if (format === "int8" || format === "int4") metadata["block"] = String(BLOCK[format]);
    tensors.push(["chunks", { dtype: "ui8", shape: [size] }]);
  }
  const header = encodeSafetensorsHeader(tensors, metadata);
  invariant(!isProblem(header), "safetensors knows bytes, f32 and bf16");
  const stride = chunkBytes(format, keep, CHUNK);
  return { fragment, content, format, keep, header, stride, bytes: header.byteLength + size };
}

/** Place of the value `index`, a multiple of {@link CHUNK} or the number of elements, in the blob. */
const offsetOf = ({ header, stride, bytes, fragment }: Layout, index: number): number =>
  index >= fragment.elements ? bytes : header.byteLength + (index / CHUNK) * stride;

/** What a blob says of itself, for a message. */
function describe(size: number, read: ReadRange): string {
  const length = safetensorsHeaderLength(read(0, Math.min(SAFETENSORS_PREFIX, size)), size);
  if (typeof length !== "number") return length.problem;
  // A header of honest length is short; a longer one is not worth reading.
  if (length > 1 << 20) return "its header is too long";
  const header = parseSafetensorsHeader(read(SAFETENSORS_PREFIX, length), size);
  if (isProblem(header)) return header.problem;
  const { content, encoding, fragment } = header.metadata;
  const short = (value: string | undefined) => JSON.stringify(value ?? "").slice(0, 40);
  return `it says content ${short(content)}, encoding ${short(encoding)}, fragment ${short(fragment)}`;
}

/** Why a blob of `size` bytes has not this layout, or null where it has. */
export function layoutProblem(layout: Layout, size: number, read: ReadRange): Problem | null {
  const { header, content, format, fragment } = layout;
  const what = `not the ${content} of fragment ${fragment.index} in ${format}`;
  if (size !== layout.bytes)
    return { problem: `${what}: it has ${size} bytes where ${layout.bytes} are due` };
  const start = read(0, header.byteLength);
  for (let i = 0; i < header.byteLength; i++)
    if (start[i] !== header[i]) return { problem: `${what}: ${describe(size, read)}` };
  return null;
}

const positions = new Uint16Array(CHUNK);
const kept = new Float32Array(CHUNK);

function encodeChunk(layout: Layout, values: Float32Array, out: Uint8Array): void {
  const { length } = values;
  const count = keptOf(layout.keep, length);
  if (count === length) {
    encodeRun(layout.format, values, length, out);
    return;
  }
  const place = positionBytes(count, length);
  selectLargest(values, length, count, positions);
  encodePositions(positions, count, length, out.subarray(0, place));
  for (let i = 0; i < count; i++) kept[i] = values[positions[i] as number] as number;
  encodeRun(layout.format, kept, count, out.subarray(place));
}

function decodeChunk(layout: Layout, bytes: Uint8Array, out: Float32Array): boolean {
  const { length } = out;
  const count = keptOf(layout.keep, length);
  if (count === length) {
    decodeRun(layout.format, bytes, length, out);
    return true;
  }
  const place = positionBytes(count, length);
  if (!decodePositions(bytes.subarray(0, place), count, length, positions)) return false;
  decodeRun(layout.format, bytes.subarray(place), count, kept);
  out.fill(0);
  for (let i = 0; i < count; i++) out[positions[i] as number] = kept[i] as number;
  return true;
}

/**
 * The bytes of values `[from, from + values.length)`, where `from` is a multiple of {@link CHUNK} and the end is one or the end of
 * the fragment.
 */
export function encodeRange(layout: Layout, from: number, values: Float32Array): Uint8Array {
  const to = from + values.length;
  const start = offsetOf(layout, from);
  const out = new Uint8Array(offsetOf(layout, to) - start);
  for (let at = from; at < to; at += CHUNK)
    encodeChunk(
      layout,
      values.subarray(at - from, Math.min(to, at + CHUNK) - from),
      out.subarray(offsetOf(layout, at) - start),
    );
  return out;
}

/** Values `[from, from + out.length)` of a blob that has this layout, into `out`; bounds as for {@link encodeRange}. */
export function decodeRange(
  layout: Layout,
  from: number,
  read: ReadRange,
  out: Float32Array,
): Problem | null {
  const to = from + out.length;
  const start = offsetOf(layout, from);
  const bytes = read(start, offsetOf(layout, to) - start);
  for (let at = from; at < to; at += CHUNK)
    if (
      !decodeChunk(
        layout,
        bytes.subarray(offsetOf(layout, at) - start),
        out.subarray(at - from, Math.min(to, at + CHUNK) - from),
      )
    )
      return { problem: `damaged positions in the chunk of values from ${at}` };
  return null;
}

/** A whole blob. */
export function encodeBlob(layout: Layout, values: Float32Array): Uint8Array {
  invariant(values.length === layout.fragment.elements, "values are those of the fragment");
  const data = encodeRange(layout, 0, values);
  const bytes = new Uint8Array(layout.bytes);
  bytes.set(layout.header);
  bytes.set(data, layout.header.byteLength);
  return bytes;
}

/** How to read a blob that is in memory. */
export const readerOf =
  (bytes: Uint8Array): ReadRange =>
  (offset, length) =>
    bytes.subarray(offset, offset + length);

/** All values of a blob in memory. */
export function decodeBlob(layout: Layout, bytes: Uint8Array): Float32Array | Problem {
  const read = readerOf(bytes);
  const problem = layoutProblem(layout, bytes.byteLength, read);
  if (problem !== null) return problem;
  const values = new Float32Array(layout.fragment.elements);
  return decodeRange(layout, 0, read, values) ?? values;
}
