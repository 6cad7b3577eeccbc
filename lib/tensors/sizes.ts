/** @file Sizes that files claim, checked before anything is allocated for them. */
import { byteWidth, type DType } from "./dtype.ts";

/** More dimensions than any tensor here has. */
const MAX_RANK = 64;

/** Whether a value from a file is a list of dimension sizes. */
export const isShape = (value: unknown): value is number[] =>
  Array.isArray(value) &&
  value.length <= MAX_RANK &&
  value.every((size) => Number.isSafeInteger(size) && (size as number) >= 0);

/** Bytes of a tensor, or null where the number is too large to be exact. */
export function checkedByteLength(dtype: DType, shape: readonly number[]): number | null {
  if (shape.includes(0)) return 0;
  let length = byteWidth(dtype);
  for (const size of shape) {
    length *= size;
    if (!Number.isSafeInteger(length)) return null;
  }
  return length;
}
