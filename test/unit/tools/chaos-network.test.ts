/** @file Networks that break and clocks that jump: a worker behind a cut does one round and waits; wall clocks decide nothing. */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startFaultProxy } from "../train/fault-proxy.ts";
import { PATIENCE, type TestCluster, undisturbed, withCluster } from "./test-cluster.ts";

const ip = (...args: string[]): string =>
  execFileSync("ip", args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

/** Two network namespaces with a cable between them. */
class Cable {
  readonly near: string;
  readonly far: string;
  readonly address = "10.77.0.1";
  private readonly device: string;

  constructor(name: string) {
    this.near = `${name}-a`;
    this.far = `${name}-b`;
    this.device = `${name}-f`;
    ip("netns", "add", this.near);
    ip("netns", "add", this.far);
    const peer = ["type", "veth", "peer", "name", this.device, "netns", this.far];
    ip("link", "add", `${name}-n`, "netns", this.near, ...peer);
    for (const [space, device, address] of [
      [this.near, `${name}-n`, this.address],
      [this.far, this.device, "10.77.0.2"],
    ] as const) {
      ip("-n", space, "address", "add", `${address}/24`, "dev", device);
      ip("-n", space, "link", "set", device, "up");
      ip("-n", space, "link", "set", "lo", "up");
    }
  }

  set(state: "up" | "down"): void {
    ip("-n", this.far, "link", "set", this.device, state);
  }

  remove(): void {
    ip("netns", "del", this.near);
    ip("netns", "del", this.far);
  }
}

/** Why there can be no namespaces here, or null. */
function withoutNamespaces(): string | null {
  if (process.getuid?.() !== 0) return "network namespaces need root";
  try {
    new Cable(`pcp${process.pid % 10_000}x`).remove();
    return null;
  } catch (error) {
    return `no network namespaces here: ${(error as Error).message.split("\n")[0]}`;
  }
}

const PARTED = {
  ...{ outer_loop_steps: 5000, keep_updates: false, checkpoint_every: 0, tau: 10 },
  ...{ heartbeat_seconds: 0.5, heartbeat_timeout: 5, round_deadline: 300 },
};

/** A worker `far` is cut off, is not waited for, does no more than its round, and counts again when the cut is mended. */
async function parted(
  cluster: TestCluster,
  far: { readonly output: string; says(pattern: RegExp): Promise<unknown> },
  cut: () => void,
  mend: () => void,
): Promise<void> {
  await cluster.counts("far", 0);
  cut();
  const gone = await cluster.leaves("far");
  expect(gone).toMatchObject({ how: expect.stringMatching(/^(lost|crashed)$/) });
  const opened = (await cluster.records()).filter(
    (record) => record.kind === "open" && record.sequence < gone.sequence,
  ).length;
  for (let rounds = 0, after = gone.sequence; rounds < 3; rounds++)
    after = (await cluster.counts("near", after)).sequence;
  await far.says(/failed and is tried again: /);
  // The rounds that it trained: none after the one that it had been given.
  const trained = [...far.output.matchAll(/round (\d+) {2}step/g)].map(([, round]) =>
    Number(round),
  );
  expect(Math.max(-1, ...trained)).toBeLessThan(opened);
  mend();
  await far.says(/registering again: /);
  await cluster.counts("far", gone.sequence);
}

describe.concurrent("a network", () => {
  const reason = withoutNamespaces();
  it.skipIf(reason !== null)(
    `that parts a worker from its shepherd: nobody waits for it, and it comes back, over TLS${reason === null ? "" : ` (skipped: ${reason})`}`,
    () =>
      withCluster(PARTED, async (cluster) => {
        const cable = new Cable(`pcp${process.pid % 10_000}`);
        try {
          const listen = ["--listen", `${cable.address}:8080`];
          const shepherd = cluster.start(
            ["--shepherd", "--config", "run.json", ...listen],
            {},
            cable.near,
          );
          cluster.token = (await shepherd.says(/--worker --join (\S+)\n/))[1] ?? "";
          expect(shepherd.output).toContain(`listening on https://${cable.address}:8080`);
          const near = cluster.worker("near", {}, [], cable.near);
          const far = cluster.worker("far", {}, [], cable.far);
          await parted(
            cluster,
            far,
            () => cable.set("down"),
            () => cable.set("up"),
          );
          // The shepherd is in another network than this test.
          shepherd.kill("SIGINT");
          expect(await shepherd.ended()).toBe(130);
          expect(await cluster.violations()).toEqual([]);
          for (const worker of [near, far]) worker.kill();
        } finally {
          for (const one of cluster.all()) one.kill();
          await Promise.all(cluster.all().map((one) => one.ended()));
          cable.remove();
        }
      }),
    PATIENCE,
  );

  it(
    "whose connections are all cut, and none opened: the same",
    () =>
      withCluster(PARTED, async (cluster) => {
        const proxy = await startFaultProxy(cluster.port);
        try {
          const shepherd = await cluster.shepherd();
          const near = cluster.worker("near");
          const far = cluster.worker("far", {}, ["--connect", `127.0.0.1:${proxy.port}`]);
          await parted(
            cluster,
            far,
            () => {
              proxy.faults.refuse = true;
              proxy.cutAll();
            },
            () => {
              proxy.faults.refuse = false;
            },
          );
          expect((await cluster.command("stop", "run")).exitCode).toBe(0);
          await cluster.allEnd([shepherd, near, far]);
        } finally {
          await proxy.close();
        }
      }),
    PATIENCE,
  );
});

it.concurrent(
  "clocks that are hours off and jump change nothing",
  async () => {
    const keys = { quorum: 2 };
    const expected = await undisturbed(keys);
    await withCluster(keys, async (cluster) => {
      // Off by hours, the one way and the other, five times a second.
      const jumping = (hours: number): Record<string, string> => {
        const path = join(cluster.folder, `clock-${hours}.cjs`);
        writeFileSync(
          path,
          `const now = Date.now.bind(Date);
Date.now = () => now() + (Math.floor(now() / 200) % 2 === 0 ? 1 : -1) * ${hours} * 3600000;`,
        );
        return { NODE_OPTIONS: `--require=${path}` };
      };
      const shepherd = await cluster.shepherd([], jumping(2));
      const workers = [cluster.worker("w0", jumping(5)), cluster.worker("w1", jumping(-7))];
      await cluster.allEnd([shepherd, ...workers]);
      expect(await cluster.merges()).toEqual(expected);
      const times = (await cluster.records()).map(({ at }) => at);
      expect(times.some((at, i) => i > 0 && at < (times[i - 1] ?? 0))).toBe(true);
    });
  },
  PATIENCE,
);
