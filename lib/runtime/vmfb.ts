/** @file Why a compiled module does not load, in one line for the user. */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";

const ZIP_START = "PK\x03\x04";
/** The record that ends a ZIP archive without a comment, and its length. */
const ZIP_END = "PK\x05\x06";
const ZIP_END_LENGTH = 22;

/** Whether a module, which is a ZIP archive too, lacks its end: the runtime itself does not look there. */
export function isCut(path: string): boolean {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch {
    return false;
  }
  try {
    const { size } = fstatSync(file);
    const read = (position: number): string => {
      const bytes = Buffer.alloc(4);
      return bytes.toString("latin1", 0, readSync(file, bytes, 0, 4, position));
    };
    return read(0) === ZIP_START && read(Math.max(0, size - ZIP_END_LENGTH)) !== ZIP_END;
  } catch {
    return false;
  } finally {
    closeSync(file);
  }
}

export const CUT = "not a whole module: the end of the file is missing; copy or compile it again";

/** The parts of a runtime's message that tell a user something, on one line. */
const withoutPlaces = (text: string): string =>
  text
    .replace(/\s+/g, " ")
    .replace(/^Error creating vm (?:module|context)[^:]*: /, "")
    .replace(/\S*runtime\/src\/iree\/\S+?:\d+: (?:[A-Z_]+; )?/g, "")
    .replace(/; (?:creating|resolving) .*$/, "")
    .trim();

/** How two releases of IREE differ: the format of the bytecode itself, or a function of the runtime that the module calls. */
function versionsApart(text: string, runtime: string): string | null {
  const bytecode = /runtime supports ([\d.]+), module has ([\d.]+)/.exec(text);
  if (bytecode !== null)
    return `its bytecode is ${bytecode[2]}, the installed ${runtime} reads ${bytecode[1]}`;
  const name = /\bimport (?:function )?'?([\w.]+)'?/.exec(text)?.[1];
  if (name !== undefined && /module '\w+' imports|signature mismatch/.test(text))
    return `it calls '${name}' otherwise than the installed ${runtime} has it`;
  return /version mismatch|requires features/.test(text) ? withoutPlaces(text) : null;
}

/**
 * What a failed load means for the user.
 * @param text - the runtime's own message.
 * @param runtime - the installed release, such as `3.13.0`.
 */
export function loadProblem(text: string, device: string, runtime: string): string {
  const apart = versionsApart(text, runtime);
  if (apart !== null)
    return `compiled by another version of IREE (${apart}); compile it again with iree-base-compiler ${runtime}`;
  const target =
    /#hal\.device\.target<"([^"]*)"(?:, \[#hal\.executable\.target<"[^"]*", "([^"]*)")?/.exec(text);
  if (target !== null && text.includes("not found or unavailable")) {
    const wanted = target.slice(1).filter((part) => part !== undefined);
    return `compiled for another device (${wanted.join(" ")}) than '${device}'; compile it for this one or pass --device`;
  }
  return `not a module that this runtime can load: ${withoutPlaces(text)}`;
}
