/** @file Hostile and big inputs: deep nesting, long lines, many tokens, all in time proportional to their size. */
import { describe, expect, test } from "vitest";
import { printModule } from "#lib/asm/printer.ts";
import { errorsOf, parse, read } from "./support.ts";

const DEEP = 10_000;

const nests: Readonly<Record<string, string>> = {
  "regions in generic form": `"a.b"() (${"{\n".replace("\n", '"a.b"() (').repeat(DEEP)}`,
  modules: "module {\n".repeat(DEEP) + "}\n".repeat(DEEP),
  "array attributes": `module attributes {a.b = ${"[".repeat(DEEP)}`,
  "dictionary attributes": `module attributes ${"{a.b = ".repeat(DEEP)}`,
  "dense lists": `stablehlo.constant dense<${"[".repeat(DEEP)}1${"]".repeat(DEEP)}> : tensor<1xi8>`,
  tuples: `func.func private @f(${"tuple<".repeat(DEEP)}`,
  "function types": `func.func private @f(${"(".repeat(DEEP)}`,
  "tensor types": `func.func private @f(${"tensor<2x".repeat(DEEP)}`,
  locations: `module {} loc(${'"a"('.repeat(DEEP)}`,
  "call sites": `module {} loc(${"callsite(".repeat(DEEP)}`,
  "attribute bodies": `module attributes {a.b = #a${"<".repeat(DEEP)}`,
  "a chain of aliases": `${Array.from({ length: DEEP }, (_, i) => `#a${i} = [#a${i + 1}]`).join("\n")}\nmodule {}`,
  "an alias of itself": "#a = [#a]\nmodule attributes {a.b = #a} {}",
  "a type alias of itself": "!a = tuple<!a>\nfunc.func private @f(!a)",
};

describe("deep nesting ends in a diagnostic", () => {
  for (const [what, text] of Object.entries(nests))
    test(what, () => {
      expect(errorsOf(text)).toMatch(/^t\.mlir:\d+:\d+: error: /);
    });

  test("what stays below the limit is read and printed", () => {
    const text = "module {\n".repeat(100) + "}\n".repeat(100);
    expect(printModule(parse(printModule(parse(text))))).toBe(printModule(parse(text)));
  });
});

const seconds = (work: () => void): number => {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
};

describe("big inputs", () => {
  test("a line of 10 MB is cut in the message", () => {
    const errors = errorsOf(`module attributes {a.b = "${"x".repeat(10_000_000)}" 7} {}`);
    expect(errors.length).toBeLessThan(1000);
    expect(errors).toContain("expected '}' in attribute dictionary");
  });

  test("hostile repetitions take no more than linear time", () => {
    for (const piece of [
      "dense<",
      "#a<#b<",
      '"',
      "array<",
      "tensor<2x",
      "%0 = ",
      "{-#",
      "#a.b<[",
      "//",
      "-",
    ])
      expect(seconds(() => read(piece.repeat(200_000)))).toBeLessThan(5);
  });

  test("a big literal is one token that is decoded when asked for", () => {
    const digits = "0123456789ABCDEF".repeat(500_000);
    const type = `tensor<${digits.length / 8}xf32>`;
    const text = `%cst = stablehlo.constant dense<"0x${digits}"> : ${type}\n`;
    let module = parse("module {}");
    expect(seconds(() => (module = parse(text)))).toBeLessThan(2);
    expect(printModule(module)).toContain(digits);
  });

  test("aliases take linear time wherever their definitions stand", () => {
    const uses = Array.from({ length: 10_000 }, (_, i) => `"a.b"() : () -> () loc(#loc${i})`);
    const definitions = uses.map((_, i) => `#loc${i} = loc("x.py":${i + 1}:3)`);
    for (const separator of ["\n", " "]) {
      const text = [...uses, definitions.join(separator)].join("\n");
      expect(seconds(() => read(text))).toBeLessThan(5);
    }
  });

  test("a function of 20,000 ops is read and printed", () => {
    let body =
      "func.func @f(%v: tensor<4xf32>) -> tensor<4xf32> {\n  %0 = stablehlo.tanh %v : tensor<4xf32>\n";
    for (let i = 1; i < 20_000; i++)
      body += `  %${i} = stablehlo.add %${i - 1}, %v : tensor<4xf32>\n`;
    body += "  return %19999 : tensor<4xf32>\n}\n";
    expect(seconds(() => printModule(parse(body)))).toBeLessThan(8);
  });
});
