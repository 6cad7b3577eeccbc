/** @file Reducers behind servers of their own make the same blobs as one in this process, and fragments of one that is down wait. */
import { join } from "node:path";
import { dir } from "tmp-promise";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { sha256 } from "#lib/runtime/cache.ts";
import { isProblem } from "#lib/support/problem.ts";
import { LocalReducer } from "#lib/train/cluster/reducer.ts";
import {
  type ReducerSettings,
  type RunningReducer,
  readReducerSettings,
  startReducer,
} from "#lib/train/cluster/reducer-role.ts";
import { ownerOf, type ReducerOwner, ShardedReducer } from "#lib/train/cluster/sharded-reducer.ts";
import { ShardedBlobs } from "#lib/train/cluster/sharded-reducer-blobs.ts";
import { makeFragments } from "#lib/train/diloco/fragments.ts";
import { DamagedBlob } from "#lib/train/diloco/merge-fragment.ts";
import { initialState } from "#lib/train/diloco/reduce.ts";
import { encodeUpdate } from "#lib/train/diloco/wire.ts";
import { systemClock } from "#lib/train/launch/system-clock.ts";
import { openAuthority } from "#lib/train/net/authority.ts";
import type { BlobStore } from "#lib/train/net/blob-store.ts";
import { connectShepherd, type ShepherdClient } from "#lib/train/net/client.ts";
import { ClientError } from "#lib/train/net/connection.ts";
import { openDiskStore } from "#lib/train/net/disk-store.ts";
import {
  connectReducer,
  type ReducerClient,
  SHEPHERD_INCARNATION,
  SHEPHERD_NAME,
} from "#lib/train/net/reducer-client.ts";
import { loadTlsIdentity } from "#lib/train/net/tls.ts";
import type { Fragment, RunPlan } from "#lib/train/protocol/plan.ts";
import type { MergeReply, MergeRequest } from "#lib/train/protocol/ports.ts";
import type { FragmentState } from "#lib/train/protocol/records.ts";
import { newIncarnation, startTestServer } from "./net-support.ts";
import { noise } from "./support.ts";

const clock = systemClock(Date.now);
const names = ["a", "b", "c", "d", "e"];
const plan: Pick<RunPlan, "fragments" | "algorithm" | "outer" | "merge" | "wire"> = {
  fragments: makeFragments(
    names.map((name, i) => ({ name, shape: [900 + i], elements: 900 + i, role: "param" })),
    { count: names.length, kind: "balanced" },
  ),
  algorithm: "streaming",
  outer: { kind: "nesterov", learningRate: 0.6, momentum: 0.9, delay: 1 },
  merge: { kind: "mean", clipFactor: 2, trimFraction: 0.1, normGate: null },
  wire: { up: "int8", down: "int8", topK: null, errorDecay: null },
};

let root: string;
let cleanup: () => Promise<void>;
let folders = 0;
beforeAll(async () => {
  const made = await dir({ unsafeCleanup: true, prefix: "pcp-sharded-" });
  [root, cleanup] = [made.path, made.cleanup];
});
afterAll(() => cleanup());

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A reducer of this process that can be taken down and brought back. */
class TestOwner implements ReducerOwner {
  readonly index: number;
  readonly #settings: ReducerSettings;
  readonly #connect: (url: string) => Promise<ReducerClient>;
  #running: RunningReducer | null = null;
  #client: ReducerClient | null = null;
  readonly gone = false;

  constructor(settings: ReducerSettings, connect: (url: string) => Promise<ReducerClient>) {
    this.index = settings.index;
    this.#settings = settings;
    this.#connect = connect;
  }

  get url(): string | null {
    return this.#running?.ready.url ?? null;
  }

  async up(): Promise<void> {
    const started = await startReducer({
      settings: this.#settings,
      now: Date.now,
      monotonic: () => performance.now(),
      log: (message) => expect.fail(message),
      threadFile: null,
    });
    if (isProblem(started)) throw new Error(started.problem);
    this.#running = started;
    this.#client = await this.#connect(started.ready.url);
  }

  async down(): Promise<void> {
    await this.#client?.close();
    await this.#running?.close();
    [this.#client, this.#running] = [null, null];
  }

  async ready(milliseconds: number): Promise<ReducerClient> {
    const until = performance.now() + milliseconds;
    while (this.#client === null) {
      if (performance.now() >= until) throw new ClientError("network", `${this.index} is down`);
      await clock.sleep(10);
    }
    return this.#client;
  }
}

interface Cluster {
  readonly owners: TestOwner[];
  readonly store: BlobStore;
  readonly blobs: ShardedBlobs;
  readonly reducer: ShardedReducer;
  worker(url: string): Promise<ShepherdClient>;
}

async function cluster(reducers: number, secure = false, at?: string): Promise<Cluster> {
  const folder = at ?? join(root, String(folders++));
  const secrets = join(folder, "secrets");
  const files = { certificate: null, key: null, clientAuthority: null };
  const tls = secure ? await loadTlsIdentity(secrets, files, [], Date.now()) : null;
  if (tls !== null && isProblem(tls)) throw new Error(tls.problem);
  const authority = openAuthority(secrets, Date.now);
  const connection = { fingerprint: tls?.fingerprint ?? null, ca: null };
  const owners = Array.from(
    { length: reducers },
    (_, index) =>
      new TestOwner(
        {
          ...{ index, reducers, plan, secrets, host: "127.0.0.1", port: 0, insecure: false },
          ...{ tls: secure ? files : null, names: [], threads: 1, shared: false },
          blobs: join(folder, `reducer${index}`),
        },
        (url) =>
          connectReducer(
            { ...connection, url },
            {
              operatorToken: authority.operatorToken,
              uploader: authority.workerCredential(SHEPHERD_NAME, SHEPHERD_INCARNATION),
            },
          ),
      ),
  );
  for (const owner of owners) {
    await owner.up();
    closing.push(() => owner.down());
  }
  const store = await openDiskStore({ folder: join(folder, "blobs") }, Date.now());
  const blobs = new ShardedBlobs(store, owners, clock);
  const reducer = new ShardedReducer({ plan, owners, blobs, clock });
  closing.push(() => blobs.close());
  return {
    ...{ owners, store, blobs, reducer },
    async worker(url) {
      const credential = authority.workerCredential("w1", newIncarnation());
      const client = await connectShepherd({ ...connection, url, credential });
      closing.push(() => client.close());
      return client;
    },
  };
}

const valuesOf = ({ elements, index }: Fragment): Float32Array => noise(elements, index + 1);

const initial = (store: BlobStore): Promise<FragmentState[]> =>
  Promise.all(
    plan.fragments.map((fragment) =>
      initialState(fragment, valuesOf(fragment), plan.wire, (bytes) => store.put(bytes)),
    ),
  );

/** What a worker uploads in a round. */
function updateOf(fragment: Fragment, seed: number): Uint8Array {
  const start = valuesOf(fragment);
  const change = noise(fragment.elements, 100 * seed + fragment.index, 0.01);
  const local = start.map((value, i) => value - (change[i] as number));
  return encodeUpdate(fragment, local, start, plan.wire, null).bytes;
}

const requestOf = (
  fragment: number,
  state: FragmentState,
  digests: readonly string[],
): MergeRequest => ({
  ...{ fragment, state, tokens: 7 },
  updates: digests.map((digest, i) => ({
    ...{ worker: `w${i}`, digest, weight: i + 1, scale: 1 },
    base: state.published.digest,
  })),
});

const placed = (states: readonly FragmentState[]) =>
  states.flatMap(({ parameters, published }, fragment) =>
    [parameters, published].map((blob) => ({ fragment, blob })),
  );

/** Two rounds of two workers whose updates go straight to the owners; what the merges replied. */
async function rounds({ owners, store, reducer, worker }: Cluster): Promise<MergeReply[]> {
  let states = await initial(store);
  await reducer.place(placed(states));
  const replies: MergeReply[] = [];
  for (let round = 0; round < 2; round++) {
    const merged: FragmentState[] = [];
    for (const fragment of plan.fragments) {
      const { index } = fragment;
      const client = await worker(owners[ownerOf(index, owners.length)]?.url ?? "");
      const digests: string[] = [];
      for (const seed of [2 * round + 1, 2 * round + 2]) {
        const bytes = updateOf(fragment, seed);
        const digest = sha256(bytes);
        await client.upload(digest, bytes, index);
        digests.push(digest);
      }
      const state = states[index] as FragmentState;
      const [digest = ""] = digests;
      expect(await reducer.has(index, digest)).toBe(true);
      const { finite, problem } = await reducer.inspect(index, digest, state.published.digest);
      expect({ finite, problem }).toEqual({ finite: true, problem: null });
      const reply = await reducer.merge(requestOf(index, state, digests));
      replies.push(reply);
      merged.push(reply.state);
    }
    states = merged;
  }
  return replies;
}

async function locally(): Promise<MergeReply[]> {
  const folder = join(root, String(folders++));
  const store = await openDiskStore({ folder }, Date.now());
  const reducer = new LocalReducer({ plan, store, threads: 1, threadFile: null });
  let states = await initial(store);
  const replies: MergeReply[] = [];
  for (let round = 0; round < 2; round++) {
    const merged: FragmentState[] = [];
    for (const fragment of plan.fragments) {
      const digests: string[] = [];
      for (const seed of [2 * round + 1, 2 * round + 2])
        digests.push((await store.put(updateOf(fragment, seed))).digest);
      const state = states[fragment.index] as FragmentState;
      const reply = await reducer.merge(requestOf(fragment.index, state, digests));
      replies.push(reply);
      merged.push(reply.state);
    }
    states = merged;
  }
  await reducer.close();
  return replies;
}

describe("fragments of several reducers", () => {
  it.each([
    [1, false],
    [2, false],
    [3, true],
  ])(
    "%i reducers, TLS %s: the same states as in one process, on the owner's disk alone",
    async (reducers, secure) => {
      const made = await cluster(reducers, secure);
      const replies = await rounds(made);
      expect(replies).toEqual(await locally());
      const { state } = replies.at(-1) as MergeReply;
      const owner = made.owners[ownerOf(4, reducers)];
      for (const each of made.owners)
        expect(await (await each.ready(0)).sizes([state.parameters.digest])).toEqual([
          each === owner ? state.parameters.bytes : null,
        ]);
      expect(await made.store.has(state.parameters.digest)).toBe(false);
    },
  );

  it("all blobs can be read, copied, listed and removed through the shepherd's view", async () => {
    const { owners, store, blobs, ...rest } = await cluster(2);
    const [reply] = await rounds({ owners, store, blobs, ...rest });
    const { digest, bytes } = (reply as MergeReply).state.published;
    expect(await blobs.size(digest)).toBe(bytes);
    const read = await blobs.read(digest);
    expect(sha256(read as Uint8Array)).toBe(digest);
    expect(await store.has(digest)).toBe(false);
    const paths = await Promise.all([blobs.path(digest), blobs.path(digest)]);
    expect(paths[0]).toBe(paths[1]);
    expect(await store.verify(digest)).toBe(true);
    const listed: string[] = [];
    for await (const blob of blobs.list()) listed.push(blob.digest);
    expect(listed.filter((each) => each === digest)).toHaveLength(1);
    await blobs.delete(digest);
    await blobs.close();
    expect(await blobs.has(digest)).toBe(false);
    expect(await blobs.read("0".repeat(64))).toBeNull();
  });

  it("another number of reducers: what the new owners lack is brought to them", async () => {
    const folder = join(root, String(folders++));
    const before = await cluster(2, false, folder);
    const states = (await rounds(before)).slice(-plan.fragments.length).map(({ state }) => state);
    const after = await cluster(3, false, folder);
    const fragment = plan.fragments[3] as Fragment;
    const state = states[3] as FragmentState;
    // Fragment 3 was of reducer 1 and is of reducer 0 now, which has neither its state nor the update.
    const update = updateOf(fragment, 9);
    const { digest } = await after.store.put(update);
    expect(await after.reducer.has(3, digest)).toBe(false);
    const reply = await after.reducer.merge(requestOf(3, state, [digest]));
    expect(reply.state.version).toBe(3);
    expect(await after.reducer.has(3, digest)).toBe(true);
    expect(await after.reducer.place(placed(states))).toBeGreaterThan(0);
    expect(await after.reducer.place(placed(states))).toBe(0);
  });
});

describe("what goes wrong", () => {
  it("a reducer that is down keeps its own fragments waiting and no others, and has its blobs when it is back", async () => {
    const { owners, store, reducer } = await cluster(2);
    const states = await initial(store);
    await reducer.place(placed(states));
    const [zero, one] = plan.fragments as [Fragment, Fragment];
    for (const fragment of [zero, one]) {
      const { digest, bytes } = await store.put(updateOf(fragment, 1));
      const path = (await store.path(digest)) as string;
      const owner = owners[fragment.index] as TestOwner;
      await (await owner.ready(0)).upload({ digest, bytes }, path, fragment.index);
    }
    const request = async (fragment: Fragment) =>
      requestOf(fragment.index, states[fragment.index] as FragmentState, [
        sha256(updateOf(fragment, 1)),
      ]);
    await (owners[1] as TestOwner).down();
    await expect(reducer.merge(await request(one))).rejects.toThrow(/1 is down/);
    expect((await reducer.merge(await request(zero))).state.version).toBe(1);
    // A call that began while it was down is answered once it is up.
    const has = reducer.has(1, sha256(updateOf(one, 1)));
    await (owners[1] as TestOwner).up();
    expect(await has).toBe(true);
    expect((await reducer.merge(await request(one))).state.version).toBe(1);
  });

  it("a blob that is nowhere fails the merge by its name", async () => {
    const { store, reducer } = await cluster(2);
    const states = await initial(store);
    await reducer.place(placed(states));
    const request = requestOf(0, states[0] as FragmentState, ["0".repeat(64)]);
    await expect(reducer.merge(request)).rejects.toThrow(DamagedBlob);
  });

  it("workers may upload updates of the owner's fragments, and ask nothing", async () => {
    const { owners, worker } = await cluster(2);
    const client = await worker(owners[0]?.url ?? "");
    const fragment = plan.fragments[1] as Fragment;
    const odd = new Uint8Array(12345);
    await expect(client.upload(sha256(odd), odd, 1)).rejects.toThrow(/no such blob/);
    // All fragments but the last of them have sizes of their own: this one belongs to the other reducer.
    const foreign = updateOf(fragment, 1);
    await expect(client.upload(sha256(foreign), foreign, 1)).rejects.toThrow(/no such blob/);
    for (const path of ["has", "inspect", "merge", "sizes", "delete", "list"])
      await expect(client.extra(`/v1/reducer/${path}`, {}, 5000)).rejects.toThrow(
        /needs an operator's credential/,
      );
  });

  it("a request that is none, or for a fragment of another reducer, is refused", async () => {
    const { owners } = await cluster(2);
    const client = await (owners[0] as TestOwner).ready(0);
    await expect(client.has(1, "0".repeat(64))).rejects.toThrow(/belongs to another reducer/);
    await expect(client.has(0, "not a digest")).rejects.toThrow(/not what a reducer is asked/);
  });

  it("settings that are none are told of", () => {
    expect(readReducerSettings(join(root, "nothing.json"))).toMatchObject({
      problem: expect.stringContaining("cannot read the settings"),
    });
    expect(readReducerSettings(join(import.meta.dirname, "../../../package.json"))).toMatchObject({
      problem: expect.stringContaining("does not hold the settings of a reducer"),
    });
  });
});

it("who uploads to the shepherd is sent to the fragment's owner, and downloads from there", async () => {
  const folder = join(root, String(folders++));
  const { owners, reducer } = await cluster(2, false, folder);
  const shepherd = await startTestServer({
    folder: join(folder, "secrets"),
    placeOf: (fragment) => owners[ownerOf(fragment, owners.length)]?.url ?? null,
  });
  closing.push(() => shepherd.close());
  const client = await shepherd.client();
  for (const fragment of plan.fragments) {
    const { index } = fragment;
    const bytes = updateOf(fragment, 1);
    const digest = sha256(bytes);
    await client.upload(digest, bytes, index);
    expect(await reducer.has(index, digest)).toBe(true);
    expect(await shepherd.store.has(digest)).toBe(false);
    const url = owners[ownerOf(index, owners.length)]?.url ?? null;
    expect(await client.download({ digest, bytes: bytes.byteLength }, url)).toEqual(bytes);
  }
});
