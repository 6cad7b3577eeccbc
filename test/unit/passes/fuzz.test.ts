/** @file Properties of every pass over random functions: valid, printable and equal results. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { printModule } from "#lib/asm/printer.ts";
import { DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import { makeContext } from "#lib/dialects/all.ts";
import { allPasses } from "#lib/driver/passes.ts";
import { cloneOp } from "#lib/ir/clone.ts";
import type { Operation } from "#lib/ir/graph.ts";
import { verifyOp } from "#lib/verify/verify.ts";
import {
  difference,
  evaluate,
  parse,
  random,
  randomTensor,
  runText,
  signatures,
} from "./helpers.ts";
import { randomModule } from "./random-module.ts";

const RUNS = { numRuns: 60 };
const numbers = fc.array(fc.nat(10_000), { minLength: 10, maxLength: 150 });

const problems = (module: Operation): string[] => {
  const engine = new DiagnosticEngine();
  verifyOp(module, engine, makeContext());
  return engine.diagnostics.map(({ message }) => message);
};

function sameNumbers(before: Operation, after: Operation, special: boolean): string | null {
  for (const { name, inputs } of signatures(before)) {
    const next = random(11);
    const values = inputs.map((type) => randomTensor(type, next, special));
    const [a, b] = [evaluate(before, name, values), evaluate(after, name, values)];
    if (typeof a === "string" || typeof b === "string") return `${a} ${b}`;
    const found = difference(a, b, { relative: 0, zeroSigns: true });
    if (found !== null) return found;
  }
  return null;
}

/** Passes that keep every float, the sign of zero aside. */
const EXACT = allPasses
  .map(({ name }) => name)
  .filter((name) => !["pcp-simplify", "pcp-to-bf16", "pcp-prepare"].includes(name));

describe.each(allPasses.map(({ name }) => name))("%s", (pass) => {
  test("keeps functions valid and their text stable", () => {
    fc.assert(
      fc.property(numbers, (choices) => {
        const module = randomModule(choices, "f32");
        runText(module, `builtin.module(${pass})`);
        expect(problems(module)).toEqual([]);
        const text = printModule(module);
        expect(printModule(parse(text))).toBe(text);
      }),
      RUNS,
    );
  });

  test("keeps integer results", () => {
    fc.assert(
      fc.property(numbers, (choices) => {
        const before = randomModule(choices, "i32");
        const after = cloneOp(before);
        runText(after, `builtin.module(${pass})`);
        expect(sameNumbers(before, after, false)).toBeNull();
      }),
      RUNS,
    );
  });
});

describe.each(EXACT)("%s", (pass) => {
  test("keeps float results", () => {
    fc.assert(
      fc.property(numbers, (choices) => {
        const before = randomModule(choices, "f32");
        const after = cloneOp(before);
        runText(after, `builtin.module(${pass})`);
        expect(sameNumbers(before, after, true)).toBeNull();
      }),
      RUNS,
    );
  });
});

test("a pass that has run once has nothing left to do", () => {
  fc.assert(
    fc.property(numbers, (choices) => {
      const module = randomModule(choices, "f32");
      runText(module, "builtin.module(pcp-simplify,cse)");
      const text = printModule(module);
      runText(module, "builtin.module(pcp-simplify,cse)");
      expect(printModule(module)).toBe(text);
    }),
    RUNS,
  );
});
