/** @file Join tokens: one word with all that a worker needs to find, recognise and enter a run. */
import { type Static, Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import type { Problem } from "#lib/support/problem.ts";

const joinTokenSchema = Type.Object(
  {
    v: Type.Literal(1),
    /** Addresses of the shepherd, to be tried in this order. */
    a: Type.Array(Type.String({ pattern: "^https?://[^\\s]{1,255}$" }), {
      minItems: 1,
      maxItems: 16,
    }),
    /** SHA-256 of the shepherd's certificate; null: its authority is known to the worker, or there is no TLS. */
    f: Type.Union([Type.String({ pattern: "^[0-9a-f]{64}$" }), Type.Null()]),
    /** SHA-256 of the public key that run manifests are signed with; tokens of earlier versions have none. */
    k: Type.Optional(Type.String({ pattern: "^[0-9a-f]{64}$" })),
    s: Type.String({ minLength: 1, maxLength: 300 }),
    /** Milliseconds since the epoch. */
    e: Type.Integer({ minimum: 0 }),
  },
  { additionalProperties: false },
);

export interface JoinToken {
  /** Such as `https://10.0.0.1:8080`, in the order in which they are to be tried. */
  readonly addresses: readonly string[];
  /** SHA-256 of the shepherd's certificate, or null. */
  readonly fingerprint: string | null;
  /** SHA-256 of the public key that the run's manifests are signed with; left out: the connection alone vouches for them. */
  readonly signer?: string;
  /** What is exchanged for a credential. */
  readonly secret: string;
  /** Milliseconds since the epoch. */
  readonly expires: number;
}

/** The token as one word of letters, digits, `-` and `_`. */
export function formatJoinToken(token: JoinToken): string {
  const { addresses, fingerprint, signer, secret, expires } = token;
  const short: Static<typeof joinTokenSchema> = {
    v: 1,
    a: [...addresses],
    f: fingerprint,
    ...(signer !== undefined && { k: signer }),
    s: secret,
    e: expires,
  };
  return Buffer.from(JSON.stringify(short)).toString("base64url");
}

/** A token from what the user pasted. It never appears in the message, as it is a secret. */
export function parseJoinToken(text: string): JoinToken | Problem {
  const word = text.trim();
  if (word === "") return { problem: "the join token is empty" };
  if (word.length > 16_384 || !/^[A-Za-z0-9_-]+=*$/.test(word))
    return {
      problem:
        "not a join token: it is one word of letters, digits, '-' and '_', as the shepherd prints it",
    };
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(word, "base64url").toString("utf8"));
  } catch {
    return { problem: "the join token is damaged or cut short: copy the whole word" };
  }
  const version =
    typeof parsed === "object" && parsed !== null && "v" in parsed ? parsed.v : undefined;
  if (typeof version === "number" && version !== 1)
    return {
      problem: `the join token has version ${version} where this program reads version 1: use the shepherd's version of pcp-train`,
    };
  if (!Value.Check(joinTokenSchema, parsed))
    return { problem: "not a join token: it does not say what a join token says" };
  const { a: addresses, f: fingerprint, k: signer, s: secret, e: expires } = parsed;
  return { addresses, fingerprint, ...(signer !== undefined && { signer }), secret, expires };
}
