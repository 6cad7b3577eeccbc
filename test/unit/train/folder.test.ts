/** @file A folder belongs to one process at a time: of many that want it at the same moment one gets it, whatever was left behind. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { claimFolder, FolderTaken } from "#lib/train/folder.ts";
import { root } from "../tools/processes.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pcp-folder-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const THREADS = 4;
const FOLDERS = 150;

/** Claims numbered folders, each when the gate has its number; says which it has got. */
const CLAIMANT = `
  import { parentPort, workerData } from "node:worker_threads";
  import { claimFolder, FolderTaken } from "./lib/train/folder.ts";
  const gate = new Int32Array(workerData.gate);
  parentPort.once("message", () => {
    const got = [];
    for (let number = 1; number <= workerData.folders; number++) {
      while (Atomics.load(gate, 0) < number - 1) Atomics.wait(gate, 0, number - 2, 1);
      try {
        claimFolder(workerData.folder + "/" + number);
        got.push(number);
      } catch (error) {
        if (!(error instanceof FolderTaken)) throw error;
      }
      // The last one of all opens the next folder.
      if (Atomics.add(gate, 1, 1) === workerData.threads * number - 1) Atomics.store(gate, 0, number);
    }
    parentPort.postMessage(got);
  });
  parentPort.postMessage("ready");`;

const message = (thread: Worker): Promise<unknown> =>
  new Promise((resolve, reject) => {
    thread.once("message", resolve);
    thread.once("error", reject);
  });

/** Who gets each of many folders, all wanted by several threads at the same moments; how many get each. */
async function owners(place: string): Promise<number[]> {
  const file = join(folder, "claimant.mjs");
  await build({
    stdin: { contents: CLAIMANT, resolveDir: root, loader: "ts" },
    ...{ bundle: true, platform: "node", format: "esm", outfile: file, logLevel: "error" },
  });
  const workerData = {
    ...{ gate: new SharedArrayBuffer(8), folder: place, folders: FOLDERS, threads: THREADS },
  };
  const threads = Array.from({ length: THREADS }, () => new Worker(file, { workerData }));
  try {
    await Promise.all(threads.map(message));
    const results = threads.map(message);
    for (const thread of threads) thread.postMessage("go");
    const got = (await Promise.all(results)).flat();
    return Array.from(
      { length: FOLDERS },
      (_, index) => got.filter((number) => number === index + 1).length,
    );
  } finally {
    for (const thread of threads) await thread.terminate();
  }
}

const one = Array.from({ length: FOLDERS }, () => 1);

describe("a folder", () => {
  it("that nobody has goes to one of many", async () => {
    expect(await owners(join(folder, "new"))).toEqual(one);
  }, 60_000);

  it("that a killed process has left goes to one of many, and nothing else stays", async () => {
    const place = join(folder, "left");
    for (let number = 1; number <= FOLDERS; number++) {
      mkdirSync(join(place, String(number)), { recursive: true });
      const owner = { pid: 2 ** 22 - 1, host: hostname(), started: "1" };
      writeFileSync(join(place, String(number), "run.lock"), `${JSON.stringify(owner)}\n`);
    }
    expect(await owners(place)).toEqual(one);
    for (const name of readdirSync(place))
      expect(readdirSync(join(place, name))).toEqual(["run.lock"]);
  }, 60_000);

  it("is free again once it is released, by whoever has it", () => {
    const place = join(folder, "released");
    const first = claimFolder(place);
    expect(() => claimFolder(place)).toThrow(FolderTaken);
    const lock = readFileSync(join(place, "run.lock"), "utf8");
    first.release();
    const second = claimFolder(place);
    expect(readFileSync(join(place, "run.lock"), "utf8")).not.toBe(lock);
    // Who has released it has it no more.
    first.release();
    expect(() => claimFolder(place)).toThrow(FolderTaken);
    second.release();
    expect(() => readdirSync(place)).toThrow("ENOENT");
  });
});
