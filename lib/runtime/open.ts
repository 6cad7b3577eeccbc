/** @file Opens an engine by name, with all that it needs found: Python, compiler, cache folder. */
import type { Operation } from "#lib/ir/graph.ts";
import { isProblem } from "#lib/support/problem.ts";
import { cacheFolder } from "./cache.ts";
import { type Compiled, compileModule } from "./compile.ts";
import { DiagnosticsError, type Engine, EngineError } from "./engine.ts";
import { type Compile, createIreeEngine } from "./iree-engine.ts";
import { type Backend, backendOf, type Rung } from "./ladder.ts";
import { createModuleRunner } from "./module-runner.ts";
import { type FoundPython, findPython, type SearchPlace } from "./python.ts";
import { type FoundTool, findIreeTool } from "./toolchain.ts";

/** Engines by name. */
export const ENGINES = ["iree", "interp"] as const;
export type EngineName = (typeof ENGINES)[number];

/** How the `iree` engine runs modules: in the device host, or by `iree-run-module` once a call. */
export const RUNNERS = ["host", "module"] as const;
export type RunnerName = (typeof RUNNERS)[number];

/** Device of the `iree` engine where none is named: all cores of this machine. */
export const DEFAULT_DEVICE = "local-task";

export interface CompileOptions {
  readonly place: SearchPlace;
  readonly backend: Backend;
  readonly target?: string | null;
  readonly extraFlags?: readonly string[];
  readonly signal?: AbortSignal;
  readonly onAttempt?: (rung: Rung, command: readonly string[]) => void;
  /** Told now and then that the compiler is still at it, with the seconds since it began. */
  readonly onWaiting?: (rung: Rung, seconds: number) => void;
  /** Told about every module that was compiled or found in the cache. */
  readonly onCompiled?: (compiled: Compiled, name: string) => void;
  readonly measure?: (path: string) => Promise<number | null>;
}

export interface OpenOptions extends Omit<CompileOptions, "backend" | "measure"> {
  readonly engine: EngineName;
  /** Device URI of the `iree` engine. */
  readonly device?: string;
  /** Default: what the device needs. */
  readonly backend?: Backend;
  readonly runner?: RunnerName;
  /** Run the `interp` engine in a thread of its own, where this package is bundled: what else the process does goes on during calls. */
  readonly thread?: boolean;
  /** Ends a compilation only, where `signal` is to end calls as well. */
  readonly compileSignal?: AbortSignal;
}

/** The compiler says in this time whether it reads a text; what it has to say about hostile ones takes it much longer. */
const READING_MS = 3000;

/** Whether the compiler reads a text, which it may where this package does not: it knows more dialects. */
async function isReadBy(compiler: FoundTool, text: string, { env }: SearchPlace): Promise<boolean> {
  const { execa } = await import("execa");
  const result = await execa(compiler.path, ["-", "-o", "/dev/null", "--compile-to=input"], {
    input: text,
    env: { ...env },
    extendEnv: false,
    reject: false,
    stdout: "ignore",
    stderr: "ignore",
    timeout: READING_MS,
    killSignal: "SIGKILL",
  });
  return result.exitCode === 0;
}

/** Shows mistakes in a text at their places; throws {@link DiagnosticsError} where neither this package nor the compiler reads it, or where the compiler would never end. */
async function precheck(
  program: { readonly name: string; readonly text: string },
  compiler: FoundTool,
  place: SearchPlace,
): Promise<void> {
  const { parseProgram, refuseRecursion } = await import("./parse-program.ts");
  let module: Operation;
  try {
    module = parseProgram(program, true);
  } catch (error) {
    if (error instanceof DiagnosticsError && (await isReadBy(compiler, program.text, place)))
      return;
    throw error;
  }
  refuseRecursion(module);
}

/** A function that compiles MLIR text for a backend through the cache; the compiler is looked for when it is first needed. */
export function compilerFor(
  options: CompileOptions,
): (program: { readonly name: string; readonly text: string }) => Promise<Compiled> {
  return async ({ name, text }) => {
    const { place, backend, target = null, onCompiled } = options;
    const python = await findPython(place, "iree");
    const compiler = findIreeTool("iree-compile", "compiler", python, place);
    if (isProblem(compiler)) throw new EngineError(compiler.problem);
    const compiled = await compileModule({
      name,
      text,
      backend,
      target,
      compiler,
      ...(isProblem(python) ? {} : { python }),
      cacheFolder: cacheFolder(place),
      env: place.env,
      precheck: () => precheck({ name, text }, compiler, place),
      ...(options.extraFlags === undefined ? {} : { extraFlags: options.extraFlags }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
      ...(options.onAttempt === undefined ? {} : { onAttempt: options.onAttempt }),
      ...(options.onWaiting === undefined ? {} : { onWaiting: options.onWaiting }),
      ...(options.measure === undefined ? {} : { measure: options.measure }),
    });
    onCompiled?.(compiled, name);
    return compiled;
  };
}

/** The Python that runs the device host; rejects with {@link EngineError} where there is none. */
export async function requirePython(place: SearchPlace): Promise<FoundPython> {
  const python = await findPython(place, "iree");
  if (isProblem(python)) throw new EngineError(python.problem);
  return python;
}

async function openRunner(
  place: SearchPlace,
  device: string,
  compile: Compile,
  signal?: AbortSignal,
): Promise<Engine> {
  const python = await findPython(place, "iree");
  const runModule = findIreeTool("iree-run-module", "runtime", python, place);
  if (isProblem(runModule)) throw new EngineError(runModule.problem);
  const dumpModule = findIreeTool("iree-dump-module", "runtime", python, place);
  if (isProblem(dumpModule)) throw new EngineError(dumpModule.problem);
  return createModuleRunner({
    version: runModule.version,
    runModule: runModule.path,
    dumpModule: dumpModule.path,
    env: place.env,
    device,
    compile,
    ...(signal === undefined ? {} : { signal }),
  });
}

/** Opens an engine; rejects with {@link EngineError} that says in one line what is missing. */
export async function openEngine(options: OpenOptions): Promise<Engine> {
  const { engine, place, device = DEFAULT_DEVICE, runner = "host" } = options;
  if (engine === "interp") {
    if (options.thread === true) {
      const { createThreadedInterpreter, interpThreadFile } = await import("./interp-thread.ts");
      const file = interpThreadFile();
      if (file !== null) return createThreadedInterpreter(file);
    }
    // Parser and kernels are loaded by those who ask for them.
    const [{ createInterpEngine }, { parseProgram }] = await Promise.all([
      import("./interp-engine.ts"),
      import("./parse-program.ts"),
    ]);
    return createInterpEngine(parseProgram);
  }
  const backend = options.backend ?? backendOf(device);
  if (backend === null)
    throw new EngineError(
      `nothing is known about device '${device}'; devices look like local-task, local-sync, cuda://0, hip://0, vulkan or metal`,
    );
  const { compileSignal } = options;
  const compile = compilerFor({
    ...options,
    backend,
    ...(compileSignal === undefined ? {} : { signal: compileSignal }),
  });
  if (runner === "module") return openRunner(place, device, compile, options.signal);
  const python = await requirePython(place);
  return createIreeEngine({
    python,
    env: place.env,
    device,
    compile,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
}
