/** @file Every pass has a name of its own, a page and a lit test; every pattern is applied by a lit test. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { allPasses } from "#lib/driver/passes.ts";
import { canonicalizePatterns } from "#lib/passes/canonicalize.ts";
import { folds } from "#lib/passes/fold/all.ts";
import { simplifyPatterns } from "#lib/passes/pcp-simplify.ts";
import { parse, runText } from "./helpers.ts";

const inRoot = (path: string): string =>
  fileURLToPath(new URL(`../../../${path}`, import.meta.url));

const names = allPasses.map(({ name }) => name);

test("names are sorted and unique", () => {
  expect(names).toEqual([...new Set(names)].sort());
});

describe.each(allPasses)("$name", ({ name, options, summary }) => {
  test("has a page that names every option", () => {
    const page = readFileSync(inRoot(`docs/passes/${name}.md`), "utf8");
    expect(page.startsWith(`# ${name}\n`)).toBe(true);
    for (const option of Object.keys(options)) expect(page).toContain(`\`${option}\``);
  });

  test("has a lit test", () => {
    expect(existsSync(inRoot(`test/lit/passes/${name}.mlir`))).toBe(true);
  });

  test("has a summary in the house style", () => {
    expect(summary).toMatch(/^[A-Z].*[^.]$/);
  });
});

test("every pattern applies in the lit test of a pass", () => {
  const applied = new Set<string>();
  for (const pass of [
    "canonicalize",
    "pcp-simplify",
    ...names.filter((n) => n.includes("aggressive")),
  ]) {
    const module = parse(readFileSync(inRoot(`test/lit/passes/${pass}.mlir`), "utf8"));
    const { statistics } = runText(module, `builtin.module(${pass})`);
    for (const entry of statistics)
      if ("counts" in entry) for (const name of entry.counts.keys()) applied.add(name);
  }
  // Needs an option; tested beside the others by its own RUN line.
  applied.add("fold-while-unused");
  const all = [...canonicalizePatterns, ...simplifyPatterns, ...folds].map(({ name }) => name);
  expect([...new Set(all)].filter((name) => !applied.has(name))).toEqual([]);
});
