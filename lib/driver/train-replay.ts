/** @file `pcp-train replay`: recomputes every merge of a run and compares digests. */
import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { join, resolve } from "node:path";
import type { Command } from "commander";
import { EXIT, type ToolIo } from "#lib/support/io.ts";
import { isProblem } from "#lib/support/problem.ts";
import { plural } from "#lib/support/text.ts";
import { MODULE_FILE } from "#lib/train/checkpoint.ts";
import { type FolderRun, readRunFolder } from "#lib/train/cluster/run-folder-status.ts";
import type { ModuleStep } from "#lib/train/diloco/reduce.ts";
import { reportUsage } from "./options.ts";
import { fail, TOOL, withEngine } from "./train-common.ts";

interface ReplayOptions {
  readonly engine: string;
  readonly device?: string;
  readonly json?: boolean;
}

/** Recomputes the merges of a folder; the exit code. */
async function replayFolder(
  io: ToolIo,
  folder: string,
  { plan, records }: FolderRun,
  moduleStep: ModuleStep | null,
  json: boolean,
): Promise<number> {
  const { replayRun } = await import("#lib/train/cluster/replay.ts");
  const { openStoreOfFolder } = await import("#lib/train/cluster/shepherd-store.ts");
  const { default: tmp } = await import("tmp-promise");
  const scratch = await tmp.dir({ unsafeCleanup: true, prefix: "pcp-replay-" });
  const counts = { same: 0, differs: 0, gone: 0, empty: 0 };
  try {
    const replayed = replayRun({
      ...{ plan, records, moduleStep },
      store: await openStoreOfFolder(folder, io.now()),
      scratch: scratch.path,
      threads: Math.max(1, cpus().length - 1),
      now: io.now(),
      signal: io.signal,
    });
    for await (const commit of replayed) {
      const { sequence, round, slot, verdict, detail } = commit;
      counts[verdict]++;
      if (json) io.stdout.write(`${JSON.stringify(commit)}\n`);
      else if (verdict === "differs")
        io.stdout.write(`record ${sequence}, round ${round}.${slot}: differs in ${detail}\n`);
    }
  } finally {
    await scratch.cleanup();
  }
  const total = counts.same + counts.differs + counts.gone + counts.empty;
  const gone =
    counts.gone === 0
      ? ""
      : `, ${counts.gone} can no longer be computed (their blobs are gone; config key keep_updates keeps them)`;
  const text = `${plural(total, "merge")}: ${counts.same} computed again with the same digests, ${counts.differs} differ${gone}`;
  if (json) io.stdout.write(`${JSON.stringify(counts)}\n`);
  else io.stdout.write(`${text}\n`);
  if (counts.differs > 0)
    return fail(io, `${plural(counts.differs, "merge")} cannot be reproduced`);
  return EXIT.ok;
}

async function runReplay(
  io: ToolIo,
  where: string | undefined,
  options: ReplayOptions,
): Promise<number> {
  const { engine: name } = options;
  if (name !== "iree" && name !== "interp")
    return reportUsage(io, TOOL, `--engine must be iree or interp, but got '${name}'`);
  const folder = resolve(io.cwd, where ?? ".");
  const run = await readRunFolder(folder);
  if (isProblem(run)) return fail(io, run.problem);
  const note = (line: string): void => io.stderr.write(`${TOOL}: ${line}\n`);
  if (run.plan.outer.kind !== "module")
    return withProblems(io, () => replayFolder(io, folder, run, null, options.json === true));
  // The module itself made these merges.
  const choice = { engine: name, device: options.device } as const;
  return withEngine(io, choice, note, async (engine) => {
    const { moduleStep } = await import("#lib/train/cluster/shepherd-module-step.ts");
    const path = join(folder, MODULE_FILE);
    const text = readFileSync(path, "utf8");
    const loaded = await engine.load({ kind: "mlir", name: path, text });
    const step = moduleStep(engine, loaded, run.plan);
    return replayFolder(io, folder, run, step, options.json === true);
  });
}

/** What is wrong with data or blobs becomes one line. */
async function withProblems(io: ToolIo, body: () => Promise<number>): Promise<number> {
  const { DataError } = await import("#lib/data/token-file.ts");
  const { BlobError } = await import("#lib/train/net/blob-store.ts");
  try {
    return await body();
  } catch (error) {
    if (error instanceof DataError || error instanceof BlobError) return fail(io, error.message);
    throw error;
  }
}

/** Adds the command. */
export function addReplay(command: Command, io: ToolIo, end: (code: number) => void): void {
  command
    .command("replay")
    .description("compute every merge of a run again and compare digests")
    .argument("[folder]", "folder of the run; default: this one")
    .option("--engine <name>", "iree or interp, for data_parallel", "iree")
    .option("--device <uri>", "IREE device, such as local-task")
    .option("--json", "print a line of JSON per merge, then the sums")
    .action(async (folder: string | undefined, options: ReplayOptions) =>
      end(await runReplay(io, folder, options)),
    );
}
