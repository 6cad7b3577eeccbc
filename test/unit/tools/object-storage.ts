/** @file A real S3 server process on 127.0.0.1 (PyPI's moto) for tests of object storage. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { execa } from "execa";
import { root } from "./processes.ts";

const PYTHON = join(root, ".venv/bin/python");
const LONGEST_MS = 300_000;

/** Credentials that the server takes; it takes any. */
export const CREDENTIALS = { accessKeyId: "test", secretAccessKey: "test-secret-canary" };

export interface ObjectStorage {
  readonly endpoint: string;
  readonly client: S3Client;
  /** Ends the client and the server. */
  stop(): Promise<void>;
}

/** Why tests of object storage cannot run here, to be put behind their name; null where the server is installed. */
export function whyNoObjectStorage(): string | null {
  const { status } = spawnSync(PYTHON, ["-c", "import moto.server, flask_cors"]);
  return status === 0 ? null : " (no moto in .venv: sh scripts/setup.sh test)";
}

/** Starts the server with one empty bucket. */
export async function startObjectStorage(bucket: string): Promise<ObjectStorage> {
  const service = execa(PYTHON, ["-m", "moto.server", "-H", "127.0.0.1", "-p", "0"], {
    reject: false,
    timeout: LONGEST_MS,
    buffer: false,
  });
  const endpoint = await new Promise<string>((resolve, reject) => {
    let said = "";
    service.stderr.on("data", (chunk) => {
      said += chunk;
      const address = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(said)?.[1];
      if (address !== undefined) resolve(address);
    });
    service.finally(() => reject(new Error(`moto has ended: ${said}`)));
  });
  const client = new S3Client({
    ...{ endpoint, region: "us-east-1", credentials: CREDENTIALS, forcePathStyle: true },
  });
  const stop = async (): Promise<void> => {
    client.destroy();
    service.kill("SIGKILL");
    await service;
  };
  try {
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
  } catch (error) {
    await stop();
    throw error;
  }
  return { endpoint, client, stop };
}
