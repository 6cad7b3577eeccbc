/** @file The table of workers: sorted and filtered; only rows that are in sight are in the document. */
import { make, setClass, setText } from "./dom.js";
import { bytes, duration, fixed, percent, short } from "./format.js";

/** @typedef {import("../../protocol/status.ts").WorkerStatus} WorkerStatus */

/**
 * @typedef {object} Column
 * @property {string} key
 * @property {string} title
 * @property {(worker: WorkerStatus) => string | number | null} sort
 * @property {(worker: WorkerStatus) => string} text
 * @property {boolean} [number]
 * @property {string} [hint]
 */

/** Height of a row in pixels, as style.css has it. */
const ROW = 32;
/** Rows above and below what is in sight. */
const MARGIN = 8;

/** @param {WorkerStatus} worker */
const stateOf = ({ state, departure }) => (state === "gone" ? (departure ?? "gone") : state);

/** @param {WorkerStatus} worker */
const rejections = ({ rejected }) => Object.values(rejected).reduce((a, b) => a + b, 0);

/**
 * Two sizes, with their unit once where it is the same: `49.6, 58.2 MiB`.
 * @param {string} up
 * @param {string} down
 */
function traffic(up, down) {
  const unit = up.slice(up.indexOf(" "));
  return `${down.endsWith(unit) ? up.slice(0, -unit.length) : up}, ${down}`;
}

/** @type {readonly Column[]} */
const COLUMNS = [
  { key: "worker", title: "worker", sort: (w) => w.worker, text: (w) => w.worker },
  { key: "state", title: "state", sort: stateOf, text: (w) => stateOf(w).replace("_", " ") },
  {
    key: "device",
    title: "device",
    sort: (w) => `${w.backend} ${w.target} ${w.device}`,
    text: (w) => `${w.backend} ${w.target} · ${w.host}`,
  },
  { key: "round", title: "round", number: true, sort: (w) => w.round, text: (w) => `${w.round}` },
  { key: "step", title: "step", number: true, sort: (w) => w.step, text: (w) => `${w.step}` },
  {
    key: "rate",
    title: "tokens/s",
    number: true,
    sort: (w) => w.tokensPerSecond,
    text: (w) => short(w.tokensPerSecond),
  },
  {
    key: "mfu",
    title: "MFU",
    number: true,
    hint: "model FLOPs utilization while it trains",
    sort: (w) => w.mfu,
    text: (w) => percent(w.mfu),
  },
  {
    key: "loss",
    title: "loss",
    number: true,
    sort: (w) => w.loss,
    text: (w) => fixed(w.loss, 3),
  },
  {
    key: "norm",
    title: "update norm",
    number: true,
    sort: (w) => w.updateNorm,
    text: (w) => fixed(w.updateNorm, 3),
  },
  {
    key: "bytes",
    title: "sent, received",
    number: true,
    sort: (w) => w.bytesUp + w.bytesDown,
    text: (w) => traffic(bytes(w.bytesUp), bytes(w.bytesDown)),
  },
  {
    key: "age",
    title: "heartbeat",
    number: true,
    sort: (w) => w.heartbeatAgeSeconds,
    text: (w) => (w.heartbeatAgeSeconds === null ? "–" : duration(w.heartbeatAgeSeconds)),
  },
  {
    key: "restarts",
    title: "restarts",
    number: true,
    sort: (w) => w.restarts,
    text: (w) => `${w.restarts}`,
  },
  {
    key: "merged",
    title: "merged",
    number: true,
    hint: "updates merged; those rejected behind a minus",
    sort: (w) => w.merged,
    text: (w) => (rejections(w) > 0 ? `${w.merged} −${rejections(w)}` : `${w.merged}`),
  },
  { key: "reason", title: "reason", sort: (w) => w.reason, text: (w) => w.reason ?? "" },
];

/**
 * Order of two values of a column; what is missing comes last either way.
 * @param {string | number | null} a
 * @param {string | number | null} b
 * @param {1 | -1} direction
 */
function compare(a, b, direction) {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (typeof a === "number" && typeof b === "number") return (a - b) * direction;
  return String(a).localeCompare(String(b), "en", { numeric: true }) * direction;
}

/** @param {WorkerStatus} worker */
const haystack = (worker) =>
  [worker.worker, stateOf(worker), worker.backend, worker.target, worker.device, worker.host]
    .concat(worker.reason ?? "")
    .join(" ")
    .toLowerCase();

/** How a state looks. @param {WorkerStatus} worker */
function toneOf({ state, departure }) {
  if (state === "gone") return departure === "left" || departure === "drained" ? "off" : "bad";
  if (state === "silent") return "bad";
  if (state === "training" || state === "uploading") return "good";
  return state === "draining" || state === "waiting" ? "wait" : "new";
}

export class WorkerTable {
  /**
   * @param {HTMLElement} host
   * @param {HTMLElement} chips
   * @param {HTMLElement} shown
   * @param {(action: "drain" | "kick", worker: string) => void} act
   */
  constructor(host, chips, shown, act) {
    this.host = host;
    this.chips = chips;
    this.shown = shown;
    this.act = act;
    /** @type {readonly WorkerStatus[]} */
    this.workers = [];
    /** @type {readonly WorkerStatus[]} */
    this.rows = [];
    this.filter = "";
    this.state = "";
    this.column = /** @type {Column} */ (COLUMNS[0]);
    /** @type {1 | -1} */
    this.direction = 1;
    this.table = make("table");
    this.head = make("tr");
    this.body = make("tbody");
    this.above = make("tr", "spacer");
    this.below = make("tr", "spacer");
    /** @type {HTMLTableRowElement[]} */
    this.pool = [];
    this.build();
  }

  build() {
    for (const column of COLUMNS) {
      const cell = make("th", column.number === true ? "number" : "");
      cell.scope = "col";
      const sorter = make("button", "sorter", column.title);
      sorter.type = "button";
      if (column.hint !== undefined) sorter.title = column.hint;
      sorter.addEventListener("click", () => this.sortBy(column));
      cell.append(sorter);
      cell.dataset["key"] = column.key;
      this.head.append(cell);
    }
    const last = make("th");
    last.append(make("span", "hidden", "actions"));
    this.head.append(last);
    const top = make("thead");
    top.append(this.head);
    for (const spacer of [this.above, this.below]) spacer.append(make("td"));
    this.body.append(this.above, this.below);
    this.table.append(top, this.body);
    this.host.append(this.table);
    this.host.addEventListener("scroll", () => this.draw(), { passive: true });
    new ResizeObserver(() => this.draw()).observe(this.host);
    this.markSorted();
  }

  /** @param {readonly WorkerStatus[]} workers */
  setWorkers(workers) {
    this.workers = workers;
    this.update();
  }

  /** @param {string} text */
  setFilter(text) {
    this.filter = text.trim().toLowerCase();
    this.host.scrollTop = 0;
    this.update();
  }

  /** A second click on a column turns the order round. @param {Column} column */
  sortBy(column) {
    this.direction = this.column === column && this.direction === 1 ? -1 : 1;
    this.column = column;
    this.markSorted();
    this.update();
  }

  markSorted() {
    for (const cell of this.head.children) {
      const sorted = cell instanceof HTMLElement && cell.dataset["key"] === this.column.key;
      if (sorted) cell.setAttribute("aria-sort", this.direction === 1 ? "ascending" : "descending");
      else cell.removeAttribute("aria-sort");
    }
  }

  update() {
    this.drawChips();
    // Where no device's peak is known, there is nothing to say of MFU.
    this.table.classList.toggle(
      "no-mfu",
      this.workers.every(({ mfu }) => mfu === null),
    );
    const { column, direction } = this;
    this.rows = this.workers
      .filter((worker) => this.state === "" || stateOf(worker) === this.state)
      .filter((worker) => this.filter === "" || haystack(worker).includes(this.filter))
      .sort(
        (a, b) =>
          compare(column.sort(a), column.sort(b), direction) || compare(a.worker, b.worker, 1),
      );
    this.table.setAttribute("aria-rowcount", String(this.rows.length + 1));
    setText(
      this.shown,
      this.rows.length === this.workers.length
        ? `${this.workers.length} workers`
        : `${this.rows.length} of ${this.workers.length} workers`,
    );
    this.draw();
  }

  drawChips() {
    /** @type {Map<string, { count: number, tone: string }>} */
    const states = new Map();
    for (const worker of this.workers) {
      const state = stateOf(worker);
      const count = (states.get(state)?.count ?? 0) + 1;
      states.set(state, { count, tone: toneOf(worker) });
    }
    if (this.state !== "" && !states.has(this.state)) this.state = "";
    const wanted = [...states].sort(([a], [b]) => (a < b ? -1 : 1));
    while (this.chips.children.length > wanted.length) this.chips.lastElementChild?.remove();
    wanted.forEach(([state, { count, tone }], index) => {
      let chip = /** @type {HTMLElement | undefined} */ (this.chips.children[index]);
      if (chip === undefined) {
        const made = make("button");
        made.type = "button";
        made.addEventListener("click", () => {
          const { state: clicked = "" } = made.dataset;
          this.state = this.state === clicked ? "" : clicked;
          this.host.scrollTop = 0;
          this.update();
        });
        this.chips.append(made);
        chip = made;
      }
      chip.dataset["state"] = state;
      chip.setAttribute("aria-pressed", String(this.state === state));
      setClass(chip, `chip ${tone}`);
      setText(chip, `${state} ${count}`);
    });
  }

  /** Fills the rows in sight; the spacers are as high as those that are not. */
  draw() {
    const sight = Math.ceil(this.host.clientHeight / ROW) + 2 * MARGIN;
    const first = Math.max(
      0,
      Math.min(Math.floor(this.host.scrollTop / ROW) - MARGIN, this.rows.length - sight),
    );
    const visible = this.rows.slice(first, first + sight);
    while (this.pool.length > visible.length) this.pool.pop()?.remove();
    while (this.pool.length < visible.length) {
      const row = this.makeRow();
      this.pool.push(row);
      this.body.insertBefore(row, this.below);
    }
    this.above.style.height = `${first * ROW}px`;
    this.below.style.height = `${(this.rows.length - first - visible.length) * ROW}px`;
    visible.forEach((worker, index) => {
      const row = /** @type {HTMLTableRowElement} */ (this.pool[index]);
      row.setAttribute("aria-rowindex", String(first + index + 2));
      this.fill(row, worker);
    });
  }

  makeRow() {
    const row = make("tr");
    for (const column of COLUMNS) {
      const cell = make("td", column.number === true ? "number" : "");
      cell.dataset["key"] = column.key;
      if (column.key === "state") cell.append(make("span", "state"));
      row.append(cell);
    }
    const actions = make("td", "actions");
    for (const action of /** @type {const} */ (["drain", "kick"])) {
      const control = make("button", "", action);
      control.type = "button";
      control.addEventListener("click", () => this.act(action, row.dataset["worker"] ?? ""));
      actions.append(control);
    }
    row.append(actions);
    return row;
  }

  /**
   * @param {HTMLTableRowElement} row
   * @param {WorkerStatus} worker
   */
  fill(row, worker) {
    row.dataset["worker"] = worker.worker;
    setClass(row, worker.state === "gone" ? "gone" : "");
    COLUMNS.forEach((column, index) => {
      const cell = /** @type {HTMLTableCellElement} */ (row.cells[index]);
      const text = column.text(worker);
      if (column.key === "state") {
        const mark = /** @type {HTMLElement} */ (cell.firstElementChild);
        setClass(mark, `state ${toneOf(worker)}`);
        setText(mark, text);
      } else setText(cell, text);
      if (column.key === "reason" || column.key === "device") cell.title = cell.textContent ?? "";
    });
    for (const control of row.querySelectorAll("button"))
      control.disabled = worker.state === "gone";
  }
}
