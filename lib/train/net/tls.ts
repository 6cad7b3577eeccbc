/** @file Certificates of a run: made by itself and kept in the run's folder, or the user's own. */
import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import { join } from "node:path";
import type { Problem } from "#lib/support/problem.ts";
import { isProblem, messageOf } from "#lib/support/problem.ts";
import { readSecret, secretOf } from "./secret-file.ts";

/** What a server shows to its clients; texts are PEM. */
export interface TlsIdentity {
  readonly certificate: string;
  readonly key: string;
  /** SHA-256 of the certificate: 64 hexadecimal digits. */
  readonly fingerprint: string;
  /** Certificates of authorities, one of which must have signed every client's certificate; null: clients need none. */
  readonly clientAuthority: string | null;
}

/** Paths that the user gave; all null: a certificate of our own. */
export interface TlsFiles {
  readonly certificate: string | null;
  readonly key: string | null;
  readonly clientAuthority: string | null;
}

const YEAR_MS = 365 * 24 * 3_600_000;

/** SHA-256 of a certificate: 64 hexadecimal digits. @throws where the text is no PEM certificate */
const fingerprintOf = (certificate: string): string =>
  new X509Certificate(certificate).fingerprint256.replaceAll(":", "").toLowerCase();

function readPem(path: string, what: string): string | Problem {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const why = messageOf(error);
    return { problem: `cannot read the ${what} '${path}': ${why}` };
  }
}

/** One PEM text with certificate and key, so that the two can never be of different runs. */
async function makeCertificate(names: readonly string[], now: number): Promise<string> {
  const { generate } = await import("selfsigned");
  const made = await generate([{ name: "commonName", value: "pcp-train" }], {
    keyType: "ec",
    curve: "P-256",
    algorithm: "sha256",
    // Clocks of workers may be behind.
    notBeforeDate: new Date(now - 24 * 3_600_000),
    notAfterDate: new Date(now + 10 * YEAR_MS),
    extensions: [
      {
        name: "subjectAltName",
        altNames: [...new Set(["localhost", "127.0.0.1", "::1", ...names])].map((name) =>
          isIP(name) === 0 ? { type: 2, value: name } : { type: 7, ip: name },
        ),
      },
    ],
  });
  return `${made.cert.trim()}\n${made.private.trim()}`;
}

const PEM_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----/;

function identityOf(
  certificate: string,
  key: string,
  clientAuthority: string | null,
): TlsIdentity | Problem {
  try {
    if (!new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key)))
      return { problem: "the TLS key does not belong to the certificate" };
    return { certificate, key, fingerprint: fingerprintOf(certificate), clientAuthority };
  } catch (error) {
    const why = messageOf(error);
    return { problem: `the TLS certificate or key cannot be used: ${why}` };
  }
}

/**
 * The identity of a run's server. Without files of the user it is a self-signed certificate, kept in `folder` (0600) and used again after a
 * restart, so that fingerprints in join tokens stay true.
 * @param names host names and addresses that the certificate is for
 * @param now milliseconds since the epoch
 */
export async function loadTlsIdentity(
  folder: string,
  files: TlsFiles,
  names: readonly string[],
  now: number,
): Promise<TlsIdentity | Problem> {
  if ((files.certificate === null) !== (files.key === null))
    return { problem: "a TLS certificate needs its key, and a key its certificate" };
  const authority =
    files.clientAuthority === null
      ? null
      : readPem(files.clientAuthority, "certificate authority of clients");
  if (authority !== null && typeof authority !== "string") return authority;
  if (files.certificate !== null && files.key !== null) {
    const certificate = readPem(files.certificate, "TLS certificate");
    if (typeof certificate !== "string") return certificate;
    const key = readPem(files.key, "TLS key");
    if (typeof key !== "string") return key;
    return identityOf(certificate, key, authority);
  }
  const path = join(folder, "tls.pem");
  const text = readSecret(path) || (await makeCertificate(names, now));
  // Of two processes that made one at the same time, both take the one that came first.
  const kept = secretOf(path, () => text);
  const key = PEM_KEY.exec(kept)?.[0] ?? "";
  const identity = identityOf(kept.replace(PEM_KEY, "").trim(), key, authority);
  return isProblem(identity)
    ? { problem: `'${path}': ${identity.problem}; remove it to have a new one made` }
    : identity;
}
