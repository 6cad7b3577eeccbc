/** @file Draws a loss curve: as text for a terminal, and as SVG. */

/** A point of a curve. */
export interface CurvePoint {
  readonly step: number;
  readonly value: number;
}

/** Means of `buckets` runs of neighbouring points, so that a long curve fits. */
function resample(points: readonly CurvePoint[], buckets: number): CurvePoint[] {
  if (points.length <= buckets) return [...points];
  return Array.from({ length: buckets }, (_, bucket) => {
    const from = Math.floor((bucket * points.length) / buckets);
    const part = points.slice(from, Math.floor(((bucket + 1) * points.length) / buckets));
    const sum = part.reduce((total, { value }) => total + value, 0);
    // The first bucket stands at the first step, so that the axis begins there.
    const { step } = (bucket === 0 ? part[0] : part.at(-1)) as CurvePoint;
    return { step, value: sum / part.length };
  });
}

const finite = (points: readonly CurvePoint[]): CurvePoint[] =>
  points.filter(({ value }) => Number.isFinite(value));

/** Dots of a braille cell, by column and row. */
const DOTS = [
  [0x01, 0x02, 0x04, 0x40],
  [0x08, 0x10, 0x20, 0x80],
] as const;

/** A curve in braille dots with its axes; lines end in a newline. `width` and `height` are in characters of the plot. */
export function drawCurve(all: readonly CurvePoint[], width = 60, height = 12): string {
  const points = resample(finite(all), width * 2);
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || points.length < 2) return "";
  const values = points.map(({ value }) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const span = high - low || 1;
  const cells = Array.from({ length: height }, () => new Uint8Array(width));
  const rowOf = (value: number): number => Math.round(((high - value) / span) * (height * 4 - 1));
  let previous = rowOf(first.value);
  for (let x = 0; x < width * 2; x++) {
    const at = (x / (width * 2 - 1)) * (points.length - 1);
    const row = rowOf((points[Math.round(at)] as CurvePoint).value);
    // A steep piece is drawn as a vertical line, so that the curve has no gaps.
    for (let y = Math.min(row, previous); y <= Math.max(row, previous); y++) {
      const cell = cells[y >> 2] as Uint8Array;
      cell[x >> 1] = (cell[x >> 1] as number) | (DOTS[(x & 1) as 0 | 1][y & 3] as number);
    }
    previous = row;
  }
  const lines = cells.map((cell, row) => {
    const label = row === 0 ? high.toFixed(3) : row === height - 1 ? low.toFixed(3) : "";
    const dots = String.fromCharCode(...[...cell].map((bits) => 0x2800 + bits));
    return `${label.padStart(8)} ┤${dots}`;
  });
  const axis = `${" ".repeat(9)}└${"─".repeat(width)}`;
  const [from, to] = [`step ${first.step}`, `${last.step}`];
  const labels = `${" ".repeat(10)}${from}${to.padStart(Math.max(to.length + 1, width - from.length))}`;
  return `${[...lines, axis, labels].join("\n")}\n`;
}

const WIDTH = 720;
const HEIGHT = 360;
const LEFT = 56;
const BOTTOM = 36;
const TOP = 34;

/** Round numbers that divide an interval. */
function ticks(low: number, high: number, wanted: number): number[] {
  const raw = (high - low || 1) / wanted;
  const power = 10 ** Math.floor(Math.log10(raw));
  const unit = [1, 2, 5, 10].map((m) => m * power).find((step) => step >= raw) ?? raw;
  const values: number[] = [];
  for (let i = Math.ceil(low / unit); i * unit <= high + unit * 1e-9; i++) values.push(i * unit);
  return values;
}

const short = (value: number): string => String(Number(value.toPrecision(6)));

/** An SVG of curves by name over a common axis of steps. */
export function curveSvg(
  title: string,
  curves: readonly { readonly name: string; readonly points: readonly CurvePoint[] }[],
): string {
  const colors = ["#2563eb", "#dc2626", "#059669"];
  const drawn = curves
    .map(({ name, points }) => ({ name, points: resample(finite(points), WIDTH) }))
    .filter(({ points }) => points.length > 0);
  const all = drawn.flatMap(({ points }) => points);
  const values = all.map(({ value }) => value);
  const [low, high] = [Math.min(...values, Infinity), Math.max(...values, -Infinity)];
  const [start, end] = [
    Math.min(...all.map(({ step }) => step)),
    Math.max(...all.map(({ step }) => step)),
  ];
  const x = (step: number): number =>
    LEFT + ((step - start) / (end - start || 1)) * (WIDTH - LEFT - 16);
  const y = (value: number): number =>
    TOP + ((high - value) / (high - low || 1)) * (HEIGHT - TOP - BOTTOM);
  const grid = ticks(low, high, 6).map(
    (value) =>
      `<line x1="${LEFT}" x2="${WIDTH - 16}" y1="${y(value).toFixed(1)}" y2="${y(value).toFixed(1)}" stroke="#e5e7eb"/>` +
      `<text x="${LEFT - 8}" y="${(y(value) + 4).toFixed(1)}" text-anchor="end">${short(value)}</text>`,
  );
  const steps = ticks(start, end, 8).map(
    (step) =>
      `<text x="${x(step).toFixed(1)}" y="${HEIGHT - 14}" text-anchor="middle">${short(step)}</text>`,
  );
  const lines = drawn.map(({ name, points }, index) => {
    const path = points
      .map(({ step, value }) => `${x(step).toFixed(1)},${y(value).toFixed(1)}`)
      .join(" ");
    const color = colors[index % colors.length];
    return (
      `<polyline fill="none" stroke="${color}" stroke-width="1.5" points="${path}"/>` +
      `<text x="${WIDTH - 20}" y="${TOP + 14 + 16 * index}" text-anchor="end" fill="${color}">${name}</text>`
    );
  });
  const safeTitle = title.replace(
    /[&<>]/g,
    (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[c] ?? c,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" font-family="sans-serif" font-size="12" fill="#374151">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    `<text x="${LEFT}" y="20" font-size="14">${safeTitle}</text>`,
    ...grid,
    ...steps,
    ...lines,
    "</svg>\n",
  ].join("\n");
}
