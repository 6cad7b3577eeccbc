/** @file The way from this machine to a shepherd, step by step: name, port, certificate, answer, clock, bandwidth. */
import { randomBytes } from "node:crypto";
import { lookup } from "node:dns/promises";
import { connect as connectTcp, isIP } from "node:net";
import { connect as connectTls } from "node:tls";
import { messageOf } from "#lib/support/problem.ts";
import { call, openPool, speakerHeaders } from "../net/connection.ts";
import { PROTOCOL_HEADER, routeOf } from "../net/routes.ts";
import { PROTOCOL_VERSION } from "../protocol/messages.ts";

/** How one thing stands. */
export interface Check {
  readonly what: string;
  readonly level: "ok" | "warn" | "fail";
  readonly found: string;
  /** What to do about it; null where nothing is to be done. */
  readonly mend: string | null;
}

export const ok = (what: string, found: string): Check => ({
  what,
  level: "ok",
  found,
  mend: null,
});
export const warn = (what: string, found: string, mend: string): Check => ({
  what,
  level: "warn",
  found,
  mend,
});
export const fail = (what: string, found: string, mend: string): Check => ({
  what,
  level: "fail",
  found,
  mend,
});

const TIMEOUT_MS = 5000;
const PINGS = 5;
/** A clock that is further off makes times in logs misleading and tokens look expired. */
const CLOCK_WARN_SECONDS = 5;
const CLOCK_FAIL_SECONDS = 3600;

const hostOf = (url: string): string => new URL(url).hostname.replace(/^\[|\]$/g, "");
const portOf = (url: string): number => {
  const { port, protocol } = new URL(url);
  return port === "" ? (protocol === "https:" ? 443 : 80) : Number(port);
};

/** The system's code of an error, such as `ECONNREFUSED`, or else what it says. */
const codeOrMessage = (error: unknown): string =>
  (error as NodeJS.ErrnoException).code ?? messageOf(error);

/** Looks names up; addresses that are numbers need no looking up. */
export async function checkNames(urls: readonly string[]): Promise<Check> {
  const hosts = [...new Set(urls.map(hostOf))];
  const found: string[] = [];
  const lost: string[] = [];
  for (const host of hosts) {
    if (isIP(host) !== 0) {
      found.push(host);
      continue;
    }
    try {
      const { address } = await lookup(host);
      found.push(`${host} is ${address}`);
    } catch (error) {
      lost.push(`${host} is not known (${codeOrMessage(error)})`);
    }
  }
  const text = [...found, ...lost].join(", ");
  const mend = "check the spelling and this machine's name server, or use an address";
  if (lost.length === 0) return ok("name", text);
  return found.length === 0 ? fail("name", text, mend) : warn("name", text, mend);
}

/** Milliseconds until a TCP connection stood. @throws the system's error */
function timeToConnect(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const socket = connectTcp({ host: hostOf(url), port: portOf(url), timeout: TIMEOUT_MS });
    const end = (act: () => void) => () => {
      socket.destroy();
      act();
    };
    socket.once(
      "connect",
      end(() => resolve(performance.now() - start)),
    );
    socket.once(
      "timeout",
      end(() => reject(new Error(`no answer in ${TIMEOUT_MS / 1000} s`))),
    );
    socket.once("error", reject);
  });
}

const PORT_ADVICE: Readonly<Record<string, string>> = {
  ECONNREFUSED:
    "nothing listens there: is the shepherd running, with --listen 0.0.0.0:PORT rather than on 127.0.0.1?",
};

/** Tries addresses in turn; `url` is the first at which something listens. */
export async function checkPort(
  urls: readonly string[],
): Promise<{ check: Check; url: string | null }> {
  const failures: string[] = [];
  const codes: string[] = [];
  for (const url of urls) {
    try {
      const took = await timeToConnect(url);
      const tried = failures.length === 0 ? "" : ` (not: ${failures.join(", ")})`;
      return {
        check: ok(
          "port",
          `${new URL(url).host} accepts connections, ${took.toFixed(1)} ms${tried}`,
        ),
        url,
      };
    } catch (error) {
      codes.push(codeOrMessage(error));
      failures.push(`${new URL(url).host}: ${codeOrMessage(error)}`);
    }
  }
  const advice =
    PORT_ADVICE[codes[0] ?? ""] ??
    "check firewalls on the way, and that the shepherd advertises an address that is reached from here (--advertise)";
  return { check: fail("port", failures.join(", "), advice), url: null };
}

interface Shown {
  readonly fingerprint: string;
  readonly authorized: boolean;
  readonly protocol: string;
}

function shownCertificate(url: string): Promise<Shown> {
  return new Promise((resolve, reject) => {
    const host = hostOf(url);
    const socket = connectTls({
      host,
      port: portOf(url),
      ...(isIP(host) === 0 && { servername: host }),
      minVersion: "TLSv1.3",
      // What it shows is compared below.
      rejectUnauthorized: false,
      timeout: TIMEOUT_MS,
    });
    socket.once("secureConnect", () => {
      const { fingerprint256 = "" } = socket.getPeerCertificate();
      const shown = {
        fingerprint: fingerprint256.replaceAll(":", "").toLowerCase(),
        authorized: socket.authorized,
        protocol: socket.getProtocol() ?? "",
      };
      socket.destroy();
      resolve(shown);
    });
    socket.once("timeout", () => {
      socket.destroy();
      reject(new Error(`no answer in ${TIMEOUT_MS / 1000} s`));
    });
    socket.once("error", reject);
  });
}

/** Compares the server's certificate with the fingerprint of the token. */
export async function checkCertificate(url: string, fingerprint: string | null): Promise<Check> {
  if (!url.startsWith("https:"))
    return ok("certificate", "none: plain HTTP, as on loopback or with --insecure");
  let shown: Shown;
  try {
    shown = await shownCertificate(url);
  } catch (error) {
    return fail(
      "certificate",
      `no TLS 1.3 with ${new URL(url).host}: ${codeOrMessage(error)}`,
      "something else listens there, or a proxy is in between: check address and port",
    );
  }
  const short = `${shown.fingerprint.slice(0, 16)}...`;
  if (fingerprint === null)
    return shown.authorized
      ? ok("certificate", `of a known authority (${shown.protocol})`)
      : fail(
          "certificate",
          `${short} is of no authority that this machine trusts`,
          "use the join token of the shepherd, which carries its fingerprint",
        );
  return shown.fingerprint === fingerprint
    ? ok("certificate", `${short} is the one that the join token names (${shown.protocol})`)
    : fail(
        "certificate",
        `${short} is not ${fingerprint.slice(0, 16)}... of the join token`,
        "it is another server, or somebody is in between: get a new join token from the shepherd, and do not go on with this address",
      );
}

/** What the first answers of a shepherd tell. */
export interface Answer {
  readonly checks: readonly Check[];
  /** Milliseconds of a request, half of them longer; null where there was no answer. */
  readonly roundTripMs: number | null;
}

function clockCheck(differenceSeconds: number): Check {
  const size = Math.abs(differenceSeconds);
  const found = `${size.toFixed(1)} s ${differenceSeconds < 0 ? "behind" : "ahead of"} the shepherd's`;
  // The server's clock is told in whole seconds.
  if (size <= 1.5) return ok("clock", "as the shepherd's, within 1.5 s");
  if (size <= CLOCK_WARN_SECONDS) return ok("clock", found);
  const mend = "set the clock of the one that is wrong (timedatectl set-ntp true)";
  return size < CLOCK_FAIL_SECONDS ? warn("clock", found, mend) : fail("clock", found, mend);
}

/** Asks the server whether it is there, several times. @param now - milliseconds since the epoch */
export async function checkAnswer(
  url: string,
  fingerprint: string | null,
  now: () => number,
): Promise<Answer> {
  const pool = await openPool({ url, fingerprint, ca: null }, 1);
  const times: number[] = [];
  let theirs: string | undefined;
  let difference: number | null = null;
  try {
    // The first one has the connection's handshake in it.
    for (let attempt = 0; attempt <= PINGS; attempt++) {
      const start = performance.now();
      const { headers, body } = await call(pool, url, {
        method: "GET",
        path: routeOf("health").path,
        headers: speakerHeaders(null),
        headersTimeout: TIMEOUT_MS,
      });
      await body.dump();
      const took = performance.now() - start;
      if (attempt > 0) times.push(took);
      theirs = String(headers[PROTOCOL_HEADER] ?? "");
      const date = Date.parse(String(headers["date"] ?? ""));
      // A whole second stands for its middle.
      if (Number.isFinite(date)) difference = (now() - took / 2 - (date + 500)) / 1000;
    }
  } catch (error) {
    const found = messageOf(error);
    const mend = "check that the address is a shepherd's, and that no proxy is in between";
    return { checks: [fail("answer", found, mend)], roundTripMs: null };
  } finally {
    await pool.destroy();
  }
  const roundTripMs = times.sort((a, b) => a - b)[times.length >> 1] ?? 0;
  const versions =
    theirs === String(PROTOCOL_VERSION)
      ? ok("version", `protocol ${PROTOCOL_VERSION} on both sides`)
      : fail(
          "version",
          theirs === ""
            ? "the server names no protocol: it is no shepherd"
            : `the shepherd speaks protocol ${theirs}, this program ${PROTOCOL_VERSION}`,
          "use the shepherd's version of pcp-train here",
        );
  return {
    checks: [
      ok("round trip", `${roundTripMs.toFixed(1)} ms`),
      ...(difference === null ? [] : [clockCheck(difference)]),
      versions,
    ],
    roundTripMs,
  };
}

const PIECE = 4 << 20;
const LEAST_MS = 800;
const MOST_BYTES = 64 << 20;
/** Small pieces go fast: the shepherd's limit on requests is for others as well. */
const MOST_TRANSFERS = 64;

/** Bytes per second of a transfer that is done again and again for about a second. */
async function rateOf(piece: number, transfer: () => Promise<void>): Promise<number> {
  // The first one opens connections.
  await transfer();
  const start = performance.now();
  const most = Math.min(MOST_TRANSFERS * piece, MOST_BYTES);
  let bytes = 0;
  do {
    await transfer();
    bytes += piece;
  } while (performance.now() - start < LEAST_MS && bytes < most);
  return (bytes / (performance.now() - start)) * 1000;
}

/** Bytes per second from the shepherd, by reading the beginning of `bytes` bytes of training data. */
export const downloadRate = (
  bytes: number,
  read: (from: number, to: number) => Promise<unknown>,
): Promise<number> => {
  const piece = Math.min(bytes, PIECE);
  return rateOf(piece, async () => {
    await read(0, piece);
  });
};

/**
 * Bytes per second to the shepherd, by sending the beginning of an update that never becomes whole, so that nothing of it
 * is kept. @param updateBytes - size of an update that the shepherd expects
 */
export async function uploadRate(
  url: string,
  fingerprint: string | null,
  credential: string,
  updateBytes: number,
): Promise<number> {
  const piece = randomBytes(Math.max(1, Math.min(updateBytes - 1, PIECE)));
  const digest = randomBytes(32).toString("hex");
  const pool = await openPool({ url, fingerprint, ca: null }, 1);
  try {
    return await rateOf(piece.length, async () => {
      const { body } = await call(pool, url, {
        method: "PUT",
        path: routeOf("putBlob").path.replace(":digest", digest),
        headers: {
          ...speakerHeaders(credential),
          "content-range": `bytes 0-${piece.length - 1}/${updateBytes}`,
          "content-type": "application/octet-stream",
        },
        body: piece,
      });
      await body.dump();
    });
  } finally {
    await pool.destroy();
  }
}
