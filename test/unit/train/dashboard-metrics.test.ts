/** @file The Prometheus text of a snapshot: its grammar, its values, its bounds; and the Grafana dashboard that reads it. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { MAX_WORKER_SERIES, RunMetrics } from "#lib/train/dashboard/metrics.ts";
import type { RunStatus, WorkerStatus } from "#lib/train/protocol/status.ts";
import { roundOf, statusOf, workerOf } from "./dashboard-run.ts";

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
    const [, name, labels, value] = (SAMPLE.exec(line) ?? []) as string[];
    expect(name, line).toBe(help[0]);
    const samples = families.get(name as string)?.samples;
    expect(samples?.has(labels ?? ""), line).toBe(false);
    expect(Number.isFinite(Number(value)), line).toBe(true);
    samples?.set(labels ?? "", Number(value));
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
    expect(value("pcp_round_duration_seconds", 'phase="merge"')).toBe(0.9);
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
    const unfinished = { ...roundOf(41), compute: 0, wait: 0, merge: 0, tokens: 0, loss: null };
    const families = await read(statusOf({ recentRounds: [roundOf(40), unfinished] }));
    expect(families.get("pcp_round_duration_seconds")?.samples.get('phase="merge"')).toBe(0.9);
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
      "pcp_round_duration_seconds",
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
        expect(families.has(name), name).toBe(true);
        // A counter is looked at as a rate or as a total of the run, a gauge never as a rate.
        if (/\b(rate|increase)\(/.test(expression))
          expect(families.get(name)?.type, name).toBe("counter");
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
