/** @file A child process with its own process group, whose lines are handed on and which ends with this process. */
import type { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { execa } from "execa";
import { escapeControls } from "#lib/support/text.ts";
import { WORKER_ENVIRONMENT } from "../cluster/exit-codes.ts";
import type { Reaper } from "./reaper.ts";
import type { Child, ChildExit } from "./supervise.ts";

const KEPT_LINES = 20;
/** A line without an end is handed on in pieces of this many characters. */
const LONGEST_LINE = 8192;
/** How long lines are read on after the child has ended: something else may hold its pipes open. */
const DRAIN_MS = 2_000;

/** What to start, and where its lines go. */
export interface ChildCommand {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Called for every line of either stream, without its end and with control characters escaped. */
  onLine(line: string, stream: "stdout" | "stderr"): void;
}

function readLines(stream: Readable, onLine: (line: string) => void): Promise<void> {
  const decoder = new StringDecoder("utf8");
  let rest = "";
  const take = (text: string): void => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) onLine(escapeControls(line.replace(/\r$/, "")));
    while (rest.length > LONGEST_LINE) {
      onLine(escapeControls(rest.slice(0, LONGEST_LINE)));
      rest = rest.slice(LONGEST_LINE);
    }
  };
  stream.on("data", (chunk: Buffer) => take(decoder.write(chunk)));
  stream.on("error", () => {});
  return new Promise((resolve) => {
    stream.once("close", () => {
      const last = rest + decoder.end();
      if (last !== "") onLine(escapeControls(last));
      resolve();
    });
  });
}

/** Sends a signal to a process, or with a negative number to a process group, if there is still one. */
function sendSignal(target: number, name: "SIGTERM" | "SIGKILL"): void {
  try {
    process.kill(target, name);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    // macOS says EPERM of a group that has nothing but ended processes.
    if (code !== "ESRCH" && code !== "EPERM") throw error;
  }
}

const waitAtMost = (milliseconds: number, promise: Promise<unknown>): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    void promise.then(() => {
      clearTimeout(timer);
      resolve();
    });
  });

/**
 * Starts a child in a process group of its own. It gets a standard input that ends when this process does, and is
 * told so in its environment; `reaper` kills it where it does not look.
 */
export function startChild(command: ChildCommand, reaper: Reaper): Child {
  const child = execa(command.file, command.args, {
    cwd: command.cwd,
    env: { ...command.env, [WORKER_ENVIRONMENT.exitWithParent]: "1" },
    extendEnv: false,
    detached: true,
    cleanup: false,
    reject: false,
    buffer: false,
    stdin: "pipe",
    stdout: "pipe",
    stderr: "pipe",
  });
  const pid = child.pid ?? null;
  if (pid !== null) reaper.add(pid);
  const lastLines: string[] = [];
  const read = Promise.all([
    readLines(child.stdout, (line) => command.onLine(line, "stdout")),
    readLines(child.stderr, (line) => {
      if (line.trim() !== "") lastLines.push(line);
      lastLines.splice(0, lastLines.length - KEPT_LINES);
      command.onLine(line, "stderr");
    }),
  ]);
  child.stdin.on("error", () => {});

  const finish = async (): Promise<ChildExit> => {
    if (pid === null) {
      const { originalMessage } = await child;
      const problem = `'${command.file}' could not be started: ${originalMessage ?? "no reason given"}`;
      return { code: null, signal: null, problem, lastLines: [] };
    }
    const exited = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
      child.once("exit", (code, signal) => resolve({ code, signal }));
    });
    const { code, signal } = await exited;
    // What the child itself started and left behind.
    sendSignal(-pid, "SIGKILL");
    reaper.remove(pid);
    await waitAtMost(DRAIN_MS, read);
    child.stdout.destroy();
    child.stderr.destroy();
    return { code, signal, problem: null, lastLines: [...lastLines] };
  };
  let over = false;
  const ended = finish().finally(() => {
    over = true;
  });
  return {
    pid,
    ended,
    terminate() {
      if (pid !== null && !over) sendSignal(pid, "SIGTERM");
    },
    kill() {
      if (pid !== null && !over) sendSignal(-pid, "SIGKILL");
    },
  };
}
