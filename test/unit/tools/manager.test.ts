/** @file The node manager with real children: restarts, giving up, asking to end, and leaving nothing behind when it is killed. */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { manageProcesses } from "../../../lib/train/launch/node-manager.ts";
import { RESTART_POLICY, type RestartPolicy } from "../../../lib/train/launch/supervise.ts";
import { systemClock } from "../../../lib/train/launch/system-clock.ts";
import { LaunchedRun, type Observed } from "./launched-run.ts";
import { freePort, isAlive, root, until } from "./processes.ts";

/** Delays of a test: the rules are those of real life. */
const QUICK: RestartPolicy = {
  ...RESTART_POLICY,
  firstDelayMs: 10,
  maxDelayMs: 50,
  maxFailures: 3,
  graceMs: 20_000,
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pcp-manager-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs scripts under a manager in this process. */
async function manage(
  scripts: readonly string[],
  settings: {
    policy?: Partial<RestartPolicy>;
    env?: Record<string, string>;
    onLine?: (line: string, stop: () => void) => void;
  } = {},
): Promise<{ code: number; lines: string[]; notes: string[] }> {
  const controller = new AbortController();
  const lines: string[] = [];
  const notes: string[] = [];
  const code = await manageProcesses({
    processes: scripts.map((script, index) => ({
      label: `w${index}`,
      file: process.execPath,
      args: () => ["-e", script],
      env: { PATH: process.env["PATH"], ...settings.env },
    })),
    cwd: folder,
    clock: systemClock(Date.now),
    random: Math.random,
    policy: { ...QUICK, ...settings.policy },
    signal: controller.signal,
    write(text, stream) {
      lines.push(`${stream} ${text}`);
      settings.onLine?.(text.trimEnd(), () => controller.abort());
    },
    note: (text) => notes.push(text),
  });
  return { code, lines, notes };
}

describe("node manager", () => {
  it("restarts children that fail, tells them how often, and ends when all are done", async () => {
    const twice = "process.exit(Number(process.env.PCP_RESTARTS) < 2 ? 75 : 0)";
    const { code, notes, lines } = await manage([
      twice,
      "console.log('a'); console.error('b\\u001b[31m'); process.stdout.write('no end')",
    ]);
    expect(code).toBe(0);
    expect(notes.filter((note) => note.includes("[w0] ended with exit code 75"))).toHaveLength(2);
    expect(notes).toContain("[w0] done");
    expect(lines.sort()).toEqual([
      "stderr [w1] b\\x1b[31m\n",
      "stdout [w1] a\n",
      "stdout [w1] no end\n",
    ]);
  });

  it("counts restarts on from those of its own supervisor", async () => {
    const script = "console.log(process.env.PCP_RESTARTS)";
    const { lines } = await manage([script], { env: { PCP_RESTARTS: "4" } });
    expect(lines).toEqual(["stdout [w0] 4\n"]);
  });

  it("gives up a child that fails again and again, with its last words, and goes on with the others", async () => {
    const { code, notes } = await manage([
      "for (let i = 0; i < 30; i++) console.error('line ' + i); process.exit(3)",
      "setTimeout(() => {}, 1500)",
    ]);
    expect(code).toBe(1);
    const given = notes.find((note) => note.includes("given up")) ?? "";
    expect(given).toMatch(/^\[w0\] failed 3 times and is given up; last ended with exit code 3\n/);
    expect(given.split("\n").slice(1)).toEqual(
      Array.from({ length: 10 }, (_, index) => `    | line ${20 + index}`),
    );
    expect(notes.at(-1)).toBe("[w1] done");
  });

  it("leaves a child alone that says that a restart cannot help, and says so itself", async () => {
    const { code, notes } = await manage(["console.error('no such target'); process.exit(78)"]);
    expect(code).toBe(78);
    expect(notes.at(-1)).toBe(
      "[w0] ended with exit code 78, which starting again cannot mend\n    | no such target",
    );
    expect(notes.some((note) => note.includes("starting again in"))).toBe(false);
  });

  it("restarts a child that a signal killed", async () => {
    const script = "if (process.env.PCP_RESTARTS === '0') process.kill(process.pid, 'SIGKILL')";
    const { code, notes } = await manage([script]);
    expect(code).toBe(0);
    expect(notes.some((note) => note.startsWith("[w0] ended with SIGKILL; "))).toBe(true);
  });

  it("asks children to end, waits for them, and starts none again", async () => {
    const script =
      "process.on('SIGTERM', () => { console.log('handing in'); setTimeout(() => process.exit(0), 200) }); console.log('up'); setInterval(() => {}, 1000)";
    const { code, lines, notes } = await manage([script], {
      onLine: (line, stop) => {
        if (line.endsWith("up")) stop();
      },
    });
    expect(code).toBe(0);
    expect(lines).toContain("stdout [w0] handing in\n");
    expect(notes.slice(-2)).toEqual(["[w0] asked to end", "[w0] stopped with exit code 0"]);
  });

  it("kills what does not end, with all that it started", async () => {
    const script =
      "process.on('SIGTERM', () => {}); const c = require('node:child_process').spawn('sleep', ['300']); console.log('up', c.pid); setInterval(() => {}, 1000)";
    let grandchild = 0;
    const { notes } = await manage([script], {
      policy: { graceMs: 300 },
      onLine: (line, stop) => {
        grandchild = Number(line.split(" ").at(-1));
        stop();
      },
    });
    expect(notes.slice(-2)).toEqual([
      "[w0] did not end within 0.3 s: killed",
      "[w0] stopped with SIGKILL",
    ]);
    expect(grandchild).toBeGreaterThan(0);
    await until("the grandchild to be gone", () => !isAlive(grandchild));
  });

  it("says what could not be started, and does not try again", async () => {
    const notes: string[] = [];
    const code = await manageProcesses({
      processes: [
        { label: "w0", file: join(folder, "missing"), args: () => [], env: { PATH: "/usr/bin" } },
      ],
      cwd: folder,
      clock: systemClock(Date.now),
      random: Math.random,
      policy: QUICK,
      signal: new AbortController().signal,
      write: () => {},
      note: (text) => notes.push(text),
    });
    expect(code).toBe(78);
    expect(notes.at(-1)).toMatch(/missing' could not be started: .*ENOENT/);
  });
});

describe("a manager that is killed", () => {
  /** A manager of its own process, with two workers that ignore signals and start something themselves. */
  async function bundle(): Promise<string> {
    const outfile = join(folder, "manager.mjs");
    await build({
      stdin: {
        contents: `
          import { manageProcesses } from "./lib/train/launch/node-manager.ts";
          import { RESTART_POLICY } from "./lib/train/launch/supervise.ts";
          import { systemClock } from "./lib/train/launch/system-clock.ts";
          const [script, count] = process.argv.slice(2);
          await manageProcesses({
            processes: Array.from({ length: Number(count) }, (_, index) => ({
              label: "w" + index, file: process.execPath, args: () => ["-e", script], env: process.env,
            })),
            cwd: process.cwd(), clock: systemClock(Date.now), random: Math.random, policy: RESTART_POLICY,
            signal: new AbortController().signal,
            write: (text) => process.stdout.write(text), note: () => {},
          });`,
        resolveDir: root,
        loader: "ts",
      },
      bundle: true,
      platform: "node",
      format: "esm",
      outfile,
      banner: {
        js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
      },
    });
    return outfile;
  }

  it("leaves no process, not even stopped ones and children of children", async () => {
    const script =
      "for (const s of ['SIGTERM', 'SIGHUP']) process.on(s, () => {}); const c = require('node:child_process').spawn('sleep', ['300']); console.log(process.pid, c.pid); setInterval(() => {}, 1000)";
    const manager = execa(process.execPath, [await bundle(), script, "2"], {
      reject: false,
      buffer: false,
      stdin: "ignore",
      timeout: 60_000,
    });
    const pids: number[] = [];
    try {
      let text = "";
      manager.stdout.on("data", (chunk: Buffer) => {
        text += chunk.toString();
      });
      await until("the children to start", () => /(\[w\d\] \d+ \d+\n.*){2}/s.test(text));
      for (const [, ...both] of text.matchAll(/\[w\d\] (\d+) (\d+)\n/g))
        pids.push(...both.map(Number));
      expect(pids).toHaveLength(4);
      process.kill(pids[0] as number, "SIGSTOP");
      manager.kill("SIGKILL");
      await manager;
      await until("all children to be gone", () => !pids.some(isAlive));
    } finally {
      manager.kill("SIGKILL");
      for (const pid of pids) if (isAlive(pid)) process.kill(pid, "SIGKILL");
    }
  });

  it("lets children that watch their standard input end by themselves", async () => {
    const mark = join(folder, "ended");
    const script = `console.log('up'); if (process.env.PCP_EXIT_WITH_PARENT === '1') process.stdin.on('end', () => { require('node:fs').writeFileSync(${JSON.stringify(mark)}, ''); process.exit(0) }).resume(); process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)`;
    const manager = execa(process.execPath, [await bundle(), script, "1"], {
      reject: false,
      buffer: false,
      stdin: "ignore",
      timeout: 60_000,
    });
    try {
      await new Promise((resolve) => manager.stdout.once("data", resolve));
      manager.kill("SIGKILL");
      await manager;
      await until("the child to end", () => existsSync(mark));
    } finally {
      manager.kill("SIGKILL");
    }
  });
});

describe("a node manager of a real run", () => {
  const MANAGER = ["--node-manager", "--scale", "2", "--backend", "interp"];
  const pidOf = (manager: Observed, label: string): number =>
    Number(
      new RegExp(`\\[${label}\\] started(?: again)? .*process (\\d+)\\)`).exec(manager.err)?.[1],
    );

  it("brings a killed worker back, which goes on in the run", async () => {
    const run = new LaunchedRun("pcp-node-", {
      workers: 2,
      quorum: 2,
      tau: 5,
      outer_loop_steps: 60,
    });
    const { shepherd, token } = await run.shepherd();
    let manager: Observed | null = null;
    try {
      manager = run.start(MANAGER, { PCP_JOIN_TOKEN: token });
      const { err } = manager;
      expect(err).not.toContain(token);
      await until("two rounds", () => run.commits().length >= 2);
      process.kill(pidOf(manager, "w1"), "SIGKILL");
      const lines = manager;
      await until("the restart", () => /\[w1\] started again \(restart 1, /.test(lines.err));
      expect(manager.err).toMatch(
        /\[w1\] ended with SIGKILL; starting again in 1\.\d s \(failure 1 of 10\)/,
      );

      await until(
        "the second joining",
        () => run.journal().filter(({ kind }) => kind === "join").length === 3,
      );
      const status = run.start(["status", "run", "--json"]);
      await status.child;
      const { workers } = JSON.parse(status.out) as { workers: { restarts: number }[] };
      expect(workers.map(({ restarts }) => restarts).sort()).toEqual([0, 1]);

      const [{ exitCode }, managed] = [await shepherd.child, await manager.child];
      expect(exitCode).toBe(0);
      expect(managed.exitCode).toBe(0);
      expect(await run.violations()).toEqual([]);
    } finally {
      await manager?.stop("SIGTERM");
      await shepherd.stop();
      run.close();
    }
  }, 180_000);

  it("takes its workers along when it is killed, and hands in what they have when asked to end", async () => {
    const run = new LaunchedRun("pcp-node-", { workers: 2, tau: 5, outer_loop_steps: 100_000 });
    const { shepherd, token } = await run.shepherd();
    const managers: Observed[] = [];
    try {
      const first = run.start(MANAGER, { PCP_JOIN_TOKEN: token });
      managers.push(first);
      await until("a round", () => run.commits().length >= 1);
      const pids = [pidOf(first, "w0"), pidOf(first, "w1")];
      expect(pids.every(isAlive)).toBe(true);
      await first.stop("SIGKILL");
      await until("its workers to be gone", () => !pids.some(isAlive));

      const second = run.start(MANAGER, { PCP_JOIN_TOKEN: token });
      managers.push(second);
      const rounds = run.commits().length;
      await until("a round of both workers", () =>
        run
          .commits()
          .slice(rounds)
          .some(({ contributions }) => contributions.length === 2),
      );
      const departed = run.departures().length;
      await second.stop("SIGTERM");
      await until("both to have left", () => run.departures().length >= departed + 2);
      const left = run.departures().slice(departed);
      expect(left.map(({ how }) => how)).toEqual(["drained", "drained"]);
      expect(second.err).toMatch(/\[w0\] stopped with exit code 0\n/);
    } finally {
      for (const manager of managers) await manager.stop("SIGKILL");
      await shepherd.stop();
      run.close();
    }
  }, 180_000);

  it("brings a killed shepherd back, which goes on with its run", async () => {
    const run = new LaunchedRun("pcp-super-", { workers: 1, tau: 5, outer_loop_steps: 40 });
    const port = await freePort();
    const { shepherd: supervisor, token } = await run.shepherd(`127.0.0.1:${port}`, [], true);
    let worker: Observed | null = null;
    try {
      worker = run.start(["--worker", "--backend", "interp"], { PCP_JOIN_TOKEN: token });
      await until("two rounds", () => run.commits().length >= 2);
      process.kill(Number(/started \(process (\d+)\)/.exec(supervisor.err)?.[1]), "SIGKILL");
      const [{ exitCode }, { exitCode: code }] = [await supervisor.child, await worker.child];
      expect([exitCode, code]).toEqual([0, 0]);
      expect(supervisor.err).toMatch(/started again \(restart 1, /);
      expect(run.commits()).toHaveLength(40);
      const shepherds = run.journal().filter(({ kind }) => kind === "shepherd");
      expect(shepherds).toHaveLength(2);
      expect(await run.violations()).toEqual([]);
    } finally {
      await worker?.stop();
      await supervisor.stop("SIGTERM");
      run.close();
    }
  }, 180_000);
});
