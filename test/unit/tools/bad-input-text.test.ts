/** @file Text that no tool should be given: cut short, random, nested, long, with control characters. Driver functions in memory. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { litMain } from "#lib/driver/lit.ts";
import { type MemoryIo, memoryIo } from "#lib/driver/memory-io.ts";
import { runTool } from "#lib/driver/run-tool.ts";
import { TOOLS } from "#lib/driver/tool-registry.ts";
import { randomFrom } from "./random-bytes.ts";

const deep = 10_000;
const around = (open: string, inside: string, close: string): string =>
  open.repeat(deep) + inside + close.repeat(deep);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pcp-bad-text-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Called {
  readonly code: number;
  readonly io: MemoryIo;
  readonly stderr: string;
}

async function call(tool: string, argv: readonly string[], stdin = ""): Promise<Called> {
  const io = memoryIo({ argv, stdin, cwd: folder, env: process.env });
  const load = tool === "lit-js" ? () => Promise.resolve(litMain) : TOOLS[tool];
  if (load === undefined) throw new Error(`no tool ${tool}`);
  const code = await runTool(await load(), io, tool);
  return { code, io, stderr: io.stderrText() };
}

/** Neither a stack nor control characters nor an internal error, and not more than a person reads. */
function expectReadable({ code, stderr }: Called, what: string): void {
  expect([0, 1, 2], `${what}: ${stderr.slice(0, 300)}`).toContain(code);
  expect(stderr, what).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is checked
  expect(stderr, what).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f]/);
  expect(stderr.length, what).toBeLessThan(8000);
  if (code !== 0) expect(stderr, what).not.toBe("");
}

const MODULE = `#loc = loc("a.py":1:2)
module attributes {test.a = dense<[1.0, 0x7FC00000]> : tensor<2xf32>, test.b = array<i64: 1, 2>} {
  func.func @main(%x: tensor<2x3xf32> {pcp.name = "x"}, %i: tensor<2xi64>) -> tensor<f32> {
    %zero = stablehlo.constant dense<0.0> : tensor<f32>
    %y = stablehlo.dot_general %x, %x, contracting_dims = [1] x [1] : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x2xf32> loc(#loc)
    %z = "stablehlo.transpose"(%y) <{permutation = array<i64: 1, 0>}> : (tensor<2x2xf32>) -> tensor<2x2xf32>
    %w = stablehlo.reduce(%z init: %zero) applies stablehlo.add across dimensions = [0, 1] : (tensor<2x2xf32>, tensor<f32>) -> tensor<f32>
    return %w : tensor<f32>
  }
}
{-# dialect_resources: { builtin: { w: "0x040000000000803F" } } #-}
`;

describe("MLIR text", () => {
  it("is read whole", async () => {
    for (const tool of ["pcp-opt", "pcp-autodiff"])
      expect((await call(tool, [], MODULE)).code).toBe(0);
  });

  it.each(["pcp-opt", "pcp-autodiff"])(
    "cut short at any byte ends in a diagnostic of %s",
    async (tool) => {
      const step = tool === "pcp-opt" ? 1 : 5;
      for (let length = 0; length < MODULE.length; length += step)
        expectReadable(await call(tool, [], MODULE.slice(0, length)), `${length} bytes`);
    },
  );

  it("with any byte changed ends in a result or a diagnostic", async () => {
    const random = randomFrom(1);
    for (let at = 0; at < MODULE.length; at += 3) {
      const changed = MODULE.slice(0, at) + String.fromCharCode(random(128)) + MODULE.slice(at + 1);
      const called = await call("pcp-opt", ["--canonicalize", "--cse"], changed);
      expectReadable(called, JSON.stringify(changed.slice(Math.max(0, at - 20), at + 20)));
    }
  });

  it("of random bytes ends in a diagnostic", async () => {
    const random = randomFrom(2);
    for (let round = 0; round < 60; round++) {
      const bytes = Uint8Array.from({ length: 400 }, () => random(256));
      for (const tool of ["pcp-opt", "pcp-autodiff", "pcp-run"]) {
        writeFileSync(join(folder, "random"), bytes);
        const argv = tool === "pcp-run" ? ["random", "--engine=interp"] : ["random"];
        const called = await call(tool, argv);
        expectReadable(called, `round ${round} of ${tool}`);
        expect(called.code).toBe(1);
      }
    }
  });

  it("shows control characters escaped, in names of files too", async () => {
    const called = await call(
      "pcp-opt",
      [],
      'module {\n  "a\u001b[31m\u0007b.c"() : () -> ()\n}\n',
    );
    expectReadable(called, "op name");
    for (const [tool, argv] of [
      ["pcp-opt", []],
      ["pcp-autodiff", []],
      ["pcp-run", ["--engine=interp"]],
      ["pcp-train", ["--config"]],
      ["pcp-export", []],
      ["lit-js", []],
      ["filecheck-js", []],
    ] as const) {
      const missing = await call(tool, [...argv, "a\n\u001b[31mb"]);
      expectReadable(missing, tool);
      expect(missing.stderr.trim().split("\n"), tool).toHaveLength(1);
      expect(missing.stderr).toContain("a\\n\\x1b[31mb");
    }
  });

  const NESTED: Readonly<Record<string, string>> = {
    regions: around('"stablehlo.custom"() ({\n', "", "}) : () -> ()\n"),
    modules: around("module {\n", "", "}\n"),
    "open regions": '"test.op"() ({\n'.repeat(deep),
    parentheses: "(".repeat(deep),
    "lists of attributes": `module attributes {test.a = ${around("[", "", "]")}} {}`,
    dictionaries: `module attributes {test.a = ${around("{b = ", "1", "}")}} {}`,
    types: `func.func private @f(${around("tuple<", "f32", ">")})`,
    "function types": `func.func private @f(${around("(f32) -> (", "f32", ")")})`,
    "call sites": `module {} loc(${around('callsite("a" at ', '"b"', ")")})`,
    "fused locations": `module {} loc(${around("fused[", '"b"', "]")})`,
    "named locations": `module {} loc(${around('"a"(', '"b"', ")")})`,
    literals: `module attributes {test.a = dense<${around("[", "1", "]")}> : tensor<1xi32>} {}`,
    aliases: `${Array.from({ length: deep }, (_, i) => `#a${i} = [#a${i + 1}]\n`).join("")}#a${deep} = 1\nmodule attributes {test.a = #a0} {}`,
  };
  it.each(Object.keys(NESTED))("with 10,000 nested %s ends in one diagnostic", async (what) => {
    const started = performance.now();
    const called = await call("pcp-opt", ["--allow-unregistered-dialect"], NESTED[what]);
    expectReadable(called, what);
    expect(called.code).toBe(1);
    expect(called.stderr.match(/error: /g)).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it("with 10,000 calls within calls is not run", async () => {
    const type = "tensor<f32>";
    const functions = Array.from(
      { length: deep },
      (_, i) =>
        `func.func private @f${i}(%x: ${type}) -> ${type} {\n%y = call @f${i + 1}(%x) : (${type}) -> ${type}\nreturn %y : ${type}\n}\n`,
    );
    const last = `func.func private @f${deep}(%x: ${type}) -> ${type} {\nreturn %x : ${type}\n}\n`;
    const main = `func.func @main(%x: ${type}) -> ${type} {\n%y = call @f0(%x) : (${type}) -> ${type}\nreturn %y : ${type}\n}\n`;
    const called = await call(
      "pcp-run",
      ["--engine=interp", "--input=1"],
      [...functions, last, main].join(""),
    );
    expectReadable(called, "calls");
    expect(called.code).toBe(1);
    expect(called.stderr).toContain("calls nest deeper than 256");
  });

  const long = 10_000_000;
  const LONG: Readonly<Record<string, string>> = {
    "one name": "x".repeat(long),
    "an open string": `"${"x".repeat(long)}`,
    "blanks before a mistake": `module {${" ".repeat(long)}bogus }`,
    "a literal with a mistake at its end": `module attributes {test.a = dense<[${"1, ".repeat(long / 3)}x]> : tensor<9xi32>} {}`,
  };
  it.each(Object.keys(LONG))(
    "with a line of 10 MB, %s, ends in a short diagnostic",
    async (what) => {
      const called = await call("pcp-opt", [], LONG[what]);
      expectReadable(called, what);
      expect(called.code).toBe(1);
    },
  );

  it.each([
    ["dense<[1, 2, 3]> : tensor<2xi32>", "inferred shape of elements literal"],
    ['dense<"0x0102"> : tensor<2xi32>', "elements hex"],
    ["dense<[[1, 2], [3]]> : tensor<2x2xi32>", "tensor literal is invalid"],
  ])("with a wrong number of elements, %s, says so", async (literal, text) => {
    const called = await call("pcp-opt", [], `module attributes {test.a = ${literal}} {}`);
    expectReadable(called, literal);
    expect(called.code).toBe(1);
    expect(called.stderr).toContain(text);
  });

  it("with an unknown op names the nearest", async () => {
    const called = await call(
      "pcp-opt",
      [],
      MODULE.replace("stablehlo.dot_general", "stablehlo.dot_genral"),
    );
    expect(called.code).toBe(1);
    expect(called.stderr).toContain("did you mean 'stablehlo.dot_general'?");
  });
});

describe("configs", () => {
  const config = (text: string): Promise<Called> => {
    writeFileSync(join(folder, "config.json"), text);
    return call("pcp-train", ["--config", "config.json"]);
  };

  it("cut short at any byte end in a diagnostic", async () => {
    const text = readFileSync(
      join(import.meta.dirname, "../../../examples/nanochat/train.json"),
      "utf8",
    ).trimEnd();
    for (let length = 0; length < text.length; length++) {
      const called = await config(text.slice(0, length));
      expectReadable(called, `${length} bytes`);
      expect(called.code).toBe(1);
    }
  });

  it.each([
    [
      '{"steps": 10, "x": nope}',
      /config\.json:1:2[01]: error: config is not JSON: Unexpected token/,
    ],
    ["not JSON", /config\.json:1:[12]: error: config is not JSON/],
    ["[]", /config must be a JSON object/],
    ["[".repeat(100_000), /config is not JSON/],
    [`${'{"steps":'.repeat(10_000)}1${"}".repeat(10_000)}`, /config is nested too deep/],
    ["x".repeat(10_000_000), /config\.json:1:1: error: config is not JSON/],
  ])("that are no configs are refused at their place", async (text, message) => {
    const called = await config(text);
    expectReadable(called, text.slice(0, 100));
    expect(called.code).toBe(1);
    expect(called.stderr).toMatch(message);
    expect(called.stderr.match(/error: /g)).toHaveLength(1);
  });

  it("with unknown keys name the nearest, whatever the key is called", async () => {
    const called = await config('{"stepz": 3, "constructor": 1, "toString": {"a": 2}}');
    expectReadable(called, "keys");
    expect(called.stderr).toContain("unknown key 'stepz'; did you mean 'steps'?");
    expect(called.stderr).toContain("unknown key 'constructor'");
    expect(called.stderr).toContain("unknown key 'toString'");
  });
});

describe("check files and tests", () => {
  const CHECKS =
    "// CHECK: a{{[0-9]+(x|y)*}}b [[V:[a-z]+]] [[#N:]]\n// CHECK-NEXT: [[V]] [[#N+1]]\n// CHECK-NOT: no{{$}}\n";

  it("cut short at any byte, or with any byte changed, do not end FileCheck badly", async () => {
    const random = randomFrom(3);
    for (let at = 0; at <= CHECKS.length; at++) {
      const changed = CHECKS.slice(0, at) + String.fromCharCode(random(128)) + CHECKS.slice(at + 1);
      for (const text of [CHECKS.slice(0, at), changed]) {
        writeFileSync(join(folder, "checks"), text);
        const { code, stderr } = await call("filecheck-js", ["checks"], "a1xb foo 3\nfoo 4\n");
        expect([0, 1, 2], stderr).toContain(code);
        expect(stderr).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
      }
    }
  });

  it("nested 10,000 deep end in one error of FileCheck", async () => {
    for (const pattern of [
      `{{${around("(", "a", ")")}}}`,
      `[[#${around("(", "1", ")")}]]`,
      `{{${"[".repeat(deep)}}}`,
      `{{${"a{2}".repeat(9)}{1000}{1000}}}`,
    ]) {
      writeFileSync(join(folder, "checks"), `// CHECK: ${pattern}\n`);
      const { code, stderr } = await call("filecheck-js", ["checks"], "b\n");
      expect([1, 2], stderr.slice(0, 300)).toContain(code);
      expect(stderr).not.toContain("internal error");
    }
  });

  it("of lit with a wrong configuration end in one line", async () => {
    for (const [text, message] of [
      ["{", /JSON/],
      ["[]", /object/],
      ['{"suffixez": [".mlir"]}', /suffix/],
      [around('{"a":', "1", "}"), /./],
    ] as const) {
      writeFileSync(join(folder, "lit.cfg.json"), text);
      const called = await call("lit-js", ["."]);
      expectReadable(called, text.slice(0, 50));
      expect(called.code).toBe(2);
      expect(called.stderr).toMatch(message);
      expect(called.stderr.trim().split("\n")).toHaveLength(1);
    }
  });
});
