/** @file Runs a tool so that a bug of ours is one line and a file to report, never a stack on the terminal. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EXIT, type ToolIo, type ToolMain } from "#lib/support/io.ts";
import { Interruption, nodeIo, programName } from "./node-io.ts";

/** Options whose values are secrets, which no file may keep. */
const SECRET_OPTIONS: ReadonlySet<string> = new Set(["--join"]);

/** Arguments with `...` for values that are secrets; the name of a file (`@FILE`) is none. */
export const withoutSecrets = (argv: readonly string[]): string[] =>
  argv.map((word, index) => {
    const [option = "", ...value] = word.split("=");
    if (value.length > 0 && SECRET_OPTIONS.has(option)) return `${option}=...`;
    return SECRET_OPTIONS.has(argv[index - 1] ?? "") && !word.startsWith("@") ? "..." : word;
  });

/** Writes what is needed to find the bug again; returns the path, or null where nothing can be written. */
function writeReproducer(tool: string, io: ToolIo, error: unknown): string | null {
  const report = {
    tool,
    argv: withoutSecrets(io.argv),
    cwd: io.cwd,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    stack: error instanceof Error ? (error.stack ?? error.message) : String(error),
  };
  try {
    const path = join(mkdtempSync(join(tmpdir(), `${tool}-crash-`)), "report.json");
    writeFileSync(path, `${JSON.stringify(report, null, 2)}\n`);
    return path;
  } catch {
    return null;
  }
}

function reportInternalError(tool: string, io: ToolIo, error: unknown): number {
  const text = error instanceof Error ? error.message : String(error);
  const summary = text.split("\n", 1)[0] ?? "";
  const path = writeReproducer(tool, io, error);
  const where = path === null ? "" : `; report it with ${path}`;
  io.stderr.write(`${tool}: internal error: ${summary}${where}\n`);
  return EXIT.internal;
}

/** Exit code that an interruption asks for, or null where there was none. */
const interruptedWith = (io: ToolIo): number | null =>
  io.signal.aborted && io.signal.reason instanceof Interruption ? io.signal.reason.exitCode : null;

/**
 * Runs `main` and returns its exit code.
 *
 * Any exception is a bug: one line, a reproducer file, exit 70. After Ctrl-C or SIGTERM the code is 130 or
 * 143 whatever the tool returned, unless it has said that its own counts; a pipe without a reader ends quietly.
 */
export async function runTool(main: ToolMain, io: ToolIo, tool = programName()): Promise<number> {
  let code: number;
  try {
    code = await main(io);
  } catch (error) {
    code = interruptedWith(io) ?? reportInternalError(tool, io, error);
  }
  await io.stdout.flush();
  await io.stderr.flush();
  return interruptedWith(io) ?? code;
}

/** What `tools/<tool>/main.ts` calls: runs `main` on the real process and ends it with the exit code. */
export async function runAsProcess(main: ToolMain, tool = programName()): Promise<never> {
  const io = nodeIo();
  const onStray = (error: unknown): void => {
    process.exit(interruptedWith(io) ?? reportInternalError(tool, io, error));
  };
  process.on("uncaughtException", onStray);
  process.on("unhandledRejection", onStray);
  process.exit(await runTool(main, io, tool));
}
