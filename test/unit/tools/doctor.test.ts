/** @file `pcp-train doctor` against a real shepherd, and against everything that can be in its place. */
import { createServer as createHttpServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isProblem } from "../../../lib/support/problem.ts";
import type { Check } from "../../../lib/train/launch/doctor-network.ts";
import { makeRunSecrets } from "../../../lib/train/launch/run-secrets.ts";
import {
  formatJoinToken,
  type JoinToken,
  parseJoinToken,
} from "../../../lib/train/net/join-token.ts";
import { LaunchedRun, type Observed } from "./launched-run.ts";
import { freePort } from "./processes.ts";

let run: LaunchedRun;
let shepherd: Observed;
let token: JoinToken;
let closing: (() => void)[] = [];
beforeAll(async () => {
  run = new LaunchedRun("pcp-doctor-", { workers: 1, tau: 5, outer_loop_steps: 10 });
  const port = await freePort();
  const made = await makeRunSecrets(["localhost", "127.0.0.1"], port, Date.now(), Date.now() + 1e7);
  if (isProblem(made)) throw new Error(made.problem);
  run.writeSecrets(made);
  const pem = `run/${made.folder}/tls.pem`;
  const flags = ["--resume", "--tls-certificate", pem, "--tls-key", pem];
  ({ shepherd } = await run.shepherd(`127.0.0.1:${port}`, flags));
  token = parsed(made.joinToken);
});
afterAll(async () => {
  await shepherd?.stop();
  run.close();
  for (const close of closing) close();
  closing = [];
});

function parsed(text: string): JoinToken {
  const result = parseJoinToken(text);
  if (isProblem(result)) throw new Error(result.problem);
  return result;
}

interface Report {
  readonly code: number | undefined;
  readonly ok: boolean;
  readonly checks: readonly Check[];
  /** Checks that are not well, as `level what`. */
  readonly unwell: readonly string[];
  of(what: string): Check | undefined;
}

/** Runs the doctor with the token of the run, changed. */
async function examine(
  change: Partial<JoinToken> = {},
  args: readonly string[] = [],
): Promise<Report> {
  const doctor = run.start(["doctor", "--json", ...args], {
    PCP_JOIN_TOKEN: formatJoinToken({ ...token, ...change }),
  });
  const { exitCode } = await doctor.child;
  expect(doctor.err).toBe("");
  const report = JSON.parse(doctor.out) as { ok: boolean; checks: Check[] };
  return {
    code: exitCode,
    ...report,
    unwell: report.checks
      .filter(({ level }) => level !== "ok")
      .map(({ level, what }) => `${level} ${what}`),
    of: (what) => report.checks.find((check) => check.what === what),
  };
}

const INTERPRETER = ["--backend", "interp"];

describe("pcp-train doctor", () => {
  it("finds all well with a shepherd that is well, and does not join its run", async () => {
    const blobs = run.blobs();
    const report = await examine({}, INTERPRETER);
    expect(report.unwell).toEqual([]);
    expect(report.code).toBe(0);
    expect(report.checks.map(({ what }) => what)).toEqual([
      "join token",
      "name",
      "port",
      "certificate",
      "round trip",
      "clock",
      "version",
      "credential",
      "bandwidth",
      "round time",
      "device",
      "compiler",
      "disk",
    ]);
    expect(report.of("certificate")?.found).toMatch(
      /is the one that the join token names \(TLSv1.3\)/,
    );
    expect(report.of("bandwidth")?.found).toMatch(/^[\d.]+ [KMG]iB\/s up, [\d.]+ [KMG]iB\/s down$/);
    expect(report.of("round time")?.found).toMatch(
      /^5 steps, then 6\d\.\d KiB up and 6\d\.\d KiB down in/,
    );
    expect(run.journal().map(({ kind }) => kind)).not.toContain("join");
    expect(run.blobs()).toEqual(blobs);
  });

  it("prints a line for each step, and what to do", async () => {
    const doctor = run.start(["doctor", "--backend", "rocm", "--target", "gfx942"], {
      PCP_JOIN_TOKEN: formatJoinToken(token),
      PCP_PYTHON: "/missing/python",
    });
    const { exitCode } = await doctor.child;
    expect(exitCode).toBe(1);
    expect(doctor.out).toMatch(/^ok {4}port +localhost:\d+ accepts connections/m);
    expect(doctor.out).toMatch(/^FAIL {2}device +PCP_PYTHON names .*\n +-> install Python/m);
    expect(doctor.out).toMatch(/1 thing to mend before a worker joins\n$/);
  });

  it("says that nothing listens", async () => {
    const addresses = [`https://127.0.0.1:${await freePort()}`];
    const report = await examine({ addresses }, INTERPRETER);
    expect(report.code).toBe(1);
    expect(report.unwell).toEqual(["fail port"]);
    expect(report.of("port")?.mend).toMatch(/is the shepherd running/);
    expect(report.of("bandwidth")).toBeUndefined();
    expect(report.of("disk")?.level).toBe("ok");
  });

  it("takes the first of several addresses that answers", async () => {
    const addresses = [`https://127.0.0.1:${await freePort()}`, ...token.addresses];
    const report = await examine({ addresses }, INTERPRETER);
    expect(report.unwell).toEqual([]);
    expect(report.of("port")?.found).toMatch(
      /^localhost:\d+ .*\(not: 127.0.0.1:\d+: ECONNREFUSED\)$/,
    );
  });

  it("says that a name is not known", async () => {
    const report = await examine({ addresses: ["https://no-such-host.invalid:1"] }, INTERPRETER);
    expect(report.unwell).toEqual(["fail name"]);
    expect(report.of("name")?.found).toMatch(/^no-such-host.invalid is not known \(E/);
  });

  it("says that another server is in the shepherd's place", async () => {
    const report = await examine({ fingerprint: "0".repeat(64) }, INTERPRETER);
    expect(report.unwell).toEqual(["fail certificate"]);
    expect(report.of("certificate")?.mend).toMatch(/somebody is in between/);
    // Without TLS, or with another program at the port.
    const plain = createHttpServer((_, reply) => reply.end("hello"));
    const addresses = [`https://${await listening(plain)}`];
    expect((await examine({ addresses }, INTERPRETER)).of("certificate")?.found).toMatch(
      /no TLS 1.3/,
    );
    const http = [addresses[0]?.replace("https", "http") ?? ""];
    const stranger = await examine({ addresses: http, fingerprint: null }, INTERPRETER);
    expect(stranger.unwell).toEqual(["fail version"]);
    expect(stranger.of("version")?.found).toMatch(/it is no shepherd/);
  });

  it("sees other versions and clocks", async () => {
    let offset = -60_000;
    const other = createHttpServer((_, reply) => {
      const date = new Date(Date.now() + offset).toUTCString();
      reply.setHeader("date", date).setHeader("x-pcp-protocol", "99").end();
    });
    const addresses = [`http://${await listening(other)}`];
    const report = await examine({ addresses, fingerprint: null }, INTERPRETER);
    expect(report.unwell).toEqual(["warn clock", "fail version"]);
    expect(report.of("clock")?.found).toMatch(/^(59|60|61)\.\d s ahead of the shepherd's$/);
    expect(report.of("version")?.found).toMatch(/protocol 99, this program \d+/);
    offset = 7_300_000;
    expect((await examine({ addresses, fingerprint: null }, INTERPRETER)).unwell).toEqual([
      "fail clock",
      "fail version",
    ]);
  });

  it("says that a token has expired, is not of this run, or is good once", async () => {
    const expired = await examine({ expires: 1000 }, INTERPRETER);
    expect(expired.unwell).toEqual(["fail join token"]);
    const strange = await examine({ secret: `j~${"0".repeat(18)}~worker~1~many~x` }, INTERPRETER);
    expect(strange.unwell).toEqual(["fail credential"]);
    expect(strange.of("credential")?.found).toMatch(/not of this run/);
    const parts = token.secret.split("~");
    const once = await examine({ secret: parts.with(4, "once").join("~") }, INTERPRETER);
    expect(once.unwell).toEqual(["warn credential"]);
    expect(once.code).toBe(0);
  });

  it("says what this machine lacks", async () => {
    const report = await examine({}, ["--backend", "interp", "--state-dir", "/dev/null/state"]);
    expect(report.unwell).toEqual(["fail disk"]);
    expect(report.of("disk")?.mend).toMatch(/--state-dir/);
  });

  it("lets a worker in with keys that were made before the run", async () => {
    const worker = run.start(["launch", "local", ...INTERPRETER], {
      PCP_JOIN_TOKEN: formatJoinToken(token),
    });
    const [{ exitCode }, { exitCode: code }] = [await shepherd.child, await worker.child];
    expect(exitCode).toBe(0);
    expect(code).toBe(0);
    expect(worker.err).toMatch(/\[w0\] done\n/);
    expect(await run.violations()).toEqual([]);
  }, 120_000);
});

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => server.closeAllConnections());
  closing.push(() => server.close());
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}
