/** @file Gradients of reductions. */
import { shapeOf } from "#lib/dialects/stablehlo/build.ts";
import { type ReduceOpName, type StablehloDef, stablehlo } from "#lib/dialects/stablehlo/ops.ts";
import type { Operation, Value } from "#lib/ir/graph.ts";
import { attrsOf, type OpView, operandsOf } from "#lib/ir/op-def.ts";
import { at } from "#lib/support/shape.ts";
import { bodyKind, countsAlong, isPicker } from "../bodies.ts";
import { once } from "../combinators.ts";
import type { Emitter } from "../emitter.ts";
import { guarded, type Slot, type VjpFunction, type VjpInput, type VjpRules } from "../rule.ts";
import { refuseWindow, windowRule } from "./window.ts";

type ReduceDef = StablehloDef<"reduce">;

const UNKNOWN_BODY =
  "its region is none of add, multiply, maximum, minimum, nor the choice of a value with its position";

/** Whether each result is one of the plain reductions of its own input. */
const isSeparable = ({ op, operands }: OpView<ReduceDef>): boolean =>
  operands.inputs.every((_, i) => Object.hasOwn(RULES, bodyKind(op.region(), i) ?? ""));

function refuseReduce(
  view: OpView<ReduceDef>,
  isVaried: (index: number) => boolean,
): string | null {
  if (isSeparable(view)) return null;
  const { op, operands, attrs } = view;
  const { inputs } = operands;
  if (inputs.length !== 2 || !isPicker(op.region())) return UNKNOWN_BODY;
  if (isVaried(inputs.length)) return "its initial value depends on an argument";
  const [dimension] = attrs.dimensions;
  const labels = at(inputs, 1);
  return attrs.dimensions.length === 1 && countsAlong(labels, at(attrs.dimensions, 0))
    ? null
    : `its second input does not count along dimension ${dimension}`;
}

/** What the rules of one reduction share. */
interface Reduction {
  readonly b: Emitter;
  readonly ct: Value;
  readonly x: Value;
  readonly init: Value;
  readonly y: Value;
  readonly dimensions: readonly number[];
  /** Whether the initial value needs a cotangent: only then can it tie with an element. */
  readonly withInit: boolean;
}

type Slots = readonly [Slot, Slot];

const sum = ({ b, ct, x, dimensions }: Reduction): Slots => [
  () => b.spread(ct, shapeOf(x), dimensions),
  () => b.sumAll(ct),
];

/** Elements equal to the result share g. */
function extremum({ b, ct, x, init, y, dimensions, withInit }: Reduction): Slots {
  const shape = shapeOf(x);
  const hits = once(() => b.compare("EQ", x, b.spread(y, shape, dimensions)));
  const initHits = once(() => b.compare("EQ", y, b.expandTo(init, y)));
  const share = once(() => {
    const element = b.typeOf(x).element;
    const count = b.reduceSum(b.convert(hits(), element), dimensions);
    const all = withInit ? b.add(count, b.convert(initHits(), element)) : count;
    return b.divide(ct, all);
  });
  return [
    () => b.keepWhere(hits(), b.spread(share(), shape, dimensions)),
    () => b.sumAll(b.keepWhere(initHits(), share())),
  ];
}

/** Each element gets g times the product of the others, which is right where elements are zero too. */
function product({ b, ct, x, init, dimensions }: Reduction): Slots {
  const shape = shapeOf(x);
  const wide = (value: Value): Value => b.spread(value, shape, dimensions);
  return [
    () => {
      const isZero = b.compare("EQ", x, b.zerosLike(x));
      const nonzero = b.select(isZero, b.splatLike(x, 1), x);
      const rest = b.reduce("multiply", nonzero, init, dimensions);
      const zeros = b.reduceSum(b.convert(isZero, b.typeOf(x).element), dimensions);
      const scaled = b.multiply(ct, rest);
      const ifNone = b.keepWhere(b.compare("EQ", zeros, b.zerosLike(zeros)), scaled);
      const ifOne = b.keepWhere(b.compare("EQ", zeros, b.splatLike(zeros, 1)), scaled);
      return b.select(isZero, wide(ifOne), b.divide(wide(ifNone), nonzero));
    },
    () => b.sumAll(b.multiply(ct, b.reduce("multiply", x, b.splatLike(init, 1), dimensions))),
  ];
}

const RULES: { readonly [kind: string]: (reduction: Reduction) => Slots } = {
  add: sum,
  multiply: product,
  maximum: extremum,
  minimum: extremum,
};

/** The value goes where the position that came with it says. */
function picked({ ct, operands, attrs, results, b }: VjpInput<ReduceDef>) {
  const labels = at(operands.inputs, 1);
  const shape = shapeOf(labels);
  const chosen = b.spread(at(results.results, 1), shape, attrs.dimensions);
  const hit = (): Value => b.compare("EQ", labels, chosen);
  return {
    inputs: [() => b.keepWhere(hit(), b.spread(ct, shape, attrs.dimensions)), null],
    init_values: [null, null],
  };
}

/** Each input on its own; a result without a cotangent gives none. */
const reduce: VjpFunction<ReduceDef> = (input) => {
  const { op, operands, attrs, results, cts, b } = input;
  const { inputs, init_values: inits } = operands;
  if (!isSeparable(input)) return picked(input);
  const slots = inputs.map((x, i): Slots => {
    const ct = cts[i] ?? null;
    const rule = RULES[bodyKind(op.region(), i) ?? ""];
    if (ct === null || rule === undefined) return [null, null];
    return rule({
      b,
      ct,
      x,
      y: at(results.results, i),
      init: at(inits, i),
      dimensions: attrs.dimensions,
      withInit: input.isActive(inputs.length + i),
    });
  });
  return { inputs: slots.map(([x]) => x), init_values: slots.map(([, init]) => init) };
};

export const reduceRules: VjpRules<ReduceOpName> = {
  reduce: guarded(refuseReduce, reduce),
  reduce_window: guarded(refuseWindow, windowRule),
};

/** `reduce` along dimensions by one of the plain bodies: its input, or null for any other op. */
export function plainReduction(
  op: Operation | null,
  kind: "add" | "maximum",
): {
  readonly input: Value;
  readonly init: Value;
  readonly dimensions: readonly number[];
} | null {
  if (op?.name !== stablehlo.reduce.name || op.results.length !== 1) return null;
  if (bodyKind(op.region()) !== kind) return null;
  const { inputs, init_values: inits } = operandsOf(stablehlo.reduce, op);
  const [input, init] = [at(inputs, 0), at(inits, 0)];
  return { input, init, dimensions: attrsOf(stablehlo.reduce, op).dimensions };
}
