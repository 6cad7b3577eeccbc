/** @file Every gradient rule against PyTorch on random shapes, and the 24 isolated cases of the reference system, as recorded. */
import { describe, expect, it } from "vitest";
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

  // The other families are compiled in `make parity`.
  it.skipIf(iree === null || family !== "isolated")("in IREE", async () => {
    const failed = await withModule("iree", await moduleOf(cases), (module) =>
      compareCases(`gradient rules, ${family}, in iree`, module, cases),
    );
    expect(failed).toEqual([]);
  });
});

it("there are 24 isolated cases", () => {
  expect(readCases(inRoot("test/fixtures/parity/vjp-isolated.json"))).toHaveLength(24);
});
