/** @file `pcp-train launch kubernetes` and `pcp-train launch ray`. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { findPython, packageFolders } from "#lib/runtime/python.ts";
import { EXIT, type ToolIo } from "#lib/support/io.ts";
import { isProblem, type Problem } from "#lib/support/problem.ts";
import { WORKER_ENVIRONMENT } from "#lib/train/cluster/exit-codes.ts";
import type { KubernetesShepherd } from "#lib/train/launch/kubernetes.ts";
import { fail, TOOL } from "./train-common.ts";
import {
  type LaunchOptions,
  shared,
  supervised,
  targetOf,
  wholeNumber,
  wrong,
} from "./train-launch-common.ts";

interface KubernetesOptions extends LaunchOptions {
  readonly image?: string;
  readonly namespace?: string;
  readonly resource?: readonly string[];
  readonly node?: readonly string[];
  readonly restarts: string;
  readonly grace: string;
  readonly shepherdConfig?: string;
  readonly volume?: string;
  readonly runFolder: string;
  readonly shepherdPort: string;
}

/** `key=value` words as a table, or what is wrong with one of them. */
function table(flag: string, words: readonly string[]): Record<string, string> | Problem {
  const entries = words.map((word) => {
    const at = word.indexOf("=");
    return [word.slice(0, Math.max(at, 0)), word.slice(at + 1)] as const;
  });
  const bad = words.find((_, index) => entries[index]?.[0] === "" || entries[index]?.[1] === "");
  return bad === undefined
    ? Object.fromEntries(entries)
    : { problem: `${flag} takes key=value, but got '${bad}'` };
}

const MOUNT = "/data";
const YEAR_MS = 365 * 24 * 3_600_000;
/** Paths inside the volume: no way out of it, and nothing that a shell reads otherwise. */
const INNER_PATH = /^[A-Za-z0-9_][A-Za-z0-9._/-]*$/;
const isInnerPath = (path: string): boolean =>
  INNER_PATH.test(path) && !path.split("/").includes("..");

/** A shepherd inside the cluster, whose keys and join token are made here so that workers can know them. */
async function clusterShepherd(
  io: ToolIo,
  options: KubernetesOptions,
): Promise<{ shepherd: KubernetesShepherd; joinToken: string } | Problem> {
  const { shepherdConfig: config = "", volume, runFolder, name } = options;
  if (volume === undefined)
    return { problem: "--shepherd-config needs --volume: the claim that holds config and data" };
  if (!isInnerPath(config) || !isInnerPath(runFolder))
    return {
      problem: `--shepherd-config and --run-folder are paths inside the volume, such as train.json`,
    };
  const port = wholeNumber(options.shepherdPort, 1, 65_535);
  if (port === null) return { problem: "--shepherd-port takes a number from 1 to 65535" };
  const { makeRunSecrets } = await import("#lib/train/launch/run-secrets.ts");
  const { objectNames } = await import("#lib/train/launch/kubernetes.ts");
  const host = objectNames(name).shepherd;
  const hosts = [
    host,
    ...(options.namespace === undefined ? [] : [`${host}.${options.namespace}.svc`]),
  ];
  const made = await makeRunSecrets(hosts, port, io.now(), io.now() + YEAR_MS);
  if (isProblem(made)) return made;
  return {
    joinToken: made.joinToken,
    shepherd: {
      config,
      volumeClaim: volume,
      mountPath: MOUNT,
      port,
      secrets: made.files,
      folder: runFolder,
      secretsFolder: made.folder,
    },
  };
}

async function launchKubernetes(io: ToolIo, options: KubernetesOptions): Promise<number> {
  const placed = options.shepherdConfig !== undefined;
  const target = await targetOf(io, options, !placed);
  if (isProblem(target)) return wrong(io, target);
  if (options.image === undefined)
    return wrong(io, { problem: "--image is missing: a container image with pcp-train in it" });
  const resources = table("--resource", options.resource ?? []);
  if (isProblem(resources)) return wrong(io, resources);
  const nodeSelector = table("--node", options.node ?? []);
  if (isProblem(nodeSelector)) return wrong(io, nodeSelector);
  const restarts = wholeNumber(options.restarts, 0, 2 ** 31 - 1);
  const graceSeconds = wholeNumber(options.grace, 1, 86_400);
  if (restarts === null || graceSeconds === null)
    return wrong(io, { problem: "--restarts and --grace take whole numbers" });
  const own = placed ? await clusterShepherd(io, options) : null;
  if (own !== null && isProblem(own)) return wrong(io, own);
  const { deviceResources, kubernetesObjects, kubernetesYaml } = await import(
    "#lib/train/launch/kubernetes.ts"
  );
  const objects = kubernetesObjects({
    name: options.name,
    namespace: options.namespace ?? null,
    image: options.image,
    workers: target.workers,
    program: target.program,
    command: supervised(target.program, options),
    joinToken: own?.joinToken ?? target.joinToken,
    resources: { ...deviceResources(options.backend), ...resources },
    nodeSelector,
    restarts,
    graceSeconds,
    shepherd: own?.shepherd ?? null,
  });
  if (io.stdout.isTerminal)
    io.stderr.write(`${TOOL}: the Secret holds what lets workers in: pipe this into kubectl\n`);
  io.stdout.write(kubernetesYaml(objects));
  return EXIT.ok;
}

/** Adds `launch kubernetes`. */
export function defineKubernetes(launch: Command, io: ToolIo, end: (code: number) => void): void {
  shared(
    launch
      .command("kubernetes")
      .description("YAML of an Indexed Job, one index per worker, and of a shepherd if wanted")
      .optionsGroup("Kubernetes:")
      .option("--image <image>", "container image with pcp-train in it")
      .option("--namespace <name>", "namespace of all objects")
      .option("--resource <limit...>", "of one worker, such as --resource=memory=32Gi")
      .option("--node <label...>", "labels of nodes to choose, such as --node=gpu=h100")
      .option("--restarts <n>", "of one worker before it stays away", "20")
      .option("--grace <seconds>", "for a worker to hand in what it has when it is evicted", "120")
      .optionsGroup("A shepherd in the cluster, instead of --join:")
      .option("--shepherd-config <path>", "its config, inside the volume")
      .option("--volume <claim>", "PersistentVolumeClaim with config, model and data")
      .option("--run-folder <path>", "for checkpoints and journal, inside the volume", "run")
      .option("--shepherd-port <n>", "it listens on", "8080"),
  ).action(async (options: KubernetesOptions) => end(await launchKubernetes(io, options)));
}

interface RayOptions extends LaunchOptions {
  readonly address: string;
  readonly cpus: string;
  readonly gpus?: string;
  readonly resource?: readonly string[];
  readonly grace: string;
  readonly python?: string;
}

/** A Python that has Ray, or what to do about it. */
async function pythonWithRay(io: ToolIo, named: string | undefined): Promise<string | Problem> {
  const env = named === undefined ? io.env : { ...io.env, PCP_PYTHON: named };
  const python = await findPython({ env, cwd: io.cwd }, "ray");
  if (isProblem(python)) return python;
  if (!packageFolders(python.path).some((folder) => existsSync(join(folder, "ray"))))
    return {
      problem: `Python at ${python.path} has no module 'ray'; install requirements/ray.txt into it, or name another with --python`,
    };
  return python.path;
}

async function launchRay(io: ToolIo, options: RayOptions): Promise<number> {
  const target = await targetOf(io, options);
  if (isProblem(target)) return wrong(io, target);
  const words = table("--resource", options.resource ?? []);
  if (isProblem(words)) return wrong(io, words);
  const onGpu = options.backend === "cuda" || options.backend === "rocm";
  const cpus = Number(options.cpus);
  const gpus = Number(options.gpus ?? (onGpu ? "1" : "0"));
  const custom = Object.fromEntries(
    Object.entries(words).map(([key, value]) => [key, Number(value)]),
  );
  const grace = wholeNumber(options.grace, 1, 86_400);
  if (![cpus, gpus, ...Object.values(custom)].every((value) => value >= 0 && value < Infinity))
    return wrong(io, { problem: "--cpus, --gpus and --resource take numbers from 0" });
  if (grace === null) return wrong(io, { problem: "--grace takes a whole number of seconds" });
  const python = await pythonWithRay(io, options.python);
  if (typeof python !== "string") return fail(io, python.problem);
  // The token is not to be read from the list of processes.
  if (options.join !== undefined) process.title = `${TOOL} launch ray`;
  const { launchOnRay, RAY_UNAVAILABLE } = await import("#lib/train/launch/ray.ts");
  const code = await launchOnRay(
    python,
    {
      address: options.address,
      name: options.name,
      workers: target.workers,
      command: supervised(target.program, options),
      environment:
        target.joinToken === null ? {} : { [WORKER_ENVIRONMENT.joinToken]: target.joinToken },
      resources: { cpus, gpus, custom },
      grace,
    },
    io.env,
    io.signal,
    (chunk, stream) => io[stream].write(chunk),
  );
  return code === RAY_UNAVAILABLE ? EXIT.failure : code;
}

/** Adds `launch ray`. */
export function defineRay(launch: Command, io: ToolIo, end: (code: number) => void): void {
  shared(
    launch
      .command("ray")
      .description("an actor per worker, which comes back on another node when it is lost")
      .optionsGroup("Ray:")
      .option("--address <address>", "of the cluster; auto: the one of this host", "auto")
      .option("--cpus <n>", "of one worker", "1")
      .option("--gpus <n>", "of one worker (default: 1 for cuda and rocm)")
      .option("--resource <amount...>", "of one worker, such as --resource=tpu=1")
      .option("--grace <seconds>", "for workers to hand in what they have when asked to end", "120")
      .option("--python <file>", "a Python that has Ray (requirements/ray.txt)"),
  ).action(async (options: RayOptions) => end(await launchRay(io, options)));
}
