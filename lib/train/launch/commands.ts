/** @file Commands that people type on machines which no scheduler looks after. */
import { shellCommand, type WorkerFlags, workerArguments } from "./worker-command.ts";

export interface PrintedLaunch {
  /** Such as `pcp-train`. */
  readonly program: readonly string[];
  readonly flags: WorkerFlags;
  readonly joinToken: string | null;
  readonly workers: number;
}

/** What to type: one worker per machine, or all devices of one machine. */
export function printedCommands({ program, flags, joinToken, workers }: PrintedLaunch): string {
  const join = joinToken === null ? [] : ["--join", joinToken];
  const [role = "--worker", ...rest] = workerArguments(flags, null);
  const one = shellCommand([...program, role, ...join, ...rest]);
  const scale = ["--node-manager", "--scale", String(workers)];
  const all = shellCommand([...program, ...scale, ...join, ...rest]);
  const machines = workers === 1 ? "the machine" : `each of ${workers} machines`;
  return [
    `# on ${machines}, one worker:`,
    one,
    "",
    `# or on one machine, ${workers === 1 ? "a worker that is restarted" : `${workers} workers, one per device, restarted`} when it fails:`,
    all,
    "",
  ].join("\n");
}
