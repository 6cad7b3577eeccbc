// Writes the pages of docs/ that are made from the sources.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const bundle = join(root, "build/gen-docs/pages.mjs");

mkdirSync(dirname(bundle), { recursive: true });
await build({
  absWorkingDir: root,
  stdin: {
    contents:
      'export { opsPage } from "./scripts/ops-page.ts"; export { allOps } from "#lib/dialects/all.ts"; export { openApiText } from "#lib/train/net/openapi.ts";',
    resolveDir: root,
    loader: "ts",
  },
  outfile: bundle,
  bundle: true,
  format: "esm",
  platform: "node",
});
const { opsPage, allOps, openApiText } = await import(pathToFileURL(bundle).href);
writeFileSync(join(root, "docs/ops.md"), opsPage(allOps));
console.log(`docs/ops.md: ${allOps.length} ops`);
writeFileSync(join(root, "docs/openapi.json"), openApiText());
console.log("docs/openapi.json");
