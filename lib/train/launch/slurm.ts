/** @file A Slurm job script that places workers: one array element each, which comes back when it is lost. */

import { EXIT } from "#lib/support/io.ts";
import type { Problem } from "#lib/support/problem.ts";
import { WORKER_ENVIRONMENT, WORKER_EXIT } from "../cluster/exit-codes.ts";
import { shellCommand, shellWord } from "./worker-command.ts";

export interface SlurmSettings {
  readonly name: string;
  readonly workers: number;
  /** Program and flags of one worker, without the token. */
  readonly command: readonly string[];
  /** File that holds the join token, readable on every node; null for a run without one. */
  readonly tokenFile: string | null;
  /** Folder of the logs, on a file system that every node has. */
  readonly folder: string;
  /** Seconds between the notice and the end of a job's time. */
  readonly notice: number;
  /** A worker that had to be placed so often again stays away. */
  readonly maxRequeues: number;
  /** Values of sbatch options by name without dashes, such as `partition`; `undefined` leaves one out. */
  readonly options: Readonly<Record<string, string | undefined>>;
  /** Further sbatch options as they are, such as `--exclusive`. */
  readonly further: readonly string[];
}

/** sbatch reads its options from comments, in which a line break would begin something else. */
function optionProblem(text: string): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose
  return /[\u0000-\u001f\u007f]/.test(text) ? "has a control character in it" : null;
}

const codes = [WORKER_EXIT.done, WORKER_EXIT.configuration, EXIT.usage].join(" | ");

/**
 * What the job does. The worker is a job step, so that it can be signalled and accounted for by itself; the script
 * around it decides what its end means:
 * - the run is over, or the mistake stays: the job ends with the worker's exit code;
 * - Slurm gave notice (time limit, preemption) and the job has not been cancelled: it is queued again;
 * - the worker was lost: the job is queued again, a limited number of times.
 */
const body = ({ command, tokenFile, maxRequeues }: SlurmSettings): string => `
set -u
umask 077
element=\${SLURM_ARRAY_TASK_ID:-0}
# The number of one element may be that of the whole array, which is not meant.
job=$SLURM_JOB_ID
[ -z "\${SLURM_ARRAY_TASK_ID:-}" ] || job=\${SLURM_ARRAY_JOB_ID}_$element
export ${WORKER_ENVIRONMENT.name}="slurm-\${SLURM_ARRAY_JOB_ID:-$SLURM_JOB_ID}-$element"
export ${WORKER_ENVIRONMENT.restarts}="\${SLURM_RESTART_COUNT:-0}"
${
  tokenFile === null
    ? ""
    : `${WORKER_ENVIRONMENT.joinToken}=$(cat ${shellWord(tokenFile)}) || exit ${WORKER_EXIT.configuration}
export ${WORKER_ENVIRONMENT.joinToken}
`
}
noticed=
notice() {
  noticed=yes
  # srun itself would kill the worker; the step's processes hand in what they have.
  scancel --signal=TERM "$job.0"
}
trap notice TERM

srun --ntasks=1 --cpus-per-task="\${SLURM_CPUS_PER_TASK:-1}" --kill-on-bad-exit=0 \\
  ${shellCommand(command)} &
step=$!
code=0
wait "$step" || code=$?
# A trap ends the wait before the step has ended.
while kill -s 0 "$step" 2>/dev/null; do
  code=0
  wait "$step" || code=$?
done

state=$(squeue --noheader --jobs="$job" --format=%T)
echo "worker $${WORKER_ENVIRONMENT.name} ended with exit code $code (job $job: $state)"
# Cancelled, or already on its way back into the queue.
[ "$state" = RUNNING ] || exit "$code"
case $code in
  ${codes}) [ -n "$noticed" ] && [ "$code" -eq 0 ] || exit "$code" ;;
esac
if [ -z "$noticed" ] && [ "\${SLURM_RESTART_COUNT:-0}" -ge ${maxRequeues} ]; then
  echo "queued again ${maxRequeues} times already: given up"
  exit "$code"
fi
exec scontrol requeue "$job"
`;

/** The script for sbatch, or what is wrong with the settings. */
export function slurmScript(settings: SlurmSettings): string | Problem {
  const { name, workers, folder, notice, options, further } = settings;
  const log = workers > 1 ? "worker-%A_%a.log" : "worker-%j.log";
  const all: Record<string, string | undefined> = {
    "job-name": name,
    ...(workers > 1 ? { array: `0-${workers - 1}` } : {}),
    nodes: "1",
    ntasks: "1",
    signal: `B:TERM@${notice}`,
    "open-mode": "append",
    // A percent sign would begin a field of Slurm.
    output: `${folder.replaceAll("%", "%%")}/${log}`,
    ...options,
  };
  const lines = ["--requeue"];
  for (const [key, value] of Object.entries(all)) {
    if (value === undefined) continue;
    const problem = optionProblem(value);
    if (problem !== null) return { problem: `the value of --${key} ${problem}` };
    // sbatch takes quoted words apart as a shell does.
    lines.push(
      `--${key}=${/[\s'"\\]/.test(value) ? `"${value.replaceAll(/["\\]/g, "\\$&")}"` : value}`,
    );
  }
  for (const flag of further) {
    const problem = flag.startsWith("-") ? optionProblem(flag) : "does not begin with '-'";
    if (problem !== null) return { problem: `the sbatch option '${flag}' ${problem}` };
    lines.push(flag);
  }
  return `#!/bin/bash\n${lines.map((line) => `#SBATCH ${line}\n`).join("")}${body(settings)}`;
}
