/** @file The rules of supervision, by an injected clock and children that end when the test says. */
import { Value } from "@sinclair/typebox/value";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { managerExitCode, workerName } from "../../../lib/train/launch/node-manager.ts";
import {
  type Child,
  type ChildExit,
  RESTART_POLICY,
  type RestartPolicy,
  restartDelay,
  type SupervisorEvent,
  supervise,
} from "../../../lib/train/launch/supervise.ts";
import { workerNameSchema } from "../../../lib/train/protocol/messages.ts";

const exitOf = (code: number | null, more: Partial<ChildExit> = {}): ChildExit => ({
  code,
  signal: null,
  problem: null,
  lastLines: [],
  ...more,
});

/** How a child lives: runs so long and ends so; `stubborn` ends by SIGKILL only. */
type Life = { readonly ranMs: number; readonly exit: ChildExit } | "stubborn";

const crash = (ranMs: number, code = 1): Life => ({ ranMs, exit: exitOf(code) });
const done: Life = { ranMs: 5, exit: exitOf(0) };

/** Supervises children with given lives; time passes while one runs or somebody waits, and not otherwise. */
async function simulate(
  lives: readonly Life[],
  settings: {
    policy?: Partial<RestartPolicy>;
    random?: number;
    stopAfter?: number;
    killAfter?: number;
  } = {},
) {
  let now = 0;
  const controller = new AbortController();
  const killed = new AbortController();
  const events: SupervisorEvent[] = [];
  const told: string[] = [];
  const stubborn = (): Child => {
    let end: (exit: ChildExit) => void = () => {};
    const ended = new Promise<ChildExit>((resolve) => {
      end = resolve;
    });
    return {
      pid: 1,
      ended,
      terminate: () => told.push("terminate"),
      kill() {
        told.push("kill");
        end(exitOf(null, { signal: "SIGKILL" }));
      },
    };
  };
  const outcome = await supervise(
    {
      clock: {
        monotonic: () => now,
        wall: () => now,
        sleep: async (milliseconds) => {
          now += milliseconds;
        },
      },
      random: () => settings.random ?? 0.5,
      killed: killed.signal,
      start(restarts) {
        const life = lives[restarts];
        if (life === undefined) throw new Error(`no life for restart ${restarts}`);
        if (restarts === settings.stopAfter) queueMicrotask(() => controller.abort());
        if (restarts === settings.killAfter) queueMicrotask(() => killed.abort());
        if (life === "stubborn") return stubborn();
        const ended = Promise.resolve().then(() => {
          now += life.ranMs;
          return life.exit;
        });
        return { pid: restarts, ended, terminate() {}, kill() {} };
      },
      onEvent: (event) => events.push(event),
    },
    { ...RESTART_POLICY, ...settings.policy },
    controller.signal,
  );
  const delays = events.flatMap((event) => (event.kind === "restarting" ? [event.delayMs] : []));
  return { outcome, events, told, now, delays };
}

describe("restart delay", () => {
  it("lies between 1 s and a ceiling that doubles up to 60 s", () => {
    const at = (attempt: number, random: number) => restartDelay(RESTART_POLICY, attempt, random);
    expect([1, 2, 3, 4, 5, 6, 7, 1000].map((attempt) => at(attempt, 1))).toEqual([
      2000, 4000, 8000, 16000, 32000, 60000, 60000, 60000,
    ]);
    expect(at(9, 0)).toBe(1000);
    fc.assert(
      fc.property(fc.nat(5000), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
        const delay = at(attempt + 1, random);
        expect(delay).toBeGreaterThanOrEqual(1000);
        expect(delay).toBeLessThanOrEqual(60_000);
      }),
    );
  });
});

describe("supervision", () => {
  it("starts a child again until it is done, and counts how often", async () => {
    const { outcome, delays } = await simulate([crash(10), crash(10, 75), crash(10, 139), done]);
    expect(outcome).toMatchObject({ kind: "done", restarts: 3 });
    expect(delays).toEqual([1500, 2500, 4500]);
  });

  it("begins with the first delay again after a stable run", async () => {
    const { delays } = await simulate([crash(10), crash(10), crash(60_000), crash(10), done]);
    expect(delays).toEqual([1500, 2500, 1500, 2500]);
  });

  it("does not start a child again whose mistake stays", async () => {
    for (const code of [78, 2]) {
      const { outcome, delays } = await simulate([crash(10), crash(10, code)]);
      expect(outcome).toMatchObject({ kind: "refused", restarts: 1, exit: { code } });
      expect(delays).toHaveLength(1);
    }
    const missing = exitOf(null, { problem: "'x' could not be started: ENOENT" });
    const { outcome } = await simulate([{ ranMs: 0, exit: missing }]);
    expect(outcome).toMatchObject({ kind: "refused", exit: { problem: missing.problem } });
  });

  it("gives up after so many failures within the window", async () => {
    const { outcome, now } = await simulate(Array.from({ length: 10 }, () => crash(10)));
    expect(outcome).toMatchObject({ kind: "gave_up", failures: 10, restarts: 9 });
    expect(now).toBeLessThan(RESTART_POLICY.windowMs);
  });

  it("does not count failures that are older than the window", async () => {
    const lives = [...Array.from({ length: 30 }, () => crash(90_000)), done];
    const { outcome, events } = await simulate(lives);
    expect(outcome).toMatchObject({ kind: "done", restarts: 30 });
    const counts = events.flatMap((event) => (event.kind === "restarting" ? [event.failures] : []));
    // 91.5 s apart, so 7 of them lie within 10 minutes.
    expect(Math.max(...counts)).toBe(7);
  });

  it("kills a child that does not end within the grace period", async () => {
    const { outcome, told, now } = await simulate(["stubborn"], { stopAfter: 0 });
    expect(outcome).toMatchObject({ kind: "stopped", exit: { signal: "SIGKILL" } });
    expect(told).toEqual(["terminate", "kill"]);
    expect(now).toBe(RESTART_POLICY.graceMs);
  });

  it("kills a child at once where nobody is left to hear it", async () => {
    const { outcome, told, events, now } = await simulate(["stubborn"], { killAfter: 0 });
    expect(outcome).toMatchObject({ kind: "stopped", exit: { signal: "SIGKILL" } });
    expect(told).toEqual(["kill"]);
    expect(events.map(({ kind }) => kind)).toEqual(["started"]);
    expect(now).toBe(0);
  });
});

describe("exit code of a manager", () => {
  const exit = exitOf(1);
  const finished = { kind: "done", exit: exitOf(0), restarts: 0 } as const;
  const refused = { kind: "refused", exit: exitOf(78), restarts: 0 } as const;
  const lost = { kind: "gave_up", exit, restarts: 9, failures: 10 } as const;

  it("is that of the worst child", () => {
    expect(managerExitCode([finished, finished])).toBe(0);
    expect(managerExitCode([refused, refused])).toBe(78);
    expect(managerExitCode([finished, refused])).toBe(1);
    expect(managerExitCode([finished, lost])).toBe(1);
    expect(managerExitCode([{ kind: "stopped", exit: null, restarts: 0 }])).toBe(0);
  });
});

describe("worker names", () => {
  it("are names that the protocol takes, and differ by index, whatever the host is called", () => {
    expect(workerName("gpu-07.cluster.example", 3)).toBe("gpu-07-3");
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.nat(255), (host, index) => {
        expect(Value.Check(workerNameSchema, workerName(host, index))).toBe(true);
        expect(workerName(host, index)).not.toBe(workerName(host, index + 1));
      }),
    );
  });
});
