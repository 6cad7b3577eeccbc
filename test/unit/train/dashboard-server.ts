/** @file A run to look at: the page, snapshots, journal and events of a scripted run on loopback. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { renderMetrics } from "#lib/train/dashboard/metrics.ts";
import { loadPageAssets } from "#lib/train/dashboard/page-assets.ts";
import type { JournalRecord } from "#lib/train/protocol/records.ts";
import type { RunStatus } from "#lib/train/protocol/status.ts";

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export const OPERATOR = "o~operator";

export interface Scripted {
  readonly url: string;
  /** Actions that were asked for with the operator's credential. */
  readonly asked: { action: string; worker: string | null }[];
  status: RunStatus;
  readonly records: JournalRecord[];
  /** Sends the snapshot, and records that are new, to all that listen. */
  push(...records: JournalRecord[]): void;
  /** Streams that are open. */
  streams(): number;
  /** Cuts all streams, as a restart of the shepherd does. */
  cut(): void;
  close(): Promise<void>;
}

const event = (name: string, value: object): string =>
  `event: ${name}\ndata: ${JSON.stringify(value)}\n\n`;

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}

/** Serves a run as the shepherd does; `observer`: a credential that is needed to look at it. */
export async function serveRun(
  status: RunStatus,
  records: readonly JournalRecord[],
  observer: string | null = null,
): Promise<Scripted> {
  const assets = loadPageAssets();
  const streams = new Set<ServerResponse>();
  const run: Omit<Scripted, "url" | "close"> = {
    asked: [],
    status,
    records: [...records],
    push(...added) {
      run.records.push(...added);
      for (const stream of streams) {
        for (const record of added) stream.write(event("record", record));
        stream.write(event("status", run.status));
      }
    },
    streams: () => streams.size,
    cut() {
      for (const stream of streams) stream.destroy();
    },
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://loopback");
    const credential = (request.headers.authorization ?? "").replace("Bearer ", "");
    const json = (value: object, code = 200): void => {
      response.writeHead(code, { "content-type": "application/json" }).end(JSON.stringify(value));
    };
    const asset = assets.get(pathname === "/" ? "/index.html" : pathname);
    if (asset !== undefined) {
      response.writeHead(200, { "content-type": asset.type, "content-security-policy": POLICY });
      response.end(asset.bytes);
    } else if (pathname === "/v1/control") {
      const ask = JSON.parse(await bodyOf(request)) as Scripted["asked"][number];
      if (credential !== OPERATOR)
        return json({ error: "forbidden", message: "this needs an operator's credential" }, 403);
      if (ask.worker === "w2") return json({ problem: "w2 is draining already" });
      run.asked.push(ask);
      json({ problem: null });
    } else if (observer !== null && credential !== observer && credential !== OPERATOR)
      json({ error: "unauthorized", message: "this run needs a credential" }, 401);
    else if (pathname === "/v1/status") json(run.status);
    else if (pathname === "/v1/journal") {
      const from = Number(searchParams.get("from") ?? 0);
      json(run.records.slice(from, from + Number(searchParams.get("limit") ?? 1000)));
    } else if (pathname === "/v1/events") {
      response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
      response.write(event("status", run.status));
      streams.add(response);
      response.on("close", () => streams.delete(response));
    } else if (pathname === "/metrics") response.end(await renderMetrics(run.status));
    else json({ error: "not_found", message: "there is no such thing" }, 404);
  };
  const server: Server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(run, {
    url: `http://127.0.0.1:${port}/`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}
