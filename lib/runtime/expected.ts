/** @file Compares results with expected ones, with iree-run-module's thresholds. */
import { EXIT, type ToolOutput } from "#lib/support/io.ts";
import { isProblem } from "#lib/support/problem.ts";
import { plural } from "#lib/support/text.ts";
import { type DType, isFloatDType } from "#lib/tensors/dtype.ts";
import { readNumber, type Tensor } from "#lib/tensors/tensor.ts";
import { spellTensorType } from "./check-inputs.ts";
import type { FunctionInfo } from "./engine.ts";
import { bindInputs, type InputPart } from "./inputs.ts";

/** Largest absolute difference that counts as equal. */
const ABSOLUTE: Partial<Record<DType, number>> = { f32: 1e-4, f64: 1e-4, f16: 1e-3, bf16: 1e-2 };
/** And relative to the expected value, added to it. */
const RELATIVE = 1e-5;

function differs(actual: number, wanted: number, dtype: DType): boolean {
  if (Number.isNaN(actual) || Number.isNaN(wanted))
    return Number.isNaN(actual) !== Number.isNaN(wanted);
  if (actual === wanted) return false;
  if (!isFloatDType(dtype)) return true;
  return Math.abs(actual - wanted) > (ABSOLUTE[dtype] ?? 0.1) + RELATIVE * Math.abs(wanted);
}

/** How a result differs from what is expected, in one line, or null. */
export function difference(actual: Tensor, wanted: Tensor): string | null {
  const { dtype, shape } = actual;
  const [have, due] = [spellTensorType(dtype, shape), spellTensorType(wanted.dtype, wanted.shape)];
  if (have !== due) return `expected ${due}, but got ${have}`;
  for (let index = 0; index < actual.data.length; index++) {
    if (typeof actual.data[index] === "bigint") {
      if (actual.data[index] === wanted.data[index]) continue;
    } else if (!differs(readNumber(actual, index), readNumber(wanted, index), dtype)) continue;
    return `element at index ${index} (${readNumber(actual, index)}) does not match the expected (${readNumber(wanted, index)})`;
  }
  return null;
}

/** Prints what differs; exit code 0 where nothing does. `null` stands for a result that does not matter. */
export function compareResults(
  expected: readonly (InputPart | null)[],
  info: FunctionInfo,
  results: readonly Tensor[],
  output: ToolOutput,
): number {
  const fail = (line: string): number => {
    output.write(`[FAILED] ${line}\n`);
    return EXIT.failure;
  };
  const given = expected.flatMap((part) => (part?.kind === "tensors" ? part.tensors.length : 1));
  if (given.reduce((sum, count) => sum + count, 0) !== results.length)
    return fail(
      `${plural(expected.length, "output")} expected, but the function has ${results.length}`,
    );
  let failed = false;
  let index = 0;
  for (const part of expected) {
    const take = part?.kind === "tensors" ? part.tensors.length : 1;
    const slice = { ...info, args: info.results.slice(index, index + take) };
    const wanted = part === null ? [] : bindInputs(slice, [part]);
    if (isProblem(wanted)) return fail(wanted.problem);
    for (const [offset, tensor] of wanted.entries()) {
      const why = difference(results[index + offset] as Tensor, tensor);
      if (why === null) continue;
      failed = true;
      output.write(`[FAILED] result[${index + offset}]: ${why}\n`);
    }
    index += take;
  }
  if (failed) return EXIT.failure;
  output.write("[SUCCESS] all function outputs matched their expected values.\n");
  return EXIT.ok;
}
