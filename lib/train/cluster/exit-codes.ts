/** @file What a worker process and whoever starts it have agreed on: exit codes and environment variables. */

/**
 * Exit codes of `pcp-train --worker`; every other one is a crash.
 *
 * `done`: the run has ended, or the worker was drained. `temporary` (EX_TEMPFAIL): trying again may help, such
 * as after a shepherd that could not be reached. `configuration` (EX_CONFIG): trying again cannot help, such as
 * after a refused token, another protocol version or a target that cannot be compiled for.
 */
export const WORKER_EXIT = { done: 0, temporary: 75, configuration: 78 } as const;

/** Environment variables that supervisors and launchers give a worker; its flags come before them. */
export const WORKER_ENVIRONMENT = {
  /** The join token, which is never an argument of a process that we start. */
  joinToken: "PCP_JOIN_TOKEN",
  /** `1`: the worker ends when its standard input ends. */
  exitWithParent: "PCP_EXIT_WITH_PARENT",
  /** How often the worker has been restarted: goes into its registration. */
  restarts: "PCP_RESTARTS",
  /** Name of the worker where `--name` is not given. */
  name: "PCP_WORKER_NAME",
} as const;
