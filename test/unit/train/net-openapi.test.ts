/** @file The OpenAPI document: as committed, as served, and every request of it is one that the server knows. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { openApiDocument, openApiText } from "#lib/train/net/openapi.ts";
import { startTestServer } from "./net-support.ts";

it("docs/openapi.json is fresh; `node scripts/gen-docs.mjs` writes it", () => {
  const page = readFileSync(new URL("../../../docs/openapi.json", import.meta.url), "utf8");
  expect(page).toBe(openApiText());
});

it("is served, and every request of it is answered", async () => {
  const server = await startTestServer();
  try {
    const served = await fetch(`${server.server.url}/v1/openapi.json`);
    expect(await served.text()).toBe(openApiText());
    const { paths } = openApiDocument() as { paths: Record<string, Record<string, object>> };
    const ending = new AbortController();
    for (const [path, methods] of Object.entries(paths))
      for (const method of Object.keys(methods)) {
        const url = server.server.url + path.replace("{digest}", "0".repeat(64));
        const answer = await fetch(url, { method: method.toUpperCase(), signal: ending.signal });
        // An unknown address would give 404 with these words.
        const text = answer.status === 404 ? await answer.text() : "";
        expect(`${method} ${path} ${text}`).not.toContain("nothing at this address");
      }
    ending.abort();
  } finally {
    await server.close();
  }
});
