/** @file `pcp-train --config c.json --workers N`: shepherd and workers of one machine, started and ended together. */
import { join, resolve } from "node:path";
import { backendOf } from "#lib/runtime/ladder.ts";
import type { ToolIo } from "#lib/support/io.ts";
import { WORKER_ENVIRONMENT } from "#lib/train/cluster/exit-codes.ts";
import { workersOf } from "#lib/train/cluster/plan.ts";
import { runPaths } from "#lib/train/cluster/run-folder.ts";
import type { Serving } from "#lib/train/cluster/shepherd-server.ts";
import type { TrainConfig } from "#lib/train/config.ts";
import { RESTART_POLICY } from "#lib/train/launch/supervise.ts";
import { systemClock } from "#lib/train/launch/system-clock.ts";
import { type WorkerFlags, workerArguments } from "#lib/train/launch/worker-command.ts";
import { reportUsage } from "./options.ts";
import { readConfig, TOOL } from "./train-common.ts";
import {
  announce,
  conductRun,
  listenOptions,
  noteOn,
  type ShepherdCommandOptions,
} from "./train-shepherd.ts";

/** Time for workers to end after the shepherd has. */
const LEAVING_MS = 2000;

/** What local workers are told by flags: the backend of the config's engine and device, unless they say. */
function flagsOf(config: TrainConfig, options: ShepherdCommandOptions & WorkerFlags): WorkerFlags {
  const ofDevice = config.device === undefined ? null : backendOf(config.device);
  const backend = options.backend ?? (config.engine === "interp" ? "interp" : (ofDevice ?? "cpu"));
  return { backend, target: options.target, amdTarget: options.amdTarget };
}

/** Starts the workers; resolves when all have ended. */
async function startWorkers(
  io: ToolIo,
  config: TrainConfig,
  base: string,
  folder: string,
  flags: WorkerFlags,
  { joinToken }: Serving,
  signal: AbortSignal,
): Promise<number> {
  const { manageProcesses } = await import("#lib/train/launch/node-manager.ts");
  // After an interruption the shepherd alone says how the run ended.
  const unlessInterrupted = (write: () => void): void => {
    if (!io.signal.aborted) write();
  };
  const own = [...process.execArgv, ...process.argv.slice(1, 2)];
  const places = [
    "--data",
    resolve(base, config.data_path),
    "--state-dir",
    runPaths(folder).workers,
  ];
  return manageProcesses({
    processes: Array.from({ length: workersOf(config) }, (_, index) => ({
      label: `w${index}`,
      file: process.execPath,
      args: () => [...own, ...workerArguments(flags, index), ...places],
      env: {
        ...io.env,
        [WORKER_ENVIRONMENT.joinToken]: joinToken,
        [WORKER_ENVIRONMENT.name]: `w${index}`,
      },
    })),
    cwd: io.cwd,
    clock: systemClock(io.now),
    random: Math.random,
    policy: RESTART_POLICY,
    signal,
    // The shepherd hears nobody any more, and it goes on from what workers have kept on disk.
    killed: io.signal,
    write: (text, stream) => unlessInterrupted(() => io[stream].write(text)),
    note: (text) => unlessInterrupted(() => noteOn(io)(text)),
  });
}

/** Runs shepherd and workers; the exit code is the shepherd's. */
export async function runClusterCommand(
  io: ToolIo,
  options: ShepherdCommandOptions & WorkerFlags,
): Promise<number> {
  const listen = listenOptions(options, io.cwd, 0);
  if (typeof listen === "string") return reportUsage(io, TOOL, listen);
  const read = await readConfig(io, options);
  if (typeof read === "number") return read;
  const { config, base } = read;
  const folder = join(resolve(base, config.checkpoint_dir));
  const note = noteOn(io);
  // Workers end when the shepherd has; a shepherd without any worker has nothing to wait for.
  const ended = new AbortController();
  const abandoned = new AbortController();
  let workers: Promise<number> | null = null;
  try {
    return await conductRun(io, {
      ...{ options, listen, config, base, folder, note },
      signal: AbortSignal.any([io.signal, abandoned.signal]),
      onReady: (serving, run) => {
        announce(io, note, serving, run);
        workers = startWorkers(
          io,
          config,
          base,
          folder,
          flagsOf(config, options),
          serving,
          ended.signal,
        );
        workers.then(
          (code) => {
            if (code !== 0) abandoned.abort(new Error("no worker is left"));
          },
          (error: unknown) => abandoned.abort(error),
        );
      },
    });
  } finally {
    // Workers have heard of the end, and leave by themselves; those that do not are made to.
    const late = setTimeout(() => ended.abort(new Error("the shepherd has ended")), LEAVING_MS);
    await workers;
    clearTimeout(late);
  }
}
