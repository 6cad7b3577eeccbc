/** @file Philox against the known answers of its authors' Random123 library, and the distributions made of it. */
import { describe, expect, it } from "vitest";
import { philox, RandomStream } from "#lib/data/philox.ts";

describe("philox", () => {
  // Known answers for philox4x32-10 published with Random123 (kat_vectors).
  it.each([
    [
      [0, 0, 0, 0],
      [0, 0],
      [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
    ],
    [
      [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    ],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ],
  ] as const)("gives the published answer for %o", (counter, key, answer) => {
    expect(philox([...counter], [...key])).toEqual([...answer]);
  });

  it("draws normal numbers with the wanted mean and deviation", () => {
    const values = new Float64Array(40_000);
    new RandomStream(7, 1).fillNormal(values, 3, 2);
    const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
    const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean - 3)).toBeLessThan(0.04);
    expect(Math.abs(Math.sqrt(variance) - 2)).toBeLessThan(0.03);
  });

  it("gives other numbers for another seed, stream and substream", () => {
    const first = (stream: RandomStream): number => stream.uniform(0);
    const values = [
      first(new RandomStream(1, 1)),
      first(new RandomStream(2, 1)),
      first(new RandomStream(1, 2)),
      first(new RandomStream(1, 1, 1)),
      first(new RandomStream(2 ** 32 + 1, 1)),
    ];
    expect(new Set(values).size).toBe(values.length);
  });
});
