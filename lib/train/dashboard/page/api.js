/** @file The shepherd's API: snapshots and records as they come, pages of the journal, operator actions. */

/** @typedef {import("../../protocol/status.ts").RunStatus} RunStatus */
/** @typedef {import("../../protocol/records.ts").JournalRecord} JournalRecord */
/** @typedef {import("../../protocol/ports.ts").OperatorAction} OperatorAction */

/**
 * What a stream tells: its events, and how the connection is.
 * @typedef {object} Listener
 * @property {(status: RunStatus) => void} status
 * @property {(record: JournalRecord) => void} record
 * @property {(state: "live" | "lost" | "refused", detail: string) => void} connection
 */

const TOKEN = "pcp-token";
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 10_000;
/** A stream that says nothing for this long is taken as dead. */
const SILENCE_MS = 30_000;

/** The credential of this tab, or null. */
export const token = () => sessionStorage.getItem(TOKEN);

/** @param {string | null} value */
export function keepToken(value) {
  if (value === null || value === "") sessionStorage.removeItem(TOKEN);
  else sessionStorage.setItem(TOKEN, value);
}

/** Takes a credential out of `#token=...`, so that it is neither sent in a URL nor left in the address bar. */
export function takeTokenFromAddress() {
  const match = /^#token=([^&]+)$/.exec(location.hash);
  if (match?.[1] === undefined) return;
  keepToken(decodeURIComponent(match[1]));
  history.replaceState(null, "", location.pathname);
}

/** @returns {Record<string, string>} */
const credentials = () => {
  const held = token();
  return held === null ? {} : { authorization: `Bearer ${held}` };
};

/**
 * What a refusal says.
 * @param {Response} response
 */
async function reasonOf(response) {
  try {
    const body = await response.json();
    if (typeof body?.message === "string") return String(body.message);
  } catch {
    // Not every refusal has a body.
  }
  return `${response.status} ${response.statusText}`.trim();
}

/**
 * Records from `from` on, at most `limit`.
 * @param {number} from
 * @param {number} limit
 * @returns {Promise<JournalRecord[]>}
 */
export async function journal(from, limit) {
  const response = await fetch(`v1/journal?from=${from}&limit=${limit}`, {
    headers: credentials(),
  });
  if (!response.ok) throw new Error(await reasonOf(response));
  return response.json();
}

/**
 * Asks for an action; null when it is done, else why it is not.
 * @param {OperatorAction} action
 * @param {string | null} worker
 * @returns {Promise<string | null>}
 */
export async function control(action, worker) {
  try {
    const response = await fetch("v1/control", {
      method: "POST",
      headers: { ...credentials(), "content-type": "application/json" },
      body: JSON.stringify({ action, worker }),
    });
    if (!response.ok) return await reasonOf(response);
    const { problem } = await response.json();
    return problem;
  } catch {
    return "the shepherd cannot be reached";
  }
}

/**
 * One event of a stream.
 * @param {string} block
 * @param {Listener} listener
 */
function dispatch(block, listener) {
  let name = "message";
  const data = [];
  for (const line of block.split("\n")) {
    if (line.startsWith("event:")) name = line.slice(6).trim();
    else if (line.startsWith("data:")) data.push(line.slice(5));
  }
  if (data.length === 0) return;
  const value = JSON.parse(data.join("\n"));
  if (name === "status") listener.status(value);
  else if (name === "record") listener.record(value);
}

/**
 * Reads one stream to its end. EventSource cannot send a credential, so the stream is read with fetch.
 * @param {Listener} listener
 * @param {AbortSignal} signal
 */
async function readOnce(listener, signal) {
  const giveUp = new AbortController();
  const both = AbortSignal.any([signal, giveUp.signal]);
  let timer = setTimeout(() => giveUp.abort(), SILENCE_MS);
  try {
    const response = await fetch("v1/events", {
      headers: { ...credentials(), accept: "text/event-stream" },
      cache: "no-store",
      signal: both,
    });
    if (response.status === 401 || response.status === 403) {
      listener.connection("refused", await reasonOf(response));
      return "refused";
    }
    if (!response.ok || response.body === null) return "lost";
    listener.connection("live", "");
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return "ended";
      clearTimeout(timer);
      timer = setTimeout(() => giveUp.abort(), SILENCE_MS);
      rest += value.replaceAll("\r", "");
      for (let end = rest.indexOf("\n\n"); end !== -1; end = rest.indexOf("\n\n")) {
        dispatch(rest.slice(0, end), listener);
        rest = rest.slice(end + 2);
      }
    }
  } catch {
    return "lost";
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Follows the run until it is told to stop; a connection that breaks is made again, with growing pauses.
 * @param {Listener} listener
 * @returns {() => void} Ends it.
 */
export function follow(listener) {
  const stop = new AbortController();
  const run = async () => {
    let pause = FIRST_RETRY_MS;
    while (!stop.signal.aborted) {
      const outcome = await readOnce(listener, stop.signal);
      if (stop.signal.aborted || outcome === "refused") return;
      pause = outcome === "ended" ? FIRST_RETRY_MS : Math.min(pause * 2, LONGEST_RETRY_MS);
      listener.connection("lost", "");
      // Jitter, so that many pages do not come back at one moment.
      await new Promise((resolve) => setTimeout(resolve, pause * (0.5 + Math.random() / 2)));
    }
  };
  void run();
  return () => stop.abort();
}
