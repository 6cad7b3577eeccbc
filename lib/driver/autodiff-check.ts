/** @file `pcp-autodiff --check-grad`: differentiates a copy of the module in f64 and compares with difference quotients. */
import { type Emitted, emitValueAndGrad, type GradientRequest } from "#lib/autodiff/emit.ts";
import { type CheckRow, checkGradients, formatCheck } from "#lib/autodiff/numeric-check.ts";
import { prepareForward } from "#lib/autodiff/prepare.ts";
import { type FloatRange, Random, randomInputs } from "#lib/autodiff/random-inputs.ts";
import { exposeStopped, fixStopped } from "#lib/autodiff/stopped.ts";
import { convertToF64 } from "#lib/autodiff/to-f64.ts";
import type { DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import { findFunction, functionName } from "#lib/dialects/func/functions.ts";
import { type Executable, type PrepareResult, prepareFunction } from "#lib/interp/interpret.ts";
import { cloneOp } from "#lib/ir/clone.ts";
import type { Operation } from "#lib/ir/graph.ts";
import { present } from "#lib/support/assert.ts";
import { at } from "#lib/support/shape.ts";
import { readNumber, type Tensor, toNumbers } from "#lib/tensors/tensor.ts";
import type { AutodiffSettings } from "./autodiff-options.ts";

/** Outcome of a check, as text for people. */
export interface CheckOutcome {
  readonly text: string;
  readonly ok: boolean;
}

type CheckSettings = Pick<AutodiffSettings, "checkGrad" | "checkTolerance" | "seed">;

function executableOf(result: PrepareResult, engine: DiagnosticEngine): Executable | null {
  if (result.ok) return result.executable;
  for (const { loc, message } of result.diagnostics) engine.error(loc, message);
  return null;
}

const allFinite = (tensors: readonly Tensor[]): boolean =>
  tensors.every((tensor) => tensor.dtype !== "f64" || toNumbers(tensor).every(Number.isFinite));

/** Results at random inputs: around zero, or positive where those give no finite numbers. */
function evaluateSomewhere(
  fn: Operation,
  executable: Executable,
  seed: number,
  engine: DiagnosticEngine,
): { readonly inputs: Tensor[]; readonly results: readonly Tensor[] } | null {
  for (const range of ["normal", "positive"] as const satisfies readonly FloatRange[]) {
    const inputs = randomInputs(fn, new Random(seed), range);
    const run = executable.run(inputs);
    if (!run.ok) {
      for (const { loc, message } of run.diagnostics) engine.error(loc, message);
      return null;
    }
    if (allFinite(run.results)) return { inputs, results: run.results };
  }
  engine.error(fn.loc, "the loss or a gradient is not finite at the random inputs of the check");
  return null;
}

function outcomeOf(rows: readonly CheckRow[], settings: CheckSettings): CheckOutcome {
  const wrong = rows.filter(({ ok }) => !ok).length;
  const worst = Math.max(0, ...rows.map(({ error }) => error));
  const verdict =
    wrong === 0
      ? `all ${rows.length} within ${settings.checkTolerance.toExponential()}; largest ${worst.toExponential(1)}`
      : `${wrong} of ${rows.length} beyond ${settings.checkTolerance.toExponential()}`;
  return { ok: wrong === 0, text: `${formatCheck(rows)}check-grad: ${verdict}\n` };
}

/** The loss as a function of the inputs, with what stop-gradient marks held at its values for `inputs`; null after errors. */
function lossFunction(
  module: Operation,
  emitted: Emitted,
  inputs: readonly Tensor[],
  engine: DiagnosticEngine,
): ((inputs: readonly Tensor[]) => number) | null {
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
    return run?.ok === true ? readNumber(at(run.results, 0), 0) : Number.NaN;
  };
}

/** Checks the gradients of a function; null after errors. The module itself is not changed. */
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
  const emitted = emitValueAndGrad(copy, request, engine);
  if (emitted === null) return null;
  const { signature, wrt } = emitted;
  const fn = present(emitted.functions[0], "function");
  const gradient = executableOf(prepareFunction(copy, functionName(fn)), engine);
  if (gradient === null) return null;
  const found = evaluateSomewhere(fn, gradient, settings.seed, engine);
  if (found === null) return null;
  const loss = lossFunction(original, emitted, found.inputs, engine);
  if (loss === null) return null;
  const rows = checkGradients({
    inputs: found.inputs,
    wrt,
    gradients: found.results.slice(signature.results.length),
    loss,
    samples: settings.checkGrad ?? 4,
    tolerance: settings.checkTolerance,
    seed: settings.seed,
  });
  return outcomeOf(rows, settings);
}
