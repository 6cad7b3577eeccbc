/** @file What launchers write: scripts that bash and sbatch read, objects that Kubernetes' own schemas accept, commands for people. */
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as batch from "kubernetes-models/batch/v1";
import * as core from "kubernetes-models/v1";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import { memoryIo } from "../../../lib/driver/memory-io.ts";
import { createCommand, parseCommandAsync } from "../../../lib/driver/options.ts";
import { withoutSecrets } from "../../../lib/driver/run-tool.ts";
import { trainMain } from "../../../lib/driver/train.ts";
import { addLaunch } from "../../../lib/driver/train-launch.ts";
import { supervisedArguments, supervisedStart } from "../../../lib/driver/train-manager.ts";
import { isProblem } from "../../../lib/support/problem.ts";
import { runPaths } from "../../../lib/train/cluster/run-folder.ts";
import { workerProcesses } from "../../../lib/train/launch/node-manager.ts";
import { slurmScript } from "../../../lib/train/launch/slurm.ts";
import { shellCommand, workerArguments } from "../../../lib/train/launch/worker-command.ts";
import { formatJoinToken, parseJoinToken } from "../../../lib/train/net/join-token.ts";

const token = formatJoinToken({
  addresses: ["https://10.0.0.1:8080"],
  fingerprint: "a".repeat(64),
  secret: "very-secret",
  expires: Date.UTC(2100, 0, 1),
});

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pcp-launch-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function launch(args: readonly string[], env: Record<string, string> = {}) {
  const io = memoryIo({ argv: ["launch", ...args], cwd: folder, env });
  let code = 0;
  const command = createCommand({ name: "pcp-train", summary: "" }, io);
  addLaunch(command, io, (result) => {
    code = result;
  });
  code = (await parseCommandAsync(command, io)) ?? code;
  return { code, stdout: io.stdoutText(), stderr: io.stderrText() };
}

describe("a worker's command line", () => {
  it("names a device where there are several, and never holds the token", () => {
    expect(workerArguments({ backend: "cuda", target: "sm_90a" }, 3)).toEqual([
      "--worker",
      "--backend",
      "cuda",
      "--target",
      "sm_90a",
      "--device-id",
      "3",
    ]);
    expect(workerArguments({ backend: "cpu" }, 3)).toEqual(["--worker", "--backend", "cpu"]);
    expect(workerArguments({}, 3)).toEqual(["--worker"]);
    expect(workerArguments({ peakFlops: "312e12" }, 0)).toEqual([
      ...["--worker", "--peak-flops", "312e12"],
    ]);
    expect(workerArguments({ backend: "rocm", amdTarget: "gfx942" }, null)).toEqual([
      "--worker",
      "--backend",
      "rocm",
      "--amd-target",
      "gfx942",
    ]);
  });

  it("is read by a shell as it was meant", () => {
    const words = ["a b", "it's", "$HOME", "`x`", "", "plain=1", "two\nlines", '"'];
    const script = `for word in ${shellCommand(words)}; do printf '%s\\0' "$word"; done`;
    const read = execFileSync("sh", ["-c", script], { encoding: "utf8" });
    expect(read.split("\0").slice(0, -1)).toEqual(words);
  });
});

describe("a node manager", () => {
  it("starts one worker per device, and hands the token over in the environment alone", () => {
    const processes = workerProcesses({
      scale: 8,
      file: "node",
      first: ["pcp-train.js"],
      flags: { backend: "cuda", target: "sm_90a" },
      env: { PATH: "/bin" },
      joinToken: token,
      name: "gpu-07",
    });
    expect(processes.map(({ args }) => args(0).join(" "))).toEqual(
      Array.from(
        { length: 8 },
        (_, index) => `pcp-train.js --worker --backend cuda --target sm_90a --device-id ${index}`,
      ),
    );
    expect(processes[7]).toMatchObject({
      label: "w7",
      file: "node",
      env: { PATH: "/bin", PCP_JOIN_TOKEN: token, PCP_WORKER_NAME: "gpu-07-7" },
    });
  });
});

describe("a supervisor", () => {
  it("starts a shepherd again with the run that it has begun, and never anew", () => {
    const args = ["--shepherd", "--config", "c.json", "--overwrite"];
    expect(supervisedStart(args, 0)).toEqual(args);
    expect(supervisedStart(args, 1)).toEqual(["--shepherd", "--config", "c.json", "--resume"]);
    expect(supervisedStart(["--worker"], 3)).toEqual(["--worker"]);
  });

  it("takes its arguments from behind the dashes, and leaves those of others alone", () => {
    expect(supervisedArguments(["--supervise", "--", "--worker", "--json"])).toEqual([
      "--worker",
      "--json",
    ]);
    expect(supervisedArguments(["--worker"])).toBeNull();
    expect(supervisedArguments(["x", "--", "--supervise"])).toBeNull();
  });
});

describe("a report of a crash", () => {
  it("keeps no join token", () => {
    expect(withoutSecrets(["--worker", "--join", token, "--name", "a"])).toEqual([
      "--worker",
      "--join",
      "...",
      "--name",
      "a",
    ]);
    expect(withoutSecrets([`--join=${token}`])).toEqual(["--join=..."]);
    expect(withoutSecrets(["--join", "@token"])).toEqual(["--join", "@token"]);
  });
});

const examples = join(import.meta.dirname, "../../../examples/cluster");

describe("scripts of examples/cluster", () => {
  const scripts = readdirSync(examples).filter((name) => name.endsWith(".sh"));

  it.each(scripts)("%s is one that sh reads, with flags that pcp-train has", async (name) => {
    const path = join(examples, name);
    execFileSync("sh", ["-n", path]);
    const text = readFileSync(path, "utf8");
    const io = memoryIo({ argv: ["--help"] });
    await trainMain(io);
    const doctor = memoryIo({ argv: ["doctor", "--help"] });
    await trainMain(doctor);
    const help = io.stdoutText() + doctor.stdoutText();
    const commands = text.replaceAll("\\\n", " ").match(/pcp-train --?\w.*|pcp-train doctor.*/g);
    expect(commands?.length).toBeGreaterThan(0);
    const flags = commands?.join(" ").match(/(?<= )--[a-z-]+/g) ?? [];
    expect(flags.filter((flag) => !help.includes(`${flag} `))).toEqual([]);
  });
});

describe("launch print", () => {
  it("prints one command for a machine and one for its devices", async () => {
    const args = ["print", "--join", token, "--workers", "8", "--backend", "cuda"];
    const { code, stdout } = await launch(args);
    expect(code).toBe(0);
    expect(stdout.split("\n").filter((line) => line.startsWith("pcp-train"))).toEqual([
      `pcp-train --worker --join ${token} --backend cuda`,
      `pcp-train --node-manager --scale 8 --join ${token} --backend cuda`,
    ]);
  });

  it("says what is missing or wrong before anything is placed", async () => {
    const error = async (args: string[]) => (await launch(args)).stderr;
    expect(await error(["print"])).toMatch(/--join is missing: the shepherd prints the token/);
    expect(await error(["print", "--join", "x"])).toMatch(/damaged or cut short/);
    expect(await error(["print", "--join", token, "--workers", "0"])).toMatch(/--workers takes/);
    expect(await error(["print", "--join", token, "--name", "A_b"])).toMatch(/--name takes/);
    const old = formatJoinToken({
      addresses: ["https://a:1"],
      fingerprint: null,
      secret: "s",
      expires: 1,
    });
    expect(await error(["print", "--join", old])).toMatch(/expired at 1970-01-01/);
    expect((await launch(["print"])).code).toBe(2);
    expect((await launch(["print"], { PCP_JOIN_TOKEN: token })).code).toBe(0);
    expect((await launch(["print", "--connect", "10.0.0.1:8080"])).code).toBe(0);
    expect(await error(["print", "--join", "@missing"])).toMatch(/cannot read the join token from/);
    writeFileSync(join(folder, "token"), `${token}\n`);
    expect((await launch(["print", "--join", "@token"])).stdout).toContain(` --join ${token}\n`);
  });
});

describe("launch slurm", () => {
  it("prints a script that bash reads, and keeps the token in a file of the user's own", async () => {
    const { code, stdout } = await launch(
      [
        "slurm",
        "--workers",
        "4",
        "--partition",
        "gpu",
        "--gres",
        "gpu:1",
        "--time",
        "1-00:00:00",
      ].concat(["--backend", "cuda", "--folder", "with space 100%", "--sbatch=--exclusive"]),
      { PCP_JOIN_TOKEN: token },
    );
    expect(code).toBe(0);
    execFileSync("bash", ["-n"], { input: stdout });
    expect(stdout).not.toContain(token);
    const options = stdout.split("\n").filter((line) => line.startsWith("#SBATCH"));
    expect(options).toEqual([
      "#SBATCH --requeue",
      "#SBATCH --job-name=pcp",
      "#SBATCH --array=0-3",
      "#SBATCH --nodes=1",
      "#SBATCH --ntasks=1",
      "#SBATCH --signal=B:TERM@120",
      "#SBATCH --open-mode=append",
      `#SBATCH --output="${folder}/with space 100%%/worker-%A_%a.log"`,
      "#SBATCH --partition=gpu",
      "#SBATCH --time=1-00:00:00",
      "#SBATCH --gres=gpu:1",
      "#SBATCH --exclusive",
    ]);
    expect(stdout).toContain("pcp-train --supervise -- --worker --backend cuda &");
    const path = join(folder, "with space 100%", "join-token");
    expect(readFileSync(path, "utf8")).toBe(`${token}\n`);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it("refuses values that would begin another option or command", () => {
    const settings = {
      name: "pcp",
      workers: 1,
      command: ["pcp-train"],
      tokenFile: null,
      folder: "/tmp",
      notice: 60,
      maxRequeues: 3,
      further: [],
    };
    for (const value of ["a\n#SBATCH --uid=0", "a\nrm -rf /"]) {
      const script = slurmScript({ ...settings, options: { partition: value } });
      expect(script).toEqual({ problem: "the value of --partition has a control character in it" });
      expect(slurmScript({ ...settings, options: {}, further: [`--x=${value}`] })).toHaveProperty(
        "problem",
      );
    }
    expect(slurmScript({ ...settings, options: {}, further: ["rm"] })).toHaveProperty("problem");
  });

  it("says that there is no sbatch", async () => {
    const { code, stderr } = await launch(["slurm", "--join", token, "--submit"], { PATH: folder });
    expect(code).toBe(1);
    expect(stderr).toMatch(/sbatch did not take the job\n.*ENOENT/);
  });
});

/** An object as Kubernetes' schemas see it; validation throws with the reason. */
function validate(object: { kind: string }): void {
  const data = object as never;
  if (object.kind === "Secret") new core.Secret(data).validate();
  else if (object.kind === "Service") new core.Service(data).validate();
  else if (object.kind === "Job") new batch.Job(data).validate();
  else throw new Error(`no schema for ${object.kind}`);
}

type Data = Record<string, never>;
const documents = (text: string): Data[] =>
  parseAllDocuments(text).map((document) => document.toJS() as Data);

describe("launch kubernetes", () => {
  it("prints a Secret and an Indexed Job whose indices are restarted by themselves", async () => {
    const { code, stdout } = await launch(
      ["kubernetes", "--image", "registry.example/pcp:1", "--workers", "3", "--backend", "cuda"]
        .concat([
          "--namespace",
          "ml",
          "--resource=memory=32Gi",
          "--node=gpu=h100",
          "--restarts",
          "5",
        ])
        .concat(["--target", "sm_90a", "--join", token]),
    );
    expect(code).toBe(0);
    const objects = documents(stdout);
    expect(objects.map(({ kind }) => kind)).toEqual(["Secret", "Job"]);
    for (const object of objects) validate(object as unknown as { kind: string });
    const [secret, job] = objects as unknown as [
      { stringData: object; metadata: { namespace: string } },
      { spec: Record<string, unknown> & { template: { spec: { containers: Data[] } } } },
    ];
    expect(secret.stringData).toEqual({ token });
    expect(secret.metadata.namespace).toBe("ml");
    expect(job.spec).toMatchObject({
      completionMode: "Indexed",
      completions: 3,
      parallelism: 3,
      backoffLimitPerIndex: 5,
      podFailurePolicy: {
        rules: [
          { action: "Ignore", onPodConditions: [{ type: "DisruptionTarget" }] },
          { action: "FailIndex", onExitCodes: { operator: "In", values: [2, 78] } },
        ],
      },
      template: { spec: { restartPolicy: "Never", nodeSelector: { gpu: "h100" } } },
    });
    const [container] = job.spec.template.spec.containers;
    expect(container).toMatchObject({
      command: ["pcp-train", "--supervise", "--", "--worker", "--backend", "cuda"].concat([
        "--target",
        "sm_90a",
      ]),
      resources: { limits: { "nvidia.com/gpu": "1", memory: "32Gi" } },
    });
    expect(JSON.stringify(job)).not.toContain(token);
  });

  it("places a shepherd with keys that make the workers' token true", async () => {
    const { code, stdout } = await launch(
      ["kubernetes", "--image", "i", "--shepherd-config", "train.json", "--volume", "claim"].concat(
        ["--workers", "2", "--name", "run-7"],
      ),
    );
    expect(code).toBe(0);
    const objects = documents(stdout);
    expect(objects.map(({ kind }) => kind)).toEqual(["Secret", "Service", "Job", "Job"]);
    for (const object of objects) validate(object as unknown as { kind: string });
    const [secret, service, shepherd] = objects as unknown as [
      { stringData: Record<string, string> },
      { metadata: { name: string }; spec: { selector: object; ports: { port: number }[] } },
      { spec: { template: { metadata: { labels: object }; spec: { containers: Data[] } } } },
    ];
    const parsed = parseJoinToken(secret.stringData["token"] ?? "");
    if (isProblem(parsed)) throw new Error(parsed.problem);
    expect(parsed.addresses).toEqual([`https://${service.metadata.name}:8080`]);
    expect(service.spec.ports[0]?.port).toBe(8080);
    expect(shepherd.spec.template.metadata.labels).toMatchObject(service.spec.selector);
    expect(Object.keys(secret.stringData).sort()).toEqual([
      "authority.key",
      "observer.token",
      "operator.token",
      "run.key",
      "tls.pem",
      "token",
    ]);
  });

  it("puts keys where the shepherd looks for them, and leaves those alone that are there", async () => {
    const { stdout } = await launch(
      ["kubernetes", "--image", "i", "--shepherd-config", "train.json", "--volume", "claim"].concat(
        ["--program", "echo"],
      ),
    );
    type Pod = { spec: { template: { spec: { containers: { command: string[] }[] } } } };
    const [secret, , job] = documents(stdout) as unknown as [
      { stringData: Record<string, string> },
      unknown,
      Pod,
    ];
    // The container's own command, with its mounts in a folder of this machine.
    const mounts = join(folder, "pod");
    const command = job.spec.template.spec.containers[0]?.command.map((word) =>
      word
        .replaceAll("/run/pcp-secrets", `${mounts}/secrets`)
        .replaceAll("/data/", `${mounts}/data/`),
    );
    mkdirSync(join(mounts, "secrets"), { recursive: true });
    for (const [name, text] of Object.entries(secret.stringData))
      writeFileSync(join(mounts, "secrets", name), text, { mode: 0o400 });
    const [shell = "", ...args] = command ?? [];
    const said = execFileSync(shell, args, { encoding: "utf8" });
    expect(said.trim().replaceAll(mounts, "")).toBe(
      "--shepherd --config /data/train.json --checkpoint-dir /data/run --listen 0.0.0.0:8080 --resume",
    );
    const kept = runPaths(join(mounts, "data/run")).secrets;
    expect(readdirSync(kept).sort()).toEqual(
      Object.keys(secret.stringData).filter((name) => name !== "token"),
    );
    const key = join(kept, "authority.key");
    expect(statSync(key).mode & 0o077).toBe(0);
    chmodSync(key, 0o600);
    writeFileSync(key, "of the run");
    execFileSync(shell, args);
    expect(readFileSync(key, "utf8")).toBe("of the run");
  });

  it("has schemas that refuse what is wrong, and says what is missing", async () => {
    const { stdout } = await launch(["kubernetes", "--image", "i", "--join", token]);
    const job = documents(stdout)[1] as unknown as { kind: string; spec: Record<string, unknown> };
    expect(() => validate(job)).not.toThrow();
    job.spec["backoffLimitPerIndex"] = "many";
    expect(() => validate(job)).toThrow(/backoffLimitPerIndex/);
    const error = async (args: string[]) => (await launch(["kubernetes", ...args])).stderr;
    expect(await error(["--join", token])).toMatch(/--image is missing/);
    expect(await error(["--image", "i"])).toMatch(/--join is missing/);
    expect(await error(["--image", "i", "--shepherd-config", "c.json"])).toMatch(/needs --volume/);
    expect(await error(["--image", "i", "--shepherd-config", "../c", "--volume", "v"])).toMatch(
      /paths inside the volume/,
    );
    expect(await error(["--image", "i", "--join", token, "--resource", "x"])).toMatch(
      /--resource takes key=value, but got 'x'/,
    );
  });
});
