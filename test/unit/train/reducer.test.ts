/** @file The reducer of real runs: merging threads, files in a store, and the same bytes as in memory. */
import { existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { dir } from "tmp-promise";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sha256 } from "#lib/runtime/cache.ts";
import { LocalReducer } from "#lib/train/cluster/reducer.ts";
import { makeFragments } from "#lib/train/diloco/fragments.ts";
import { DamagedBlob } from "#lib/train/diloco/merge-fragment.ts";
import { initialState, type ModuleStep } from "#lib/train/diloco/reduce.ts";
import { encodeGradient, encodeUpdate } from "#lib/train/diloco/wire.ts";
import type { BlobStore } from "#lib/train/net/blob-store.ts";
import { openDiskStore } from "#lib/train/net/disk-store.ts";
import type {
  Algorithm,
  MergePlan,
  OuterPlan,
  RunPlan,
  WirePlan,
} from "#lib/train/protocol/plan.ts";
import type { MergeRequest } from "#lib/train/protocol/ports.ts";
import type { FragmentState } from "#lib/train/protocol/records.ts";
import { MemoryReducer } from "../../simulation/memory-reducer.ts";
import { noise } from "./support.ts";

const ROOT = join(import.meta.dirname, "../../..");
/** More than one block of the merging loop, and an end within a chunk. */
const ELEMENTS = 64 * 4096 + 4096 + 77;

let folder: string;
let cleanup: () => Promise<void>;
let threadFile: URL;
let stores = 0;
const reducers: LocalReducer[] = [];

beforeAll(async () => {
  const made = await dir({ unsafeCleanup: true, prefix: "pcp-reducer-" });
  [folder, cleanup] = [made.path, made.cleanup];
  const outfile = join(folder, "merge-worker.mjs");
  await build({
    absWorkingDir: ROOT,
    entryPoints: ["lib/train/cluster/merge-worker.ts"],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20.11",
  });
  threadFile = pathToFileURL(outfile);
});
afterAll(async () => {
  await Promise.all(reducers.map((reducer) => reducer.close()));
  await cleanup();
});

type Plan = Pick<RunPlan, "fragments" | "algorithm" | "outer" | "merge" | "wire">;
const MEAN: MergePlan = { kind: "mean", clipFactor: 3, trimFraction: 0.34, normGate: null };
const NESTEROV: OuterPlan = { kind: "nesterov", learningRate: 0.6, momentum: 0.9, delay: 1 };
const wireOf = (
  up: WirePlan["up"],
  down: WirePlan["down"],
  topK: number | null = null,
): WirePlan => ({
  up,
  down,
  topK,
  downTopK: topK,
  errorDecay: topK === null ? null : 0.95,
});

function planOf(wire: WirePlan, changes: Partial<Plan> = {}): Plan {
  const tensors = [
    {
      name: "embedding",
      shape: [ELEMENTS - 77, 1],
      elements: ELEMENTS - 77,
      role: "param" as const,
    },
    { name: "running", shape: [7], elements: 7, role: "buffer" as const },
    { name: "head", shape: [70], elements: 70, role: "param" as const },
  ];
  const fragments = makeFragments(tensors, { count: 1, kind: "whole" });
  return { fragments, algorithm: "diloco", outer: NESTEROV, merge: MEAN, wire, ...changes };
}

const values = (seed: number, scale = 1): Float32Array => noise(ELEMENTS, seed, scale);

async function open(plan: Plan, options: { threads?: number; moduleStep?: ModuleStep } = {}) {
  const store = await openDiskStore({ folder: join(folder, `store${stores++}`) }, Date.now());
  const { threads = 1, ...rest } = options;
  const reducer = new LocalReducer({ plan, store, threads, threadFile, ...rest });
  reducers.push(reducer);
  return { store, reducer };
}

/** Hands the same updates to a reducer in memory and one with threads, for some rounds; their states must be the same. */
async function compare(
  plan: Plan,
  rounds: number,
  moduleStep?: ModuleStep,
): Promise<FragmentState[]> {
  const step = moduleStep === undefined ? {} : { moduleStep };
  const { store, reducer } = await open(plan, step);
  const memory = new MemoryReducer({ plan, blobs: new Map(), sha256, ...step });
  const fragment = plan.fragments[0] as Plan["fragments"][number];
  const start = values(1);
  const put = async (bytes: Uint8Array) => {
    await memory.put(bytes);
    return store.put(bytes);
  };
  let state = await initialState(fragment, start, plan.wire, put);
  const states = [state];
  for (let round = 0; round < rounds; round++) {
    const updates: MergeRequest["updates"][number][] = [];
    for (const [index, weight] of [3, 5, 1].entries()) {
      const change = values(10 * round + index + 2, 0.01);
      const local = start.map((value, i) => value - (change[i] as number));
      const { bytes } =
        plan.algorithm === "data_parallel"
          ? encodeGradient(fragment, change, plan.wire, null)
          : encodeUpdate(fragment, local, start, plan.wire, null);
      const { digest } = await put(bytes);
      const base = (states[0] as FragmentState).published.digest;
      updates.push({ worker: `w${index}`, digest, base, weight, scale: index === 2 ? 0.5 : 1 });
      expect(await reducer.inspect(0, digest, base)).toEqual(await memory.inspect(0, digest, base));
    }
    const request = { fragment: 0, state, updates, tokens: 100 * round };
    const reply = await reducer.merge(request);
    expect(reply).toEqual(await memory.merge(request));
    expect(await reducer.merge(request)).toEqual(reply);
    state = reply.state;
    states.push(state);
  }
  return states;
}

const filesIn = (path: string): string[] => (existsSync(path) ? readdirSync(path) : []);

describe("a reducer with threads makes the same blobs as one in memory", () => {
  const delayed: OuterPlan = { ...NESTEROV, kind: "delayed_nesterov", delay: 2 };
  it.each<[string, WirePlan, Partial<Plan>]>([
    ["f32 both ways", wireOf("f32", "f32"), {}],
    ["bf16 both ways", wireOf("bf16", "bf16"), {}],
    ["int8 up, differences of int8 down", wireOf("int8", "int8"), {}],
    ["the largest of int4 both ways", wireOf("int4", "int4", 512), {}],
    ["f32 up, trimmed", wireOf("f32", "bf16"), { merge: { ...MEAN, kind: "trimmed" } }],
    ["delayed Nesterov", wireOf("int8", "bf16"), { algorithm: "decoupled", outer: delayed }],
    ["whole int8 down", { ...wireOf("int8", "int8"), downWhole: true }, { outer: delayed }],
  ])("%s", async (_, wire, changes) => {
    const states = await compare(planOf(wire, changes), 2);
    expect(states.map(({ version }) => version)).toEqual([0, 1, 2]);
    expect(new Set(states.map(({ parameters }) => parameters.digest)).size).toBe(3);
  });

  it("a module's own optimizer", async () => {
    const seen: number[] = [];
    const step: ModuleStep = async ({ parameters, state, gradient, tokens }) => {
      seen.push(tokens);
      const count = (state?.[0] ?? 0) + 1;
      return {
        parameters: parameters.map((value, i) => value - 0.1 * count * (gradient[i] as number)),
        state: Float32Array.of(count, 7, 7),
      };
    };
    const algorithm: Algorithm = "data_parallel";
    const outer: OuterPlan = { kind: "module", learningRate: 1, momentum: 0, delay: 1 };
    const states = await compare(planOf(wireOf("f32", "int8"), { algorithm, outer }), 2, step);
    expect(states.at(-1)?.momentum).not.toBeNull();
    expect(new Set(seen)).toEqual(new Set([0, 100]));
  });
});

it("more updates than files may be open", async () => {
  const tensors = [{ name: "w", shape: [5000], elements: 5000, role: "param" as const }];
  const fragments = makeFragments(tensors, { count: 1, kind: "whole" });
  const plan = { ...planOf(wireOf("f32", "f32")), fragments };
  const fragment = fragments[0] as Plan["fragments"][number];
  const { store, reducer } = await open(plan);
  const memory = new MemoryReducer({ plan, blobs: new Map(), sha256 });
  const put = async (bytes: Uint8Array) => {
    await memory.put(bytes);
    return store.put(bytes);
  };
  const start = values(1).slice(0, 5000);
  const state = await initialState(fragment, start, plan.wire, put);
  const updates: MergeRequest["updates"][number][] = [];
  for (let i = 0; i < 140; i++) {
    const local = start.map((value) => value * (1 + i / 1000));
    const { digest } = await put(encodeUpdate(fragment, local, start, plan.wire, null).bytes);
    const base = state.published.digest;
    updates.push({ worker: `w${i}`, digest, base, weight: i, scale: 1 });
  }
  const request = { fragment: 0, state, updates };
  expect(await reducer.merge(request)).toEqual(await memory.merge(request));
});

describe("what goes wrong", () => {
  const plan = planOf(wireOf("int8", "int8"));
  const fragment = plan.fragments[0] as Plan["fragments"][number];

  async function prepared(): Promise<{
    store: BlobStore;
    reducer: LocalReducer;
    state: FragmentState;
    digest: string;
  }> {
    const { store, reducer } = await open(plan);
    const state = await initialState(fragment, values(1), plan.wire, (bytes) => store.put(bytes));
    const { bytes } = encodeUpdate(fragment, values(2), values(1), plan.wire, null);
    return { store, reducer, state, digest: (await store.put(bytes)).digest };
  }
  const requestOf = (state: FragmentState, digest: string): MergeRequest => ({
    fragment: 0,
    state,
    updates: [{ worker: "w", digest, base: state.published.digest, weight: 1, scale: 1 }],
  });

  it("a blob that is not an update is told of, and leaves no file behind when merged", async () => {
    const { store, reducer, state } = await prepared();
    const { digest } = await store.put(new TextEncoder().encode("not an update"));
    const { problem } = await reducer.inspect(0, digest, state.published.digest);
    expect(problem).toMatch(/not the pseudo_gradient of fragment 0 in int8: it has 13 bytes where/);
    await expect(reducer.merge(requestOf(state, digest))).rejects.toThrow(DamagedBlob);
    expect(filesIn(store.workFolder)).toEqual([]);
  });

  it("a blob that is not there", async () => {
    const { reducer, state } = await prepared();
    expect(await reducer.has(0, "0".repeat(64))).toBe(false);
    await expect(reducer.merge(requestOf(state, "0".repeat(64)))).rejects.toThrow(
      /is not in the store/,
    );
  });

  it("values that are not finite are seen", async () => {
    const { store, reducer, state } = await prepared();
    const local = values(2);
    local[ELEMENTS - 1] = Number.NaN;
    const { bytes } = encodeUpdate(fragment, local, values(1), plan.wire, null);
    const { digest } = await store.put(bytes);
    const base = state.published.digest;
    expect(await reducer.inspect(0, digest, base)).toEqual({
      finite: false,
      squaredNorm: 0,
      problem: null,
    });
  });

  it("a thread that cannot start fails the merge, not the process", async () => {
    const { store, state, digest } = await prepared();
    const broken = join(folder, "broken.mjs");
    writeFileSync(broken, "throw new Error('no such luck');");
    const reducer = new LocalReducer({
      plan,
      store,
      threads: 1,
      threadFile: pathToFileURL(broken),
    });
    reducers.push(reducer);
    for (let i = 0; i < 2; i++)
      await expect(reducer.merge(requestOf(state, digest))).rejects.toThrow("no such luck");
  });

  it("after it is closed it says so", async () => {
    const { reducer, state, digest } = await prepared();
    await reducer.close();
    await expect(reducer.merge(requestOf(state, digest))).rejects.toThrow(/have been ended/);
  });
});

it("the event loop goes on while a merge is under way, and merges run side by side", async () => {
  const plan = planOf(wireOf("f32", "int8"));
  const fragment = plan.fragments[0] as Plan["fragments"][number];
  const { store, reducer } = await open(plan, { threads: 2 });
  const state = await initialState(fragment, values(1), plan.wire, (bytes) => store.put(bytes));
  const digests: string[] = [];
  for (let i = 0; i < 12; i++)
    digests.push(
      (await store.put(encodeUpdate(fragment, values(i + 2), values(1), plan.wire, null).bytes))
        .digest,
    );
  const base = state.published.digest;
  const updates = digests.map((digest, i) => ({
    worker: `w${i}`,
    digest,
    base,
    weight: 1 + i,
    scale: 1,
  }));
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  const replies = await Promise.all(
    [1, 2, 3].map(() => reducer.merge({ fragment: 0, state, updates })),
  );
  clearInterval(timer);
  expect(new Set(replies.map((reply) => JSON.stringify(reply))).size).toBe(1);
  expect(turns).toBeGreaterThan(3);
  const made = replies[0]?.state.published;
  const path = await store.path(made?.digest ?? "");
  expect(statSync(path ?? "").size).toBe(made?.bytes);
});
