// Simulates many runs of the distributed trainer, one after the other in two processes: SEEDS=N FROM=N BUG=name soak.mjs
// Prints every seed that broke a promise, with the command that runs it again; exits with 1 where there is one.
import { fork } from "node:child_process";
import { rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const PROCESSES = 2;
const PROGRESS_MS = 10_000;

/** Every `PROCESSES`-th seed of the range; a message for each that failed, and one at the end. */
async function part({ bundle, from, seeds, offset, bug }) {
  const { runSeed } = await import(pathToFileURL(bundle).href);
  const sums = { seeds: 0, events: 0, compared: 0, failed: 0 };
  let told = Date.now();
  for (let seed = from + offset; seed < from + seeds; seed += PROCESSES) {
    const report = await runSeed(seed, bug);
    sums.seeds++;
    sums.events += report.events;
    for (const [name, value] of Object.entries(report.tally))
      sums[name] = (sums[name] ?? 0) + value;
    sums.compared += report.compared ? 1 : 0;
    if (report.problems.length > 0) {
      sums.failed++;
      process.send({ kind: "failed", seed, problems: report.problems });
    }
    if (Date.now() - told < PROGRESS_MS) continue;
    told = Date.now();
    process.send({ kind: "progress", seed });
  }
  process.send({ kind: "done", sums });
}

async function all() {
  const seeds = Number(process.env.SEEDS || 100_000);
  const from = Number(process.env.FROM || 0);
  const bug = process.env.BUG ?? null;
  // Of its own for every soak, so that several can run at the same time.
  const bundle = join(root, "build/soak", `check-${process.pid}.mjs`);
  await build({
    absWorkingDir: root,
    entryPoints: ["test/simulation/check.ts"],
    outfile: bundle,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20.11",
  });
  const totals = {};
  const began = Date.now();
  const parts = Array.from({ length: Math.min(PROCESSES, seeds) }, (_, offset) => {
    const child = fork(fileURLToPath(import.meta.url), [
      JSON.stringify({ bundle, from, seeds, offset, bug }),
    ]);
    return new Promise((resolvePart, reject) => {
      child.on("message", (message) => {
        if (message.kind === "failed")
          console.log(
            `seed ${message.seed} failed:\n  ${message.problems.slice(0, 5).join("\n  ")}\n  again: make soak FROM=${message.seed} SEEDS=1`,
          );
        else if (message.kind === "progress") console.error(`at seed ${message.seed}`);
        else
          for (const [name, value] of Object.entries(message.sums))
            totals[name] = (totals[name] ?? 0) + value;
      });
      child.on("exit", (code) => (code === 0 ? resolvePart() : reject(new Error(`exit ${code}`))));
    });
  });
  await Promise.all(parts).finally(() => rmSync(bundle, { force: true }));
  console.log(JSON.stringify({ ...totals, seconds: (Date.now() - began) / 1000 }, null, 1));
  process.exitCode = totals.failed === 0 ? 0 : 1;
}

const work = process.argv[2];
if (work === undefined) await all();
else {
  await part(JSON.parse(work));
  process.disconnect();
}
