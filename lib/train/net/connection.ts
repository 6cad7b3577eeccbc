/** @file Connections of a client: pinned certificates, one place for every way in which a request fails. */
import type { Dispatcher } from "undici";
import { PROTOCOL_VERSION } from "../protocol/messages.ts";
import { PROTOCOL_HEADER } from "./routes.ts";

/** What kind of failure: `network`, try again; `refused`, do not as it is; `protocol`, other versions; `aborted`, the caller's wish. */
export type ClientFailure = "network" | "refused" | "protocol" | "aborted";

/** A call that failed; the message is one line that says what to do. */
export class ClientError extends Error {
  override readonly name = "ClientError";
  readonly code: ClientFailure;
  /** HTTP status of a refusal; null where there was none. */
  readonly status: number | null;
  /** The shepherd's word for the refusal, such as `credential`; null where there was none. */
  readonly reason: string | null;
  constructor(
    code: ClientFailure,
    message: string,
    status: number | null = null,
    reason: string | null = null,
  ) {
    super(message);
    this.code = code;
    this.status = status;
    this.reason = reason;
  }
}

export interface ConnectionOptions {
  /** Such as `https://10.0.0.1:8080`. */
  readonly url: string;
  /** SHA-256 of the server's certificate, which is then trusted alone; null: `ca` or the system's authorities. */
  readonly fingerprint: string | null;
  /** PEM of authorities to trust instead of the system's. */
  readonly ca: string | null;
  /** Of this client, where the server asks for one: PEM. */
  readonly certificate?: string | null;
  readonly key?: string | null;
}

const FINGERPRINT = "ERR_PCP_FINGERPRINT";

/** Failures of connections, by code, in words; `%` is the address. */
const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens at %: is the shepherd running, and is the port right?",
  ENOTFOUND: "the host name of % is not known: check it, or use an address",
  EAI_AGAIN: "the host name of % cannot be looked up now: check the network's name server",
  EHOSTUNREACH: "no way leads to %: check network and firewall",
  ENETUNREACH: "no way leads to %: check network and firewall",
  ETIMEDOUT: "% does not answer: check address and firewall",
  ECONNRESET: "% has closed the connection",
  EPIPE: "% has closed the connection",
  UND_ERR_SOCKET: "% has closed the connection",
  UND_ERR_CONNECT_TIMEOUT: "% does not answer: check address and firewall",
  UND_ERR_HEADERS_TIMEOUT: "% takes too long to answer",
  UND_ERR_BODY_TIMEOUT: "% has stopped in the middle of an answer",
  DEPTH_ZERO_SELF_SIGNED_CERT:
    "the certificate of % is self-signed: give its fingerprint (a join token has it)",
  SELF_SIGNED_CERT_IN_CHAIN: "the certificate of % is of an authority that is not trusted",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "the certificate of % is of an authority that is not trusted",
  ERR_TLS_CERT_ALTNAME_INVALID: "the certificate of % is for another name",
  CERT_HAS_EXPIRED: "the certificate of % has expired",
  ERR_SSL_WRONG_VERSION_NUMBER: "% does not speak TLS: is it http:// rather than https://?",
  ERR_SSL_PACKET_LENGTH_TOO_LONG: "% does not speak TLS: is it http:// rather than https://?",
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: "% asks for a client certificate",
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: "% does not speak TLS 1.3",
  HPE_INVALID_CONSTANT: "% does not speak plain HTTP: is it https:// rather than http://?",
};

/** Failures of this machine's own files, which trying again does not mend. */
const LOCAL = new Set(["ENOSPC", "EDQUOT", "EFBIG", "ENOENT", "EACCES", "EROFS", "EISDIR", "EIO"]);

/** Any failure of a request as a {@link ClientError}. */
export function clientErrorOf(error: unknown, url: string): ClientError {
  if (error instanceof ClientError) return error;
  const { code, message, name } = error as { code?: string; message?: string; name?: string };
  const cause = (error as { cause?: { code?: string } }).cause?.code;
  const place = new URL(url).host;
  if (name === "AbortError" || code === "ABORT_ERR" || code === "UND_ERR_ABORTED")
    return new ClientError("aborted", "the call was given up");
  if (LOCAL.has(code ?? "")) return new ClientError("refused", message ?? "", null, "local");
  if (code === FINGERPRINT) return new ClientError("refused", message ?? "", null, "fingerprint");
  const known = REASONS[code ?? ""] ?? REASONS[cause ?? ""];
  if (known !== undefined) return new ClientError("network", known.replace("%", place));
  return new ClientError("network", `cannot reach ${place}: ${message ?? String(error)}`);
}

/** Connections to one server, `connections` at most. */
export async function openPool(
  { url, fingerprint, ca, certificate = null, key = null }: ConnectionOptions,
  connections: number,
): Promise<Dispatcher> {
  const { Pool, buildConnector } = await import("undici");
  const connect = buildConnector({
    timeout: 10_000,
    keepAlive: true,
    // A resumed session would not show the certificate that is to be compared.
    maxCachedSessions: 0,
    ...(url.startsWith("https:") && {
      minVersion: "TLSv1.3" as const,
      // A pinned certificate is compared below, before a byte is sent: no authority could add to that.
      rejectUnauthorized: fingerprint === null,
      ...(ca !== null && { ca }),
      ...(certificate !== null && { cert: certificate }),
      ...(key !== null && { key }),
    }),
  });
  return new Pool(new URL(url).origin, {
    connections,
    pipelining: 1,
    // The server keeps them a little longer.
    keepAliveTimeout: 60_000,
    keepAliveMaxTimeout: 60_000,
    headersTimeout: 60_000,
    bodyTimeout: 30_000,
    connect(options, callback) {
      connect(options, (error, socket) => {
        if (error !== null) return callback(error, null);
        const wrong = wrongCertificate(socket, fingerprint, url);
        if (wrong === null) return callback(null, socket);
        socket.destroy();
        return callback(wrong, null);
      });
    },
  });
}

/** Compares the certificate that a server shows with the pinned one. */
function wrongCertificate(socket: unknown, fingerprint: string | null, url: string): Error | null {
  if (fingerprint === null || !url.startsWith("https:")) return null;
  const { fingerprint256 } = (
    socket as { getPeerCertificate(): { fingerprint256?: string } }
  ).getPeerCertificate();
  const shown = (fingerprint256 ?? "").replaceAll(":", "").toLowerCase();
  if (shown === fingerprint) return null;
  const message = `${new URL(url).host} shows another certificate (${shown.slice(0, 16)}...) than expected (${fingerprint.slice(0, 16)}...): it is another server, or somebody is in between`;
  return Object.assign(new Error(message), { code: FINGERPRINT });
}

export interface CallOptions {
  readonly method: "GET" | "HEAD" | "PUT" | "POST";
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Dispatcher.DispatchOptions["body"];
  readonly signal?: AbortSignal | undefined;
  /** Until the answer begins, in milliseconds. */
  readonly headersTimeout?: number;
  /** Pause in an answer, in milliseconds; 0: any. */
  readonly bodyTimeout?: number;
}

const MAX_REPLY = 256 << 20;

/** Reads what remains of an answer that is JSON or nothing, with a limit. */
export async function textOf(body: Dispatcher.ResponseData["body"]): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of body as AsyncIterable<Buffer>) {
    bytes += part.byteLength;
    if (bytes > MAX_REPLY) throw new ClientError("refused", "the answer is too long");
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

/** The refusal that an answer of status 400 and above tells of. */
async function refusalOf(
  { statusCode, headers, body }: Dispatcher.ResponseData,
  url: string,
): Promise<ClientError> {
  const text = await textOf(body).catch(() => "");
  let parsed: { error?: unknown; message?: unknown } = {};
  try {
    parsed = JSON.parse(text) ?? {};
  } catch {
    // Not a shepherd's answer: a proxy's page, say.
  }
  const reason = typeof parsed.error === "string" ? parsed.error : null;
  const message =
    typeof parsed.message === "string"
      ? parsed.message
      : `${new URL(url).host} answers with HTTP status ${statusCode}`;
  if (reason === "protocol") return new ClientError("protocol", message, statusCode, reason);
  // Its own failures and "too many" are over after a while; what comes without the header is of somebody in between.
  const passing = statusCode >= 500 ? statusCode !== 507 : statusCode === 429 || statusCode === 408;
  const theirs = headers[PROTOCOL_HEADER];
  if (passing || (theirs === undefined && statusCode === 404))
    return new ClientError("network", message, statusCode, reason);
  return new ClientError("refused", message, statusCode, reason);
}

/** Sends one request; an answer that is no success is thrown. @throws ClientError */
export async function call(
  pool: Dispatcher,
  url: string,
  options: CallOptions,
): Promise<Dispatcher.ResponseData> {
  const { method, path, headers = {}, body, signal, headersTimeout, bodyTimeout } = options;
  try {
    const answer = await pool.request({
      origin: new URL(url).origin,
      method,
      path,
      headers: { ...headers },
      ...(body !== undefined && { body }),
      ...(signal !== undefined && { signal }),
      ...(headersTimeout !== undefined && { headersTimeout }),
      ...(bodyTimeout !== undefined && { bodyTimeout }),
    });
    if (answer.statusCode >= 400) throw await refusalOf(answer, url);
    return answer;
  } catch (error) {
    if (signal?.aborted) throw new ClientError("aborted", "the call was given up");
    throw clientErrorOf(error, url);
  }
}

/** Headers of every request to a shepherd or reducer. */
export const speakerHeaders = (credential: string | null): Record<string, string> => ({
  [PROTOCOL_HEADER]: String(PROTOCOL_VERSION),
  ...(credential !== null && credential !== "" && { authorization: `Bearer ${credential}` }),
});
