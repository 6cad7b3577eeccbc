/** @file Reads checkpoints of the reference system: `PCPCHECK`, tensors in the order of the model's parameters, without names. */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { isProblem, type Problem } from "#lib/support/problem.ts";
import { elementCount, type Shape, sameShape } from "#lib/support/shape.ts";
import { byteWidth, type DType } from "#lib/tensors/dtype.ts";
import { readNumber, type Tensor, tensorBytes, writeNumber, zeros } from "#lib/tensors/tensor.ts";

/** A parameter that the file has a tensor for. */
export interface ParameterSlot {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: Shape;
}

const MAGIC = "PCPCHECK";
const HEADER = MAGIC.length + 8;
const MAX_RANK = 16;

/** Whether a file begins as such a checkpoint does; false where it cannot be read. */
export function isPcpCheck(path: string): boolean {
  try {
    const file = openSync(path, "r");
    try {
      const bytes = new Uint8Array(MAGIC.length);
      return readSync(file, bytes) === bytes.length && new TextDecoder().decode(bytes) === MAGIC;
    } finally {
      closeSync(file);
    }
  } catch {
    return false;
  }
}

/** Reads a file front to back; what is not there is a problem. */
class Cursor {
  private readonly file: number;
  readonly size: number;
  at = 0;

  constructor(file: number) {
    this.file = file;
    this.size = fstatSync(file).size;
  }

  /** Fills `target`; false where the file ends before. */
  fill(target: Uint8Array): boolean {
    if (this.at + target.length > this.size) return false;
    for (let done = 0; done < target.length; ) {
      // One read takes at most 2 GiB.
      const count = Math.min(target.length - done, 1 << 30);
      const got = readSync(this.file, target, done, count, this.at + done);
      if (got === 0) return false;
      done += got;
    }
    this.at += target.length;
    return true;
  }

  view(length: number): DataView | null {
    const bytes = new Uint8Array(length);
    return this.fill(bytes) ? new DataView(bytes.buffer) : null;
  }
}

const SHORT: Problem = { problem: "it ends too early" };

/** Shape and byte length of the next tensor. */
function readShape(cursor: Cursor): { shape: number[]; bytes: number } | Problem {
  const rank = cursor.view(1)?.getUint8(0);
  if (rank === undefined) return SHORT;
  if (rank > MAX_RANK) return { problem: `a tensor of rank ${rank}` };
  const sizes = cursor.view(8 * rank + 8);
  if (sizes === null) return SHORT;
  const shape = Array.from({ length: rank }, (_, i) => Number(sizes.getBigInt64(8 * i, true)));
  return { shape, bytes: Number(sizes.getBigUint64(8 * rank, true)) };
}

/** The next tensor, in the type of its slot; files of bf16 runs hold two bytes per element of an f32 parameter. */
function readTensor(cursor: Cursor, { name, dtype, shape }: ParameterSlot): Tensor | Problem {
  const found = readShape(cursor);
  if (isProblem(found)) return found;
  if (!sameShape(found.shape, shape))
    return {
      problem: `'${name}' has shape [${found.shape.join(", ")}], but the model's has [${shape.join(", ")}]`,
    };
  const elements = elementCount(shape);
  const isNarrow = dtype === "f32" && found.bytes === 2 * elements;
  if (!isNarrow && found.bytes !== byteWidth(dtype) * elements)
    return { problem: `'${name}' has ${found.bytes} bytes, which is not ${elements} of ${dtype}` };
  if (cursor.at + found.bytes > cursor.size) return SHORT;
  const tensor = zeros(isNarrow ? "bf16" : dtype, shape);
  if (!cursor.fill(tensorBytes(tensor))) return SHORT;
  if (!isNarrow) return tensor;
  const wide = zeros(dtype, shape);
  for (let i = 0; i < elements; i++) writeNumber(wide, i, readNumber(tensor, i));
  return wide;
}

function readAll(cursor: Cursor, slots: readonly ParameterSlot[]): Map<string, Tensor> | Problem {
  const header = cursor.view(HEADER);
  if (header === null) return SHORT;
  const version = header.getUint32(MAGIC.length, true);
  if (version !== 1) return { problem: `it has version ${version}; this reads 1` };
  const count = header.getUint32(MAGIC.length + 4, true);
  if (count !== slots.length)
    return { problem: `it has ${count} tensors, but the model has ${slots.length} parameters` };
  const tensors = new Map<string, Tensor>();
  for (const slot of slots) {
    const tensor = readTensor(cursor, slot);
    if (isProblem(tensor)) return tensor;
    tensors.set(slot.name, tensor);
  }
  if (cursor.at !== cursor.size)
    return { problem: `${cursor.size - cursor.at} bytes follow its last tensor` };
  return tensors;
}

/** Tensors of a checkpoint by the names of `slots`, which are the model's parameters in order. */
export function readPcpCheck(
  path: string,
  slots: readonly ParameterSlot[],
): Map<string, Tensor> | Problem {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch {
    return { problem: `cannot read '${path}'` };
  }
  try {
    const read = readAll(new Cursor(file), slots);
    return isProblem(read) ? { problem: `checkpoint '${path}': ${read.problem}` } : read;
  } finally {
    closeSync(file);
  }
}
