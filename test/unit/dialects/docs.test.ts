/** @file docs/ops.md is what the records say. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { allOps } from "#lib/dialects/all.ts";
import { opsPage } from "../../../scripts/ops-page.ts";

it("docs/ops.md is fresh; `node scripts/gen-docs.mjs` writes it", () => {
  const page = readFileSync(new URL("../../../docs/ops.md", import.meta.url), "utf8");
  expect(page).toBe(opsPage(allOps));
});
