/** @file Which windows of a token file make batch number n: a pure function of seed, order and n. */
import type { Tensor } from "#lib/tensors/tensor.ts";
import { RandomStream, STREAMS } from "./philox.ts";
import { DataError, type TokenFile } from "./token-file.ts";

/** `random`: windows at uniform positions. `fifo`: consecutive windows, beginning again at the end. */
export const SAMPLINGS = ["random", "fifo"] as const;
export type Sampling = (typeof SAMPLINGS)[number];

/** Tokens and next tokens, both `[batch, length]` of i64. */
export interface Batch {
  readonly tokens: Tensor;
  readonly targets: Tensor;
}

/** Tokens `[from, to)` of a file. */
export interface TokenRange {
  readonly from: number;
  readonly to: number;
}

/** Splits off the last `fraction` of a file for evaluation; without one both ranges are the whole. */
export function splitRange(
  tokenCount: number,
  fraction: number,
): { train: TokenRange; held: TokenRange } {
  const cut = tokenCount - Math.floor(tokenCount * fraction);
  return { train: { from: 0, to: cut }, held: { from: cut, to: tokenCount } };
}

/** Makes batches of a range of a token file. */
export class BatchSampler {
  private readonly file: TokenFile;
  private readonly range: TokenRange;
  private readonly shape: readonly [number, number];
  private readonly sampling: Sampling;
  private readonly random: RandomStream;

  /** @param shape - rows and tokens per row of a batch. @throws DataError where the range has not one window. */
  constructor(
    file: TokenFile,
    range: TokenRange,
    shape: readonly [number, number],
    sampling: Sampling,
    seed: number,
  ) {
    const windowLength = shape[1] + 1;
    if (range.to - range.from < windowLength)
      throw new DataError(
        `'${file.path}' has ${range.to - range.from} tokens here, but one sequence takes ${windowLength}`,
      );
    this.file = file;
    this.range = range;
    this.shape = shape;
    this.sampling = sampling;
    this.random = new RandomStream(seed, STREAMS.batches);
  }

  /** First token of row `row` of all rows ever drawn. */
  private startOf(row: number): number {
    const { from, to } = this.range;
    const length = this.shape[1];
    if (this.sampling === "random") return from + this.random.integer(row, to - from - length);
    const windows = Math.floor((to - from - 1) / length);
    return from + (row % windows) * length;
  }

  /** Batch number `index`, from 0. */
  batch(index: number): Batch {
    const [rows, length] = this.shape;
    const tokens = new BigInt64Array(rows * length);
    const targets = new BigInt64Array(rows * length);
    const window = new BigInt64Array(length + 1);
    for (let row = 0; row < rows; row++) {
      this.file.read(this.startOf(index * rows + row), length + 1, window, 0);
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
