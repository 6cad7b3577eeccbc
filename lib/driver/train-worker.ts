/** @file `pcp-train --worker`: one worker of a distributed run. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Command } from "commander";
import { cacheFolder, dataCacheBytes } from "#lib/runtime/cache.ts";
import type { ToolIo } from "#lib/support/io.ts";
import { isProblem, type Problem } from "#lib/support/problem.ts";
import { didYouMean } from "#lib/support/text.ts";
import {
  defaultTarget,
  deviceName,
  deviceUri,
  WORKER_BACKENDS,
  type WorkerBackend,
} from "#lib/train/cluster/device.ts";
import { WORKER_ENVIRONMENT, WORKER_EXIT } from "#lib/train/cluster/exit-codes.ts";
import { localToken } from "#lib/train/cluster/worker-token.ts";
import { systemClock } from "#lib/train/launch/system-clock.ts";
import { type JoinToken, parseJoinToken } from "#lib/train/net/join-token.ts";
import { isLoopback } from "#lib/train/net/server-access.ts";
import { reportUsage, suiteVersion } from "./options.ts";
import { TOOL } from "./train-common.ts";
import { joinTokenText } from "./train-join.ts";
import { failPointOf, noteOn } from "./train-shepherd.ts";

/** Options of a worker, whichever command they were given to. */
export interface WorkerCommandOptions {
  readonly join?: string;
  readonly connect?: string;
  readonly host?: string;
  readonly port?: string;
  readonly insecure?: boolean;
  readonly backend?: string;
  readonly target?: string;
  readonly amdTarget?: string;
  readonly deviceId?: string;
  /** Shared with training on one machine, as `data` is. */
  readonly device?: string;
  readonly data?: string;
  readonly peakFlops?: string;
  readonly name?: string;
  readonly stateDir?: string;
  readonly tlsAuthority?: string;
  /** Shared with shepherds. */
  readonly tlsCertificate?: string;
  readonly tlsKey?: string;
}

/** Port of a shepherd where none is given. */
const DEFAULT_PORT = 8080;

/** Adds the options by which workers, and whoever starts them, find a shepherd and describe devices. */
export function addJoinOptions(command: Command): void {
  command
    .optionsGroup("Joining a run:")
    .option(
      "--join <token>",
      `the word that the shepherd prints, @FILE, or - for standard input; else ${WORKER_ENVIRONMENT.joinToken}`,
    )
    .option("--connect <host:port>", "address of the shepherd instead of that in the token")
    .option("--host <address>", "the same in two parts: host ...")
    .option("--port <n>", `... and port (${DEFAULT_PORT} where only the host is given)`)
    .option("--insecure", "allow plain HTTP beyond this machine")
    .option("--backend <name>", `${WORKER_BACKENDS.join(", ")} (default: cpu)`)
    .option("--target <arch>", "what to compile for, such as host, generic, sm_80, gfx942")
    .option("--amd-target <arch>", "the same for --backend rocm")
    .option("--name <name>", "name of the worker (default: host, a number and the device)");
}

/** Adds the options that only a worker has; `--data`, `--device` and `--peak-flops` are those of training on one machine. */
export function addWorkerOptions(command: Command): void {
  command
    .optionsGroup("Worker:")
    .option("--worker", "train for a shepherd that --join or --connect names")
    .option("--device-id <n>", "which of several devices of the backend (default: 0)")
    .option(
      "--tls-authority <file>",
      "trust certificates of this authority; --tls-certificate and --tls-key are the worker's own",
    )
    .option("--state-dir <folder>", "where workers keep their state (default: in the cache)");
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Host and port of flags; an IPv6 address is in brackets. Null where no flag names one. */
function addressOf(options: WorkerCommandOptions): { host: string; port: number } | Problem | null {
  const { connect, host, port } = options;
  if (connect === undefined && host === undefined && port === undefined) return null;
  const text = connect ?? `${host ?? "127.0.0.1"}:${port ?? DEFAULT_PORT}`;
  const match = /^(?:https?:\/\/)?(\[[0-9a-fA-F:.]+\]|[^\s:/]+|[0-9a-fA-F:]+)(?::(\d+))?\/?$/.exec(
    text,
  );
  const number = Number(match?.[2] ?? DEFAULT_PORT);
  if (match?.[1] === undefined || number < 1 || number > 65_535)
    return { problem: `'${text}' is not HOST:PORT, such as 10.0.0.5:8080` };
  return { host: match[1].replace(/^\[|\]$/g, ""), port: number };
}

const urlOf = (scheme: "http" | "https", { host, port }: { host: string; port: number }): string =>
  `${scheme}://${host.includes(":") ? `[${host}]` : host}:${port}`;

const NO_TOKEN: JoinToken = { addresses: [], fingerprint: null, secret: "", expires: 0 };

/** Where to join, and with what; a string is a mistake of the user. */
export async function joiningOf(
  io: ToolIo,
  options: WorkerCommandOptions,
  cache: string,
): Promise<{ token: JoinToken; addresses: readonly string[] } | Problem> {
  const address = addressOf(options);
  if (address !== null && isProblem(address)) return address;
  const given = await joinTokenText(io, options.join);
  if (given !== null && typeof given !== "string") return given;
  const local =
    given === null && address !== null && isLoopback(address.host)
      ? localToken(cache, address.port)
      : null;
  // A shepherd that trusts its network asks for no token.
  if (given === null && local === null && address !== null && options.insecure === true)
    return { token: NO_TOKEN, addresses: [urlOf("http", address)] };
  const text = given ?? local;
  if (text === null)
    return {
      problem:
        address === null
          ? `no shepherd is named: give --join with the word that it prints (or ${WORKER_ENVIRONMENT.joinToken})`
          : `no join token: give --join with the word that the shepherd at ${address.host}:${address.port} prints (or ${WORKER_ENVIRONMENT.joinToken})`,
    };
  const token = parseJoinToken(text);
  if (isProblem(token)) return token;
  if (address === null) return { token, addresses: token.addresses };
  const scheme = token.addresses.some((known) => known.startsWith("https:")) ? "https" : "http";
  return { token, addresses: [urlOf(scheme, address)] };
}

export interface Place {
  readonly backend: WorkerBackend;
  readonly target: string;
  readonly ordinal: number;
  readonly device: string;
}

/** What the worker runs on. */
export function placeOf(
  options: WorkerCommandOptions,
  addresses: readonly string[],
): Place | Problem {
  const wanted = options.backend ?? (options.amdTarget === undefined ? "cpu" : "rocm");
  const backend = WORKER_BACKENDS.find((known) => known === wanted);
  if (backend === undefined)
    return {
      problem: `--backend '${wanted}' is not known: ${WORKER_BACKENDS.join(", ")}${didYouMean(wanted, WORKER_BACKENDS)}`,
    };
  if (options.amdTarget !== undefined && backend !== "rocm")
    return { problem: `--amd-target is for --backend rocm, but it is ${backend}; use --target` };
  const ordinal = Number(options.deviceId ?? "0");
  if (!Number.isInteger(ordinal) || ordinal < 0 || ordinal > 1023)
    return { problem: "--device-id takes a whole number from 0" };
  const isLocal = addresses.every((address) => isLoopback(new URL(address).hostname));
  const target = options.target ?? options.amdTarget ?? defaultTarget(backend, isLocal);
  if (typeof target !== "string") return target;
  if (!/^[A-Za-z0-9][A-Za-z0-9._+-]{0,63}$/.test(target))
    return { problem: `--target '${target}' is no name of a CPU or GPU` };
  return { backend, target, ordinal, device: options.device ?? deviceUri(backend, ordinal) };
}

/** PEM texts of a worker's side of TLS. */
function pemsOf(io: ToolIo, options: WorkerCommandOptions) {
  const read = (file: string | undefined): string | null | Problem => {
    if (file === undefined) return null;
    const path = resolve(io.cwd, file);
    try {
      return readFileSync(path, "utf8");
    } catch {
      return { problem: `cannot read '${path}'` };
    }
  };
  const texts = [options.tlsAuthority, options.tlsCertificate, options.tlsKey].map(read);
  const problem = texts.find((text) => text !== null && typeof text !== "string");
  if (problem !== undefined && problem !== null && typeof problem !== "string") return problem;
  const [ca, certificate, key] = texts as (string | null)[];
  if ((certificate === null) !== (key === null))
    return { problem: "--tls-certificate and --tls-key belong together" };
  return { ca: ca ?? null, certificate: certificate ?? null, key: key ?? null };
}

/** A plain HTTP address beyond this machine is refused, unless it is asked for. */
function insecureProblem(addresses: readonly string[], insecure: boolean): Problem | null {
  const open = addresses.find(
    (address) => address.startsWith("http:") && !isLoopback(new URL(address).hostname),
  );
  return open === undefined || insecure
    ? null
    : { problem: `'${open}' is plain HTTP beyond this machine; --insecure allows it` };
}

/** Runs one worker until its run ends. */
export async function runWorkerCommand(io: ToolIo, options: WorkerCommandOptions): Promise<number> {
  io.ownExitCode?.();
  // A token on the command line is not to be read from the list of processes.
  if (options.join !== undefined) process.title = `${TOOL} --worker`;
  const cache = cacheFolder({ env: io.env, cwd: io.cwd });
  const cachedData = dataCacheBytes(io.env);
  const usage = (message: string): number => {
    reportUsage(io, TOOL, message);
    return WORKER_EXIT.configuration;
  };
  const name = options.name ?? io.env[WORKER_ENVIRONMENT.name] ?? null;
  if (name !== null && !NAME.test(name))
    return usage(`--name '${name}' is not letters, digits, '.', '_' and '-', at most 64`);
  if (typeof cachedData !== "number") return usage(cachedData.problem);
  const joining = await joiningOf(io, options, cache);
  if (isProblem(joining)) return usage(joining.problem);
  const device = placeOf(options, joining.addresses);
  if (isProblem(device)) return usage(device.problem);
  const insecure = insecureProblem(joining.addresses, options.insecure === true);
  if (insecure !== null) return usage(insecure.problem);
  const pems = pemsOf(io, options);
  if (isProblem(pems)) return usage(pems.problem);
  const peakFlops = options.peakFlops === undefined ? null : Number(options.peakFlops);
  if (peakFlops !== null && !(peakFlops > 0 && Number.isFinite(peakFlops)))
    return usage(`--peak-flops '${options.peakFlops}' is no number of FLOP/s, such as 312e12`);
  const { runWorker } = await import("#lib/train/cluster/worker.ts");
  return runWorker({
    token: { ...joining.token, addresses: joining.addresses },
    ...pems,
    ...device,
    deviceName: deviceName(device.device),
    peakFlops,
    name,
    dataPath: options.data === undefined ? null : resolve(io.cwd, options.data),
    stateFolder:
      options.stateDir === undefined ? join(cache, "workers") : resolve(io.cwd, options.stateDir),
    cacheFolder: cache,
    dataCacheBytes: cachedData,
    place: { env: io.env, cwd: io.cwd },
    restarts: restartsOf(io),
    software: `pcp-train ${suiteVersion()}`,
    clock: systemClock(io.now),
    random: Math.random,
    failPoint: failPointOf(io.env),
    drain: io.signal,
    orphaned: parentWatch(io, options),
    note: noteOn(io),
  });
}

const restartsOf = (io: ToolIo): number => {
  const restarts = Number(io.env[WORKER_ENVIRONMENT.restarts] ?? "0");
  return Number.isSafeInteger(restarts) && restarts >= 0 ? restarts : 0;
};

/** Aborted when standard input ends, where whoever has started this process asked for it. */
function parentWatch(io: ToolIo, options: WorkerCommandOptions): AbortSignal {
  const controller = new AbortController();
  if (io.env[WORKER_ENVIRONMENT.exitWithParent] === "1" && options.join !== "-") {
    const gone = (): void => controller.abort(new Error("the process that started it is gone"));
    io.stdin.readAll().then(gone, gone);
  }
  return controller.signal;
}
