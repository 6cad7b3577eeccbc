/** @file The join token as users give it: a word, a file, or standard input. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { ToolIo } from "#lib/support/io.ts";
import type { Problem } from "#lib/support/problem.ts";
import { WORKER_ENVIRONMENT } from "#lib/train/cluster/exit-codes.ts";

/** The text of `--join` (`@FILE` and `-` stand for a file and standard input), else of the environment; null where there is none. */
export async function joinTokenText(
  io: ToolIo,
  join: string | undefined,
): Promise<string | Problem | null> {
  const given = join ?? io.env[WORKER_ENVIRONMENT.joinToken];
  if (given === undefined) return null;
  if (given === "-") return new TextDecoder().decode(await io.stdin.readAll()).trim();
  if (!given.startsWith("@")) return given.trim();
  const path = resolve(io.cwd, given.slice(1));
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return { problem: `cannot read the join token from '${path}'` };
  }
}
