/** @file The streams, arguments and environment that a tool sees, so that a shell, a test and lit call it alike. */

/** Somewhere a tool writes to. */
export interface ToolOutput {
  write(chunk: string | Uint8Array): void;
  /** Resolves when what was written has been handed on; rejects never. */
  flush(): Promise<void>;
  readonly isTerminal: boolean;
  /** Width in characters; 80 where unknown. */
  readonly columns: number;
}

/** Standard input of a tool. */
export interface ToolInput {
  readonly isTerminal: boolean;
  /** Reads everything up to the end of the stream. */
  readAll(): Promise<Uint8Array>;
}

/** Everything a tool gets from outside besides the file system. */
export interface ToolIo {
  /** Arguments after the program name. */
  readonly argv: readonly string[];
  /** Absolute path that relative paths resolve against. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: ToolInput;
  readonly stdout: ToolOutput;
  readonly stderr: ToolOutput;
  /** Aborted on Ctrl-C or SIGTERM; a tool cleans up and returns. */
  readonly signal: AbortSignal;
  /** From here on the exit code is what the tool returns, after a signal, too: it ends as it was asked to. */
  ownExitCode?(): void;
  /** Milliseconds since the epoch. */
  now(): number;
}

/** A tool: exit code 0 ok, 1 diagnostics or failed check, 2 usage, 70 internal error. */
export type ToolMain = (io: ToolIo) => Promise<number>;

/** Exit codes shared by all tools. */
export const EXIT = { ok: 0, failure: 1, usage: 2, internal: 70 } as const;
