/** @file The grammar of --input. */
import { describe, expect, it } from "vitest";
import { parseInputSpec, parseInputSpecs } from "#lib/export/input-spec.ts";

describe("parseInputSpec", () => {
  it("reads a range of tokens", () => {
    expect(parseInputSpec("tokens=i64[8x128]:randint(0,256)")).toEqual({
      method: null,
      name: "tokens",
      dtype: "i64",
      shape: [8, 128],
      contents: "randint",
      low: 0,
      high: 256,
    });
  });

  it("fills floats with normal numbers and integers with zeros by default", () => {
    expect(parseInputSpec("x=f32[2x3]")).toMatchObject({ contents: "randn", shape: [2, 3] });
    expect(parseInputSpec("n=i32[]")).toMatchObject({ contents: "zeros", shape: [] });
  });

  it("takes a method, one bound, spaces and negative bounds", () => {
    expect(parseInputSpec("logits.tokens=i64[1x16]:randint(65)")).toMatchObject({
      method: "logits",
      low: 0,
      high: 65,
    });
    expect(parseInputSpec("y=i64[4]:randint(-1, 3)")).toMatchObject({ low: -1, high: 3 });
  });

  it.each([
    ["tokens", "cannot read --input 'tokens'"],
    ["tokens=i65[2]", "unknown element type 'i65'"],
    ["tokens=i64[2y3]", "cannot read the shape '[2y3]'"],
    ["tokens=i64[-1]", "cannot read the shape"],
    ["tokens=i64[2]:randint(3,3)", "randint needs two whole numbers, low below high"],
    ["tokens=i64[2]:randint(a,b)", "randint needs two whole numbers"],
    ["tokens=i64[2]:random", "unknown contents 'random'"],
    ["tokens=i64[2]:randn", "randn needs a float element type"],
    ["x=f32[2]:ones(3)", "'ones' takes no numbers"],
  ])("refuses %s", (text, message) => {
    expect(parseInputSpec(text)).toHaveProperty("problem", expect.stringContaining(message));
  });

  it("refuses a name that is given twice", () => {
    expect(parseInputSpecs(["x=f32[2]", "x=f32[3]"])).toEqual({
      problem: "--input 'x' is given twice",
    });
    expect(parseInputSpecs(["x=f32[2]", "logits.x=f32[3]"])).toHaveLength(2);
  });
});
