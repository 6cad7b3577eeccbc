/** @file pcp-train --worker as a user types it: mistakes on the command line, secrets, signals, the death of whoever started it. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa, type ResultPromise } from "execa";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { memoryIo } from "#lib/driver/memory-io.ts";
import { trainMain } from "#lib/driver/train.ts";
import { WORKER_EXIT } from "#lib/train/cluster/exit-codes.ts";
import { formatJoinToken } from "#lib/train/net/join-token.ts";
import { bin, root, until } from "../tools/processes.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pcp-worker-process-"));
  writeFileSync(
    join(folder, "text.txt"),
    "the quick brown fox jumps over the lazy dog. ".repeat(400),
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const tokenFor = (address: string): string =>
  formatJoinToken({
    addresses: [address],
    fingerprint: null,
    secret: "s",
    expires: Date.now() + 60_000,
  });

describe("pcp-train --worker, typed wrong", () => {
  const cases: readonly (readonly [string, readonly string[], string])[] = [
    ["no shepherd", [], "no shepherd is named: give --join"],
    ["no token", ["--connect", "10.9.9.9:1"], "no join token: give --join with the word that"],
    ["no address", ["--connect", "a b"], "'a b' is not HOST:PORT"],
    ["no such file", ["--join", "@nothing"], "cannot read the join token from"],
    ["half a token", ["--join", "eyJ2Ijox"], "the join token is damaged or cut short"],
    ["name", ["--join", "T", "--name", "../x"], "--name '../x' is not letters"],
    ["backend", ["--join", "T", "--backend", "cudda"], "did you mean 'cuda'?"],
    ["target", ["--join", "T", "--target", "a;b"], "--target 'a;b' is no name"],
    ["no target", ["--join", "T", "--backend", "rocm"], "--backend rocm needs --target"],
    [
      "other backend",
      ["--join", "T", "--backend", "cuda", "--amd-target", "gfx942"],
      "--amd-target is for --backend rocm",
    ],
    ["device", ["--join", "T", "--device-id", "x"], "--device-id takes a whole number"],
    ["plain HTTP", ["--join", "FAR"], "is plain HTTP beyond this machine; --insecure allows it"],
    ["half an identity", ["--join", "T", "--tls-key", "text.txt"], "belong together"],
  ];

  it.each(cases)("%s", async (_, args, message) => {
    const tokens: Record<string, string> = {
      T: tokenFor("http://127.0.0.1:9"),
      FAR: tokenFor("http://10.9.9.9:9"),
    };
    const argv = ["--worker", ...args.map((arg) => tokens[arg] ?? arg)];
    const env = { PCP_CACHE_DIR: join(folder, "cache") };
    const title = process.title;
    const io = memoryIo({ argv, cwd: folder, env });
    expect(await trainMain(io)).toBe(WORKER_EXIT.configuration);
    process.title = title;
    expect(io.stderrText()).toContain(message);
    expect(io.stderrText()).not.toContain(tokens["T"]);
  });
});

describe("pcp-train --worker as a process", () => {
  const running: ResultPromise[] = [];
  afterEach(async () => {
    for (const child of running) child.kill("SIGKILL");
    await Promise.allSettled(running.splice(0));
  });

  interface Child {
    readonly child: ResultPromise;
    /** Everything that it has written to standard error. */
    readonly text: () => string;
    readonly pid: number;
  }

  function start(args: readonly string[], env: Record<string, string> = {}): Child {
    const child = execa(process.execPath, [bin("pcp-train"), ...args], {
      cwd: folder,
      env: { PCP_CACHE_DIR: join(folder, "cache"), ...env },
      reject: false,
      stdin: "pipe",
      timeout: 60_000,
      killSignal: "SIGKILL",
    }) as ResultPromise;
    running.push(child);
    let text = "";
    child.stderr?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
    child.stdout?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
    return { child, text: () => text, pid: child.pid ?? 0 };
  }

  /** A shepherd of one worker, and its join token. */
  async function shepherd(name: string): Promise<{ token: string; child: Child }> {
    const config = join(folder, `${name}.json`);
    const keys = {
      model_path: join(root, "test/fixtures/train/bigram.mlir"),
      manifest_path: join(root, "test/fixtures/train/bigram.manifest.json"),
      data_path: "text.txt",
      engine: "interp",
      learning_rate: 0.1,
      tau: 4,
      outer_loop_steps: 100_000,
      workers: 1,
      checkpoint_dir: name,
    };
    writeFileSync(config, JSON.stringify(keys));
    const child = start(["--shepherd", "--config", config, "--listen", "127.0.0.1:0"]);
    await until("the join line", () => / --join \S+\n/.test(child.text()));
    return { token: / --join (\S+)\n/.exec(child.text())?.[1] ?? "", child };
  }

  const worker = (args: readonly string[], env: Record<string, string> = {}): Child =>
    start(["--worker", "--backend", "interp", "--state-dir", join(folder, "states"), ...args], env);

  it("hides the token, hands in what it has on SIGTERM, and leaves with 0", async () => {
    const { token, child: coordinator } = await shepherd("sigterm");
    const trained = worker(["--join", token, "--name", "s1"]);
    await until("a round", () => /^pcp-train: round /m.test(trained.text()));
    const commandLine = readFileSync(`/proc/${trained.pid}/cmdline`, "latin1");
    expect(commandLine).toContain("pcp-train --worker");
    expect(commandLine).not.toContain(token.slice(0, 40));
    trained.child.kill("SIGTERM");
    expect((await trained.child).exitCode).toBe(WORKER_EXIT.done);
    expect(trained.text()).toContain("left the run as asked");
    await until("the worker to leave", () => coordinator.text().includes("s1 is out (drained)"));
    expect(coordinator.text() + trained.text().replaceAll(token, "")).not.toContain('"s":');
  }, 60_000);

  it("ends when whoever started it is gone", async () => {
    const { token } = await shepherd("parent");
    const orphan = worker(["--name", "p1"], { PCP_JOIN_TOKEN: token, PCP_EXIT_WITH_PARENT: "1" });
    await until("the worker to be ready", () => orphan.text().includes("ready:"));
    orphan.child.stdin?.end();
    expect((await orphan.child).exitCode).toBe(WORKER_EXIT.temporary);
    expect(orphan.text()).toContain("whoever started this worker is gone");
  }, 60_000);

  it("finds the shepherd of this user by its port alone, and leaves without it where it is gone", async () => {
    const { child: coordinator } = await shepherd("port");
    const port = /listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(coordinator.text())?.[1] ?? "";
    const joined = worker(["--connect", `127.0.0.1:${port}`]);
    await until("the worker to be ready", () => joined.text().includes("ready:"));
    coordinator.child.kill("SIGTERM");
    await coordinator.child;
    expect(existsSync(join(folder, "cache", "shepherds", `${port}.token`))).toBe(false);
    // Nobody is there any more to hear the goodbye.
    joined.child.kill("SIGTERM");
    expect((await joined.child).exitCode).toBe(WORKER_EXIT.done);
    expect(joined.text()).toMatch(/does not hear the goodbye|leaving failed/);
    const named = readdirSync(join(folder, "states")).filter((name) =>
      /-[0-9a-f]{6}-0$/.test(name),
    );
    expect(named).toHaveLength(1);
  }, 60_000);
});
