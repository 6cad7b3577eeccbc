/** @file Runs whose fragments are merged by reducer processes: the same numbers as without, also when one of them is killed. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ResultPromise } from "execa";
import { dir } from "tmp-promise";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { isProblem } from "#lib/support/problem.ts";
import { readJournal } from "#lib/train/cluster/journal.ts";
import { ownerOf } from "#lib/train/cluster/sharded-reducer.ts";
import { isAlive, root, run, start, until } from "./processes.ts";

const FRAGMENTS = 4;
let folder: string;
let cleanup: () => Promise<void>;
let expected: readonly string[];
const running: ResultPromise[] = [];

const config = {
  model_path: join(root, "examples/nanochat/small.mlir"),
  data_path: "text.txt",
  engine: "interp",
  learning_rate: 0.005,
  algorithm: "streaming",
  fragments: FRAGMENTS,
  workers: 2,
  quorum: 2,
  tau: 4,
  outer_loop_steps: 4,
  eval_every: 0,
  checkpoint_every: 8,
  round_deadline: 300,
  checkpoint_dir: "run",
  keep_updates: true,
};

function settle(name: string): string {
  const place = join(folder, name);
  writeFileSync(`${place}.json`, JSON.stringify({ ...config, checkpoint_dir: name }));
  return place;
}

const command = (name: string, ...rest: readonly string[]): string[] => [
  ...["--config", join(folder, `${name}.json`), "--workers", "2", ...rest],
];

/** States of all fragments after every merge, in order. */
async function merges(place: string): Promise<string[]> {
  const journal = await readJournal(join(place, "journal.jsonl"));
  if (isProblem(journal)) throw new Error(journal.problem);
  return journal.records.flatMap((record) =>
    record.kind === "commit"
      ? record.fragments.map(({ fragment, state }) =>
          [
            record.round,
            fragment,
            state.version,
            state.parameters.digest,
            state.momentum?.digest,
          ].join(" "),
        )
      : [],
  );
}

/** Resolves with the groups of the first line that matches. */
function line(child: ResultPromise, pattern: RegExp): Promise<readonly string[]> {
  let text = "";
  return new Promise((resolve, reject) => {
    child.stderr?.on("data", (chunk: Buffer) => {
      text += chunk.toString("utf8");
      const match = pattern.exec(text);
      if (match !== null) resolve(match.slice(1));
    });
    void child.then(() => reject(new Error(`it ended without ${pattern}:\n${text}`)));
  });
}

/** What a shepherd says that workers are to be started with. */
function joined(child: ResultPromise): Promise<{ joinToken: string }> {
  let text = "";
  return new Promise((resolve) => {
    const look = (chunk: string): void => {
      text += chunk;
      const joinToken = /--join (\S+)\n/.exec(text)?.[1];
      if (joinToken !== undefined) resolve({ joinToken });
    };
    child.stdout?.on("data", (chunk: Buffer) => look(chunk.toString("utf8")));
  });
}

const gone = (pids: readonly number[]): Promise<void> =>
  until("processes to be gone", () => !pids.some(isAlive));

beforeAll(async () => {
  const made = await dir({ unsafeCleanup: true, prefix: "pcp-reducers-" });
  [folder, cleanup] = [made.path, made.cleanup];
  writeFileSync(
    join(folder, "text.txt"),
    "the quick brown fox jumps over the lazy dog. ".repeat(400),
  );
  const place = settle("star");
  const { exitCode, stderr } = await run("pcp-train", command("star"), { timeout: 120_000 });
  expect(exitCode, stderr).toBe(0);
  expected = await merges(place);
  expect(expected).toHaveLength(FRAGMENTS * config.outer_loop_steps);
}, 150_000);
afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
});
afterAll(() => cleanup());

/** Starts a run with two reducers, and hears of their processes. */
async function sharded(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ child: ResultPromise; pids: number[] }> {
  const child = start("pcp-train", [...args, "--reducers", "2"], { env, timeout: 150_000 });
  running.push(child);
  const pids = await Promise.all(
    [/reducer 0 started \(process (\d+)\)/, /reducer 1 started \(process (\d+)\)/].map(
      async (pattern) => Number((await line(child, pattern))[0]),
    ),
  );
  return { child, pids };
}

/** Starts the two workers of a run; their backend is that of the other runs. */
const startWorkers = (place: string, joinToken: string): ResultPromise[] =>
  ["w0", "w1"].map((name) => {
    const worker = start(
      "pcp-train",
      [
        "--worker",
        "--backend",
        "interp",
        "--name",
        name,
        "--state-dir",
        join(place, "workers", name),
      ],
      { env: { PCP_JOIN_TOKEN: joinToken }, timeout: 150_000 },
    );
    running.push(worker);
    return worker;
  });

describe("reducer processes", () => {
  it("one is killed in the middle of a run: it comes back with its blobs, and the run ends with the same states", async () => {
    const place = settle("killed");
    const { child, pids } = await sharded(command("killed"));
    const again = line(child, /reducer 1 started again \(process (\d+)\)/);
    const told = line(child, /reducer 1: it ended with SIGKILL; its fragments wait/);
    await line(child, /round 1\/4/);
    process.kill(pids[1] as number, "SIGKILL");
    await told;
    const [pid] = await again;
    const { exitCode, stderr } = await child;
    expect(exitCode, String(stderr)).toBe(0);
    expect(await merges(place)).toEqual(expected);
    await gone([...pids, Number(pid)]);
    const replayed = await run("pcp-train", ["replay", place, "--json"], { timeout: 120_000 });
    expect(replayed.exitCode, replayed.stderr).toBe(0);
    expect(JSON.parse(replayed.stdout.trim().split("\n").at(-1) ?? "")).toEqual({
      ...{ same: expected.length, differs: 0, gone: 0, empty: 0 },
    });
    for (const reducer of [0, 1]) {
      const blobs = join(place, "reducers", String(reducer), "blobs");
      expect(readdirSync(blobs).length).toBeGreaterThan(1);
    }
    // No secret is in the arguments that others may read, nor in the settings.
    const settings = readFileSync(join(place, "reducers/0/reducer.json"), "utf8");
    const token = readFileSync(join(place, "secrets/operator.token"), "utf8").trim();
    expect(settings).not.toContain(token);
    expect(ownerOf(3, 2)).toBe(1);
  }, 200_000);

  it("the shepherd is killed: its reducers end with it, and the resumed run ends with the same states", async () => {
    const place = settle("resumed");
    const role = ["--shepherd", "--config", join(folder, "resumed.json"), "--listen"];
    const first = await sharded([...role, "127.0.0.1:0"], {
      PCP_FAIL_POINT: "shepherd.after-commit:6",
    });
    const [port = ""] = await line(first.child, /listening on http:\/\/127\.0\.0\.1:(\d+)/);
    const { joinToken } = await joined(first.child);
    const workers = startWorkers(place, joinToken);
    const { signal } = (await first.child) as { signal?: string };
    expect(signal).toBe("SIGKILL");
    await gone(first.pids);
    expect((await merges(place)).length).toBe(6);
    const second = await sharded([...role, `127.0.0.1:${port}`, "--resume"]);
    for (const child of [second.child, ...workers]) {
      const { exitCode, stderr } = await child;
      expect(exitCode, String(stderr)).toBe(0);
    }
    expect(await merges(place)).toEqual(expected);
    await gone(second.pids);
  }, 200_000);
});

describe("mistakes", () => {
  it("more reducers than fragments, and settings that are not there", async () => {
    settle("many");
    const many = await run("pcp-train", command("many", "--reducers", "9"));
    expect(many.exitCode).toBe(1);
    expect(many.stderr).toContain("9 are more than the 4 fragments of the run");
    const none = await run("pcp-train", ["--reducer", join(folder, "nothing.json")]);
    expect(none.exitCode).toBe(2);
    expect(none.stderr).toContain("cannot read the settings of a reducer");
  });
});
