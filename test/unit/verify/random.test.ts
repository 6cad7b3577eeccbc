/** @file Random valid modules verify; modules broken at random get diagnostics, never exceptions. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import { makeContext } from "#lib/dialects/all.ts";
import { verifyOp } from "#lib/verify/verify.ts";
import { breakModule, Choices, randomModule } from "./random-module.ts";

const context = makeContext();
const numbers = fc.array(fc.nat(10_000), { minLength: 20, maxLength: 200 });

it("accepts what the builder builds", () => {
  fc.assert(
    fc.property(numbers, fc.integer({ min: 1, max: 60 }), (choices, steps) => {
      const engine = new DiagnosticEngine();
      verifyOp(randomModule(choices, steps), engine, context);
      expect(engine.diagnostics.map(({ message }) => message)).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

it("reports what is broken and never throws", () => {
  let rejected = 0;
  fc.assert(
    fc.property(numbers, numbers, fc.integer({ min: 1, max: 4 }), (choices, breaks, times) => {
      const root = randomModule(choices, 20);
      const ways = new Choices(breaks);
      for (let i = 0; i < times; i++) breakModule(root, ways);
      const engine = new DiagnosticEngine();
      const ok = verifyOp(root, engine, context);
      expect(ok).toBe(!engine.hasErrors);
      if (!ok) rejected++;
    }),
    { numRuns: 1000 },
  );
  expect(rejected).toBeGreaterThan(300);
});
