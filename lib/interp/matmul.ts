/** @file Blocked matrix product on f64 panels with a 4x4 register tile. */

/** Inner length per pass: a panel of four rows of this length is 8 KiB and stays in the first-level cache. */
const DEPTH = 256;

/** Rows of the left operand that are multiplied with one panel of the right one: 192 KiB for the second-level cache. */
const ROWS = 96;

/** Position of an element: row, inner and batch offsets added up, as tables. */
export interface Operand {
  readonly data: Float32Array | Float64Array;
  readonly rows: Int32Array;
  readonly inner: Int32Array;
}

/** Packs rows into panels of four, inner index outermost; the last panel repeats a row where rows are missing. */
function packPanels(
  { data, rows, inner }: Operand,
  base: number,
  depthFrom: number,
  depth: number,
  panels: Float64Array,
): void {
  const count = rows.length;
  let at = 0;
  for (let row = 0; row < count; row += 4) {
    const left = count - row;
    const r0 = base + (rows[row] as number);
    const r1 = base + (rows[left > 1 ? row + 1 : row] as number);
    const r2 = base + (rows[left > 2 ? row + 2 : row] as number);
    const r3 = base + (rows[left > 3 ? row + 3 : row] as number);
    for (let k = depthFrom; k < depthFrom + depth; k++, at += 4) {
      const offset = inner[k] as number;
      panels[at] = data[r0 + offset] as number;
      panels[at + 1] = data[r1 + offset] as number;
      panels[at + 2] = data[r2 + offset] as number;
      panels[at + 3] = data[r3 + offset] as number;
    }
  }
}

/** Writes the product of two panels to the 16 sums in `tile`. */
function multiplyPanels(
  a: Float64Array,
  aFrom: number,
  b: Float64Array,
  bFrom: number,
  depth: number,
  tile: Float64Array,
): void {
  let c00 = 0;
  let c01 = 0;
  let c02 = 0;
  let c03 = 0;
  let c10 = 0;
  let c11 = 0;
  let c12 = 0;
  let c13 = 0;
  let c20 = 0;
  let c21 = 0;
  let c22 = 0;
  let c23 = 0;
  let c30 = 0;
  let c31 = 0;
  let c32 = 0;
  let c33 = 0;
  for (let k = 0, i = aFrom, j = bFrom; k < depth; k++, i += 4, j += 4) {
    const a0 = a[i] as number;
    const a1 = a[i + 1] as number;
    const a2 = a[i + 2] as number;
    const a3 = a[i + 3] as number;
    const b0 = b[j] as number;
    const b1 = b[j + 1] as number;
    const b2 = b[j + 2] as number;
    const b3 = b[j + 3] as number;
    c00 += a0 * b0;
    c01 += a0 * b1;
    c02 += a0 * b2;
    c03 += a0 * b3;
    c10 += a1 * b0;
    c11 += a1 * b1;
    c12 += a1 * b2;
    c13 += a1 * b3;
    c20 += a2 * b0;
    c21 += a2 * b1;
    c22 += a2 * b2;
    c23 += a2 * b3;
    c30 += a3 * b0;
    c31 += a3 * b1;
    c32 += a3 * b2;
    c33 += a3 * b3;
  }
  tile[0] = c00;
  tile[1] = c01;
  tile[2] = c02;
  tile[3] = c03;
  tile[4] = c10;
  tile[5] = c11;
  tile[6] = c12;
  tile[7] = c13;
  tile[8] = c20;
  tile[9] = c21;
  tile[10] = c22;
  tile[11] = c23;
  tile[12] = c30;
  tile[13] = c31;
  tile[14] = c32;
  tile[15] = c33;
}

const tile = new Float64Array(16);
let panelsA = new Float64Array(0);
let panelsB = new Float64Array(0);

/** Room for panels, kept from call to call while it is small. */
function panelRoom(known: Float64Array<ArrayBuffer>, length: number): Float64Array<ArrayBuffer> {
  return known.length >= length ? known : new Float64Array(length);
}

/** Adds (or, on the first pass, writes) one tile of sums into the result, leaving out what is beyond its edges. */
function storeTile(
  result: Float64Array,
  at: number,
  columns: number,
  rowCount: number,
  columnCount: number,
  first: boolean,
): void {
  for (let r = 0; r < rowCount; r++) {
    const to = at + r * columns;
    if (first) for (let c = 0; c < columnCount; c++) result[to + c] = tile[4 * r + c] as number;
    else
      for (let c = 0; c < columnCount; c++)
        result[to + c] = (result[to + c] as number) + (tile[4 * r + c] as number);
  }
}

/**
 * Row-major product [m, k] x [k, n] -> [m, n] into `result` from index 0 on. Sums run along k in order, in blocks of 256 that are
 * added in order, all in f64.
 * @param aBase - element offset of this batch in the left operand, `bBase` in the right one.
 */
export function matmul(
  a: Operand,
  aBase: number,
  b: Operand,
  bBase: number,
  result: Float64Array,
): void {
  const [m, n, k] = [a.rows.length, b.rows.length, a.inner.length];
  if (k === 0) {
    result.fill(0, 0, m * n);
    return;
  }
  const deepest = Math.min(k, DEPTH);
  panelsA = panelRoom(panelsA, (m + 3) * deepest);
  panelsB = panelRoom(panelsB, (n + 3) * deepest);
  for (let from = 0; from < k; from += deepest) {
    const depth = Math.min(deepest, k - from);
    packPanels(a, aBase, from, depth, panelsA);
    packPanels(b, bBase, from, depth, panelsB);
    for (let block = 0; block < m; block += ROWS)
      for (let j = 0; j < n; j += 4)
        for (let i = block; i < Math.min(block + ROWS, m); i += 4) {
          multiplyPanels(panelsA, i * depth, panelsB, j * depth, depth, tile);
          storeTile(result, i * n + j, n, Math.min(4, m - i), Math.min(4, n - j), from === 0);
        }
  }
  if (panelsA.length > 1 << 20) panelsA = new Float64Array(0);
  if (panelsB.length > 1 << 20) panelsB = new Float64Array(0);
}
