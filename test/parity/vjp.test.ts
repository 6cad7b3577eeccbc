/** @file Every gradient rule against PyTorch on random shapes, and the 24 isolated cases of the reference system, as recorded. */
import { describe, expect, it } from "vitest";
import { vjpRules } from "#lib/autodiff/rules/all.ts";
import { findIree, inRoot } from "./environment.ts";
import { withModule } from "./pipeline.ts";
import { compareCases, FAMILIES, moduleOf, readCases } from "./vjp-cases.ts";

const iree = await findIree();

describe.each(FAMILIES)("%s", (family) => {
  const cases = readCases(inRoot(`test/fixtures/parity/vjp-${family}.json`));

  it("in the interpreter", async () => {
    const failed = await withModule("interp", await moduleOf(cases), (module) =>
      compareCases(`gradient rules, ${family}, in interp`, module, cases),
    );
    expect(failed).toEqual([]);
  });
});

// The other families are compiled in `make parity`.
it("the isolated cases in IREE", async (context) => {
  if (iree === null) return context.skip("no Python with IREE; run 'make setup'");
  const cases = readCases(inRoot("test/fixtures/parity/vjp-isolated.json"));
  const failed = await withModule("iree", await moduleOf(cases), (module) =>
    compareCases("gradient rules, isolated, in iree", module, cases),
  );
  expect(failed).toEqual([]);
});

it("every rule that gives a gradient has a case", () => {
  const texts = FAMILIES.flatMap((family) =>
    readCases(inRoot(`test/fixtures/parity/vjp-${family}.json`)).map(({ text }) => text),
  ).join("\n");
  const rules = Object.entries(vjpRules).filter(
    ([, rule]) => typeof rule === "function" || rule.kind === "guarded",
  );
  // bitcast_convert passes no gradient on: its rule is there to refuse floats.
  const missing = rules
    .map(([name]) => name)
    .filter(
      (name) => name !== "bitcast_convert" && !new RegExp(`stablehlo\\.${name}\\b`).test(texts),
    );
  expect(missing).toEqual([]);
});

it("there are 24 isolated cases", () => {
  expect(readCases(inRoot("test/fixtures/parity/vjp-isolated.json"))).toHaveLength(24);
});
