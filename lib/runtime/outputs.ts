/** @file Where results go: printed, or into files named by `--output=`, in iree-run-module's spellings. */
import { appendFileSync, existsSync } from "node:fs";
import { resolve } from "node:path";
import { isProblem, type Problem } from "#lib/support/problem.ts";
import { plural } from "#lib/support/text.ts";
import { writeFileAtomically, writeSafetensorsFile } from "#lib/tensors/files.ts";
import { encodeNpy } from "#lib/tensors/npy.ts";
import { encodeNpz } from "#lib/tensors/npz.ts";
import { readNumber, type Tensor, tensorBytes } from "#lib/tensors/tensor.ts";
import type { FunctionInfo, ValueInfo } from "./engine.ts";
import { formatTensor } from "./format.ts";

/** What one `--output` asks for. */
export type OutputSpec =
  | { readonly kind: "ignore" }
  | { readonly kind: "print" }
  | {
      readonly kind: "file";
      readonly path: string;
      readonly format: "npy" | "npz" | "safetensors" | "bin";
      /** `+file`: after what is there. */
      readonly append: boolean;
    };

/** Reads one `--output`. */
export function parseOutput(text: string): OutputSpec | Problem {
  if (text === "") return { kind: "ignore" };
  if (text === "-") return { kind: "print" };
  const append = text.startsWith("+");
  if (!append && !text.startsWith("@"))
    return {
      problem: `output '${text}' must be empty (ignore), '-' (print), '@file' (write) or '+file' (append)`,
    };
  const path = text.slice(1);
  const format = (["npy", "npz", "safetensors", "bin"] as const).find((suffix) =>
    path.endsWith(`.${suffix}`),
  );
  if (format === undefined)
    return { problem: `output file '${path}' must end in .npy, .npz, .safetensors or .bin` };
  if (append && (format === "npz" || format === "safetensors"))
    return { problem: `nothing can be appended to '${path}'; write it with '@'` };
  return { kind: "file", path, format, append };
}

const isContainer = (spec: OutputSpec): boolean =>
  spec.kind === "file" && (spec.format === "npz" || spec.format === "safetensors");

/** Results by name; those without one are called `result0`, `result1` ... */
function namedResults(
  { results }: FunctionInfo,
  tensors: readonly Tensor[],
  from = 0,
): Map<string, Tensor> {
  const named = new Map<string, Tensor>();
  for (let index = from; index < tensors.length; index++)
    named.set(results[index]?.name ?? `result${index}`, tensors[index] as Tensor);
  return named;
}

/** Whether as many outputs are named as there are results; a file for many tensors takes all that are left. */
export function outputCountProblem(specs: readonly OutputSpec[], count: number): Problem | null {
  const container = specs.findIndex(isContainer);
  if (container !== -1 && container !== specs.length - 1)
    return {
      problem:
        "a .npz or .safetensors output takes all results that are left, so it must be the last",
    };
  if (specs.length === 0 || specs.length === count || (container !== -1 && specs.length <= count))
    return null;
  return {
    problem: `${plural(specs.length, "output is", "outputs are")} named, but the function has ${plural(count, "result")}`,
  };
}

/** `hal.buffer_view` and the tensor, or a plain number. */
const printedResult = (tensor: Tensor, info: ValueInfo | undefined, maxElements: number): string =>
  info?.kind === "scalar"
    ? `${formatTensor(tensor, 1)}\n`
    : `hal.buffer_view\n${formatTensor(tensor, maxElements)}\n`;

function writeOne(path: string, bytes: Uint8Array, append: boolean): Problem | null {
  if (!append || !existsSync(path)) return writeFileAtomically(path, [bytes]);
  try {
    appendFileSync(path, bytes);
    return null;
  } catch (error) {
    return { problem: `cannot write '${path}': ${(error as NodeJS.ErrnoException).code}` };
  }
}

/** Prints or writes all results; text goes to `print`. Null when done. */
export function writeOutputs(
  info: FunctionInfo,
  tensors: readonly Tensor[],
  specs: readonly OutputSpec[],
  options: { readonly cwd: string; readonly maxElements: number; print(text: string): void },
): Problem | null {
  const { cwd, maxElements, print } = options;
  for (const [index, tensor] of tensors.entries()) {
    const text = printedResult(tensor, info.results[index], maxElements);
    if (specs.length === 0) {
      print(`result[${index}]: ${text}`);
      continue;
    }
    const spec = specs[index];
    if (spec === undefined || spec.kind === "ignore") continue;
    if (spec.kind === "print") {
      print(text);
      continue;
    }
    const path = resolve(cwd, spec.path);
    let problem: Problem | null = null;
    if (spec.format === "safetensors")
      problem = writeSafetensorsFile(path, namedResults(info, tensors, index));
    else {
      const bytes =
        spec.format === "npz"
          ? encodeNpz(namedResults(info, tensors, index))
          : spec.format === "npy"
            ? encodeNpy(tensor)
            : tensorBytes(tensor);
      if (isProblem(bytes)) return { problem: `cannot write '${spec.path}': ${bytes.problem}` };
      problem = writeOne(path, bytes, spec.append);
    }
    if (problem !== null) return problem;
  }
  return null;
}

const jsonNumber = (tensor: Tensor, index: number): string => {
  const raw = tensor.data[index];
  if (typeof raw === "bigint") return String(raw);
  const value = readNumber(tensor, index);
  if (Number.isNaN(value)) return '"nan"';
  if (!Number.isFinite(value)) return value > 0 ? '"inf"' : '"-inf"';
  return Object.is(value, -0) ? "-0" : String(value);
};

/** A result as JSON text; values are flat, in row-major order, complex ones as pairs. */
export function resultJson(
  tensor: Tensor,
  info: ValueInfo | undefined,
  maxElements: number,
): string {
  const count = Math.min(tensor.data.length, maxElements);
  const values = Array.from({ length: count }, (_, index) => jsonNumber(tensor, index));
  const fields = [
    `"name":${JSON.stringify(info?.name ?? null)}`,
    `"role":${JSON.stringify(info?.role ?? null)}`,
    `"dtype":${JSON.stringify(tensor.dtype)}`,
    `"shape":${JSON.stringify(tensor.shape)}`,
    `"values":[${values.join(",")}]`,
    `"truncated":${count < tensor.data.length}`,
  ];
  return `{${fields.join(",")}}`;
}
