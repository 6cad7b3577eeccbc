/** @file Units of data: every unit of an epoch once, tokens by plan and position alone, pieces as configs and manifests say, data of another digest refused. */
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type ByteSource,
  dataDigest,
  openRemoteData,
  openVerifiedFile,
  RANGE_BYTES,
} from "#lib/data/byte-source.ts";
import { makeRoom } from "#lib/data/data-cache.ts";
import { byteTokenizer, u16Tokenizer } from "#lib/data/tokenizer.ts";
import {
  batchRows,
  checkBatch,
  makeChunks,
  manifestShards,
  UnitOrder,
  type UnitPlan,
  UnitReader,
} from "#lib/data/units.ts";
import { dataCacheBytes } from "#lib/runtime/cache.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pcp-units-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** Plans of a few chunks, some of which are too short for a unit. */
const plans = fc
  .record({
    sizes: fc.array(fc.integer({ min: 0, max: 90 }), { minLength: 1, maxLength: 6 }),
    sampling: fc.constantFrom("random" as const, "fifo" as const),
    shuffleChunks: fc.boolean(),
    rows: fc.integer({ min: 1, max: 4 }),
    length: fc.integer({ min: 1, max: 5 }),
    seed: fc.nat(),
  })
  .map(({ sizes, ...rest }): UnitPlan => {
    let at = 0;
    const chunks = sizes.map((size) => {
      at += size;
      return [at - size, at] as const;
    });
    return { ...rest, chunks };
  });

describe("order of units", () => {
  it("has every unit of an epoch at one position, in every epoch", () => {
    fc.assert(
      fc.property(plans, fc.nat(1000), (plan, epoch) => {
        const order = new UnitOrder(plan);
        const numbers = Array.from(
          { length: order.unitsPerEpoch },
          (_, position) => order.place(epoch, position).number,
        );
        expect([...numbers].sort((a, b) => a - b)).toEqual([...numbers.keys()]);
        expect(() => order.place(epoch, order.unitsPerEpoch)).toThrow(RangeError);
      }),
      { numRuns: 200 },
    );
  });

  it("fifo: windows of an epoch cover each chunk from its beginning, no target twice, none left but a rest", () => {
    fc.assert(
      fc.property(plans, fc.nat(1000), (any, epoch) => {
        const plan: UnitPlan = { ...any, sampling: "fifo" };
        const order = new UnitOrder(plan);
        const targets: number[] = [];
        for (let position = 0; position < order.unitsPerEpoch; position++)
          for (const start of order.windows(epoch, position))
            for (let i = 1; i <= plan.length; i++) targets.push(start + i);
        const expected = plan.chunks.flatMap(([from, to]) => {
          const unit = plan.rows * plan.length;
          const whole = Math.floor(Math.max(0, to - from - 1) / unit) * unit;
          return Array.from({ length: whole }, (_, i) => from + 1 + i);
        });
        expect(targets.sort((a, b) => a - b)).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });

  it("every window lies in the chunk of its unit", () => {
    fc.assert(
      fc.property(plans, fc.nat(1000), (plan, epoch) => {
        const order = new UnitOrder(plan);
        for (let position = 0; position < order.unitsPerEpoch; position++) {
          const [from, to] = plan.chunks[order.place(epoch, position).chunk] ?? [0, 0];
          for (const start of order.windows(epoch, position)) {
            expect(start).toBeGreaterThanOrEqual(from);
            expect(start + plan.length + 1).toBeLessThanOrEqual(to);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  const plan: UnitPlan = {
    sampling: "random",
    seed: 7,
    chunks: Array.from({ length: 20 }, (_, i) => [i * 100, (i + 1) * 100] as const),
    shuffleChunks: true,
    rows: 2,
    length: 8,
  };

  it("depends on seed and epoch, and on nothing that was asked before", () => {
    const at = (order: UnitOrder, epoch: number) =>
      Array.from({ length: 30 }, (_, position) => order.windows(epoch, position));
    const used = new UnitOrder(plan);
    at(used, 3);
    expect(at(used, 5)).toEqual(at(new UnitOrder(plan), 5));
    expect(at(used, 5)).not.toEqual(at(used, 6));
    expect(at(used, 5)).not.toEqual(at(new UnitOrder({ ...plan, seed: 8 }), 5));
  });

  it("shuffles chunks only where asked to", () => {
    const chunksOf = (shuffleChunks: boolean, epoch: number): number[] => {
      const order = new UnitOrder({ ...plan, shuffleChunks });
      return Array.from({ length: order.unitsPerEpoch }, (_, i) => order.place(epoch, i).chunk);
    };
    const straight = chunksOf(false, 1);
    expect(straight).toEqual([...straight].sort((a, b) => a - b));
    expect(chunksOf(true, 1)).not.toEqual(straight);
    expect(chunksOf(true, 1)).not.toEqual(chunksOf(true, 2));
  });
});

describe("batches of units", () => {
  it("are the tokens at the windows, and the next ones", async () => {
    const bytes = Uint8Array.from({ length: 200 }, (_, i) => i);
    const path = join(folder, "bytes.bin");
    writeFileSync(path, bytes);
    const source = await openVerifiedFile(path, { digest: sha256(bytes), bytes: 200 }, null);
    const plan: UnitPlan = {
      sampling: "random",
      seed: 1,
      chunks: [[50, 150]],
      shuffleChunks: false,
      rows: 3,
      length: 4,
    };
    const reader = new UnitReader(plan, source, byteTokenizer());
    const batch = await reader.batch(2, 5);
    const starts = reader.order.windows(2, 5);
    const expected = starts.flatMap((start) => [0, 1, 2, 3].map((i) => BigInt(start + i)));
    expect([...(batch.tokens.data as BigInt64Array)]).toEqual(expected);
    expect([...(batch.targets.data as BigInt64Array)]).toEqual(expected.map((t) => t + 1n));
    const last = batchRows(batch, 2, 3);
    expect(last.tokens.shape).toEqual([1, 4]);
    expect([...(last.tokens.data as BigInt64Array)]).toEqual(expected.slice(8));
    await source.close();
  });

  it("reads u16 tokens, and names one that the model does not have", async () => {
    const tokens = Uint16Array.from({ length: 40 }, (_, i) => 300 + i);
    const path = join(folder, "tokens.u16");
    writeFileSync(path, new Uint8Array(tokens.buffer));
    const identity = await dataDigest(path, null);
    const source = await openVerifiedFile(path, identity, null);
    const plan: UnitPlan = {
      sampling: "fifo",
      seed: 0,
      chunks: [[10, 40]],
      shuffleChunks: false,
      rows: 1,
      length: 9,
    };
    const batch = await new UnitReader(plan, source, u16Tokenizer(1000)).batch(0, 1);
    expect((batch.tokens.data as BigInt64Array)[0]).toBe(319n);
    await expect(new UnitReader(plan, source, u16Tokenizer(325)).batch(0, 1)).rejects.toThrow(
      "has token 325 at position 25, but the vocabulary has 325",
    );
    await source.close();
  });

  it("of the agreement check are the same everywhere and below the vocabulary", () => {
    const batch = checkBatch([2, 3], 5, 11);
    expect(batch).toEqual(checkBatch([2, 3], 5, 11));
    expect(batch).not.toEqual(checkBatch([2, 3], 5, 12));
    for (const token of [...(batch.tokens.data as BigInt64Array)]) expect(token).toBeLessThan(5n);
  });
});

describe("pieces of data", () => {
  const base = {
    mode: "fixed_bytes" as const,
    tokenizer: "u16" as const,
    sampling: "fifo" as const,
    chunkBytes: 200,
    innerSteps: 3,
    rows: 2,
    length: 4,
    trainTokens: 250,
    shards: null,
  };

  it("have a number of bytes each; the rest is one of its own where it holds a unit", () => {
    expect(makeChunks(base)).toEqual([
      [0, 100],
      [100, 200],
      [200, 250],
    ]);
    expect(makeChunks({ ...base, trainTokens: 205 })).toEqual([
      [0, 100],
      [100, 200],
    ]);
  });

  it("diloco_slices: what a round takes, tau * (rows * length + 1) tokens, tau units each", () => {
    const chunks = makeChunks({ ...base, mode: "diloco_slices", trainTokens: 81 });
    expect(chunks).toEqual([
      [0, 27],
      [27, 54],
      [54, 81],
    ]);
    expect(new UnitOrder({ ...base, chunks, seed: 0, shuffleChunks: false }).unitsPerEpoch).toBe(9);
    expect(() => makeChunks({ ...base, mode: "diloco_slices", sampling: "random" })).toThrow(
      "diloco_slices needs tokenizer u16 and sampling fifo, but they are u16 and random",
    );
  });

  it("come from a manifest's shards, within the tokens that are trained on", () => {
    const text = JSON.stringify({
      format: "pcp_u16_tokens_v1",
      shards: [
        { start_offset_bytes: 0, bytes_written: 240, tokens_written: 120 },
        { start_offset_bytes: 240, bytes_written: 400, tokens_written: 200 },
      ],
    });
    const shards = manifestShards(text, "m.json", 320);
    expect(shards).toEqual([
      [0, 120],
      [120, 320],
    ]);
    expect(makeChunks({ ...base, shards })).toEqual([
      [0, 100],
      [100, 120],
      [120, 220],
      [220, 250],
    ]);
    expect(() => manifestShards(text, "m.json", 300)).toThrow(
      "shard 1 ends at token 320, but the data has 300",
    );
    expect(() => manifestShards("{}", "m.json", 300)).toThrow("pcp_u16_tokens_v1");
  });

  it("that hold no unit are told", () => {
    expect(() => makeChunks({ ...base, trainTokens: 8 })).toThrow(
      "no piece of the data holds a unit of 2 sequences of 4 tokens: the largest has 8 tokens",
    );
  });
});

describe("data by digest", () => {
  it("refuses a file of another digest, naming both", async () => {
    const path = join(folder, "other.txt");
    writeFileSync(path, "hello");
    const wanted = { digest: "a".repeat(64), bytes: 9 };
    const found = sha256(new TextEncoder().encode("hello"));
    await expect(openVerifiedFile(path, wanted, folder)).rejects.toThrow(
      `it has 5 bytes with SHA-256 ${found}, the run's data has 9 with ${wanted.digest}`,
    );
  });

  it("digests a file again when it has changed", async () => {
    const path = join(folder, "changing.txt");
    writeFileSync(path, "one");
    const first = await dataDigest(path, folder);
    expect(await dataDigest(path, folder)).toEqual(first);
    writeFileSync(path, "two");
    expect((await dataDigest(path, folder)).digest).toBe(sha256(new TextEncoder().encode("two")));
  });

  const remote = Uint8Array.from({ length: RANGE_BYTES + 1000 }, (_, i) => (i * 31) >> 3);
  const identity = { digest: sha256(remote), bytes: remote.length };

  it("brings remote data by ranges, goes on after a failure, and keeps it", async () => {
    const cache = { folder: join(folder, "remote"), bytes: 1 << 30, now: Date.now };
    const { signal } = new AbortController();
    const asked: number[] = [];
    let fails = true;
    const fetchRange = async (from: number, to: number): Promise<Uint8Array> => {
      asked.push(from);
      if (from > 0 && fails) throw new Error("connection lost");
      return remote.subarray(from, to);
    };
    const bring = () => openRemoteData("there", identity, cache, "w1", fetchRange, signal);
    await expect(bring()).rejects.toThrow("cannot read data from 'there': connection lost");
    fails = false;
    const source = await bring();
    const into = new Uint8Array(10);
    await source.read(RANGE_BYTES - 5, into);
    expect(into).toEqual(remote.slice(RANGE_BYTES - 5, RANGE_BYTES + 5));
    await source.close();
    expect(asked).toEqual([0, RANGE_BYTES, RANGE_BYTES]);
    await (await bring()).close();
    expect(asked).toHaveLength(3);
  });

  it("refuses and forgets remote data of another digest", async () => {
    const cache = { folder: join(folder, "wrong"), bytes: 1 << 30, now: Date.now };
    const { signal } = new AbortController();
    const fetchRange = async (from: number, to: number) => new Uint8Array(to - from);
    await expect(
      openRemoteData("there", identity, cache, "w1", fetchRange, signal),
    ).rejects.toThrow(`the run's data has ${identity.bytes} with ${identity.digest}`);
    expect(existsSync(cache.folder) ? readdirSync(cache.folder) : []).toEqual([]);
    const short = async () => new Uint8Array(3);
    await expect(openRemoteData("there", identity, cache, "w1", short, signal)).rejects.toThrow(
      "gave 3 bytes where",
    );
  });
});

describe("the cache of data", () => {
  const HOUR = 3_600_000;
  const { signal } = new AbortController();

  /** A cache with room for three of these, and a clock that the test sets. */
  function cacheOf(name: string) {
    let time = Date.now();
    const cache = { folder: join(folder, name), bytes: 3000, now: () => time };
    const bring = async (fill: number, use = false): Promise<ByteSource> => {
      const bytes = new Uint8Array(1000).fill(fill);
      const identity = { digest: sha256(bytes), bytes: bytes.length };
      makeRoom(cache, identity);
      const range = async (from: number, to: number) => bytes.subarray(from, to);
      const source = await openRemoteData("there", identity, cache, "w1", range, signal);
      if (!use) await source.close();
      return source;
    };
    /** What is there, by what it is filled with. */
    const kept = (): number[] =>
      readdirSync(cache.folder)
        .filter((file) => file.endsWith(".data"))
        .map((file) => readFileSync(join(cache.folder, file))[0] ?? -1)
        .sort();
    const pass = (milliseconds: number): void => {
      time += milliseconds;
    };
    return { cache, bring, kept, pass };
  }

  it("removes what was used least recently, where there is more than its limit", async () => {
    const { cache, bring, kept, pass } = cacheOf("least");
    for (const fill of [1, 2, 3, 1, 4]) {
      await bring(fill);
      pass(2 * HOUR);
    }
    expect(kept()).toEqual([1, 3, 4]);
    expect(makeRoom(cache, { digest: "0".repeat(64), bytes: 2000 })).toBe(2000);
    expect(kept()).toEqual([4]);
    expect(readdirSync(cache.folder).filter((file) => file.endsWith(".used"))).toHaveLength(1);
  });

  it("never removes what is in use, even where that is more than its limit", async () => {
    const { bring, kept, pass } = cacheOf("in-use");
    const used = await bring(1, true);
    await bring(2);
    // Whoever trains reads now and then, and what was read lately stays.
    for (let minutes = 0; minutes < 180; minutes += 15) {
      pass(HOUR / 4);
      await used.read(0, new Uint8Array(1));
    }
    for (const fill of [3, 4, 5, 6]) {
      pass(1000);
      await bring(fill);
    }
    expect(kept()).toEqual([1, 3, 4, 5, 6]);
    pass(2 * HOUR);
    await bring(7);
    expect(kept()).toEqual([5, 6, 7]);
    // What is open can be read to its end all the same.
    const into = new Uint8Array(3);
    await used.read(997, into);
    expect([...into]).toEqual([1, 1, 1]);
    await used.close();
  });

  it("counts what is being brought, and forgets what was given up", async () => {
    const { cache, bring, kept, pass } = cacheOf("parts");
    await bring(1);
    pass(2 * HOUR);
    const part = join(cache.folder, `${"0".repeat(64)}.data.w2.part`);
    writeFileSync(part, new Uint8Array(1500));
    await bring(2);
    expect(kept()).toEqual([2]);
    pass(25 * HOUR);
    await bring(3);
    expect(existsSync(part)).toBe(false);
    expect(kept()).toEqual([2, 3]);
  });

  it("has a size that the user sets", () => {
    const sizeOf = (text?: string) => dataCacheBytes({ PCP_DATA_CACHE_SIZE: text });
    expect(sizeOf()).toBe(32 * 2 ** 30);
    expect(sizeOf("1000")).toBe(1000);
    expect(sizeOf("2g")).toBe(2 ** 31);
    expect(sizeOf("much")).toEqual({
      problem: "PCP_DATA_CACHE_SIZE is a number of bytes such as 500M or 32G, but it is 'much'",
    });
  });
});
