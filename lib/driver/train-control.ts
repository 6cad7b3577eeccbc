/** @file `pcp-train status`, `journal`, `pause`, `resume`, `drain`, `kick`, `stop`: what people do with a run from outside. */
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Command } from "commander";
import { EXIT, type ToolIo } from "#lib/support/io.ts";
import { isProblem, type Problem } from "#lib/support/problem.ts";
import { plural } from "#lib/support/text.ts";
import { isRunFolder, readAddress, runPaths } from "#lib/train/cluster/run-folder.ts";
import { folderStatus, readRunFolder } from "#lib/train/cluster/run-folder-status.ts";
import type { ShepherdClient } from "#lib/train/net/client.ts";
import { ClientError } from "#lib/train/net/connection.ts";
import { checkJournal } from "#lib/train/protocol/invariants.ts";
import type { OperatorAction } from "#lib/train/protocol/ports.ts";
import type { JournalRecord } from "#lib/train/protocol/records.ts";
import { reportUsage } from "./options.ts";
import { fail, TOOL } from "./train-common.ts";
import { joinTokenText } from "./train-join.ts";
import { recordLine } from "./train-journal-text.ts";

/** Where a run is. */
interface PlaceOptions {
  readonly folder?: string;
  readonly join?: string;
  readonly connect?: string;
  readonly json?: boolean;
}

/** Environment variable with an observer's or operator's token. */
const TOKEN_VARIABLE = "PCP_TOKEN";

/** Answers of a shepherd come in pieces of so many records. */
const PAGE = 1000;

/** Records of a stopped run, or a connection to the shepherd of one that goes on. */
type Place =
  | { readonly kind: "folder"; readonly folder: string }
  | { readonly kind: "shepherd"; readonly client: ShepherdClient };

/** Whether a call has reached nobody, so that the run has no shepherd now. */
const nobodyThere = (error: unknown): boolean =>
  error instanceof ClientError && error.code === "network";

/** A token of the run's folder; null where this user has none. */
function tokenOf(folder: string, role: "operator" | "observer"): string | null {
  try {
    return readFileSync(join(runPaths(folder).secrets, `${role}.token`), "utf8").trim();
  } catch {
    return null;
  }
}

/** Connects to the shepherd of a folder; null where there is none. */
async function connectFolder(
  folder: string,
  role: "operator" | "observer",
): Promise<ShepherdClient | null> {
  const address = readAddress(folder);
  const [url] = address?.addresses ?? [];
  if (address === null || url === undefined) return null;
  const { connectShepherd } = await import("#lib/train/net/client.ts");
  const { fingerprint } = address;
  const credential = tokenOf(folder, role);
  const client = await connectShepherd({ url, fingerprint, ca: null, credential });
  try {
    await client.ping(() => performance.now());
    return client;
  } catch (error) {
    await client.close();
    if (nobodyThere(error)) return null;
    throw error;
  }
}

/** Connects by `--join` or `--connect`, with the token of the environment where there is one. */
async function connectAddress(
  io: ToolIo,
  options: PlaceOptions,
): Promise<ShepherdClient | Problem | null> {
  const token = io.env[TOKEN_VARIABLE] ?? null;
  const { connectShepherd, joinShepherd } = await import("#lib/train/net/client.ts");
  if (options.connect !== undefined) {
    const url = /^https?:\/\//.test(options.connect)
      ? options.connect
      : `http://${options.connect}`;
    return connectShepherd({ url, fingerprint: null, ca: null, credential: token });
  }
  const text = options.join === undefined ? null : await joinTokenText(io, options.join);
  if (text === null || typeof text !== "string") return text;
  const incarnation = randomUUID();
  const joined = await joinShepherd({
    token: text,
    worker: `control-${incarnation.slice(0, 8)}`,
    incarnation,
    secret: null,
    now: io.now(),
  });
  if (isProblem(joined)) return joined;
  if (token !== null) joined.client.setCredential(token);
  return joined.client;
}

/** Finds the run that is meant. */
async function findPlace(
  io: ToolIo,
  options: PlaceOptions,
  role: "operator" | "observer",
): Promise<Place | Problem> {
  const given = await connectAddress(io, options);
  if (given !== null) return isProblem(given) ? given : { kind: "shepherd", client: given };
  const folder = resolve(io.cwd, options.folder ?? ".");
  if (!isRunFolder(folder))
    return {
      problem: `'${folder}' holds no distributed run: name its folder, or give --join or --connect`,
    };
  const client = await connectFolder(folder, role);
  return client === null ? { kind: "folder", folder } : { kind: "shepherd", client };
}

/** Runs `body` with the run that is meant; problems become one line. */
async function withPlace(
  io: ToolIo,
  options: PlaceOptions,
  role: "operator" | "observer",
  body: (place: Place) => Promise<number>,
): Promise<number> {
  let place: Place | Problem | null = null;
  try {
    place = await findPlace(io, options, role);
    return isProblem(place) ? fail(io, place.problem) : await body(place);
  } catch (error) {
    if (!(error instanceof ClientError)) throw error;
    const forbidden = error.reason === "credential" || error.status === 401 || error.status === 403;
    return fail(
      io,
      forbidden && io.env[TOKEN_VARIABLE] === undefined
        ? `${error.message}; ${TOKEN_VARIABLE} can have the ${role}'s token, which lies in the run's folder in secrets/${role}.token`
        : error.message,
    );
  } finally {
    if (place !== null && "client" in place) await place.client.close();
  }
}

const print = (io: ToolIo, value: unknown): void => io.stdout.write(`${JSON.stringify(value)}\n`);

async function runStatus(io: ToolIo, options: PlaceOptions): Promise<number> {
  const { renderPlain } = await import("#lib/train/dashboard/plain.ts");
  return withPlace(io, options, "observer", async (place) => {
    if (place.kind === "shepherd") {
      const status = await place.client.status();
      if (options.json === true) print(io, { ...status, shepherd: true });
      else io.stdout.write(renderPlain(status, Math.min(io.stdout.columns, 120)));
      return EXIT.ok;
    }
    const run = await readRunFolder(place.folder);
    if (isProblem(run)) return fail(io, run.problem);
    const status = folderStatus(place.folder, run, io.now());
    if (options.json === true) print(io, { ...status, shepherd: false });
    else {
      io.stdout.write(renderPlain(status, Math.min(io.stdout.columns, 120)));
      if (status.state !== "done")
        io.stderr.write(`${TOOL}: no shepherd is running: go on with --resume\n`);
    }
    return EXIT.ok;
  });
}

/** All records of a run from one on. */
async function recordsOf(place: Place, from: number): Promise<readonly JournalRecord[] | Problem> {
  if (place.kind === "folder") {
    const run = await readRunFolder(place.folder);
    return isProblem(run) ? run : run.records.slice(from);
  }
  const records: JournalRecord[] = [];
  for (;;) {
    const page = await place.client.journal(from + records.length, PAGE);
    records.push(...page);
    if (page.length < PAGE) return records;
  }
}

interface JournalOptions extends PlaceOptions {
  readonly from: string;
  readonly check?: boolean;
}

/** Checks what must hold in every journal, by the plan of the run's folder. */
async function runCheck(io: ToolIo, options: JournalOptions): Promise<number> {
  const folder = resolve(io.cwd, options.folder ?? ".");
  const run = await readRunFolder(folder);
  if (isProblem(run)) return fail(io, run.problem);
  const violations = checkJournal(run.records, run.plan);
  if (options.json === true)
    print(io, { records: run.records.length, tornBytes: run.tornBytes, violations });
  else {
    for (const violation of violations) io.stdout.write(`${violation}\n`);
    const torn = run.tornBytes > 0 ? `, ${run.tornBytes} bytes of a record that was cut short` : "";
    io.stdout.write(
      `${plural(run.records.length, "record")}${torn}: ${violations.length === 0 ? "all that must hold does" : plural(violations.length, "violation")}\n`,
    );
  }
  return violations.length === 0 ? EXIT.ok : EXIT.failure;
}

async function runJournal(io: ToolIo, options: JournalOptions): Promise<number> {
  const from = Number(options.from);
  if (!Number.isSafeInteger(from) || from < 0)
    return reportUsage(io, TOOL, `--from takes a whole number from 0, but got '${options.from}'`);
  if (options.check === true) {
    if (options.join !== undefined || options.connect !== undefined)
      return reportUsage(io, TOOL, "--check reads the folder of a run, not a connection");
    return runCheck(io, options);
  }
  return withPlace(io, options, "observer", async (place) => {
    const records = await recordsOf(place, from);
    if (isProblem(records)) return fail(io, records.problem);
    for (const record of records)
      io.stdout.write(
        options.json === true ? `${JSON.stringify(record)}\n` : `${recordLine(record)}\n`,
      );
    return EXIT.ok;
  });
}

const DONE: Readonly<Record<OperatorAction, string>> = {
  pause: "paused: rounds under way end, no new one begins",
  resume: "resumed",
  stop: "stopping: rounds under way end, then the run",
  drain: "is asked to hand in what it has and leave",
  kick: "is out of the run",
};

async function runControl(
  io: ToolIo,
  action: OperatorAction,
  worker: string | null,
  options: PlaceOptions,
): Promise<number> {
  return withPlace(io, options, "operator", async (place) => {
    if (place.kind === "folder")
      return fail(io, `no shepherd of '${place.folder}' is running: there is nothing to ${action}`);
    const problem = await place.client.control(action, worker);
    if (options.json === true) print(io, { action, worker, done: problem === null, problem });
    if (problem !== null) return fail(io, problem);
    if (options.json !== true)
      io.stderr.write(`${TOOL}: ${worker === null ? "" : `${worker} `}${DONE[action]}\n`);
    return EXIT.ok;
  });
}

/** Options by which all of these commands find a run. */
const withPlaceOptions = (command: Command): Command =>
  command
    .option("--join <token>", "a run elsewhere by its join token; @FILE reads it from a file")
    .option("--connect <host:port>", `a run by its address; ${TOKEN_VARIABLE} has the token`)
    .option("--json", "print JSON");

const FOLDER = ["[folder]", "folder of the run; default: this one"] as const;

function addSimple(
  command: Command,
  io: ToolIo,
  end: (code: number) => void,
  action: "pause" | "resume" | "stop",
  description: string,
): void {
  withPlaceOptions(
    command
      .command(action)
      .description(description)
      .argument(...FOLDER),
  ).action(async (folder: string | undefined, options: PlaceOptions) =>
    end(
      await runControl(io, action, null, {
        ...options,
        ...(folder === undefined ? {} : { folder }),
      }),
    ),
  );
}

function addOnWorker(
  command: Command,
  io: ToolIo,
  end: (code: number) => void,
  action: "drain" | "kick",
  description: string,
): void {
  withPlaceOptions(
    command
      .command(action)
      .description(description)
      .argument("<worker>", "name of the worker")
      .argument(...FOLDER),
  ).action(async (worker: string, folder: string | undefined, options: PlaceOptions) =>
    end(
      await runControl(io, action, worker, {
        ...options,
        ...(folder === undefined ? {} : { folder }),
      }),
    ),
  );
}

/** Adds the commands. */
export function addControl(command: Command, io: ToolIo, end: (code: number) => void): void {
  withPlaceOptions(
    command
      .command("status")
      .description("say where a run is")
      .argument(...FOLDER),
  ).action(async (folder: string | undefined, options: PlaceOptions) =>
    end(await runStatus(io, { ...options, ...(folder === undefined ? {} : { folder }) })),
  );
  withPlaceOptions(
    command
      .command("journal")
      .description("print what a run has decided, a line per record")
      .argument(...FOLDER)
      .option("--from <n>", "number of the first record", "0")
      .option(
        "--check",
        "check what must hold in every journal, such as that no data counts twice",
      ),
  ).action(async (folder: string | undefined, options: JournalOptions) =>
    end(await runJournal(io, { ...options, ...(folder === undefined ? {} : { folder }) })),
  );
  addSimple(command, io, end, "pause", "begin no further round for now");
  addSimple(command, io, end, "resume", "go on after a pause");
  addSimple(command, io, end, "stop", "end a run after its rounds under way");
  addOnWorker(command, io, end, "drain", "let a worker hand in what it has and leave");
  addOnWorker(command, io, end, "kick", "count a worker out at once");
}
