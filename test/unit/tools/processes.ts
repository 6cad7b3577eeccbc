/** @file Runs the built executables as real processes. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
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

/** Waits for something that other processes do. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  seconds = 90,
): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`waited ${seconds} s for ${what}`);
    await sleep(50);
  }
}

/** A port of 127.0.0.1 that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function procStatus(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, "utf8");
  } catch {
    return "";
  }
}

/** Whether a process runs; one that has ended, and whose parent has not looked yet, does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return !/^State:\s+[ZX]/m.test(procStatus(pid));
}
