/** @file Every gradient rule against central differences in f64, at random points and along random directions. */
import { describe, expect, test } from "vitest";
import { Random } from "#lib/autodiff/random-inputs.ts";
import { vjpRules } from "#lib/autodiff/rules/all.ts";
import { findFunction } from "#lib/dialects/func/functions.ts";
import type { Operation } from "#lib/ir/graph.ts";
import { dtypeOf, isFloat } from "#lib/ir/types.ts";
import { present } from "#lib/support/assert.ts";
import { elementCount } from "#lib/support/shape.ts";
import { type Tensor, tensorFromNumbers, toNumbers } from "#lib/tensors/tensor.ts";
import { addGrad, evaluate, moduleOf } from "./helpers.ts";
import { type Draw, type RuleCase, ruleCases } from "./rule-cases.ts";

const STEP = 1e-5;
const TOLERANCE = 2e-7;

function drawn(random: Random, count: number, draw: Draw): number[] {
  if ("values" in draw) return [...draw.values];
  return Array.from({ length: count }, () => draw.from + (draw.to - draw.from) * random.uniform());
}

function inputsOf(module: Operation, random: Random, { draws }: RuleCase): Tensor[] {
  const { args } = present(findFunction(module, "main"), "main").region().entry;
  return args.map(({ type }, index) => {
    const shape = type.kind === "tensor" ? type.shape : [];
    const dtype = present(type.kind === "tensor" ? dtypeOf(type.element) : null, "dtype");
    const numbers = drawn(random, elementCount(shape), draws?.[index] ?? { from: -2, to: 2 });
    return tensorFromNumbers(dtype, shape, numbers);
  });
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);

const moved = (tensor: Tensor, direction: readonly number[], scale: number): Tensor => ({
  ...tensor,
  data: Float64Array.from(
    tensor.data as Float64Array,
    (x, i) => x + scale * (direction[i] as number),
  ),
});

/** Largest relative difference between gradient and difference quotient, over all float arguments. */
function largestError(ruleCase: RuleCase, seed: number): number {
  const module = moduleOf(ruleCase.source);
  const random = new Random(seed);
  const inputs = inputsOf(module, random, ruleCase);
  const [value] = evaluate(module, "main", inputs);
  const output = present(value, "result");
  const ct = Array.from({ length: output.data.length }, () => random.normal());
  addGrad(module);
  const gradients = evaluate(module, "main_grad", [
    ...inputs,
    tensorFromNumbers("f64", output.shape, ct),
  ]);
  let worst = 0;
  inputs.forEach((input, index) => {
    if (input.dtype !== "f64") return;
    const direction = Array.from({ length: input.data.length }, () => random.normal());
    const at = (scale: number): number => {
      const shifted = inputs.map((x, i) => (i === index ? moved(x, direction, scale) : x));
      return dot(toNumbers(present(evaluate(module, "main", shifted)[0], "result")), ct);
    };
    const difference = (at(STEP) - at(-STEP)) / (2 * STEP);
    const gradient = dot(toNumbers(present(gradients[index], "gradient")), direction);
    const size = Math.max(1, Math.abs(difference), Math.abs(gradient));
    worst = Math.max(worst, Math.abs(difference - gradient) / size);
  });
  return worst;
}

for (const [op, cases] of Object.entries(ruleCases)) {
  if (typeof cases === "string") continue;
  describe(op, () => {
    for (const ruleCase of cases)
      test(ruleCase.title, () => {
        for (const seed of [1, 2, 3]) {
          const error = largestError(ruleCase, seed);
          expect(error, `seed ${seed}`).toBeLessThan(TOLERANCE);
        }
      });
  });
}

test("every op without a case has no rule either, or is discrete", () => {
  for (const [op, cases] of Object.entries(ruleCases)) {
    if (typeof cases !== "string") continue;
    const rule = vjpRules[op as keyof typeof vjpRules];
    const kind = typeof rule === "function" ? "rule" : rule.kind;
    expect(["discrete", "noRule", "guarded"], op).toContain(kind);
  }
});

test("gradients have the types of their arguments", () => {
  const module = moduleOf(
    "func.func @main(%a: tensor<2xf64>, %i: tensor<3xi32>) -> tensor<2xf64> { return %a : tensor<2xf64> }",
  );
  const { functions } = addGrad(module);
  const results = functions[0]?.region().entry.last?.operands ?? [];
  expect(results.map(({ type }) => type.text)).toEqual(["tensor<2xf64>", "tensor<3xi32>"]);
  expect(results.filter(({ type }) => isFloat(type))).toHaveLength(1);
});
