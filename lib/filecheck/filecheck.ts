/** @file Checks an input against the directives of a check file: the whole of FileCheck as one function. */
import { defineVariables, readCheckFile } from "./check-file.ts";
import { dumpInput } from "./dump.ts";
import { Matcher } from "./matcher.ts";
import type { PatternProblem } from "./pattern.ts";
import type { FileCheckRequest } from "./request.ts";
import { ByteText, renderMessage } from "./source.ts";
import { Variables } from "./variables.ts";

/** Exit codes: matched, did not match, the request was wrong. */
export const FILECHECK_EXIT = { ok: 0, mismatch: 1, usage: 2 } as const;

/** A file as it was read. */
export interface FileCheckText {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The exit code and what goes to standard error; the text's characters are bytes. */
export interface FileCheckResult {
  readonly exitCode: number;
  readonly text: string;
}

const CHUNK = 8_192;

/** Bytes as a string with one character per byte. */
export const bytesToText = (bytes: Uint8Array): string =>
  decode(
    bytes,
    bytes.every((byte) => byte < 128),
  );

function decode(bytes: Uint8Array, isAscii: boolean): string {
  if (isAscii) return new TextDecoder().decode(bytes);
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += CHUNK)
    parts.push(String.fromCharCode(...bytes.subarray(at, at + CHUNK)));
  return parts.join("");
}

/** A string with one character per byte as bytes. */
export function textToBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}

/**
 * A file's text without the carriage returns of line ends and, unless told otherwise, with one space for every run of
 * blanks.
 */
function canonicalText(bytes: Uint8Array, strictWhitespace: boolean): string {
  const end = bytes.length;
  const result = new Uint8Array(end);
  let length = 0;
  let at = 0;
  let bits = 0;
  while (at < end) {
    const byte = bytes[at++] as number;
    bits |= byte;
    if (byte > 32) result[length++] = byte;
    else if (byte === 13 && bytes[at] === 10) continue;
    else if (!strictWhitespace && (byte === 32 || byte === 9)) {
      result[length++] = 32;
      while (bytes[at] === 32 || bytes[at] === 9) at++;
    } else result[length++] = byte;
  }
  return decode(result.subarray(0, length), bits < 128);
}

const ALLOWED_PREFIX = /^[a-zA-Z0-9_-]*$/;

/** What is wrong with the prefixes of a request, or null. */
export function prefixProblem(request: FileCheckRequest): string | null {
  const used = new Set<string>();
  if (request.checkPrefixes.length === 0) used.add("CHECK");
  if (request.commentPrefixes.length === 0) used.add("COM").add("RUN");
  const kinds = [
    ["check", request.checkPrefixes],
    ["comment", request.commentPrefixes],
  ] as const;
  for (const [kind, prefixes] of kinds) {
    for (const prefix of prefixes) {
      if (prefix === "") return `error: supplied ${kind} prefix must not be the empty string\n`;
      if (!ALLOWED_PREFIX.test(prefix))
        return `error: supplied ${kind} prefix must start with a letter and contain only alphanumeric characters, hyphens, and underscores: '${prefix}'\n`;
      if (used.has(prefix))
        return `error: supplied ${kind} prefix must be unique among check and comment prefixes: '${prefix}'\n`;
      used.add(prefix);
    }
  }
  return null;
}

const renderProblems = (problems: readonly PatternProblem[], color: boolean): string =>
  problems
    .map(({ place, message, spaced, beside = [] }): string => {
      if (place === null) return `${message}\n`;
      const text = renderMessage(place, "error", message, null, color);
      return (spaced ? `${text}\n` : text) + renderProblems(beside, color);
    })
    .join("");

/** A check file that was read, ready for an input. */
export interface PreparedCheck {
  /** Checks an input. */
  run(input: FileCheckText): FileCheckResult;
}

/**
 * Reads a check file. The result is either ready to run or the failure to report; the input is asked for
 * only afterwards, as its mistakes come second.
 */
export function prepareCheck(
  checks: FileCheckText,
  request: FileCheckRequest,
): PreparedCheck | FileCheckResult {
  const badPrefix = prefixProblem(request);
  if (badPrefix !== null) return { exitCode: FILECHECK_EXIT.usage, text: badPrefix };
  const checkText = canonicalText(checks.bytes, request.strictWhitespace);
  const source = new ByteText(checks.name, checkText);
  const variables = new Variables();
  const defineProblems = defineVariables(request.defines, variables);
  if (defineProblems.length > 0)
    return { exitCode: FILECHECK_EXIT.usage, text: renderProblems(defineProblems, request.color) };
  const file = readCheckFile(source, request, variables);
  if ("text" in file) return { exitCode: FILECHECK_EXIT.usage, text: file.text };
  if ("problems" in file)
    return { exitCode: file.exitCode, text: renderProblems(file.problems, request.color) };
  const implicit = file.implicit.map(({ pattern }) => pattern);
  return {
    run(inputFile) {
      const inputText = canonicalText(inputFile.bytes, request.strictWhitespace);
      const input = new ByteText(inputFile.name, inputText);
      const matcher = new Matcher(input, file.groups, request, variables);
      const passed = matcher.run();
      let { text } = matcher;
      const dumping = request.dumpInput === "always" || (request.dumpInput === "fail" && !passed);
      if (dumping) {
        text += `\nInput file: ${inputFile.name}\nCheck file: ${checks.name}\n\n`;
        text += "-dump-input=help explains the following input dump.\n\n";
        text += dumpInput(matcher.events, source, implicit, input, request);
      }
      return { exitCode: passed ? FILECHECK_EXIT.ok : FILECHECK_EXIT.mismatch, text };
    },
  };
}
