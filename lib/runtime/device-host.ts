/** @file The long-lived Python process that runs compiled modules on one device, and requests to it. */
import type { Socket } from "node:net";
import { plural } from "#lib/support/text.ts";
import { EngineError, NoDriverError } from "./engine.ts";
import { encodeFrame, FrameReader } from "./frames.ts";
import { type Env, type FoundPython, hostProgram } from "./python.ts";
import { SharedFolders } from "./shared-folders.ts";

/** Tensors of one message up to this many bytes travel in the pipe itself. */
export const INLINE_LIMIT = 128 * 1024;

const PROTOCOL = 1;
const KEPT_LINES = 20;

/**
 * Settings of glibc's allocator that keep freed memory in the process: without them a training step spends a quarter of its time in
 * page faults. Other C libraries ignore them.
 */
export const MALLOC_SETTINGS = {
  MALLOC_MMAP_MAX_: "0",
  MALLOC_TRIM_THRESHOLD_: "100000000000",
  MALLOC_ARENA_MAX: "1",
} as const;

/** What the host says of itself. */
export interface HostInfo {
  readonly pid: number;
  /** Version of the installed runtime, such as `3.13.0`. */
  readonly runtime: string;
  readonly numpy: string;
}

/** Devices of one driver of the runtime. */
export interface DriverInfo {
  readonly driver: string;
  readonly devices: readonly { readonly uri: string; readonly name: string }[];
  /** Why the driver has no devices, or null. */
  readonly problem: string | null;
}

/** A response of the host. */
export interface Response {
  readonly header: Readonly<Record<string, unknown>>;
  readonly payload: Uint8Array;
}

interface Pending {
  resolve(response: Response): void;
  reject(error: EngineError): void;
}

/** The parts of a child process that are used here. */
interface Child {
  readonly stdin: Socket;
  readonly stdout: Socket;
  readonly stderr: Socket;
  unref(): void;
  ref(): void;
  kill(signal: NodeJS.Signals): boolean;
}

interface Start {
  readonly python: FoundPython;
  /** Device URI; empty to list the devices only. */
  readonly device: string;
  readonly env: Env;
}

const installHint = (python: FoundPython, missing: string): string =>
  `Python at ${python.path} has no module '${missing}'; run 'make setup', or 'pip install -r requirements/run.txt' with it`;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

/** A running host. Requests are answered in order. */
export class DeviceHost {
  readonly folders: SharedFolders;
  private readonly child: Child;
  private readonly reader = new FrameReader();
  private readonly pending = new Map<number, Pending>();
  private readonly lastLines: string[] = [];
  private nextId = 0;
  private freed: number[] = [];
  private closing = false;
  private failure: EngineError | null = null;
  /** Resolves when the process has ended, however. */
  readonly ended: Promise<void>;

  private constructor(child: Child, exit: Promise<Exit>, folders: SharedFolders) {
    this.child = child;
    this.folders = folders;
    child.stdout.on("data", (chunk: Buffer) => this.receive(chunk));
    child.stderr.setEncoding("utf8");
    let rest = "";
    child.stderr.on("data", (text: string) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      this.lastLines.push(...lines.filter((line) => line.trim() !== ""));
      this.lastLines.splice(0, this.lastLines.length - KEPT_LINES);
    });
    // A broken pipe is reported once, by the end of the process.
    child.stdin.on("error", () => {});
    this.ended = exit.then((how) => this.finish(how));
  }

  /** Starts a host and waits until it is ready; rejects with {@link EngineError}. */
  static async start({
    python,
    device,
    env,
  }: Start): Promise<{ host: DeviceHost; info: HostInfo }> {
    const { host, header } = await DeviceHost.greet({ python, device, env });
    if (header["protocol"] !== PROTOCOL) {
      await host.close();
      throw new EngineError("the device host speaks another protocol; reinstall this package");
    }
    return { host, info: header as unknown as HostInfo };
  }

  /** Devices that the runtime sees, by driver. */
  static async listDevices(
    python: FoundPython,
    env: Env,
  ): Promise<{ info: HostInfo; drivers: readonly DriverInfo[] }> {
    const { host, header } = await DeviceHost.greet({ python, device: "", env });
    await host.close();
    return {
      info: header as unknown as HostInfo,
      drivers: header["drivers"] as readonly DriverInfo[],
    };
  }

  private static async greet({ python, device, env }: Start): Promise<{
    host: DeviceHost;
    header: Readonly<Record<string, unknown>>;
  }> {
    const { execa } = await import("execa");
    const folders = new SharedFolders(env);
    const started = execa(
      python.path,
      ["-u", "-X", "faulthandler", hostProgram("device_host.py")],
      {
        env: { ...env, ...MALLOC_SETTINGS, PYTHONDONTWRITEBYTECODE: "1" },
        extendEnv: false,
        stdin: "pipe",
        stdout: "pipe",
        stderr: "pipe",
        buffer: false,
        reject: false,
        cleanup: false,
      },
    );
    const exit = started.then((result) => ({
      code: result.exitCode ?? null,
      signal: result.signal ?? null,
      problem:
        result.exitCode === undefined && result.signal === undefined
          ? (result.message ?? null)
          : null,
    }));
    const host = new DeviceHost(started as unknown as Child, exit, folders);
    try {
      const { header } = await host.send({
        device,
        parent: process.pid,
        folders: folders.paths,
        inlineLimit: INLINE_LIMIT,
      });
      if (typeof header["missing"] === "string")
        throw new EngineError(installHint(python, header["missing"]));
      return { host, header };
    } catch (error) {
      await host.close();
      throw error;
    }
  }

  /** Sends a request and returns the response; rejects with {@link EngineError} when it cannot be done or the host dies. */
  request(
    op: string,
    header: Readonly<Record<string, unknown>>,
    chunks: readonly Uint8Array[] = [],
  ): Promise<Response> {
    const free = this.freed;
    this.freed = [];
    return this.send({ op, ...header, ...(free.length > 0 ? { free } : {}) }, chunks);
  }

  /** Gives device tensors back with the next request, or soon where none follows. */
  free(number: number): void {
    this.freed.push(number);
    if (this.freed.length > 1) return;
    setImmediate(() => {
      if (this.freed.length === 0 || this.failure !== null || this.closing) return;
      this.child.stdin.write(encodeFrame({ op: "free", free: this.freed }));
      this.freed = [];
    });
  }

  /** Ends the process: by its own will, or by force after two seconds. */
  async close(): Promise<void> {
    if (!this.closing) {
      this.closing = true;
      this.hold(true);
      this.child.stdin.end(encodeFrame({ op: "close" }));
    }
    const timer = setTimeout(() => this.child.kill("SIGKILL"), 2000);
    await this.ended;
    clearTimeout(timer);
  }

  /** Ends the process at once; what is unanswered fails. */
  kill(): void {
    this.closing = true;
    this.child.kill("SIGKILL");
  }

  private send(
    header: Readonly<Record<string, unknown>>,
    chunks: readonly Uint8Array[] = [],
  ): Promise<Response> {
    if (this.failure !== null) return Promise.reject(this.failure);
    if (this.closing) return Promise.reject(new EngineError("the device host is closed"));
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      if (this.pending.size === 0) this.hold(true);
      this.pending.set(id, { resolve, reject });
      this.child.stdin.write(encodeFrame({ id, ...header }, chunks));
    });
  }

  /** An idle host does not keep this process alive. */
  private hold(active: boolean): void {
    for (const part of [this.child, this.child.stdin, this.child.stdout, this.child.stderr]) {
      if (active) part.ref();
      else part.unref();
    }
  }

  private receive(chunk: Buffer): void {
    for (const { header, payload } of this.reader.push(chunk)) {
      if (!isRecord(header)) continue;
      const id = Number(header["id"]);
      const waiting = this.pending.get(id);
      if (waiting === undefined) continue;
      this.pending.delete(id);
      if (this.pending.size === 0 && !this.closing) this.hold(false);
      const problem = header["error"];
      if (typeof problem === "string")
        waiting.reject(
          header["noDriver"] === true ? new NoDriverError(problem) : new EngineError(problem),
        );
      else waiting.resolve({ header, payload });
    }
  }

  private finish({ code, signal, problem }: Exit): void {
    this.folders.dispose();
    let how = signal === null ? `exit code ${code}` : `signal ${signal}`;
    if (problem !== null) how = problem.split("\n")[0] ?? how;
    this.failure = this.closing
      ? new EngineError("the device host is closed")
      : new EngineError(
          `the device host ended unexpectedly (${how}, ${plural(this.pending.size, "request")} unanswered)`,
          this.lastLines,
        );
    for (const { reject } of this.pending.values()) reject(this.failure);
    this.pending.clear();
  }
}

interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
  readonly problem: string | null;
}
