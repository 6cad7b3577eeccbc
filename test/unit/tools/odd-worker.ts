/** @file A worker of a distributed run inside the test, with the real protocol, connection and model, of which the test changes what it likes. */
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { cacheFolder, sha256 } from "#lib/runtime/cache.ts";
import { isProblem } from "#lib/support/problem.ts";
import { prepareWorker } from "#lib/train/cluster/worker-prepare.ts";
import { WorkerStates } from "#lib/train/cluster/worker-state.ts";
import { systemClock } from "#lib/train/launch/system-clock.ts";
import { joinShepherd, type ShepherdClient } from "#lib/train/net/client.ts";
import type { BlobTransfer, InnerLoop, ShepherdApi } from "#lib/train/protocol/ports.ts";
import { runWorkerCore, type WorkerOutcome } from "#lib/train/protocol/worker-core.ts";
import type { TestCluster } from "./test-cluster.ts";

/** What is odd about a worker: methods that take the place of the usual ones. */
export interface Oddities {
  readonly loop?: (usual: InnerLoop) => Partial<InnerLoop>;
  readonly api?: (usual: ShepherdClient) => Partial<ShepherdApi>;
  readonly blobs?: (usual: ShepherdClient) => Partial<BlobTransfer>;
}

/** The methods of `usual`, but for those that `odd` has. */
const instead = <T extends object>(usual: T, odd: Partial<T>): T =>
  new Proxy(usual, {
    get(target, key) {
      const value = Reflect.get(key in odd ? odd : target, key);
      return typeof value === "function" ? value.bind(key in odd ? odd : target) : value;
    },
  });

/** Takes part in a run until it is over for this worker. */
export async function runOddWorker(
  cluster: TestCluster,
  worker: string,
  { loop, api, blobs }: Oddities,
): Promise<WorkerOutcome> {
  const incarnation = randomUUID();
  const speaker = { worker, incarnation };
  const now = Date.now;
  const joined = await joinShepherd({
    ...{ token: cluster.token, ...speaker, secret: null, now: now() },
  });
  if (isProblem(joined)) throw new Error(joined.problem);
  const { client } = joined;
  const place = { env: process.env, cwd: cluster.folder };
  const ending = new AbortController();
  const { signal } = ending;
  let close: () => Promise<void> = async () => {};
  try {
    const outcome = await runWorkerCore({
      self: {
        ...speaker,
        ...{ backend: "interp", target: "host", device: "test", host: "test" },
        ...{ software: "test", pid: process.pid, restarts: 0 },
      },
      resume: null,
      api: instead<ShepherdApi>(client, api?.(client) ?? {}),
      blobs: instead<BlobTransfer>(client, blobs?.(client) ?? {}),
      clock: systemClock(now),
      failPoint: () => {},
      random: Math.random,
      sha256,
      load: async ({ manifest }, call) => {
        const prepared = await prepareWorker({
          ...{ api: client, speaker, manifest, call, place, signal, hostSignal: signal },
          download: (blob) => client.download(blob, null),
          fromShepherd: (digest, from, to) => client.blobs.readData(digest, from, to),
          ...{ backend: "interp", device: "interp", signer: null, dataPath: null, note: () => {} },
          ...{ cacheFolder: cacheFolder(place), dataCacheBytes: 1 << 30, clock: { wall: now } },
          states: new WorkerStates(join(cluster.folder, `state-${worker}`)),
        });
        close = () => prepared.close();
        const { plan } = prepared;
        return { plan, loop: instead<InnerLoop>(prepared.loop, loop?.(prepared.loop) ?? {}) };
      },
      signal,
      giveUpMs: 60_000,
    });
    // The shepherd of a run that is over waits for its workers to have heard of it.
    await client.leave({ ...speaker, how: "left", reason: outcome.kind }).catch(() => {});
    return outcome;
  } finally {
    ending.abort();
    await close();
    await client.close();
  }
}
