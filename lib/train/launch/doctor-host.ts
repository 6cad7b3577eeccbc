/** @file What a worker needs of this machine: a device of its backend, a compiler only for shepherds, room on the disk. */
import { mkdirSync, statfsSync } from "node:fs";
import { DeviceHost } from "#lib/runtime/device-host.ts";
import { EngineError } from "#lib/runtime/engine.ts";
import { findPython, type SearchPlace } from "#lib/runtime/python.ts";
import { findIreeTool } from "#lib/runtime/toolchain.ts";
import { isProblem } from "#lib/support/problem.ts";
import { formatBytes } from "#lib/support/text.ts";
import { type Check, fail, ok, warn } from "./doctor-network.ts";

/** Splits a message of the form `what is wrong; what to do`. */
function failed(what: string, message: string): Check {
  const [found = "", ...mend] = message.split("; ");
  return fail(what, found, mend.length === 0 ? "run 'make setup'" : mend.join("; "));
}

/** Names of the backend's driver in the runtime. */
const DRIVERS: Readonly<Record<string, string>> = {
  cpu: "local-task",
  cuda: "cuda",
  rocm: "hip",
  metal: "metal",
  vulkan: "vulkan",
};

/** Whether the runtime sees the device that a worker is to use. */
export async function checkDevice(
  backend: string,
  target: string,
  ordinal: number,
  place: SearchPlace,
): Promise<Check> {
  if (backend === "interp") return ok("device", "the interpreter, which needs none");
  const python = await findPython(place, "iree");
  if (isProblem(python)) return failed("device", python.problem);
  const driver = DRIVERS[backend] ?? backend;
  try {
    const { info, drivers } = await DeviceHost.listDevices(python, place.env);
    const found = drivers.find((known) => known.driver === driver);
    const devices = found?.devices ?? [];
    const device = devices[ordinal];
    if (device !== undefined)
      return ok(
        "device",
        `${device.uri}${device.name === "" || device.name === driver ? "" : ` ${device.name}`} for ${target} (IREE runtime ${info.runtime})`,
      );
    if (devices.length > 0)
      return fail(
        "device",
        `the runtime sees ${devices.length} of ${backend}, so that --device-id ${ordinal} is none`,
        `give --device-id 0 to ${devices.length - 1}`,
      );
    const others = drivers.filter((known) => known.devices.length > 0).map((known) => known.driver);
    return fail(
      "device",
      `the runtime sees no device of ${backend}${found?.problem === null || found === undefined ? "" : `: ${found.problem}`}`,
      `install the device's driver, or use another --backend (seen: ${others.join(", ") || "none"})`,
    );
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return failed("device", error.message);
  }
}

/** Workers get programs compiled; only a shepherd compiles. */
export async function checkCompiler(place: SearchPlace): Promise<Check> {
  const python = await findPython(place, "iree");
  const compiler = findIreeTool("iree-compile", "compiler", python, place);
  return isProblem(compiler)
    ? ok("compiler", "none here, and workers need none: the shepherd compiles")
    : ok("compiler", `${compiler.version} (only a shepherd uses it)`);
}

/** What lies on a worker's disk: its inner state twice, the data where the shepherd gives it, the program. */
export interface DiskNeed {
  /** Elements of the model. */
  readonly parameters: number;
  readonly dataBytes: number;
}

/** Bytes that a worker keeps: two moments of AdamW and a residual in f32, for the last two states and one being written. */
const bytesOnDisk = ({ parameters, dataBytes }: DiskNeed): number =>
  parameters * 4 * 3 * 3 + dataBytes + (256 << 20);

/** Whether a folder's file system has room. @param need - null where the run is not known */
export function checkDisk(folder: string, need: DiskNeed | null): Check {
  let free: number;
  try {
    mkdirSync(folder, { recursive: true });
    const { bavail, bsize } = statfsSync(folder);
    free = bavail * bsize;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    return fail(
      "disk",
      `'${folder}' cannot be used (${code})`,
      "set PCP_CACHE_DIR or --state-dir to a folder that can be written",
    );
  }
  const wanted = need === null ? 1 << 30 : bytesOnDisk(need);
  const found = `${formatBytes(free)} free in '${folder}', ${need === null ? "need not known" : `about ${formatBytes(wanted)} needed`}`;
  const mend = "make room, or set PCP_CACHE_DIR or --state-dir to another disk";
  if (free < wanted) return need === null ? warn("disk", found, mend) : fail("disk", found, mend);
  return ok("disk", found);
}
