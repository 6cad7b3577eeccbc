/** @file Numbers, arrays, locations and other attributes as other MLIR tools print and refuse them. */
import { describe, expect, test } from "vitest";
import { errorsOf, reprint } from "./support.ts";

/** How an attribute is printed. */
const printed = (attr: string): string =>
  /\{a = (.*)\} : \(\) -> \(\)\n/.exec(reprint(`"t.a"() {a = ${attr}} : () -> ()\n`))?.[1] ?? "";

/** Place and message of the error in an attribute. */
const refused = (attr: string): string =>
  errorsOf(`"t.a"() {a = ${attr}} : () -> ()\n`).split("\n")[0] ?? "";

describe("integers", () => {
  test("without a sign wrap where they are written as unsigned numbers", () => {
    expect(printed("9223372036854775808 : i64")).toBe("-9223372036854775808 : i64");
    expect(printed("-9223372036854775808 : i64")).toBe("-9223372036854775808 : i64");
    expect(printed("340282366920938463463374607431768211455 : i128")).toBe("-1 : i128");
    expect(printed("-1 : i1")).toBe("true");
    expect(printed("dense<255> : tensor<i8>")).toBe("dense<-1> : tensor<i8>");
    expect(printed("dense<9223372036854775808> : tensor<2xi64>")).toBe(
      "dense<-9223372036854775808> : tensor<2xi64>",
    );
  });

  test("are refused out of range, behind their sign", () => {
    const range = "error: integer constant out of range for attribute";
    expect(refused("-129 : i8")).toBe(`t.mlir:1:15: ${range}`);
    expect(refused("0xFF : si8")).toBe(`t.mlir:1:14: ${range}`);
    expect(refused("18446744073709551615 : index")).toBe(`t.mlir:1:14: ${range}`);
    expect(refused("dense<255> : tensor<si8>")).toBe(
      "t.mlir:1:20: error: integer constant out of range for type",
    );
    expect(errorsOf('"t.a"() {a = 1 : f32} : () -> ()')).toContain(
      "t.mlir:1:14: note: add a trailing dot to make the literal a float",
    );
  });
});

describe("arrays", () => {
  test("hold integers of whole bytes and floats of any kind", () => {
    expect(printed("array<f16: 0.1, -3.0, 0x7C00>")).toBe(
      "array<f16: 9.997550e-02, -3.000000e+00, 0x7C00>",
    );
    expect(printed("array<bf16: 1.0, 0x7FC0>")).toBe("array<bf16: 1.000000e+00, 0x7FC0>");
    expect(printed("array<f16>")).toBe("array<f16>");
    expect(printed("array<ui8: 255>")).toBe("array<ui8: 255>");
    expect(printed("array<i16: 65535>")).toBe("array<i16: -1>");
  });

  test("say what is wrong where it is", () => {
    expect(refused("array<i4: 1>")).toBe(
      "t.mlir:1:20: error: element type bitwidth must be a multiple of 8",
    );
    expect(refused("array<i32: >")).toBe("t.mlir:1:25: error: expected integer literal");
    expect(refused("array<i8: 256>")).toBe("t.mlir:1:27: error: integer constant out of range");
  });
});

describe("locations", () => {
  const shown = (loc: string): string => {
    const text = reprint(`"t.a"() : () -> () loc(${loc})\n`, { debugInfo: true, localScope: true });
    return /-> \(\) loc\((.*)\)\n/.exec(text)?.[1] ?? "";
  };

  test("fused are opened, without repetitions and unknown ones", () => {
    expect(shown('fused["a", "a"]')).toBe('"a"');
    expect(shown('fused["a", unknown]')).toBe('"a"');
    expect(shown("fused[]")).toBe("unknown");
    expect(shown('fused<"m">[unknown]')).toBe('fused<"m">[unknown]');
    expect(shown('fused<"m">["a", "a", "b"]')).toBe('fused<"m">["a", "b"]');
    expect(shown('fused[fused["a", "b"], "c"]')).toBe('fused["a", "b", "c"]');
    expect(shown('fused[fused<"m">["a", "b"], "c"]')).toBe('fused[fused<"m">["a", "b"], "c"]');
  });

  test("in files need no column and no end", () => {
    expect(shown('"f":1')).toBe('"f":1:0');
    expect(shown('"f":1:2 to :2')).toBe('"f":1:2');
    expect(shown('"":3:4')).toBe('"-":3:4');
    expect(errorsOf('"t.a"() : () -> () loc("f":1:2 to "y":3:4)')).toContain(
      "t.mlir:1:34: error: expected either integer or `:` post `to` in FileLineColRange",
    );
  });
});

describe("attributes that are kept as text", () => {
  test("may have comparisons, numbers and aliases", () => {
    const set = "affine_set<(d0) : (d0 - 1 >= 0, d0 == 0)>";
    expect(printed(set)).toBe(set);
    expect(printed("affine_set<(d0)[s0] : (d0 - s0 <= 3)>")).toContain("<= 3)>");
    expect(printed("distinct[0]<1 : i32>")).toBe("distinct[0]<1 : i32>");
    expect(printed("tensor<2xf32, affine_map<(d0) -> (d0)>>")).toBe(
      "tensor<2xf32, affine_map<(d0) -> (d0)>>",
    );
    expect(
      reprint('#b = #stablehlo.bounds<4>\n"t.a"() {a = tensor<?xf32, #b>} : () -> ()'),
    ).toContain("tensor<?xf32, #stablehlo.bounds<4>>");
  });

  test("have one spelling of bounds", () => {
    expect(printed("#stablehlo.type_extensions<bounds = [4, ?]>")).toBe("#stablehlo.bounds<4, ?>");
    expect(printed("tensor<?xf32, #stablehlo.type_extensions<bounds = [4]>>")).toBe(
      "tensor<?xf32, #stablehlo.bounds<4>>",
    );
  });
});

describe("enumerations", () => {
  test("have the values that they have", () => {
    expect(printed("#stablehlo<precision  HIGH >")).toBe("#stablehlo<precision HIGH>");
    const errors = errorsOf('"t.a"() {a = #stablehlo<precision FOO>} : () -> ()').split("\n");
    expect(errors[0]).toBe(
      "t.mlir:1:35: error: expected ::mlir::stablehlo::Precision to be one of: DEFAULT, HIGH, HIGHEST",
    );
    expect(errors[3]).toBe(
      "t.mlir:1:38: error: failed to parse StableHLO_PrecisionAttr parameter 'value' which is to be a `::mlir::stablehlo::Precision`",
    );
    expect(refused("#chlo<comparison_type xx>")).toContain("::mlir::chlo::ComparisonType");
  });
});

describe("places of mistakes in types", () => {
  test("are behind an alias and at an element", () => {
    expect(refused("#foo : i32")).toBe("t.mlir:1:18: error: undefined symbol alias id 'foo'");
    expect(refused("tensor<2x!foo>")).toBe("t.mlir:1:27: error: undefined symbol alias id 'foo'");
    expect(refused("tensor<2x none>")).toBe("t.mlir:1:24: error: invalid tensor element type");
  });
});
