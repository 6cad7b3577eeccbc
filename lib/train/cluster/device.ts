/** @file What a worker runs on: the device's address in the runtime, and the target that programs for it are compiled for. */
import { readFileSync } from "node:fs";
import { arch, cpus } from "node:os";
import type { Problem } from "#lib/support/problem.ts";

/** What workers run on; `interp` needs no compiler. */
export const WORKER_BACKENDS = ["cpu", "cuda", "rocm", "metal", "vulkan", "interp"] as const;
export type WorkerBackend = (typeof WORKER_BACKENDS)[number];

/** Drivers of the runtime, for devices by ordinal. */
const DRIVERS = { cuda: "cuda", rocm: "hip", metal: "metal", vulkan: "vulkan" } as const;

/** The device of a backend by ordinal, such as `cuda://1`; a CPU has all its cores in one. */
export const deviceUri = (backend: WorkerBackend, ordinal: number): string => {
  if (backend === "interp") return "interp";
  return backend === "cpu" ? "local-task" : `${DRIVERS[backend]}://${ordinal}`;
};

/** Features of the x86-64 levels, as Linux names them; each level has those of the levels before, too. */
const X86_LEVELS = [
  ["x86-64-v2", ["cx16", "lahf_lm", "popcnt", "sse4_1", "sse4_2", "ssse3"]],
  ["x86-64-v3", ["abm", "avx", "avx2", "bmi1", "bmi2", "f16c", "fma", "movbe"]],
  ["x86-64-v4", ["avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"]],
] as const;

/** The highest level of x86-64 that a CPU with these features has; `generic` where that is the first. */
export function x86Level(features: ReadonlySet<string>): string {
  let level = "generic";
  for (const [name, needed] of X86_LEVELS) {
    if (!needed.every((feature) => features.has(feature))) break;
    level = name;
  }
  return level;
}

function cpuFeatures(): ReadonlySet<string> {
  try {
    const line = /^flags\s*:(.*)$/m.exec(readFileSync("/proc/cpuinfo", "utf8"))?.[1] ?? "";
    return new Set(line.trim().split(/\s+/));
  } catch {
    return new Set();
  }
}

/**
 * The target of a backend where the user names none. A CPU: `host` where the shepherd is on this machine, else what all CPUs
 * of this one's level have, because a program for the shepherd's own CPU may not run here.
 */
export function defaultTarget(backend: WorkerBackend, isLocal: boolean): string | Problem {
  switch (backend) {
    case "cpu":
      return isLocal ? "host" : arch() === "x64" ? x86Level(cpuFeatures()) : "generic";
    case "cuda":
      return "sm_80";
    case "rocm":
      return {
        problem: "--backend rocm needs --target, such as gfx942 or mi300x ('rocminfo' names yours)",
      };
    default:
      return "host";
  }
}

/** What a device is called in tables: its address, and the model of a CPU. */
export function deviceName(uri: string): string {
  const model = cpus()[0]?.model.trim() ?? "";
  const isCpu = uri.startsWith("local") || uri === "interp";
  return (isCpu && model !== "" && model !== "unknown" ? `${uri} (${model})` : uri).slice(0, 128);
}
