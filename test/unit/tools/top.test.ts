/** @file The terminal dashboard: its frames at 80x24, keys, resizing; and in a real terminal, which is left as it was. */
import { setTimeout as sleep } from "node:timers/promises";
import { cleanup, render } from "ink-testing-library";
import { createElement } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { plainLine, renderPlain } from "#lib/train/dashboard/plain.ts";
import {
  columnsOf,
  cut,
  shortAge,
  shortNumber,
  sparkline,
} from "#lib/train/dashboard/terminal-text.ts";
import { type TerminalSize, Top } from "#lib/train/dashboard/top.tsx";
import { columnsFor, SORTS, workerLine } from "#lib/train/dashboard/worker-view.ts";
import type { RoundStatus, RunStatus } from "#lib/train/protocol/status.ts";
import { statusOf, workerOf } from "../train/dashboard-run.ts";

const manyWorkers = Array.from({ length: 300 }, (_, index) => workerOf(index));

/** A dashboard on a terminal that is only frames. */
function show(first: RunStatus | string, size: TerminalSize = { columns: 80, rows: 24 }) {
  const listeners = new Set<() => void>();
  const now = { answer: first, size, asked: 0 };
  const app = render(
    createElement(Top, {
      interval: 5,
      source: {
        status: async () => {
          now.asked++;
          return typeof now.answer === "string" ? { problem: now.answer } : now.answer;
        },
      },
      terminal: {
        size: () => now.size,
        onResize(listener) {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
      },
    }),
  );
  return {
    now,
    frames: app.frames,
    lines: () => (app.lastFrame() ?? "").split("\n"),
    press: (keys: string) => app.stdin.write(keys),
    resize(next: TerminalSize) {
      now.size = next;
      for (const listener of listeners) listener();
    },
    /** Waits until the frame satisfies an expectation. */
    until: (expectation: (frame: string) => void) =>
      vi.waitFor(() => expectation(app.lastFrame() ?? ""), { timeout: 10_000, interval: 5 }),
    listeners,
  };
}

const workersIn = (frame: string): string[] =>
  frame.split("\n").flatMap((line) => /^(w\d+) /.exec(line)?.[1] ?? []);

describe("terminal dashboard", () => {
  afterEach(cleanup);

  it("shows a run in 80 columns and 24 lines", async () => {
    const { until, lines } = show(statusOf());
    await until((frame) => expect(frame).toContain("demo-7f3a"));
    expect(lines().length).toBeLessThanOrEqual(23);
    for (const line of lines()) expect(columnsOf(line), line).toBeLessThanOrEqual(80);
    const frame = lines().join("\n");
    expect(frame).toMatch(/round 41\/120 █+░+ {2}10\.1M tokens {2}4\.32k tok\/s {2}29:50 left/);
    expect(frame).toMatch(/loss 2\.3471 {2}eval 2\.4102 {2}█[▁-█]+▁/);
    expect(frame).toContain("workers 3/4  quorum 3  epoch 1 36.7%  checkpoint 31s ago");
    expect(frame).toContain("waiting for w3 · 12 s of 40 s");
    expect(frame).toMatch(/w3 +silent +41 +21 +1\.11k +0\.560 +113M +12s +1 no heartbeat/);
    expect(frame).toMatch(/w4 +crashed .*exit code/);
    expect(frame).toMatch(/w6 +hung .*no inner step/);
    expect(frame).toContain("q detach  s sort  r reverse  / filter");
  });

  it("scrolls through hundreds of workers", async () => {
    const { until, press } = show(statusOf({ workers: manyWorkers }));
    await until((frame) => expect(workersIn(frame)).toHaveLength(16));
    press("\u001b[B");
    await until((frame) => expect(workersIn(frame)[0]).toBe("w1"));
    press(" ");
    await until((frame) => expect(frame).toContain("18-33 of 300"));
    press("G");
    await until((frame) => expect(workersIn(frame).at(-1)).toBe("w299"));
    press("\u001b[A");
    await until((frame) => expect(workersIn(frame).at(-1)).toBe("w298"));
    press("g");
    await until((frame) => expect(workersIn(frame)[0]).toBe("w0"));
  });

  it("sorts by what is asked for, either way", async () => {
    const { until, press } = show(statusOf({ workers: manyWorkers }));
    await until((frame) => expect(frame).toContain("worker▲"));
    for (const sort of [...SORTS.slice(1, 3)]) {
      press("s");
      await until((frame) => expect(frame).toContain(`${sort}▲`));
    }
    const rates = manyWorkers.map(({ tokensPerSecond }) => tokensPerSecond);
    const rateOf = (frame: string) =>
      manyWorkers.find(({ worker }) => worker === workersIn(frame)[0])?.tokensPerSecond;
    await until((frame) => expect(rateOf(frame)).toBe(Math.min(...rates)));
    press("r");
    await until((frame) => {
      expect(frame).toContain("tok/s▼");
      expect(rateOf(frame)).toBe(Math.max(...rates));
    });
  });

  it("filters as one types, and q is a letter then", async () => {
    const { until, press } = show(statusOf({ workers: manyWorkers }));
    await until((frame) => expect(frame).toContain("of 300"));
    press("/");
    await until((frame) => expect(frame).toContain("filter: ▏"));
    press("q");
    await until((frame) => expect(frame).toContain("filter: q▏"));
    press("\u007f");
    press("host-37");
    await until((frame) => expect(frame).toContain("filter: host-37▏"));
    press("\r");
    await until((frame) => {
      expect(workersIn(frame)).toEqual(["w296", "w297", "w298", "w299"]);
      expect(frame).toContain("filter 'host-37'");
    });
    press("\u001b");
    await until((frame) => expect(frame).toContain("of 300"));
    // Typed faster than frames are drawn.
    press("/w29\rs");
    await until((frame) => {
      expect(frame).toContain("1-11 of 11  filter 'w29'");
      expect(frame).toContain("state▲");
    });
  });

  it("fits any size, and takes over a new one", async () => {
    const { until, resize, lines } = show(statusOf({ workers: manyWorkers }));
    await until((frame) => expect(workersIn(frame)).toHaveLength(16));
    resize({ columns: 60, rows: 12 });
    await until((frame) => expect(workersIn(frame)).toHaveLength(4));
    for (const line of lines()) expect(columnsOf(line)).toBeLessThanOrEqual(60);
    resize({ columns: 160, rows: 40 });
    await until((frame) => {
      expect(workersIn(frame)).toHaveLength(32);
      expect(frame).toMatch(/device +host +reason/);
    });
  });

  it("shows MFU where it is known, in 80 columns that of the run", async () => {
    const workers = [workerOf(1, { mfu: 0.4123 }), workerOf(2)];
    const { until, resize, lines } = show(statusOf({ workers, mfu: 0.0382, secondsLeft: 1e6 }));
    await until((frame) => expect(frame).toContain("tok/s  MFU 3.82%  277:46:40 left"));
    for (const line of lines()) expect(columnsOf(line)).toBeLessThanOrEqual(80);
    resize({ columns: 100, rows: 24 });
    await until((frame) => {
      expect(frame).toMatch(/ rst +MFU +loss/);
      expect(frame).toMatch(/w1 .* 41\.2% /);
    });
    expect(plainLine(statusOf({ mfu: 0.0382 }))).toContain(
      "4.32k tokens/s  MFU 3.82%  3/4 workers",
    );
    expect(renderPlain(statusOf({ mfu: 0.0382 }))).toContain("4.32k per second  MFU 3.82%\n");
    expect(renderPlain(statusOf())).not.toContain("MFU");
  });

  it("says when the shepherd gives no answer, keeps the last snapshot, and goes on", async () => {
    const { until, now, listeners } = show("nothing listens at 127.0.0.1:1");
    await until((frame) => expect(frame).toContain("nothing listens at 127.0.0.1:1"));
    now.answer = statusOf();
    await until((frame) => expect(frame).toContain("waiting for w3"));
    now.answer = "the shepherd has closed the connection";
    await until((frame) => {
      expect(frame).toContain("no answer: the shepherd has closed the connection; trying again");
      expect(frame).toContain("demo-7f3a");
    });
    now.answer = statusOf({ round: 42 });
    await until((frame) => expect(frame).toContain("round 42/120"));
    now.answer = statusOf({ state: "done" });
    await until((frame) => expect(frame).toContain("the run has ended: done"));
    now.answer = "nothing listens";
    await sleep(50);
    await until((frame) => expect(frame).toContain("the run has ended: done"));
    cleanup();
    expect(listeners.size).toBe(0);
    const { asked } = now;
    await sleep(50);
    expect(now.asked - asked).toBeLessThanOrEqual(1);
  });

  it("shows hostile and wide text as text of the right width", async () => {
    const workers = [
      workerOf(1, { reason: "\u001b[2J\u0007\u202eevil\nline", restarts: 2 }),
      workerOf(2, { reason: "ディスクがいっぱいです。空けてください" }),
    ];
    const { until, lines } = show(statusOf({ workers, waitingFor: "\u001b]0;title\u0007" }));
    await until((frame) => expect(frame).toContain("w2"));
    const frame = lines().join("\n");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are the only control sequences
    expect(frame.replace(/\u001b\[[\d;]*m/g, "")).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    expect(frame).toContain("\\x1b[2J");
    for (const line of lines()) expect(columnsOf(line), line).toBeLessThanOrEqual(80);
  });
});

describe("text for terminals", () => {
  it("is cut by columns", () => {
    expect(cut("abcdef", 6)).toBe("abcdef");
    expect(cut("abcdef", 5)).toBe("abcd…");
    expect(cut("漢字かな", 6)).toBe("漢字…");
    expect(columnsOf("e\u0301")).toBe(1);
  });

  it("has short numbers and ages", () => {
    expect([0, 7, 999, 1000, 12_345, 999_400, 2.5e6, 1e12].map(shortNumber)).toEqual([
      "0",
      "7",
      "999",
      "1.00k",
      "12.3k",
      "999k",
      "2.50M",
      "1.00T",
    ]);
    expect([0, 9.96, 99, 100, 7200, 400_000].map(shortAge)).toEqual([
      "0.0s",
      "10s",
      "99s",
      "2m",
      "2h",
      "5d",
    ]);
  });

  it("draws a series as bars", () => {
    expect(sparkline([0, 7], 10)).toBe("▁█");
    expect(sparkline([7, 7, 0, 0], 2)).toBe("█▁");
    expect(sparkline([3, 3], 5)).toBe("▁▁");
    expect(sparkline([], 5)).toBe("");
    expect(sparkline([1, Number.NaN, 2], 5)).toBe("▁█");
  });

  it("fills rows of workers exactly", () => {
    for (const width of [60, 80, 100, 132, 200])
      for (const worker of statusOf().workers)
        expect(columnsOf(workerLine(worker, columnsFor(width, [worker])))).toBe(
          Math.max(width, 66),
        );
  });
});

describe("plain text", () => {
  it("tells a snapshot in one line", () => {
    expect(plainLine(statusOf())).toBe(
      "round 41/120  loss 2.3471  eval 2.4102  10.1M tokens  4.32k tokens/s  3/4 workers  29:50 left  waiting for w3 · 12 s of 40 s",
    );
    expect(
      plainLine(
        statusOf({
          state: "paused",
          waitingFor: null,
          loss: null,
          evalLoss: null,
          secondsLeft: null,
        }),
      ),
    ).toBe("round 41/120  loss -  10.1M tokens  4.32k tokens/s  3/4 workers  paused");
    // Every round waits for its workers: only what takes longer is worth a word.
    expect(plainLine(statusOf({ waitingFor: "w0, w1: 1 s" }))).not.toContain("waiting");
    expect(plainLine(statusOf({ waitingFor: "the quorum" }))).toContain("waiting for the quorum");
  });

  it("tells all of it on a page", () => {
    const text = renderPlain(statusOf());
    expect(text).toContain("run        demo-7f3a (diloco), running\n");
    expect(text).toContain("waiting    for w3 · 12 s of 40 s\n");
    expect(text).toContain(
      "bytes      1.2 MiB up, 1.4 MiB down per round and worker (f32 base64: 5.0x)\n",
    );
    expect(text).toMatch(/^w4 +crashed .* exit code 137 \(SIGKILL\)$/m);
    expect(text).toContain("after round 40, 0:31 ago, written in 0.4s\n");
    expect(text).toMatch(
      /^last round compute 14s, wait [\d.]+s, upload 1\.1s, merge 0\.9s, publish 12ms$/m,
    );
  });

  it("leaves out what a journal does not tell", () => {
    const [round] = statusOf().recentRounds;
    const told = { ...round, compute: 21, wait: 0, upload: 0, merge: 0, publish: 0 } as RoundStatus;
    const checkpoint = { path: "step-1", round: 1, ageSeconds: 5, seconds: null };
    const text = renderPlain(statusOf({ recentRounds: [told], checkpoint }));
    expect(text).toContain("last round compute 21s\n");
    expect(text).toContain("step-1, after round 1, 0:05 ago\n");
    expect(renderPlain(statusOf({ recentRounds: [] }))).not.toContain("last round");
  });
});
