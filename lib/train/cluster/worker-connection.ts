/** @file A worker's connection to its shepherd: joining with patience, showing presence. */
import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EngineError } from "#lib/runtime/engine.ts";
import { isProblem } from "#lib/support/problem.ts";
import { joinShepherd, type ShepherdClient } from "../net/client.ts";
import type { JoinToken } from "../net/join-token.ts";
import { readSecret } from "../net/secret-file.ts";
import type { Clock } from "../protocol/ports.ts";
import { Refused } from "./worker-prepare.ts";

/** The shepherd cannot be reached: starting again later may help. */
export class Unreachable extends EngineError {
  override readonly name = "Unreachable";
}

export interface EnterParts {
  readonly token: JoinToken;
  readonly worker: string;
  readonly incarnation: string;
  /** Folder of this worker, which has the secret of an earlier time. */
  readonly folder: string;
  readonly ca: string | null;
  readonly certificate: string | null;
  readonly key: string | null;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Ends the client, as long as it lives. */
  readonly signal: AbortSignal;
  /** Ends the waiting for a shepherd that does not answer. */
  readonly drain: AbortSignal;
  readonly note: (text: string) => void;
}

/** How long a shepherd that does not answer is tried. */
const PATIENCE_MS = 60_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 8000;

/** With it a restarted worker comes back without a new join token. */
const SECRET_FILE = "join.secret";

function keepSecret(folder: string, secret: string): void {
  const path = join(folder, SECRET_FILE);
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, `${secret}\n`, { mode: 0o600 });
  renameSync(temporary, path);
}

/**
 * Enters a run, patient with a shepherd that does not answer yet.
 *
 * @throws Unreachable where it never does, Refused where it does not let this worker in.
 */
export async function enterRun(parts: EnterParts): Promise<ShepherdClient> {
  const { clock, random, note, folder } = parts;
  const waiting = AbortSignal.any([parts.signal, parts.drain]);
  const until = clock.monotonic() + PATIENCE_MS;
  for (let pause = FIRST_PAUSE_MS, told = false; ; told = true) {
    waiting.throwIfAborted();
    const joined = await joinShepherd({
      ...parts,
      secret: readSecret(join(folder, SECRET_FILE)),
      now: clock.wall(),
    });
    if (!isProblem(joined)) {
      if (joined.reply.role !== "worker")
        throw new Refused(
          `the join token is for the role ${joined.reply.role}: ask for one for workers`,
        );
      if (joined.reply.secret !== null) keepSecret(folder, joined.reply.secret);
      return joined.client;
    }
    if (!joined.passing) throw new Refused(joined.problem);
    if (clock.monotonic() >= until) throw new Unreachable(joined.problem);
    if (!told) note(`${joined.problem}; trying again for ${PATIENCE_MS / 1000} s`);
    await clock.sleep(pause * (0.5 + random()), waiting);
    pause = Math.min(LONGEST_PAUSE_MS, pause * 2);
  }
}

/** Keeps a connection open by which the shepherd sees at once when this process is gone; comes back after breaks. */
export async function showPresence(
  client: ShepherdClient,
  clock: Clock,
  random: () => number,
  signal: AbortSignal,
): Promise<void> {
  for (let pause = FIRST_PAUSE_MS; !signal.aborted; pause = Math.min(LONGEST_PAUSE_MS, pause * 2)) {
    try {
      const presence = await client.presence();
      const end = (): void => presence.close();
      signal.addEventListener("abort", end, { once: true });
      pause = FIRST_PAUSE_MS;
      await presence.closed;
      signal.removeEventListener("abort", end);
    } catch {
      // Whoever works with the shepherd hears of it; this only tries again.
    }
    if (!signal.aborted) await clock.sleep(pause * (0.5 + random()), signal).catch(() => {});
  }
}
