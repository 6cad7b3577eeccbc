/** @file Keeps one child process running: when to start it again, when to leave it, when to give it up. */
import { EXIT } from "#lib/support/io.ts";
import { WORKER_EXIT } from "../cluster/exit-codes.ts";
import type { Clock } from "../protocol/ports.ts";

/** How a child ended. */
export interface ChildExit {
  /** Exit code; null where a signal ended it or it could not be started. */
  readonly code: number | null;
  readonly signal: string | null;
  /** Why it could not be started; null where it was. */
  readonly problem: string | null;
  /** Last lines that it wrote to standard error, oldest first. */
  readonly lastLines: readonly string[];
}

/** A child with all processes that it starts in turn. */
export interface Child {
  readonly pid: number | null;
  /** Resolves when the child and its whole process group have ended; never rejects. */
  readonly ended: Promise<ChildExit>;
  /** SIGTERM to the child alone: what it started still serves it while it winds up. */
  terminate(): void;
  /** SIGKILL to the whole process group. */
  kill(): void;
}

export interface RestartPolicy {
  /** Least and most milliseconds between an end and the next start. */
  readonly firstDelayMs: number;
  readonly maxDelayMs: number;
  /** A child that ran for so long is well: the next delay is the first one again. */
  readonly stableMs: number;
  /** So many failures within so many milliseconds: given up. */
  readonly maxFailures: number;
  readonly windowMs: number;
  /** Between SIGTERM and SIGKILL when the supervisor is stopped. */
  readonly graceMs: number;
  /** Exit codes after which there is no restart. */
  readonly finalCodes: readonly number[];
}

export const RESTART_POLICY: RestartPolicy = {
  firstDelayMs: 1_000,
  maxDelayMs: 60_000,
  stableMs: 60_000,
  maxFailures: 10,
  windowMs: 600_000,
  graceMs: 120_000,
  finalCodes: [WORKER_EXIT.done, EXIT.usage, WORKER_EXIT.configuration],
};

/** What a supervisor tells while it works. */
export type SupervisorEvent =
  | { readonly kind: "started"; readonly restarts: number; readonly pid: number | null }
  | {
      readonly kind: "restarting";
      readonly exit: ChildExit;
      readonly delayMs: number;
      /** Failures within the window, and how many of them are too many. */
      readonly failures: number;
      readonly maxFailures: number;
    }
  | { readonly kind: "stopping" }
  | { readonly kind: "killing"; readonly graceMs: number };

/** How supervision ended. */
export type SupervisorOutcome =
  /** The child ended by itself with exit code 0. */
  | { readonly kind: "done"; readonly exit: ChildExit; readonly restarts: number }
  /** The child ended with another code that is final, or could not be started at all. */
  | { readonly kind: "refused"; readonly exit: ChildExit; readonly restarts: number }
  | {
      readonly kind: "gave_up";
      readonly exit: ChildExit;
      readonly restarts: number;
      readonly failures: number;
    }
  /** The supervisor was stopped; null where no child ran at that moment. */
  | { readonly kind: "stopped"; readonly exit: ChildExit | null; readonly restarts: number };

/** What a supervisor needs from outside. */
export interface SupervisorPorts {
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  random(): number;
  /** Starts the child, which is told how often it has been restarted. */
  start(restarts: number): Child;
  /** Aborted: as when the supervisor is stopped, but the child is killed, as nobody is left to hear its last words. */
  readonly killed?: AbortSignal | undefined;
  onEvent(event: SupervisorEvent): void;
}

/**
 * Milliseconds before the `attempt`-th restart in a row (from 1): uniform between the first delay and a ceiling
 * that doubles from twice the first delay to the largest one, so that many children that fell together do not
 * come back together.
 */
export function restartDelay(policy: RestartPolicy, attempt: number, random: number): number {
  const ceiling = Math.min(policy.maxDelayMs, policy.firstDelayMs * 2 ** Math.min(attempt, 40));
  return Math.round(policy.firstDelayMs + random * (ceiling - policy.firstDelayMs));
}

/** `exit code 3`, `SIGKILL`, or why it could not be started. */
export function describeExit({ code, signal, problem }: ChildExit): string {
  if (problem !== null) return problem;
  return signal ?? `exit code ${code ?? "unknown"}`;
}

/** SIGTERM to the child, SIGKILL after the grace period; resolves when the child has ended. */
async function stopChild(
  child: Child,
  { graceMs }: RestartPolicy,
  { clock, onEvent, killed }: SupervisorPorts,
): Promise<ChildExit> {
  const kill = (): void => child.kill();
  if (killed?.aborted === true) {
    kill();
    return child.ended;
  }
  killed?.addEventListener("abort", kill, { once: true });
  onEvent({ kind: "stopping" });
  child.terminate();
  const timer = new AbortController();
  const expired = clock.sleep(graceMs, timer.signal).then(
    () => true,
    () => false,
  );
  const ended = child.ended.then(() => false);
  if (await Promise.race([expired, ended])) {
    onEvent({ kind: "killing", graceMs });
    child.kill();
  }
  const exit = await child.ended;
  timer.abort();
  return exit;
}

const aborted = (signal: AbortSignal): Promise<"aborted"> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve("aborted");
    else signal.addEventListener("abort", () => resolve("aborted"), { once: true });
  });

/**
 * Runs a child until it is done, refuses, fails too often, or `signal` (or `killed`) is aborted. Never rejects for anything
 * that the child does, and never returns while a child runs.
 */
export async function supervise(
  ports: SupervisorPorts,
  policy: RestartPolicy,
  signal: AbortSignal,
): Promise<SupervisorOutcome> {
  const { clock, onEvent, killed } = ports;
  const ending = killed === undefined ? signal : AbortSignal.any([signal, killed]);
  const stopped = aborted(ending);
  let failures: number[] = [];
  let attempt = 0;
  for (let restarts = 0; ; restarts++) {
    if (ending.aborted) return { kind: "stopped", exit: null, restarts };
    const child = ports.start(restarts);
    const startedAt = clock.monotonic();
    onEvent({ kind: "started", restarts, pid: child.pid });
    const exit = await Promise.race([child.ended, stopped]);
    if (exit === "aborted")
      return { kind: "stopped", exit: await stopChild(child, policy, ports), restarts };
    if (exit.code === WORKER_EXIT.done) return { kind: "done", exit, restarts };
    const final = exit.code !== null && policy.finalCodes.includes(exit.code);
    if (final || exit.problem !== null) return { kind: "refused", exit, restarts };

    const now = clock.monotonic();
    failures = [...failures.filter((at) => now - at < policy.windowMs), now];
    if (failures.length >= policy.maxFailures)
      return { kind: "gave_up", exit, restarts, failures: failures.length };
    attempt = now - startedAt >= policy.stableMs ? 1 : attempt + 1;
    const delayMs = restartDelay(policy, attempt, ports.random());
    const { maxFailures } = policy;
    onEvent({ kind: "restarting", exit, delayMs, failures: failures.length, maxFailures });
    try {
      await clock.sleep(delayMs, ending);
    } catch (error) {
      if (!ending.aborted) throw error;
    }
  }
}
