/** @file The scripts of examples/cluster, run as far as this machine's devices go. */
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findIree } from "../runtime/iree.ts";
import { LaunchedRun, type Observed } from "./launched-run.ts";
import { bin, freePort, root, until } from "./processes.ts";

const iree = await findIree();

let run: LaunchedRun;
let path: string;
beforeEach(() => {
  run = new LaunchedRun("pcp-examples-", { tau: 2, outer_loop_steps: 4 });
  // pcp-train as the scripts find it.
  const programs = join(run.folder, "bin");
  mkdirSync(programs);
  symlinkSync(bin("pcp-train"), join(programs, "pcp-train"));
  path = `${programs}:${process.env["PATH"]}`;
});
afterEach(() => run.close());

/** Starts a script in the run's folder, in a process group of its own. */
function script(name: string, args: readonly string[]) {
  const child = execa("sh", [join(root, "examples/cluster", name), ...args], {
    cwd: run.folder,
    env: { ...run.env, PATH: path },
    reject: false,
    all: true,
    timeout: 120_000,
    detached: true,
    buffer: false,
    stdin: "ignore",
  });
  const text = { all: "" };
  child.all.on("data", (chunk: Buffer) => {
    text.all += chunk.toString();
  });
  return { child, text };
}

function groupIsAlive(pid: number | undefined): boolean {
  try {
    process.kill(-(pid ?? 0), 0);
    return true;
  } catch {
    return false;
  }
}

/** Ends what is left of a script. */
function end(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch {
    // All of it has ended.
  }
}

describe("scripts of examples/cluster", () => {
  it("mixed.sh prints what to type, and trains with whoever comes", async () => {
    const port = await freePort();
    const { child, text } = script("mixed.sh", ["config.json", "2", `127.0.0.1:${port}`]);
    const workers: Observed[] = [];
    try {
      await until("the commands", () => /^Apple: .*\n/m.test(text.all));
      const command = /^CPU: +pcp-train (.*) --backend cpu$/m.exec(text.all)?.[1] ?? "";
      expect(command).toMatch(/^--worker --join \S+$/);
      // The interpreter stands for devices that this machine may lack.
      for (const name of ["a", "b"])
        workers.push(run.start([...command.split(" "), "--backend", "interp", "--name", name]));
      const codes = [await workers[0]?.child, await workers[1]?.child].map((one) => one?.exitCode);
      await child;
      expect(codes).toEqual([0, 0]);
      expect(text.all).toMatch(/decoupled/);
      expect(text.all).toMatch(/^pcp-train: done: /m);
    } finally {
      end(child.pid);
      for (const worker of workers) await worker.stop();
    }
  }, 150_000);

  it.skipIf(iree === null)(
    "eight-gpus.sh says what is missing before a worker starts",
    async () => {
      const { shepherd, token } = await run.shepherd();
      const { child, text } = script("eight-gpus.sh", [token]);
      try {
        const { exitCode } = await child;
        // Where there are such devices, workers join.
        if (!/^ok {4}device/m.test(text.all)) {
          expect(exitCode).toBe(1);
          expect(text.all).toMatch(/^FAIL {2}device +the runtime sees no device of cuda/m);
          expect(text.all).not.toMatch(/\[w0\]/);
        }
      } finally {
        end(child.pid);
        await shepherd.stop();
      }
    },
    150_000,
  );

  it.skipIf(iree === null)(
    "mi300.sh ends all that it started, also where there is no such device",
    async () => {
      const { child, text } = script("mi300.sh", ["config.json", "gfx942", "2"]);
      try {
        const { exitCode } = await child;
        if (exitCode !== 0) {
          expect(exitCode).toBe(78);
          expect(text.all).toMatch(/\[w[01]\] .*(gfx942|rocm|hip)/i);
        }
        await until("the shepherd to be gone", () => !groupIsAlive(child.pid));
      } finally {
        end(child.pid);
      }
    },
    150_000,
  );
});
