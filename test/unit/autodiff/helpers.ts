/** @file What the autodiff tests share: modules from text, gradients of a function, numbers in and out. */
import { parseModule } from "#lib/asm/parser.ts";
import { emitGrad, emitValueAndGrad, type GradientRequest } from "#lib/autodiff/emit.ts";
import { DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import { renderDiagnostic } from "#lib/diag/render.ts";
import { SourceFile } from "#lib/diag/source-file.ts";
import { makeContext } from "#lib/dialects/all.ts";
import { interpretFunction } from "#lib/interp/interpret.ts";
import type { Operation } from "#lib/ir/graph.ts";
import type { Tensor } from "#lib/tensors/tensor.ts";
import { verifyOp } from "#lib/verify/verify.ts";

export const REQUEST: GradientRequest = {
  functionName: "main",
  loss: null,
  wrt: null,
  dataArgs: null,
  ties: "torch",
};

const textOf = (engine: DiagnosticEngine): string =>
  engine.diagnostics.map((diagnostic) => renderDiagnostic(diagnostic)).join("");

/** Parses and verifies; throws on errors, since the tests' own text is at fault then. */
export function moduleOf(source: string): Operation {
  const engine = new DiagnosticEngine();
  const context = makeContext();
  const module = parseModule(new SourceFile("test.mlir", source), context, engine);
  if (module === null || !verifyOp(module, engine, context)) throw new Error(textOf(engine));
  return module;
}

/** Verifies what was emitted. */
export function expectSound(module: Operation): void {
  const engine = new DiagnosticEngine();
  if (!verifyOp(module, engine, makeContext())) throw new Error(textOf(engine));
}

/** Adds `@main_grad` to a module. */
export function addGrad(module: Operation, request: Partial<GradientRequest> = {}) {
  const engine = new DiagnosticEngine();
  const emitted = emitGrad(module, { ...REQUEST, ...request }, engine);
  if (emitted === null) throw new Error(textOf(engine));
  expectSound(module);
  return emitted;
}

/** Makes `@main_value_and_grad` the only public function of a module. */
export function addValueAndGrad(module: Operation, request: Partial<GradientRequest> = {}) {
  const engine = new DiagnosticEngine();
  const emitted = emitValueAndGrad(module, { ...REQUEST, ...request }, engine);
  if (emitted === null) throw new Error(textOf(engine));
  expectSound(module);
  return emitted;
}

/** Text of the errors that differentiating a module gives. */
export function errorsOf(source: string, request: Partial<GradientRequest> = {}): string {
  const engine = new DiagnosticEngine();
  const emitted = emitValueAndGrad(moduleOf(source), { ...REQUEST, ...request }, engine);
  return emitted === null ? textOf(engine) : "no error";
}

/** Results of a function. */
export function evaluate(
  module: Operation,
  name: string,
  inputs: readonly Tensor[],
): readonly Tensor[] {
  const run = interpretFunction(module, name, inputs);
  if (run.ok) return run.results;
  throw new Error(run.diagnostics.map((diagnostic) => renderDiagnostic(diagnostic)).join(""));
}
