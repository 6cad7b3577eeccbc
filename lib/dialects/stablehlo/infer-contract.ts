/** @file Constraints of contractions; their result types are written, as the element type is free. */
import type { Attribute } from "#lib/ir/attributes.ts";
import type { TensorType, Type } from "#lib/ir/types.ts";
import type { DotDimensions, Precision } from "./attrs.ts";
import {
  agree,
  isDim,
  type Rule,
  type Rules,
  ranked,
  shapeOf,
  shapesAgree,
  sizesText,
} from "./rules.ts";

type Contraction = {
  readonly operands: { readonly lhs: Type; readonly rhs: Type };
  readonly results: { readonly result: Type };
  readonly attrs: { readonly precision_config: readonly Precision[] | null };
};

type DotGeneral = Contraction & {
  readonly attrs: {
    readonly dot_dimension_numbers: DotDimensions;
    readonly algorithm: Attribute | null;
  };
};

const inferredShape = (shape: readonly number[], result: Type): string | null =>
  shapesAgree(shape, shapeOf(result))
    ? null
    : `inferred shape '${sizesText(shape)}' is incompatible with return type of operation '${result.text}'`;

const precisionCount: Rule<Contraction> = ({ attrs: { precision_config: config } }) =>
  config === null || config.length <= 2
    ? null
    : `expects precision config to be empty or have <= 2 elements, got ${config.length}`;

const distinct = (
  side: "lhs" | "rhs",
  batching: readonly number[],
  contracting: readonly number[],
): string | null => {
  const seen = new Set<number>();
  for (const dim of [...batching, ...contracting]) {
    if (seen.has(dim))
      return `has duplicated dimension from ${side}_batching_dimensions and ${side}_contracting_dimensions: ${dim}`;
    seen.add(dim);
  }
  return null;
};

const within = (name: string, dims: readonly number[], type: Type): string | null => {
  const { length: rank } = shapeOf(type);
  const wrong = dims.find((dim) => !isDim(dim, rank));
  return wrong === undefined
    ? null
    : `${name}_dimensions value: ${wrong} is out of range: [0, ${rank})`;
};

const sizesMatch = (
  what: string,
  lhs: readonly number[],
  lhsDims: readonly number[],
  rhs: readonly number[],
  rhsDims: readonly number[],
): string | null =>
  lhsDims.every((dim, i) => agree(lhs[dim] as number, rhs[rhsDims[i] as number] as number))
    ? null
    : `${what} dimension sizes must match for lhs/rhs`;

/** Sizes of the result: batching, kept of lhs, kept of rhs. */
function dotGeneralShape({ operands, attrs }: DotGeneral): number[] {
  const dims = attrs.dot_dimension_numbers;
  const [lhs, rhs] = [shapeOf(operands.lhs), shapeOf(operands.rhs)];
  const keeps = (shape: readonly number[], a: readonly number[], b: readonly number[]) =>
    shape.filter((_, dim) => !a.includes(dim) && !b.includes(dim));
  return [
    ...dims.lhsBatching.map((dim) => lhs[dim] as number),
    ...keeps(lhs, dims.lhsBatching, dims.lhsContracting),
    ...keeps(rhs, dims.rhsBatching, dims.rhsContracting),
  ];
}

/** An integer field of a `#stablehlo.dot_algorithm<...>`, or null where the attribute does not tell. */
function algorithmField(algorithm: Attribute | null, name: string): number | null {
  if (algorithm?.kind === "struct") {
    const field = algorithm.fields.get(name) ?? 0;
    return typeof field === "number" ? field : null;
  }
  if (algorithm?.kind !== "opaque" || !algorithm.text.startsWith("#stablehlo.dot_algorithm<"))
    return null;
  const found = new RegExp(`\\b${name}\\s*=\\s*(-?\\d+)`).exec(algorithm.text);
  return found === null ? null : Number(found[1]);
}

const positiveField =
  (name: string, words: string): Rule<DotGeneral> =>
  ({ attrs: { algorithm } }) => {
    const value = algorithmField(algorithm, name);
    return value === null || value > 0 ? null : `${words} must be positive`;
  };

/** C13 asks for one element type on both sides; it is not checked, as no other consumer does. */
export const dotGeneralRules: Rules<DotGeneral> = {
  C1: ({ attrs: { dot_dimension_numbers: dims } }) =>
    dims.lhsBatching.length === dims.rhsBatching.length
      ? null
      : "lhs and rhs should have the same number of batching dimensions",
  C2: ({ attrs: { dot_dimension_numbers: dims } }) =>
    dims.lhsContracting.length === dims.rhsContracting.length
      ? null
      : "lhs and rhs should have the same number of contracting dimensions",
  C3: ({ attrs: { dot_dimension_numbers: dims } }) =>
    distinct("lhs", dims.lhsBatching, dims.lhsContracting),
  C4: ({ attrs: { dot_dimension_numbers: dims } }) =>
    distinct("rhs", dims.rhsBatching, dims.rhsContracting),
  C5: ({ operands, attrs: { dot_dimension_numbers: dims } }) =>
    within("lhs_batching", dims.lhsBatching, operands.lhs),
  C6: ({ operands, attrs: { dot_dimension_numbers: dims } }) =>
    within("lhs_contracting", dims.lhsContracting, operands.lhs),
  C7: ({ operands, attrs: { dot_dimension_numbers: dims } }) =>
    within("rhs_batching", dims.rhsBatching, operands.rhs),
  C8: ({ operands, attrs: { dot_dimension_numbers: dims } }) =>
    within("rhs_contracting", dims.rhsContracting, operands.rhs),
  C9: ({ operands: { lhs, rhs }, attrs: { dot_dimension_numbers: dims } }) =>
    sizesMatch("batching", shapeOf(lhs), dims.lhsBatching, shapeOf(rhs), dims.rhsBatching),
  C10: ({ operands: { lhs, rhs }, attrs: { dot_dimension_numbers: dims } }) =>
    sizesMatch("contracting", shapeOf(lhs), dims.lhsContracting, shapeOf(rhs), dims.rhsContracting),
  C11: precisionCount,
  C12: (input) => inferredShape(dotGeneralShape(input), input.results.result),
  C21: ({ attrs: { algorithm, precision_config: config } }) =>
    algorithm === null || config === null || config.every((precision) => precision === "DEFAULT")
      ? null
      : "must specify DEFAULT precision config when algorithm is set.",
  C22: positiveField("lhs_component_count", "lhs component count"),
  C23: positiveField("rhs_component_count", "rhs component count"),
  C24: positiveField("num_primitive_operations", "num primitive operations"),
};

/** Shape of a product of vectors and matrices, or null where ranks or inner sizes do not fit. */
function dotShape(lhs: TensorType, rhs: TensorType): number[] | null {
  const [a, b] = [lhs.shape, rhs.shape];
  if (a.length < 1 || a.length > 2 || b.length < 1 || b.length > 2) return null;
  if (!agree(a[a.length - 1] as number, b[0] as number)) return null;
  return [...a.slice(0, -1), ...b.slice(1)];
}

/** `dot` is no longer in the specification, so its conditions have names of their own. */
export const dotRules: Rules<Contraction> = {
  operands: ({ operands: { lhs, rhs } }) =>
    dotShape(ranked(lhs), ranked(rhs)) === null
      ? "expected both lhs/rhs ranks to be either 1 or 2"
      : null,
  precision: precisionCount,
  result: ({ operands: { lhs, rhs }, results: { result } }) => {
    const shape = dotShape(ranked(lhs), ranked(rhs));
    return shape === null ? null : inferredShape(shape, result);
  },
};
