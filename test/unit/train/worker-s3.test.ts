/** @file A worker's training data from object storage: a real S3 server process on 127.0.0.1. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { RANGE_BYTES } from "#lib/data/byte-source.ts";
import { sha256 } from "#lib/runtime/cache.ts";
import { openWorkerData } from "#lib/train/cluster/worker-data.ts";
import {
  CREDENTIALS,
  type ObjectStorage,
  startObjectStorage,
  whyNoObjectStorage,
} from "../tools/object-storage.ts";
import { bytesPlan, dataRequest } from "./support.ts";

const missing = whyNoObjectStorage();

describe.skipIf(missing !== null)(`training data in object storage${missing ?? ""}`, () => {
  const text = Uint8Array.from({ length: RANGE_BYTES + 5000 }, (_, i) => (i * 7 + (i >> 9)) & 127);
  const digest = sha256(text);
  let storage: ObjectStorage | undefined;
  let folder = "";

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "pcp-worker-s3-"));
    storage = await startObjectStorage("corpus");
    vi.stubEnv("AWS_ENDPOINT_URL", storage.endpoint);
    vi.stubEnv("AWS_ACCESS_KEY_ID", CREDENTIALS.accessKeyId);
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", CREDENTIALS.secretAccessKey);
    await storage.client.send(
      new PutObjectCommand({ Bucket: "corpus", Key: "sets/a b.txt", Body: text }),
    );
  }, 120_000);
  afterAll(async () => {
    vi.unstubAllEnvs();
    await storage?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const open = (url: string, wanted: string) =>
    openWorkerData(
      dataRequest({
        plan: bytesPlan(text, { digest: wanted, length: 1000, unitsPerEpoch: 1 }),
        url,
        cacheFolder: folder,
      }),
    );

  it("comes by ranges and is checked", async () => {
    const { source, reader } = await open("s3://corpus/sets/a%20b.txt", digest);
    const { tokens } = await reader.batch(0, 3);
    await source.close();
    expect(Array.from(tokens.data as BigInt64Array, Number)).toEqual([
      ...text.subarray(3000, 4000),
    ]);
  }, 60_000);

  it("of another digest is refused", async () => {
    await expect(open("s3://corpus/sets/a%20b.txt", "0".repeat(64))).rejects.toThrow(
      `SHA-256 ${digest}, the run's data has ${text.length} with ${"0".repeat(64)}`,
    );
  }, 60_000);

  it("that is not there is told", async () => {
    await expect(open("s3://corpus/nothing", "1".repeat(64))).rejects.toThrow(
      "cannot read data from 's3://corpus/nothing'",
    );
  }, 60_000);
});
