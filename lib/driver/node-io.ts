/** @file The real process as a tool sees it: its streams, arguments, environment and signals. */
import { basename, dirname, extname } from "node:path";
import type { ToolInput, ToolIo, ToolOutput } from "#lib/support/io.ts";
import { WORKER_ENVIRONMENT } from "#lib/train/cluster/exit-codes.ts";

/** Why `ToolIo.signal` was aborted; `runTool` turns it into the exit code. */
export class Interruption extends Error {
  override readonly name = "Interruption";
  /** Null where the tool's own code counts. */
  readonly exitCode: number | null;

  constructor(cause: string, exitCode: number | null) {
    super(cause);
    this.exitCode = exitCode;
  }
}

/** Exit code of a process that wrote into a pipe without a reader, as shells report it. */
const BROKEN_PIPE = 141;

const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** Name of the running executable: `pcp-opt` for `build/dist/pcp-opt.js` and `tools/pcp-opt/main.ts`. */
export function programName(): string {
  const path = process.argv[1] ?? "pcp";
  const stem = basename(path, extname(path));
  return stem === "main" ? basename(dirname(path)) : stem;
}

function outputOf(stream: NodeJS.WriteStream, onBroken: () => void): ToolOutput {
  let broken = false;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    broken = true;
    if (error.code === "EPIPE" || error.code === "ERR_STREAM_DESTROYED") onBroken();
    else process.exitCode = 1;
  });
  return {
    write(chunk) {
      if (!broken) stream.write(chunk);
    },
    flush: () =>
      new Promise((resolve) => {
        if (broken) resolve();
        else stream.write("", () => resolve());
      }),
    isTerminal: stream.isTTY === true,
    get columns() {
      // A terminal that does not know its width says 0.
      return stream.columns || 80;
    },
  };
}

const stdinInput = (): ToolInput => ({
  get isTerminal() {
    return process.stdin.isTTY === true;
  },
  async readAll() {
    const chunks: Uint8Array[] = [];
    for await (const chunk of process.stdin)
      chunks.push(typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk);
    return Buffer.concat(chunks);
  },
});

/**
 * The process as a `ToolIo`.
 *
 * Signal handlers are installed when `signal` is first read: a tool that never looks at it keeps the
 * system's disposition and dies at once, however busy its event loop is. The first signal aborts, the
 * second one ends the process.
 */
export function nodeIo(): ToolIo {
  // Users cannot change which version of Node and of the AWS SDK belong together here.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  const controller = new AbortController();
  let listening = false;
  let ownsExitCode = false;
  const interrupt = (cause: string, exitCode: number): void => {
    if (controller.signal.aborted) {
      // A scheduler asks every process of a job, and a supervisor asks its child: that is one wish. It kills what takes too long.
      const { exitWithParent } = WORKER_ENVIRONMENT;
      if (cause === "SIGTERM" && process.env[exitWithParent] === "1") return;
      process.exit(exitCode);
    }
    controller.abort(new Interruption(cause, ownsExitCode ? null : exitCode));
  };
  const onBroken = (): void => {
    // Nobody reads on: a tool that does not watch its signal ends here, as SIGPIPE would end it.
    if (!listening) process.exit(BROKEN_PIPE);
    interrupt("SIGPIPE", BROKEN_PIPE);
  };
  return {
    argv: process.argv.slice(2),
    cwd: process.cwd(),
    env: process.env,
    stdin: stdinInput(),
    stdout: outputOf(process.stdout, onBroken),
    stderr: outputOf(process.stderr, onBroken),
    get signal() {
      if (!listening) {
        listening = true;
        for (const [name, exitCode] of Object.entries(SIGNALS))
          process.on(name as NodeJS.Signals, () => interrupt(name, exitCode));
      }
      return controller.signal;
    },
    ownExitCode() {
      ownsExitCode = true;
    },
    now: () => Date.now(),
  };
}
