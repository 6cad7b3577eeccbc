/** @file Curves of training and evaluation loss by tokens or rounds. */
import { fixed, short } from "./format.js";

/**
 * A point of the run: a finished round.
 * @typedef {object} Point
 * @property {number} round
 * @property {number} tokens
 * @property {number | null} loss
 * @property {number | null} evalLoss
 */

const HEIGHT = 260;

/**
 * A colour of the style sheet as the canvas takes it.
 * @param {HTMLElement} host
 * @param {string} name
 */
function color(host, name) {
  host.style.color = `var(${name})`;
  const { color: computed } = getComputedStyle(host);
  host.style.color = "";
  return computed;
}

/** Draws the curves into an element and keeps them as wide as it is. */
export class LossChart {
  /** @param {HTMLElement} host */
  constructor(host) {
    this.host = host;
    /** @type {"tokens" | "round"} */
    this.axis = "tokens";
    /** @type {readonly Point[]} */
    this.points = [];
    /** @type {uPlot | null} */
    this.plot = null;
    new ResizeObserver(() => {
      this.plot?.setSize({ width: Math.max(200, host.clientWidth), height: HEIGHT });
    }).observe(host);
  }

  /** @param {"tokens" | "round"} axis */
  setAxis(axis) {
    this.axis = axis;
    this.rebuild();
  }

  /** @param {readonly Point[]} points */
  setPoints(points) {
    this.points = points;
    this.host.setAttribute("aria-label", `Losses of ${points.length} rounds`);
    if (this.plot === null) this.rebuild();
    else this.plot.setData(this.data());
  }

  /** @returns {uPlot.AlignedData} */
  data() {
    return [
      this.points.map((point) => point[this.axis]),
      this.points.map(({ loss }) => loss),
      this.points.map(({ evalLoss }) => evalLoss),
    ];
  }

  /** Colours and the axis are fixed when a plot is made: it is made anew where they change. */
  rebuild() {
    this.plot?.destroy();
    if (this.points.length === 0) {
      this.plot = null;
      return;
    }
    const ink = color(this.host, "--quiet");
    const grid = { stroke: color(this.host, "--line"), width: 1 };
    const axis = { stroke: ink, grid, ticks: grid, font: "12px system-ui, sans-serif" };
    const { axis: along } = this;
    this.plot = new uPlot(
      {
        width: Math.max(200, this.host.clientWidth),
        height: HEIGHT,
        scales: { x: { time: false } },
        cursor: { points: { size: 6 } },
        axes: [
          { ...axis, values: (_, ticks) => ticks.map((tick) => short(tick)) },
          {
            ...axis,
            size: 56,
            values: (_, ticks) => ticks.map((tick) => String(+tick.toFixed(4))),
          },
        ],
        series: [
          { label: along, value: (_, value) => (value === null ? "–" : short(value)) },
          {
            label: "train",
            stroke: color(this.host, "--train"),
            width: 1.5,
            points: { show: this.points.length < 3 },
            value: (_, value) => fixed(value, 4),
          },
          {
            label: "eval",
            stroke: color(this.host, "--eval"),
            width: 1.5,
            spanGaps: true,
            points: { show: true, size: 5, fill: color(this.host, "--eval") },
            value: (_, value) => fixed(value, 4),
          },
        ],
      },
      this.data(),
      this.host,
    );
  }
}
