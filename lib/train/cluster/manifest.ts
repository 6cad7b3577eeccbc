/** @file The signed run manifest: by digest, everything that a worker may load, so that nobody but the run's shepherd decides that. */
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { type Static, Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { sha256 } from "#lib/runtime/cache.ts";
import { isProblem, messageOf, type Problem } from "#lib/support/problem.ts";
import { blobRefSchema, digestSchema } from "../protocol/messages.ts";

const closed = { additionalProperties: false } as const;

/** The check that a worker's numbers must pass before it trains. */
const checkSchema = Type.Object(
  {
    loss: Type.Number(),
    gradNorm: Type.Union([Type.Number(), Type.Null()]),
    /** Largest difference, relative to the reference. */
    lossTolerance: Type.Number({ exclusiveMinimum: 0 }),
    normTolerance: Type.Number({ exclusiveMinimum: 0 }),
  },
  closed,
);
export type CheckReference = Static<typeof checkSchema>;

const programSchema = Type.Object(
  {
    backend: Type.String({ maxLength: 16 }),
    target: Type.String({ maxLength: 64 }),
    /** `vmfb` is native code for IREE; `mlir` is text for the interpreter. */
    form: Type.Union([Type.Literal("vmfb"), Type.Literal("mlir")]),
    blob: blobRefSchema,
  },
  closed,
);
export type ManifestProgram = Static<typeof programSchema>;

const manifestSchema = Type.Object(
  {
    format: Type.Literal("pcp-run-manifest"),
    version: Type.Literal(1),
    /** Grows with every program that is added. */
    revision: Type.Integer({ minimum: 0 }),
    runId: Type.String({ minLength: 1, maxLength: 64 }),
    /** The run plan as JSON. */
    plan: blobRefSchema,
    /** Text of the training module, which says what its functions take. */
    module: blobRefSchema,
    programs: Type.Array(programSchema, { maxItems: 1000 }),
    /** Published fragments that the run begins from, in order. */
    fragments: Type.Array(blobRefSchema),
    /** Weights that no fragment holds (frozen ones, integer buffers), as safetensors; left out where there are none. */
    frozen: Type.Optional(blobRefSchema),
    /** `http(s)://` or `s3://` address of the training data; left out: the shepherd gives it. */
    dataUrl: Type.Optional(Type.String({ pattern: "^(https?|s3)://", maxLength: 4000 })),
    check: Type.Union([checkSchema, Type.Null()]),
    /** Versions of what the shepherd runs on, by name. */
    software: Type.Record(Type.String(), Type.String()),
  },
  closed,
);
/** What the shepherd of a run says that its workers load. */
export type RunManifest = Static<typeof manifestSchema>;

const envelopeSchema = Type.Object(
  {
    /** The manifest as JSON, exactly as it was signed. */
    manifest: Type.String(),
    /** Raw ed25519 public key and signature, in base64. */
    publicKey: Type.String({ maxLength: 64 }),
    signature: Type.String({ maxLength: 128 }),
  },
  closed,
);

/** A run's key, which only its shepherd has. */
export interface RunKey {
  readonly privateKey: KeyObject;
  /** SHA-256 of the raw public key, in hexadecimal: what join tokens carry. */
  readonly fingerprint: string;
}

const utf8 = new TextEncoder();

/** The 32 bytes of an ed25519 public key. */
const rawPublicKey = (key: KeyObject): Buffer => {
  const { x } = createPublicKey(key).export({ format: "jwk" });
  return Buffer.from(x ?? "", "base64url");
};

const runKeyOf = (privateKey: KeyObject): RunKey => ({
  privateKey,
  fingerprint: sha256(rawPublicKey(privateKey)),
});

/** Reads a run's key, or makes one that only this user can read. */
export function loadRunKey(path: string): RunKey | Problem {
  try {
    return runKeyOf(createPrivateKey(readFileSync(path)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT")
      return { problem: `cannot read the run's key '${path}'` };
  }
  const { privateKey } = generateKeyPairSync("ed25519");
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const file = openSync(path, "wx", 0o600);
    try {
      writeSync(file, String(privateKey.export({ type: "pkcs8", format: "pem" })));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    return runKeyOf(privateKey);
  } catch (error) {
    return {
      problem: `cannot write the run's key '${path}': ${messageOf(error)}`,
    };
  }
}

/** Bytes of a signed manifest, which make its blob. The same manifest gives the same bytes. */
export function signManifest(manifest: RunManifest, { privateKey }: RunKey): Uint8Array {
  const text = JSON.stringify(manifest);
  return utf8.encode(
    JSON.stringify({
      manifest: text,
      publicKey: rawPublicKey(privateKey).toString("base64"),
      signature: sign(null, utf8.encode(text), privateKey).toString("base64"),
    }),
  );
}

function parseAs<T>(text: string, check: (value: unknown) => value is T): T | Problem {
  try {
    const value: unknown = JSON.parse(text);
    if (check(value)) return value;
  } catch {
    // Said below.
  }
  return { problem: "the run manifest is not one" };
}

/**
 * The manifest in some bytes, once its signature is found right.
 *
 * @param fingerprint - of the key that must have signed it; null takes any, as on the connection alone is relied.
 */
export function verifyManifest(
  bytes: Uint8Array,
  fingerprint: string | null,
): RunManifest | Problem {
  const envelope = parseAs(new TextDecoder().decode(bytes), (value) =>
    Value.Check(envelopeSchema, value),
  );
  if (isProblem(envelope)) return envelope;
  const raw = Buffer.from(envelope.publicKey, "base64");
  if (fingerprint !== null && sha256(raw) !== fingerprint)
    return { problem: "the run manifest is signed with another key than the join token names" };
  let genuine = false;
  try {
    const jwk = { kty: "OKP", crv: "Ed25519", x: raw.toString("base64url") };
    genuine = verify(
      null,
      utf8.encode(envelope.manifest),
      createPublicKey({ key: jwk, format: "jwk" }),
      Buffer.from(envelope.signature, "base64"),
    );
  } catch {
    // A key that is none signs nothing.
  }
  if (!genuine) return { problem: "the signature of the run manifest is wrong" };
  return parseAs(envelope.manifest, (value) => Value.Check(manifestSchema, value));
}

/** The program of a backend and target in a manifest, or null. */
export const programIn = (
  { programs }: RunManifest,
  backend: string,
  target: string,
): ManifestProgram | null =>
  programs.find((program) => program.backend === backend && program.target === target) ?? null;

/** Whether a manifest names a program, whatever it is for. */
export const namesProgram = ({ programs }: RunManifest, digest: string): boolean =>
  Value.Check(digestSchema, digest) && programs.some(({ blob }) => blob.digest === digest);
