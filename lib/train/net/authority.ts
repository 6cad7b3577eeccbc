/** @file Who may do what: join secrets, credentials of workers, tokens of observers and operators. */
import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { Problem } from "#lib/support/problem.ts";
import { secretOf } from "./secret-file.ts";

/** `worker`: trains. `observer`: looks. `operator`: looks, pauses, kicks, stops. */
export const ROLES = ["worker", "observer", "operator"] as const;
export type Role = (typeof ROLES)[number];

/** Who speaks, as its credential proves. */
export interface Identity {
  readonly role: Role;
  /** Set for workers: the name and the run of the process that the credential is bound to. */
  readonly worker: string | null;
  readonly incarnation: string | null;
}

/** What a join secret is exchanged for. */
export interface Admission {
  readonly role: Role;
  /** Of every further request. */
  readonly credential: string;
  /** With it a restarted worker of this name gets a new credential; null for other roles. */
  readonly secret: string | null;
}

export interface JoinOptions {
  readonly role: Role;
  /** Milliseconds since the epoch. */
  readonly expires: number;
  /** For one worker only. */
  readonly once: boolean;
}

/**
 * Credentials are message authentication codes under a key that lies in the run's folder: they stay good when the shepherd is restarted, and
 * whoever has the key (a reducer) can check them alone.
 */
export interface Authority {
  readonly observerToken: string;
  readonly operatorToken: string;
  /** A secret for a join token. */
  issueJoin(options: JoinOptions): string;
  /**
   * Exchanges a join secret, or a worker's own secret. The same request again gives the same answer; a one-time secret is refused to
   * everyone but the incarnation that used it first.
   */
  exchange(secret: string, worker: string, incarnation: string): Admission | Problem;
  /** Credential of a worker that the shepherd starts itself. */
  workerCredential(worker: string, incarnation: string): string;
  /** Who a credential belongs to; null: nobody. */
  identify(credential: string): Identity | null;
}

const SEPARATOR = "~";

/** Compares secrets in a time that does not depend on where they differ, whatever their lengths. */
export function sameSecret(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

class FileAuthority implements Authority {
  readonly observerToken: string;
  readonly operatorToken: string;
  readonly #key: Buffer;
  readonly #usedPath: string;
  /** Who used a one-time secret, by its id. */
  readonly #used: Map<string, string>;
  readonly #now: () => number;

  constructor(folder: string, now: () => number) {
    const random = (): string => randomBytes(32).toString("base64url");
    this.#key = Buffer.from(secretOf(join(folder, "authority.key"), random), "base64url");
    this.observerToken = secretOf(join(folder, "observer.token"), () => `v~${random()}`);
    this.operatorToken = secretOf(join(folder, "operator.token"), () => `o~${random()}`);
    this.#usedPath = join(folder, "join-used.txt");
    this.#used = readUsed(this.#usedPath);
    this.#now = now;
  }

  #sign(...parts: readonly string[]): string {
    const text = JSON.stringify(parts);
    return createHmac("sha256", this.#key).update(text).digest("base64url");
  }

  /** Fields of a signed text of `count` fields, the signature apart; null where it is not ours. */
  #open(text: string, kind: string, count: number): readonly string[] | null {
    const parts = text.split(SEPARATOR);
    if (parts.length !== count + 1 || parts[0] !== kind) return null;
    const fields = parts.slice(0, -1);
    return sameSecret(this.#sign(...fields), parts[count] ?? "") ? fields : null;
  }

  #seal(...fields: readonly string[]): string {
    return [...fields, this.#sign(...fields)].join(SEPARATOR);
  }

  issueJoin({ role, expires, once }: JoinOptions): string {
    const id = randomBytes(9).toString("hex");
    return this.#seal("j", id, role, String(Math.floor(expires)), once ? "once" : "many");
  }

  exchange(secret: string, worker: string, incarnation: string): Admission | Problem {
    if (secret.startsWith(`w${SEPARATOR}`)) {
      const fields = this.#open(secret, "w", 2);
      return fields === null || fields[1] !== worker
        ? { problem: "the worker's secret is not of this run and name: join again with a token" }
        : this.#admit("worker", worker, incarnation);
    }
    const fields = this.#open(secret, "j", 5);
    if (fields === null)
      return { problem: "the join token is not of this run: ask for one of this shepherd" };
    const [, id = "", role, expires, uses] = fields;
    if (this.#now() > Number(expires))
      return {
        problem: `the join token expired at ${new Date(Number(expires)).toISOString()}: ask for a new one`,
      };
    if (uses === "once" && !this.#use(id, `${worker} ${incarnation}`))
      return { problem: "the join token has been used already, and it is good for one worker" };
    return this.#admit(ROLES.find((known) => known === role) ?? "observer", worker, incarnation);
  }

  #admit(role: Role, worker: string, incarnation: string): Admission {
    if (role === "observer") return { role, credential: this.observerToken, secret: null };
    if (role === "operator") return { role, credential: this.operatorToken, secret: null };
    return {
      role,
      credential: this.workerCredential(worker, incarnation),
      secret: this.#seal("w", worker),
    };
  }

  /** Notes durably who used a one-time secret; false where somebody else did. */
  #use(id: string, user: string): boolean {
    const earlier = this.#used.get(id);
    if (earlier !== undefined) return earlier === user;
    const file = openSync(this.#usedPath, "a", 0o600);
    try {
      // Begins a line of its own even where the last one was cut short.
      writeSync(file, `\n${id} ${user}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    this.#used.set(id, user);
    return true;
  }

  workerCredential(worker: string, incarnation: string): string {
    return this.#seal("c", worker, incarnation);
  }

  identify(credential: string): Identity | null {
    if (sameSecret(credential, this.operatorToken))
      return { role: "operator", worker: null, incarnation: null };
    if (sameSecret(credential, this.observerToken))
      return { role: "observer", worker: null, incarnation: null };
    const fields = this.#open(credential, "c", 3);
    if (fields === null) return null;
    return { role: "worker", worker: fields[1] ?? null, incarnation: fields[2] ?? null };
  }
}

function readUsed(path: string): Map<string, string> {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return new Map();
    throw error;
  }
  const used = new Map<string, string>();
  // What was cut short was never acknowledged, and does not match.
  for (const [, id = "", user = ""] of text.matchAll(/^([0-9a-f]{18}) (\S+ [0-9a-f-]{36})$/gm))
    used.set(id, user);
  return used;
}

/**
 * Opens the authority of a run, whose key and tokens are files (0600) in `folder`; they are made where they are missing.
 * @param now milliseconds since the epoch
 */
export const openAuthority = (folder: string, now: () => number): Authority =>
  new FileAuthority(folder, now);
