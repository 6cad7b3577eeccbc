/** @file The Prometheus text of a snapshot: its grammar, its values, its bounds; and the Grafana dashboard that reads it. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { MAX_WORKER_SERIES, RunMetrics } from "#lib/train/dashboard/metrics.ts";
import {
  PHASES,
  ROUND_SECONDS_BOUNDS,
  type RunStatus,
  type WorkerStatus,
} from "#lib/train/protocol/status.ts";
import { histogramsOf, roundOf, statusOf, workerOf } from "./dashboard-run.ts";

const root = resolve(import.meta.dirname, "../../..");

interface Family {
  readonly type: string;
  readonly help: string;
  readonly samples: Map<string, number>;
}

const SAMPLE = /^([a-z_:][\w:]*)(?:\{((?:[a-z_]\w*="(?:[^"\\\n]|\\[\\n"])*",?)*)\})? (\S+)$/;

/** Strict reader of the text format: every line belongs to a family that HELP and TYPE have announced, once. */
function parse(text: string): Map<string, Family> {
  const families = new Map<string, Family>();
  let help: readonly [name: string, text: string] = ["", ""];
  expect(text.endsWith("\n")).toBe(true);
  for (const line of text.split("\n").filter((one) => one !== "")) {
    const comment = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line);
    if (comment !== null) {
      const [, kind, name, rest] = comment as unknown as [string, string, string, string];
      if (kind === "HELP") help = [name, rest];
      else {
        expect(name).toBe(help[0]);
        expect(families.has(name)).toBe(false);
        families.set(name, { type: rest, help: help[1], samples: new Map() });
      }
      continue;
    }
    const [, name = "", labels = "", value] = (SAMPLE.exec(line) ?? []) as string[];
    const family = families.get(help[0]);
    // Samples of a histogram have one of three endings, under which they are found here.
    const ending =
      family?.type === "histogram" ? (/_(bucket|sum|count)$/.exec(name)?.[1] ?? "") : "";
    expect(name, line).toBe(family?.type === "histogram" ? `${help[0]}_${ending}` : help[0]);
    const key = [ending, labels].filter((part) => part !== "").join(" ");
    expect(family?.samples.has(key), line).toBe(false);
    expect(Number.isFinite(Number(value)), line).toBe(true);
    family?.samples.set(key, Number(value));
  }
  return families;
}

const read = async (status: RunStatus) => parse(await new RunMetrics().render(status));

describe("metrics", () => {
  it("tell the snapshot", async () => {
    const families = await read(statusOf());
    const value = (name: string, labels = "") => families.get(name)?.samples.get(labels);
    expect(value("pcp_round")).toBe(41);
    expect(value("pcp_tokens_total")).toBe(10_076_160);
    expect(value("pcp_loss", 'split="eval"')).toBe(2.4102);
    expect(value("pcp_run_state", 'state="running"')).toBe(1);
    expect(value("pcp_run_state", 'state="failed"')).toBe(0);
    expect(value("pcp_workers", 'state="silent"')).toBe(1);
    expect(value("pcp_contributions_total", 'result="merged"')).toBe(41 * 7);
    expect(value("pcp_contributions_total", 'result="late"')).toBe(2);
    expect(value("pcp_data_units", 'state="free"')).toBe(3600 - 1320 - 120);
    expect(value("pcp_restarts_total")).toBe(1);
    expect(value("pcp_checkpoint_duration_seconds")).toBe(0.42);
    expect(value("pcp_heartbeat_age_seconds", 'worker="w3"')).toBe(12.4);
    expect(families.get("pcp_bytes_total")?.type).toBe("counter");
  });

  it("count on when workers leave, come back and count anew", async () => {
    const metrics = new RunMetrics();
    const [first, second] = ["0".repeat(8), "1".repeat(8)];
    const scrape = async (...workers: readonly Partial<WorkerStatus>[]) => {
      const status = statusOf({ workers: workers.map((changes) => workerOf(1, changes)) });
      const families = parse(await metrics.render(status));
      return [
        families.get("pcp_bytes_total")?.samples.get('direction="up"'),
        families.get("pcp_restarts_total")?.samples.get(""),
      ];
    };
    const at = (incarnation: string, bytesUp: number, restarts: number) => ({
      incarnation,
      bytesUp,
      restarts,
    });
    expect(await scrape(at(first, 100, 0))).toEqual([100, 0]);
    expect(await scrape(at(first, 150, 0))).toEqual([150, 0]);
    // Gone: the snapshot tells nothing of it any more.
    expect(await scrape({ ...at(first, 0, 0), state: "gone", departure: "crashed" })).toEqual([
      150, 0,
    ]);
    expect(await scrape()).toEqual([150, 0]);
    expect(await scrape(at(second, 30, 1))).toEqual([180, 1]);
    expect(await scrape(at(second, 40, 1))).toEqual([190, 1]);
  });

  it("tell of the last round that is finished", async () => {
    const unfinished = { ...roundOf(41), participants: 1, tokens: 0, loss: null };
    const families = await read(statusOf({ recentRounds: [roundOf(40), unfinished] }));
    expect(families.get("pcp_round_participants")?.samples.get("")).toBe(3);
  });

  it("count durations of rounds by phase, cumulatively, with the same bounds for all", async () => {
    const family = (await read(statusOf())).get("pcp_round_duration_seconds");
    expect(family?.type).toBe("histogram");
    const samples = [...(family?.samples ?? [])];
    const upload = samples.flatMap(([key, value]) =>
      key.startsWith('bucket phase="upload"') ? [value] : [],
    );
    // All 41 uploads took 1.1 s: none is counted up to 1 s, and all from 3 s on.
    expect(upload).toEqual([0, 0, 0, 0, 0, ...Array(ROUND_SECONDS_BOUNDS.length - 4).fill(41)]);
    expect(family?.samples.get('bucket phase="upload",le="1"')).toBe(0);
    expect(family?.samples.get('bucket phase="upload",le="3"')).toBe(41);
    expect(family?.samples.get('bucket phase="upload",le="+Inf"')).toBe(41);
    expect(family?.samples.get('count phase="upload"')).toBe(41);
    expect(family?.samples.get('sum phase="upload"')).toBeCloseTo(41 * 1.1, 9);
    expect(samples.length).toBe(PHASES.length * (ROUND_SECONDS_BOUNDS.length + 3));
  });

  it("have the series of all phases before the first round", async () => {
    const families = await read(statusOf({ recentRounds: [], ...histogramsOf(0) }));
    for (const phase of PHASES)
      expect(
        families.get("pcp_round_duration_seconds")?.samples.get(`count phase="${phase}"`),
      ).toBe(0);
  });

  it("tell how stale updates were", async () => {
    const samples = (await read(statusOf())).get("pcp_staleness_rounds")?.samples;
    expect(samples?.get('bucket le="0"')).toBe(40);
    expect(samples?.get('bucket le="2"')).toBe(40);
    expect(samples?.get('bucket le="4"')).toBe(41);
    expect([samples?.get("sum"), samples?.get("count")]).toEqual([3, 41]);
  });

  it("tell MFU, and the peak that it is reckoned by, where it is known", async () => {
    const without = await read(statusOf());
    for (const name of ["mfu_ratio", "peak_flops", "flops_per_token", "worker_mfu_ratio"])
      expect(without.get(`pcp_${name}`)?.samples.size, name).toBe(0);
    const workers = [workerOf(1, { peakFlops: 1e12, mfu: 0.41 }), workerOf(2)];
    const told = { mfu: 0.38, flopsPerToken: 8e6, peakFlops: 2e12, workers };
    const families = await read(statusOf(told));
    expect(families.get("pcp_mfu_ratio")?.samples.get("")).toBe(0.38);
    expect(families.get("pcp_peak_flops")?.samples.get("")).toBe(2e12);
    expect(families.get("pcp_flops_per_token")?.samples.get("")).toBe(8e6);
    expect([...(families.get("pcp_worker_mfu_ratio")?.samples ?? [])]).toEqual([
      ['worker="w1"', 0.41],
    ]);
  });

  it("tell hung, crashed and evicted workers apart", async () => {
    const departed = (await read(statusOf())).get("pcp_workers_departed")?.samples;
    expect(departed?.get('how="crashed"')).toBe(1);
    expect(departed?.get('how="kicked"')).toBe(1);
    expect(departed?.get('how="hung"')).toBe(1);
    expect(departed?.get('how="lost"')).toBe(0);
  });

  it("have no sample for what is not known yet, rather than a zero", async () => {
    const families = await read(
      statusOf({
        loss: null,
        evalLoss: null,
        secondsLeft: null,
        checkpoint: null,
        recentRounds: [],
      }),
    );
    for (const name of [
      "pcp_loss",
      "pcp_remaining_seconds",
      "pcp_checkpoint_age_seconds",
      "pcp_checkpoint_duration_seconds",
      "pcp_cosine_to_momentum",
    ])
      expect(families.get(name)?.samples.size, name).toBe(0);
  });

  it("keep the number of series bounded, drop workers that are gone, and hold no free text", async () => {
    const workers = Array.from({ length: 1000 }, (_, index) =>
      workerOf(
        index,
        index < 10 ? { state: "gone", departure: "left" } : { reason: "secret-text" },
      ),
    );
    const text = await new RunMetrics().render(statusOf({ workers }));
    const families = parse(text);
    const shown = families.get("pcp_heartbeat_age_seconds")?.samples;
    expect(shown?.size).toBe(MAX_WORKER_SERIES);
    expect(shown?.has('worker="w3"')).toBe(false);
    expect(families.get("pcp_worker_series_omitted")?.samples.get("")).toBe(
      990 - MAX_WORKER_SERIES,
    );
    expect(text).not.toContain("secret-text");
    expect(text).not.toContain("w3 · 12 s");
  });

  it("quote what would break a line", async () => {
    const families = await read(statusOf({ runId: 'a"b\\c\nd' }));
    expect([...(families.get("pcp_run_info")?.samples.keys() ?? [])]).toEqual([
      'run="a\\"b\\\\c\\nd",algorithm="diloco"',
    ]);
  });
});

describe("documentation", () => {
  it("names every metric, and none that does not exist", async () => {
    const families = await read(statusOf());
    const text = readFileSync(join(root, "docs/dashboard.md"), "utf8");
    const named = new Set(text.match(/\bpcp_[a-z_]+/g));
    expect([...named].filter((name) => !families.has(name))).toEqual([]);
    expect([...families.keys()].filter((name) => !named.has(name))).toEqual([]);
  });
});

describe("Grafana dashboard", () => {
  interface Panel {
    readonly id: number;
    readonly title: string;
    readonly targets: readonly { readonly expr: string }[];
  }
  const dashboard = JSON.parse(
    readFileSync(join(root, "examples/grafana/pcp-train.json"), "utf8"),
  ) as { readonly panels: readonly Panel[]; readonly templating: object };
  const LABELS = new Set(["instance", "state"]);

  it("asks for metrics and labels that exist only", async () => {
    const families = await read(statusOf());
    const expressions = dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
    expect(expressions.length).toBeGreaterThan(20);
    for (const expression of expressions) {
      const names = expression.match(/pcp_\w+/g) ?? [];
      expect(names.length, expression).toBeGreaterThan(0);
      for (const name of names) {
        const family = families.get(name) ?? families.get(name.replace(/_(bucket|sum|count)$/, ""));
        expect(family, name).toBeDefined();
        // A counter is looked at as a rate or as a total of the run, a gauge never as a rate.
        if (/\b(rate|increase)\(/.test(expression))
          expect(["counter", "histogram"], name).toContain(family?.type);
        expect(family?.type === "histogram", name).toBe(!families.has(name));
      }
      for (const [, label] of expression.matchAll(/[{,](\w+)[=!]/g))
        expect(LABELS.has(label as string), expression).toBe(true);
    }
    expect(JSON.stringify(dashboard.templating)).toContain("label_values(pcp_run_info, instance)");
  });

  it("legends name labels of their metrics", async () => {
    const text = JSON.stringify(dashboard.panels);
    const families = await read(statusOf());
    const known = new Set(
      [...families.values()].flatMap(({ samples }) =>
        [...samples.keys()].flatMap((labels) =>
          [...labels.matchAll(/(\w+)="/g)].map((match) => match[1]),
        ),
      ),
    );
    for (const [, label] of text.matchAll(/\{\{(\w+)\}\}/g))
      expect(label === "instance" || known.has(label as string), label).toBe(true);
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
  });
});
