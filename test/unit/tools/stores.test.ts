/** @file The same run with its blobs on disk, in a shared folder and in object storage, and its data from a web server: the same numbers. */
import { readdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  CREDENTIALS,
  type ObjectStorage,
  startObjectStorage,
  whyNoObjectStorage,
} from "./object-storage.ts";
import { root } from "./processes.ts";
import { TestCluster } from "./test-cluster.ts";

const KEYS = {
  model_path: join(root, "test/fixtures/train/bigram.mlir"),
  manifest_path: join(root, "test/fixtures/train/bigram.manifest.json"),
  learning_rate: 0.05,
  outer_loop_steps: 3,
  checkpoint_every: 6,
};
const ROUNDS = 3;

let cluster: TestCluster | null = null;
let expected: readonly string[] = [];
afterEach(async () => {
  await cluster?.end();
  cluster = null;
});

/** A run to its end: its shepherd may have secrets, its workers have none. */
async function train(
  keys: object,
  secrets: Record<string, string> = {},
): Promise<{ here: TestCluster; merges: readonly string[] }> {
  const here = await TestCluster.make({ ...KEYS, ...keys });
  cluster = here;
  const shepherd = await here.shepherd([], secrets);
  const workers = ["w0", "w1"].map((name) =>
    here.worker(name, { PCP_CACHE_DIR: join(here.folder, `cache-${name}`) }),
  );
  expect(await shepherd.ended(), here.said()).toBe(0);
  for (const worker of workers) expect(await worker.ended(), here.said()).toBe(0);
  expect(await here.violations()).toEqual([]);
  const merges = await here.merges();
  expect(merges).toHaveLength(ROUNDS);
  return { here, merges };
}

/** Every merge computed again, from where the run's blobs lie. */
async function expectReplayed(
  here: TestCluster,
  secrets: Record<string, string> = {},
): Promise<void> {
  const replay = here.start(["replay", here.run], secrets);
  expect(await replay.ended(), replay.output).toBe(0);
  expect(replay.output).toContain("computed again with the same digests, 0 differ");
}

const files = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    /[0-9a-f]{64}$/.test(name),
  );

beforeAll(async () => {
  const { here, merges } = await train({});
  expected = merges;
  expect(files(join(here.run, "blobs")).length).toBeGreaterThan(10);
  await here.end();
  cluster = null;
}, 120_000);

describe("blobs", () => {
  it("in a folder that all see", async () => {
    const { here, merges } = await train({ blob_store: { kind: "shared", path: "shared" } });
    expect(merges).toEqual(expected);
    expect(files(join(here.folder, "shared")).length).toBeGreaterThan(10);
    await expectReplayed(here);
  }, 120_000);
});

describe("data", () => {
  let server: Server;
  const ranges: (string | undefined)[] = [];
  let text = Buffer.alloc(0);
  beforeAll(async () => {
    // A web server for files, of which workers take ranges.
    server = createServer((request, response) => {
      const { range } = request.headers;
      ranges.push(range);
      const [, from = 0, to = text.length - 1] = (/bytes=(\d+)-(\d+)/.exec(range ?? "") ?? []).map(
        Number,
      );
      response.writeHead(206, { "content-range": `bytes ${from}-${to}/${text.length}` });
      response.end(text.subarray(from, to + 1));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterAll(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });

  it("from a web server are those of the run, or are refused", async () => {
    const { port } = server.address() as AddressInfo;
    text = Buffer.from("the quick brown fox jumps over the lazy dog. ".repeat(800));
    const url = `http://127.0.0.1:${port}/text.txt`;
    const { here, merges } = await train({ data_url: url });
    expect(merges).toEqual(expected);
    expect(ranges.length).toBeGreaterThanOrEqual(2);
    expect(ranges.every((range) => range?.startsWith("bytes="))).toBe(true);
    expect(here.said()).toContain(`training data from ${url}`);
    await here.end();

    text = Buffer.from(text.toString("utf8").replace("lazy", "tidy"));
    const other = await TestCluster.make({ ...KEYS, data_url: url });
    cluster = other;
    await other.shepherd();
    const worker = other.worker("w0", { PCP_CACHE_DIR: join(other.folder, "cache") });
    expect(await worker.ended(), worker.output).toBe(78);
    expect(worker.output).toContain("is not the data of this run: it has 36000 bytes with SHA-256");
    expect(worker.output).not.toContain("ready");
  }, 120_000);
});

const missing = whyNoObjectStorage();

describe.skipIf(missing !== null)(`object storage${missing ?? ""}`, () => {
  const secrets = {
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    AWS_REGION: "us-east-1",
  };
  let storage: ObjectStorage | undefined;

  beforeAll(async () => {
    storage = await startObjectStorage("runs");
  });
  afterAll(() => storage?.stop());

  it("has the blobs, workers reach them without its credentials, and the numbers are the same", async () => {
    const { endpoint, client } = storage as ObjectStorage;
    const store = { kind: "s3", endpoint, bucket: "runs", prefix: "first/", region: "us-east-1" };
    const { here, merges } = await train({ blob_store: store }, secrets);
    expect(merges).toEqual(expected);
    expect(here.said()).not.toContain("Warning");
    const listed = await client.send(new ListObjectsV2Command({ Bucket: "runs" }));
    const keys = (listed.Contents ?? []).map(({ Key }) => Key ?? "");
    expect(keys.length).toBeGreaterThan(10);
    expect(keys.every((key) => key.startsWith("first/"))).toBe(true);
    for (const name of readdirSync(here.run, { recursive: true, encoding: "utf8" }))
      if (/\.(json|jsonl)$/.test(name))
        expect(readFileSync(join(here.run, name), "utf8")).not.toContain("canary");
    await expectReplayed(here, secrets);
  }, 180_000);
});
