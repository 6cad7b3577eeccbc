/** @file The shepherd's server: control as JSON, blobs as bytes, events and the web page, on one port. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { isProblem, type Problem } from "#lib/support/problem.ts";
import type { ControlApi, ShepherdApi } from "../protocol/ports.ts";
import type { Authority } from "./authority.ts";
import { BlobError, type BlobStore } from "./blob-store.ts";
import { DEFAULT_LIMITS, type Limits } from "./limits.ts";
import { openApiText } from "./openapi.ts";
import {
  type JoinRequest,
  MAX_HEADER,
  MAX_JSON,
  ROUTES,
  type Route,
  type RouteId,
} from "./routes.ts";
import { Gate, isLoopback, Refusal, SESSION_COOKIE } from "./server-access.ts";
import { BlobRoutes, refusalOf } from "./server-blobs.ts";
import { EventStreams, PresenceStreams } from "./server-streams.ts";
import type { TlsIdentity } from "./tls.ts";

/** A file of the web page. */
export interface Asset {
  readonly bytes: Uint8Array;
  /** Media type, such as `text/css; charset=utf-8`. */
  readonly type: string;
}

/** A request beyond the shepherd's own, such as a reducer's; only operators may call it. */
export interface ExtraRoute {
  readonly method: "GET" | "POST";
  /** Such as `/v1/merge`. */
  readonly path: string;
  /** Longest JSON of a request, in bytes; that of all others where left out. */
  readonly bodyLimit?: number;
  /** Takes the JSON of the request, and gives that of the reply. */
  readonly handle: (body: unknown) => Promise<object>;
}

export interface ServerOptions {
  /** Null where this server has blobs alone: a reducer. */
  readonly shepherd: ShepherdApi | null;
  readonly control: ControlApi | null;
  readonly blobs: BlobStore;
  readonly authority: Authority;
  /** Null: plain HTTP, which is for loopback only. */
  readonly tls: TlsIdentity | null;
  /** Address to listen on. */
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** Plain HTTP beyond loopback, and joining and looking on without a token: for networks in which everybody is trusted. */
  readonly insecure?: boolean;
  /** Files of the web page by path, such as `/app.js`; `/index.html` is also `/`. */
  readonly assets?: ReadonlyMap<string, Asset>;
  /** Text for Prometheus. */
  readonly metrics?: () => Promise<string>;
  /** How many bytes this blob may have from this worker; 0: it is not expected. */
  readonly expectedBlob: (digest: string, bytes: number, worker: string) => number;
  /** Base URL of the reducer that a fragment's blobs go to; null: this server. */
  readonly placeOf?: (fragment: number) => string | null;
  /** Training data by digest: paths of files. */
  readonly data?: ReadonlyMap<string, string>;
  /** A worker's process has closed its presence connection. */
  readonly onDisconnected?: (worker: string, incarnation: string) => void;
  /** Why a worker's process is out of the run for good, so that its credential is worth nothing any more; null: it is not. */
  readonly dismissed?: (worker: string, incarnation: string) => string | null;
  readonly extra?: readonly ExtraRoute[];
  readonly limits?: Partial<Limits>;
  /** Told of bugs and failures of the machine, never of a client's mistakes. */
  readonly log: (message: string) => void;
  /** Milliseconds that only grow. */
  readonly monotonic: () => number;
}

export interface Server {
  /** Where this machine reaches it, such as `https://127.0.0.1:8080`. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** Ends all connections and resolves when they are closed. */
  close(): Promise<void>;
}

const SAFE_HEADERS = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
} as const;

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

/** Why such a server must not be started, or null. */
function unsafe({ host, tls, insecure }: ServerOptions): Problem | null {
  if (isLoopback(host) || tls !== null || insecure === true) return null;
  return {
    problem: `'${host}' is reached from other machines: TLS is needed there (or --insecure, where everybody on the network is trusted)`,
  };
}

async function createApp({ tls, limits }: ServerOptions): Promise<FastifyInstance> {
  const { fastify } = await import("fastify");
  const { idleMs, headersMs } = { ...DEFAULT_LIMITS, ...limits };
  const http = {
    maxHeaderSize: MAX_HEADER,
    headersTimeout: headersMs,
    connectionsCheckingInterval: Math.ceil(headersMs / 3),
    // Longer than clients keep idle connections, so that none is closed under a request.
    keepAliveTimeout: 75_000,
    // A body may take long: its rate is watched instead.
    requestTimeout: 0,
    noDelay: true,
  };
  const common = {
    bodyLimit: MAX_JSON,
    connectionTimeout: idleMs,
    keepAliveTimeout: 75_000,
    requestTimeout: 0,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false } },
  } as const;
  const app: FastifyInstance =
    tls === null
      ? fastify({ ...common, http })
      : (fastify({
          ...common,
          https: {
            ...http,
            cert: tls.certificate,
            key: tls.key,
            minVersion: "TLSv1.3",
            handshakeTimeout: 10_000,
            ...(tls.clientAuthority !== null && {
              ca: tls.clientAuthority,
              requestCert: true,
              rejectUnauthorized: true,
            }),
          },
        }) as unknown as FastifyInstance);
  app.removeContentTypeParser("text/plain");
  app.addContentTypeParser("application/octet-stream", (_request, payload, done) => {
    done(null, payload);
  });
  return app;
}

function errorHandler(log: (message: string) => void) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    const refusal = refusalFrom(error);
    if (refusal.status >= 500)
      log(
        `${request.method} ${request.routeOptions.url}: ${error instanceof Error ? error.message : error}`,
      );
    reply.code(refusal.status).send({ error: refusal.code, message: refusal.message });
  };
}

/** Any error as what the client is told; bugs are told without their text. */
function refusalFrom(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof BlobError) return refusalOf(error);
  const { statusCode, message } = error as { statusCode?: number; message?: string };
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new Refusal(statusCode, "request", message ?? "the request cannot be read");
  return new Refusal(500, "internal", "internal error of the shepherd");
}

/** Ends bodies of requests that are not read to their end, slow JSON and refused blobs alike. */
function watchBodies(app: FastifyInstance, jsonMs: number): void {
  const timers = new WeakMap<FastifyRequest, NodeJS.Timeout>();
  app.addHook("preParsing", async (request) => {
    if (request.headers["content-type"]?.startsWith("application/octet-stream")) return;
    const timer = setTimeout(() => request.raw.destroy(), jsonMs);
    timer.unref();
    timers.set(request, timer);
  });
  app.addHook("preValidation", async (request) => clearTimeout(timers.get(request)));
  app.addHook("onResponse", async (request) => {
    clearTimeout(timers.get(request));
    if (request.raw.complete || request.raw.destroyed) return;
    // The answer gets a moment to arrive before what is still being sent is cut off.
    setTimeout(() => {
      if (!request.raw.complete) request.raw.destroy();
    }, 500).unref();
  });
}

/** Handlers of what the shepherd decides. */
function shepherdHandlers(shepherd: ShepherdApi, gate: Gate): Partial<Record<RouteId, Handler>> {
  /** The credential must be that of the worker and process that the request speaks for. */
  const own =
    <Body extends { worker: string; incarnation: string }>(
      call: (body: Body) => Promise<unknown>,
    ) =>
    async (request: FastifyRequest): Promise<unknown> => {
      const body = request.body as Body;
      const { worker, incarnation } = gate.worker(request);
      if (body.worker !== worker || body.incarnation !== incarnation)
        throw new Refusal(403, "worker", "the credential is of another worker or process");
      return call(body);
    };
  return {
    register: own((body: Parameters<ShepherdApi["register"]>[0]) => shepherd.register(body)),
    program: own((body: Parameters<ShepherdApi["program"]>[0]) => shepherd.program(body)),
    agreement: own((body: Parameters<ShepherdApi["agreement"]>[0]) => shepherd.agreement(body)),
    lease: own((body: Parameters<ShepherdApi["lease"]>[0]) => shepherd.lease(body)),
    heartbeat: own((body: Parameters<ShepherdApi["heartbeat"]>[0]) => shepherd.heartbeat(body)),
    submit: own((body: Parameters<ShepherdApi["submit"]>[0]) => shepherd.submit(body)),
    result: own((body: Parameters<ShepherdApi["result"]>[0]) => shepherd.result(body)),
    leave: own(async (body: Parameters<ShepherdApi["leave"]>[0]) => {
      await shepherd.leave(body);
      return { ok: true };
    }),
  };
}

/** A number of a query; `fallback` where it is not given. @throws Refusal */
function numberOf(request: FastifyRequest, name: string, fallback: number): number {
  const text = (request.query as Record<string, unknown>)[name];
  if (text === undefined) return fallback;
  if (typeof text !== "string" || !/^\d{1,15}$/.test(text))
    throw new Refusal(400, "request", `'${name}' is not a whole number`);
  return Number(text);
}

/** Handlers of what observers and operators do. */
function controlHandlers(
  control: ControlApi,
  events: EventStreams,
  gate: Gate,
): Partial<Record<RouteId, Handler>> {
  return {
    status: async () => control.status(),
    journal: async (request) =>
      control.journal(
        numberOf(request, "from", 0),
        Math.min(1000, numberOf(request, "limit", 1000)),
      ),
    events: async (request, reply) => {
      const last = request.headers["last-event-id"];
      const resumed = typeof last === "string" && /^\d{1,15}$/.test(last) ? Number(last) + 1 : -1;
      const from = resumed >= 0 ? resumed : numberOf(request, "from", -1);
      const identity = gate.identity(request);
      events.add(reply, from < 0 ? null : from, () => gate.dismissal(identity) === null);
      return reply;
    },
    control: async (request) => {
      const { action, worker } = request.body as {
        action: Parameters<ControlApi["control"]>[0];
        worker: string | null;
      };
      return { problem: await control.control(action, worker) };
    },
  };
}

/** Handlers of joining and of what needs neither shepherd nor run. */
function commonHandlers(
  { authority, insecure, tls, metrics }: ServerOptions,
  gate: Gate,
): Partial<Record<RouteId, Handler>> {
  return {
    join: async (request) => {
      gate.requireFewFailures(request);
      const { secret, worker, incarnation } = request.body as JoinRequest;
      const open = insecure === true && secret === "";
      const expires = Number.MAX_SAFE_INTEGER;
      const used = open ? authority.issueJoin({ role: "worker", expires, once: false }) : secret;
      const admission = authority.exchange(used, worker, incarnation);
      if (!isProblem(admission)) return admission;
      gate.countFailure(request);
      throw new Refusal(401, "credential", admission.problem);
    },
    session: async (request, reply) => {
      gate.requireFewFailures(request);
      const { token } = request.body as { token: string };
      const role = authority.identify(token)?.role;
      if (role !== "observer" && role !== "operator") {
        gate.countFailure(request);
        throw new Refusal(401, "credential", "the token is not of this run");
      }
      const secure = tls === null ? "" : "; Secure";
      reply.header(
        "set-cookie",
        `${SESSION_COOKIE}=${token}; HttpOnly; SameSite=Strict; Path=/${secure}`,
      );
      return { ok: true };
    },
    openapi: async (_request, reply) => reply.type("application/json").send(openApiText()),
    metrics: async (_request, reply) =>
      reply
        .type("text/plain; version=0.0.4; charset=utf-8")
        .send(metrics === undefined ? "" : await metrics()),
    health: async (_request, reply) => reply.type("text/plain").send("ok\n"),
  };
}

function blobHandlers(routes: BlobRoutes): Partial<Record<RouteId, Handler>> {
  return {
    upload: (request) => routes.announce(request),
    putBlob: (request) => routes.put(request),
    headBlob: (request, reply) => routes.head(request, reply),
    getBlob: (request, reply) => routes.get(request, reply),
    getData: (request, reply) => routes.data(request, reply),
  };
}

const DIGEST_PARAMETER = {
  type: "object",
  properties: { digest: { type: "string", pattern: "^[0-9a-f]{64}$" } },
} as const;

function addRoutes(
  app: FastifyInstance,
  gate: Gate,
  handlers: Partial<Record<RouteId, Handler>>,
  tells = false,
): void {
  for (const { id, method, path, access, body } of ROUTES as readonly (Route & { id: RouteId })[]) {
    const handler = handlers[id];
    if (handler === undefined) continue;
    app.route({
      method,
      url: path,
      schema: {
        ...(body !== undefined && { body }),
        ...(path.includes(":digest") && { params: DIGEST_PARAMETER }),
      },
      onRequest: gate.hook(access, tells),
      handler,
    });
  }
}

function addAssets(app: FastifyInstance, gate: Gate, assets: ReadonlyMap<string, Asset>): void {
  const index = assets.get("/index.html");
  const all = [...assets, ...(index === undefined ? [] : [["/", index] as const])];
  for (const [path, { bytes, type }] of all)
    app.get(path, { onRequest: gate.hook("all") }, async (_request, reply) =>
      reply
        .headers({ ...SAFE_HEADERS, "cache-control": "no-cache" })
        .type(type)
        .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)),
    );
}

async function listen(app: FastifyInstance, host: string, port: number): Promise<Problem | null> {
  try {
    // `localhost` may be two addresses with two ports.
    await app.listen({ host: host === "localhost" ? "127.0.0.1" : host, port });
    return null;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const known: Readonly<Record<string, string>> = {
      EADDRINUSE: "another program listens there: choose another port",
      EACCES: "ports below 1024 need special rights: choose another port",
      EADDRNOTAVAIL: "this machine has no such address",
      ENOTFOUND: "there is no such host",
    };
    return { problem: `cannot listen on ${host}:${port}: ${known[code ?? ""] ?? message}` };
  }
}

/** Address at which this machine reaches a server that listens on `host`. */
function urlOf(host: string, port: number, secure: boolean): string {
  const local = host === "0.0.0.0" || host === "localhost" ? "127.0.0.1" : host;
  const name = local === "::" ? "[::1]" : local.includes(":") ? `[${local}]` : local;
  return `${secure ? "https" : "http"}://${name}:${port}`;
}

/** What a running server consists of, besides its connections. */
interface Parts {
  readonly gate: Gate;
  readonly blobs: BlobRoutes;
  readonly presence: PresenceStreams;
  /** Null where there is no run to look at. */
  readonly events: EventStreams | null;
  readonly limits: Limits;
}

function partsOf(options: ServerOptions): Parts {
  const { authority, control, host, monotonic, insecure = false } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const dismissed = options.dismissed ?? (() => null);
  const loopback = isLoopback(host);
  const gate = new Gate({ authority, limits, loopback, insecure, dismissed, monotonic });
  const blobs = new BlobRoutes({
    store: options.blobs,
    gate,
    limits,
    monotonic,
    expectedBlob: options.expectedBlob,
    placeOf: options.placeOf ?? (() => null),
    data: options.data ?? new Map(),
  });
  const presence = new PresenceStreams(options.onDisconnected ?? (() => {}));
  const events = control === null ? null : new EventStreams(control, limits.watchers);
  return { gate, blobs, presence, events, limits };
}

function addEverything(app: FastifyInstance, options: ServerOptions, parts: Parts): void {
  const { shepherd, control, log } = options;
  const { gate, blobs, presence, events, limits } = parts;
  app.setErrorHandler(errorHandler(log));
  app.setNotFoundHandler({ preHandler: gate.hook("all") }, async () => {
    throw new Refusal(404, "missing", "there is nothing at this address");
  });
  watchBodies(app, limits.jsonMs);
  addRoutes(app, gate, {
    ...commonHandlers(options, gate),
    ...blobHandlers(blobs),
    presence: async (request, reply) => {
      const { worker, incarnation } = gate.worker(request);
      presence.add(reply, worker, incarnation);
      return reply;
    },
    ...(control !== null && events !== null && controlHandlers(control, events, gate)),
  });
  if (shepherd !== null) addRoutes(app, gate, shepherdHandlers(shepherd, gate), true);
  for (const { method, path, handle, bodyLimit = MAX_JSON } of options.extra ?? [])
    app.route({
      method,
      url: path,
      bodyLimit,
      onRequest: gate.hook("operator"),
      handler: async (request) => handle(request.body),
    });
  addAssets(app, gate, options.assets ?? new Map());
}

/** Starts the server; a problem where it would not be safe, or cannot listen. */
export async function startServer(options: ServerOptions): Promise<Server | Problem> {
  const { host, tls } = options;
  const refused = unsafe(options);
  if (refused !== null) return refused;
  const app = await createApp(options);
  const parts = partsOf(options);
  addEverything(app, options, parts);
  const failed = await listen(app, host, options.port);
  if (failed !== null) {
    await app.close();
    await parts.blobs.close();
    return failed;
  }
  const address = app.server.address();
  const port = typeof address === "object" && address !== null ? address.port : options.port;
  return {
    url: urlOf(host, port, tls !== null),
    host,
    port,
    async close() {
      parts.presence.close();
      parts.events?.close();
      await app.close();
      await parts.blobs.close();
    },
  };
}
