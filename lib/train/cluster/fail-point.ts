/** @file Places at which a process kills or stops itself, so that tests can do it at exactly one moment of the protocol. */
import type { FailPoint } from "../protocol/ports.ts";

/** Environment variable that names a place: `NAME`, `NAME:COUNT` (the COUNT-th time), `NAME:COUNT:stop` (SIGSTOP instead of SIGKILL). */
export const FAIL_AT = "PCP_FAIL_AT";

/** The fail point that a text names; without one nothing ever fails. */
export function failPointOf(text: string | undefined): FailPoint {
  if (text === undefined || text === "") return () => {};
  const [name, count = "1", action = "kill"] = text.split(":");
  let left = Number(count);
  return (reached) => {
    if (reached !== name || --left !== 0) return;
    process.kill(process.pid, action === "stop" ? "SIGSTOP" : "SIGKILL");
  };
}
