/** @file Starts the reducer processes of a run as children of its shepherd, and keeps them running. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Value } from "@sinclair/typebox/value";
import { isProblem, type Problem } from "#lib/support/problem.ts";
import { writeFileAtomically } from "#lib/tensors/files.ts";
import { startChild } from "../launch/child-process.ts";
import { Reaper } from "../launch/reaper.ts";
import {
  describeExit,
  RESTART_POLICY,
  type RestartPolicy,
  type SupervisorEvent,
  supervise,
} from "../launch/supervise.ts";
import { ClientError, type ConnectionOptions } from "../net/connection.ts";
import {
  connectReducer,
  type ReducerClient,
  type ReducerCredentials,
} from "../net/reducer-client.ts";
import type { Clock } from "../protocol/ports.ts";
import {
  type ReducerReady,
  type ReducerSettings,
  readReducerSettings,
  reducerReadySchema,
} from "./reducer-role.ts";
import type { ReducerOwner } from "./sharded-reducer.ts";

export interface ReducerProcessesOptions {
  readonly reducers: number;
  /** Each has a folder in it: settings, and blobs unless `blobs` says where they are. */
  readonly folder: string;
  /** Folder of blobs that all share; null: each has its own. */
  readonly sharedBlobs: string | null;
  readonly settings: Pick<
    ReducerSettings,
    "plan" | "secrets" | "host" | "insecure" | "tls" | "names" | "threads"
  >;
  /** Host by which workers reach the reducers. */
  readonly publicHost: string;
  /** How the shepherd trusts a reducer; addresses are told by the reducers. */
  readonly connection: Omit<ConnectionOptions, "url">;
  readonly credentials: ReducerCredentials;
  /** How pcp-train is started: the file, and its first arguments. */
  readonly program: { readonly file: string; readonly first: readonly string[] };
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly note: (text: string) => void;
}

/** Fragments wait while a reducer is down: it comes back soon. */
const POLICY: RestartPolicy = {
  ...RESTART_POLICY,
  firstDelayMs: 300,
  maxDelayMs: 15_000,
  maxFailures: 20,
  graceMs: 10_000,
};
const START_MS = 60_000;

/** Name of the settings in a reducer's folder. */
const REDUCER_FILE = "reducer.json";

/** One reducer process, and its successors. */
class ReducerProcess implements ReducerOwner {
  readonly index: number;
  readonly file: string;
  readonly #options: ReducerProcessesOptions;
  #settings: ReducerSettings;
  #up: ReducerReady | null = null;
  #url: string | null = null;
  #client: { readonly url: string; readonly made: Promise<ReducerClient> } | null = null;
  #down = "it is being started";
  gone = false;
  readonly #listeners = new Set<() => void>();

  constructor(index: number, options: ReducerProcessesOptions) {
    const { folder, sharedBlobs, reducers, settings } = options;
    const own = join(folder, String(index));
    mkdirSync(own, { recursive: true });
    this.index = index;
    this.file = join(own, REDUCER_FILE);
    this.#options = options;
    const earlier = readReducerSettings(this.file);
    this.#settings = {
      ...settings,
      ...{ index, reducers },
      blobs: sharedBlobs ?? join(own, "blobs"),
      shared: sharedBlobs !== null,
      // Where workers knew it before the shepherd was restarted.
      port: isProblem(earlier) ? 0 : earlier.port,
    };
  }

  get url(): string | null {
    return this.#url;
  }

  /** @returns a problem where the settings cannot be written. */
  writeSettings(): Problem | null {
    const text = `${JSON.stringify(this.#settings)}\n`;
    return writeFileAtomically(this.file, [new TextEncoder().encode(text)]);
  }

  /** Takes a line of its standard output: the first says where it listens. */
  onLine(line: string): void {
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      return;
    }
    if (!Value.Check(reducerReadySchema, value)) return;
    const { publicHost, settings } = this.#options;
    this.#up = value;
    this.#url = `${settings.tls === null ? "http" : "https"}://${publicHost}:${value.port}`;
    this.#settings = { ...this.#settings, port: value.port };
    this.writeSettings();
    this.#notify();
  }

  /** It does not run. @param final - and will not. */
  onDown(why: string, final: boolean): void {
    this.#up = null;
    this.#down = why;
    if (final) this.gone = true;
    this.#notify();
  }

  #notify(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  async ready(milliseconds: number): Promise<ReducerClient> {
    const { clock } = this.#options;
    const until = clock.monotonic() + milliseconds;
    while (this.#up === null) {
      const left = until - clock.monotonic();
      if (left <= 0 || this.gone)
        throw new ClientError("network", `reducer ${this.index} does not run: ${this.#down}`);
      await this.#changed(left);
    }
    return this.#clientOf(this.#up.url);
  }

  async #changed(milliseconds: number): Promise<void> {
    const timer = new AbortController();
    await new Promise<void>((resolve) => {
      const done = (): void => {
        this.#listeners.delete(done);
        timer.abort();
        resolve();
      };
      this.#listeners.add(done);
      this.#options.clock.sleep(milliseconds, timer.signal).then(done, done);
    });
  }

  #clientOf(url: string): Promise<ReducerClient> {
    const { connection, credentials } = this.#options;
    if (this.#client?.url !== url) {
      void this.close();
      this.#client = { url, made: connectReducer({ ...connection, url }, credentials) };
    }
    return this.#client.made;
  }

  async close(): Promise<void> {
    await (await this.#client?.made)?.close();
  }
}

/** The reducer processes of a run. */
export interface ReducerProcesses {
  readonly owners: readonly ReducerOwner[];
  /** Ends them. */
  close(): Promise<void>;
}

function tell(owner: ReducerProcess, event: SupervisorEvent, note: (text: string) => void): void {
  if (event.kind === "started")
    note(
      `reducer ${owner.index} started${event.restarts === 0 ? "" : " again"} (process ${event.pid ?? "none"})`,
    );
  if (event.kind !== "restarting") return;
  const how = `it ended with ${describeExit(event.exit)}`;
  owner.onDown(how, false);
  const pause = (event.delayMs / 1000).toFixed(1);
  note(`reducer ${owner.index}: ${how}; its fragments wait, starting again in ${pause} s`);
}

/** Keeps one process running until the signal. */
async function keep(
  owner: ReducerProcess,
  options: ReducerProcessesOptions,
  reaper: Reaper,
  signal: AbortSignal,
): Promise<void> {
  const { program, cwd, env, clock, random, note } = options;
  const start = () =>
    startChild(
      {
        file: program.file,
        args: [...program.first, "--reducer", owner.file],
        cwd,
        env,
        onLine: (line, stream) => {
          if (stream === "stdout") owner.onLine(line);
          else note(`reducer ${owner.index}: ${line}`);
        },
      },
      reaper,
    );
  const onEvent = (event: SupervisorEvent): void => tell(owner, event, note);
  const outcome = await supervise({ clock, random, start, onEvent }, POLICY, signal);
  const how =
    outcome.exit === null ? "it was stopped" : `it ended with ${describeExit(outcome.exit)}`;
  const last = outcome.exit?.lastLines.at(-1);
  owner.onDown(last === undefined || outcome.kind === "stopped" ? how : `${how}: ${last}`, true);
  if (outcome.kind !== "stopped")
    note(`reducer ${owner.index} is given up: ${how}; its fragments cannot be merged any more`);
}

/** Starts the reducers and waits until all of them listen; a problem where one does not. */
export async function startReducers(
  options: ReducerProcessesOptions,
): Promise<ReducerProcesses | Problem> {
  const { reducers, env } = options;
  const owners = Array.from({ length: reducers }, (_, i) => new ReducerProcess(i, options));
  for (const owner of owners) {
    const problem = owner.writeSettings();
    if (problem !== null) return problem;
  }
  const reaper = Reaper.start(env);
  const ending = new AbortController();
  const kept = owners.map((owner) => keep(owner, options, reaper, ending.signal));
  const close = async (): Promise<void> => {
    ending.abort();
    await Promise.all(kept);
    await Promise.all(owners.map((owner) => owner.close()));
    await reaper.close();
  };
  try {
    await Promise.all(owners.map((owner) => owner.ready(START_MS)));
  } catch (error) {
    await close();
    if (error instanceof ClientError) return { problem: error.message };
    throw error;
  }
  return { owners, close };
}
