/** @file Wire formats: sizes known in advance, bounds of what is lost, error feedback, hostile bytes. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toBf16Bits } from "#lib/support/float-codecs.ts";
import { isProblem, type Problem } from "#lib/support/problem.ts";
import { decodeSafetensors } from "#lib/tensors/safetensors.ts";
import { wireOf } from "#lib/train/diloco/defaults.ts";
import { makeFragments } from "#lib/train/diloco/fragments.ts";
import {
  decodeBlob,
  decodeRange,
  encodeBlob,
  encodeRange,
  layoutOf,
  readerOf,
} from "#lib/train/diloco/layout.ts";
import {
  inspectUpdate,
  type MergeRules,
  mergedGradient,
} from "#lib/train/diloco/merge-fragment.ts";
import { BLOCK, decodeRun, encodedBytes, encodeRun } from "#lib/train/diloco/quantise.ts";
import {
  CHUNK,
  decodePositions,
  encodePositions,
  keptOf,
  positionBytes,
  selectLargest,
} from "#lib/train/diloco/sparse.ts";
import {
  applyPublished,
  differenceLayout,
  encodedSize,
  encodeGradient,
  encodePublished,
  encodeUpdate,
  publishedLayout,
} from "#lib/train/diloco/wire.ts";
import {
  type Algorithm,
  type Fragment,
  WIRE_FORMATS,
  type WirePlan,
} from "#lib/train/protocol/plan.ts";
import { must } from "./support.ts";

function fragmentOf(elements: number): Fragment {
  const first = Math.floor(elements / 3);
  const tensors = [
    { name: "a", shape: [first], elements: first, role: "param" as const },
    { name: "b", shape: [elements - first], elements: elements - first, role: "param" as const },
  ];
  return makeFragments(tensors, { count: 1, kind: "whole" })[0] as Fragment;
}

const wire = (changes: Partial<WirePlan>): WirePlan => ({
  up: "f32",
  down: "f32",
  topK: null,
  downTopK: null,
  errorDecay: null,
  ...changes,
});

/** The (pseudo-)gradient of an update as f32, read as the shepherd reads it: looked at first, then merged with nothing else. */
function readUpdate(
  fragment: Fragment,
  bytes: Uint8Array,
  base: Float32Array,
  plan: WirePlan,
  algorithm: Algorithm,
): Float32Array | Problem {
  const rules: MergeRules = {
    ...{ fragment, algorithm, wire: plan },
    outer: { kind: "nesterov", learningRate: 1, momentum: 0, delay: 1 },
    merge: { kind: "mean", clipFactor: 2, trimFraction: 0, normGate: null },
  };
  const sourceOf = (blob: Uint8Array) => ({ bytes: blob.byteLength, read: readerOf(blob) });
  const source = {
    update: sourceOf(bytes),
    base: sourceOf(encodePublished(fragment, base, plan)),
  };
  const { problem } = inspectUpdate(rules, source);
  return problem === null
    ? mergedGradient(rules, [{ ...source, weight: 1, scale: 1 }])
    : { problem };
}

/** f32 values of ordinary and of extreme size. */
const values = (length: fc.Arbitrary<number>) =>
  length.chain((count) =>
    fc
      .tuple(
        fc.array(fc.float({ noNaN: true, min: -(2 ** 100), max: 2 ** 100 }), {
          minLength: count,
          maxLength: count,
        }),
        fc.constantFrom(1, 2 ** -60, 2 ** -149),
      )
      .map(([list, scale]) => Float32Array.from(list, (value) => value * scale)),
  );
const short = values(fc.integer({ min: 1, max: 600 }));

/** Numbers that look like noise, with a normal distribution's tails. */
function noise(length: number, seed = 1): Float32Array {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  return Float32Array.from(
    { length },
    () => Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next()),
  );
}

describe("runs of values", () => {
  const roundTrip = (format: (typeof WIRE_FORMATS)[number], input: Float32Array): Float32Array => {
    const bytes = new Uint8Array(encodedBytes(format, input.length)).fill(0xaa);
    encodeRun(format, input, input.length, bytes);
    const out = new Float32Array(input.length);
    decodeRun(format, bytes, input.length, out);
    return out;
  };

  it("f32 keeps every bit", () => {
    fc.assert(
      fc.property(short, (input) => {
        expect(roundTrip("f32", input)).toEqual(input);
      }),
    );
  });

  it("bf16 rounds to nearest, halves to even, and keeps what is not finite", () => {
    const special = [Number.NaN, Infinity, -Infinity, -0, 1 + 2 ** -8, 1 + 3 * 2 ** -8, 3.4e38];
    fc.assert(
      fc.property(short, (input) => {
        const all = Float32Array.of(...special, ...input);
        const bits = new Uint32Array(roundTrip("bf16", all).buffer);
        expect([...bits].map((word) => word >>> 16)).toEqual([...all].map(toBf16Bits));
      }),
    );
    expect([...roundTrip("bf16", Float32Array.from(special))]).toEqual([
      Number.NaN,
      Infinity,
      -Infinity,
      -0,
      1,
      1 + 2 ** -6,
      Infinity,
    ]);
  });

  it.each(["int8", "int4"] as const)("%s is off by at most half a scale of its block", (format) => {
    const limit = format === "int8" ? 127 : 7;
    fc.assert(
      fc.property(short, (input) => {
        const out = roundTrip(format, input);
        for (let from = 0; from < input.length; from += BLOCK[format]) {
          const block = input.subarray(from, from + BLOCK[format]);
          const largest = Math.max(...block.map(Math.abs));
          // The scale is rounded up to a bf16; two of them are 2^-133 apart, or 2^-7 of their size.
          const scale = largest / limit + Math.max((largest / limit) * 2 ** -7, 2 ** -133);
          for (let i = 0; i < block.length; i++)
            expect(Math.abs((out[from + i] as number) - (block[i] as number))).toBeLessThanOrEqual(
              scale * 0.5000001,
            );
        }
      }),
    );
    expect(roundTrip(format, new Float32Array(70))).toEqual(new Float32Array(70));
  });

  it.each(["int8", "int4"] as const)("%s keeps a block that is not finite so", (format) => {
    for (const bad of [Number.NaN, Infinity, -Infinity]) {
      const input = noise(3 * BLOCK[format]);
      input[BLOCK[format] + 5] = bad;
      const out = [...roundTrip(format, input)];
      const finite = out.map(Number.isFinite);
      expect(finite.slice(0, BLOCK[format])).not.toContain(false);
      expect(finite.slice(BLOCK[format], 2 * BLOCK[format])).not.toContain(true);
      expect(finite.slice(2 * BLOCK[format])).not.toContain(false);
    }
  });
});

describe("positions", () => {
  const cases = fc
    .integer({ min: 1, max: CHUNK })
    .chain((length) => fc.tuple(fc.constant(length), fc.integer({ min: 1, max: length })));

  it("are those of the largest magnitudes, the first of equal ones, and survive the wire", () => {
    fc.assert(
      fc.property(cases, fc.integer(), fc.boolean(), ([length, kept], seed, coarse) => {
        const input = noise(length, seed).map((value) => (coarse ? Math.round(value) : value));
        const positions = new Uint16Array(CHUNK);
        selectLargest(input, length, kept, positions);
        const order = [...input.keys()]
          .sort((a, b) => Math.abs(input[b] as number) - Math.abs(input[a] as number) || a - b)
          .slice(0, kept)
          .sort((a, b) => a - b);
        expect([...positions.subarray(0, kept)]).toEqual(order);
        if (kept === length) return;
        const bytes = new Uint8Array(positionBytes(kept, length)).fill(0xff);
        encodePositions(positions, kept, length, bytes);
        const back = new Uint16Array(CHUNK);
        expect(decodePositions(bytes, kept, length, back)).toBe(true);
        expect([...back.subarray(0, kept)]).toEqual(order);
      }),
      { numRuns: 60 },
    );
  });

  it("that are not ascending, too many, too few or out of range are refused", () => {
    const positions = new Uint16Array(CHUNK);
    // Four indices of 12 bits among 100 values.
    expect(positionBytes(4, 100)).toBe(6);
    const pack = (...list: number[]) => {
      const bytes = new Uint8Array(6);
      encodePositions(Uint16Array.from(list), 4, 100, bytes);
      return bytes;
    };
    expect(decodePositions(pack(0, 1, 50, 99), 4, 100, positions)).toBe(true);
    expect(decodePositions(pack(0, 1, 50, 100), 4, 100, positions)).toBe(false);
    expect(decodePositions(pack(0, 50, 50, 99), 4, 100, positions)).toBe(false);
    expect(decodePositions(pack(9, 1, 50, 99), 4, 100, positions)).toBe(false);
    // A bitmap of 20 values, of which 3 are kept.
    expect(positionBytes(3, 20)).toBe(3);
    expect(decodePositions(Uint8Array.of(7, 0, 0), 3, 20, positions)).toBe(true);
    expect(decodePositions(Uint8Array.of(3, 0, 0), 3, 20, positions)).toBe(false);
    expect(decodePositions(Uint8Array.of(15, 0, 0), 3, 20, positions)).toBe(false);
    expect(decodePositions(Uint8Array.of(3, 0, 0x10), 3, 20, positions)).toBe(false);
    // The padding of an odd number of indices.
    const odd = Uint8Array.of(5, 0, 0, 0, 0x10);
    expect(positionBytes(1, 100)).toBe(2);
    expect(decodePositions(odd.subarray(0, 2), 1, 100, positions)).toBe(true);
    expect(decodePositions(Uint8Array.of(5, 0x10), 1, 100, positions)).toBe(false);
  });

  it("keep a NaN before all else", () => {
    const input = noise(200);
    input[117] = Number.NaN;
    const positions = new Uint16Array(CHUNK);
    selectLargest(input, 200, 1, positions);
    expect(positions[0]).toBe(117);
  });
});

const encodings = fc.record({
  up: fc.constantFrom(...WIRE_FORMATS),
  topK: fc.option(fc.integer({ min: 1, max: CHUNK })),
});
const lengths = fc.oneof(
  fc.integer({ min: 1, max: 300 }),
  fc.constantFrom(CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK + 77),
);

describe("blobs", () => {
  it("are safetensors files of the size that is said in advance", () => {
    fc.assert(
      fc.property(lengths, encodings, (length, encoding) => {
        const fragment = fragmentOf(length);
        const plan = wire(encoding);
        const { bytes } = encodeUpdate(fragment, noise(length), noise(length, 2), plan, null);
        expect(bytes.byteLength).toBe(encodedSize(fragment, plan, "diloco"));
        const file = must(decodeSafetensors(bytes));
        const isWhole = plan.topK === null || plan.topK === 4096;
        const dense = isWhole && (plan.up === "f32" || plan.up === "bf16");
        expect([...file.tensors.keys()]).toEqual(dense ? ["a", "b"] : ["chunks"]);
        expect(file.metadata["encoding"]).toBe(plan.up);
      }),
      { numRuns: 60 },
    );
  });

  it("read in pieces are as read at once", () => {
    fc.assert(
      fc.property(encodings, ({ up, topK }) => {
        const length = 5 * CHUNK + 123;
        const layout = layoutOf(fragmentOf(length), "pseudo_gradient", up, topK);
        const input = noise(length);
        const bytes = encodeBlob(layout, input);
        const whole = must(decodeBlob(layout, bytes));
        const cut = 2 * CHUNK;
        const parts = [
          encodeRange(layout, 0, input.subarray(0, cut)),
          encodeRange(layout, cut, input.subarray(cut)),
        ];
        expect([...layout.header, ...parts.flatMap((part) => [...part])]).toEqual([...bytes]);
        const out = new Float32Array(length);
        for (const [from, to] of [
          [0, cut],
          [cut, length],
        ] as const)
          expect(decodeRange(layout, from, readerOf(bytes), out.subarray(from, to))).toBeNull();
        expect(out).toEqual(whole);
      }),
      { numRuns: 20 },
    );
  });

  it("hold exactly the largest values where not all are kept", () => {
    const length = CHUNK + 1000;
    const input = noise(length);
    const fragment = fragmentOf(length);
    const plan = wire({ up: "f32", topK: 100 });
    const { bytes } = encodeUpdate(fragment, new Float32Array(length), input, plan, null);
    const delta = must(readUpdate(fragment, bytes, input, plan, "diloco"));
    for (const [from, to] of [
      [0, CHUNK],
      [CHUNK, length],
    ] as const) {
      const kept = keptOf(100, to - from);
      const least = [...input.subarray(from, to)].map(Math.abs).sort((a, b) => b - a)[kept - 1];
      expect([...delta.subarray(from, to)]).toEqual(
        [...input.subarray(from, to)].map((v) => (Math.abs(v) >= (least as number) ? v : 0)),
      );
    }
  });

  it("in f32 carry the parameters themselves", () => {
    const fragment = fragmentOf(9);
    const [local, base] = [noise(9), noise(9, 2)];
    const { bytes, residual } = encodeUpdate(fragment, local, base, wire({}), null);
    expect(must(decodeSafetensors(bytes)).metadata["content"]).toBe("parameters");
    expect(residual).toBeNull();
    const delta = must(readUpdate(fragment, bytes, base, wire({}), "diloco"));
    expect([...delta]).toEqual(
      [...base].map((value, i) => Math.fround(value - (local[i] as number))),
    );
  });

  it("with error feedback lose nothing over time", () => {
    const length = CHUNK + 200;
    const fragment = fragmentOf(length);
    const plan = wire({ up: "int4", topK: 512, errorDecay: 1 });
    const zero = new Float32Array(length);
    const sent = new Float64Array(length);
    const owed = new Float64Array(length);
    let residual: Float32Array | null = null;
    for (let round = 0; round < 20; round++) {
      const change = noise(length, round + 1);
      const update = encodeUpdate(fragment, zero, change, plan, residual);
      residual = update.residual;
      must(readUpdate(fragment, update.bytes, zero, plan, "diloco")).forEach((value, i) => {
        sent[i] = (sent[i] as number) + value;
        owed[i] = (owed[i] as number) + (change[i] as number);
      });
    }
    owed.forEach((value, i) => {
      expect((sent[i] as number) + (residual?.[i] ?? 0)).toBeCloseTo(value, 4);
    });
    // What is still owed is bounded: without feedback it would be most of what there was.
    const size = (list: ArrayLike<number>) => Math.hypot(...Array.from(list));
    expect(size(residual ?? zero)).toBeLessThan(size(owed));
  });

  it("that are not finite stay so, and are not fed back", () => {
    const length = CHUNK + 10;
    const fragment = fragmentOf(length);
    fc.assert(
      fc.property(
        encodings,
        fc.constantFrom(Number.NaN, Infinity, -Infinity),
        fc.nat(length - 1),
        (encoding, bad, place) => {
          const plan = wire({ ...encoding, errorDecay: 0.9 });
          const gradient = noise(length);
          gradient[place] = bad;
          const { bytes, residual } = encodeGradient(fragment, gradient, plan, null);
          const back = must(readUpdate(fragment, bytes, gradient, plan, "data_parallel"));
          expect(back.every(Number.isFinite)).toBe(false);
          expect(residual?.every(Number.isFinite)).toBe(true);
        },
      ),
      { numRuns: 40 },
    );
  });

  it("that are damaged are told of, never thrown", () => {
    const length = CHUNK + 50;
    const fragment = fragmentOf(length);
    const base = noise(length);
    fc.assert(
      fc.property(
        encodings,
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 8 }),
        fc.option(fc.nat(2 * CHUNK)),
        (encoding, edits, cut) => {
          const plan = wire(encoding);
          const { bytes } = encodeUpdate(fragment, noise(length, 3), base, plan, null);
          const damaged = cut === null ? bytes : bytes.slice(0, cut);
          for (const [place, value] of edits)
            if (damaged.length > 0) damaged[place % damaged.length] = value;
          const read = readUpdate(fragment, damaged, base, plan, "diloco");
          if (isProblem(read)) expect(read.problem).toMatch(/^(not the|damaged)/);
          else expect(read).toHaveLength(length);
        },
      ),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (junk) => {
        expect(isProblem(readUpdate(fragment, junk, base, wire({}), "diloco"))).toBe(true);
        expect(isProblem(applyPublished(fragment, base, junk, wire({ down: "int8" })))).toBe(true);
      }),
    );
  });

  it("of another fragment, content or format are told apart", () => {
    const fragment = fragmentOf(100);
    const other = { ...fragment, index: 7 };
    const base = noise(100);
    const plan = wire({ up: "int8" });
    const gradient = encodeGradient(fragment, base, plan, null).bytes;
    const problemOf = (read: object) => (isProblem(read) ? read.problem : null);
    expect(problemOf(readUpdate(other, gradient, base, plan, "data_parallel"))).toMatch(
      /^not the gradient of fragment 7 in int8: it says content "gradient", encoding "int8", fragment "0"/,
    );
    expect(problemOf(readUpdate(fragment, gradient, base, wire({ up: "int4" }), "diloco"))).toMatch(
      /^not the pseudo_gradient of fragment 0 in int4: it has \d+ bytes where \d+ are due$/,
    );
  });
});

describe("published parameters", () => {
  it.each(["f32", "bf16"] as const)("%s go down whole", (down) => {
    const fragment = fragmentOf(500);
    const input = noise(500);
    const bytes = encodePublished(fragment, input, wire({ down }));
    const read = must(applyPublished(fragment, null, bytes, wire({ down })));
    expect(read).toEqual(
      down === "f32" ? input : must(decodeBlob(publishedLayout(fragment, wire({ down })), bytes)),
    );
    read.forEach((value, i) => {
      expect(Math.abs(value - (input[i] as number))).toBeLessThanOrEqual(
        down === "f32" ? 0 : Math.abs(input[i] as number) * 2 ** -8,
      );
    });
  });

  it("int8 go down whole where the plan says so", () => {
    const fragment = fragmentOf(500);
    const plan = wire({ down: "int8", downWhole: true });
    const input = noise(500);
    const bytes = encodePublished(fragment, input, plan);
    const read = must(applyPublished(fragment, noise(500, 2), bytes, plan));
    expect(read).toEqual(must(decodeBlob(publishedLayout(fragment, plan), bytes)));
    for (const from of [0, 256]) {
      const to = Math.min(500, from + 256);
      const most = Math.max(...input.subarray(from, to).map(Math.abs));
      for (let i = from; i < to; i++)
        expect(Math.abs((read[i] as number) - (input[i] as number))).toBeLessThanOrEqual(
          (0.51 * most) / 127,
        );
    }
    const difference = differenceLayout(fragment, plan);
    expect(isProblem(applyPublished(fragment, input, encodeBlob(difference, input), plan))).toBe(
      true,
    );
  });

  it("as differences are added to what was there; a newcomer takes them whole", () => {
    const fragment = fragmentOf(500);
    const plan = wire({ down: "int8" });
    const before = noise(500);
    const change = encodeBlob(differenceLayout(fragment, plan), noise(500, 2));
    const after = must(applyPublished(fragment, before, change, plan));
    after.forEach((value, i) => {
      expect(value).toBeCloseTo((before[i] as number) + (noise(500, 2)[i] as number), 1);
    });
    expect(after).not.toEqual(before);
    expect(isProblem(applyPublished(fragment, null, change, plan))).toBe(true);
    const whole = encodePublished(fragment, after, plan);
    expect(must(applyPublished(fragment, null, whole, plan))).toEqual(after);
    expect(must(applyPublished(fragment, before, whole, plan))).toEqual(after);
  });
});

it("bytes per parameter are those that the documentation states", () => {
  const elements = 1000 * CHUNK;
  const fragment = makeFragments([{ name: "w", shape: [elements], elements, role: "param" }], {
    count: 1,
    kind: "whole",
  })[0] as Fragment;
  const bytes = (plan: WirePlan, down: number) =>
    (encodedSize(fragment, plan, "diloco") + down) / elements;
  const whole = (plan: WirePlan) => bytes(plan, publishedLayout(fragment, plan).bytes);
  const change = (plan: WirePlan) => bytes(plan, differenceLayout(fragment, plan).bytes);
  expect(whole(wireOf("f32"))).toBeCloseTo(8, 3);
  expect(whole(wireOf("bf16"))).toBeCloseTo(4, 3);
  expect(change(wireOf("int8"))).toBeCloseTo(2.0156, 3);
  expect(change(wireOf("int4"))).toBeCloseTo(0.5156, 3);
  expect(change({ ...wireOf("int4"), topK: null, downTopK: null })).toBeCloseTo(1.0625, 3);
  expect(whole({ ...wireOf("int8"), downWhole: true })).toBeCloseTo(2.0156, 3);
  // Base64 of f32 both ways is 32 / 3 bytes per parameter.
  expect(32 / 3 / change(wireOf(null))).toBeGreaterThan(5);
  expect(32 / 3 / change(wireOf("int4"))).toBeGreaterThan(20);
});
