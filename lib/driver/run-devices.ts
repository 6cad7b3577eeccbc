/** @file `pcp-run devices` and `pcp-run doctor`: what this machine can run, and what to type to mend it. */
import { DeviceHost } from "#lib/runtime/device-host.ts";
import { checkSetup, type Finding } from "#lib/runtime/doctor.ts";
import { requirePython } from "#lib/runtime/open.ts";
import { EXIT, type ToolIo } from "#lib/support/io.ts";
import { plural } from "#lib/support/text.ts";

/** `pcp-run devices`. */
export async function runDevices(
  io: ToolIo,
  options: { readonly json?: boolean },
): Promise<number> {
  const python = await requirePython(io);
  const { info, drivers } = await DeviceHost.listDevices(python, io.env);
  if (options.json === true) {
    io.stdout.write(`${JSON.stringify({ runtime: info.runtime, drivers })}\n`);
    return EXIT.ok;
  }
  for (const { driver, devices, problem } of drivers) {
    for (const { uri, name } of devices)
      io.stdout.write(`${uri}${name === "" || name === driver ? "" : `  ${name}`}\n`);
    if (devices.length === 0)
      io.stdout.write(`${driver}: none (${problem ?? "no device found"})\n`);
  }
  return EXIT.ok;
}

const line = ({ ok, what, found, mend }: Finding): string =>
  `${ok ? "ok  " : "FAIL"}  ${what.padEnd(14)}${found}${mend === null ? "" : `\n      ${"".padEnd(14)}-> ${mend}`}\n`;

/** `pcp-run doctor`: exit 1 where something needs mending. */
export async function runDoctor(io: ToolIo, options: { readonly json?: boolean }): Promise<number> {
  const findings = await checkSetup(io);
  const failed = findings.filter(({ ok }) => !ok).length;
  if (options.json === true) io.stdout.write(`${JSON.stringify({ ok: failed === 0, findings })}\n`);
  else {
    for (const finding of findings) io.stdout.write(line(finding));
    io.stdout.write(failed === 0 ? "all is well\n" : `${plural(failed, "thing")} to mend\n`);
  }
  return failed === 0 ? EXIT.ok : EXIT.failure;
}
