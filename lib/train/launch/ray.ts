/** @file Places workers on a Ray cluster, through a Python helper that Ray's own package runs. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { packageRoot } from "#lib/runtime/python.ts";

/** What the helper is told. */
export interface RayRequest {
  /** Address of the cluster: `auto` for the one that this host belongs to, else `host:port`. */
  readonly address: string;
  readonly name: string;
  readonly workers: number;
  /** Program and flags of one worker, without the token. */
  readonly command: readonly string[];
  /** Added to the environment of workers. */
  readonly environment: Readonly<Record<string, string>>;
  readonly resources: {
    readonly cpus: number;
    readonly gpus: number;
    readonly custom: Readonly<Record<string, number>>;
  };
  /** Seconds between SIGTERM and SIGKILL. */
  readonly grace: number;
}

/** Exit code of the helper where there is no cluster (EX_UNAVAILABLE). */
export const RAY_UNAVAILABLE = 69;

/** The helper: beside this module, or among the sources for a bundle that carries no copy. */
function helperProgram(): string {
  const beside = fileURLToPath(new URL("./helper/ray_launch.py", import.meta.url));
  return existsSync(beside) ? beside : join(packageRoot(), "lib/train/launch/helper/ray_launch.py");
}

/**
 * Runs the helper until all workers have ended, or `signal` is aborted and they have been asked to end.
 * @param write - takes what the helper writes
 * @returns its exit code: 0 all done, 78 all refused, 69 no cluster, else 1
 */
export async function launchOnRay(
  python: string,
  request: RayRequest,
  env: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
  write: (chunk: Uint8Array, stream: "stdout" | "stderr") => void,
): Promise<number> {
  const helper = execa(python, ["-u", helperProgram()], {
    env: {
      ...env,
      PYTHONDONTWRITEBYTECODE: "1",
      RAY_DEDUP_LOGS: "0",
      RAY_USAGE_STATS_ENABLED: "0",
    },
    extendEnv: false,
    // Ctrl-C is told by the end of its input, so that workers may hand in what they have.
    detached: true,
    cleanup: false,
    reject: false,
    buffer: false,
    stdin: "pipe",
    stdout: "pipe",
    stderr: "pipe",
  });
  helper.stdin.on("error", () => {});
  helper.stdin.write(`${JSON.stringify(request)}\n`);
  helper.stdout.on("data", (chunk: Buffer) => write(chunk, "stdout"));
  helper.stderr.on("data", (chunk: Buffer) => write(chunk, "stderr"));
  const stop = (): void => void helper.stdin.end();
  if (signal.aborted) stop();
  else signal.addEventListener("abort", stop, { once: true });
  try {
    return (await helper).exitCode ?? 1;
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
