/** @file A worker's way to the training data: a local file, the shepherd, a web server or object storage, always checked by digest. */
import { join } from "node:path";
import {
  type ByteSource,
  type FetchRange,
  openRemoteData,
  openVerifiedFile,
} from "#lib/data/byte-source.ts";
import { makeRoom } from "#lib/data/data-cache.ts";
import { DataError } from "#lib/data/token-file.ts";
import {
  byteTokenizer,
  charTokenizer,
  TOKENIZERS,
  type Tokenizer,
  u16Tokenizer,
} from "#lib/data/tokenizer.ts";
import { UnitReader } from "#lib/data/units.ts";
import { formatBytes } from "#lib/support/text.ts";
import type { DataPlan } from "../protocol/plan.ts";

export interface WorkerDataRequest {
  readonly plan: DataPlan;
  /** A local file that the user named; null: from elsewhere. */
  readonly path: string | null;
  /** `http(s)://` or `s3://`; null: from the shepherd. */
  readonly url: string | null;
  readonly cacheFolder: string;
  /** Bytes of brought data that are kept there, as far as nobody uses it. */
  readonly dataCacheBytes: number;
  /** Tells this worker's files from those of others. */
  readonly worker: string;
  /** Ranges of the data from the shepherd. */
  readonly fromShepherd: FetchRange;
  /** Where the AWS libraries find regions. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly signal: AbortSignal;
  readonly note: (text: string) => void;
}

/** The tokenizer of a run. @throws DataError where this version does not have it */
function tokenizerOfPlan({ tokenizer, alphabet, vocabulary }: DataPlan): Tokenizer {
  const name = TOKENIZERS.find((known) => known === tokenizer);
  if (name === "byte") return byteTokenizer();
  if (name === "u16") return u16Tokenizer(vocabulary);
  if (name === "char" && alphabet !== null) return charTokenizer(alphabet);
  throw new DataError(`the run has tokenizer '${tokenizer}', which this version does not have`);
}

/** Opens the data of a run. @throws DataError where it cannot be had, or is not that of the run */
export async function openWorkerData(request: WorkerDataRequest): Promise<{
  readonly source: ByteSource;
  readonly reader: UnitReader;
}> {
  const { plan } = request;
  const tokenizer = tokenizerOfPlan(plan);
  const source = await openSource(request);
  return { source, reader: new UnitReader(plan, source, tokenizer) };
}

async function openSource(request: WorkerDataRequest): Promise<ByteSource> {
  const { plan, path, url, cacheFolder, worker, signal, note, fromShepherd } = request;
  if (path !== null) return openVerifiedFile(path, plan, cacheFolder);
  const name = url ?? "the shepherd";
  const cache = {
    folder: join(cacheFolder, "data"),
    bytes: request.dataCacheBytes,
    now: request.now,
  };
  const freed = makeRoom(cache, plan);
  if (freed > 0)
    note(`removed ${formatBytes(freed)} of training data that was not used lately from the cache`);
  let told = false;
  const remote: { fetch: FetchRange; close: () => void } =
    url === null
      ? { fetch: fromShepherd, close: () => {} }
      : url.startsWith("s3://")
        ? await s3Ranges(url, request.env)
        : webRanges(url);
  const fetchRange: FetchRange = (from, to, ended) => {
    if (!told) note(`bringing ${plan.bytes} bytes of training data from ${name}`);
    told = true;
    return remote.fetch(from, to, ended);
  };
  try {
    return await openRemoteData(name, plan, cache, worker, fetchRange, signal);
  } finally {
    remote.close();
  }
}

/** A reply's bytes, of which there may not be more than asked for. */
async function collect(body: AsyncIterable<unknown>, most: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body) {
    const bytes = part as Uint8Array;
    size += bytes.length;
    if (size > most) throw new Error(`the reply is longer than the ${most} bytes asked for`);
    parts.push(bytes);
  }
  return Buffer.concat(parts, size);
}

/** Tries of one range, and the pause before the second, which doubles. */
const TRIES = 4;
const FIRST_PAUSE_MS = 500;

async function withRetries<T>(signal: AbortSignal, run: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await run();
    } catch (error) {
      if (tried === TRIES || signal.aborted || error instanceof DataError) throw error;
      const { setTimeout: sleep } = await import("node:timers/promises");
      await sleep(FIRST_PAUSE_MS * 2 ** (tried - 1), undefined, { signal });
    }
  }
}

function webRanges(url: string): { fetch: FetchRange; close: () => void } {
  return {
    fetch: (from, to, signal) =>
      withRetries(signal, async () => {
        const { request } = await import("undici");
        const { statusCode, body } = await request(url, {
          headers: { range: `bytes=${from}-${to - 1}` },
          signal,
        });
        const isWhole = statusCode === 200 && from === 0;
        if (statusCode !== 206 && !isWhole) {
          await body.dump();
          const text = `'${url}' answers ${statusCode} to a request for bytes ${from} to ${to - 1}`;
          throw statusCode >= 500 || statusCode === 429 ? new Error(text) : new DataError(text);
        }
        return collect(body, to - from);
      }),
    close: () => {},
  };
}

/** Ranges of an object, with the credentials that the AWS libraries find by themselves. */
async function s3Ranges(
  url: string,
  env: WorkerDataRequest["env"],
): Promise<{ fetch: FetchRange; close: () => void }> {
  const { hostname: bucket, pathname } = new URL(url);
  const key = decodeURIComponent(pathname.slice(1));
  const { GetObjectCommand, S3Client } = await import("@aws-sdk/client-s3");
  // A service named by AWS_ENDPOINT_URL need not have buckets as host names.
  const region = env["AWS_REGION"] ?? env["AWS_DEFAULT_REGION"] ?? "us-east-1";
  const client = new S3Client({ forcePathStyle: true, region });
  return {
    async fetch(from, to, signal) {
      const { Body } = await client.send(
        new GetObjectCommand({ Bucket: bucket, Key: key, Range: `bytes=${from}-${to - 1}` }),
        { abortSignal: signal },
      );
      return Body === undefined
        ? new Uint8Array(0)
        : collect(Body as AsyncIterable<unknown>, to - from);
    },
    close: () => client.destroy(),
  };
}
