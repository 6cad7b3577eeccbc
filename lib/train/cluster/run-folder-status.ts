/** @file What a run's folder tells of the run without a shepherd: its plan, its journal, its status. */
import { readFileSync } from "node:fs";
import { sha256 } from "#lib/runtime/cache.ts";
import { isProblem, type Problem } from "#lib/support/problem.ts";
import { listCheckpoints } from "../checkpoint.ts";
import type { RunPlan } from "../protocol/plan.ts";
import type { Clock } from "../protocol/ports.ts";
import type { JournalRecord } from "../protocol/records.ts";
import { Sessions } from "../protocol/sessions.ts";
import { ShepherdState } from "../protocol/shepherd-state.ts";
import type { RunStatus } from "../protocol/status.ts";
import { StatusView } from "../protocol/status-view.ts";
import { readJournal } from "./journal.ts";
import { runPaths } from "./run-folder.ts";

/** A run as its folder tells it. */
export interface FolderRun {
  readonly plan: RunPlan;
  readonly records: readonly JournalRecord[];
  /** Bytes after the last whole record. */
  readonly tornBytes: number;
}

/** Reads plan and journal of a run. */
export async function readRunFolder(folder: string): Promise<FolderRun | Problem> {
  const paths = runPaths(folder);
  const journal = await readJournal(paths.journal);
  if (isProblem(journal)) return journal;
  const [start] = journal.records;
  if (start?.kind !== "start") return { problem: `'${folder}' holds no distributed run` };
  let text: string;
  try {
    text = readFileSync(paths.plan, "utf8");
  } catch {
    return { problem: `'${paths.plan}' is missing` };
  }
  if (sha256(new TextEncoder().encode(text)) !== start.plan.digest)
    return { problem: `'${paths.plan}' is damaged: it is not the plan that the journal names` };
  const plan = JSON.parse(text) as RunPlan;
  return { plan, records: journal.records, tornBytes: journal.tornBytes };
}

/** The time of a run that is not going on: it stands still at its last record. */
const stoppedClock = (records: readonly JournalRecord[], now: number): Clock => ({
  monotonic: () => (records.at(-1)?.at ?? 0) - (records[0]?.at ?? 0),
  wall: () => now,
  sleep: () => Promise.reject(new Error("time stands still")),
});

/**
 * The status of a run without a shepherd, from its journal.
 *
 * @param now - milliseconds since the epoch.
 */
export function folderStatus(folder: string, { plan, records }: FolderRun, now: number): RunStatus {
  const source = {
    plan,
    state: ShepherdState.replay(plan, records),
    clock: stoppedClock(records, now),
    sessions: new Sessions(plan.timing),
  };
  const view = new StatusView(source, records);
  const status = view.status({ failure: null, waitingFor: null, began: 0 });
  const checkpoint = listCheckpoints(folder).at(-1);
  if (checkpoint === undefined) return { ...status, secondsLeft: null };
  const { manifest, path } = checkpoint;
  const ageSeconds = Math.max(0, now - (records.at(-1)?.at ?? now)) / 1000;
  return {
    ...status,
    evalLoss: manifest.evalLoss ?? status.evalLoss,
    secondsLeft: null,
    tokensPerSecond: 0,
    checkpoint: {
      ...{ path, round: Math.round(manifest.step / plan.innerSteps), ageSeconds },
      seconds: status.checkpoint?.path === path ? status.checkpoint.seconds : null,
    },
  };
}
