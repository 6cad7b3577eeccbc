/** @file A Slurm cluster of one node on 127.0.0.1: own keys, ports, folders and daemons, which are gone when it is closed. */
import { randomBytes } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { execa } from "execa";
import { freePort, until } from "./processes.ts";

const PROGRAMS = [
  "slurmctld",
  "slurmd",
  "sbatch",
  "srun",
  "scancel",
  "squeue",
  "scontrol",
  "munged",
];
const PATH = `${process.env["PATH"] ?? ""}:/usr/sbin:/usr/local/sbin:/sbin`;

const inPath = (name: string): boolean =>
  PATH.split(":").some((folder) => folder !== "" && existsSync(join(folder, name)));

/** Why there can be no Slurm here, or null. */
export function slurmProblem(): string | null {
  if (process.platform !== "linux") return "Slurm's node daemon needs Linux";
  const missing = PROGRAMS.filter((name) => !inPath(name));
  return missing.length === 0
    ? null
    : `${missing.join(", ")} missing: install Debian's packages slurm-wlm and munge`;
}

const configText = (folder: string, ports: readonly [number, number], cpus: number): string => {
  const host = hostname().split(".")[0];
  const user = userInfo().username;
  return `ClusterName=test
SlurmctldHost=${host}(127.0.0.1)
SlurmctldPort=${ports[0]}
SlurmdPort=${ports[1]}
# Daemons listen at the address that they have above, and nowhere else.
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
SlurmUser=${user}
SlurmdUser=${user}
AuthType=auth/munge
# A job that is queued again waits until its credential has expired: 2 minutes by default.
AuthInfo=socket=${folder}/munge.socket,cred_expire=5
StateSaveLocation=${folder}/state
SlurmdSpoolDir=${folder}/spool
SlurmctldPidFile=${folder}/slurmctld.pid
SlurmdPidFile=${folder}/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerParameters=batch_sched_delay=0,sched_interval=1
SlurmdParameters=config_overrides
ReturnToService=2
KillWait=20
NodeName=${host} NodeAddr=127.0.0.1 CPUs=${cpus} State=UNKNOWN
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
`;
};

/** Processes whose environment names this cluster. */
function processesOf(config: string): number[] {
  const mark = `SLURM_CONF=${config}`;
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      if (pid === process.pid) return false;
      try {
        return readFileSync(`/proc/${pid}/environ`, "latin1").split("\0").includes(mark);
      } catch {
        return false;
      }
    });
}

/** A running cluster. */
export class SlurmCluster {
  readonly folder: string;
  /** For commands of Slurm. */
  readonly env: Record<string, string | undefined>;
  private readonly config: string;
  private readonly daemons: { kill(signal: NodeJS.Signals): boolean; ended: Promise<unknown> }[] =
    [];

  private constructor(folder: string) {
    this.folder = folder;
    this.config = join(folder, "slurm.conf");
    this.env = { ...process.env, PATH, SLURM_CONF: this.config };
  }

  /** Starts the daemons and waits until the node takes jobs. @throws with the daemons' last words */
  static async start(cpus: number): Promise<SlurmCluster> {
    const folder = mkdtempSync(join(tmpdir(), "pcp-slurm-"));
    const cluster = new SlurmCluster(folder);
    try {
      for (const name of ["state", "spool"]) mkdirSync(join(folder, name));
      const ports = [await freePort(), await freePort()] as const;
      writeFileSync(cluster.config, configText(folder, ports, cpus));
      writeFileSync(join(folder, "cgroup.conf"), "CgroupPlugin=cgroup/v1\n");
      writeFileSync(join(folder, "munge.key"), randomBytes(1024), { mode: 0o600 });
      const file = (name: string) => join(folder, name);
      cluster.daemon(
        "munged",
        ["--force", "--foreground", "--key-file", file("munge.key")]
          .concat(["--socket", file("munge.socket"), "--pid-file", file("munge.pid")])
          .concat(["--seed-file", file("munge.seed"), "--log-file", file("munge.log")]),
      );
      await until("munge", () => existsSync(file("munge.socket")));
      cluster.daemon("slurmctld", ["-D"]);
      cluster.daemon("slurmd", ["-D"]);
      await until("the node", async () =>
        /^(idle|mix)/.test(await cluster.read("sinfo", ["--noheader", "--format=%t"])),
      );
      return cluster;
    } catch (error) {
      const words = cluster.lastWords();
      await cluster.close();
      throw new Error(`${error instanceof Error ? error.message : String(error)}\n${words}`);
    }
  }

  private readonly words: string[] = [];

  private daemon(name: string, args: readonly string[]): void {
    const child = execa(name, args, {
      env: this.env,
      extendEnv: false,
      cwd: this.folder,
      reject: false,
      buffer: false,
      all: true,
      stdin: "ignore",
    });
    child.all.on("data", (chunk: Buffer) => {
      this.words.push(chunk.toString());
      this.words.splice(0, this.words.length - 60);
    });
    this.daemons.push({ kill: (signal) => child.kill(signal), ended: child });
  }

  lastWords(): string {
    return this.words.join("");
  }

  /** Standard output of a command of Slurm; empty where it fails. */
  async read(command: string, args: readonly string[]): Promise<string> {
    const { stdout } = await execa(command, args, {
      env: this.env,
      extendEnv: false,
      reject: false,
      timeout: 20_000,
    });
    return String(stdout ?? "").trim();
  }

  /** A field of `scontrol show job`, such as `JobState`; empty where the job is not known. */
  async field(job: string, name: string): Promise<string> {
    const text = await this.read("scontrol", ["show", "job", "--oneliner", job]);
    return new RegExp(`(?:^|\\s)${name}=(\\S*)`).exec(text)?.[1] ?? "";
  }

  /** Ends jobs, daemons, and whatever they left. */
  async close(): Promise<void> {
    await this.read("scancel", ["--user", userInfo().username]);
    await this.read("scancel", ["--signal=KILL", "--full", "--user", userInfo().username]);
    for (const daemon of this.daemons.reverse()) {
      daemon.kill("SIGTERM");
      await Promise.race([daemon.ended, sleep(5000)]);
      daemon.kill("SIGKILL");
    }
    for (let attempt = 0; attempt < 50; attempt++) {
      const left = processesOf(this.config);
      if (left.length === 0) break;
      for (const pid of left) {
        try {
          process.kill(pid, "SIGKILL");
        } catch {
          // Ended meanwhile.
        }
      }
      await sleep(50);
    }
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Processes of the cluster that are left. */
  processes(): number[] {
    return processesOf(this.config);
  }
}
