/** @file Gradients of random programs against central differences: values used often, unused values, every kind of data movement. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { checkGradients, formatCheck } from "#lib/autodiff/numeric-check.ts";
import { Random, randomInputs } from "#lib/autodiff/random-inputs.ts";
import { createFunction, findFunction, named } from "#lib/dialects/func/functions.ts";
import { func } from "#lib/dialects/func/ops.ts";
import { StablehloBuilder, shapeOf } from "#lib/dialects/stablehlo/build.ts";
import type { Operation, Value } from "#lib/ir/graph.ts";
import { floatType, tensorType } from "#lib/ir/types.ts";
import { present } from "#lib/support/assert.ts";
import { at, range } from "#lib/support/shape.ts";
import { readNumber } from "#lib/tensors/tensor.ts";
import { addValueAndGrad, evaluate, moduleOf } from "./helpers.ts";

const MATRIX = tensorType([3, 4], floatType("f64"));

type Step = (b: StablehloBuilder, x: Value, y: Value) => Value;

const DOT = { lhsBatching: [], rhsBatching: [], lhsContracting: [1], rhsContracting: [1] };
const DOT_BACK = { ...DOT, rhsContracting: [0] };

/** Steps from [3, 4] values to a [3, 4] value. */
const STEPS: readonly Step[] = [
  (b, x, y) => b.add(x, y),
  (b, x, y) => b.multiply(x, b.unary("tanh", y)),
  (b, x, y) => b.subtract(b.unary("sine", x), y),
  (b, x, y) => b.binary("maximum", x, y),
  (b, x) => b.unary("logistic", x),
  (b, x) => b.multiply(x, b.unary("logistic", x)),
  (b, x) => b.broadcastInDim(b.reduceSum(b.unary("tanh", x), [1]), [3, 4], [0]),
  (b, x, y) => b.divide(x, b.add(b.splatLike(y, 1), b.multiply(y, y))),
  (b, x) => {
    const row = b.reduce("maximum", x, b.splat(tensorType([], floatType("f64")), -1e30), [1]);
    const e = b.unary("exponential", b.subtract(x, b.broadcastInDim(row, [3, 4], [0])));
    return b.divide(e, b.broadcastInDim(b.reduceSum(e, [1]), [3, 4], [0]));
  },
  (b, x) => {
    const e = b.unary("exponential", x);
    const sum = b.unary("log", b.reduceSum(e, [0]));
    return b.subtract(x, b.broadcastInDim(sum, [3, 4], [1]));
  },
  (b, x, y) => {
    const left = b.slice(x, [0, 0], [3, 2]);
    const right = b.slice(x, [0, 2], [3, 4]);
    return b.add(b.concatenate([right, left], 1), y);
  },
  (b, x) => b.reverse(x, [0]),
  (b, x) => b.transpose(b.reshape(b.transpose(x, [1, 0]), [4, 3]), [1, 0]),
  (b, x, y) => b.unary("tanh", b.dotGeneral(b.dotGeneral(x, y, DOT), x, DOT_BACK)),
  (b, x) => b.select(b.compare("GT", x, b.splatLike(x, 0)), x, b.multiply(x, b.splatLike(x, 0.5))),
  (b, x) => {
    const relu = b.binary("maximum", x, b.splatLike(x, 0));
    return b.multiply(relu, relu);
  },
];

interface Choice {
  readonly step: number;
  readonly left: number;
  readonly right: number;
}

/** A module with `@main(a, b) -> loss`; each choice takes two of the values so far. */
function programOf(choices: readonly Choice[]): Operation {
  const module = moduleOf("module {}");
  const scalar = tensorType([], floatType("f64"));
  const { fn, args, builder } = createFunction(
    "main",
    ["a", "b"].map((name) => ({ type: MATRIX, attrs: named(name, "param") })),
    [{ type: scalar, attrs: named("loss", "loss") }],
  );
  const b = new StablehloBuilder(builder);
  const values: Value[] = [...args];
  for (const { step, left, right } of choices) {
    const [x, y] = [at(values, left % values.length), at(values, right % values.length)];
    values.push(at(STEPS, step % STEPS.length)(b, x, y));
  }
  const used = values.slice(-2).map((value) => b.reduceSum(b.unary("sine", value), [0, 1]));
  const loss = used.reduce((sum, value) => b.add(sum, value));
  builder.create(func.return, { operands: [loss] }, {}, { resultTypes: [] });
  module.region().entry.append(fn);
  expect(shapeOf(loss)).toEqual([]);
  return module;
}

test("gradients of random programs agree with differences", () => {
  const choice = fc.record({ step: fc.nat(100), left: fc.nat(100), right: fc.nat(100) });
  fc.assert(
    fc.property(
      fc.array(choice, { minLength: 1, maxLength: 12 }),
      fc.nat(1000),
      (choices, seed) => {
        const module = programOf(choices);
        const main = present(findFunction(module, "main"), "main");
        const inputs = randomInputs(main, new Random(seed), "normal");
        const plain = programOf(choices);
        addValueAndGrad(module);
        const rows = checkGradients({
          inputs,
          wrt: range(2).map((index) => ({ index, name: `arg${index}` })),
          gradients: evaluate(module, "main_value_and_grad", inputs).slice(1),
          loss: (moved) => readNumber(at(evaluate(plain, "main", moved), 0), 0),
          samples: 2,
          tolerance: 1e-5,
          seed,
        });
        expect(
          rows.every(({ ok }) => ok),
          formatCheck(rows),
        ).toBe(true);
      },
    ),
    { numRuns: 80, seed: 7 },
  );
});
