/** @file Weights & Biases through a Python child, which can neither hold up the run nor make it fail. */
import { mkdirSync } from "node:fs";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { findPython, type SearchPlace } from "#lib/runtime/python.ts";
import { isProblem } from "#lib/support/problem.ts";
import { escapeName, plural } from "#lib/support/text.ts";
import type { TrainConfig } from "../config.ts";
import type { JournalRecord } from "../protocol/records.ts";

const HELPER = fileURLToPath(new URL("./wandb-host/pcp_wandb.py", import.meta.url));
/** Project where the config names none, as in the reference system. */
const DEFAULT_PROJECT = "pcp-distributed";
/** Bytes that wait for the child; what comes on top of them is dropped. */
const MAX_WAITING = 1 << 20;
/** How long the child may take to send the rest when the run has ended. */
const CLOSE_MS = 5000;
/** What is kept of what the child prints, for the note on its end. */
const KEPT_STDERR = 2000;

/** Values of one line, by name. */
type Values = Readonly<Record<string, number>>;

/** Whether a config asks for Weights & Biases. */
export const wantsWandb = (config: TrainConfig): boolean =>
  [config.wandb_project, config.wandb_entity, config.wandb_run_name, config.wandb_api_key].some(
    (value) => value !== undefined && value !== null && value !== "",
  );

/** What is logged of a record; null: nothing. */
export function valuesOf(record: JournalRecord): Values | null {
  if (record.kind === "eval")
    return { "eval/loss": record.loss, round: record.round, tokens: record.tokens };
  if (record.kind !== "commit") return null;
  const { contributions, rejected, cosine } = record;
  const tokens = contributions.reduce((total, one) => total + one.tokens, 0);
  const loss = contributions.reduce((total, one) => total + one.loss * one.tokens, 0);
  const norms = contributions.map(({ norm }) => norm);
  return {
    round: record.round,
    tokens: record.tokens,
    participants: contributions.length,
    rejected: rejected.length,
    outer_update_norm: record.updateNorm,
    ...(cosine === null ? {} : { cosine_to_momentum: cosine }),
    ...(tokens > 0 ? { "train/loss": loss / tokens } : {}),
    ...(norms.length > 0
      ? { pseudo_gradient_norm: norms.reduce((total, norm) => total + norm, 0) / norms.length }
      : {}),
  };
}

export interface WandbOptions {
  readonly config: TrainConfig;
  readonly runId: string;
  /** Where the package keeps its files. */
  readonly folder: string;
  /** Finds Python, and is the child's environment: WANDB_MODE, proxies and so on. */
  readonly place: SearchPlace;
  /** Tells the user something, once in a while. */
  readonly note: (text: string) => void;
  readonly closeMs?: number;
}

/** What wandb.init is given; secrets are not among it. */
function startOf({ config, runId, folder }: WandbOptions): object {
  const { wandb_api_key: _key, wandb_project: project, ...others } = config;
  return {
    project: project ?? DEFAULT_PROJECT,
    entity: others.wandb_entity ?? null,
    name: others.wandb_run_name ?? null,
    id: runId.replace(/[^A-Za-z0-9_-]/g, "-").slice(0, 64),
    // A run that goes on after a restart goes on there as well.
    resume: "allow",
    dir: folder,
    config: others,
  };
}

/** The process, as far as it matters here. */
interface Process {
  readonly pid: number | undefined;
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** How it ended, in words. */
  readonly ended: Promise<string>;
}

/** The child that hands metrics on. */
export class WandbChild {
  readonly #child: Process;
  readonly #note: (text: string) => void;
  readonly #closeMs: number;
  readonly #ended: Promise<void>;
  #dropped = 0;
  #over = false;
  #closing = false;
  #told = false;
  #stderr = "";

  constructor(child: Process, note: (text: string) => void, closeMs: number) {
    this.#child = child;
    this.#note = note;
    this.#closeMs = closeMs;
    // A child that has ended takes no more; that is found out by its end.
    child.stdin.on("error", () => {});
    child.stderr.on("data", (chunk: Buffer) => {
      this.#stderr = (this.#stderr + chunk.toString("utf8")).slice(-KEPT_STDERR);
    });
    const notes = createInterface({ input: child.stdout });
    notes.on("line", (line) => this.#hear(line));
    this.#ended = this.#watch();
  }

  async #watch(): Promise<void> {
    const how = await this.#child.ended;
    this.#over = true;
    if (this.#closing || this.#told) return;
    const last = this.#stderr.trim().split("\n").at(-1) ?? "";
    this.#tell(`has ended (${how})${last === "" ? "" : `: ${last}`}`);
  }

  /** Says why nothing more comes, once. */
  #tell(what: string): void {
    if (this.#told) return;
    this.#told = true;
    this.#note(`Weights & Biases ${escapeName(what)}; the run goes on without it`);
  }

  #hear(line: string): void {
    let event: { kind?: string; reason?: string; url?: string | null; folder?: string | null };
    try {
      event = JSON.parse(line);
    } catch {
      return;
    }
    if (event.kind === "missing")
      this.#tell("is asked for, but its Python package is not installed (pip install wandb)");
    else if (event.kind === "failed") this.#tell(`cannot be used (${event.reason})`);
    else if (event.kind === "open")
      this.#note(escapeName(`Weights & Biases: ${event.url ?? event.folder ?? "open"}`));
  }

  /** Records that could not be handed on, as the child did not take them. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Logs what a record tells; returns at once, whatever the child does. */
  record(record: JournalRecord): void {
    const values = valuesOf(record);
    if (values === null || this.#closing) return;
    const { stdin } = this.#child;
    if (this.#over || stdin.destroyed || stdin.writableLength > MAX_WAITING) this.#dropped++;
    else stdin.write(`${JSON.stringify(values)}\n`);
  }

  /** Lets the child finish for a few seconds, then ends it and all that it has started. */
  async close(): Promise<void> {
    if (this.#closing) return this.#ended;
    this.#closing = true;
    this.#child.stdin.end();
    const waiting = new AbortController();
    const late = sleep(this.#closeMs, true, { signal: waiting.signal }).catch(() => false);
    const killed = await Promise.race([this.#ended.then(() => false), late]);
    waiting.abort();
    this.#killGroup();
    if (killed) {
      await this.#ended;
      this.#note(
        "Weights & Biases did not finish in time and was ended: 'wandb sync' sends what is left",
      );
    }
    if (this.#dropped > 0)
      this.#note(`${plural(this.#dropped, "record")} did not get to Weights & Biases`);
  }

  /** The child leads a group of its own, so that the package's own processes end with it. */
  #killGroup(): void {
    const { pid } = this.#child;
    if (pid === undefined) return;
    try {
      process.kill(-pid, "SIGKILL");
    } catch {
      // All of them have ended.
    }
  }
}

/** Starts the child where the config asks for it; null where it does not, or where there is no Python, which is told. */
export async function openWandb(options: WandbOptions): Promise<WandbChild | null> {
  const { config, place, note } = options;
  if (!wantsWandb(config)) return null;
  const python = await findPython(place, "wandb");
  if (isProblem(python)) {
    note(`Weights & Biases is asked for, but ${python.problem}; the run goes on without it`);
    return null;
  }
  // The package falls back to another folder where this one is missing.
  mkdirSync(options.folder, { recursive: true });
  const { execa } = await import("execa");
  const child = execa(python.path, [HELPER], {
    cwd: options.folder,
    // The key goes by environment alone: arguments are seen by every user of the machine.
    env: {
      WANDB_SILENT: "true",
      ...place.env,
      ...(config.wandb_api_key ? { WANDB_API_KEY: config.wandb_api_key } : {}),
    },
    extendEnv: false,
    stdin: "pipe",
    stdout: "pipe",
    stderr: "pipe",
    buffer: false,
    reject: false,
    detached: true,
  });
  const ended = child.then(({ exitCode, signal }) => signal ?? `exit code ${exitCode}`);
  const { pid, stdin, stdout, stderr } = child;
  const handed = new WandbChild(
    { pid, stdin, stdout, stderr, ended },
    note,
    options.closeMs ?? CLOSE_MS,
  );
  stdin.write(`${JSON.stringify(startOf(options))}\n`);
  return handed;
}
