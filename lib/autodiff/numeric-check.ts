/** @file Compares gradients with central differences, along random directions and for single elements. */

import { present } from "#lib/support/assert.ts";
import { at, elementCount } from "#lib/support/shape.ts";
import type { Tensor } from "#lib/tensors/tensor.ts";
import { Random } from "./random-inputs.ts";

/** One comparison. */
export interface CheckRow {
  readonly what: string;
  readonly gradient: number;
  readonly difference: number;
  /** |gradient - difference| over the larger of the two, or over what is too small for the differences to tell from zero. */
  readonly error: number;
  readonly ok: boolean;
}

export interface CheckInput {
  /** Inputs of the loss, floats in f64. */
  readonly inputs: readonly Tensor[];
  /** Arguments that were differentiated: index and name. */
  readonly wrt: readonly { readonly index: number; readonly name: string }[];
  /** One per entry of `wrt`. */
  readonly gradients: readonly Tensor[];
  readonly loss: (inputs: readonly Tensor[]) => number;
  /** Directions over all arguments together, and single elements. */
  readonly samples: number;
  readonly tolerance: number;
  readonly seed: number;
}

/**
 * Steps of the differences, tried until one agrees. The error of a quotient falls with the square of the step where the loss
 * is smooth, with the step itself where kinks such as relu's lie near; rounding grows with its inverse.
 */
const STEPS = [1e-5, 1e-6, 1e-7] as const;
/** A quotient is trusted where the rounding of the loss, as measured, is this much smaller. */
const SAFETY = 25;
/** Steps and number of the probes that measure rounding: far below what the loss bends over. */
const PROBE = 1e-12;
const PROBES = 5;
/** Derivatives below noise / step / RESOLUTION are compared as if of that size, whatever tolerance is asked for. */
const RESOLUTION = 1e-5;

type Direction = ReadonlyMap<number, Float64Array>;

const f64Data = (tensor: Tensor): Float64Array => tensor.data as Float64Array;

/** `inputs + scale * direction`. */
const moved = (inputs: readonly Tensor[], direction: Direction, scale: number): Tensor[] =>
  inputs.map((input, index) => {
    const step = direction.get(index);
    if (step === undefined) return input;
    const from = f64Data(input);
    return { ...input, data: from.map((value, i) => value + scale * (step[i] as number)) };
  });

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

/** A random direction of length 1 in some arguments together. */
function randomDirection(
  random: Random,
  input: CheckInput,
  chosen: readonly number[],
): Map<number, Float64Array> {
  const direction = new Map<number, Float64Array>();
  let square = 0;
  for (const position of chosen) {
    const { index } = at(input.wrt, position);
    const part = Float64Array.from({ length: elementCount(at(input.inputs, index).shape) }, () =>
      random.normal(),
    );
    square += dot(part, part);
    direction.set(index, part);
  }
  const scale = square === 0 ? 1 : 1 / Math.sqrt(square);
  for (const [index, part] of direction)
    direction.set(
      index,
      part.map((value) => value * scale),
    );
  return direction;
}

/**
 * How much of the loss is rounding. Second differences over tiny steps are nothing else: intermediate values may be far larger
 * than the loss, or as small as it is. The median, since a step may cross a jump.
 */
function measureNoise(input: CheckInput, loss: number): number {
  const random = new Random(input.seed + 1);
  const all = input.wrt.map((_, i) => i);
  const bends = Array.from({ length: PROBES }, () => {
    const direction = randomDirection(random, input, all);
    const [above, below] = [PROBE, -PROBE].map((step) =>
      input.loss(moved(input.inputs, direction, step)),
    );
    return Math.abs((above ?? loss) - 2 * loss + (below ?? loss));
  });
  const finite = bends.filter(Number.isFinite).sort((a, b) => a - b);
  const median = finite[Math.floor(finite.length / 2)] ?? 0;
  return SAFETY * (median + 2 * Number.EPSILON * Math.abs(loss));
}

function compare(input: CheckInput, what: string, direction: Direction, noise: number): CheckRow {
  let gradient = 0;
  input.wrt.forEach(({ index }, i) => {
    const part = direction.get(index);
    if (part !== undefined) gradient += dot(part, f64Data(at(input.gradients, i)));
  });
  let best: CheckRow | null = null;
  for (const step of STEPS) {
    const above = input.loss(moved(input.inputs, direction, step));
    const below = input.loss(moved(input.inputs, direction, -step));
    const difference = (above - below) / (2 * step);
    const floor = noise / step / RESOLUTION;
    const size = Math.max(Math.abs(gradient), Math.abs(difference), floor);
    const error = gradient === difference ? 0 : Math.abs(gradient - difference) / size;
    const row = { what, gradient, difference, error, ok: error <= input.tolerance };
    if (best === null || !(row.error >= best.error)) best = row;
    if (row.ok) break;
  }
  return present(best, "comparison");
}

/** `wte.weight[3, 7]`. */
function elementName(name: string, shape: readonly number[], flat: number): string {
  const indices: number[] = [];
  let rest = flat;
  for (let i = shape.length - 1; i >= 0; i--) {
    indices.unshift(rest % at(shape, i));
    rest = Math.floor(rest / at(shape, i));
  }
  return `${name}[${indices.join(", ")}]`;
}

/** The element with the largest derivative. */
function largestElement(gradient: Tensor): number {
  const values = f64Data(gradient);
  let best = 0;
  for (let i = 1; i < values.length; i++)
    if (Math.abs(values[i] as number) > Math.abs(values[best] as number)) best = i;
  return best;
}

interface Element {
  readonly position: number;
  readonly element: number;
}

/** Different elements to look at: the one with the largest derivative of some argument first, then random ones. */
function pickElements(random: Random, input: CheckInput): Element[] {
  const counts = input.gradients.map(({ shape }) => elementCount(shape));
  const total = counts.reduce((sum, count) => sum + count, 0);
  const taken = counts.map(() => new Set<number>());
  const picked: Element[] = [];
  while (picked.length < Math.min(input.samples, total)) {
    const open = counts.flatMap((count, i) => (at(taken, i).size < count ? [i] : []));
    const position = at(open, random.below(open.length));
    let element =
      picked.length === 0
        ? largestElement(at(input.gradients, position))
        : random.below(at(counts, position));
    while (at(taken, position).has(element)) element = (element + 1) % at(counts, position);
    at(taken, position).add(element);
    picked.push({ position, element });
  }
  return picked;
}

/** Directions over everything, one per argument, and single elements. */
export function checkGradients(input: CheckInput): CheckRow[] {
  const random = new Random(input.seed);
  const rows: CheckRow[] = [];
  const noise = measureNoise(input, input.loss(input.inputs));
  const all = input.wrt.map((_, i) => i);
  for (let i = 0; i < input.samples; i++)
    rows.push(
      compare(input, `all, direction ${i + 1}`, randomDirection(random, input, all), noise),
    );
  if (all.length > 1)
    for (const position of all) {
      const direction = randomDirection(random, input, [position]);
      rows.push(compare(input, `${at(input.wrt, position).name}, direction`, direction, noise));
    }
  for (const { position, element } of pickElements(random, input)) {
    const { index, name } = at(input.wrt, position);
    const { shape } = at(input.inputs, index);
    const part = new Float64Array(elementCount(shape));
    part[element] = 1;
    rows.push(compare(input, elementName(name, shape, element), new Map([[index, part]]), noise));
  }
  return rows;
}

/** The rows as a table for people. */
export function formatCheck(rows: readonly CheckRow[]): string {
  const number = (value: number): string => value.toExponential(6);
  const width = Math.max(8, ...rows.map(({ what }) => what.length));
  const header = `${"what".padEnd(width)}  ${"gradient".padStart(14)}  ${"difference".padStart(14)}  error`;
  const lines = rows.map(
    ({ what, gradient, difference, error, ok }) =>
      `${what.padEnd(width)}  ${number(gradient).padStart(14)}  ${number(difference).padStart(14)}  ${error.toExponential(1)}${ok ? "" : "  WRONG"}`,
  );
  return [header, ...lines].map((line) => `${line}\n`).join("");
}
