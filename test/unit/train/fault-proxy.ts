/** @file A TCP proxy on 127.0.0.1 that delays, stalls, cuts and refuses connections, for tests of what networks do. */
import { connect, createServer, type Socket } from "node:net";

/** What the proxy does from now on; all of it can be changed at any time. */
export interface Faults {
  /** Milliseconds that each direction takes; a round trip takes twice as long. */
  delayMs: number;
  /** New connections are reset after so many bytes from the client; null: never. */
  cutUpAfter: number | null;
  /** New connections are reset after so many bytes from the server; null: never. */
  cutDownAfter: number | null;
  /** So many more answers are lost: what was asked arrives, and the connection is reset instead of what comes back. */
  loseAnswers: number;
  /** Bytes are held back, and connections stay open. */
  stalled: boolean;
  /** New connections are closed at once. */
  refuse: boolean;
}

export interface FaultProxy {
  readonly port: number;
  readonly faults: Faults;
  /** Connections that were accepted, and reset by `cut...`; bytes carried. */
  readonly counts: { accepted: number; cut: number; up: number; down: number };
  /** Resets all connections that are open. */
  cutAll(): void;
  close(): Promise<void>;
}

/** So many bytes are held before the sender is made to wait: a long fat pipe. */
const MAX_HELD = 64 << 20;

interface Held {
  readonly chunk: Buffer;
  readonly due: number;
}

/** Carries bytes of one direction, each as late as the delay says. */
function carry(from: Socket, to: Socket, faults: Faults, onBytes: (bytes: number) => void): void {
  const queue: Held[] = [];
  let held = 0;
  let ended = false;
  let full = false;
  let timer: NodeJS.Timeout | null = null;
  const send = (): void => {
    timer = null;
    while (!full && !faults.stalled && queue[0] !== undefined) {
      if (queue[0].due > performance.now()) break;
      const { chunk } = queue.shift() as Held;
      held -= chunk.length;
      if (!to.destroyed) full = !to.write(chunk, () => onBytes(chunk.length));
    }
    if (full) return;
    if (held < MAX_HELD && from.isPaused()) from.resume();
    if (queue[0] !== undefined)
      timer = setTimeout(send, faults.stalled ? 20 : Math.max(0, queue[0].due - performance.now()));
    else if (ended) to.end();
  };
  to.on("drain", () => {
    full = false;
    if (timer === null) send();
  });
  from.on("data", (chunk: Buffer) => {
    queue.push({ chunk, due: performance.now() + faults.delayMs });
    held += chunk.length;
    if (held >= MAX_HELD) from.pause();
    if (timer === null && !full) send();
  });
  from.on("end", () => {
    ended = true;
    if (timer === null) send();
  });
  from.on("close", () => {
    if (timer !== null && from.destroyed && !ended) clearTimeout(timer);
  });
}

/** Starts a proxy to a port of 127.0.0.1. */
export async function startFaultProxy(
  target: number,
  initial: Partial<Faults> = {},
): Promise<FaultProxy> {
  const faults: Faults = {
    delayMs: 0,
    cutUpAfter: null,
    cutDownAfter: null,
    loseAnswers: 0,
    stalled: false,
    refuse: false,
    ...initial,
  };
  const counts = { accepted: 0, cut: 0, up: 0, down: 0 };
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (client) => {
    if (faults.refuse) {
      client.resetAndDestroy();
      return;
    }
    counts.accepted++;
    const upstream = connect({ host: "127.0.0.1", port: target, allowHalfOpen: true });
    const limits = { up: faults.cutUpAfter, down: faults.cutDownAfter };
    const cutAfter = (direction: "up" | "down") => {
      let bytes = 0;
      return (more: number): void => {
        bytes += more;
        counts[direction] += more;
        const limit = limits[direction];
        if (limit === null || bytes < limit || client.destroyed || upstream.destroyed) return;
        counts.cut++;
        // What has been carried arrives at the other end.
        (direction === "up" ? client : upstream).resetAndDestroy();
        (direction === "up" ? upstream : client).destroySoon();
      };
    };
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on("error", () => {});
      socket.on("close", () => {
        sockets.delete(socket);
        other.destroySoon();
      });
    }
    upstream.prependListener("data", () => {
      if (faults.loseAnswers === 0) return;
      faults.loseAnswers--;
      client.resetAndDestroy();
    });
    carry(client, upstream, faults, cutAfter("up"));
    carry(upstream, client, faults, cutAfter("down"));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const cutAll = (): void => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    faults,
    counts,
    cutAll,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cutAll();
      }),
  };
}
