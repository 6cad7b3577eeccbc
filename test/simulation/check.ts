/** @file What must be true after a simulated run: of its journal, of its blobs, and of what workers were told. */
import { sha256 } from "#lib/runtime/cache.ts";
import { checkJournal } from "#lib/train/protocol/invariants.ts";
import { isBarrier } from "#lib/train/protocol/plan.ts";
import type { CommitRecord, FragmentState, JournalRecord } from "#lib/train/protocol/records.ts";
import { Cluster } from "./cluster.ts";
import { MemoryReducer } from "./memory-reducer.ts";
import { type Fault, type Scenario, type SeededBug, scenarioOf, undisturbed } from "./scenario.ts";
import { moduleStep } from "./storage.ts";

/** What one seed came to. */
export interface SeedReport {
  readonly seed: number;
  readonly problems: readonly string[];
  readonly events: number;
  /** How often things happened: records by kind, departures and rejections by reason. */
  readonly tally: Readonly<Record<string, number>>;
  /** Whether the result was compared, bit for bit, with that of the undisturbed run. */
  readonly compared: boolean;
}

/** Every commit again, from journal and blobs: the same digests must come out. */
async function replay(cluster: Cluster): Promise<string[]> {
  const { plan } = cluster.scenario;
  const problems: string[] = [];
  const reducer = new MemoryReducer({ plan, blobs: cluster.storage.archive, sha256, moduleStep });
  const states: FragmentState[][] = [];
  let tokens = 0;
  for (const record of cluster.storage.records) {
    if (record.kind === "start") states.push(...record.fragments.map((state) => [state]));
    if (record.kind !== "commit") continue;
    for (const { fragment, state } of record.fragments) {
      const versions = states[fragment] as FragmentState[];
      const updates = record.contributions.map(({ worker, updates: all, weight, scale }) => {
        const update = all.find((candidate) => candidate.fragment === fragment);
        const base = versions[update?.base ?? -1]?.published.digest ?? "";
        return { worker, digest: update?.blob.digest ?? "", base, weight, scale };
      });
      const before = versions.at(-1) as FragmentState;
      const reply = await reducer.merge({ fragment, state: before, updates, tokens });
      if (JSON.stringify(reply.state) !== JSON.stringify(state))
        problems.push(
          `record ${record.sequence}: merging fragment ${fragment} again gives another state`,
        );
      versions.push(state);
    }
    tokens = record.tokens;
  }
  return problems;
}

/** Contributions are of the process that made them, and what workers were told is in the journal. */
function provenance(cluster: Cluster): string[] {
  const problems: string[] = [];
  for (const record of cluster.storage.records) {
    if (record.kind !== "commit") continue;
    for (const { worker, incarnation, updates } of record.contributions)
      for (const { blob } of updates)
        if (cluster.makers.get(blob.digest)?.has(incarnation) !== true)
          problems.push(
            `record ${record.sequence}: ${worker} counts an update that another incarnation made`,
          );
  }
  const merged = new Set(
    cluster.storage.records.flatMap((record) =>
      record.kind === "commit" ? record.fragments.map(({ state }) => told(state)) : [],
    ),
  );
  for (const { version, digest } of cluster.acknowledged)
    if (version > 0 && !merged.has(`${version} ${digest}`))
      problems.push(`version ${version} was given out and is not in the journal`);
  return problems;
}

const told = ({ version, published }: FragmentState): string => `${version} ${published.digest}`;

/** Whether the workers that the run began with, and no others, took part in everything, from the first round to the last. */
function sameMembers(records: readonly JournalRecord[], { plan, workers }: Scenario): boolean {
  const names = new Set(Array.from({ length: workers }, (_, i) => `w${i}`));
  return records.every((record) => {
    if (record.kind === "open") {
      const known = record.assignments.every(({ worker }) => names.has(worker));
      return known && (!isBarrier(plan) || record.assignments.length === workers);
    }
    if (record.kind === "departure") return false;
    return record.kind !== "commit" || record.rejected.length === 0;
  });
}

function result(records: readonly JournalRecord[]): string {
  const commits = records.filter((record): record is CommitRecord => record.kind === "commit");
  return JSON.stringify(
    commits.map(({ round, slot, fragments, tokens }) => ({ round, slot, fragments, tokens })),
  );
}

/** Whoever is asked to leave hands in what it has, which is less than all. */
const changesUpdates = (fault: Fault): boolean =>
  fault.kind === "spoil" ||
  fault.kind === "terminate" ||
  (fault.kind === "operator" && fault.action === "drain");

async function compare(cluster: Cluster): Promise<string[] | null> {
  const { scenario } = cluster;
  const { records } = cluster.storage;
  const { plan, workers } = scenario;
  const comparable =
    (isBarrier(plan) || (workers === 1 && plan.overlapSteps === 0)) &&
    !plan.dynamicSteps &&
    plan.data.maxEpochs === null &&
    !scenario.faults.some(changesUpdates);
  if (!comparable || !sameMembers(records, scenario)) return null;
  const calm = new Cluster(undisturbed(scenario));
  await calm.run();
  if (!sameMembers(calm.storage.records, scenario)) return null;
  return result(calm.storage.records) === result(records)
    ? []
    : ["the same members came to another result than without faults"];
}

export async function runScenario(
  scenario: Scenario,
): Promise<{ cluster: Cluster; report: SeedReport }> {
  const cluster = new Cluster(scenario);
  const ended = await cluster.run();
  const { problems, world } = cluster;
  const { records } = cluster.storage;
  if (!ended)
    problems.push(
      `the run has not ended at ${Math.round(world.now / 1000)} s; the shepherd waits for ${cluster.waitingFor}`,
    );
  problems.push(...checkJournal(records, scenario.plan));
  problems.push(...provenance(cluster));
  problems.push(...(await replay(cluster)));
  const compared =
    scenario.faults.length + scenario.network.loss + scenario.blobLoss > 0
      ? await compare(cluster)
      : null;
  problems.push(...(compared ?? []));
  return {
    cluster,
    report: {
      seed: scenario.seed,
      problems,
      events: world.events,
      tally: tallyOf(records),
      compared: compared !== null,
    },
  };
}

function tallyOf(records: readonly JournalRecord[]): Record<string, number> {
  const tally: Record<string, number> = {};
  const count = (name: string): void => {
    tally[name] = (tally[name] ?? 0) + 1;
  };
  const rounds = new Set<number>();
  for (const record of records) {
    count(record.kind);
    if (record.kind === "departure") count(`departure: ${record.how}`);
    if (record.kind === "open" && rounds.size === rounds.add(record.round).size)
      count("open: more workers for a round");
    if (record.kind === "commit") for (const { why } of record.rejected) count(`rejected: ${why}`);
  }
  return tally;
}

export { scenarioOf } from "./scenario.ts";

/** Runs one seed and checks everything. */
export async function runSeed(seed: number, bug: SeededBug | null = null): Promise<SeedReport> {
  return (await runScenario(scenarioOf(seed, bug))).report;
}
