/** @file `pcp-train top` as a command: lines where there is no terminal, the dashboard in a real one, which is given back whole. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { memoryIo } from "#lib/driver/memory-io.ts";
import { createCommand, parseCommandAsync } from "#lib/driver/options.ts";
import { addTop } from "#lib/driver/train-top.ts";
import { recordsOf, statusOf } from "../train/dashboard-run.ts";
import { type ServedRun, serveRun } from "../train/dashboard-server.ts";
import { bin } from "./processes.ts";

let served: ServedRun;
beforeEach(async () => {
  served = await serveRun(statusOf(), recordsOf(2));
});
afterEach(() => served.close());

async function top(argv: readonly string[], signal?: AbortSignal) {
  const io = memoryIo({
    argv: ["top", ...argv],
    cwd: served.folder,
    ...(signal === undefined ? {} : { signal }),
  });
  const command = createCommand({ name: "pcp-train", summary: "trains" }, io);
  let code = -1;
  addTop(command, io, (result) => {
    code = result;
  });
  const usage = await parseCommandAsync(command, io);
  return { code: usage ?? code, out: io.stdoutText(), err: io.stderrText() };
}

describe("top without a terminal", () => {
  it("writes a line when the run has come on, until it is done", async () => {
    const ended = top(["--interval", "0.1"]);
    const later = [
      statusOf({ round: 42, waitingFor: null }),
      statusOf({ state: "done", round: 120 }),
    ];
    for (const status of later) {
      const { looks } = served.run;
      await vi.waitFor(() => expect(served.run.looks - looks).toBeGreaterThan(2));
      served.run.now = status;
    }
    const { code, out, err } = await ended;
    expect(err).toBe("");
    expect(out.split("\n").map((line) => line.slice(0, 13))).toEqual([
      "round 41/120 ",
      "round 42/120 ",
      "round 120/120",
      "",
    ]);
    expect(code).toBe(0);
  });

  it("ends with a failed run's exit code, and with a join token from a file", async () => {
    served.run.now = statusOf({ state: "failed" });
    writeFileSync(join(served.folder, "t"), served.joinToken());
    const { code, out } = await top(["--join", "@t"]);
    expect(out).toContain("  failed");
    expect(code).toBe(1);
  });

  it("goes on over a restart of the shepherd, and stops when it is told to", async () => {
    const controller = new AbortController();
    const ended = top(["--interval", "0.1"], controller.signal);
    await vi.waitFor(() => expect(served.run.looks).toBeGreaterThan(2));
    await served.restart();
    const { looks } = served.run;
    await vi.waitFor(() => expect(served.run.looks - looks).toBeGreaterThan(2));
    controller.abort();
    const { code, out } = await ended;
    expect(out.split("\n")).toHaveLength(2);
    expect(code).toBe(0);
  });

  it("ends when the shepherd has", async () => {
    const ended = top(["--interval", "0.1"]);
    await vi.waitFor(() => expect(served.run.looks).toBeGreaterThan(2));
    rmSync(join(served.folder, "shepherd.json"));
    await served.stop();
    const { code, err } = await ended;
    expect([code, err]).toEqual([0, "pcp-train: the shepherd has ended\n"]);
  });

  it("says what is wrong with what it was given", async () => {
    const { code, err } = await top(["--join", "x y"]);
    expect([code, err]).toEqual([1, expect.stringContaining("not a join token")]);
    const both = await top([".", "--join", "x"]);
    expect([both.code, both.err]).toEqual([2, expect.stringContaining("not both")]);
    const never = await top(["--interval", "0"]);
    expect([never.code, never.err]).toEqual([2, expect.stringContaining("from 0.1 to 3600")]);
    const elsewhere = await top(["/dev"]);
    expect([elsewhere.code, elsewhere.err]).toEqual([
      1,
      "pcp-train: error: '/dev' holds no distributed run\n",
    ]);
    rmSync(join(served.folder, "shepherd.json"));
    const stopped = await top([]);
    expect([stopped.code, stopped.err]).toEqual([1, expect.stringContaining("no shepherd of")]);
  });

  it("says so when nothing listens any more", async () => {
    const { folder } = served;
    await served.stop();
    const { code, err } = await top([folder]);
    expect([code, err]).toEqual([1, expect.stringContaining("nothing listens at")]);
  });
});

const hasTmux = (() => {
  try {
    execFileSync("tmux", ["-V"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

describe.skipIf(!hasTmux)("top in a real terminal (needs tmux)", () => {
  let folder: string;
  let socket: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "pcp-top-"));
  });
  beforeEach(() => {
    socket = join(folder, "tmux.socket");
  });
  afterEach(() => execa("tmux", ["-S", socket, "kill-server"], { reject: false }).then(() => {}));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const tmux = async (...args: readonly string[]): Promise<string> =>
    (await execa("tmux", ["-S", socket, ...args])).stdout;
  const screen = () => tmux("capture-pane", "-p");
  const until = (expectation: (text: string) => void) =>
    vi.waitFor(async () => expectation(await screen()), { timeout: 30_000, interval: 100 });
  /** Runs top in a shell that tells what the terminal is like afterwards. */
  const begin = (environment = ""): Promise<string> =>
    tmux(
      ...["-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24"],
      `env -u CI -u NO_COLOR sh -c 'echo before; ${environment} ${process.execPath} ${bin("pcp-train")} top ${served.folder}; echo "after $?"; stty -a | tr " ;" "\\n\\n" | grep -xE -- "-?(echo|icanon)"; cat'`,
    );

  it("draws, follows keys and a new size, and leaves the terminal as it was", async () => {
    await begin();
    await until((text) => expect(text).toContain("demo-7f3a"));
    const first = await screen();
    expect(first).not.toContain("before");
    expect(first).toMatch(/w3 +silent/);
    expect(first.split("\n").every((line) => line.length <= 80)).toBe(true);
    expect(first).toContain("q detach");
    await tmux("send-keys", "/", "cpu", "Enter", "s");
    await until((text) => {
      expect(text).toContain("1-4 of 4  filter 'cpu'");
      expect(text).toContain("state▲");
    });
    await tmux("resize-window", "-x", "132", "-y", "30");
    await until((text) => expect(text).toMatch(/device +host +reason/));
    await tmux("send-keys", "q");
    await until((text) => expect(text).toContain("after 0"));
    const last = await screen();
    expect(last).toContain("before");
    expect(last).toContain("detached; the run is as it was");
    expect(last).not.toContain("q detach");
    expect(last).toMatch(/^echo$/m);
    expect(last).toMatch(/^icanon$/m);
    expect(await tmux("display-message", "-p", "#{alternate_on} #{cursor_flag}")).toBe("0 1");
    expect(served.run.asked).toEqual([]);
  });

  it("gives the terminal back when it crashes", async () => {
    const crash = join(folder, "crash.mjs");
    writeFileSync(crash, 'process.on("SIGUSR2", () => { throw new Error("a bug"); });');
    await begin(`NODE_OPTIONS="--import ${crash}"`);
    await until((text) => expect(text).toContain("demo-7f3a"));
    const shell = await tmux("display-message", "-p", "#{pane_pid}");
    execFileSync("pkill", ["-USR2", "-P", shell, "node"]);
    await until((text) => expect(text).toContain("after"));
    const last = await screen();
    expect(last).toContain("before");
    expect(last).toContain("a bug");
    expect(last).toMatch(/^echo$/m);
    expect(last).toMatch(/^icanon$/m);
    expect(await tmux("display-message", "-p", "#{alternate_on} #{cursor_flag}")).toBe("0 1");
  });
});
