/** @file Looks at everything that running modules needs, and says what to type where something is missing. */
import { accessSync, constants, existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { isProblem, type Problem } from "#lib/support/problem.ts";
import { formatBytes, plural } from "#lib/support/text.ts";
import { cacheFolder } from "./cache.ts";
import { MALLOC_SETTINGS } from "./device-host.ts";
import { EngineError } from "./engine.ts";
import { createIreeEngine } from "./iree-engine.ts";
import { type FoundPython, findPython, type SearchPlace } from "./python.ts";
import { findIreeTool } from "./toolchain.ts";

/** One thing that was looked at. */
export interface Finding {
  readonly what: string;
  readonly ok: boolean;
  readonly found: string;
  /** What to type to mend it, or null. */
  readonly mend: string | null;
}

const good = (what: string, found: string): Finding => ({ what, ok: true, found, mend: null });
const bad = (what: string, found: string, mend: string): Finding => ({
  what,
  ok: false,
  found,
  mend,
});

const SETUP = "make setup";

function checkNode(): Finding {
  const { node } = process.versions;
  const [major = 0, minor = 0] = node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 11)) return good("Node", node);
  return bad("Node", `${node} is too old`, "install Node 20.11 or newer");
}

function checkPython(python: FoundPython | Problem): Finding {
  if (!isProblem(python)) return good("Python", `${python.version} (${python.path})`);
  const [found = "", mend = SETUP] = python.problem.split("; ");
  return bad("Python", found, mend);
}

/** Starts the device host on all cores and ends it again. */
async function checkHost(
  python: FoundPython,
  place: SearchPlace,
): Promise<{ finding: Finding; runtime: string | null }> {
  try {
    const started = performance.now();
    const engine = await createIreeEngine({ python, env: place.env });
    const took = Math.round(performance.now() - started);
    await engine.close();
    const { runtime, numpy } = engine.info;
    return {
      finding: good("IREE runtime", `${runtime}, numpy ${numpy}; device host ready in ${took} ms`),
      runtime,
    };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const [found = "", mend = SETUP] = error.message.split("; ");
    return {
      finding: bad("IREE runtime", [found, ...error.details.slice(-1)].join(": "), mend),
      runtime: null,
    };
  }
}

function checkCompiler(
  python: FoundPython | Problem,
  place: SearchPlace,
  runtime: string | null,
): Finding {
  const compiler = findIreeTool("iree-compile", "compiler", python, place);
  if (isProblem(compiler)) {
    const [found = "", mend = SETUP] = compiler.problem.split("; ");
    return bad("IREE compiler", found, mend);
  }
  const { version, path } = compiler;
  if (runtime !== null && /^\d+\.\d+/.test(version) && version !== runtime)
    return bad(
      "IREE compiler",
      `${version}, but the runtime is ${runtime}; modules may not load`,
      `pip install iree-base-compiler==${runtime}`,
    );
  return good("IREE compiler", `${version} (${path})`);
}

function checkCache(place: SearchPlace): Finding {
  const folder = cacheFolder(place);
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    return bad(
      "cache",
      `'${folder}' cannot be written to (${code})`,
      "set PCP_CACHE_DIR to a folder that can",
    );
  }
  const modules = join(folder, "vmfb");
  const names = existsSync(modules) ? readdirSync(modules) : [];
  const size = names.reduce((sum, name) => sum + statSync(join(modules, name)).size, 0);
  return good("cache", `${folder}: ${plural(names.length, "module")}, ${formatBytes(size)}`);
}

function checkMalloc(): Finding {
  const settings = Object.entries(MALLOC_SETTINGS).map(([name, value]) => `${name}=${value}`);
  const musl = existsSync("/lib/ld-musl-x86_64.so.1") || existsSync("/lib/ld-musl-aarch64.so.1");
  const effect = process.platform === "linux" && !musl ? "" : " (this C library ignores them)";
  return good("malloc", `the device host starts with ${settings.join(" ")}${effect}`);
}

/** Looks at Node, Python, IREE, cores, malloc settings and the cache. */
export async function checkSetup(place: SearchPlace): Promise<Finding[]> {
  const python = await findPython(place, "iree");
  const findings = [checkNode(), checkPython(python)];
  let runtime: string | null = null;
  if (!isProblem(python)) {
    const host = await checkHost(python, place);
    runtime = host.runtime;
    findings.push(host.finding);
  }
  findings.push(checkCompiler(python, place, runtime));
  findings.push(good("cores", `${availableParallelism()} (device local-task uses all of them)`));
  findings.push(checkMalloc(), checkCache(place));
  return findings;
}
