/** @file Schedules, token picking, curves, checksums of TensorBoard's records. */
import { describe, expect, it } from "vitest";
import { curveSvg, drawCurve } from "#lib/train/curve.ts";
import { pickToken } from "#lib/train/generate.ts";
import { formatDuration, Progress } from "#lib/train/progress.ts";
import { learningRate, type Schedule } from "#lib/train/schedule.ts";
import { crc32c } from "#lib/train/tensorboard.ts";

describe("schedule", () => {
  const schedule: Schedule = {
    kind: "cosine",
    peak: 1,
    end: 0.1,
    warmupTokens: 100,
    totalTokens: 1100,
  };

  it("rises linearly, reaches the peak, and falls along a cosine", () => {
    expect(learningRate(schedule, 0, 10)).toBeCloseTo(0.1, 12);
    expect(learningRate(schedule, 90, 10)).toBe(1);
    expect(learningRate(schedule, 100, 10)).toBe(1);
    // Half way: the mean of peak and end.
    expect(learningRate(schedule, 600, 10)).toBeCloseTo(0.55, 12);
    expect(learningRate(schedule, 1100, 10)).toBeCloseTo(0.1, 12);
    expect(learningRate(schedule, 5000, 10)).toBeCloseTo(0.1, 12);
  });

  it("falls linearly", () => {
    expect(learningRate({ ...schedule, kind: "linear" }, 350, 10)).toBeCloseTo(0.775, 12);
  });

  it("stays constant", () => {
    expect(learningRate({ ...schedule, kind: "constant" }, 900, 10)).toBe(1);
  });
});

describe("sampling", () => {
  const logits = Float64Array.from([0, Math.log(3), -Infinity]);

  it("takes the largest at temperature 0", () => {
    expect(pickToken(logits, { temperature: 0, topK: 0 }, 0.99)).toBe(1);
  });

  it("follows the softmax: 3/4 and 1/4", () => {
    const counts = [0, 0, 0];
    for (let i = 0; i < 1000; i++) {
      const token = pickToken(logits, { temperature: 1, topK: 0 }, (i + 0.5) / 1000);
      counts[token] = (counts[token] as number) + 1;
    }
    expect(counts).toEqual([250, 750, 0]);
  });

  it("keeps to the k likeliest", () => {
    expect(pickToken(logits, { temperature: 1, topK: 1 }, 0.99)).toBe(1);
  });
});

describe("display", () => {
  it("draws a falling curve from the upper left to the lower right", () => {
    const points = Array.from({ length: 50 }, (_, step) => ({
      step: step + 1,
      value: 5 - step * 0.05,
    }));
    const lines = drawCurve(points, 20, 6).split("\n");
    expect(lines[0]).toContain("5.000");
    expect(lines[0]?.at(10)).not.toBe("⠀");
    expect(lines[5]?.at(-1)).not.toBe("⠀");
    expect(lines[5]?.at(10)).toBe("⠀");
  });

  it("makes an SVG that XML readers take", () => {
    const svg = curveSvg("a < b & c", [
      {
        name: "loss",
        points: [
          { step: 1, value: 2 },
          { step: 2, value: 1 },
        ],
      },
    ]);
    expect(svg).toContain("a &lt; b &amp; c");
    expect(svg).not.toContain("NaN");
    expect(svg.match(/<polyline/g)).toHaveLength(1);
  });

  it("keeps the ends of a narrow axis apart", () => {
    const curve = drawCurve(
      [1, 1200].map((step) => ({ step, value: step })),
      8,
      2,
    );
    expect(curve).toContain("step 1 1200\n");
  });

  it("clears the bar, and what the terminal echoes, before a line", () => {
    let written = "";
    const progress = new Progress(
      {
        isTerminal: true,
        columns: 60,
        write: (text) => {
          written += String(text);
        },
        flush: () => Promise.resolve(),
      },
      10,
    );
    const report = { step: 1, steps: 4, loss: 2, learningRate: 1, gradNorm: null, mfu: null };
    progress.step({ ...report, tokensPerSecond: 10, secondsLeft: 61 });
    expect(written.length).toBeLessThan(60 + 4);
    expect(written).toMatch(/█░+ 1\/4 {2}loss 2\.0000 {2}10 tok\/s {2}1:01 left$/);
    progress.line("eval");
    progress.line("more");
    expect(written.endsWith("left\r\u001b[Keval\n\r\u001b[Kmore\n")).toBe(true);
  });

  it("draws nothing of nothing", () => {
    expect(drawCurve([])).toBe("");
    expect(curveSvg("empty", [])).not.toContain("polyline");
  });

  it("spells durations", () => {
    expect([0, 59.6, 3661].map(formatDuration)).toEqual(["0:00", "1:00", "1:01:01"]);
  });
});

describe("crc32c", () => {
  // Check value of CRC-32C, and the vectors of RFC 3720, B.4.
  it.each([
    [new TextEncoder().encode("123456789"), 0xe3069283],
    [new Uint8Array(32), 0x8a9136aa],
    [new Uint8Array(32).fill(0xff), 0x62a8ab43],
  ])("gives the published value", (bytes, value) => {
    expect(crc32c(bytes)).toBe(value);
  });
});
