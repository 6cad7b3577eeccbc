/** @file Cases of gradient rules as PyTorch had them, and the comparison of our rules with them. */
import { readFileSync } from "node:fs";
import type { LoadedModule } from "#lib/runtime/engine.ts";
import type { DType } from "#lib/tensors/dtype.ts";
import { type Tensor, tensorFromBytes } from "#lib/tensors/tensor.ts";
import { say } from "./environment.ts";
import { differentiate, relativeDifference, worst } from "./pipeline.ts";

interface Encoded {
  readonly dtype: DType;
  readonly shape: readonly number[];
  /** Base64 of the little-endian bytes. */
  readonly data: string;
}

/** One case of record_vjp.py. */
export interface VjpCase {
  readonly name: string;
  readonly text: string;
  readonly tolerance?: number;
  readonly inputs: readonly Encoded[];
  readonly cotangent: Encoded;
  readonly result: Encoded;
  readonly gradients: readonly Encoded[];
}

/** Cases by family, each with the header that says how they were made. */
export const FAMILIES = [
  "elementwise",
  "shape",
  "contract",
  "reduce",
  "indexing",
  "isolated",
] as const;

/** Relative to the largest element. */
const TOLERANCE = 1e-5;

/** Reads the cases of a file. */
export const readCases = (path: string): readonly VjpCase[] =>
  (JSON.parse(readFileSync(path, "utf8")) as { cases: VjpCase[] }).cases;

const decode = ({ dtype, shape, data }: Encoded): Tensor =>
  tensorFromBytes(dtype, shape, Buffer.from(data, "base64"));

/** The text of one module with function `@<prefix>N` and its gradient for case N. */
export async function moduleOf(cases: readonly VjpCase[]): Promise<string> {
  const parts: string[] = [];
  for (const [index, { name, text }] of cases.entries()) {
    const gradient = await differentiate(text, ["--emit=grad", "--function=f"]).catch((error) => {
      throw new Error(`${name}: ${error}`);
    });
    const body = /^module[^{]*\{\n([\s\S]*)\n\}\s*$/.exec(gradient)?.[1] ?? gradient;
    parts.push(body.replace(/@f(_grad)?\b/g, `@f${index}$1`));
  }
  return `module {\n${parts.join("\n")}\n}\n`;
}

/** Runs one case; the largest difference of the result and of any gradient. */
async function differenceOf(module: LoadedModule, index: number, each: VjpCase): Promise<number> {
  const inputs = each.inputs.map(decode);
  const [result] = await module.call(`f${index}`, inputs);
  const gradients = await module.call(`f${index}_grad`, [...inputs, decode(each.cotangent)]);
  const offs = each.gradients.map((expected, at) =>
    relativeDifference(gradients[at] as Tensor, decode(expected)),
  );
  return Math.max(relativeDifference(result as Tensor, decode(each.result)), ...offs);
}

/** Compares every case; prints the largest difference and a verdict, and gives the names of those that failed. */
export async function compareCases(
  title: string,
  module: LoadedModule,
  cases: readonly VjpCase[],
): Promise<string[]> {
  const rows: { name: string; off: number; limit: number }[] = [];
  for (const [index, each] of cases.entries())
    rows.push({
      name: each.name,
      off: await differenceOf(module, index, each),
      limit: each.tolerance ?? TOLERANCE,
    });
  const largest = worst(rows, ({ off }) => off);
  const failed = rows.filter(({ off, limit }) => !(off <= limit));
  say(
    `${title}: ${rows.length} cases, largest difference ${largest?.off.toExponential(1)} (${largest?.name})  ${failed.length === 0 ? "OK" : "FAILED"}`,
  );
  return failed.map(({ name, off }) => `${name}: ${off.toExponential(1)}`);
}
