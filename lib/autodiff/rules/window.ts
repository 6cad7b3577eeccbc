/** @file Gradients of reduce_window: sums by a mirrored window, the rest by one strided slice per window position. */
import { shapeOf } from "#lib/dialects/stablehlo/build.ts";
import { type StablehloDef, stablehlo } from "#lib/dialects/stablehlo/ops.ts";
import { cloneRegion } from "#lib/ir/clone.ts";
import type { Value } from "#lib/ir/graph.ts";
import type { OpView } from "#lib/ir/op-def.ts";
import { elementOf, tensorType } from "#lib/ir/types.ts";
import { at, elementCount, range } from "#lib/support/shape.ts";
import { bodyKind, countsAlong, isPicker } from "../bodies.ts";
import { extremeOf, once } from "../combinators.ts";
import { type Emitter, splatOf } from "../emitter.ts";
import type { VjpFunction } from "../rule.ts";

type WindowDef = StablehloDef<"reduce_window">;

/** Windows with more positions than this would unroll into too much code. */
const MAX_POSITIONS = 4096;

/** Size of `count` elements with `dilation - 1` holes between neighbours. */
const dilated = (count: number, dilation: number): number =>
  count === 0 ? 0 : 1 + dilation * (count - 1);

/** Attributes with their defaults, and sizes after dilation and padding. */
interface Geometry {
  readonly window: readonly number[];
  readonly strides: readonly number[];
  readonly base: readonly number[];
  readonly dilations: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly input: readonly number[];
  readonly output: readonly number[];
}

function geometryOf({ operands, attrs, results }: OpView<WindowDef>): Geometry {
  const input = shapeOf(at(operands.inputs, 0));
  const ones = input.map(() => 1);
  return {
    window: attrs.window_dimensions,
    strides: attrs.window_strides ?? ones,
    base: attrs.base_dilations ?? ones,
    dilations: attrs.window_dilations ?? ones,
    low: input.map((_, i) => attrs.padding?.[i]?.[0] ?? 0),
    high: input.map((_, i) => attrs.padding?.[i]?.[1] ?? 0),
    input,
    output: shapeOf(at(results.results, 0)),
  };
}

export function refuseWindow(
  view: OpView<WindowDef>,
  isVaried: (index: number) => boolean,
): string | null {
  const { op, operands, attrs } = view;
  const count = operands.inputs.length;
  const initVaries = range(count, count).some(isVaried);
  if (count === 1) {
    const kind = bodyKind(op.region());
    if (kind === "add") return null;
    if (kind !== "maximum" && kind !== "minimum" && kind !== "multiply")
      return "its region is none of add, multiply, maximum, minimum";
    if (kind === "multiply" && splatOf(at(operands.init_values, 0)) !== 1)
      return "its initial value is not known to be 1";
  } else {
    if (initVaries) return "its initial value depends on an argument";
    const labels = at(operands.inputs, 1);
    const wide = attrs.window_dimensions.flatMap((size, dim) => (size > 1 ? [dim] : []));
    const counts = wide.length === 1 && countsAlong(labels, at(wide, 0));
    if (count !== 2 || !isPicker(op.region()) || !counts)
      return "its region is not the choice of a value with its position";
  }
  const positions = elementCount(attrs.window_dimensions);
  return positions > MAX_POSITIONS ? `its window has ${positions} positions` : null;
}

/** dx = window sums of g, dilated by the strides and padded so that each element meets the windows that held it. */
function sumGradient(view: OpView<WindowDef>, ct: Value, b: Emitter): Value {
  const geometry = geometryOf(view);
  const { window, strides, base, dilations, low, input, output } = geometry;
  const reach = window.map((size, i) => dilated(size, at(dilations, i)));
  const lowPad = reach.map((size, i) => size - 1 - at(low, i));
  const highPad = reach.map(
    (size, i) =>
      dilated(at(input, i), at(base, i)) +
      size -
      1 -
      dilated(at(output, i), at(strides, i)) -
      at(lowPad, i),
  );
  const zero = b.splat(tensorType([], elementOf(ct.type)), 0);
  const padded = b.pad(
    ct,
    zero,
    lowPad,
    highPad,
    strides.map((stride) => stride - 1),
  );
  return b.builder
    .create(
      stablehlo.reduce_window,
      { inputs: [padded], init_values: [zero] },
      { window_dimensions: window, window_strides: base, window_dilations: dilations },
      {
        resultTypes: [tensorType(input, elementOf(ct.type))],
        regions: [cloneRegion(view.op.region(), new Map())],
      },
    )
    .result();
}

/** The element that each window sees at one of its positions, and the way back. */
interface Position {
  readonly pick: (padded: Value) => Value;
  readonly putBack: (ct: Value) => Value;
}

/** One entry per window position, in row-major order, over the input padded and dilated as the op says. */
function positionsOf(b: Emitter, geometry: Geometry): Position[] {
  const { window, strides, base, dilations, low, high, input, output } = geometry;
  const padded = input.map((size, i) => dilated(size, at(base, i)) + at(low, i) + at(high, i));
  return range(elementCount(window)).map((flat) => {
    let rest = flat;
    const start = window.map(() => 0);
    for (let i = window.length - 1; i >= 0; i--) {
      start[i] = (rest % at(window, i)) * at(dilations, i);
      rest = Math.floor(rest / at(window, i));
    }
    const limit = start.map((from, i) => from + (at(output, i) - 1) * at(strides, i) + 1);
    return {
      pick: (value) => b.slice(value, start, limit, strides),
      putBack: (ct) =>
        b.pad(
          ct,
          b.splat(tensorType([], elementOf(ct.type)), 0),
          start,
          limit.map((to, i) => at(padded, i) - to),
          strides.map((stride) => stride - 1),
        ),
    };
  });
}

/** Sums the parts over the padded input and cuts the padding and the holes off again. */
function gatherParts(b: Emitter, geometry: Geometry, parts: readonly Value[]): Value {
  const { low, base, input } = geometry;
  const total = parts.reduce((sum, part) => b.add(sum, part));
  const negative = low.some((edge) => edge < 0) || geometry.high.some((edge) => edge < 0);
  const zero = b.splat(tensorType([], elementOf(total.type)), 0);
  const whole = negative
    ? b.pad(
        total,
        zero,
        low.map((edge) => Math.max(-edge, 0)),
        geometry.high.map((edge) => Math.max(-edge, 0)),
      )
    : total;
  const start = low.map((edge) => Math.max(edge, 0));
  return b.slice(
    whole,
    start,
    start.map((from, i) => from + dilated(at(input, i), at(base, i))),
    base,
  );
}

const padWith = (b: Emitter, value: Value, fill: number, { low, high, base }: Geometry): Value =>
  b.pad(
    value,
    b.splat(tensorType([], elementOf(value.type)), fill),
    low,
    high,
    base.map((hole) => hole - 1),
  );

/** The initial value of a sum is added once to each window, and once more for each place without an element. */
function sumInitGradient(view: OpView<WindowDef>, ct: Value, b: Emitter): Value {
  const x = at(view.operands.inputs, 0);
  const region = cloneRegion(view.op.region(), new Map());
  const zero = b.splat(tensorType([], elementOf(ct.type)), 0);
  const inside = b.builder
    .create(
      stablehlo.reduce_window,
      { inputs: [b.splatLike(x, 1)], init_values: [zero] },
      view.attrs,
      { resultTypes: [ct.type], regions: [region] },
    )
    .result();
  const places = elementCount(view.attrs.window_dimensions);
  return b.sumAll(b.multiply(ct, b.subtract(b.splatLike(ct, places + 1), inside)));
}

/**
 * Maximum and minimum: the first element of each window that equals the result takes g, the initial value where none does.
 * Position by position, a hit takes what is left.
 */
function extremumSlots(
  view: OpView<WindowDef>,
  ct: Value,
  b: Emitter,
  kind: "maximum" | "minimum",
): WindowSlots {
  const geometry = geometryOf(view);
  const y = at(view.results.results, 0);
  const shares = once(() => {
    const padded = padWith(b, at(view.operands.inputs, 0), extremeOf(kind), geometry);
    let rest = ct;
    const taken = positionsOf(b, geometry).map(({ pick }) => {
      const hit = b.compare("EQ", pick(padded), y);
      const share = b.keepWhere(hit, rest);
      rest = b.dropWhere(hit, rest);
      return share;
    });
    return { taken, rest };
  });
  return {
    input: () =>
      gatherParts(
        b,
        geometry,
        positionsOf(b, geometry).map(({ putBack }, i) => putBack(at(shares().taken, i))),
      ),
    init: () => b.sumAll(shares().rest),
  };
}

/** Cotangents of the input and of its initial value. */
interface WindowSlots {
  readonly input: () => Value;
  readonly init: (() => Value) | null;
}

/** Products: each element takes g times the product of the others in its window. */
function productGradient(view: OpView<WindowDef>, ct: Value, b: Emitter): Value {
  const geometry = geometryOf(view);
  const x = at(view.operands.inputs, 0);
  const padded = padWith(b, x, 1, geometry);
  const positions = positionsOf(b, geometry);
  const seen = positions.map(({ pick }) => pick(padded));
  const suffix: Value[] = [];
  let after = b.splatLike(ct, 1);
  for (let i = seen.length - 1; i >= 0; i--) {
    suffix[i] = after;
    after = b.multiply(after, at(seen, i));
  }
  let before = b.splatLike(ct, 1);
  const parts = positions.map(({ putBack }, i) => {
    const part = putBack(b.multiply(ct, b.multiply(before, at(suffix, i))));
    before = b.multiply(before, at(seen, i));
    return part;
  });
  return gatherParts(b, geometry, parts);
}

/** A value chosen together with its label: g goes to the element whose label was chosen. */
function pickedGradient(view: OpView<WindowDef>, ct: Value, b: Emitter): Value {
  const geometry = geometryOf(view);
  const labels = padWith(b, at(view.operands.inputs, 1), -1, geometry);
  const chosen = at(view.results.results, 1);
  const parts = positionsOf(b, geometry).map(({ pick, putBack }) =>
    putBack(b.keepWhere(b.compare("EQ", pick(labels), chosen), ct)),
  );
  return gatherParts(b, geometry, parts);
}

function slotsOf(view: OpView<WindowDef>, ct: Value, b: Emitter): WindowSlots {
  const kind = bodyKind(view.op.region());
  if (kind === "maximum" || kind === "minimum") return extremumSlots(view, ct, b, kind);
  if (kind === "multiply") return { input: () => productGradient(view, ct, b), init: null };
  return {
    input: () => sumGradient(view, ct, b),
    init: () => sumInitGradient(view, ct, b),
  };
}

export const windowRule: VjpFunction<WindowDef> = (input) => {
  const { operands, ct, b } = input;
  const inits = operands.init_values.map(() => null);
  const empty = elementCount(shapeOf(input.y)) === 0;
  if (empty) return { inputs: operands.inputs.map(() => null), init_values: inits };
  if (operands.inputs.length === 2)
    return { inputs: [() => pickedGradient(input, ct, b), null], init_values: inits };
  const slots = slotsOf(input, ct, b);
  return { inputs: [slots.input], init_values: [slots.init] };
};
