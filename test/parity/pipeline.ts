/** @file Our tools in a row, inside the process: text through pcp-autodiff, then into an engine. */
import { autodiffMain } from "#lib/driver/autodiff.ts";
import { memoryIo } from "#lib/driver/memory-io.ts";
import {
  type Engine,
  EngineError,
  type FunctionInfo,
  type LoadedModule,
  type Value,
} from "#lib/runtime/engine.ts";
import { type EngineName, openEngine } from "#lib/runtime/open.ts";
import { readNumber, type Tensor } from "#lib/tensors/tensor.ts";
import { PLACE, ROOT } from "./environment.ts";

/** Runs pcp-autodiff on a text; throws what it says where it fails. */
export async function differentiate(text: string, flags: readonly string[]): Promise<string> {
  const io = memoryIo({ argv: [...flags, "-"], cwd: ROOT, stdin: text });
  const code = await autodiffMain(io);
  if (code !== 0)
    throw new Error(`pcp-autodiff ${flags.join(" ")}: exit ${code}\n${io.stderrText()}`);
  return io.stdoutText();
}

/** Opens an engine, hands a module in it to `use`, and closes it. */
export async function withModule<T>(
  name: EngineName,
  text: string,
  use: (module: LoadedModule, engine: Engine) => Promise<T>,
): Promise<T> {
  const engine = await openEngine({ engine: name, place: PLACE });
  try {
    return await use(await engine.load({ kind: "mlir", name: "parity", text }), engine);
  } finally {
    await engine.close();
  }
}

/** A function of a module by name. */
export function functionOf(module: LoadedModule, name: string): FunctionInfo {
  const found = module.functions.find((each) => each.name === name);
  if (found === undefined) {
    const names = module.functions.map((each) => each.name).join(", ");
    throw new EngineError(`no function '${name}' among ${names}`);
  }
  return found;
}

/** The arguments of a function out of maps of tensors, by `pcp.name`. */
export function argumentsOf(
  info: FunctionInfo,
  maps: readonly ReadonlyMap<string, Tensor>[],
): Value[] {
  return info.args.map(({ name }, index) => {
    for (const map of maps) {
      const found = map.get(name ?? "");
      if (found !== undefined) return found;
    }
    throw new EngineError(`argument ${index} ('${name}') of @${info.name} has no value`);
  });
}

/** Results of a call by `pcp.name`. */
export function resultsByName(info: FunctionInfo, results: readonly Value[]): Map<string, Tensor> {
  return new Map(
    info.results.map(({ name }, index) => [name ?? `${index}`, results[index] as Tensor]),
  );
}

/** How far two tensors are apart: the largest difference over the largest element of the second. */
export function relativeDifference(got: Tensor, expected: Tensor): number {
  if (got.data.length !== expected.data.length) return Number.POSITIVE_INFINITY;
  let largest = 0;
  let scale = 0;
  for (let index = 0; index < expected.data.length; index++) {
    const [a, b] = [readNumber(got, index), readNumber(expected, index)];
    if (Object.is(a, b) || a === b) continue;
    const off = Math.abs(a - b);
    largest = Number.isNaN(off) ? Number.POSITIVE_INFINITY : Math.max(largest, off);
    scale = Math.max(scale, Math.abs(b));
  }
  if (largest === 0) return 0;
  for (let index = 0; index < expected.data.length; index++)
    scale = Math.max(scale, Math.abs(readNumber(expected, index)));
  return scale === 0 ? largest : largest / scale;
}

/** The entry of a list that is largest by a measure. */
export function worst<T>(entries: readonly T[], measure: (entry: T) => number): T | null {
  let found: T | null = null;
  for (const entry of entries) if (found === null || measure(entry) > measure(found)) found = entry;
  return found;
}
