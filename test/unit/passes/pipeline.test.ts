/** @file Pipeline text: parsing, printing, errors in mlir-opt's words. */
import { describe, expect, test } from "vitest";
import { canonicalize } from "#lib/passes/canonicalize.ts";
import { cse } from "#lib/passes/cse.ts";
import { inline } from "#lib/passes/inline.ts";
import { dumpPipeline, parsePipeline, passesByName, printPipeline } from "#lib/passes/pipeline.ts";

const passes = passesByName([canonicalize, cse, inline]);

const errorOf = (text: string): string => {
  const result = parsePipeline(text, passes);
  return "error" in result ? result.error : "";
};

const roundTrip = (text: string): string => {
  const result = parsePipeline(text, passes);
  return "error" in result ? result.error : printPipeline(result.pipeline);
};

describe("accepted", () => {
  test.each([
    ["builtin.module()", "builtin.module()"],
    [
      "builtin.module(func.func(cse),inline)",
      "builtin.module(func.func(cse),inline{default-pipeline=canonicalize inlining-threshold=4294967295 max-iterations=4 })",
    ],
    [" builtin.module( cse , func.func( cse ) ) ", "builtin.module(cse,func.func(cse))"],
    ["any(cse)", "any(cse)"],
    ["builtin.module(cse{})", "builtin.module(cse)"],
    [
      "builtin.module(canonicalize{max-iterations=3 top-down=0})",
      "builtin.module(canonicalize{cse-between-iterations=false    max-iterations=3 max-num-rewrites=-1 region-simplify=normal test-convergence=false top-down=false})",
    ],
    [
      "builtin.module(func.func(func.func(cse),cse))",
      "builtin.module(func.func(func.func(cse),cse))",
    ],
  ])("%s", (text, printed) => {
    expect(roundTrip(text)).toBe(printed);
    expect(roundTrip(printed)).toBe(printed);
  });

  test("10,000 nested anchors", () => {
    const text = `${"func.func(".repeat(10_000)}cse${")".repeat(10_000)}`;
    expect(roundTrip(`builtin.module(${text})`)).toBe(`builtin.module(${text})`);
  });
});

test("dumped one pass a line", () => {
  const parsed = parsePipeline("builtin.module(func.func(cse,func.func(cse)),inline)", passes);
  expect("error" in parsed ? parsed.error : dumpPipeline(parsed.pipeline)).toBe(
    [
      "Pass Manager with 2 passes:",
      "builtin.module(",
      "  func.func(",
      "    cse,",
      "    func.func(",
      "      cse",
      "    )",
      "  ),",
      "  inline{default-pipeline=canonicalize inlining-threshold=4294967295 max-iterations=4 }",
      ")",
      "",
      "",
    ].join("\n"),
  );
});

describe("errors", () => {
  const wrapped =
    "expected pass pipeline to be wrapped with the anchor operation type, e.g. 'builtin.module(...)'";
  const parser = "MLIR Textual PassPipeline Parser:";
  test.each([
    ["", wrapped],
    ["cse", wrapped],
    ["cse{x=1}", wrapped],
    [
      "builtin.module(foo)",
      `${parser}1:1: error: 'foo' does not refer to a registered pass or pass pipeline\nfoo\n^\n`,
    ],
    [
      "builtin.module(cse,csee)",
      `${parser}1:5: error: 'csee' does not refer to a registered pass or pass pipeline\ncse,csee\n    ^\ndid you mean 'cse'?\n`,
    ],
    [
      "builtin.module(,cse)",
      `${parser}1:1: error: '' does not refer to a registered pass or pass pipeline\n,cse\n^\n`,
    ],
    [
      "builtin.module(cse canonicalize)",
      `${parser}1:1: error: 'cse canonicalize' does not refer to a registered pass or pass pipeline\ncse canonicalize\n^\ndid you mean 'canonicalize'?\n`,
    ],
    [
      "builtin.module(func.func())",
      `${parser}1:11: error: '' does not refer to a registered pass or pass pipeline\nfunc.func()\n          ^\n`,
    ],
    [
      "builtin.module(func.func(cse)",
      `${parser}1:11: error: encountered unbalanced parentheses while parsing pipeline\nfunc.func(cse\n          ^\n`,
    ],
    [
      "builtin.module(cse))",
      `${parser}1:4: error: encountered extra closing ')' creating unbalanced parentheses while parsing pipeline\ncse)\n   ^\n`,
    ],
    [
      "builtin.module(canonicalize{max-iterations=3)",
      `${parser}1:13: error: missing closing '}' while processing pass options\ncanonicalize{max-iterations=3\n            ^\n`,
    ],
    [
      "builtin.module(canonicalize{max-iterations=q})",
      "for the --max-iterations option: 'q' value invalid for long argument!\nfailed to add `canonicalize` with options `max-iterations=q`\n",
    ],
    [
      "builtin.module(canonicalize{top-down=maybe})",
      "for the --top-down option: 'maybe' is invalid value for boolean argument! Try 0 or 1\nfailed to add `canonicalize` with options `top-down=maybe`\n",
    ],
    [
      "builtin.module(canonicalize{max-iteration=3})",
      "<Pass-Options-Parser>: no such option max-iteration; did you mean 'max-iterations'?\nfailed to add `canonicalize` with options `max-iteration=3`\n",
    ],
  ])("%s", (text, message) => {
    expect(errorOf(text)).toBe(message);
  });
});
