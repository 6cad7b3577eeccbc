/** @file Every constraint label of every record has a lit function `@<op>_c<n>` that breaks it. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { allOps } from "#lib/dialects/all.ts";
import { genericStablehloOps } from "#lib/dialects/stablehlo/generic-ops.ts";

const folder = fileURLToPath(new URL("../../lit/verify", import.meta.url));

/** Names of all symbols in the lit files of the verifier. */
const names = new Set(
  readdirSync(folder)
    .filter((file) => file.endsWith(".mlir"))
    .flatMap((file) => [
      ...readFileSync(join(folder, file), "utf8").matchAll(/@(\w+)|sym_name = "(\w+)"/g),
    ])
    .map((match) => match[1] ?? match[2]),
);

describe("constraints", () => {
  for (const def of allOps)
    for (const label of Object.keys(def.constraints)) {
      const op = def.name.slice(def.name.indexOf(".") + 1);
      const test = `${op}_${label.toLowerCase()}`;
      it(`${def.name} ${label} is broken by @${test}`, () => {
        expect(names.has(test)).toBe(true);
      });
    }
});

describe("records", () => {
  for (const def of allOps)
    it(`${def.name} has a summary that starts with a capital letter and has no full stop`, () => {
      expect(def.summary).toMatch(/^[A-Z].*[^.]$/);
      expect(def.summary).not.toContain("\n");
    });

  it("are of ops that are not listed as without one", () => {
    const records = new Set(allOps.map(({ name }) => name));
    expect(genericStablehloOps.filter((name) => records.has(name))).toEqual([]);
  });
});
