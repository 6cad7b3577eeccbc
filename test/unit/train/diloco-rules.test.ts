/** @file Small rules of a distributed run: merging by coordinate, the gate, steps of slower workers, defaults. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  defaultOuterLearningRate,
  isWholeDown,
  outerDefaults,
  wireOf,
} from "#lib/train/diloco/defaults.ts";
import { dynamicSteps } from "#lib/train/diloco/dylu.ts";
import { FEWEST_NORMS, judgeUpdate, median } from "#lib/train/diloco/gate.ts";
import {
  addToMean,
  difference,
  gradientBlock,
  sharesOf,
  trimmedMean,
  trimmedOf,
} from "#lib/train/diloco/merge.ts";
import { ALGORITHMS, type MergePlan, type WirePlan } from "#lib/train/protocol/plan.ts";

const block = (...values: number[]) => ({ high: Float64Array.from(values), low: null });
const numbers = fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), {
  minLength: 1,
  maxLength: 9,
});

describe("means", () => {
  it("are weighted means", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.double({ noNaN: true, min: -1e3, max: 1e3 }),
            fc.integer({ min: 0, max: 99 }),
          ),
          { minLength: 1, maxLength: 9 },
        ),
        (pairs) => {
          const shares = sharesOf(pairs.map(([, weight]) => weight));
          const mean = gradientBlock(1, false);
          pairs.forEach(([value], i) => {
            addToMean(mean, block(value), shares[i] as number, 1);
          });
          const given = pairs.reduce((sum, [, weight]) => sum + weight, 0);
          const weightOf = (weight: number) => (given === 0 ? 1 : weight);
          const total = pairs.reduce((sum, [, weight]) => sum + weightOf(weight), 0);
          const wanted =
            pairs.reduce((sum, [value, weight]) => sum + value * weightOf(weight), 0) / total;
          expect(mean.high[0]).toBeCloseTo(wanted, 8);
        },
      ),
    );
  });

  it("scale what clipping scales", () => {
    const mean = gradientBlock(2, false);
    const [first, second] = sharesOf([1, 3]);
    addToMean(mean, block(4, 8), first as number, 0.5);
    addToMean(mean, block(1, 2), second as number, 1);
    expect([...mean.high]).toEqual([(2 + 3) / 4, (4 + 6) / 4]);
  });

  it("of trimmed coordinates leave out the ends of each", () => {
    const updates = [block(9, -9), block(1, 1), block(2, 3), block(-7, 8), block(3, 2)];
    const out = gradientBlock(2, false);
    trimmedMean(updates, [1, 1, 1, 1, 1], 1, out);
    expect([...out.high]).toEqual([2, 2]);
    trimmedMean(updates, [1, 2, 1, 1, 1], 1, out);
    expect(out.high[0]).toBeCloseTo((1 * 2 + 2 + 3) / 4, 12);
  });

  it("of trimmed coordinates are not moved by a minority that lies", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, min: -1, max: 1 }), { minLength: 4, maxLength: 4 }),
        fc.double({ noNaN: true, min: -1e300, max: 1e300 }),
        fc.integer({ min: 0, max: 4 }),
        (honest, lie, place) => {
          const all = [...honest.slice(0, place), lie, ...honest.slice(place)];
          const out = gradientBlock(1, false);
          trimmedMean(
            all.map((value) => block(value)),
            all.map(() => 1),
            trimmedOf(5, 0.2),
            out,
          );
          expect(out.high[0]).toBeLessThanOrEqual(Math.max(...honest));
          expect(out.high[0]).toBeGreaterThanOrEqual(Math.min(...honest));
        },
      ),
    );
  });

  it("never trim all", () => {
    expect([1, 2, 3, 4, 5, 10].map((count) => trimmedOf(count, 0.5))).toEqual([0, 0, 1, 1, 2, 4]);
    expect([1, 4, 5, 10].map((count) => trimmedOf(count, 0.2))).toEqual([0, 0, 1, 2]);
    expect(trimmedOf(10, 0)).toBe(0);
  });

  it("begin with differences that lose nothing", () => {
    const floats = fc.float({ noNaN: true, min: -(2 ** 90), max: 2 ** 90 });
    fc.assert(
      fc.property(floats, floats, (base, local) => {
        const out = gradientBlock(1, true);
        difference(Float32Array.of(base), Float32Array.of(local), out);
        const [high, low] = [out.high[0] as number, out.low?.[0] as number];
        expect(Math.fround(base - high - low) + 0).toBe(local + 0);
        // Each part is a sum of f32 numbers, so that integers of 2^-149 compare them exactly.
        const exact = (value: number): bigint => {
          let [scaled, power] = [value, 0];
          while (!Number.isInteger(scaled)) [scaled, power] = [scaled * 2, power + 1];
          return BigInt(scaled) << BigInt(300 - power);
        };
        expect(exact(high) + exact(low)).toBe(exact(base) - exact(local));
      }),
    );
  });
});

describe("the gate", () => {
  const merge: MergePlan = { kind: "mean", clipFactor: 2, trimFraction: 0.2, normGate: 5 };
  const recent = [1, 1.5, 0.5, 1];
  const judge = (norm: number, changes: Partial<MergePlan> = {}, finite = true) =>
    judgeUpdate({ finite, norm }, recent, { ...merge, ...changes });

  it("knows the middle", () => {
    expect(median([])).toBeNull();
    expect(median([3])).toBe(3);
    expect(median([9, 1, 3])).toBe(3);
    expect(median([9, 1, 3, 5])).toBe(4);
    fc.assert(
      fc.property(numbers, (list) => {
        const middle = median(list) as number;
        const below = list.filter((x) => x < middle).length;
        const above = list.filter((x) => x > middle).length;
        expect(Math.max(below, above)).toBeLessThanOrEqual(list.length / 2);
      }),
    );
  });

  it("rejects what is not finite, with or without history", () => {
    for (const judgement of [
      judge(1, {}, false),
      judge(Number.NaN),
      judgeUpdate({ finite: true, norm: Infinity }, [], merge),
    ])
      expect(judgement).toMatchObject({ kind: "rejected", why: "not_finite" });
  });

  it("rejects what is too large, and says by how much", () => {
    expect(judge(4.9)).toEqual({ kind: "accepted", scale: 1 });
    expect(judge(5.5)).toEqual({
      kind: "rejected",
      why: "norm",
      detail: "norm 5.500 is 5.50 times the median of 1.000; 5 times is allowed",
    });
    expect(judge(1e9, { normGate: null })).toEqual({ kind: "accepted", scale: 1 });
  });

  it("scales down to the limit where asked to clip", () => {
    expect(judge(1.9, { kind: "clip" })).toEqual({ kind: "accepted", scale: 1 });
    expect(judge(4, { kind: "clip" })).toEqual({ kind: "accepted", scale: 0.5 });
    expect(judge(5.5, { kind: "clip" })).toMatchObject({ kind: "rejected", why: "norm" });
  });

  it("lets the first updates through, whatever their size", () => {
    const early = recent.slice(0, FEWEST_NORMS - 1);
    expect(judgeUpdate({ finite: true, norm: 1e9 }, early, merge)).toEqual({
      kind: "accepted",
      scale: 1,
    });
    expect(judgeUpdate({ finite: true, norm: 7 }, [0, 0, 0, 0, 0], merge)).toEqual({
      kind: "accepted",
      scale: 1,
    });
  });

  it("looks at recent norms only", () => {
    const long = [
      ...Array.from({ length: 500 }, () => 100),
      ...Array.from({ length: 64 }, () => 1),
    ];
    expect(judgeUpdate({ finite: true, norm: 50 }, long, merge).kind).toBe("rejected");
  });
});

describe("steps of slower workers", () => {
  it("are in proportion to their speed", () => {
    expect(dynamicSteps(30, 1, [1, 2, 3])).toBe(10);
    expect(dynamicSteps(30, 2.9, [2.9, 3])).toBe(29);
    expect(dynamicSteps(30, 3, [1, 2, 3])).toBe(30);
  });

  it("are all where nothing is known, and never none", () => {
    expect(dynamicSteps(30, null, [null, 3])).toBe(30);
    expect(dynamicSteps(30, 0, [0, 3])).toBe(30);
    expect(dynamicSteps(30, 1e-9, [1, null])).toBe(1);
    expect(dynamicSteps(1, 1, [10])).toBe(1);
  });
});

describe("defaults", () => {
  it("by number of workers", () => {
    const rates = [1, 2, 4, 5, 7, 8, 100].map((n) => defaultOuterLearningRate("diloco", n));
    expect(rates).toEqual([0.4, 0.6, 0.6, 0.7, 0.7, 0.8, 0.8]);
    expect(defaultOuterLearningRate("streaming", 8)).toBe(0.4);
    expect(defaultOuterLearningRate("data_parallel", 8)).toBe(1);
  });

  it("by algorithm", () => {
    const outer = (wire: WirePlan) =>
      ALGORITHMS.map((algorithm) => outerDefaults(algorithm, 2, wire));
    expect(outer(wireOf(null))).toEqual([
      { kind: "nesterov", learningRate: 0.6, momentum: 0.9 },
      { kind: "nesterov", learningRate: 0.4, momentum: 0.9 },
      { kind: "delayed_nesterov", learningRate: 0.6, momentum: 0.9 },
      { kind: "module", learningRate: 1, momentum: 0 },
    ]);
    expect(wireOf(null)).toMatchObject({ up: "int8", down: "int8" });
    expect(ALGORITHMS.map((algorithm) => isWholeDown(algorithm, wireOf(null)))).toEqual([
      false,
      false,
      true,
      false,
    ]);
    expect(isWholeDown("decoupled", wireOf("int4"))).toBe(false);
    expect(isWholeDown("decoupled", wireOf("f32"))).toBe(false);
  });

  it("what is left out and fed back takes the place of outer momentum", () => {
    const average = { learningRate: 1, momentum: 0 };
    expect(outerDefaults("diloco", 2, wireOf("int4"))).toEqual({ kind: "nesterov", ...average });
    expect(outerDefaults("decoupled", 2, wireOf("int4"))).toMatchObject(average);
    const all = { ...wireOf("int4"), topK: null, errorDecay: null };
    for (const wire of [all, { ...all, topK: 4096, errorDecay: 0.95 }, { ...all, topK: 64 }])
      expect(outerDefaults("diloco", 2, wire).momentum).toBe(0.9);
  });
});

it("the arithmetic of a run uses nothing of Node, no clock and no chance", () => {
  const folder = join(import.meta.dirname, "../../../lib/train/diloco");
  const impure = readdirSync(folder).filter((name) =>
    /from "node:|\bprocess\.|\bBuffer\b|Date\.now|performance\.|Math\.random|setTimeout/.test(
      readFileSync(join(folder, name), "utf8"),
    ),
  );
  expect(impure).toEqual([]);
});
