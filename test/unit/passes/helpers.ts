/** @file Parses modules, runs passes on them and compares functions before and after on random inputs. */
import { parseModule } from "#lib/asm/parser.ts";
import { DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import { renderDiagnostic } from "#lib/diag/render.ts";
import { SourceFile } from "#lib/diag/source-file.ts";
import { makeContext } from "#lib/dialects/all.ts";
import {
  functionName,
  functionsOf,
  functionTypeOf,
  isDeclaration,
} from "#lib/dialects/func/functions.ts";
import { allPasses } from "#lib/driver/passes.ts";
import { prepareFunction } from "#lib/interp/interpret.ts";
import type { Operation } from "#lib/ir/graph.ts";
import { dtypeOf, type Type } from "#lib/ir/types.ts";
import { type PipelineRun, runPipeline } from "#lib/passes/manager.ts";
import { parsePipeline, passesByName } from "#lib/passes/pipeline.ts";
import { elementCount } from "#lib/support/shape.ts";
import { isFloatDType } from "#lib/tensors/dtype.ts";
import { readNumber, type Tensor, tensorFromNumbers } from "#lib/tensors/tensor.ts";

/** A module from text; throws with the diagnostics where it has errors. */
export function parse(text: string, name = "test.mlir"): Operation {
  const engine = new DiagnosticEngine();
  const context = makeContext({ allowUnregisteredDialects: true });
  const module = parseModule(new SourceFile(name, text), context, engine);
  if (module === null || engine.hasErrors)
    throw new Error(engine.diagnostics.map((diagnostic) => renderDiagnostic(diagnostic)).join(""));
  return module;
}

/** Runs a pipeline of this project's passes; throws where it fails. */
export function runText(module: Operation, pipeline: string): PipelineRun {
  const engine = new DiagnosticEngine();
  const parsed = parsePipeline(pipeline, passesByName(allPasses));
  if ("error" in parsed) throw new Error(parsed.error);
  const run = runPipeline(module, parsed.pipeline, { engine });
  if (!run.ok || engine.diagnostics.length > 0)
    throw new Error(engine.diagnostics.map((diagnostic) => renderDiagnostic(diagnostic)).join(""));
  return run;
}

/** A small generator of numbers in [0, 1): the same seed gives the same numbers. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const SPECIAL = [Number.NaN, Infinity, -Infinity, 0, -0, 1, 1, -1, 2.5, 2.5, 1e-30, 1e30];

/** A random tensor; with `special`, every second float is NaN, infinite, a zero of either sign or a tie. */
export function randomTensor(type: Type, next: () => number, special: boolean): Tensor {
  if (type.kind !== "tensor") throw new Error(`no random value of ${type.text}`);
  const dtype = dtypeOf(type.element);
  if (dtype === null) throw new Error(`no random value of ${type.text}`);
  const values = Array.from({ length: elementCount(type.shape) }, () => {
    if (dtype === "i1") return next() < 0.5 ? 0 : 1;
    if (!isFloatDType(dtype)) return Math.floor(next() * 9) - (dtype.startsWith("ui") ? 0 : 4);
    if (special && next() < 0.5) return SPECIAL[Math.floor(next() * SPECIAL.length)] as number;
    return next() * 4 - 2;
  });
  return tensorFromNumbers(dtype, type.shape, values);
}

/** Results of a function, or the message that says why it cannot run. */
export function evaluate(
  module: Operation,
  name: string,
  inputs: readonly Tensor[],
): readonly Tensor[] | string {
  const prepared = prepareFunction(module, name);
  const result = prepared.ok ? prepared.executable.run(inputs) : prepared;
  return result.ok ? result.results : (result.diagnostics[0]?.message ?? "failed");
}

/** How far results may differ. */
export interface Tolerance {
  /** Relative to the larger magnitude. */
  readonly relative: number;
  /** Whether 0 and -0 count as equal. */
  readonly zeroSigns: boolean;
}

/** The first difference between two results, or null. */
export function difference(
  a: readonly Tensor[],
  b: readonly Tensor[],
  { relative, zeroSigns }: Tolerance,
): string | null {
  if (a.length !== b.length) return `${a.length} results and ${b.length}`;
  for (const [i, left] of a.entries()) {
    const right = b[i] as Tensor;
    if (left.dtype !== right.dtype || `${left.shape}` !== `${right.shape}`)
      return `result ${i}: ${left.dtype}[${left.shape}] and ${right.dtype}[${right.shape}]`;
    for (let k = 0; k < left.data.length; k++) {
      const [x, y] = [readNumber(left, k), readNumber(right, k)];
      if (Object.is(x, y) || (zeroSigns && x === 0 && y === 0)) continue;
      if (Math.abs(x - y) <= relative * Math.max(Math.abs(x), Math.abs(y)) && x !== 0) continue;
      return `result ${i}, element ${k}: ${x} and ${y}`;
    }
  }
  return null;
}

/** Functions of a module that have bodies. */
export const definedFunctions = (module: Operation): Operation[] =>
  functionsOf(module).filter((fn) => !isDeclaration(fn));

/** Names and input types of the functions of a module that can be run. */
export const signatures = (module: Operation): { name: string; inputs: readonly Type[] }[] =>
  definedFunctions(module).map((fn) => ({
    name: functionName(fn),
    inputs: functionTypeOf(fn).inputs,
  }));
