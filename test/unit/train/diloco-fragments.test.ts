/** @file Fragments cover a model exactly and evenly; slots hand each of them in once per round. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FRAGMENT_KINDS, makeFragments, makeSlots } from "#lib/train/diloco/fragments.ts";
import { ALGORITHMS, type FragmentTensor } from "#lib/train/protocol/plan.ts";

const tensor = (name: string, elements: number): FragmentTensor => ({
  name,
  shape: [elements],
  elements,
  role: "param",
});

const models = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 1000 })), {
    minLength: 1,
    maxLength: 30,
  })
  .map((parts) => parts.map(([layer, size], index) => tensor(`h.${layer}.t${index}`, size)));
const counts = fc.integer({ min: 1, max: 40 });

describe("fragments", () => {
  it("hold every tensor once, in the model's order within each and by their first tensor", () => {
    fc.assert(
      fc.property(models, counts, fc.constantFrom(...FRAGMENT_KINDS), (tensors, count, kind) => {
        const fragments = makeFragments(tensors, { count, kind });
        expect(fragments.length).toBeLessThanOrEqual(Math.min(count, tensors.length));
        expect(fragments.map(({ index }) => index)).toEqual(fragments.map((_, index) => index));
        const places = fragments.map((fragment) => fragment.tensors.map((t) => tensors.indexOf(t)));
        for (const list of places) expect(list).toEqual([...list].sort((a, b) => a - b));
        const firsts = places.map((list) => list[0] as number);
        expect(firsts).toEqual([...firsts].sort((a, b) => a - b));
        expect(places.flat().sort((a, b) => a - b)).toEqual(tensors.map((_, index) => index));
        for (const { tensors: members, elements } of fragments)
          expect(elements).toBe(members.reduce((sum, t) => sum + t.elements, 0));
        expect(makeFragments(tensors, { count, kind })).toEqual(fragments);
      }),
    );
  });

  it("that are balanced differ by no more than the largest tensor", () => {
    fc.assert(
      fc.property(models, counts, (tensors, count) => {
        const fragments = makeFragments(tensors, { count, kind: "balanced" });
        const sizes = fragments.map(({ elements }) => elements);
        // A bin that was left out is an empty one.
        if (fragments.length < Math.min(count, tensors.length)) sizes.push(0);
        const largest = Math.max(...tensors.map(({ elements }) => elements));
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(largest);
      }),
    );
  });

  it("that are strided take layers in turn, and keep a layer together", () => {
    const names = ["wte", "h.0.a", "h.0.b", "h.1.a", "h.1.b", "h.2.a", "norm", "head"];
    const fragments = makeFragments(
      names.map((name) => tensor(name, 10)),
      { count: 3, kind: "strided" },
    );
    expect(fragments.map(({ tensors }) => tensors.map(({ name }) => name))).toEqual([
      ["wte", "h.2.a"],
      ["h.0.a", "h.0.b", "norm"],
      ["h.1.a", "h.1.b", "head"],
    ]);
  });

  it("that are balanced put large tensors apart", () => {
    const fragments = makeFragments(
      [tensor("a", 8), tensor("b", 1), tensor("c", 7), tensor("d", 2)],
      { count: 2, kind: "balanced" },
    );
    expect(fragments.map(({ tensors }) => tensors.map(({ name }) => name))).toEqual([
      ["a", "b"],
      ["c", "d"],
    ]);
  });
});

describe("slots", () => {
  it("hand in every fragment once, on different steps in order, the last one at the end", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ALGORITHMS),
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 50 }),
        (algorithm, innerSteps, count) => {
          const tensors = Array.from({ length: count }, (_, i) => tensor(`t${i}`, 1));
          const fragments = makeFragments(tensors, { count, kind: "balanced" });
          const slots = makeSlots(algorithm, innerSteps, fragments);
          expect(slots.flatMap((slot) => slot.fragments)).toEqual(fragments.map((f) => f.index));
          expect(slots.map(({ slot }) => slot)).toEqual(slots.map((_, index) => index));
          const steps = slots.map(({ afterStep }) => afterStep);
          expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
          expect(steps[0]).toBeGreaterThanOrEqual(1);
          expect(steps.at(-1)).toBe(innerSteps);
          const whole = algorithm === "diloco" || algorithm === "data_parallel";
          expect(slots).toHaveLength(whole ? 1 : Math.min(innerSteps, count));
        },
      ),
    );
  });

  it("spread fragments over the round", () => {
    const tensors = ["a", "b", "c", "d"].map((name) => tensor(name, 1));
    const fragments = makeFragments(tensors, { count: 4, kind: "balanced" });
    const steps = makeSlots("streaming", 30, fragments).map(({ afterStep }) => afterStep);
    expect(steps).toEqual([8, 15, 23, 30]);
  });
});
