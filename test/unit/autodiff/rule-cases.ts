/** @file Small functions per op, in f64, for the test that compares every gradient rule with difference quotients. */
import type { StablehloOpName } from "#lib/dialects/stablehlo/ops.ts";

/** How an argument is drawn: from an interval, or given. */
export type Draw =
  | { readonly from: number; readonly to: number }
  | { readonly values: readonly number[] };

/** One function `@main`. */
export interface RuleCase {
  readonly title: string;
  readonly source: string;
  /** By argument index; others are drawn from [-2, 2], integers must be given. */
  readonly draws?: { readonly [index: number]: Draw };
}

const positive: Draw = { from: 0.2, to: 3 };

const unary = (op: string, draw?: Draw): RuleCase[] => [
  {
    title: op,
    source: `func.func @main(%x: tensor<3x4xf64>) -> tensor<3x4xf64> {
  %0 = stablehlo.${op} %x : tensor<3x4xf64>
  return %0 : tensor<3x4xf64>
}`,
    ...(draw === undefined ? {} : { draws: { 0: draw } }),
  },
];

const binary = (op: string, left?: Draw, right?: Draw): RuleCase[] => {
  const draws = { ...(left && { 0: left }), ...(right && { 1: right }) };
  return [
    {
      title: op,
      draws,
      source: `func.func @main(%a: tensor<3x4xf64>, %b: tensor<3x4xf64>) -> tensor<3x4xf64> {
  %0 = stablehlo.${op} %a, %b : tensor<3x4xf64>
  return %0 : tensor<3x4xf64>
}`,
    },
    {
      title: `${op} of one value`,
      draws: left ? { 0: left } : {},
      source: `func.func @main(%a: tensor<5xf64>) -> tensor<5xf64> {
  %0 = stablehlo.${op} %a, %a : tensor<5xf64>
  return %0 : tensor<5xf64>
}`,
    },
  ];
};

const one = (title: string, source: string, draws?: RuleCase["draws"]): RuleCase =>
  draws === undefined ? { title, source } : { title, source, draws };

const powerOf = (exponent: string): RuleCase =>
  one(
    `power by ${exponent}`,
    `func.func @main(%x: tensor<6xf64>) -> tensor<6xf64> {
  %c = stablehlo.constant dense<${exponent}> : tensor<6xf64>
  %0 = stablehlo.power %x, %c : tensor<6xf64>
  return %0 : tensor<6xf64>
}`,
    { 0: positive },
  );

const body = (op: string, type = "tensor<f64>"): string => `({
  ^bb0(%l: ${type}, %r: ${type}):
    %s = stablehlo.${op} %l, %r : ${type}
    stablehlo.return %s : ${type}
  })`;

const reduce = (op: string, init: string): RuleCase[] => [
  one(
    `reduce ${op}`,
    `func.func @main(%x: tensor<2x3x4xf64>, %i: tensor<f64>) -> tensor<3xf64> {
  %0 = stablehlo.reduce(%x init: %i) applies stablehlo.${op} across dimensions = [0, 2] : (tensor<2x3x4xf64>, tensor<f64>) -> tensor<3xf64>
  return %0 : tensor<3xf64>
}`,
    { 1: { values: [Number(init)] } },
  ),
];

const window = (op: string, attrs: string, result: string, init: string): RuleCase =>
  one(
    `reduce_window ${op} ${attrs}`,
    `func.func @main(%x: tensor<5x6xf64>) -> ${result} {
  %i = stablehlo.constant dense<${init}> : tensor<f64>
  %0 = "stablehlo.reduce_window"(%x, %i) <{${attrs}}> ${body(op)} : (tensor<5x6xf64>, tensor<f64>) -> ${result}
  return %0 : ${result}
}`,
  );

const WINDOWS: readonly (readonly [string, string])[] = [
  ["window_dimensions = array<i64: 2, 3>", "tensor<4x4xf64>"],
  ["window_dimensions = array<i64: 2, 2>, window_strides = array<i64: 2, 3>", "tensor<2x2xf64>"],
  [
    "window_dimensions = array<i64: 1, 6>, padding = dense<[[0, 0], [5, 0]]> : tensor<2x2xi64>",
    "tensor<5x6xf64>",
  ],
  [
    "window_dimensions = array<i64: 2, 2>, window_dilations = array<i64: 2, 3>, padding = dense<[[1, 0], [0, 2]]> : tensor<2x2xi64>",
    "tensor<4x5xf64>",
  ],
  [
    "window_dimensions = array<i64: 2, 3>, base_dilations = array<i64: 2, 1>, window_strides = array<i64: 2, 2>, padding = dense<[[1, 1], [-1, 1]]> : tensor<2x2xi64>",
    "tensor<5x2xf64>",
  ],
];

const windows = (op: string, init: string): RuleCase[] =>
  WINDOWS.map(([attrs, result]) => window(op, attrs, result, init));

const gather = (
  title: string,
  operand: string,
  indices: string,
  dims: string,
  sizes: string,
  result: string,
  values: readonly number[],
): RuleCase =>
  one(
    title,
    `func.func @main(%x: ${operand}, %i: ${indices}) -> ${result} {
  %0 = "stablehlo.gather"(%x, %i) <{dimension_numbers = #stablehlo.gather<${dims}>, indices_are_sorted = false, slice_sizes = array<i64: ${sizes}>}> : (${operand}, ${indices}) -> ${result}
  return %0 : ${result}
}`,
    { 1: { values } },
  );

const scatter = (
  title: string,
  op: string | null,
  dims: string,
  shapes: { readonly input: string; readonly indices: string; readonly updates: string },
  values: readonly number[],
  unique = false,
): RuleCase => {
  const region =
    op === null
      ? `({
  ^bb0(%l: tensor<f64>, %r: tensor<f64>):
    stablehlo.return %r : tensor<f64>
  })`
      : body(op);
  const { input, indices, updates } = shapes;
  return one(
    title,
    `func.func @main(%x: ${input}, %i: ${indices}, %u: ${updates}) -> ${input} {
  %0 = "stablehlo.scatter"(%x, %i, %u) <{indices_are_sorted = false, scatter_dimension_numbers = #stablehlo.scatter<${dims}>, unique_indices = ${unique}}> ${region} : (${input}, ${indices}, ${updates}) -> ${input}
  return %0 : ${input}
}`,
    { 1: { values } },
  );
};

const ROWS = {
  dims: "update_window_dims = [1], inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1",
  shapes: { input: "tensor<5x3xf64>", indices: "tensor<4x1xi32>", updates: "tensor<4x3xf64>" },
};
const PIECES = {
  dims: "update_window_dims = [1, 2], scatter_dims_to_operand_dims = [0, 1], index_vector_dim = 1",
  shapes: { input: "tensor<5x6xf64>", indices: "tensor<3x2xi32>", updates: "tensor<3x2x3xf64>" },
};

const dot = (title: string, lhs: string, rhs: string, dims: string, result: string): RuleCase =>
  one(
    `dot_general ${title}`,
    `func.func @main(%a: ${lhs}, %b: ${rhs}) -> ${result} {
  %0 = stablehlo.dot_general %a, %b, ${dims} : (${lhs}, ${rhs}) -> ${result}
  return %0 : ${result}
}`,
  );

const noGradient = (why: string): string => why;

/** Cases of every op, or why it has none. */
export const ruleCases: { readonly [K in StablehloOpName]: readonly RuleCase[] | string } = {
  add: binary("add"),
  subtract: binary("subtract"),
  multiply: binary("multiply"),
  divide: binary("divide", undefined, positive),
  remainder: [
    one(
      "remainder",
      `func.func @main(%a: tensor<4xf64>, %b: tensor<4xf64>) -> tensor<4xf64> {
  %0 = stablehlo.remainder %a, %b : tensor<4xf64>
  return %0 : tensor<4xf64>
}`,
      { 0: { values: [5.5, -7.3, 2.2, -0.4] }, 1: { values: [2, 3, -0.9, 1.5] } },
    ),
  ],
  power: [
    ...binary("power", positive),
    ...["0.0", "1.0", "2.0", "3.0", "0.5", "-0.5", "2.7"].map(powerOf),
  ],
  maximum: [
    ...binary("maximum"),
    one(
      "maximum with a constant first",
      `func.func @main(%x: tensor<8xf64>) -> tensor<8xf64> {
  %c = stablehlo.constant dense<0.25> : tensor<8xf64>
  %0 = stablehlo.maximum %c, %x : tensor<8xf64>
  return %0 : tensor<8xf64>
}`,
    ),
  ],
  minimum: binary("minimum"),
  atan2: binary("atan2", positive, undefined),
  negate: unary("negate"),
  abs: unary("abs"),
  sign: unary("sign"),
  exponential: unary("exponential"),
  exponential_minus_one: unary("exponential_minus_one"),
  log: unary("log", positive),
  log_plus_one: unary("log_plus_one", { from: -0.7, to: 2 }),
  sqrt: unary("sqrt", positive),
  rsqrt: unary("rsqrt", positive),
  cbrt: unary("cbrt", positive),
  tanh: unary("tanh"),
  tan: unary("tan", { from: -1, to: 1 }),
  logistic: unary("logistic"),
  sine: unary("sine"),
  cosine: unary("cosine"),
  ceil: unary("ceil"),
  floor: unary("floor"),
  round_nearest_even: unary("round_nearest_even"),
  round_nearest_afz: unary("round_nearest_afz"),
  is_finite: noGradient("its result is a truth value"),
  not: noGradient("works on bits"),
  and: noGradient("works on bits"),
  or: noGradient("works on bits"),
  xor: noGradient("works on bits"),
  shift_left: noGradient("works on bits"),
  shift_right_arithmetic: noGradient("works on bits"),
  shift_right_logical: noGradient("works on bits"),
  compare: noGradient("its result is a truth value"),
  select: [
    one(
      "select",
      `func.func @main(%p: tensor<4xi1>, %a: tensor<4xf64>, %b: tensor<4xf64>) -> tensor<4xf64> {
  %0 = stablehlo.select %p, %a, %b : tensor<4xi1>, tensor<4xf64>
  return %0 : tensor<4xf64>
}`,
      { 0: { values: [1, 0, 0, 1] } },
    ),
    one(
      "select by a scalar",
      `func.func @main(%p: tensor<i1>, %a: tensor<4xf64>, %b: tensor<4xf64>) -> tensor<4xf64> {
  %0 = stablehlo.select %p, %a, %b : tensor<i1>, tensor<4xf64>
  return %0 : tensor<4xf64>
}`,
      { 0: { values: [0] } },
    ),
  ],
  clamp: [
    one(
      "clamp",
      `func.func @main(%l: tensor<6xf64>, %x: tensor<6xf64>, %h: tensor<6xf64>) -> tensor<6xf64> {
  %0 = stablehlo.clamp %l, %x, %h : tensor<6xf64>
  return %0 : tensor<6xf64>
}`,
      { 0: { from: -1, to: -0.3 }, 2: { from: 0.2, to: 1 } },
    ),
    one(
      "clamp to scalars",
      `func.func @main(%l: tensor<f64>, %x: tensor<2x4xf64>, %h: tensor<f64>) -> tensor<2x4xf64> {
  %0 = stablehlo.clamp %l, %x, %h : (tensor<f64>, tensor<2x4xf64>, tensor<f64>) -> tensor<2x4xf64>
  return %0 : tensor<2x4xf64>
}`,
      { 0: { values: [-0.8] }, 2: { values: [0.9] } },
    ),
    one(
      "clamp to bounds that cross",
      `func.func @main(%l: tensor<3xf64>, %x: tensor<3xf64>, %h: tensor<3xf64>) -> tensor<3xf64> {
  %0 = stablehlo.clamp %l, %x, %h : tensor<3xf64>
  return %0 : tensor<3xf64>
}`,
      { 0: { values: [1, 1, 1] }, 1: { values: [-2, 0.3, 2] }, 2: { values: [-1, -1, -1] } },
    ),
  ],
  convert: [
    one(
      "convert",
      `func.func @main(%x: tensor<3xf64>) -> tensor<3xf64> {
  %0 = stablehlo.convert %x : tensor<3xf64>
  %1 = stablehlo.multiply %0, %x : tensor<3xf64>
  return %1 : tensor<3xf64>
}`,
    ),
  ],
  bitcast_convert: noGradient("reads bits"),
  reduce_precision: [
    one(
      "reduce_precision to the same format",
      `func.func @main(%x: tensor<3xf64>) -> tensor<3xf64> {
  %0 = stablehlo.reduce_precision %x, format = e11m52 : tensor<3xf64>
  return %0 : tensor<3xf64>
}`,
    ),
  ],
  constant: noGradient("depends on no argument"),
  iota: noGradient("depends on no argument"),
  dynamic_iota: noGradient("depends on no argument"),
  broadcast_in_dim: [
    one(
      "broadcast_in_dim of added and repeated dimensions",
      `func.func @main(%x: tensor<3x1xf64>) -> tensor<2x3x4x5xf64> {
  %0 = stablehlo.broadcast_in_dim %x, dims = [1, 3] : (tensor<3x1xf64>) -> tensor<2x3x4x5xf64>
  return %0 : tensor<2x3x4x5xf64>
}`,
    ),
    one(
      "broadcast_in_dim in another order",
      `func.func @main(%x: tensor<3x2x1xf64>) -> tensor<2x4x3xf64> {
  %0 = stablehlo.broadcast_in_dim %x, dims = [2, 0, 1] : (tensor<3x2x1xf64>) -> tensor<2x4x3xf64>
  return %0 : tensor<2x4x3xf64>
}`,
    ),
    one(
      "broadcast_in_dim of a scalar",
      `func.func @main(%x: tensor<f64>) -> tensor<2x3xf64> {
  %0 = stablehlo.broadcast_in_dim %x, dims = [] : (tensor<f64>) -> tensor<2x3xf64>
  return %0 : tensor<2x3xf64>
}`,
    ),
  ],
  reshape: [
    one(
      "reshape",
      `func.func @main(%x: tensor<2x6xf64>) -> tensor<3x4xf64> {
  %0 = stablehlo.reshape %x : (tensor<2x6xf64>) -> tensor<3x4xf64>
  return %0 : tensor<3x4xf64>
}`,
    ),
  ],
  transpose: [
    one(
      "transpose",
      `func.func @main(%x: tensor<2x3x4xf64>) -> tensor<4x2x3xf64> {
  %0 = stablehlo.transpose %x, dims = [2, 0, 1] : (tensor<2x3x4xf64>) -> tensor<4x2x3xf64>
  return %0 : tensor<4x2x3xf64>
}`,
    ),
  ],
  reverse: [
    one(
      "reverse",
      `func.func @main(%x: tensor<2x3xf64>) -> tensor<2x3xf64> {
  %0 = stablehlo.reverse %x, dims = [1] : tensor<2x3xf64>
  return %0 : tensor<2x3xf64>
}`,
    ),
  ],
  slice: [
    one(
      "slice with strides",
      `func.func @main(%x: tensor<5x7xf64>) -> tensor<2x3xf64> {
  %0 = stablehlo.slice %x [1:4:2, 0:7:3] : (tensor<5x7xf64>) -> tensor<2x3xf64>
  return %0 : tensor<2x3xf64>
}`,
    ),
    one(
      "slices side by side",
      `func.func @main(%x: tensor<2x6xf64>) -> tensor<2x2xf64> {
  %0 = stablehlo.slice %x [0:2, 1:3] : (tensor<2x6xf64>) -> tensor<2x2xf64>
  %1 = stablehlo.slice %x [0:2, 4:6] : (tensor<2x6xf64>) -> tensor<2x2xf64>
  %2 = stablehlo.multiply %0, %1 : tensor<2x2xf64>
  return %2 : tensor<2x2xf64>
}`,
    ),
    one(
      "slices that overlap",
      `func.func @main(%x: tensor<6xf64>) -> tensor<4xf64> {
  %0 = stablehlo.slice %x [0:4] : (tensor<6xf64>) -> tensor<4xf64>
  %1 = stablehlo.slice %x [2:6] : (tensor<6xf64>) -> tensor<4xf64>
  %2 = stablehlo.multiply %0, %1 : tensor<4xf64>
  return %2 : tensor<4xf64>
}`,
    ),
  ],
  pad: [
    one(
      "pad with edges and holes",
      `func.func @main(%x: tensor<2x3xf64>, %v: tensor<f64>) -> tensor<5x6xf64> {
  %0 = stablehlo.pad %x, %v, low = [1, 0], high = [1, 1], interior = [1, 1] : (tensor<2x3xf64>, tensor<f64>) -> tensor<5x6xf64>
  return %0 : tensor<5x6xf64>
}`,
    ),
    one(
      "pad with negative edges",
      `func.func @main(%x: tensor<4x5xf64>, %v: tensor<f64>) -> tensor<3x7xf64> {
  %0 = stablehlo.pad %x, %v, low = [-2, 1], high = [1, -3], interior = [0, 1] : (tensor<4x5xf64>, tensor<f64>) -> tensor<3x7xf64>
  return %0 : tensor<3x7xf64>
}`,
    ),
  ],
  concatenate: [
    one(
      "concatenate",
      `func.func @main(%a: tensor<2x1xf64>, %b: tensor<2x3xf64>) -> tensor<2x6xf64> {
  %0 = stablehlo.concatenate %a, %b, %a, %a, dim = 1 : (tensor<2x1xf64>, tensor<2x3xf64>, tensor<2x1xf64>, tensor<2x1xf64>) -> tensor<2x6xf64>
  return %0 : tensor<2x6xf64>
}`,
    ),
  ],
  dynamic_slice: [
    one(
      "dynamic_slice that is clamped",
      `func.func @main(%x: tensor<4x5xf64>, %i: tensor<i32>, %j: tensor<i32>) -> tensor<2x3xf64> {
  %0 = stablehlo.dynamic_slice %x, %i, %j, sizes = [2, 3] : (tensor<4x5xf64>, tensor<i32>, tensor<i32>) -> tensor<2x3xf64>
  return %0 : tensor<2x3xf64>
}`,
      { 1: { values: [1] }, 2: { values: [4] } },
    ),
  ],
  dynamic_update_slice: [
    one(
      "dynamic_update_slice that is clamped",
      `func.func @main(%x: tensor<4x5xf64>, %u: tensor<2x3xf64>, %i: tensor<i32>, %j: tensor<i32>) -> tensor<4x5xf64> {
  %0 = stablehlo.dynamic_update_slice %x, %u, %i, %j : (tensor<4x5xf64>, tensor<2x3xf64>, tensor<i32>, tensor<i32>) -> tensor<4x5xf64>
  return %0 : tensor<4x5xf64>
}`,
      { 2: { values: [-1] }, 3: { values: [1] } },
    ),
  ],
  gather: [
    gather(
      "gather of rows, some outside",
      "tensor<5x3xf64>",
      "tensor<2x2xi64>",
      "offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2",
      "1, 3",
      "tensor<2x2x3xf64>",
      [0, 7, 2, -3],
    ),
    gather(
      "gather of elements",
      "tensor<4x5xf64>",
      "tensor<3x2xi32>",
      "collapsed_slice_dims = [0, 1], start_index_map = [0, 1], index_vector_dim = 1",
      "1, 1",
      "tensor<3xf64>",
      [0, 1, 3, 9, 0, 1],
    ),
    gather(
      "gather of windows",
      "tensor<4x5xf64>",
      "tensor<3x2xi32>",
      "offset_dims = [0, 2], start_index_map = [1, 0], index_vector_dim = 1",
      "2, 3",
      "tensor<2x3x3xf64>",
      [0, 1, 4, 3, 1, 1],
    ),
    gather(
      "gather with batching dimensions",
      "tensor<2x5xf64>",
      "tensor<2x3x1xi32>",
      "collapsed_slice_dims = [1], operand_batching_dims = [0], start_indices_batching_dims = [0], start_index_map = [1], index_vector_dim = 2",
      "1, 1",
      "tensor<2x3xf64>",
      [0, 4, 9, 1, 1, 2],
    ),
  ],
  scatter: [
    scatter("scatter add of rows, some outside", "add", ROWS.dims, ROWS.shapes, [0, 3, 9, 3]),
    scatter("scatter subtract of rows", "subtract", ROWS.dims, ROWS.shapes, [0, 3, -1, 3]),
    scatter("scatter maximum of rows", "maximum", ROWS.dims, ROWS.shapes, [0, 3, 9, 3]),
    scatter("scatter minimum of rows", "minimum", ROWS.dims, ROWS.shapes, [1, 1, 1, 4]),
    scatter("scatter multiply of rows", "multiply", ROWS.dims, ROWS.shapes, [0, 3, 9, 2], true),
    scatter(
      "scatter multiply of rows, one twice",
      "multiply",
      ROWS.dims,
      ROWS.shapes,
      [0, 3, 9, 3],
    ),
    one(
      "scatter multiply by a zero twice and once",
      `func.func @main(%x: tensor<3xf64>, %i: tensor<4x1xi32>, %u: tensor<4xf64>) -> tensor<3xf64> {
  %0 = "stablehlo.scatter"(%x, %i, %u) <{indices_are_sorted = false, scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>, unique_indices = false}> ${body("multiply")} : (tensor<3xf64>, tensor<4x1xi32>, tensor<4xf64>) -> tensor<3xf64>
  return %0 : tensor<3xf64>
}`,
      { 1: { values: [0, 0, 2, 2] }, 2: { values: [0, 0, 0, 3] } },
    ),
    one(
      "scatter of two inputs, one result used",
      `func.func @main(%x: tensor<3xf64>, %y: tensor<3xf64>, %i: tensor<2x1xi32>, %u: tensor<2xf64>, %v: tensor<2xf64>) -> tensor<3xf64> {
  %0:2 = "stablehlo.scatter"(%x, %y, %i, %u, %v) <{indices_are_sorted = false, scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>, unique_indices = false}> ({
  ^bb0(%a: tensor<f64>, %b: tensor<f64>, %p: tensor<f64>, %q: tensor<f64>):
    %s = stablehlo.add %a, %p : tensor<f64>
    stablehlo.return %s, %q : tensor<f64>, tensor<f64>
  }) : (tensor<3xf64>, tensor<3xf64>, tensor<2x1xi32>, tensor<2xf64>, tensor<2xf64>) -> (tensor<3xf64>, tensor<3xf64>)
  return %0#1 : tensor<3xf64>
}`,
      { 2: { values: [0, 2] } },
    ),
    scatter("scatter set of rows, unique", null, ROWS.dims, ROWS.shapes, [0, 3, 9, 2], true),
    scatter("scatter set of rows, one written twice", null, ROWS.dims, ROWS.shapes, [0, 3, 9, 3]),
    scatter(
      "scatter add of windows that stick out",
      "add",
      PIECES.dims,
      PIECES.shapes,
      [0, 1, 4, 4, -1, 2],
    ),
    scatter(
      "scatter set of windows that overlap",
      null,
      PIECES.dims,
      PIECES.shapes,
      [0, 1, 1, 2, 3, 5],
    ),
  ],
  sort: [
    one(
      "sort",
      `func.func @main(%x: tensor<3x5xf64>) -> tensor<3x5xf64> {
  %0 = "stablehlo.sort"(%x) <{dimension = 1 : i64, is_stable = true}> ({
  ^bb0(%l: tensor<f64>, %r: tensor<f64>):
    %c = stablehlo.compare GT, %l, %r, FLOAT : (tensor<f64>, tensor<f64>) -> tensor<i1>
    stablehlo.return %c : tensor<i1>
  }) : (tensor<3x5xf64>) -> tensor<3x5xf64>
  return %0 : tensor<3x5xf64>
}`,
    ),
  ],
  dot: [
    one(
      "dot of matrices",
      `func.func @main(%a: tensor<2x3xf64>, %b: tensor<3x4xf64>) -> tensor<2x4xf64> {
  %0 = stablehlo.dot %a, %b : (tensor<2x3xf64>, tensor<3x4xf64>) -> tensor<2x4xf64>
  return %0 : tensor<2x4xf64>
}`,
    ),
    one(
      "dot of a matrix and a vector",
      `func.func @main(%a: tensor<2x3xf64>, %b: tensor<3xf64>) -> tensor<2xf64> {
  %0 = stablehlo.dot %a, %b : (tensor<2x3xf64>, tensor<3xf64>) -> tensor<2xf64>
  return %0 : tensor<2xf64>
}`,
    ),
    one(
      "dot of a vector and a matrix",
      `func.func @main(%a: tensor<3xf64>, %b: tensor<3x2xf64>) -> tensor<2xf64> {
  %0 = stablehlo.dot %a, %b : (tensor<3xf64>, tensor<3x2xf64>) -> tensor<2xf64>
  return %0 : tensor<2xf64>
}`,
    ),
    one(
      "dot of vectors",
      `func.func @main(%a: tensor<3xf64>, %b: tensor<3xf64>) -> tensor<f64> {
  %0 = stablehlo.dot %a, %b : (tensor<3xf64>, tensor<3xf64>) -> tensor<f64>
  return %0 : tensor<f64>
}`,
    ),
  ],
  dot_general: [
    dot(
      "of matrices",
      "tensor<2x3xf64>",
      "tensor<3x4xf64>",
      "contracting_dims = [1] x [0]",
      "tensor<2x4xf64>",
    ),
    dot(
      "with both transposed",
      "tensor<3x2xf64>",
      "tensor<4x3xf64>",
      "contracting_dims = [0] x [1]",
      "tensor<2x4xf64>",
    ),
    dot(
      "of batches",
      "tensor<2x3x4xf64>",
      "tensor<2x5x4xf64>",
      "batching_dims = [0] x [0], contracting_dims = [2] x [2]",
      "tensor<2x3x5xf64>",
    ),
    dot(
      "with batching dimensions elsewhere",
      "tensor<3x2x4xf64>",
      "tensor<4x5x2xf64>",
      "batching_dims = [1] x [2], contracting_dims = [2] x [0]",
      "tensor<2x3x5xf64>",
    ),
    dot(
      "over two dimensions in another order",
      "tensor<2x3x4xf64>",
      "tensor<4x5x2xf64>",
      "contracting_dims = [0, 2] x [2, 0]",
      "tensor<3x5xf64>",
    ),
    dot(
      "over no dimension",
      "tensor<2xf64>",
      "tensor<3xf64>",
      "contracting_dims = [] x []",
      "tensor<2x3xf64>",
    ),
    dot(
      "with many kept dimensions",
      "tensor<2x3x4x5xf64>",
      "tensor<4x6x2xf64>",
      "batching_dims = [0] x [2], contracting_dims = [2] x [0]",
      "tensor<2x3x5x6xf64>",
    ),
  ],
  reduce: [
    ...reduce("add", "0.3"),
    ...reduce("multiply", "1.5"),
    ...reduce("maximum", "0.1"),
    ...reduce("minimum", "-0.2"),
    one(
      "reduce of two inputs at once",
      `func.func @main(%x: tensor<3x4xf64>, %y: tensor<3x4xf64>) -> tensor<3xf64> {
  %i = stablehlo.constant dense<0.0> : tensor<f64>
  %m = stablehlo.constant dense<0xFFF0000000000000> : tensor<f64>
  %0:2 = stablehlo.reduce(%x init: %i), (%y init: %m) across dimensions = [1] : (tensor<3x4xf64>, tensor<3x4xf64>, tensor<f64>, tensor<f64>) -> (tensor<3xf64>, tensor<3xf64>)
   reducer(%a: tensor<f64>, %b: tensor<f64>) (%p: tensor<f64>, %q: tensor<f64>) {
    %1 = stablehlo.add %a, %b : tensor<f64>
    %2 = stablehlo.maximum %p, %q : tensor<f64>
    stablehlo.return %1, %2 : tensor<f64>, tensor<f64>
  }
  %3 = stablehlo.multiply %0#0, %0#1 : tensor<3xf64>
  return %3 : tensor<3xf64>
}`,
    ),
    one(
      "reduce multiply with zeros",
      `func.func @main(%x: tensor<3x3xf64>) -> tensor<3xf64> {
  %i = stablehlo.constant dense<1.0> : tensor<f64>
  %0 = stablehlo.reduce(%x init: %i) applies stablehlo.multiply across dimensions = [1] : (tensor<3x3xf64>, tensor<f64>) -> tensor<3xf64>
  return %0 : tensor<3xf64>
}`,
      { 0: { values: [2, 3, 4, 0, 3, 4, 0, 0, 4] } },
    ),
    one(
      "reduce to the largest with its position",
      `func.func @main(%x: tensor<3x4xf64>) -> tensor<3xf64> {
  %n = stablehlo.iota dim = 1 : tensor<3x4xi32>
  %i = stablehlo.constant dense<0xFFF0000000000000> : tensor<f64>
  %z = stablehlo.constant dense<0> : tensor<i32>
  %0:2 = stablehlo.reduce(%x init: %i), (%n init: %z) across dimensions = [1] : (tensor<3x4xf64>, tensor<3x4xi32>, tensor<f64>, tensor<i32>) -> (tensor<3xf64>, tensor<3xi32>)
   reducer(%a: tensor<f64>, %b: tensor<f64>) (%p: tensor<i32>, %q: tensor<i32>) {
    %1 = stablehlo.compare GE, %a, %b, FLOAT : (tensor<f64>, tensor<f64>) -> tensor<i1>
    %2 = stablehlo.select %1, %a, %b : tensor<i1>, tensor<f64>
    %3 = stablehlo.select %1, %p, %q : tensor<i1>, tensor<i32>
    stablehlo.return %2, %3 : tensor<f64>, tensor<i32>
  }
  return %0#0 : tensor<3xf64>
}`,
    ),
  ],
  reduce_window: [
    ...["add", "maximum"].map((op) =>
      one(
        `reduce_window ${op} from an argument`,
        `func.func @main(%x: tensor<5xf64>, %i: tensor<f64>) -> tensor<3xf64> {
  %0 = "stablehlo.reduce_window"(%x, %i) <{window_dimensions = array<i64: 3>, window_strides = array<i64: 2>, padding = dense<[[1, 1]]> : tensor<1x2xi64>}> ${body(op)} : (tensor<5xf64>, tensor<f64>) -> tensor<3xf64>
  return %0 : tensor<3xf64>
}`,
        { 0: { values: [-1, -2, 1.5, 0.7, -0.3] }, 1: { values: [0.4] } },
      ),
    ),
    ...windows("add", "0.0"),
    ...windows("maximum", "0xFFF0000000000000"),
    ...windows("minimum", "0x7FF0000000000000"),
    ...windows("multiply", "1.0"),
  ],
  if: noGradient("has no rule"),
  case: noGradient("has no rule"),
  while: noGradient("has no rule"),
  return: noGradient("ends a region"),
  optimization_barrier: [
    one(
      "optimization_barrier",
      `func.func @main(%a: tensor<2xf64>, %b: tensor<2xf64>) -> tensor<2xf64> {
  %0:2 = stablehlo.optimization_barrier %a, %b : tensor<2xf64>, tensor<2xf64>
  %1 = stablehlo.multiply %0#0, %0#1 : tensor<2xf64>
  return %1 : tensor<2xf64>
}`,
    ),
  ],
  custom_call: noGradient("has no rule"),
  composite: [
    one(
      "composite",
      `func.func @main(%a: tensor<2xf64>) -> tensor<2xf64> {
  %0 = stablehlo.composite "my.square" %a {decomposition = @square} : (tensor<2xf64>) -> tensor<2xf64>
  return %0 : tensor<2xf64>
}
func.func private @square(%a: tensor<2xf64>) -> tensor<2xf64> {
  %0 = stablehlo.multiply %a, %a : tensor<2xf64>
  return %0 : tensor<2xf64>
}`,
    ),
  ],
};
