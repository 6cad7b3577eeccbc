/** @file Our tools as commands that lit runs inside its process. */
import type { CommandResult, LitCommand } from "#lib/lit/commands.ts";
import type { ToolMain } from "#lib/support/io.ts";
import { memoryIo } from "./memory-io.ts";
import { runTool } from "./run-tool.ts";
import { TOOLS } from "./tool-registry.ts";

/** Other names under which RUN lines call a tool. */
const ALIASES: Readonly<Record<string, string>> = { FileCheck: "filecheck-js" };

const asCommand =
  (tool: string, load: () => Promise<ToolMain>): LitCommand =>
  async ({ argv, cwd, env, stdin, signal, mergeErrors }): Promise<CommandResult> => {
    const io = memoryIo({ argv, cwd, env, stdin, signal });
    const merged = mergeErrors ? { ...io, stderr: io.stdout } : io;
    const exitCode = await runTool(await load(), merged, tool);
    return { exitCode, stdout: io.stdoutBytes(), stderr: io.stderrBytes() };
  };

/**
 * Commands for lit: every tool under its name and its aliases, and lit itself, which is handed in. Without
 * `inProcess` only the aliases remain, as no program of ours has those names.
 */
export function litTools(litMain: ToolMain, inProcess = true): ReadonlyMap<string, LitCommand> {
  const commands = new Map([["lit-js", asCommand("lit-js", async () => litMain)]]);
  for (const [tool, load] of Object.entries(TOOLS)) commands.set(tool, asCommand(tool, load));
  const aliases = new Map<string, LitCommand>();
  for (const [alias, tool] of Object.entries(ALIASES)) {
    const command = commands.get(tool);
    if (command !== undefined) aliases.set(alias, command);
  }
  return inProcess ? new Map([...commands, ...aliases]) : aliases;
}
