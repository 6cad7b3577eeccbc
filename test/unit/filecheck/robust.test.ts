/** @file Whatever the check file and the input are, FileCheck answers with an exit code and never throws. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { prepareCheck } from "../../../lib/filecheck/filecheck.ts";
import { DEFAULT_REQUEST, type FileCheckRequest } from "../../../lib/filecheck/request.ts";

const fragments = fc.constantFrom(
  "CHECK",
  ":",
  "-NEXT",
  "-SAME",
  "-DAG",
  "-NOT",
  "-LABEL",
  "-EMPTY",
  "-COUNT-2",
  "{LITERAL}",
  "[[",
  "]]",
  "{{",
  "}}",
  "#",
  "X",
  "%x",
  ",",
  "@LINE",
  "+",
  "(",
  ")",
  "|",
  "*",
  "\\",
  "1",
  " ",
  "\n",
  "\r\n",
  "\t",
  "a",
  "\u0000",
  "\u00ff",
  "COM:",
  "$",
  "^",
);
const text = fc
  .array(fragments, { maxLength: 40 })
  .map((parts) => Buffer.from(parts.join(""), "latin1"));
const bytes = fc.oneof(
  text,
  fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array)),
);
const flags = fc.record({
  matchFullLines: fc.boolean(),
  strictWhitespace: fc.boolean(),
  ignoreCase: fc.boolean(),
  enableVarScope: fc.boolean(),
  veryVerbose: fc.boolean(),
  color: fc.boolean(),
  dumpInput: fc.constantFrom<FileCheckRequest["dumpInput"]>("always", "never", "fail"),
});

it("answers for any bytes", () => {
  fc.assert(
    fc.property(bytes, bytes, flags, (checks, input, options) => {
      const request = { ...DEFAULT_REQUEST, ...options, verbose: options.veryVerbose };
      const prepared = prepareCheck({ name: "checks", bytes: checks }, request);
      const result = "run" in prepared ? prepared.run({ name: "input", bytes: input }) : prepared;
      expect([0, 1, 2]).toContain(result.exitCode);
    }),
    { numRuns: 3_000, seed: 7 },
  );
});

it("does not overflow on deep nesting and long lines", () => {
  const deep = Buffer.from(`CHECK: {{${"(".repeat(100_000)}a${")".repeat(100_000)}}}\n`);
  const prepared = prepareCheck({ name: "checks", bytes: deep }, DEFAULT_REQUEST);
  expect(prepared).toMatchObject({ exitCode: 2 });
  const long = Buffer.from(`CHECK: [[X:a+]]{{b|c}} [[X]]\n`);
  const ready = prepareCheck(
    { name: "checks", bytes: long },
    { ...DEFAULT_REQUEST, dumpInput: "never" },
  );
  if (!("run" in ready)) throw new Error("the check file is good");
  expect(ready.run({ name: "input", bytes: Buffer.from("a ".repeat(500_000)) }).exitCode).toBe(1);
});

it("refuses formats with more digits than memory holds", () => {
  const checks = Buffer.from("CHECK: [[#%.4294967295u,9]]\n");
  const ready = prepareCheck({ name: "checks", bytes: checks }, DEFAULT_REQUEST);
  if (!("run" in ready)) throw new Error("the check file is good");
  const { exitCode, text } = ready.run({ name: "input", bytes: Buffer.from("9\n") });
  expect(exitCode).toBe(1);
  expect(text).toContain("overflow error");
});
