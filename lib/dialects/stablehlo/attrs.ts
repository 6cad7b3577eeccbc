/** @file StableHLO's own attributes as plain values: dimension numbers, precisions, comparison kinds. */
import {
  type Attribute,
  arrayAttr,
  enumAttr,
  type StructField,
  structAttr,
} from "#lib/ir/attributes.ts";
import type { AttrSpec } from "#lib/ir/op-def.ts";
import { enumeration } from "../attr-kinds.ts";

export const COMPARISON_DIRECTIONS = ["EQ", "NE", "GE", "GT", "LE", "LT"] as const;
export type ComparisonDirection = (typeof COMPARISON_DIRECTIONS)[number];
export const comparisonDirection = enumeration(
  "stablehlo",
  "comparison_direction",
  COMPARISON_DIRECTIONS,
  "Which comparison operation to perform.",
);

export const COMPARISON_TYPES = ["NOTYPE", "FLOAT", "TOTALORDER", "SIGNED", "UNSIGNED"] as const;
export const comparisonType = enumeration(
  "stablehlo",
  "comparison_type",
  COMPARISON_TYPES,
  "Which comparison type to use.",
);

export const PRECISIONS = ["DEFAULT", "HIGH", "HIGHEST"] as const;
export type Precision = (typeof PRECISIONS)[number];

/** `[DEFAULT, DEFAULT]`: one precision per operand of a contraction. */
export const precisionConfig: AttrSpec<readonly Precision[]> = {
  description: "Precision Config attribute",
  decode: (attr) => {
    if (attr.kind !== "array") return undefined;
    const values: Precision[] = [];
    for (const element of attr.elements) {
      const value =
        element.kind === "enum" && element.name === "precision"
          ? PRECISIONS.find((name) => name === element.value)
          : undefined;
      if (value === undefined) return undefined;
      values.push(value);
    }
    return values;
  },
  encode: (values) => arrayAttr(values.map((value) => enumAttr("stablehlo", "precision", value))),
};

/** A struct attribute whose fields are integers and lists of integers; empty lists and zeros are left out, as printed. */
const dimensionStruct = <T extends { readonly [field: string]: number | readonly number[] }>(
  name: string,
  description: string,
  fields: { readonly [K in keyof T & string]: { readonly key: string; readonly list: boolean } },
): AttrSpec<T> => ({
  description,
  decode: (attr: Attribute) => {
    if (attr.kind !== "struct" || attr.dialect !== "stablehlo" || attr.name !== name)
      return undefined;
    const value: { [field: string]: number | readonly number[] } = {};
    for (const field of Object.keys(fields) as (keyof T & string)[]) {
      const { key, list } = fields[field];
      const raw: StructField = attr.fields.get(key) ?? (list ? [] : 0);
      if (list ? !Array.isArray(raw) : typeof raw !== "number") return undefined;
      value[field] = raw as number | readonly number[];
    }
    return value as T;
  },
  encode: (value) => {
    const entries = new Map<string, StructField>();
    for (const field of Object.keys(fields) as (keyof T & string)[]) {
      const raw = value[field] as number | readonly number[];
      if (typeof raw === "number" ? raw !== 0 : raw.length > 0) entries.set(fields[field].key, raw);
    }
    return structAttr("stablehlo", name, entries);
  },
});

const list = (key: string): { key: string; list: true } => ({ key, list: true });
const single = (key: string): { key: string; list: false } => ({ key, list: false });

/** Dimension numbers of `dot_general`. */
export type DotDimensions = {
  readonly lhsBatching: readonly number[];
  readonly rhsBatching: readonly number[];
  readonly lhsContracting: readonly number[];
  readonly rhsContracting: readonly number[];
};
export const dotDimensions = dimensionStruct<DotDimensions>(
  "dot",
  "Attribute that models the dimension information for dot.",
  {
    lhsBatching: list("lhs_batching_dimensions"),
    rhsBatching: list("rhs_batching_dimensions"),
    lhsContracting: list("lhs_contracting_dimensions"),
    rhsContracting: list("rhs_contracting_dimensions"),
  },
);

/** Dimension numbers of `gather`. */
export type GatherDimensions = {
  readonly offsetDims: readonly number[];
  readonly collapsedSliceDims: readonly number[];
  readonly operandBatchingDims: readonly number[];
  readonly startIndicesBatchingDims: readonly number[];
  readonly startIndexMap: readonly number[];
  readonly indexVectorDim: number;
};
export const gatherDimensions = dimensionStruct<GatherDimensions>(
  "gather",
  "Attribute that models the dimension information for gather",
  {
    offsetDims: list("offset_dims"),
    collapsedSliceDims: list("collapsed_slice_dims"),
    operandBatchingDims: list("operand_batching_dims"),
    startIndicesBatchingDims: list("start_indices_batching_dims"),
    startIndexMap: list("start_index_map"),
    indexVectorDim: single("index_vector_dim"),
  },
);

/** Dimension numbers of `scatter`. */
export type ScatterDimensions = {
  readonly updateWindowDims: readonly number[];
  readonly insertedWindowDims: readonly number[];
  readonly inputBatchingDims: readonly number[];
  readonly scatterIndicesBatchingDims: readonly number[];
  readonly scatterDimsToOperandDims: readonly number[];
  readonly indexVectorDim: number;
};
export const scatterDimensions = dimensionStruct<ScatterDimensions>(
  "scatter",
  "Attribute that models the dimension information for scatter",
  {
    updateWindowDims: list("update_window_dims"),
    insertedWindowDims: list("inserted_window_dims"),
    inputBatchingDims: list("input_batching_dims"),
    scatterIndicesBatchingDims: list("scatter_indices_batching_dims"),
    scatterDimsToOperandDims: list("scatter_dims_to_operand_dims"),
    indexVectorDim: single("index_vector_dim"),
  },
);
