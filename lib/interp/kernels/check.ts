/** @file Kernels of the check dialect: compare tensors and say where they differ. */
import { check } from "#lib/dialects/check/ops.ts";
import type { Attribute } from "#lib/ir/attributes.ts";
import type { Operation, Value } from "#lib/ir/graph.ts";
import { viewOf } from "#lib/ir/op-def.ts";
import { rowMajorStrides } from "#lib/support/shape.ts";
import type { DType } from "#lib/tensors/dtype.ts";
import type { TensorData } from "#lib/tensors/tensor.ts";
import { type Plan, type TensorSpec, Unsupported, valueSpec } from "../plan.ts";
import { totalOrderKeys } from "../precision.ts";
import { classOf, decodeAll } from "../storage.ts";
import { constantPlan } from "./shape.ts";

/** Largest difference under almost-equality where none is given. */
const DEFAULT_TOLERANCE = 1e-4;

/** Differing elements named in a message. */
const SHOWN = 3;

/** Whether slot i of two tensors agrees. */
type Agree = (actual: Numbers, expected: Numbers, slot: number) => boolean;

/** Slots as numbers or, for 64-bit integers, bigints. */
type Numbers = ArrayLike<number | bigint>;

const numbersOf = (dtype: DType, data: TensorData): Numbers =>
  classOf(dtype) === "wide" ? data : decodeAll(dtype, data);

/** Equality of numbers in which NaN equals NaN. */
const equal: Agree = (actual, expected, slot) =>
  actual[slot] === expected[slot] || (Number.isNaN(actual[slot]) && Number.isNaN(expected[slot]));

const almostEqual =
  (tolerance: number): Agree =>
  (actual, expected, slot) => {
    if (equal(actual, expected, slot)) return true;
    const [a, e] = [Number(actual[slot]), Number(expected[slot])];
    return Math.abs(a - e) <= tolerance;
  };

/** `[1, 2]` of a slot. */
function position({ shape, dtype }: TensorSpec, slot: number): string {
  const element = classOf(dtype) === "complex" ? slot >> 1 : slot;
  const strides = rowMajorStrides(shape);
  const index = shape.map((size, dim) => Math.floor(element / (strides[dim] as number)) % size);
  const part = classOf(dtype) !== "complex" ? "" : slot % 2 === 0 ? " real" : " imaginary";
  return `[${index.join(", ")}]${part}`;
}

/** `expected 3, but got 4 at [0, 1]; ...`, or null where all agree. */
function difference(
  spec: TensorSpec,
  actual: TensorData,
  expected: TensorData,
  agree: Agree,
): string | null {
  const [a, e] = [numbersOf(spec.dtype, actual), numbersOf(spec.dtype, expected)];
  const parts: string[] = [];
  let differing = 0;
  for (let slot = 0; slot < a.length; slot++) {
    if (agree(a, e, slot)) continue;
    differing++;
    if (differing <= SHOWN)
      parts.push(`expected ${e[slot]}, but got ${a[slot]} at ${position(spec, slot)}`);
  }
  if (differing === 0) return null;
  if (differing > SHOWN) parts.push(`${differing} of ${a.length} elements differ`);
  return parts.join("; ");
}

/** A plan that compares operand 0 with operand 1 or with a constant. */
function compare(op: Operation, actual: Value, constant: TensorData | null, agree: Agree): Plan {
  const spec = valueSpec(actual);
  return {
    kind: "compute",
    run: (inputs, _outputs, frame) => {
      const expected = constant ?? (inputs[1] as TensorData);
      const message = difference(spec, inputs[0] as TensorData, expected, agree);
      if (message !== null) frame.machine.report(op, `'${op.name}' op failed: ${message}`);
    },
  };
}

function compareConstant(
  op: Operation,
  actual: Value,
  value: Attribute,
  agree: Agree,
): Plan | Unsupported {
  if ("type" in value && value.type !== actual.type)
    return new Unsupported(`compares ${actual.type.text} with ${value.type?.text ?? "nothing"}`);
  const expected = constantPlan(value, valueSpec(actual));
  if (expected instanceof Unsupported || expected.kind !== "constant") return expected;
  return compare(op, actual, expected.data, agree);
}

/** Distance of two floats in representable values; of NaN and NaN 0, of NaN and a number infinite. */
function ulpDistance(dtype: DType, actual: TensorData, expected: TensorData): Float64Array {
  const keys = [actual, expected].map((data) => totalOrderKeys(dtype, data));
  const numbers = [decodeAll(dtype, actual), decodeAll(dtype, expected)];
  return Float64Array.from({ length: actual.length }, (_, i) => {
    const [a, e] = [numbers[0]?.[i] as number, numbers[1]?.[i] as number];
    if (a === e || (Number.isNaN(a) && Number.isNaN(e))) return 0;
    if (Number.isNaN(a) || Number.isNaN(e)) return Infinity;
    const [x, y] = [keys[0]?.[i], keys[1]?.[i]];
    return typeof x === "bigint" && typeof y === "bigint"
      ? Math.abs(Number(x - y))
      : Math.abs(Number(x) - Number(y));
  });
}

function expectClose(op: Operation): Plan {
  const { operands, attrs } = viewOf(check.expect_close, op);
  const spec = valueSpec(operands.actual);
  const component =
    spec.dtype === "complex<f32>" ? "f32" : spec.dtype === "complex<f64>" ? "f64" : spec.dtype;
  const { min_ulp_difference: least, max_ulp_difference: most } = attrs;
  return {
    kind: "compute",
    run: (inputs, _outputs, frame) => {
      const [actual, expected] = inputs as readonly [TensorData, TensorData];
      const distance = ulpDistance(component, actual, expected);
      const message = difference(
        spec,
        actual,
        expected,
        (_a, _e, slot) => (distance[slot] as number) <= most,
      );
      if (message !== null) frame.machine.report(op, `'${op.name}' op failed: ${message}`);
      else if (distance.length > 0 && distance.every((ulps) => ulps < least))
        frame.machine.report(op, `'${op.name}' op failed: no element differs by ${least} ulps`);
    },
  };
}

type CheckName = keyof typeof check;

/** Plans of the check dialect's ops. */
export const checkKernels: {
  readonly [K in CheckName]: (op: Operation) => Plan | Unsupported;
} = {
  expect_eq: (op) => compare(op, viewOf(check.expect_eq, op).operands.lhs, null, equal),
  expect_eq_const: (op) => {
    const { operands, attrs } = viewOf(check.expect_eq_const, op);
    return compareConstant(op, operands.lhs, attrs.value, equal);
  },
  expect_almost_eq: (op) => {
    const { operands, attrs } = viewOf(check.expect_almost_eq, op);
    return compare(op, operands.lhs, null, almostEqual(attrs.tolerance ?? DEFAULT_TOLERANCE));
  },
  expect_almost_eq_const: (op) => {
    const { operands, attrs } = viewOf(check.expect_almost_eq_const, op);
    const agree = almostEqual(attrs.tolerance ?? DEFAULT_TOLERANCE);
    return compareConstant(op, operands.lhs, attrs.value, agree);
  },
  expect_close: expectClose,
};

/** `expect_eq` of `check.expect_eq`, or null. */
export const checkName = (opName: string): CheckName | null => {
  const name = opName.startsWith("check.") ? opName.slice("check.".length) : "";
  return Object.hasOwn(check, name) ? (name as CheckName) : null;
};
