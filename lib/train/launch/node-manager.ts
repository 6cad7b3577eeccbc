/** @file The node manager: the workers of one host, one per device, kept running until the run ends. */
import { plural } from "#lib/support/text.ts";
import { WORKER_ENVIRONMENT, WORKER_EXIT } from "../cluster/exit-codes.ts";
import type { Clock } from "../protocol/ports.ts";
import { startChild } from "./child-process.ts";
import { Reaper } from "./reaper.ts";
import {
  type ChildExit,
  describeExit,
  type RestartPolicy,
  type SupervisorEvent,
  type SupervisorOutcome,
  supervise,
} from "./supervise.ts";
import { type WorkerFlags, workerArguments } from "./worker-command.ts";

/** One process to keep running. */
export interface ManagedProcess {
  /** Begins each of its lines as `[label] `; null hands its lines on as they are. */
  readonly label: string | null;
  readonly file: string;
  /** Arguments of a start, by how many there were before it. */
  readonly args: (restarts: number) => readonly string[];
  /** The whole environment, secrets included; what tells of the supervisor is added. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface ManagerSettings {
  readonly processes: readonly ManagedProcess[];
  readonly cwd: string;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly policy: RestartPolicy;
  /** Aborted: children are asked to end, and the manager ends with them. */
  readonly signal: AbortSignal;
  /** Aborted: children are killed, as nobody is left who would take what they have; the manager ends with them. */
  readonly killed?: AbortSignal;
  /** Writes lines of children, each with its end. */
  readonly write: (text: string, stream: "stdout" | "stderr") => void;
  /** Says something of the manager's own. */
  readonly note: (text: string) => void;
}

const SHOWN_LINES = 10;

/** Name of the worker on one device: what both names allow, cut to 64 characters. */
export function workerName(host: string, index: number): string {
  const tail = `-${index}`;
  const clean = (host.split(".", 1)[0] ?? "")
    .replaceAll(/[^A-Za-z0-9_-]/g, "-")
    .replace(/^[^A-Za-z0-9]+/, "");
  return `${(clean === "" ? "worker" : clean).slice(0, 64 - tail.length)}${tail}`;
}

/** The workers of one host, and what all of them are told. */
export interface HostWorkers {
  readonly scale: number;
  /** Program and its first arguments, such as Node and a script. */
  readonly file: string;
  readonly first: readonly string[];
  readonly flags: WorkerFlags;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly joinToken: string | null;
  /** What their names begin with; null: each makes its own, of host and device. */
  readonly name: string | null;
}

/** Processes of workers, one per device; the join token goes into their environment alone. */
export const workerProcesses = (workers: HostWorkers): ManagedProcess[] =>
  Array.from({ length: workers.scale }, (_, index) => {
    const { file, first, flags, env, joinToken, name } = workers;
    return {
      label: `w${index}`,
      file,
      args: () => [...first, ...workerArguments(flags, index)],
      env: {
        ...env,
        ...(joinToken === null ? {} : { [WORKER_ENVIRONMENT.joinToken]: joinToken }),
        ...(name === null ? {} : { [WORKER_ENVIRONMENT.name]: workerName(name, index) }),
      },
    };
  });

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;

function eventText(event: SupervisorEvent): string {
  switch (event.kind) {
    case "started":
      return event.restarts === 0
        ? `started (process ${event.pid ?? "none"})`
        : `started again (restart ${event.restarts}, process ${event.pid ?? "none"})`;
    case "restarting":
      return `ended with ${describeExit(event.exit)}; starting again in ${seconds(event.delayMs)} (failure ${event.failures} of ${event.maxFailures})`;
    case "stopping":
      return "asked to end";
    case "killing":
      return `did not end within ${seconds(event.graceMs)}: killed`;
  }
}

function outcomeText(outcome: SupervisorOutcome): string {
  const { kind, exit } = outcome;
  switch (kind) {
    case "done":
      return "done";
    case "refused":
      return exit.problem ?? `ended with ${describeExit(exit)}, which starting again cannot mend`;
    case "gave_up":
      return `failed ${plural(outcome.failures, "time")} and is given up; last ended with ${describeExit(exit)}`;
    case "stopped":
      return exit === null ? "stopped" : `stopped with ${describeExit(exit)}`;
  }
}

const tellsWhy = ({ kind }: SupervisorOutcome): boolean => kind === "refused" || kind === "gave_up";

const lastWords = ({ lastLines }: ChildExit): string =>
  lastLines
    .slice(-SHOWN_LINES)
    .map((line) => `\n    | ${line}`)
    .join("");

/**
 * Exit code of a manager by what became of its children: 0 where all are done, that of a mistake where all ended with
 * it (so that whoever supervises the manager does not start it again either), else 1.
 */
export function managerExitCode(outcomes: readonly SupervisorOutcome[]): number {
  const failed = outcomes.filter(tellsWhy);
  if (failed.length === 0) return WORKER_EXIT.done;
  const mistaken =
    failed.length === outcomes.length && failed.every(({ kind }) => kind === "refused");
  return mistaken ? WORKER_EXIT.configuration : 1;
}

/** Keeps processes running until each is done, refused or given up; never leaves one behind. */
export async function manageProcesses(settings: ManagerSettings): Promise<number> {
  const { processes, cwd, clock, random, policy, signal, killed, write, note } = settings;
  const reaper = Reaper.start(processes[0]?.env ?? {});
  const run = async (managed: ManagedProcess): Promise<SupervisorOutcome> => {
    // Whoever supervises the manager may have restarted it as well.
    const earlier = Number.parseInt(managed.env[WORKER_ENVIRONMENT.restarts] ?? "0", 10) || 0;
    const prefix = managed.label === null ? "" : `[${managed.label}] `;
    const say = (text: string): void => note(`${prefix}${text}`);
    const outcome = await supervise(
      {
        clock,
        random,
        killed,
        start: (restarts) =>
          startChild(
            {
              file: managed.file,
              args: managed.args(restarts),
              cwd,
              env: { ...managed.env, [WORKER_ENVIRONMENT.restarts]: String(earlier + restarts) },
              onLine: (line, stream) => write(`${prefix}${line}\n`, stream),
            },
            reaper,
          ),
        onEvent: (event) => say(eventText(event)),
      },
      policy,
      signal,
    );
    const words = tellsWhy(outcome) && outcome.exit !== null ? lastWords(outcome.exit) : "";
    say(`${outcomeText(outcome)}${words}`);
    return outcome;
  };
  try {
    return managerExitCode(await Promise.all(processes.map(run)));
  } finally {
    await reaper.close();
  }
}
