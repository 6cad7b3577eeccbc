/** @file A `ToolIo` in memory: what tests and lit hand to a tool instead of a process. */
import type { ToolIo, ToolOutput } from "#lib/support/io.ts";

/** What a tool is given; everything but the arguments has a default. */
export interface MemoryIoOptions {
  readonly argv: readonly string[];
  /** Default: the current folder of the process. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly stdin?: string | Uint8Array;
  readonly signal?: AbortSignal;
  readonly columns?: number;
  readonly now?: () => number;
}

/** A `ToolIo` with what the tool wrote. */
export interface MemoryIo extends ToolIo {
  stdoutBytes(): Uint8Array;
  stdoutText(): string;
  stderrBytes(): Uint8Array;
  stderrText(): string;
}

class Collector implements ToolOutput {
  readonly isTerminal = false;
  readonly columns: number;
  private readonly chunks: Uint8Array[] = [];

  constructor(columns: number) {
    this.columns = columns;
  }

  write(chunk: string | Uint8Array): void {
    this.chunks.push(typeof chunk === "string" ? Buffer.from(chunk) : chunk.slice());
  }

  flush(): Promise<void> {
    return Promise.resolve();
  }

  bytes(): Uint8Array {
    return Buffer.concat(this.chunks);
  }
}

/** Makes a `ToolIo` that keeps what is written. */
export function memoryIo(options: MemoryIoOptions): MemoryIo {
  const stdout = new Collector(options.columns ?? 80);
  const stderr = new Collector(options.columns ?? 80);
  const stdin =
    typeof options.stdin === "string"
      ? Buffer.from(options.stdin)
      : (options.stdin ?? Buffer.alloc(0));
  const decode = (output: Collector): string => new TextDecoder().decode(output.bytes());
  return {
    argv: options.argv,
    cwd: options.cwd ?? process.cwd(),
    env: options.env ?? {},
    stdin: { isTerminal: false, readAll: () => Promise.resolve(stdin) },
    stdout,
    stderr,
    signal: options.signal ?? new AbortController().signal,
    now: options.now ?? (() => Date.now()),
    stdoutBytes: () => stdout.bytes(),
    stdoutText: () => decode(stdout),
    stderrBytes: () => stderr.bytes(),
    stderrText: () => decode(stderr),
  };
}
