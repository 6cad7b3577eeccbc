/** @file Every StableHLO op with a record has a gradient test in text, except those whose rule is that there is none. */
import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { vjpRules } from "#lib/autodiff/rules/all.ts";

const folder = new URL("../../lit/autodiff/", import.meta.url);

/** Tested in test/lit/autodiff/tool/errors.test, or no op of its own. */
const ELSEWHERE: ReadonlySet<string> = new Set(["return"]);

test("each op has test/lit/autodiff/OP.mlir", () => {
  const missing = Object.entries(vjpRules).flatMap(([op, rule]) => {
    const refused = typeof rule !== "function" && rule.kind === "noRule" && op !== "composite";
    const isTested = refused || ELSEWHERE.has(op) || existsSync(new URL(`${op}.mlir`, folder));
    return isTested ? [] : [op];
  });
  expect(missing).toEqual([]);
});
