/** @file Values that the enumerations of StableHLO and CHLO have. */

const COMPARISON = {
  comparison_direction: ["ComparisonDirection", "EQ", "NE", "GE", "GT", "LE", "LT"],
  comparison_type: ["ComparisonType", "NOTYPE", "FLOAT", "TOTALORDER", "SIGNED", "UNSIGNED"],
  precision: ["Precision", "DEFAULT", "HIGH", "HIGHEST"],
} as const;

/** By dialect and name: name of the C++ type, then its values. */
const ENUMS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  stablehlo: {
    ...COMPARISON,
    fft_type: ["FftType", "FFT", "IFFT", "RFFT", "IRFFT"],
    transpose: ["Transpose", "TRANSPOSE_INVALID", "NO_TRANSPOSE", "TRANSPOSE", "ADJOINT"],
    rng_distribution: ["RngDistribution", "UNIFORM", "NORMAL"],
    rng_algorithm: ["RngAlgorithm", "DEFAULT", "THREE_FRY", "PHILOX"],
  },
  chlo: COMPARISON,
};

const PREFIX: Readonly<Record<string, string>> = { stablehlo: "StableHLO", chlo: "CHLO" };

const ENUM = /^#(stablehlo|chlo)<\s*([a-z_]+)\s+(\w+)\s*>$/;

/** What is wrong with `#dialect<name VALUE>` and where, from the start of the text; empty if nothing is. */
export function enumProblems(text: string): readonly { at: number; error: string }[] {
  const [, dialect = "", name = "", value = ""] = ENUM.exec(text) ?? [];
  const table = ENUMS[dialect];
  if (table === undefined || !Object.hasOwn(table, name)) return [];
  const [type, ...values] = table[name] ?? [];
  if (values.includes(value)) return [];
  const at = text.lastIndexOf(value);
  const full = `::mlir::${dialect}::${type}`;
  return [
    { at, error: `expected ${full} to be one of: ${values.join(", ")}` },
    {
      at: at + value.length,
      error: `failed to parse ${PREFIX[dialect]}_${type}Attr parameter 'value' which is to be a \`${full}\``,
    },
  ];
}
