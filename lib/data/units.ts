/** @file Units of data: which windows of the training data one inner step takes, as a pure function of plan, epoch and position. */
import type { Tensor } from "#lib/tensors/tensor.ts";
import type { ByteSource } from "./byte-source.ts";
import { RandomStream, STREAMS } from "./philox.ts";
import type { Batch, Sampling } from "./sampler.ts";
import { bytesPerToken, DataError, decodeTokens } from "./token-file.ts";
import type { Tokenizer } from "./tokenizer.ts";

/** Tokens `[from, to)` of the data. */
export type Chunk = readonly [from: number, to: number];

/** What decides the tokens of every unit. */
export interface UnitPlan {
  readonly sampling: Sampling;
  readonly seed: number;
  /** Pieces of the data: a unit lies within one. */
  readonly chunks: readonly Chunk[];
  /** Hand out chunks in an order of their own in every epoch. */
  readonly shuffleChunks: boolean;
  /** Sequences of one unit. */
  readonly rows: number;
  /** Tokens of one sequence. */
  readonly length: number;
}

/** Units that one chunk gives to an epoch. */
function unitsOfChunk(
  [from, to]: Chunk,
  { rows, length, sampling }: Pick<UnitPlan, "rows" | "length" | "sampling">,
): number {
  const windows = Math.floor((to - from - 1) / length);
  if (windows < 1) return 0;
  const units = Math.floor(windows / rows);
  // Random windows may overlap, so that little data makes a unit as well.
  return sampling === "random" ? Math.max(1, units) : units;
}

/** Where a unit lies. */
export interface UnitPlace {
  readonly chunk: number;
  /** Number of the unit in its chunk. */
  readonly index: number;
  /** Number of the unit in the epoch, were chunks in their own order: it selects random numbers. */
  readonly number: number;
}

/** The order of units in an epoch. */
export class UnitOrder {
  readonly plan: UnitPlan;
  readonly unitsPerEpoch: number;
  /** Units of each chunk, and of all chunks before it, by chunk. */
  private readonly counts: readonly number[];
  private readonly firsts: readonly number[];
  /** Of the epoch asked for last: chunks in order, and units before each. */
  private epoch: { number: number; order: readonly number[]; firsts: readonly number[] };

  constructor(plan: UnitPlan) {
    this.plan = plan;
    this.counts = plan.chunks.map((chunk) => unitsOfChunk(chunk, plan));
    this.firsts = runningSums(this.counts);
    this.unitsPerEpoch = this.counts.reduce((sum, count) => sum + count, 0);
    this.epoch = this.orderOf(0);
  }

  private orderOf(epoch: number): UnitOrder["epoch"] {
    const order = Array.from(this.counts.keys());
    if (!this.plan.shuffleChunks) return { number: epoch, order, firsts: this.firsts };
    const random = new RandomStream(this.plan.seed, STREAMS.chunks, epoch);
    // Fisher and Yates's shuffle.
    for (let last = order.length - 1; last > 0; last--) {
      const other = random.integer(last, last + 1);
      [order[last], order[other]] = [order[other] as number, order[last] as number];
    }
    const firsts = runningSums(order.map((chunk) => this.counts[chunk] as number));
    return { number: epoch, order, firsts };
  }

  /** The unit at a position of an epoch: positions `[0, unitsPerEpoch)` are all units once each. @throws RangeError elsewhere */
  place(epoch: number, position: number): UnitPlace {
    if (!Number.isInteger(position) || position < 0 || position >= this.unitsPerEpoch)
      throw new RangeError(`unit ${position} of ${this.unitsPerEpoch}`);
    if (this.epoch.number !== epoch) this.epoch = this.orderOf(epoch);
    const { order, firsts } = this.epoch;
    const at = lastAtMost(firsts, position);
    const chunk = order[at] as number;
    const index = position - (firsts[at] as number);
    return { chunk, index, number: (this.firsts[chunk] as number) + index };
  }

  /** First token of each window of a unit; a window has `length + 1` tokens, the last one only as a target. */
  windows(epoch: number, position: number): number[] {
    const { chunks, rows, length, sampling, seed } = this.plan;
    const { chunk, index, number } = this.place(epoch, position);
    const [from, to] = chunks[chunk] as Chunk;
    if (sampling === "fifo")
      return Array.from({ length: rows }, (_, row) => from + (index * rows + row) * length);
    const random = new RandomStream(seed, STREAMS.units, epoch);
    return Array.from(
      { length: rows },
      (_, row) => from + random.integer(number * rows + row, to - from - length),
    );
  }
}

/** Sum of all numbers before each. */
function runningSums(counts: readonly number[]): number[] {
  let sum = 0;
  return counts.map((count) => {
    sum += count;
    return sum - count;
  });
}

/** Index of the last of ascending numbers that is not above `value`. */
function lastAtMost(numbers: readonly number[], value: number): number {
  let [low, high] = [0, numbers.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] as number) <= value) low = middle;
    else high = middle;
  }
  return low;
}

/** Reads the batches of units from the data. */
export class UnitReader {
  readonly order: UnitOrder;
  private readonly source: ByteSource;
  private readonly tokenizer: Tokenizer;

  constructor(plan: UnitPlan, source: ByteSource, tokenizer: Tokenizer) {
    this.order = new UnitOrder(plan);
    this.source = source;
    this.tokenizer = tokenizer;
  }

  /** Tokens and next tokens of a unit, `[rows, length]` each. @throws DataError where the data cannot be read or holds strange tokens */
  async batch(epoch: number, position: number): Promise<Batch> {
    const { rows, length } = this.order.plan;
    const width = bytesPerToken(this.tokenizer.name);
    const tokens = new BigInt64Array(rows * length);
    const targets = new BigInt64Array(rows * length);
    const window = new BigInt64Array(length + 1);
    const bytes = new Uint8Array((length + 1) * width);
    const starts = this.order.windows(epoch, position);
    for (const [row, start] of starts.entries()) {
      await this.source.read(start * width, bytes);
      decodeTokens(bytes, this.tokenizer, start, this.source.name, window, 0);
      tokens.set(window.subarray(0, length), row * length);
      targets.set(window.subarray(1), row * length);
    }
    const shape = [rows, length];
    return {
      tokens: { dtype: "i64", shape, data: tokens },
      targets: { dtype: "i64", shape, data: targets },
    };
  }
}

/** Rows `[from, to)` of a batch, without a copy. */
export function batchRows(batch: Batch, from: number, to: number): Batch {
  const cut = ({ dtype, shape, data }: Tensor): Tensor => {
    const width = shape[1] ?? 1;
    return { dtype, shape: [to - from, width], data: data.subarray(from * width, to * width) };
  };
  return { tokens: cut(batch.tokens), targets: cut(batch.targets) };
}

/** A batch of the agreement check: random tokens below `vocabulary`, the same on every machine. */
export function checkBatch(
  [rows, length]: readonly [number, number],
  vocabulary: number,
  seed: number,
): Batch {
  const random = new RandomStream(seed, STREAMS.check);
  const draw = (first: number): Tensor => ({
    dtype: "i64",
    shape: [rows, length],
    data: BigInt64Array.from({ length: rows * length }, (_, at) =>
      BigInt(random.integer(first + at, vocabulary)),
    ),
  });
  return { tokens: draw(0), targets: draw(rows * length) };
}

/** How data is cut. */
const CHUNK_MODES = ["fixed_bytes", "diloco_slices"] as const;
export type ChunkMode = (typeof CHUNK_MODES)[number];

/** Bytes of a piece where the config does not say. */
export const DEFAULT_CHUNK_BYTES = 64 * 1024 * 1024;

export interface ChunkRequest extends Omit<UnitPlan, "chunks" | "seed" | "shuffleChunks"> {
  readonly mode: ChunkMode;
  readonly tokenizer: Tokenizer["name"];
  /** `fixed_bytes`: bytes of a piece. */
  readonly chunkBytes: number;
  /** `diloco_slices`: inner steps of a round, which take one piece. */
  readonly innerSteps: number;
  /** Tokens `[0, trainTokens)` are trained on. */
  readonly trainTokens: number;
  /** Pieces that a manifest names, which are cut further; null: the whole. */
  readonly shards: readonly Chunk[] | null;
}

/** Pieces of the data. @throws DataError where they cannot be made, or not one of them holds a unit */
export function makeChunks(request: ChunkRequest): Chunk[] {
  const { mode, tokenizer, sampling, trainTokens, rows, length, innerSteps } = request;
  if (mode === "diloco_slices" && (tokenizer !== "u16" || sampling !== "fifo"))
    throw new DataError(
      `config key 'chunk_size_mode': diloco_slices needs tokenizer u16 and sampling fifo, but they are ${tokenizer} and ${sampling}`,
    );
  const size =
    mode === "diloco_slices"
      ? innerSteps * (rows * length + 1)
      : Math.max(1, Math.floor(request.chunkBytes / bytesPerToken(tokenizer)));
  const chunks = (request.shards ?? [[0, trainTokens] as const]).flatMap(([from, to]) =>
    cut(from, Math.min(to, trainTokens), size),
  );
  const useful = chunks.filter((chunk) => unitsOfChunk(chunk, request) > 0);
  if (useful.length === 0)
    throw new DataError(
      `no piece of the data holds a unit of ${rows} sequences of ${length} tokens: the largest has ${Math.max(0, ...chunks.map(([from, to]) => to - from))} tokens`,
    );
  return useful;
}

function cut(from: number, to: number, size: number): Chunk[] {
  const pieces: Chunk[] = [];
  for (let at = from; at < to; at += size) pieces.push([at, Math.min(to, at + size)]);
  return pieces;
}

/** Pieces that a manifest of format `pcp_u16_tokens_v1` names, as tokens. @throws DataError where it is not one, or names tokens that the data does not have */
export function manifestShards(text: string, path: string, tokenCount: number): Chunk[] {
  let manifest: { format?: unknown; shards?: unknown };
  try {
    manifest = JSON.parse(text) as typeof manifest;
  } catch {
    throw new DataError(`chunk manifest '${path}' is not JSON`);
  }
  if (manifest?.format !== "pcp_u16_tokens_v1" || !Array.isArray(manifest.shards))
    throw new DataError(
      `chunk manifest '${path}' is not of format "pcp_u16_tokens_v1" with a list "shards"`,
    );
  return manifest.shards.map((shard: Record<string, unknown> | null, index) => {
    const start = Number(shard?.["start_offset_bytes"]);
    const tokens = Number(shard?.["tokens_written"]);
    const written = Number(shard?.["bytes_written"] ?? 2 * tokens);
    const isShard =
      Number.isSafeInteger(start) && start >= 0 && Number.isSafeInteger(tokens) && tokens >= 0;
    if (!isShard || start % 2 !== 0 || written !== 2 * tokens)
      throw new DataError(
        `chunk manifest '${path}': shard ${index} has no start_offset_bytes, bytes_written and tokens_written of u16 tokens`,
      );
    if (start / 2 + tokens > tokenCount)
      throw new DataError(
        `chunk manifest '${path}': shard ${index} ends at token ${start / 2 + tokens}, but the data has ${tokenCount}`,
      );
    return [start / 2, start / 2 + tokens] as const;
  });
}
