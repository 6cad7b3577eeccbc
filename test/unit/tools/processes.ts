/** @file Runs the built executables as real processes. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { execa, type Options, type ResultPromise } from "execa";

export const root = resolve(import.meta.dirname, "../../..");

/** Path of an executable in build/bin. */
export function bin(tool: string): string {
  const path = join(root, "build/bin", tool);
  if (!existsSync(path)) throw new Error(`${path} is missing: run make build`);
  return path;
}

/** Environment whose PATH begins with build/bin. */
export const toolEnv = {
  ...process.env,
  PATH: `${join(root, "build/bin")}:${process.env["PATH"] ?? ""}`,
};

/** Output of a shell script, which ends at the first command that fails. */
export const shellIn = (cwd: string, script: string): string =>
  execFileSync("bash", ["-eo", "pipefail", "-c", script], {
    cwd,
    env: toolEnv,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    maxBuffer: 1 << 28,
  });

/** Starts an executable; a failure is in the result, not thrown. */
export const start = (
  tool: string,
  args: readonly string[],
  options: Options = {},
): ResultPromise<Options> =>
  execa(process.execPath, [bin(tool), ...args], {
    cwd: root,
    reject: false,
    stdin: "ignore",
    timeout: 60_000,
    ...options,
  } as Options);

export interface Finished {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs an executable to its end. */
export async function run(
  tool: string,
  args: readonly string[],
  options: Options = {},
): Promise<Finished> {
  const { exitCode, stdout, stderr } = await start(tool, args, options);
  return { exitCode, stdout: String(stdout ?? ""), stderr: String(stderr ?? "") };
}
