/** @file `pcp-train --shepherd`: the coordinator of a distributed run; with `--workers` alone, its workers too. */
import { cpus } from "node:os";
import { resolve } from "node:path";
import type { Command } from "commander";
import { DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import { EXIT, type ToolIo } from "#lib/support/io.ts";
import { escapeControls, plural } from "#lib/support/text.ts";
import type { ShepherdOutcome } from "#lib/train/cluster/shepherd.ts";
import type { ListenOptions, Serving } from "#lib/train/cluster/shepherd-server.ts";
import type { PreparedRun } from "#lib/train/cluster/shepherd-setup.ts";
import { singleKeysIn, type TrainConfig } from "#lib/train/config.ts";
import type { FailPoint } from "#lib/train/protocol/ports.ts";
import { reportUsage, suiteVersion } from "./options.ts";
import {
  CLUSTER_OVERRIDES,
  fail,
  printErrors,
  readConfig,
  showCurve,
  TOOL,
  type TrainOptions,
  withEngine,
} from "./train-common.ts";
import { ownProgram } from "./train-manager.ts";

/** Options of a shepherd, beside those of training and of joining. */
export interface ShepherdCommandOptions extends TrainOptions {
  readonly shepherd?: boolean;
  readonly listen?: string;
  readonly host?: string;
  readonly port?: string;
  readonly insecure?: boolean;
  readonly advertise?: readonly string[];
  readonly tlsCertificate?: string;
  readonly tlsKey?: string;
  readonly tlsClientAuthority?: string;
  readonly tokenHours?: string;
  readonly oneTimeToken?: boolean;
}

const DEFAULT_PORT = 8080;
const HOUR_MS = 3_600_000;

/** Adds the options of shepherds, `--host`, `--port` and `--insecure` apart, which workers have as well. */
export function addShepherdOptions(command: Command): void {
  command
    .optionsGroup("Distributed run:")
    .option("--shepherd", "coordinate a run whose workers join it")
    .option(
      "--listen <host:port>",
      `where the shepherd listens (default: 127.0.0.1:${DEFAULT_PORT})`,
    )
    .option("--advertise <host...>", "names or addresses at which other machines reach it")
    .option("--tls-certificate <file>", "certificate in PEM; default: one of the run's own")
    .option("--tls-key <file>", "key of the certificate")
    .option("--tls-client-authority <file>", "let in only clients with a certificate of this one")
    .option("--token-hours <n>", "for how long the join token is good", "24")
    .option("--one-time-token", "the join token is good for one worker")
    .option("--streaming", "the same as --algorithm streaming")
    .option("--no-dashboard", "lines only, as they are printed anyhow")
    .option("--terminate", "end when the run is done, as it does anyhow");
  command.optionsGroup("Config keys of distributed runs:");
  for (const [flag, key] of CLUSTER_OVERRIDES) command.option(flag, `config key ${key}`);
}

/** Host and port from `--listen`, or `--host` and `--port`; a message where they are none. */
function addressOf(
  { listen, host, port }: ShepherdCommandOptions,
  defaultPort: number,
): { host: string; port: number } | string {
  const match = /^(\[[^\]]+\]|[^:\s]*)(?::(\d+))?$/.exec(listen ?? "");
  if (match === null) return `--listen takes HOST:PORT, such as 0.0.0.0:8080, but got '${listen}'`;
  const found = match[1] === "" ? undefined : match[1]?.replace(/^\[|\]$/g, "");
  const number = Number(match[2] ?? port ?? defaultPort);
  if (!Number.isInteger(number) || number < 0 || number > 65_535)
    return `a port is a whole number from 0 to 65535, but got '${match[2] ?? port}'`;
  return { host: found ?? host ?? "127.0.0.1", port: number };
}

/** How to listen, from the command line; a message where it cannot be. */
export function listenOptions(
  options: ShepherdCommandOptions,
  cwd: string,
  defaultPort: number,
): ListenOptions | string {
  const address = addressOf(options, defaultPort);
  if (typeof address === "string") return address;
  const hours = Number(options.tokenHours ?? "24");
  if (!(hours > 0 && hours <= 24 * 365)) return "--token-hours takes a number of hours, up to 8760";
  const path = (file: string | undefined) => (file === undefined ? null : resolve(cwd, file));
  return {
    ...address,
    insecure: options.insecure ?? false,
    tls: {
      certificate: path(options.tlsCertificate),
      key: path(options.tlsKey),
      clientAuthority: path(options.tlsClientAuthority),
    },
    advertised: options.advertise ?? [],
    tokenLifetimeMs: hours * HOUR_MS,
    oneTime: options.oneTimeToken ?? false,
  };
}

/** `PCP_FAIL_POINT=name[:n]` kills this process at the n-th time that it comes by a point of that name: for tests of survival. */
export function failPointOf(env: ToolIo["env"]): FailPoint {
  const [wanted = "", times = "1"] = (env["PCP_FAIL_POINT"] ?? "").split(":");
  if (wanted === "") return () => {};
  let left = Number(times);
  return (name) => {
    if (name === wanted && --left === 0) process.kill(process.pid, "SIGKILL");
  };
}

/** What a run that can be joined says of itself. */
export function announce(
  io: ToolIo,
  note: (text: string) => void,
  { url, joinToken }: Serving,
  { plan, records }: PreparedRun,
): void {
  const parameters = plan.fragments.reduce((sum, { elements }) => sum + elements, 0);
  note(
    `run ${plan.runId}: ${plan.algorithm}, ${plural(plan.rounds, "round")} of ${plural(plan.innerSteps, "step")}, ${plural(plan.workers, "worker")}, ${plural(parameters, "parameter")}${records.length > 1 ? `; going on after ${records.length} records` : ""}`,
  );
  note(`web page: ${url}/`);
  note(`listening on ${url}; workers join with`);
  io.stdout.write(`${TOOL} --worker --join ${joinToken}\n`);
}

/** Says how a run ended; the exit code. */
export function finishRun(
  io: ToolIo,
  folder: string,
  outcome: ShepherdOutcome,
  options: TrainOptions,
  note: (text: string) => void,
): number {
  const { kind, reason, rounds, tokens, checkpoint } = outcome;
  if (kind === "checked") {
    note("dry run: nothing was trained");
    return EXIT.ok;
  }
  const loss = showCurve(io, folder, note);
  if (checkpoint !== null) note(`checkpoint: ${checkpoint.path}`);
  if (options.json === true) {
    const evalLoss = checkpoint?.manifest.evalLoss ?? null;
    const facts = { outcome: kind, reason, rounds, tokens, loss, evalLoss };
    io.stdout.write(`${JSON.stringify({ ...facts, checkpoint: checkpoint?.path ?? null })}\n`);
  }
  if (kind === "failed") return fail(io, reason);
  note(
    kind === "interrupted"
      ? `interrupted after ${plural(rounds, "round")}; go on with --resume`
      : `done: ${reason}`,
  );
  return EXIT.ok;
}

export interface ConductRequest {
  readonly options: ShepherdCommandOptions;
  readonly listen: ListenOptions;
  readonly config: TrainConfig;
  readonly base: string;
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly note: (text: string) => void;
  readonly onReady: (serving: Serving, run: PreparedRun) => void;
}

/** Runs a shepherd from its config to its end; the exit code. */
export async function conductRun(io: ToolIo, request: ConductRequest): Promise<number> {
  const { options, listen, config, base, signal, note, onReady } = request;
  const left = singleKeysIn(config);
  if (left.length > 0)
    note(`no meaning in a distributed run, left out: ${left.map((key) => `'${key}'`).join(", ")}`);
  const dryRun = options.dryRun ?? false;
  // What is only checked leaves nothing behind.
  const scratch = dryRun ? await temporaryFolder() : null;
  const folder = scratch?.path ?? request.folder;
  const diagnostics = new DiagnosticEngine();
  const { runShepherd } = await import("#lib/train/cluster/shepherd.ts");
  try {
    const choice = { engine: config.engine, device: config.device, thread: true };
    return await withEngine(io, choice, note, async (engine) => {
      const outcome = await runShepherd({
        ...{ config, base, folder, engine, listen, signal, note, diagnostics, onReady },
        overwrite: options.overwrite ?? false,
        dryRun,
        place: { env: io.env, cwd: io.cwd },
        threads: Math.max(1, Math.floor(cpus().length / 2)),
        software: { "pcp-train": suiteVersion(), engine: engine.name, node: process.version },
        program: ownProgram(),
        failPoint: failPointOf(io.env),
        now: io.now,
      });
      printErrors(io, diagnostics);
      return outcome === null ? EXIT.failure : finishRun(io, folder, outcome, options, note);
    });
  } finally {
    await scratch?.cleanup();
  }
}

async function temporaryFolder(): Promise<{ path: string; cleanup: () => Promise<void> }> {
  const { default: tmp } = await import("tmp-promise");
  return tmp.dir({ unsafeCleanup: true, prefix: "pcp-train-" });
}

/** Lines of a tool on standard error. */
export const noteOn =
  (io: ToolIo) =>
  (text: string): void =>
    io.stderr.write(`${TOOL}: ${escapeControls(text)}\n`);

/** `pcp-train --shepherd`; the exit code. */
export async function runShepherdCommand(
  io: ToolIo,
  options: ShepherdCommandOptions,
): Promise<number> {
  const listen = listenOptions(options, io.cwd, DEFAULT_PORT);
  if (typeof listen === "string") return reportUsage(io, TOOL, listen);
  const read = await readConfig(io, options);
  if (typeof read === "number") return read;
  const note = noteOn(io);
  return conductRun(io, {
    ...{ options, listen, note, ...read },
    folder: resolve(read.base, read.config.checkpoint_dir),
    signal: io.signal,
    onReady: (serving, run) => announce(io, note, serving, run),
  });
}
