/** @file Every function of the lit tests of passes gives the same numbers before and after its pass. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { allPasses } from "#lib/driver/passes.ts";
import { toNumbers } from "#lib/tensors/tensor.ts";
import {
  difference,
  evaluate,
  parse,
  random,
  randomTensor,
  runText,
  signatures,
  type Tolerance,
} from "./helpers.ts";

const read = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../lit/passes/${name}.mlir`, import.meta.url)), "utf8");

const EXACT: Tolerance = { relative: 0, zeroSigns: false };

/** Functions whose numbers may change, as the page of the pass says. */
const TOLERANCES: { readonly [name: string]: Tolerance } = {
  // -0 + 0 becomes -0, as upstream.
  add_zero_float: { relative: 0, zeroSigns: true },
  together: { relative: 0, zeroSigns: true },
  add_of_pads: { relative: 0, zeroSigns: true },
  reduce_of_units: { relative: 0, zeroSigns: true },
  reduce_nothing: { relative: 0, zeroSigns: true },
  // The order or number of additions changes.
  reduce_of_broadcast: { relative: 1e-6, zeroSigns: true },
  reduce_of_reduce: { relative: 1e-5, zeroSigns: true },
  add_of_scatter: { relative: 1e-6, zeroSigns: true },
  // Products round one by one.
  power_cube: { relative: 3e-7, zeroSigns: false },
  power_fourth: { relative: 3e-7, zeroSigns: false },
  power_reciprocal_square: { relative: 3e-7, zeroSigns: false },
};

/** Passes that change the numbers or the signature on purpose. */
const OTHER = new Set(["pcp-to-bf16", "pcp-resources-to-args"]);

/** Why a function of a test cannot be run. */
const CANNOT = /no kernel|does not know|has no body|nest deeper/;

describe.each(allPasses.map(({ name }) => name).filter((name) => !OTHER.has(name)))(
  "%s",
  (pass) => {
    const before = parse(read(pass));
    const after = parse(read(pass));
    runText(after, `builtin.module(${pass})`);
    const left = new Set(signatures(after).map(({ name }) => name));

    test.each(signatures(before).filter(({ name }) => left.has(name)))(
      "$name",
      ({ name, inputs }) => {
        for (const seed of [1, 2, 3, 4]) {
          const next = random(seed);
          const values = inputs.map((type) => randomTensor(type, next, seed > 1));
          const expected = evaluate(before, name, values);
          const actual = evaluate(after, name, values);
          if (typeof expected === "string") {
            expect(expected).toMatch(CANNOT);
            continue;
          }
          if (typeof actual === "string") throw new Error(actual);
          expect(difference(expected, actual, TOLERANCES[name] ?? EXACT)).toBeNull();
        }
      },
    );
  },
);

test("pcp-to-bf16 stays near", () => {
  const before = parse(read("pcp-to-bf16"));
  const after = parse(read("pcp-to-bf16"));
  runText(after, "builtin.module(pcp-to-bf16)");
  for (const { name, inputs } of signatures(before)) {
    const next = random(5);
    const values = inputs.map((type) => randomTensor(type, next, false));
    const [a, b] = [evaluate(before, name, values), evaluate(after, name, values)];
    if (typeof a === "string" || typeof b === "string") throw new Error(`${a} ${b}`);
    const [x, y] = [a.flatMap(toNumbers), b.flatMap(toNumbers)];
    const worst = Math.max(...x.map((value, i) => Math.abs(value - (y[i] ?? Number.NaN))));
    const scale = Math.max(...x.map(Math.abs));
    // A sum of 256 values of either sign near 1, each off by up to 2^-8.
    expect(worst).toBeLessThan(name === "main" ? 1 : 0.02 * scale);
  }
});
