/** @file `pcp-train doctor`: what would go wrong if a worker joined from here, before it does. */
import { join, resolve } from "node:path";
import type { Command } from "commander";
import { cacheFolder } from "#lib/runtime/cache.ts";
import { EXIT, type ToolIo } from "#lib/support/io.ts";
import { isProblem } from "#lib/support/problem.ts";
import { escapeControls, plural } from "#lib/support/text.ts";
import type { Check } from "#lib/train/launch/doctor-network.ts";
import { reportUsage } from "./options.ts";
import { TOOL } from "./train-common.ts";
import { addJoinOptions, joiningOf, placeOf, type WorkerCommandOptions } from "./train-worker.ts";

interface DoctorOptions extends WorkerCommandOptions {
  readonly json?: boolean;
}

const MARKS = { ok: "ok  ", warn: "warn", fail: "FAIL" } as const;

const line = ({ what, level, found, mend }: Check): string =>
  escapeControls(
    `${MARKS[level]}  ${what.padEnd(12)}  ${found}\n${mend === null ? "" : `      ${"".padEnd(12)}  -> ${mend}\n`}`,
  );

async function runDoctor(io: ToolIo, options: DoctorOptions): Promise<number> {
  if (options.join !== undefined) process.title = `${TOOL} doctor`;
  const cache = cacheFolder({ env: io.env, cwd: io.cwd });
  const joining = await joiningOf(io, options, cache);
  if (isProblem(joining)) return reportUsage(io, TOOL, joining.problem);
  const place = placeOf(options, joining.addresses);
  if (isProblem(place)) return reportUsage(io, TOOL, place.problem);
  const checks: Check[] = [];
  const { examine, requestOfToken } = await import("#lib/train/launch/doctor.ts");
  await examine({
    ...requestOfToken(joining.token),
    addresses: joining.addresses,
    backend: place.backend,
    target: place.target,
    ordinal: place.ordinal,
    stateFolder:
      options.stateDir === undefined ? join(cache, "workers") : resolve(io.cwd, options.stateDir),
    place: { env: io.env, cwd: io.cwd },
    now: io.now,
    onCheck(check) {
      checks.push(check);
      if (options.json !== true) io.stdout.write(line(check));
    },
  });
  const failed = checks.filter(({ level }) => level === "fail").length;
  const warned = checks.filter(({ level }) => level === "warn").length;
  if (options.json === true) io.stdout.write(`${JSON.stringify({ ok: failed === 0, checks })}\n`);
  else if (failed > 0)
    io.stdout.write(`${plural(failed, "thing")} to mend before a worker joins\n`);
  else io.stdout.write(warned > 0 ? "a worker can join; see the warnings\n" : "all is well\n");
  return failed === 0 ? EXIT.ok : EXIT.failure;
}

/** Adds `pcp-train doctor`. */
export function addDoctor(command: Command, io: ToolIo, end: (code: number) => void): void {
  const doctor = command
    .command("doctor")
    .description("check whether a worker could join from here, and how long its rounds would take");
  addJoinOptions(doctor);
  doctor
    .option("--device-id <n>", "which of several devices of the backend (default: 0)")
    .option("--state-dir <folder>", "where workers keep their state (default: in the cache)")
    .optionsGroup("Printing:")
    .option("--json", "print the checks as JSON")
    .action(async (options: DoctorOptions) => end(await runDoctor(io, options)));
}
