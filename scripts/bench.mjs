// Runs the measurements of bench/ one after the other and prints one JSON object: bench.mjs [NAME ...]
// Each bench/NAME.ts is a script that prints a JSON object, or a line `{"skipped": "why"}`.
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const wanted = process.argv.slice(2);
const names = readdirSync(join(root, "bench"))
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.slice(0, -3))
  .filter((name) => wanted.length === 0 || wanted.includes(name));

const out = join(root, "build/bench");
mkdirSync(out, { recursive: true });
await build({
  absWorkingDir: root,
  entryPoints: names.map((name) => `bench/${name}.ts`),
  outdir: out,
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20.11",
  banner: {
    js: 'import { createRequire as pcpCreateRequire } from "node:module"; const require = pcpCreateRequire(import.meta.url);',
  },
});

const results = {
  machine: {
    cpu: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  },
};
for (const name of names) {
  process.stderr.write(`bench: ${name}\n`);
  const run = spawnSync(process.execPath, [join(out, `${name}.js`)], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 1 << 26,
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    results[name] = JSON.parse(run.stdout);
  } catch {
    results[name] = { failed: `exit ${run.status ?? run.signal}` };
    process.exitCode = 1;
  }
}
process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
