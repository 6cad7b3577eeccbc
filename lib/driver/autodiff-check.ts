/** @file `pcp-autodiff --check-grad`: differentiates a copy of the module in f64 and compares with difference quotients. */
import {
  type Emitted,
  emitGrad,
  emitValueAndGrad,
  type GradientRequest,
} from "#lib/autodiff/emit.ts";
import { type CheckRow, checkGradients, formatCheck } from "#lib/autodiff/numeric-check.ts";
import { prepareForward } from "#lib/autodiff/prepare.ts";
import { type FloatRange, Random, randomInputs } from "#lib/autodiff/random-inputs.ts";
import type { Port } from "#lib/autodiff/signature.ts";
import { exposeStopped, fixStopped } from "#lib/autodiff/stopped.ts";
import { convertToF64 } from "#lib/autodiff/to-f64.ts";
import type { DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import { findFunction, functionName } from "#lib/dialects/func/functions.ts";
import { shapeOf } from "#lib/dialects/stablehlo/rules.ts";
import {
  type Executable,
  type InterpretResult,
  type PrepareResult,
  prepareFunction,
} from "#lib/interp/interpret.ts";
import { cloneOp } from "#lib/ir/clone.ts";
import type { Operation } from "#lib/ir/graph.ts";
import { isFloat } from "#lib/ir/types.ts";
import { present } from "#lib/support/assert.ts";
import { at, elementCount, range } from "#lib/support/shape.ts";
import { type Tensor, tensorFromNumbers, toNumbers } from "#lib/tensors/tensor.ts";
import type { AutodiffSettings } from "./autodiff-options.ts";

/** Outcome of a check, as text for people. */
export interface CheckOutcome {
  readonly text: string;
  readonly ok: boolean;
}

type CheckSettings = Pick<AutodiffSettings, "emit" | "checkGrad" | "checkTolerance" | "seed">;

function executableOf(result: PrepareResult, engine: DiagnosticEngine): Executable | null {
  if (result.ok) return result.executable;
  for (const { loc, message } of result.diagnostics) engine.error(loc, message);
  return null;
}

const allFinite = (tensors: readonly Tensor[]): boolean =>
  tensors.every((tensor) => tensor.dtype !== "f64" || toNumbers(tensor).every(Number.isFinite));

function outcomeOf(rows: readonly CheckRow[], settings: CheckSettings): CheckOutcome {
  const wrong = rows.filter(({ ok }) => !ok).length;
  const worst = Math.max(0, ...rows.map(({ error }) => error));
  const verdict =
    wrong === 0
      ? `all ${rows.length} within ${settings.checkTolerance.toExponential()}; largest ${worst.toExponential(1)}`
      : `${wrong} of ${rows.length} beyond ${settings.checkTolerance.toExponential()}`;
  return { ok: wrong === 0, text: `${formatCheck(rows)}check-grad: ${verdict}\n` };
}

type Loss = (inputs: readonly Tensor[]) => number;

function weightedSum(value: Tensor, weights: Tensor): number {
  const numbers = toNumbers(weights);
  return toNumbers(value).reduce((sum, number, i) => sum + number * at(numbers, i), 0);
}

/**
 * What is differentiated as a function of the inputs: the sum of the loss times its cotangent, with what stop-gradient marks
 * held at its values for `inputs`; null after errors.
 */
function lossFunction(
  module: Operation,
  emitted: Emitted,
  { inputs, cotangent }: Point,
  engine: DiagnosticEngine,
): Loss | null {
  const loss = emitted.loss.index;
  const fixed: Tensor[] = [];
  let result: Executable | null = null;
  for (const change of [exposeStopped, fixStopped]) {
    const copy = cloneOp(module);
    const fn = findFunction(copy, emitted.signature.name);
    const prepared = fn === null ? null : prepareForward(copy, fn, engine);
    if (prepared === null) return null;
    change(prepared.forward, loss);
    result = executableOf(prepareFunction(copy, functionName(prepared.forward)), engine);
    if (result === null) return null;
    if (change === fixStopped) break;
    const run = result.run(inputs);
    if (run.ok) fixed.push(...run.results.slice(1));
  }
  return (moved) => {
    const run = result?.run([...moved, ...fixed]);
    return run?.ok === true ? weightedSum(at(run.results, 0), cotangent) : Number.NaN;
  };
}

/** Where gradients are compared. */
interface Point {
  readonly inputs: readonly Tensor[];
  /** Ones for a scalar loss, random for a tensor. */
  readonly cotangent: Tensor;
}

/** Inputs that suit the forward function, which shows what its integers index, and a cotangent. */
function randomPoint(forward: Operation, loss: Port, seed: number, within: FloatRange): Point {
  const random = new Random(seed);
  const inputs = randomInputs(forward, random, within);
  const shape = shapeOf(loss.type);
  const numbers = Array.from({ length: elementCount(shape) }, () =>
    shape.length === 0 ? 1 : random.normal(),
  );
  return { inputs, cotangent: tensorFromNumbers("f64", shape, numbers) };
}

/** Point, gradients there and the loss around it: around zero, or at positive inputs where those give no finite numbers. */
function evaluateSomewhere(
  original: Operation,
  emitted: Emitted,
  gradient: (point: Point) => InterpretResult,
  seed: number,
  engine: DiagnosticEngine,
): {
  readonly point: Point;
  readonly gradients: readonly Tensor[];
  readonly loss: Loss;
} | null {
  const scratch = cloneOp(original);
  const fn = present(findFunction(scratch, emitted.signature.name), "function");
  const prepared = prepareForward(scratch, fn, engine);
  if (prepared === null) return null;
  for (const within of ["normal", "positive"] as const satisfies readonly FloatRange[]) {
    const point = randomPoint(prepared.forward, emitted.loss, seed, within);
    const run = gradient(point);
    if (!run.ok) {
      for (const { loc, message } of run.diagnostics) engine.error(loc, message);
      return null;
    }
    const gradients = run.results.slice(-emitted.wrt.length);
    const loss = lossFunction(original, emitted, point, engine);
    if (loss === null) return null;
    if (allFinite(gradients) && Number.isFinite(loss(point.inputs)))
      return { point, gradients, loss };
  }
  engine.error(fn.loc, "the loss or a gradient is not finite at the random inputs of the check");
  return null;
}

/** Checks the gradients of a function as they are emitted; null after errors. The module itself is not changed. */
export function runGradientCheck(
  module: Operation,
  request: GradientRequest,
  settings: CheckSettings,
  engine: DiagnosticEngine,
): CheckOutcome | null {
  const copy = cloneOp(module);
  convertToF64(copy, engine);
  if (engine.hasErrors) return null;
  const original = cloneOp(copy);
  const takesCotangent = settings.emit === "grad";
  const emitted = (takesCotangent ? emitGrad : emitValueAndGrad)(copy, request, engine);
  if (emitted === null) return null;
  const name = functionName(present(emitted.functions[0], "function"));
  const executable = executableOf(prepareFunction(copy, name), engine);
  if (executable === null) return null;
  const gradient = ({ inputs, cotangent }: Point): InterpretResult =>
    executable.run(takesCotangent ? [...inputs, cotangent] : inputs);
  const found = evaluateSomewhere(original, emitted, gradient, settings.seed, engine);
  if (found === null) return null;
  const floats = range(emitted.wrt.length).filter((i) => isFloat(at(emitted.wrt, i).type));
  const rows = checkGradients({
    inputs: found.point.inputs,
    wrt: floats.map((i) => at(emitted.wrt, i)),
    gradients: floats.map((i) => at(found.gradients, i)),
    loss: found.loss,
    samples: settings.checkGrad ?? 4,
    tolerance: settings.checkTolerance,
    seed: settings.seed,
  });
  return outcomeOf(rows, settings);
}
