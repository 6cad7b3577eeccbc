/** @file A worker's training data from object storage: a real S3 server process on 127.0.0.1 (PyPI's moto). */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { execa, type ResultPromise } from "execa";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { RANGE_BYTES } from "#lib/data/byte-source.ts";
import { openWorkerData } from "#lib/train/cluster/worker-data.ts";
import { root } from "../tools/processes.ts";

const python = join(root, ".venv/bin/python");
const missing = spawnSync(python, ["-c", "import moto.server, flask_cors"]).status !== 0;

describe.skipIf(missing)(
  `training data in object storage${missing ? " (no moto in .venv: sh scripts/setup.sh test)" : ""}`,
  () => {
    const text = Uint8Array.from(
      { length: RANGE_BYTES + 5000 },
      (_, i) => (i * 7 + (i >> 9)) & 127,
    );
    const digest = createHash("sha256").update(text).digest("hex");
    let service: ResultPromise | undefined;
    let folder = "";

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), "pcp-worker-s3-"));
      const started = execa(python, ["-m", "moto.server", "-H", "127.0.0.1", "-p", "0"], {
        reject: false,
        timeout: 120_000,
        buffer: false,
      });
      service = started as unknown as ResultPromise;
      const endpoint = await new Promise<string>((resolve, reject) => {
        let output = "";
        started.stderr.on("data", (chunk) => {
          output += chunk;
          const address = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(output)?.[1];
          if (address !== undefined) resolve(address);
        });
        started.finally(() => reject(new Error(`moto has ended: ${output}`)));
      });
      vi.stubEnv("AWS_ENDPOINT_URL", endpoint);
      vi.stubEnv("AWS_ACCESS_KEY_ID", "test");
      vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test-secret");
      const client = new S3Client({ region: "us-east-1", forcePathStyle: true });
      await client.send(new CreateBucketCommand({ Bucket: "corpus" }));
      await client.send(
        new PutObjectCommand({ Bucket: "corpus", Key: "sets/a b.txt", Body: text }),
      );
      client.destroy();
    }, 120_000);
    afterAll(async () => {
      vi.unstubAllEnvs();
      service?.kill("SIGKILL");
      await service;
      rmSync(folder, { recursive: true, force: true });
    });

    const open = (url: string, wanted: string) =>
      openWorkerData({
        plan: {
          digest: wanted,
          bytes: text.length,
          tokenizer: "byte",
          vocabulary: 256,
          alphabet: null,
          sampling: "fifo",
          seed: 0,
          trainTokens: text.length,
          chunks: [[0, text.length]],
          shuffleChunks: false,
          rows: 1,
          length: 1000,
          unitsPerEpoch: 1,
          maxEpochs: null,
        },
        path: null,
        url,
        cacheFolder: folder,
        worker: "w",
        env: {},
        fromShepherd: () => Promise.reject(new Error("not asked for")),
        signal: new AbortController().signal,
        note: () => {},
      });

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
  },
);
