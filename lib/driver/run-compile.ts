/** @file `pcp-run compile`: MLIR to a compiled module, down the ladder of flags. */
import { readFileSync } from "node:fs";
import { DeviceHost } from "#lib/runtime/device-host.ts";
import { type Backend, backendOf } from "#lib/runtime/ladder.ts";
import { compilerFor, DEFAULT_DEVICE, openEngine } from "#lib/runtime/open.ts";
import { findPython } from "#lib/runtime/python.ts";
import { EXIT, type ToolIo } from "#lib/support/io.ts";
import { isProblem } from "#lib/support/problem.ts";
import { zeros } from "#lib/tensors/tensor.ts";
import { readInput, writeOutput } from "./output.ts";
import { medianSeconds } from "./run-bench.ts";
import {
  attemptNote,
  type CommonOptions,
  compiledNote,
  mlirText,
  namedBackend,
  pickFunction,
  RunProblem,
  UsageProblem,
  waitingNote,
} from "./run-common.ts";

/** Options of `pcp-run compile`. */
export interface CompileCommandOptions extends CommonOptions {
  readonly output?: string;
  /** Function whose speed decides between the rungs. */
  readonly tune?: string;
}

/** Median time of a few calls with zeros for inputs, or null where the module does not run. */
async function measureRung(
  io: ToolIo,
  path: string,
  name: string,
  device: string,
): Promise<number | null> {
  const engine = await openEngine({ engine: "iree", place: io, device });
  try {
    const module = await engine.load({ kind: "vmfb", name: path, path });
    const info = pickFunction(module.functions, name);
    const inputs = await engine.upload(
      info.args.map(({ dtype, shape }) =>
        zeros(
          dtype ?? "f32",
          (shape ?? []).map((size) => size ?? 1),
        ),
      ),
    );
    return await medianSeconds(() => module.call(info.name, inputs, { fetch: "none" }), 2, 8);
  } catch (error) {
    if (error instanceof RunProblem) throw error;
    return null;
  } finally {
    await engine.close();
  }
}

/** Drivers of the runtime that run what a backend makes. */
const DRIVERS: Readonly<Record<Backend, string>> = {
  cpu: "local-task",
  cuda: "cuda",
  rocm: "hip",
  metal: "metal",
  vulkan: "vulkan",
};

/** Says what is missing where this machine cannot run what it compiled. */
async function runnableNote(io: ToolIo, backend: Backend): Promise<void> {
  if (backend === "cpu") return;
  const python = await findPython(io, "iree");
  if (isProblem(python)) return;
  const { drivers } = await DeviceHost.listDevices(python, io.env);
  const driver = drivers.find((info) => info.driver === DRIVERS[backend]);
  if (driver !== undefined && driver.devices.length > 0) return;
  const why =
    driver === undefined
      ? `the runtime has no driver for ${backend}`
      : (driver.problem ?? "no device found");
  io.stderr.write(`note: this machine cannot run it: ${why}\n`);
}

/** `pcp-run compile FILE -o OUT.vmfb`. */
export async function runCompile(
  io: ToolIo,
  file: string,
  options: CompileCommandOptions,
): Promise<number> {
  const device = options.device ?? DEFAULT_DEVICE;
  const backend = namedBackend(options) ?? backendOf(device) ?? "cpu";
  const { tune } = options;
  if (tune !== undefined && backend !== backendOf(device))
    throw new UsageProblem(
      `--tune runs the module, so --device must be one for --backend=${backend}`,
    );
  if (options.output === undefined && file === "-" && io.stdout.isTerminal)
    throw new UsageProblem("the compiled module is not text; name a file with -o");
  const input = await readInput(io, file);
  if (input.error !== undefined) throw new RunProblem(input.error);
  const text = mlirText(input.name, input.bytes);
  const compile = compilerFor({
    place: io,
    backend,
    target: options.target ?? null,
    extraFlags: options.compileFlag ?? [],
    signal: io.signal,
    onAttempt: (rung, command) => attemptNote(io, rung, command, options),
    onWaiting: (rung, seconds) => waitingNote(io, rung, seconds),
    ...(tune === undefined ? {} : { measure: (path) => measureRung(io, path, tune, device) }),
  });
  const compiled = await compile({ name: input.name, text });
  const output = options.output ?? (file === "-" ? "-" : `${file.replace(/\.mlir$/, "")}.vmfb`);
  const problem = await writeOutput(io, output, readFileSync(compiled.path));
  if (problem !== null) throw new RunProblem(problem);
  if (options.json === true)
    io.stderr.write(`${JSON.stringify({ output, ...compiled, path: undefined })}\n`);
  else {
    for (const [rung, seconds] of Object.entries(compiled.measured))
      io.stderr.write(`note: ${rung}: ${(seconds * 1000).toFixed(2)} ms a call\n`);
    compiledNote(io, compiled, input.name, options);
    await runnableNote(io, backend);
  }
  return EXIT.ok;
}
