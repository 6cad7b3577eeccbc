/** @file The command line of a worker, as launchers write it into scripts, objects and instructions. */

/** What every worker of a launch is told; the join token is handed over apart from it. */
export interface WorkerFlags {
  /** `host:port` of the shepherd, for runs without join tokens. */
  readonly connect?: string | undefined;
  readonly host?: string | undefined;
  readonly port?: string | undefined;
  readonly backend?: string | undefined;
  readonly target?: string | undefined;
  readonly amdTarget?: string | undefined;
  /** Peak of one device in FLOP/s. */
  readonly peakFlops?: string | undefined;
  /** Join beyond loopback without TLS. */
  readonly insecure?: boolean | undefined;
}

/** Backends without device ordinals: their workers share the processor. */
const ONE_DEVICE: ReadonlySet<string> = new Set(["cpu", "interp"]);

/** Flags of one worker. @param device - ordinal on its host; null where the surroundings show it one device only. */
export function workerArguments(flags: WorkerFlags, device: number | null): string[] {
  const pass = (flag: string, value: string | undefined): string[] =>
    value === undefined ? [] : [flag, value];
  const { backend } = flags;
  const ordinal = device !== null && backend !== undefined && !ONE_DEVICE.has(backend);
  return [
    "--worker",
    ...pass("--connect", flags.connect),
    ...pass("--host", flags.host),
    ...pass("--port", flags.port),
    ...pass("--backend", backend),
    ...pass("--target", flags.target),
    ...pass("--amd-target", flags.amdTarget),
    ...pass("--peak-flops", flags.peakFlops),
    ...(ordinal ? ["--device-id", String(device)] : []),
    ...(flags.insecure === true ? ["--insecure"] : []),
  ];
}

/** A word of a POSIX shell that stands for `text`, whatever is in it. */
export const shellWord = (text: string): string =>
  /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

/** A command line of a POSIX shell. */
export const shellCommand = (words: readonly string[]): string => words.map(shellWord).join(" ");
