/** @file Narrow float codecs against numbers recorded from ml_dtypes: every 8-bit pattern, sampled 16-bit ones. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  FLOAT_FORMATS,
  fromBf16Bits,
  fromFloatBits,
  type NarrowFloatName,
  toBf16Bits,
  toFloatBits,
} from "#lib/support/float-codecs.ts";

interface Recorded {
  readonly decode: Readonly<
    Record<string, readonly (string | null)[] | Record<string, string | null>>
  >;
  readonly encode: Readonly<Record<string, readonly (readonly [string, number])[]>>;
}

const recorded = JSON.parse(
  readFileSync(new URL("./fixtures/float-codecs.json", import.meta.url), "utf8"),
) as Recorded;

const numberOf = (text: string | null): number => {
  if (text === null) return Number.NaN;
  return text.includes("inf") ? (text.startsWith("-") ? -Infinity : Infinity) : Number(text);
};

const decodeAs = (name: NarrowFloatName, bits: number): number =>
  name === "bf16" ? fromBf16Bits(bits) : fromFloatBits(bits, FLOAT_FORMATS[name]);

const encodeAs = (name: NarrowFloatName, value: number): number =>
  name === "bf16" ? toBf16Bits(value) : toFloatBits(value, FLOAT_FORMATS[name]);

describe.each(Object.keys(FLOAT_FORMATS) as NarrowFloatName[])("%s", (name) => {
  it("decodes what ml_dtypes decodes", () => {
    const wrong = Object.entries(recorded.decode[name] ?? {}).filter(
      ([bits, text]) => !Object.is(decodeAs(name, Number(bits)), numberOf(text as string | null)),
    );
    expect(wrong).toEqual([]);
    expect(Object.keys(recorded.decode[name] ?? {}).length).toBeGreaterThan(15);
  });

  it("encodes what ml_dtypes encodes: nearest even, overflow, subnormals", () => {
    const wrong = (recorded.encode[name] ?? []).filter(
      ([text, bits]) => encodeAs(name, numberOf(text)) !== bits,
    );
    expect(wrong).toEqual([]);
  });

  it("gives every finite pattern back", () => {
    const width = FLOAT_FORMATS[name].exponentBits + FLOAT_FORMATS[name].mantissaBits + 1;
    const count = name === "f8E8M0FNU" ? 256 : 1 << width;
    for (let bits = 0; bits < count; bits++) {
      const value = decodeAs(name, bits);
      if (!Number.isNaN(value)) expect(encodeAs(name, value)).toBe(bits);
    }
  });
});

describe("bf16 from f64", () => {
  it("rounds once, not twice", () => {
    // Just above the tie between 1 and 1 + 2^-7: through f32 it would round to the tie first and then to even.
    expect(toBf16Bits(1 + 2 ** -8 + 2 ** -40)).toBe(0x3f81);
    expect(toBf16Bits(1 + 2 ** -8 - 2 ** -40)).toBe(0x3f80);
  });
});
