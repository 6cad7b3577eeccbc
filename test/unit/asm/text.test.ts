/** @file Texts of numbers, strings, names and places, and the places that messages point at. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { floatText } from "#lib/asm/float-text.ts";
import { wrongTokenOffset } from "#lib/asm/grammar/base.ts";
import { printOperation } from "#lib/asm/printer.ts";
import { escapeString, unescapeString } from "#lib/asm/strings.ts";
import { floatBits, floatFromBits } from "#lib/ir/attributes.ts";
import { errorsOf, parse, reprint } from "./support.ts";

const text = (value: number, type: string): string =>
  floatText(value, floatBits(value, type), type);

describe("floats", () => {
  test("are short where that is exact, whole where it is not, bits where neither has a point", () => {
    expect(text(0.1, "f64")).toBe("1.000000e-01");
    expect(text(-0, "f32")).toBe("-0.000000e+00");
    expect(text(1 / 3, "f64")).toBe("0.33333333333333331");
    expect(text(Math.fround(1 / 3), "f32")).toBe("0.333333343");
    expect(text(123456.789, "f64")).toBe("123456.789");
    expect(text(1234567, "f32")).toBe("0x4996B438");
    expect(text(1.5e300, "f64")).toBe("1.500000e+300");
    expect(text(Number.POSITIVE_INFINITY, "f32")).toBe("0x7F800000");
    expect(text(Number.NaN, "f64")).toBe("0x7FF8000000000000");
    expect(text(0.0999755859375, "f16")).toBe("9.997550e-02");
  });

  test("read back to the same bits", () => {
    for (const type of ["f64", "f32", "bf16", "f16"])
      fc.assert(
        fc.property(fc.double(), (value) => {
          const bits = floatBits(value, type);
          const shown = floatText(floatFromBits(bits, type), bits, type);
          const back = shown.startsWith("0x") ? BigInt(shown) : floatBits(Number(shown), type);
          expect(back).toBe(bits);
        }),
        { numRuns: 2000, seed: 5 },
      );
  });
});

describe("strings", () => {
  test("are escaped byte by byte and come back", () => {
    expect(escapeString('a"\\\né')).toBe('"a\\22\\\\\\0A\\C3\\A9"');
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (value) => {
        expect(unescapeString(escapeString(value))).toBe(value);
      }),
    );
  });
});

describe("places of messages", () => {
  test("are behind what comes before the token, comments and blank lines aside", () => {
    expect(wrongTokenOffset("ab  cd", 4)).toBe(2);
    expect(wrongTokenOffset("ab // x\n\n  cd", 11)).toBe(2);
    expect(wrongTokenOffset("  cd", 2)).toBe(2);
  });

  test("are the use, the definition and the token", () => {
    const errors = errorsOf(
      "func.func @f(%a: tensor<f32>) {\n  %0 = stablehlo.add %a, %a : tensor<2xf32>\n}\n",
    );
    expect(errors).toBe(
      "t.mlir:2:22: error: use of value '%a' expects different type than prior uses: 'tensor<2xf32>' vs 'tensor<f32>'\n" +
        "  %0 = stablehlo.add %a, %a : tensor<2xf32>\n" +
        "                     ^\n" +
        "t.mlir:1:14: note: prior use here\n" +
        "func.func @f(%a: tensor<f32>) {\n" +
        "             ^\n",
    );
  });
});

describe("source lines", () => {
  test("are shown whole up to 2,000 characters, then around the caret", () => {
    const lines = (size: number): string[] =>
      errorsOf(`"t.a"() {a = "${"x".repeat(size)}", b = %c} : () -> ()`).split("\n");
    expect(lines(500)[1]).toHaveLength(535);
    expect(lines(5000)[1]).toHaveLength(160);
  });
});

describe("names", () => {
  test("clash within a region and are free again beside it", () => {
    const body =
      "%k = stablehlo.constant dense<1> : tensor<i32>\n stablehlo.return %k : tensor<i32>";
    const shown = reprint(
      `func.func @f(%p: tensor<i1>) {\n %c = stablehlo.constant dense<0> : tensor<i32>\n "stablehlo.if"(%p) ({ ${body} }, { ${body} }) : (tensor<i1>) -> tensor<i32>\n return\n}`,
    );
    expect(shown.match(/%c_0 =/g)).toHaveLength(2);
    expect(shown).not.toContain("%c_1");
  });

  test("of one op are those that it has in its function", () => {
    const module = parse(
      "func.func @f(%a: tensor<f32>) {\n %0 = stablehlo.tanh %a : tensor<f32>\n %1 = stablehlo.add %0, %a : tensor<f32>\n return\n}",
    );
    const op = module.region().entry.first?.region().entry.first?.next;
    expect(op ? printOperation(op) : "").toBe(
      '%1 = "stablehlo.add"(%0, %arg0) : (tensor<f32>, tensor<f32>) -> tensor<f32>',
    );
  });
});
