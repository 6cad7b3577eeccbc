/** @file What would go wrong if a worker joined from here: the way to the shepherd, this machine, and what a round would take. */
import { randomUUID } from "node:crypto";
import type { SearchPlace } from "#lib/runtime/python.ts";
import { formatBytes } from "#lib/support/text.ts";
import { differenceLayout, encodedSize, hasDifferences, publishedLayout } from "../diloco/wire.ts";
import { connectShepherd, type ShepherdClient } from "../net/client.ts";
import { ClientError } from "../net/connection.ts";
import type { JoinToken } from "../net/join-token.ts";
import type { RunPlan } from "../protocol/plan.ts";
import type { RunStatus } from "../protocol/status.ts";
import { checkCompiler, checkDevice, checkDisk } from "./doctor-host.ts";
import {
  type Check,
  checkAnswer,
  checkCertificate,
  checkNames,
  checkPort,
  downloadRate,
  fail,
  ok,
  uploadRate,
  warn,
} from "./doctor-network.ts";

export interface DoctorRequest {
  /** Addresses of the shepherd, tried in this order. */
  readonly addresses: readonly string[];
  readonly fingerprint: string | null;
  /** What is exchanged for a credential; empty: none. */
  readonly secret: string;
  /** Milliseconds since the epoch; null where the secret does not expire. */
  readonly expires: number | null;
  readonly backend: string;
  readonly target: string;
  readonly ordinal: number;
  /** Where workers keep state and data. */
  readonly stateFolder: string;
  readonly place: SearchPlace;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Called for every check as it is done. */
  readonly onCheck: (check: Check) => void;
}

/** A join secret says in plain text that it is good once, so that it is not used up here. */
const isOneTime = (secret: string): boolean => secret.split("~")[4] === "once";

/** Bytes that one worker sends and gets in one round, by the plan. */
function bytesPerRound({ fragments, wire, algorithm }: RunPlan): {
  readonly up: number;
  readonly down: number;
} {
  const sum = (size: (fragment: RunPlan["fragments"][number]) => number): number =>
    fragments.reduce((total, fragment) => total + size(fragment), 0);
  const layout = hasDifferences(wire) ? differenceLayout : publishedLayout;
  return {
    up: sum((fragment) => encodedSize(fragment, wire, algorithm)),
    down: sum((fragment) => layout(fragment, wire).bytes),
  };
}

/** The largest part of a round that transfers may take without being worth a warning. */
const FAIR_SHARE = 0.2;
/** Calls of a worker in a round that wait for their answer: submit, result, lease. */
const CALLS = 3;

/** What a connection makes of a round. Rates are in bytes per second, times in seconds. */
export interface RoundTime {
  readonly up: number;
  readonly down: number;
  readonly upRate: number;
  readonly downRate: number;
  readonly roundTrip: number;
  /** Training of a round; null where no round has been seen. */
  readonly compute: number | null;
}

/** Seconds that a round's transfers take, one after the other. */
const transferSeconds = ({ up, down, upRate, downRate, roundTrip }: RoundTime): number =>
  up / upRate + down / downRate + CALLS * roundTrip;

function roundCheck(plan: Pick<RunPlan, "innerSteps" | "overlapSteps">, time: RoundTime): Check {
  const seconds = transferSeconds(time);
  const { compute } = time;
  const moved = `${plan.innerSteps} steps, then ${formatBytes(time.up)} up and ${formatBytes(time.down)} down in ${seconds.toFixed(2)} s`;
  if (compute === null) return ok("round time", `${moved}; no round has been trained yet`);
  // Transfers go on while the steps after a hand-in are done.
  const hidden = (compute * plan.overlapSteps) / plan.innerSteps;
  const stall = Math.max(0, seconds - hidden);
  const found = `${moved}; training takes ${compute.toFixed(2)} s, so that a round takes ${(compute + stall).toFixed(2)} s`;
  return stall <= FAIR_SHARE * compute
    ? ok("round time", found)
    : warn(
        "round time",
        found,
        "let fewer bytes travel (wire int4, top_k), train longer in between (tau), or hide it (algorithm streaming)",
      );
}

const median = (values: readonly number[]): number | null =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? null;

/** Enters as somebody who only measures. */
async function enter(
  request: DoctorRequest,
  url: string,
): Promise<{ check: Check; client: ShepherdClient | null; credential: string }> {
  const { fingerprint, secret } = request;
  const none = { client: null, credential: "" };
  if (secret === "")
    return {
      check: warn("credential", "none given", "give --join, so that bandwidth can be measured"),
      ...none,
    };
  if (isOneTime(secret))
    return {
      check: warn(
        "credential",
        "the join token is good once: it is left to the worker, and bandwidth is not measured",
        "nothing, or ask for a token that is good for several workers",
      ),
      ...none,
    };
  const client = await connectShepherd({ url, fingerprint, ca: null, credential: null });
  const incarnation = randomUUID();
  try {
    const name = `doctor-${incarnation.slice(0, 8)}`;
    const { role, credential } = await client.join(secret, name, incarnation);
    client.setCredential(credential);
    const check =
      role === "worker"
        ? ok("credential", "the join token lets workers in")
        : fail("credential", `the join token is for the role ${role}`, "ask for one for workers");
    return { check, client, credential };
  } catch (error) {
    await client.close();
    if (!(error instanceof ClientError)) throw error;
    const mend = "get a new join token from the shepherd";
    return { check: fail("credential", error.message, mend), ...none };
  }
}

/** The plan of the run and what it is at, as any member may see them. */
async function runOf(client: ShepherdClient): Promise<{ plan: RunPlan; status: RunStatus } | null> {
  const [first] = await client.journal(0, 1);
  if (first?.kind !== "start") return null;
  const bytes = await client.download(first.plan, null);
  const plan = JSON.parse(new TextDecoder().decode(bytes)) as RunPlan;
  return { plan, status: await client.status() };
}

interface Measured {
  readonly checks: readonly Check[];
  readonly plan: RunPlan | null;
}

const perSecond = (rate: number): string => `${formatBytes(Math.round(rate))}/s`;

async function measure(
  { fingerprint }: DoctorRequest,
  url: string,
  client: ShepherdClient,
  credential: string,
  roundTripMs: number,
): Promise<Measured> {
  const run = await runOf(client);
  if (run === null) {
    const mend = "try again when the shepherd has begun";
    return { checks: [warn("bandwidth", "the run has no plan yet", mend)], plan: null };
  }
  const { plan, status } = run;
  const largest = plan.fragments.map((one) => encodedSize(one, plan.wire, plan.algorithm));
  const upRate = await uploadRate(url, fingerprint, credential, Math.max(...largest));
  const { digest, bytes } = plan.data;
  const downRate = await downloadRate(bytes, (from, to) => client.blobs.readData(digest, from, to));
  const compute = median(status.recentRounds.slice(-50).map((round) => round.compute));
  const planned = bytesPerRound(plan);
  const seen = status.bytesPerRoundAndWorker;
  const time = {
    // What workers really move counts, where there is some.
    up: seen.up > 0 ? seen.up : planned.up,
    down: seen.down > 0 ? seen.down : planned.down,
    upRate,
    downRate,
    roundTrip: roundTripMs / 1000,
    compute,
  };
  return {
    checks: [
      ok("bandwidth", `${perSecond(upRate)} up, ${perSecond(downRate)} down`),
      roundCheck(plan, time),
    ],
    plan,
  };
}

/** The steps that need a shepherd; each needs the ones before. */
async function checkShepherd(request: DoctorRequest): Promise<RunPlan | null> {
  const { addresses, fingerprint, expires, now, onCheck } = request;
  if (expires !== null) {
    const text = new Date(expires).toISOString();
    const mend = "get a new one from the shepherd";
    onCheck(
      expires > now()
        ? ok("join token", `good until ${text}`)
        : fail("join token", `expired at ${text}, by this machine's clock`, mend),
    );
  }
  const names = await checkNames(addresses);
  onCheck(names);
  if (names.level === "fail") return null;
  const { check, url } = await checkPort(addresses);
  onCheck(check);
  if (url === null) return null;
  const certificate = await checkCertificate(url, fingerprint);
  onCheck(certificate);
  if (certificate.level === "fail") return null;
  const { checks, roundTripMs } = await checkAnswer(url, fingerprint, now);
  checks.forEach(onCheck);
  if (roundTripMs === null || checks.some(({ level }) => level === "fail")) return null;
  const entered = await enter(request, url);
  onCheck(entered.check);
  const { client, credential } = entered;
  if (client === null) return null;
  try {
    if (entered.check.level === "fail") return null;
    const measured = await measure(request, url, client, credential, roundTripMs);
    measured.checks.forEach(onCheck);
    return measured.plan;
  } catch (error) {
    if (!(error instanceof ClientError)) throw error;
    const mend = "try again; if it stays so, see what the shepherd prints";
    onCheck(fail("bandwidth", error.message, mend));
    return null;
  } finally {
    await client.close();
  }
}

/** Checks everything, calling back for each check as it is done. */
export async function examine(request: DoctorRequest): Promise<void> {
  const { backend, target, ordinal, place, stateFolder, onCheck } = request;
  const plan = await checkShepherd(request);
  onCheck(await checkDevice(backend, target, ordinal, place));
  onCheck(await checkCompiler(place));
  const parameters = plan?.fragments.reduce((sum, { elements }) => sum + elements, 0) ?? 0;
  const need = plan === null ? null : { parameters, dataBytes: plan.data.bytes };
  onCheck(checkDisk(stateFolder, need));
}

/** As a join token says it. */
export const requestOfToken = (
  token: JoinToken,
): Pick<DoctorRequest, "fingerprint" | "secret" | "expires"> => ({
  fingerprint: token.fingerprint,
  secret: token.secret,
  expires: token.secret === "" ? null : token.expires,
});
