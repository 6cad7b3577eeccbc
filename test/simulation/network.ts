/** @file The network between simulated workers and the shepherd: delays, losses, duplicates, partitions, closed connections. */
import type { ShepherdApi } from "#lib/train/protocol/ports.ts";
import type { Random } from "./random.ts";
import type { Process, World } from "./world.ts";

export interface NetworkFaults {
  /** Longest delay of a message one way, in milliseconds; delays differ, so messages overtake each other. */
  readonly delayMs: number;
  /** Part of requests and of replies that are lost. */
  readonly loss: number;
  /** Part of requests that arrive twice. */
  readonly duplicates: number;
}

export class NetworkError extends Error {
  override readonly name = "NetworkError";
}

/** What answers at the other end. */
export interface Endpoint {
  readonly process: Process;
  readonly api: ShepherdApi;
}

const CLIENT_TIMEOUT_MS = 40_000;
const LOST_MS = 1_500;

export class Network {
  readonly #world: World;
  readonly #random: Random;
  readonly #faults: NetworkFaults;
  /** Names of workers that are cut off. */
  readonly cutOff = new Map<string, number>();
  server: Endpoint | null = null;

  constructor(world: World, random: Random, faults: NetworkFaults) {
    this.#world = world;
    this.#random = random;
    this.#faults = faults;
  }

  delay(): number {
    const { delayMs } = this.#faults;
    return 1 + this.#random.next() ** 3 * delayMs;
  }

  isCutOff(worker: string): boolean {
    return (this.cutOff.get(worker) ?? 0) > this.#world.now;
  }

  /** The shepherd's calls as a worker process has them. */
  client(worker: string, process: Process): ShepherdApi {
    const call =
      <Request, Reply>(method: keyof ShepherdApi) =>
      (request: Request): Promise<Reply> =>
        this.#call(worker, process, method, request) as Promise<Reply>;
    return {
      register: call("register"),
      program: call("program"),
      agreement: call("agreement"),
      lease: call("lease"),
      heartbeat: call("heartbeat"),
      submit: call("submit"),
      result: call("result"),
      leave: call("leave"),
    };
  }

  /** Moves a blob: takes its time, and fails now and then. */
  transfer(worker: string, process: Process): Promise<void> {
    return new Promise((resolve, reject) => {
      const lost = this.#random.chance(this.#faults.loss) || this.isCutOff(worker);
      this.#world.schedule(lost ? LOST_MS : this.delay(), () =>
        process.run(() => {
          const down = this.server === null || !this.server.process.alive;
          if (lost || down || this.isCutOff(worker)) reject(new NetworkError("transfer failed"));
          else resolve();
        }),
      );
    });
  }

  #call(
    worker: string,
    process: Process,
    method: keyof ShepherdApi,
    request: unknown,
  ): Promise<unknown> {
    return new Promise((resolve, reject) => {
      let done = false;
      const finish = (delay: number, end: () => void): (() => void) =>
        this.#world.schedule(delay, () =>
          process.run(() => {
            if (done) return;
            done = true;
            giveUp();
            end();
          }),
        );
      const fail = (delay: number, why: string): (() => void) =>
        finish(delay, () => reject(new NetworkError(why)));
      const giveUp = fail(CLIENT_TIMEOUT_MS, "timeout");
      const text = JSON.stringify(request);
      const copies = this.#random.chance(this.#faults.duplicates) ? 2 : 1;
      const lost = this.#random.chance(this.#faults.loss);
      if (lost || this.isCutOff(worker)) {
        fail(LOST_MS, "lost");
        return;
      }
      for (let copy = 0; copy < copies; copy++)
        this.#world.schedule(this.delay(), () => {
          // What a dead process has sent is not delivered any more: its connection is reset.
          if (!process.alive || this.isCutOff(worker)) return;
          this.#arrive(worker, method, text, { finish, fail, resolve });
        });
    });
  }

  #arrive(
    worker: string,
    method: keyof ShepherdApi,
    text: string,
    caller: {
      readonly finish: (delay: number, end: () => void) => () => void;
      readonly fail: (delay: number, why: string) => () => void;
      readonly resolve: (reply: unknown) => void;
    },
  ): void {
    const { server } = this;
    if (server === null || !server.process.alive) {
      caller.fail(this.delay(), "connection refused");
      return;
    }
    const answered = server.process.onDeath(() => caller.fail(this.delay(), "connection reset"));
    server.process.run(() => {
      const handler = server.api[method] as (request: unknown) => Promise<unknown>;
      handler(JSON.parse(text)).then(
        (reply) => {
          answered();
          if (!server.process.alive || this.isCutOff(worker)) return;
          const words = reply === undefined ? undefined : JSON.stringify(reply);
          if (this.#random.chance(this.#faults.loss)) caller.fail(LOST_MS, "reply lost");
          else
            caller.finish(this.delay(), () =>
              caller.resolve(words === undefined ? undefined : JSON.parse(words)),
            );
        },
        (error: Error) => {
          answered();
          caller.fail(this.delay(), error.message);
        },
      );
    });
  }
}
