/** @file Token files and samplers on real files: windows, vocabularies, files that shrink. */
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { initialiseWeights, parseManifestWeights } from "#lib/data/initialise.ts";
import { BatchSampler, splitRange } from "#lib/data/sampler.ts";
import { TokenFile } from "#lib/data/token-file.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pcp-data-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

describe("token files", () => {
  it("gives consecutive windows with targets one further, beginning again at the end", () => {
    const path = file("abc.txt", "abcdefghij");
    const tokens = TokenFile.open(path, "byte", { vocabularySize: 256 });
    const sampler = new BatchSampler(tokens, { from: 0, to: 10 }, [2, 4], "fifo", 0);
    const text = (data: unknown): string =>
      String.fromCharCode(...Array.from(data as BigInt64Array, Number));
    const first = sampler.batch(0);
    expect(text(first.tokens.data)).toBe("abcdefgh");
    expect(text(first.targets.data)).toBe("bcdefghi");
    expect(text(sampler.batch(1).tokens.data)).toBe("abcdefgh");
    tokens.close();
  });

  it("draws random windows that depend on seed and index only, inside the range", () => {
    const bytes = Uint8Array.from({ length: 200 }, (_, i) => i);
    const tokens = TokenFile.open(file("r.bin", bytes), "byte", { vocabularySize: 256 });
    const draw = (seed: number, index: number): number[] =>
      Array.from(
        new BatchSampler(tokens, { from: 50, to: 150 }, [8, 4], "random", seed).batch(index).targets
          .data as BigInt64Array,
        Number,
      );
    expect(draw(1, 7)).toEqual(draw(1, 7));
    expect(draw(1, 7)).not.toEqual(draw(2, 7));
    expect(draw(1, 7)).not.toEqual(draw(1, 8));
    const all = Array.from({ length: 200 }, (_, index) => draw(3, index)).flat();
    expect(Math.min(...all)).toBe(51);
    expect(Math.max(...all)).toBe(149);
    tokens.close();
  });

  it("reads u16 tokens and refuses one outside the vocabulary", () => {
    const path = file("t.u16", new Uint8Array(Uint16Array.from([1, 2, 300, 4]).buffer));
    const tokens = TokenFile.open(path, "u16", { vocabularySize: 256 });
    const into = new BigInt64Array(2);
    tokens.read(0, 2, into, 0);
    expect([...into]).toEqual([1n, 2n]);
    expect(() => tokens.read(1, 2, into, 0)).toThrow("token 300 at position 2");
    tokens.close();
  });

  it("checks the manifest beside a u16 file", () => {
    const path = file("m.u16", new Uint8Array(8));
    file("m.u16.json", JSON.stringify({ format: "pcp_u16_tokens_v1", total_tokens: 5 }));
    expect(() => TokenFile.open(path, "u16", { vocabularySize: 10 })).toThrow(
      "says 5 tokens, but the file has 4",
    );
  });

  it("says that a file has become shorter", () => {
    const path = file("s.txt", "x".repeat(100));
    const tokens = TokenFile.open(path, "byte", { vocabularySize: 256 });
    truncateSync(path, 10);
    expect(() => tokens.read(5, 20, new BigInt64Array(20), 0)).toThrow("has become shorter");
    tokens.close();
  });

  it("makes a char vocabulary of the distinct bytes", () => {
    const tokens = TokenFile.open(file("c.txt", "hello"), "char", { vocabularySize: 65 });
    expect(tokens.tokenizer.encode("hole")).toEqual([1, 3, 2, 0]);
    expect(tokens.tokenizer.encode("x")).toBeNull();
    expect(tokens.tokenizer.decode([1, 0])).toBe("he");
    tokens.close();
  });

  it("refuses too little data and missing files in one line", () => {
    expect(() => TokenFile.open(join(folder, "none"), "byte", { vocabularySize: 256 })).toThrow(
      "No such file",
    );
    expect(() => TokenFile.open(folder, "byte", { vocabularySize: 256 })).toThrow("Is a directory");
    const tokens = TokenFile.open(file("few.txt", "ab"), "byte", { vocabularySize: 256 });
    expect(() => new BatchSampler(tokens, { from: 0, to: 2 }, [1, 4], "random", 0)).toThrow(
      "one sequence takes 5",
    );
    tokens.close();
  });

  it("splits off the end", () => {
    expect(splitRange(100, 0.05)).toEqual({
      train: { from: 0, to: 95 },
      held: { from: 95, to: 100 },
    });
  });
});

describe("initialisers", () => {
  it("follow the manifest and the seed", () => {
    const specs = parseManifestWeights(
      JSON.stringify({
        weights: [
          { name: "a", shape: [3], dtype: "f32", init: "ones" },
          { name: "b", shape: [1000], dtype: "f32", init: { normal: { std: 0.02 } } },
        ],
      }),
      "m.json",
    );
    const weights = initialiseWeights(specs, 1);
    expect([...(weights.get("a")?.data ?? [])]).toEqual([1, 1, 1]);
    const b = weights.get("b")?.data as Float32Array;
    const deviation = Math.sqrt(b.reduce((sum, x) => sum + x * x, 0) / b.length);
    expect(Math.abs(deviation - 0.02)).toBeLessThan(0.002);
    expect(initialiseWeights(specs, 1)).toEqual(weights);
    expect(initialiseWeights(specs, 2)).not.toEqual(weights);
  });

  it("say which weight of a manifest is wrong", () => {
    const bad = JSON.stringify({
      weights: [{ name: "a", shape: [3], dtype: "f33", init: "ones" }],
    });
    expect(() => parseManifestWeights(bad, "m.json")).toThrow("weight 0");
    expect(() => parseManifestWeights("{", "m.json")).toThrow("is not JSON");
  });
});
