/** @file Shape arithmetic on dimension lists: element counts, row-major strides, permutations. */

/** Dimension sizes, outermost first. */
export type Shape = readonly number[];

/** Number of elements of a static shape. */
export const elementCount = (shape: Shape): number => {
  let count = 1;
  for (const size of shape) count *= size;
  return count;
};

/** Row-major strides in elements. */
export function rowMajorStrides(shape: Shape): number[] {
  const strides = new Array<number>(shape.length).fill(1);
  for (let i = shape.length - 2; i >= 0; i--)
    strides[i] = (strides[i + 1] as number) * (shape[i + 1] as number);
  return strides;
}

/** Whether two dimension lists are equal. */
export const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((size, index) => size === b[index]);

/** `[0, 1, ..., count - 1]`. */
export const range = (count: number, start = 0): number[] =>
  Array.from({ length: count }, (_, index) => start + index);

/** The permutation q with `q[p[i]] = i`; equally argsort(p) for a permutation p. */
export function invertPermutation(permutation: readonly number[]): number[] {
  const inverse = new Array<number>(permutation.length);
  permutation.forEach((to, from) => {
    inverse[to] = from;
  });
  return inverse;
}

/** Indices that sort `values` ascending, stable. */
export const argsort = (values: readonly number[]): number[] =>
  range(values.length).sort((a, b) => (values[a] as number) - (values[b] as number) || a - b);

/** Whether `values` holds each of `0 .. values.length - 1` once. */
export const isPermutation = (values: readonly number[]): boolean => {
  const seen = new Set(values);
  return seen.size === values.length && values.every((v) => v >= 0 && v < values.length);
};

/** Whether all values differ. */
export const isUnique = (values: readonly number[]): boolean =>
  new Set(values).size === values.length;

/** `list[index]`, which the caller knows to exist. */
export function at<T>(list: readonly T[], index: number): T {
  return list[index] as T;
}
