/** @file Who may call: credentials, rates and versions are looked at before anything of a request is read. */
import { isIP } from "node:net";
import type { FastifyReply, FastifyRequest } from "fastify";
import { PROTOCOL_VERSION } from "../protocol/messages.ts";
import type { Authority, Identity } from "./authority.ts";
import { Buckets, type Limits } from "./limits.ts";
import { type Access, DISMISSED, PROTOCOL_HEADER } from "./routes.ts";

/** A request that is refused: `status` of HTTP, `code` for programs, the message for people. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export const SESSION_COOKIE = "pcp_session";

/** Whether an address that a server listens on is reached from this machine only. */
export const isLoopback = (host: string): boolean =>
  host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));

/** The name in a `Host` header, without port and brackets. */
function hostName(header: string | undefined): string {
  const text = header ?? "";
  if (text.startsWith("[")) return text.slice(1, text.indexOf("]"));
  return text.split(":")[0] ?? "";
}

function credentialOf(request: FastifyRequest): string | null {
  const { authorization, cookie } = request.headers;
  const bearer = /^Bearer +(\S+)$/i.exec(authorization ?? "")?.[1];
  if (bearer !== undefined) return bearer;
  const session = cookie?.split(/; */).find((part) => part.startsWith(`${SESSION_COOKIE}=`));
  return session === undefined ? null : session.slice(SESSION_COOKIE.length + 1);
}

function allows(access: Access, { role }: Identity): boolean {
  if (access === "worker") return role === "worker";
  if (access === "operator") return role === "operator";
  if (access === "blobs") return role !== "observer";
  return true;
}

const NEEDED: Readonly<Record<Access, string>> = {
  all: "nothing",
  observer: "an observer's, operator's or worker's",
  worker: "a worker's",
  blobs: "a worker's or operator's",
  operator: "an operator's",
};

export interface AccessOptions {
  readonly authority: Authority;
  readonly limits: Limits;
  /** Requests come from this machine only. */
  readonly loopback: boolean;
  /** Who looks on needs no credential, wherever it is. */
  readonly insecure: boolean;
  /** Why a worker's process is out of the run for good; null: it is not. */
  readonly dismissed: (worker: string, incarnation: string) => string | null;
  /** Milliseconds that only grow. */
  readonly monotonic: () => number;
}

/** Looks at every request before its body is read. */
export class Gate {
  readonly #options: AccessOptions;
  readonly #rates: Buckets;
  readonly #failures: Buckets;
  readonly #identities = new WeakMap<FastifyRequest, Identity>();

  constructor(options: AccessOptions) {
    const { requestsPerSecond, burst, failuresPerSecond, failureBurst } = options.limits;
    this.#options = options;
    this.#rates = new Buckets(requestsPerSecond, burst);
    this.#failures = new Buckets(failuresPerSecond, failureBurst);
  }

  /**
   * A hook for routes of an access. @throws Refusal
   * @param tells - the answer itself tells a worker that it is out of the run.
   */
  hook(
    access: Access,
    tells = false,
  ): (request: FastifyRequest, reply: FastifyReply) => Promise<void> {
    return async (request, reply) => {
      reply.header(PROTOCOL_HEADER, String(PROTOCOL_VERSION));
      this.#checkVersion(request);
      const identity = this.#identify(request, access);
      const dismissal = tells ? null : this.dismissal(identity);
      if (dismissal !== null) throw new Refusal(403, DISMISSED, dismissal);
      const key =
        identity === null
          ? `address ${request.ip}`
          : `${identity.role} ${identity.worker} ${identity.incarnation}`;
      if (!this.#rates.take(key, this.#options.monotonic())) {
        reply.header("retry-after", "1");
        throw new Refusal(429, "rate", "too many requests: slow down");
      }
      if (identity !== null) this.#identities.set(request, identity);
    };
  }

  #checkVersion(request: FastifyRequest): void {
    const theirs = request.headers[PROTOCOL_HEADER];
    if (theirs === undefined || theirs === String(PROTOCOL_VERSION)) return;
    throw new Refusal(
      409,
      "protocol",
      `the shepherd speaks protocol version ${PROTOCOL_VERSION}, and the client version ${String(theirs).slice(0, 20)}: use the same version of pcp-train on both`,
    );
  }

  #identify(request: FastifyRequest, access: Access): Identity | null {
    if (access === "all") return null;
    this.requireFewFailures(request);
    const credential = credentialOf(request);
    const identity = credential === null ? null : this.#options.authority.identify(credential);
    if (identity !== null) {
      if (allows(access, identity)) return identity;
      throw new Refusal(
        403,
        "role",
        `this needs ${NEEDED[access]} credential, and the one given is of role ${identity.role}`,
      );
    }
    if (credential !== null) {
      this.countFailure(request);
      throw new Refusal(401, "credential", "the credential is not of this run");
    }
    if (access === "observer" && this.#openToObservers(request)) return null;
    this.countFailure(request);
    throw new Refusal(401, "credential", `this needs ${NEEDED[access]} credential`);
  }

  /** A page of another site that had its name point to this machine is told by the name it asks for. */
  #openToObservers(request: FastifyRequest): boolean {
    const { loopback, insecure } = this.#options;
    return insecure || (loopback && isLoopback(hostName(request.headers.host)));
  }

  requireFewFailures(request: FastifyRequest): void {
    if (!this.#failures.has(request.ip, this.#options.monotonic()))
      throw new Refusal(429, "rate", "too many failed attempts from this address: wait a little");
  }

  countFailure(request: FastifyRequest): void {
    this.#failures.take(request.ip, this.#options.monotonic());
  }

  /** Why somebody must not see anything more of the run; null: he may. */
  dismissal(identity: Identity | null): string | null {
    if (identity?.role !== "worker") return null;
    const reason = this.#options.dismissed(identity.worker ?? "", identity.incarnation ?? "");
    return reason === null ? null : `not in the run any more (${reason})`;
  }

  /** Who sent a request; null where that did not matter. */
  identity(request: FastifyRequest): Identity | null {
    return this.#identities.get(request) ?? null;
  }

  /** The worker that sent a request, as one word. */
  worker(request: FastifyRequest): { readonly worker: string; readonly incarnation: string } {
    const { worker, incarnation } = this.identity(request) ?? {};
    if (typeof worker !== "string" || typeof incarnation !== "string")
      throw new Refusal(403, "role", "this needs a worker's credential");
    return { worker, incarnation };
  }
}
