/** @file A run's snapshot as Prometheus metrics (text format 0.0.4); the names are listed in docs/dashboard.md. */
import type { Registry } from "prom-client";
import { DEPARTURES, REJECTIONS } from "../protocol/records.ts";
import {
  type HistogramStatus,
  PHASES,
  ROUND_SECONDS_BOUNDS,
  type RunStatus,
  STALENESS_BOUNDS,
  type WorkerState,
  type WorkerStatus,
} from "../protocol/status.ts";

/** Workers with series of their own; more are in the sums only, so that a scrape stays small. */
export const MAX_WORKER_SERIES = 200;

const RUN_STATES = ["waiting", "running", "paused", "done", "failed"] as const;
const WORKER_STATES = [
  "joining",
  "compiling",
  "checking",
  "ready",
  "training",
  "uploading",
  "waiting",
  "draining",
  "silent",
  "gone",
] as const satisfies readonly WorkerState[];

type Labels = Readonly<Record<string, string>>;
/** Values of one metric; null where there is none yet. */
type Samples = readonly (readonly [value: number | null, labels?: Labels])[];

interface Metric {
  readonly name: string;
  readonly help: string;
  readonly kind: "gauge" | "counter";
  readonly samples: Samples;
}

/** Counts by upper bound, one set for each set of labels. */
interface HistogramMetric {
  readonly name: string;
  readonly help: string;
  readonly bounds: readonly number[];
  readonly sets: readonly (readonly [counts: HistogramStatus, labels: Labels])[];
}

const gauge = (name: string, help: string, samples: Samples): Metric => ({
  name: `pcp_${name}`,
  help,
  kind: "gauge",
  samples,
});
const counter = (name: string, help: string, samples: Samples): Metric => ({
  ...gauge(name, help, samples),
  kind: "counter",
});

/** One sample per value of a label, zeros included, so that a series never comes out of nothing. */
const by = <T extends string>(
  label: string,
  values: readonly T[],
  read: (value: T) => number | null,
): Samples => values.map((value) => [read(value), { [label]: value }]);

const sum = <T>(items: readonly T[], read: (item: T) => number): number =>
  items.reduce((total, item) => total + read(item), 0);

function runMetrics(status: RunStatus): Metric[] {
  const { checkpoint, data, bytesPerRoundAndWorker: bytes } = status;
  return [
    gauge("run_info", "Always 1; tells run and algorithm.", [
      [1, { run: status.runId, algorithm: status.algorithm }],
    ]),
    gauge(
      "run_state",
      "1 for the state that the run is in.",
      by("state", RUN_STATES, (state) => Number(state === status.state)),
    ),
    gauge("uptime_seconds", "Seconds since the run began.", [[status.uptimeSeconds]]),
    gauge("remaining_seconds", "Seconds until the end, by the speed so far.", [
      [status.secondsLeft],
    ]),
    gauge("round", "Rounds that are over.", [[status.round]]),
    gauge("rounds", "Rounds of the run.", [[status.rounds]]),
    gauge("quorum", "Updates that a merge needs.", [[status.quorum]]),
    gauge("workers_wanted", "Workers that the run was set up for.", [[status.workersWanted]]),
    gauge("parameters", "Elements of the model's parameters.", [[status.parameters]]),
    counter("tokens_total", "Tokens merged into the global model.", [[status.tokens]]),
    gauge("tokens_per_second", "Tokens trained on per second by all workers.", [
      [status.tokensPerSecond],
    ]),
    gauge("mfu_ratio", "Model FLOPs utilization of all members, waits included, from 0 to 1.", [
      [status.mfu],
    ]),
    gauge("flops_per_token", "Operations per token that MFU is reckoned by.", [
      [status.flopsPerToken],
    ]),
    gauge("peak_flops", "Peak of all members' devices in FLOP/s that MFU is reckoned by.", [
      [status.peakFlops],
    ]),
    gauge("loss", "Loss of training (mean by tokens) and evaluation (outer parameters).", [
      [status.loss, { split: "train" }],
      [status.evalLoss, { split: "eval" }],
    ]),
    gauge("data_epoch", "The current pass over the data, from 0.", [[data.epoch]]),
    gauge("data_units", "Units of the epoch by what has become of them.", [
      [data.consumed, { state: "consumed" }],
      [data.leased, { state: "leased" }],
      [Math.max(0, data.unitsPerEpoch - data.consumed - data.leased), { state: "free" }],
    ]),
    gauge("round_transfer_bytes", "Bytes per round and worker, of the last rounds.", [
      [bytes.up, { direction: "up" }],
      [bytes.down, { direction: "down" }],
    ]),
    gauge("checkpoint_age_seconds", "Seconds since the last checkpoint.", [
      [checkpoint?.ageSeconds ?? null],
    ]),
    gauge("checkpoint_duration_seconds", "Seconds that writing the last checkpoint took.", [
      [checkpoint?.seconds ?? null],
    ]),
    gauge("checkpoint_round", "Round of the last checkpoint.", [[checkpoint?.round ?? null]]),
  ];
}

function roundMetrics({ recentRounds }: RunStatus): Metric[] {
  // A round that nothing has been merged in yet has no durations.
  const last = recentRounds.findLast(({ tokens }) => tokens > 0);
  return [
    gauge("round_participants", "Workers that had a part in the last finished round.", [
      [last?.participants ?? null],
    ]),
    gauge("outer_update_norm", "L2 norm of the last change of the outer parameters.", [
      [last?.updateNorm ?? null],
    ]),
    gauge("cosine_to_momentum", "Cosine between the last merged pseudo-gradient and momentum.", [
      [last?.cosine ?? null],
    ]),
  ];
}

/** What is counted by size: all phases have their series from the beginning. */
const histograms = ({ roundSeconds, staleness }: RunStatus): HistogramMetric[] => [
  {
    name: "pcp_round_duration_seconds",
    help: "Phases of finished rounds; together they are the rounds.",
    bounds: ROUND_SECONDS_BOUNDS,
    sets: PHASES.map((phase) => [roundSeconds[phase], { phase }]),
  },
  {
    name: "pcp_staleness_rounds",
    help: "Merges of a fragment between the version that an update began from and its own merge.",
    bounds: STALENESS_BOUNDS,
    sets: [[staleness, {}]],
  },
];

function workerSums(workers: readonly WorkerStatus[], totals: Totals): Metric[] {
  const ages = workers.flatMap(({ state, heartbeatAgeSeconds: age }) =>
    state === "gone" || age === null ? [] : [age],
  );
  return [
    gauge(
      "workers",
      "Workers by state.",
      by("state", WORKER_STATES, (state) => workers.filter((w) => w.state === state).length),
    ),
    // A hung worker, a crashed one and one that an operator put out need different care.
    gauge(
      "workers_departed",
      "Workers that are out of the run, by how that came.",
      by(
        "how",
        DEPARTURES,
        (how) => workers.filter((w) => w.state === "gone" && w.departure === how).length,
      ),
    ),
    counter("contributions_total", "Updates handed in, by what became of them.", [
      [sum(workers, ({ merged }) => merged), { result: "merged" }],
      ...by("result", REJECTIONS, (why) => sum(workers, ({ rejected }) => rejected[why] ?? 0)),
    ]),
    counter("bytes_total", "Bytes of tensors between workers and shepherd.", [
      [totals.up, { direction: "up" }],
      [totals.down, { direction: "down" }],
    ]),
    counter("restarts_total", "Restarts of workers by their supervisors.", [[totals.restarts]]),
    gauge("heartbeat_age_max_seconds", "Age of the oldest last heartbeat of a live worker.", [
      [ages.length === 0 ? null : Math.max(...ages)],
    ]),
  ];
}

/** Series of single workers: of those that are in the run, the first {@link MAX_WORKER_SERIES} by name. */
function workerMetrics(all: readonly WorkerStatus[]): Metric[] {
  const live = all
    .filter(({ state }) => state !== "gone")
    .sort((a, b) => (a.worker < b.worker ? -1 : 1));
  const shown = live.slice(0, MAX_WORKER_SERIES);
  const each = (read: (worker: WorkerStatus) => number | null): Samples =>
    shown.map((worker) => [read(worker), { worker: worker.worker }]);
  return [
    gauge("worker_series_omitted", "Live workers without series of their own.", [
      [live.length - shown.length],
    ]),
    gauge(
      "worker_state",
      "1; the label tells the state of a worker.",
      shown.map(({ worker, state }) => [1, { worker, state }]),
    ),
    gauge(
      "heartbeat_age_seconds",
      "Seconds since a worker's last heartbeat.",
      each(({ heartbeatAgeSeconds }) => heartbeatAgeSeconds),
    ),
    gauge(
      "pseudo_gradient_norm",
      "L2 norm of a worker's last pseudo-gradient.",
      each(({ updateNorm }) => updateNorm),
    ),
    gauge(
      "worker_tokens_per_second",
      "Tokens per second of a worker.",
      each(({ tokensPerSecond }) => tokensPerSecond),
    ),
    gauge(
      "worker_mfu_ratio",
      "Model FLOPs utilization of a worker while it trains, from 0 to 1.",
      each(({ mfu }) => mfu),
    ),
    gauge(
      "worker_loss",
      "Last training loss of a worker.",
      each(({ loss }) => loss),
    ),
    gauge(
      "worker_restarts",
      "Restarts of a worker by its supervisor.",
      each(({ restarts }) => restarts),
    ),
  ];
}

/**
 * A histogram as text. What was observed elsewhere is in the snapshot as counts, which prom-client's own histogram does not take;
 * names, help and labels are constants of this file that need no quoting.
 */
function histogramText({ name, help, bounds, sets }: HistogramMetric): string {
  const lines = sets.flatMap(([{ counts, sum: total }, labels]) => {
    const words = Object.entries(labels).map(([key, value]) => `${key}="${value}"`);
    const braces = words.length === 0 ? "" : `{${words.join(",")}}`;
    let below = 0;
    const buckets = counts.map((count, index) => {
      below += count;
      const le = `le="${bounds[index] ?? "+Inf"}"`;
      return `${name}_bucket{${[...words, le].join(",")}} ${below}`;
    });
    return [...buckets, `${name}_sum${braces} ${total}`, `${name}_count${braces} ${below}`];
  });
  return [`# HELP ${name} ${help}`, `# TYPE ${name} histogram`, ...lines, ""].join("\n");
}

async function registryOf(metrics: readonly Metric[]): Promise<Registry> {
  const { Counter, Gauge, Registry } = await import("prom-client");
  const registry = new Registry();
  for (const { name, help, kind, samples } of metrics) {
    const labelNames = [...new Set(samples.flatMap(([, labels]) => Object.keys(labels ?? {})))];
    const settings = { name, help, labelNames, registers: [registry] };
    const metric = kind === "counter" ? new Counter(settings) : new Gauge(settings);
    // What has no value yet has no sample: a metric without labels begins at 0.
    metric.remove({});
    for (const [value, labels] of samples)
      if (value !== null && Number.isFinite(value)) metric.inc(labels ?? {}, value);
  }
  return registry;
}

/** What only grows, though the processes that count it come and go. */
interface Totals {
  readonly up: number;
  readonly down: number;
  readonly restarts: number;
}

/** Metrics of one run, scrape after scrape: counters never fall, also when workers leave or begin to count anew. */
export class RunMetrics {
  /** What each worker's process told last. */
  readonly #told = new Map<string, Totals & { readonly incarnation: string }>();
  #totals: Totals = { up: 0, down: 0, restarts: 0 };

  #count(workers: readonly WorkerStatus[]): void {
    let { up, down, restarts } = this.#totals;
    for (const { worker, incarnation, ...now } of workers) {
      const before = this.#told.get(worker);
      // Bytes are counted by a process, restarts by its supervisor.
      const bytes = before?.incarnation === incarnation ? before : { up: 0, down: 0 };
      const told = {
        incarnation,
        up: Math.max(bytes.up, now.bytesUp),
        down: Math.max(bytes.down, now.bytesDown),
        restarts: Math.max(before?.restarts ?? 0, now.restarts),
      };
      up += told.up - bytes.up;
      down += told.down - bytes.down;
      restarts += told.restarts - (before?.restarts ?? 0);
      this.#told.set(worker, told);
    }
    this.#totals = { up, down, restarts };
  }

  /** The snapshot in Prometheus' text format: names begin with `pcp_`, labels are bounded and hold no secrets. */
  async render(status: RunStatus): Promise<string> {
    this.#count(status.workers);
    const registry = await registryOf([
      ...runMetrics(status),
      ...roundMetrics(status),
      ...workerSums(status.workers, this.#totals),
      ...workerMetrics(status.workers),
    ]);
    const text = await registry.metrics();
    return [text, ...histograms(status).map(histogramText)].join("\n");
  }
}
