/** @file The page of a run: one snapshot and the journal, shown and kept up to date. */
import { control, follow, keepToken, takeTokenFromAddress, token } from "./api.js";
import { LossChart } from "./charts.js";
import { button, byId, element, setClass, setText } from "./dom.js";
import { bytes, duration, fixed, grouped, percent, short } from "./format.js";
import { History, JournalView, loadOlder, loadTail } from "./journal.js";
import { Timeline } from "./timeline.js";
import { WorkerTable } from "./workers.js";

/** @typedef {import("./api.js").RunStatus} RunStatus */
/** @typedef {import("./api.js").JournalRecord} JournalRecord */
/** @typedef {import("./api.js").OperatorAction} OperatorAction */

const THEME = "pcp-theme";

/** @type {RunStatus | null} */
let status = null;
/** Records that came before the journal was read; null afterwards. @type {JournalRecord[] | null} */
let early = null;
let drawing = false;
let stop = () => {};
/** The run's last record has come: the shepherd goes as well. */
let ended = false;

const history = new History();
/** Rounds of all snapshots so far. @type {Map<number, import("./charts.js").Point>} */
const seen = new Map();
const chart = new LossChart(element("loss-chart"));
const timeline = new Timeline(
  element("timeline"),
  element("phase-legend"),
  element("round-detail"),
);
const journalView = new JournalView(element("journal"), byId("follow", HTMLInputElement));
const workers = new WorkerTable(
  element("workers"),
  element("state-filter"),
  element("worker-shown"),
  (action, worker) => void ask(action, worker),
);

/** @param {string} text */
function notice(text) {
  const target = element("notice");
  target.hidden = text === "";
  setText(target, text);
}

const QUESTIONS = {
  stop: "The run ends after a last checkpoint; workers leave.",
  kick: "The worker is put out at once; what it has not handed in is trained again by others.",
  drain: "The worker hands in what it has, then leaves.",
};

/**
 * Whether the operator means it.
 * @param {"stop" | "kick" | "drain"} action
 * @param {string | null} worker
 * @returns {Promise<boolean>}
 */
function confirmed(action, worker) {
  const dialog = byId("confirm-dialog", HTMLDialogElement);
  setText(
    element("confirm-title"),
    worker === null ? `${action} the run?` : `${action} ${worker}?`,
  );
  setText(element("confirm-text"), QUESTIONS[action]);
  setText(element("confirm-yes"), action);
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

/**
 * @param {OperatorAction} action
 * @param {string | null} worker
 */
async function ask(action, worker) {
  if (action === "stop" || action === "kick" || action === "drain")
    if (!(await confirmed(action, worker))) return;
  const problem = await control(action, worker);
  notice(problem === null ? "" : `${action} was not done: ${problem}`);
}

/**
 * Rounds that something has been merged in; the one under way has no times or losses yet.
 * @param {readonly import("../../protocol/status.ts").RoundStatus[]} rounds
 */
const finished = (rounds) => rounds.filter(({ tokens }) => tokens > 0);

/** Lines of the tiles. @param {RunStatus} run */
function showTiles(run) {
  setText(element("round"), `${run.round} / ${run.rounds}`);
  const progress = byId("round-progress", HTMLProgressElement);
  progress.max = Math.max(1, run.rounds);
  progress.value = Math.min(run.round, run.rounds);
  setText(element("loss"), fixed(run.loss, 4));
  setText(
    element("eval-loss"),
    run.evalLoss === null ? "" : `evaluation ${fixed(run.evalLoss, 4)}`,
  );
  const live = run.workers.filter(({ state }) => state !== "gone" && state !== "silent").length;
  setText(element("worker-count"), `${live} / ${run.workersWanted}`);
  setText(element("quorum"), `quorum ${run.quorum}`);
  setText(element("tokens"), short(run.tokens));
  setText(element("rate"), `${short(run.tokensPerSecond)} tokens/s`);
  setText(element("mfu"), percent(run.mfu));
  for (const id of ["mfu-name", "mfu"]) element(id).hidden = run.mfu === null;
  setText(element("left"), run.secondsLeft === null ? "–" : duration(run.secondsLeft));
  setText(element("uptime"), `up ${duration(run.uptimeSeconds)}`);
  const { up, down } = run.bytesPerRoundAndWorker;
  setText(element("bytes"), bytes(Math.round(up + down)));
  const share = run.referenceBytesPerRoundAndWorker / (up + down);
  setText(
    element("bytes-share"),
    Number.isFinite(share) ? `1/${share.toFixed(share < 10 ? 1 : 0)} of base64 f32` : "",
  );
  const { checkpoint } = run;
  setText(
    element("checkpoint"),
    checkpoint === null ? "none yet" : `${duration(checkpoint.ageSeconds)} ago`,
  );
  const took =
    checkpoint === null || checkpoint.seconds === null
      ? ""
      : `in ${duration(checkpoint.seconds)} · `;
  setText(element("checkpoint-path"), checkpoint === null ? "" : took + checkpoint.path);
  element("checkpoint-path").title = checkpoint?.path ?? "";
}

/** @param {RunStatus} run */
function showLedger({ data, recentRounds }) {
  const { epoch, unitsPerEpoch, consumed, leased } = data;
  const free = Math.max(0, unitsPerEpoch - consumed - leased);
  setText(element("epoch"), `epoch ${epoch}`);
  for (const [id, count] of /** @type {const} */ ([
    ["consumed", consumed],
    ["leased", leased],
    ["free", free],
  ])) {
    setText(element(id), grouped(count));
    const part = element("ledger").querySelector(`.${id}`);
    if (part instanceof HTMLElement) part.style.flexGrow = String(count);
  }
  setText(element("units"), grouped(unitsPerEpoch));
  element("ledger").setAttribute(
    "aria-label",
    `${consumed} consumed, ${leased} leased, ${free} free`,
  );
  const last = finished(recentRounds).at(-1);
  setText(element("participants"), last === undefined ? "–" : String(last.participants));
  setText(element("rejected"), last === undefined ? "–" : String(last.rejected));
  setText(element("update-norm"), fixed(last?.updateNorm, 4));
  setText(element("cosine"), fixed(last?.cosine, 3));
}

/** Seconds of waiting from which on it stands out: shorter waits are part of every round. */
const LONG_WAIT = 5;

/**
 * The banner keeps its place when nothing is waited for, so that the page does not jump.
 * @param {string | null} waitingFor
 */
function showWaiting(waitingFor) {
  const text = (waitingFor ?? "").replace(/^waiting for /, "");
  const seconds = Number(/(\d+) s(?: of \d+ s)?$/.exec(text)?.[1] ?? LONG_WAIT);
  const look = waitingFor === null ? " none" : seconds < LONG_WAIT ? "" : " long";
  setClass(element("waiting"), `awaiting${look}`);
  setText(element("waiting-for"), text);
}

function showCurve() {
  for (const { round, tokens, loss, evalLoss } of finished(status?.recentRounds ?? []))
    seen.set(round, { round, tokens, loss, evalLoss });
  const points = [...new Map([...history.points(), ...seen]).values()];
  chart.setPoints(points.sort((a, b) => a.round - b.round));
}

function draw() {
  drawing = false;
  if (status === null) return;
  const run = status;
  document.title = `${run.round}/${run.rounds} · pcp-train`;
  setText(element("run-id"), run.runId);
  setText(element("run-state"), run.state);
  setClass(element("run-state"), `pill ${run.state}`);
  setText(
    element("algorithm"),
    `${run.algorithm.replace("_", " ")} · ${short(run.parameters)} parameters`,
  );
  showWaiting(run.waitingFor);
  const over = run.state === "done" || run.state === "failed";
  button("pause").hidden = run.state === "paused";
  button("resume").hidden = run.state !== "paused";
  for (const id of ["pause", "resume", "stop"]) button(id).disabled = over;
  showTiles(run);
  showLedger(run);
  showCurve();
  timeline.setRounds(finished(run.recentRounds));
  workers.setWorkers(run.workers);
}

/** Draws before the next frame, however many events come until then. */
function redraw() {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(draw);
}

async function readJournal() {
  early = [];
  try {
    const from = await loadTail(journalView, history);
    for (const record of early) journalView.add(record);
    early = null;
    redraw();
    if (status?.recentRounds[0]?.round !== 0) await loadOlder(history, from, redraw);
  } catch {
    // It is read again with the next connection.
    for (const record of early ?? []) journalView.add(record);
    early = null;
  }
}

const CONNECTIONS = {
  live: "live",
  lost: "connection lost, trying again",
  refused: "no access",
};

/**
 * @param {"live" | "lost" | "refused"} state
 * @param {string} detail
 */
function showConnection(state, detail) {
  const over = state === "lost" && ended;
  setClass(element("connection"), `connection ${over ? "over" : state}`);
  setText(element("connection"), over ? "the run has ended" : CONNECTIONS[state]);
  document.body.classList.toggle("stale", state !== "live" && !over);
  if (state === "live") {
    notice("");
    void readJournal();
  } else if (state === "refused") notice(`${detail}; give a credential with the button Token`);
}

function connect() {
  stop();
  stop = follow({
    status(next) {
      status = next;
      redraw();
    },
    record(record) {
      ended ||= record.kind === "end";
      history.add(record);
      if (early === null) journalView.add(record);
      else early.push(record);
    },
    connection: showConnection,
  });
}

function editToken() {
  const dialog = byId("token-dialog", HTMLDialogElement);
  const field = byId("token", HTMLInputElement);
  field.value = token() ?? "";
  dialog.returnValue = "";
  dialog.showModal();
  dialog.addEventListener(
    "close",
    () => {
      const { returnValue: answer } = dialog;
      if (answer === "keep") keepToken(field.value.trim());
      else if (answer === "forget") keepToken(null);
      field.value = "";
      if (answer === "keep" || answer === "forget") connect();
    },
    { once: true },
  );
}

/** @param {"tokens" | "round"} axis */
function chooseAxis(axis) {
  for (const name of ["tokens", "round"])
    button(`axis-${name}`).setAttribute("aria-pressed", String(name === axis));
  chart.setAxis(axis);
}

function changeTheme() {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const now = document.documentElement.dataset["theme"] ?? (dark ? "dark" : "light");
  const next = now === "dark" ? "light" : "dark";
  document.documentElement.dataset["theme"] = next;
  localStorage.setItem(THEME, next);
  chart.rebuild();
}

function begin() {
  const theme = localStorage.getItem(THEME);
  if (theme === "dark" || theme === "light") document.documentElement.dataset["theme"] = theme;
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => chart.rebuild());
  takeTokenFromAddress();
  for (const action of /** @type {const} */ (["pause", "resume", "stop"]))
    button(action).addEventListener("click", () => void ask(action, null));
  button("credential").addEventListener("click", editToken);
  button("theme").addEventListener("click", changeTheme);
  for (const axis of /** @type {const} */ (["tokens", "round"]))
    button(`axis-${axis}`).addEventListener("click", () => chooseAxis(axis));
  const filter = byId("worker-filter", HTMLInputElement);
  filter.addEventListener("input", () => workers.setFilter(filter.value));
  connect();
}

begin();
