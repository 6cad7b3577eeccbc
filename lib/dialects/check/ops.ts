/** @file The check dialect: assertions inside IR, with StableHLO's syntax, executed by the interpreter. */

import type { Attribute } from "#lib/ir/attributes.ts";
import { floatAttr } from "#lib/ir/attributes.ts";
import { type AttrSpec, defineOp } from "#lib/ir/op-def.ts";
import type { Type } from "#lib/ir/types.ts";
import { elements, i64, optional, withDefault } from "../attr-kinds.ts";
import { anyTensor, compatible, fpOrComplexTensor } from "../type-constraints.ts";
import {
  almostEqualConstFormat,
  almostEqualFormat,
  closeFormat,
  equalConstFormat,
  equalFormat,
} from "./formats.ts";

const f64: AttrSpec<number> = {
  description: "64-bit float attribute",
  decode: (attr: Attribute) => (attr.kind === "float" ? attr.value : undefined),
  encode: (value) => floatAttr(value),
};

const sameTypes = (a: Type, b: Type | null): string | null =>
  b !== null && compatible(a, b) ? null : "op requires compatible types for all operands";

const valueType = (value: Attribute): Type | null =>
  value.kind === "dense" || value.kind === "denseResource" ? value.type : null;

export const check = {
  expect_eq: defineOp({
    name: "check.expect_eq",
    summary: "Fails unless two tensors are equal",
    format: equalFormat,
    operands: { lhs: { type: anyTensor }, rhs: { type: anyTensor } },
    attrs: {},
    results: {},
    infer: () => [],
    constraints: { types: ({ operands: { lhs, rhs } }) => sameTypes(lhs, rhs) },
  }),
  expect_eq_const: defineOp({
    name: "check.expect_eq_const",
    summary: "Fails unless a tensor equals a constant",
    format: equalConstFormat,
    operands: { lhs: { type: anyTensor } },
    attrs: { value: elements },
    results: {},
    infer: () => [],
    constraints: {
      types: ({ operands: { lhs }, attrs: { value } }) => sameTypes(lhs, valueType(value)),
    },
  }),
  expect_almost_eq: defineOp({
    name: "check.expect_almost_eq",
    summary: "Fails unless two tensors are equal within a tolerance, 0.0001 by default",
    format: almostEqualFormat,
    operands: { lhs: { type: fpOrComplexTensor }, rhs: { type: fpOrComplexTensor } },
    attrs: { tolerance: optional(f64) },
    results: {},
    infer: () => [],
    constraints: { types: ({ operands: { lhs, rhs } }) => sameTypes(lhs, rhs) },
  }),
  expect_almost_eq_const: defineOp({
    name: "check.expect_almost_eq_const",
    summary: "Fails unless a tensor equals a constant within a tolerance, 0.0001 by default",
    format: almostEqualConstFormat,
    operands: { lhs: { type: fpOrComplexTensor } },
    attrs: { value: elements, tolerance: optional(f64) },
    results: {},
    infer: () => [],
    constraints: {
      types: ({ operands: { lhs }, attrs: { value } }) => sameTypes(lhs, valueType(value)),
    },
  }),
  expect_close: defineOp({
    name: "check.expect_close",
    summary: "Fails unless two tensors differ by a number of representable values within bounds",
    format: closeFormat,
    operands: { actual: { type: fpOrComplexTensor }, expected: { type: fpOrComplexTensor } },
    attrs: { min_ulp_difference: withDefault(i64, 0), max_ulp_difference: withDefault(i64, 3) },
    results: {},
    infer: () => [],
    constraints: { types: ({ operands: { actual, expected } }) => sameTypes(actual, expected) },
  }),
};
