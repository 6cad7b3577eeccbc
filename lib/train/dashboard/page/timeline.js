/** @file Rounds as a time line: one row per round, its phases one after the other where they lie in the run's time. */
import { make, setText } from "./dom.js";
import { duration } from "./format.js";

/** @typedef {import("../../protocol/status.ts").RoundStatus} RoundStatus */

const PHASES = /** @type {const} */ (["compute", "wait", "upload", "merge", "publish"]);
/** Rounds shown where there is room, and on a phone. */
const ROUNDS = 16;
const ROUNDS_NARROW = 8;
const NARROW = 600;
const ROW = 18;
const BAR = 12;
const AXIS = 24;
const LABEL = 52;
const SVG = "http://www.w3.org/2000/svg";

/**
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 */
function shape(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

/** @param {RoundStatus} round */
const lengthOf = (round) => PHASES.reduce((total, phase) => total + round[phase], 0);

/** Phases of milliseconds are told as such. @param {number} seconds */
const brief = (seconds) =>
  seconds > 0 && seconds < 0.0995 ? `${Math.ceil(seconds * 1000)} ms` : duration(seconds);

/** A round in words. @param {RoundStatus} round */
const words = (round) =>
  [
    `round ${round.round}: ${duration(lengthOf(round))}`,
    ...PHASES.map((phase) => `${phase} ${brief(round[phase])}`),
    `${round.participants} workers${round.rejected > 0 ? `, ${round.rejected} rejected` : ""}`,
  ].join(" · ");

/**
 * A round interval of seconds between marks of the axis.
 * @param {number} span
 */
function markStep(span) {
  const steps = [0.1, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21_600, 86_400];
  return steps.find((step) => span / step <= 8) ?? 604_800;
}

export class Timeline {
  /**
   * @param {HTMLElement} host
   * @param {HTMLElement} legend
   * @param {HTMLElement} detail
   */
  constructor(host, legend, detail) {
    this.host = host;
    this.detail = detail;
    /** @type {readonly RoundStatus[]} */
    this.rounds = [];
    this.drawn = "";
    for (const phase of PHASES) {
      const item = make("li");
      item.append(make("i", `dot ${phase}`), phase);
      legend.append(item);
    }
    new ResizeObserver(() => this.draw()).observe(host);
  }

  /** @param {readonly RoundStatus[]} rounds */
  setRounds(rounds) {
    this.rounds = rounds.slice(-ROUNDS);
    this.draw();
  }

  draw() {
    const width = Math.max(240, this.host.clientWidth);
    const key = `${width} ${JSON.stringify(this.rounds)}`;
    if (key === this.drawn) return;
    this.drawn = key;
    const rounds = width < NARROW ? this.rounds.slice(-ROUNDS_NARROW) : this.rounds;
    if (rounds.length === 0) {
      this.host.replaceChildren(make("p", "quiet small", "no round is finished yet"));
      return;
    }
    setText(this.detail, words(/** @type {RoundStatus} */ (rounds.at(-1))));
    const from = Math.min(...rounds.map(({ startedAt }) => startedAt));
    const to = Math.max(...rounds.map((round) => round.startedAt + lengthOf(round)));
    const span = Math.max(to - from, 1e-3);
    const height = rounds.length * ROW + AXIS;
    /** @param {number} seconds */
    const x = (seconds) => LABEL + ((seconds - from) / span) * (width - LABEL - 12);
    const svg = shape("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img" });
    svg.setAttribute("aria-label", "Phases of the last rounds");
    const step = markStep(span) * (width < NARROW ? 2 : 1);
    for (let mark = Math.ceil(from / step) * step; mark <= to; mark += step) {
      const at = x(mark).toFixed(1);
      svg.append(shape("line", { x1: at, x2: at, y1: 0, y2: height - AXIS, class: "mark" }));
      const text = shape("text", { x: at, y: height - 6, "text-anchor": "middle" });
      text.textContent = duration(mark);
      svg.append(text);
    }
    svg.append(...rounds.map((round, row) => this.row(round, row * ROW, x, width)));
    this.host.replaceChildren(svg);
  }

  /**
   * @param {RoundStatus} round
   * @param {number} y
   * @param {(seconds: number) => number} x
   * @param {number} width
   */
  row(round, y, x, width) {
    const group = shape("g", { class: "round" });
    group.append(shape("rect", { x: 0, y, width, height: ROW, class: "row" }));
    const label = shape("text", { x: LABEL - 8, y: y + 13, "text-anchor": "end" });
    label.textContent = String(round.round);
    group.append(label);
    let at = round.startedAt;
    for (const phase of PHASES) {
      const seconds = round[phase];
      if (seconds > 0) {
        const left = x(at);
        const wide = Math.max(0.75, x(at + seconds) - left);
        group.append(
          shape("rect", {
            x: left.toFixed(2),
            y: y + (ROW - BAR) / 2,
            width: wide.toFixed(2),
            height: BAR,
            class: `phase ${phase}`,
          }),
        );
      }
      at += seconds;
    }
    const title = shape("title", {});
    title.textContent = words(round);
    group.append(title);
    group.addEventListener("pointerenter", () => setText(this.detail, words(round)));
    return group;
  }
}
