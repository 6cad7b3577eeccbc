/** @file A stable merge sort of positions by an arbitrary comparison. */

/** Whether the element at one position comes before that at another. */
export type Less = (a: number, b: number) => boolean;

const RUN = 8;

function insertionSort(order: Int32Array, from: number, to: number, less: Less): void {
  for (let i = from + 1; i < to; i++) {
    const moved = order[i] as number;
    let j = i - 1;
    while (j >= from && less(moved, order[j] as number)) {
      order[j + 1] = order[j] as number;
      j--;
    }
    order[j + 1] = moved;
  }
}

function merge(
  source: Int32Array,
  target: Int32Array,
  from: number,
  middle: number,
  to: number,
  less: Less,
): void {
  let i = from;
  let j = middle;
  for (let k = from; k < to; k++) {
    if (i < middle && (j >= to || !less(source[j] as number, source[i] as number)))
      target[k] = source[i++] as number;
    else target[k] = source[j++] as number;
  }
}

/** `0 .. count - 1` in sorted order; equal elements keep their order. */
export function sortedOrder(count: number, less: Less): Int32Array {
  let order = Int32Array.from({ length: count }, (_, i) => i);
  for (let from = 0; from < count; from += RUN)
    insertionSort(order, from, Math.min(from + RUN, count), less);
  let spare = new Int32Array(count);
  for (let width = RUN; width < count; width *= 2) {
    for (let from = 0; from < count; from += 2 * width) {
      const middle = Math.min(from + width, count);
      merge(order, spare, from, middle, Math.min(from + 2 * width, count), less);
    }
    [order, spare] = [spare, order];
  }
  return order;
}
