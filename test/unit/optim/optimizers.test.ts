/** @file Training steps against the arithmetic of torch.optim in plain numbers: several steps, clipping, decay, bf16. */
import { describe, expect, test } from "vitest";
import type { Port } from "#lib/autodiff/signature.ts";
import { DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import { findFunction } from "#lib/dialects/func/functions.ts";
import type { Operation } from "#lib/ir/graph.ts";
import {
  DEFAULT_WEIGHT_DECAY,
  makeOptimizer,
  type OptimizerOptions,
} from "#lib/optim/optimizers.ts";
import { emitTrain } from "#lib/optim/train.ts";
import { at } from "#lib/support/shape.ts";
import type { DType } from "#lib/tensors/dtype.ts";
import { readNumber, type Tensor, tensorFromNumbers, toNumbers } from "#lib/tensors/tensor.ts";
import { evaluate, expectSound, moduleOf, REQUEST } from "../autodiff/helpers.ts";

const ADAMW: OptimizerOptions = {
  name: "adamw",
  weightDecay: 0.1,
  beta1: 0.9,
  beta2: 0.99,
  eps: 1e-8,
  momentum: 0,
  nesterov: false,
  clipGradNorm: null,
};

/** loss = sum(w * x) + sum(v * x[0]), so that the gradients are x and x[0]. */
const source = (dtype: string): string => `
func.func @main(%w: tensor<2x2x${dtype}> {pcp.name = "w", pcp.role = "param"}, %v: tensor<2x${dtype}> {pcp.name = "v", pcp.role = "param"}, %x: tensor<2x2x${dtype}> {pcp.name = "x", pcp.role = "data"}) -> (tensor<${dtype}> {pcp.name = "loss", pcp.role = "loss"}) {
  %z = stablehlo.constant dense<0.0> : tensor<${dtype}>
  %0 = stablehlo.multiply %w, %x : tensor<2x2x${dtype}>
  %1 = stablehlo.reduce(%0 init: %z) applies stablehlo.add across dimensions = [0, 1] : (tensor<2x2x${dtype}>, tensor<${dtype}>) -> tensor<${dtype}>
  %2 = stablehlo.slice %x [0:1, 0:2] : (tensor<2x2x${dtype}>) -> tensor<1x2x${dtype}>
  %3 = stablehlo.reshape %2 : (tensor<1x2x${dtype}>) -> tensor<2x${dtype}>
  %4 = stablehlo.multiply %v, %3 : tensor<2x${dtype}>
  %5 = stablehlo.reduce(%4 init: %z) applies stablehlo.add across dimensions = [0] : (tensor<2x${dtype}>, tensor<${dtype}>) -> tensor<${dtype}>
  %6 = stablehlo.add %1, %5 : tensor<${dtype}>
  return %6 : tensor<${dtype}>
}`;

const byRank = ({ type }: Port): boolean => type.kind === "tensor" && type.shape.length >= 2;

function trainModule(
  dtype: string,
  options: OptimizerOptions,
  extra: { readonly decays?: (port: Port) => boolean; readonly accumulate?: boolean } = {},
): Operation {
  const module = moduleOf(source(dtype));
  const engine = new DiagnosticEngine();
  const emitted = emitTrain(
    module,
    {
      ...REQUEST,
      optimizer: makeOptimizer(options),
      decays: extra.decays ?? byRank,
      accumulate: extra.accumulate ?? false,
    },
    engine,
  );
  expect(engine.diagnostics).toEqual([]);
  expect(emitted).not.toBeNull();
  expectSound(module);
  return module;
}

const W = [0.5, -1, 2, 0.25];
const V = [1, -0.5];
const GRADIENTS = [
  [0.3, -2, 0.001, 4],
  [1, 1, -1, 0.5],
  [0, 3, 0.25, -0.125],
];

/** Runs three steps; returns the values of w and v and the norms after each. */
function run(module: Operation, dtype: DType, slots: number, lr: number) {
  const f = (shape: readonly number[], values: readonly number[], type: DType = dtype): Tensor =>
    tensorFromNumbers(type, shape, values);
  let carried: Tensor[] = [f([2, 2], W), f([2], V), ...evaluate(module, "init_state", [])];
  expect(carried).toHaveLength(2 + 2 * slots);
  let step: Tensor = f([], [0], "i32");
  return GRADIENTS.map((gradient) => {
    const results = evaluate(module, "train_step", [
      ...carried,
      step,
      f([], [lr], "f32"),
      f([2, 2], gradient),
    ]);
    carried = results.slice(0, carried.length);
    step = at(results, carried.length);
    return {
      w: toNumbers(at(carried, 0)),
      v: toNumbers(at(carried, 1)),
      step: readNumber(step, 0),
      norm: readNumber(at(results, carried.length + 2), 0),
    };
  });
}

interface Scalar {
  p: number;
  m: number;
  v: number;
}

/** One element through torch.optim.AdamW. */
function adamwElement(state: Scalar, g: number, t: number, lr: number, decay: number): void {
  const { beta1, beta2, eps } = ADAMW;
  state.p *= 1 - lr * decay;
  state.m = beta1 * state.m + (1 - beta1) * g;
  state.v = beta2 * state.v + (1 - beta2) * g * g;
  const denominator = Math.sqrt(state.v) / Math.sqrt(1 - beta2 ** t) + eps;
  state.p -= ((lr / (1 - beta1 ** t)) * state.m) / denominator;
}

/** What torch.nn.utils.clip_grad_norm_ multiplies by. */
const clipFactor = (norm: number, max: number | null): number =>
  max === null ? 1 : Math.min(1, max / (norm + 1e-6));

const normOf = (gradient: readonly number[]): number =>
  Math.hypot(...gradient, ...gradient.slice(0, 2));

function expectClose(actual: readonly number[], expected: readonly number[], tolerance = 2e-6) {
  actual.forEach((value, i) => {
    expect(Math.abs(value - at(expected, i))).toBeLessThan(tolerance);
  });
}

describe("adamw", () => {
  for (const clipGradNorm of [null, 1])
    test(`three steps as torch.optim.AdamW, clip ${clipGradNorm}`, () => {
      const steps = run(trainModule("f32", { ...ADAMW, clipGradNorm }), "f32", 2, 0.05);
      const w = W.map((p): Scalar => ({ p, m: 0, v: 0 }));
      const v = V.map((p): Scalar => ({ p, m: 0, v: 0 }));
      GRADIENTS.forEach((gradient, i) => {
        const norm = normOf(gradient);
        const factor = clipFactor(norm, clipGradNorm);
        w.forEach((state, k) => {
          adamwElement(state, at(gradient, k) * factor, i + 1, 0.05, 0.1);
        });
        v.forEach((state, k) => {
          adamwElement(state, at(gradient, k) * factor, i + 1, 0.05, 0);
        });
        const step = at(steps, i);
        expect(step.step).toBe(i + 1);
        expect(step.norm).toBeCloseTo(norm, 5);
        expectClose(
          step.w,
          w.map(({ p }) => p),
        );
        expectClose(
          step.v,
          v.map(({ p }) => p),
        );
      });
    });

  test("decay applies where the mask says", () => {
    const decays = ({ name }: Port): boolean => name === "v";
    const masked = at(run(trainModule("f32", ADAMW, { decays }), "f32", 2, 0.05), 0);
    const plain = at(run(trainModule("f32", { ...ADAMW, weightDecay: 0 }), "f32", 2, 0.05), 0);
    expectClose(masked.w, plain.w);
    expectClose(
      masked.v,
      plain.v.map((value, i) => value - 0.05 * 0.1 * at(V, i)),
    );
  });

  test("state and arithmetic of bf16 parameters are f32", () => {
    const module = trainModule("bf16", ADAMW);
    const results = findFunction(module, "init_state")?.region().entry.last?.operands ?? [];
    expect(results.map(({ type }) => type.text)).toEqual([
      "tensor<2x2xf32>",
      "tensor<2xf32>",
      "tensor<2x2xf32>",
      "tensor<2xf32>",
    ]);
    const narrow = at(run(module, "bf16", 2, 0.05), 0);
    const wide = at(run(trainModule("f32", ADAMW), "f32", 2, 0.05), 0);
    expectClose(narrow.w, wide.w, 0.01);
  });
});

describe("sgd", () => {
  const SGD: OptimizerOptions = { ...ADAMW, name: "sgd", weightDecay: 0.1 };
  for (const [momentum, nesterov] of [
    [0, false],
    [0.9, false],
    [0.9, true],
  ] as const)
    test(`three steps as torch.optim.SGD, momentum ${momentum}, nesterov ${nesterov}`, () => {
      const module = trainModule("f32", { ...SGD, momentum, nesterov });
      const steps = run(module, "f32", momentum === 0 ? 0 : 1, 0.1);
      const state = W.map((p) => ({ p, buffer: 0 }));
      GRADIENTS.forEach((gradient, i) => {
        state.forEach((element, k) => {
          const g = at(gradient, k) + 0.1 * element.p;
          element.buffer = i === 0 ? g : momentum * element.buffer + g;
          const direction = nesterov ? g + momentum * element.buffer : element.buffer;
          element.p -= 0.1 * (momentum === 0 ? g : direction);
        });
        expectClose(
          at(steps, i).w,
          state.map(({ p }) => p),
        );
      });
    });

  test("its default weight decay is that of torch", () => {
    expect(DEFAULT_WEIGHT_DECAY).toEqual({ adamw: 0.01, sgd: 0 });
  });
});

test("accumulating two equal batches is one step on one of them", () => {
  const module = trainModule("f32", { ...ADAMW, clipGradNorm: 1 }, { accumulate: true });
  const f = (shape: readonly number[], values: readonly number[]): Tensor =>
    tensorFromNumbers("f32", shape, values);
  const params = [f([2, 2], W), f([2], V)];
  const state = evaluate(module, "init_state", []);
  const batch = f([2, 2], at(GRADIENTS, 0));
  let acc = evaluate(module, "init_acc", []);
  for (let i = 0; i < 2; i++)
    acc = evaluate(module, "grad_step", [...params, ...acc, batch]).slice(0, acc.length);
  const scalars = [tensorFromNumbers("i32", [], [0]), f([], [0.05])];
  const two = tensorFromNumbers("i32", [], [2]);
  const applied = evaluate(module, "apply_step", [...params, ...state, ...acc, two, ...scalars]);
  const stepped = evaluate(module, "train_step", [...params, ...state, ...scalars, batch]);
  applied.slice(0, 6).forEach((tensor, i) => {
    expectClose(toNumbers(tensor), toNumbers(at(stepped, i)), 1e-7);
  });
});
