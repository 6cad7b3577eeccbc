/** @file The interpreter's face: diagnostics instead of exceptions, reuse of arrays, limits, hooks, single ops. */
import { describe, expect, it } from "vitest";
import {
  type Executable,
  evaluateOp,
  interpretFunction,
  type PrepareOptions,
  prepareFunction,
} from "#lib/interp/interpret.ts";
import type { Operation } from "#lib/ir/graph.ts";
import { type Tensor, tensorFromNumbers, toNumbers } from "#lib/tensors/tensor.ts";
import { parse } from "./support.ts";

const f32 = (shape: readonly number[], values: readonly number[]): Tensor =>
  tensorFromNumbers("f32", shape, values);

function prepared(text: string, options: PrepareOptions = {}): Executable {
  const result = prepareFunction(parse(text), "main", options);
  if (!result.ok) throw new Error(result.diagnostics.map(({ message }) => message).join("\n"));
  return result.executable;
}

function messages(text: string, inputs: readonly Tensor[] = [], name = "main"): string[] {
  const result = interpretFunction(parse(text), name, inputs);
  return result.ok ? [] : result.diagnostics.map(({ message }) => message);
}

function results(
  executable: Executable,
  inputs: readonly Tensor[],
  consume: number[] = [],
): number[][] {
  const result = executable.run(inputs, { consume });
  if (!result.ok) throw new Error(result.diagnostics.map(({ message }) => message).join("\n"));
  return result.results.map(toNumbers);
}

const CHAIN = `
func.func @main(%x: tensor<4xf32>, %y: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %0 = stablehlo.add %x, %y : tensor<4xf32>
  %1 = stablehlo.multiply %0, %0 : tensor<4xf32>
  %2 = stablehlo.tanh %1 : tensor<4xf32>
  %3 = stablehlo.subtract %1, %2 : tensor<4xf32>
  %4 = stablehlo.reshape %3 : (tensor<4xf32>) -> tensor<2x2xf32>
  %5 = stablehlo.negate %4 : tensor<2x2xf32>
  %6 = stablehlo.reshape %5 : (tensor<2x2xf32>) -> tensor<4xf32>
  return %6, %3 : tensor<4xf32>, tensor<4xf32>
}`;

describe("what the user got wrong is a diagnostic", () => {
  it("names functions, inputs, shapes and types", () => {
    expect(messages(CHAIN, [], "mian")).toEqual([
      "no function 'mian' in the module; did you mean 'main'?",
    ]);
    expect(messages(CHAIN)).toEqual(["function 'main' takes 2 inputs, but got 0"]);
    const wrong = [f32([2, 2], [1, 2, 3, 4]), f32([4], [1, 2, 3, 4])];
    expect(messages(CHAIN, wrong)).toEqual([
      "input 0 of 'main' is tensor<4xf32>, but got tensor<2x2xf32>",
    ]);
    expect(messages(`func.func private @main(tensor<f32>) -> tensor<f32>`)).toEqual([
      "function 'main' has no body",
    ]);
  });

  it("lists every op that it cannot run, at its place", () => {
    const result = interpretFunction(
      parse(`func.func @main(%x: tensor<2xf32>) -> tensor<2xf32> {
  %0 = stablehlo.custom_call @left(%x) : (tensor<2xf32>) -> tensor<2xf32>
  %1 = stablehlo.custom_call @right(%0) : (tensor<2xf32>) -> tensor<2xf32>
  return %1 : tensor<2xf32>
}`),
      "main",
      [f32([2], [1, 2])],
    );
    expect(result.ok ? [] : result.diagnostics.map(({ message }) => message)).toEqual([
      "'stablehlo.custom_call' op calls 'left', which the interpreter does not know",
      "'stablehlo.custom_call' op calls 'right', which the interpreter does not know",
    ]);
    expect(result.ok ? [] : result.diagnostics.every(({ loc }) => loc.kind === "source")).toBe(
      true,
    );
  });

  it("refuses dynamic shapes and tensors beyond the limit", () => {
    expect(
      messages(`func.func @main(%x: tensor<?xf32>) -> tensor<?xf32> {
  return %x : tensor<?xf32>
}`)[0],
    ).toContain("tensor<?xf32>, which the interpreter cannot run; export with static shapes");
    const huge = messages(`func.func @main() -> tensor<100000x100000xf32> {
  %0 = stablehlo.iota dim = 0 : tensor<100000x100000xf32>
  return %0 : tensor<100000x100000xf32>
}`);
    expect(huge[0]).toContain("needs 37.3 GiB for tensor<100000x100000xf32>");
  });

  it("stops endless loops and recursion", () => {
    const loop = parse(`func.func @main(%x: tensor<i1>) -> tensor<i1> {
  %0 = stablehlo.while(%y = %x) : tensor<i1>
    cond {
      stablehlo.return %y : tensor<i1>
    } do {
      %z = stablehlo.not %y : tensor<i1>
      %w = stablehlo.not %z : tensor<i1>
      stablehlo.return %w : tensor<i1>
    }
  return %0 : tensor<i1>
}`);
    const truth = tensorFromNumbers("i1", [], [1]);
    const stopped = interpretFunction(loop, "main", [truth], { limits: { maxSteps: 1000 } });
    expect(stopped.ok ? "" : stopped.diagnostics[0]?.message).toContain("limit of steps");
    expect(
      messages(`func.func @main() {
  func.call @main() : () -> ()
  return
}`)[0],
    ).toContain("calls nest deeper than");
  });

  it("goes on after a failed check and reports each", () => {
    const failed = messages(`func.func @main() {
  %a = stablehlo.constant dense<1> : tensor<i32>
  check.expect_eq_const %a, dense<2> : tensor<i32>
  check.expect_eq_const %a, dense<1> : tensor<i32>
  check.expect_eq_const %a, dense<3> : tensor<i32>
  return
}`);
    expect(failed).toEqual([
      "'check.expect_eq_const' op failed: expected 2, but got 1 at []",
      "'check.expect_eq_const' op failed: expected 3, but got 1 at []",
    ]);
  });
});

describe("arrays", () => {
  const x = f32([4], [1, 2, 3, 4]);
  const y = f32([4], [0.5, -1, 2, 0]);

  it("are reused from run to run without growing, and results stay untouched", () => {
    const executable = prepared(CHAIN);
    const first = executable.run([x, y]);
    const kept = executable.keptBytes;
    const copies = first.ok ? first.results.map(toNumbers) : [];
    for (let i = 0; i < 50; i++) executable.run([y, x]);
    expect(executable.keptBytes).toBeLessThanOrEqual(kept + 64);
    expect(first.ok ? first.results.map(toNumbers) : []).toEqual(copies);
    expect(toNumbers(x)).toEqual([1, 2, 3, 4]);
  });

  it("of consumed inputs become results", () => {
    const executable =
      prepared(`func.func @main(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
  %0 = stablehlo.add %x, %y : tensor<4xf32>
  return %0 : tensor<4xf32>
}`);
    const mine = f32([4], [1, 2, 3, 4]);
    const result = executable.run([mine, y], { consume: [0] });
    expect(result.ok && result.results[0]?.data === mine.data).toBe(true);
    expect(toNumbers(mine)).toEqual([1.5, 1, 5, 4]);
  });

  it("of inputs that share memory are not consumed", () => {
    const shared = f32([4], [1, 2, 3, 4]);
    expect(results(prepared(CHAIN), [shared, shared], [0, 1])).toEqual(
      results(prepared(CHAIN), [f32([4], [1, 2, 3, 4]), f32([4], [1, 2, 3, 4])]),
    );
    expect(toNumbers(shared)).toEqual([1, 2, 3, 4]);
  });

  it("returned twice, or taken from an input, are copies", () => {
    const executable =
      prepared(`func.func @main(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
  %0 = stablehlo.negate %x : tensor<4xf32>
  return %0, %0, %x : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
}`);
    const result = executable.run([x]);
    if (!result.ok) throw new Error("failed");
    const arrays = new Set(result.results.map(({ data }) => data));
    expect(arrays.size).toBe(3);
    expect(arrays.has(x.data)).toBe(false);
  });

  it("captured by a region or carried by a loop are not overwritten too early", () => {
    const executable =
      prepared(`func.func @main(%x: tensor<4xf32>, %n: tensor<i32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %one = stablehlo.constant dense<1> : tensor<i32>
  %s = stablehlo.add %x, %x : tensor<4xf32>
  %r:3 = stablehlo.while(%i = %n, %a = %s, %b = %s) : tensor<i32>, tensor<4xf32>, tensor<4xf32>
    cond {
      %p = stablehlo.compare GT, %i, %zero, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
      stablehlo.return %p : tensor<i1>
    } do {
      %j = stablehlo.subtract %i, %one : tensor<i32>
      %c = stablehlo.add %a, %s : tensor<4xf32>
      stablehlo.return %j, %b, %c : tensor<i32>, tensor<4xf32>, tensor<4xf32>
    }
  return %r#1, %r#2 : tensor<4xf32>, tensor<4xf32>
}`);
    const count = (n: number): Tensor => tensorFromNumbers("i32", [], [n]);
    expect(results(executable, [x, count(0)])).toEqual([
      [2, 4, 6, 8],
      [2, 4, 6, 8],
    ]);
    expect(results(executable, [x, count(3)])).toEqual([
      [4, 8, 12, 16],
      [6, 12, 18, 24],
    ]);
    expect(results(executable, [f32([4], [1, 2, 3, 4]), count(3)], [0])).toEqual([
      [4, 8, 12, 16],
      [6, 12, 18, 24],
    ]);
  });
});

describe("options", () => {
  it("drop elements or whole windows of a scatter", () => {
    const text = `func.func @main(%x: tensor<4xf32>, %i: tensor<1x1xi32>, %u: tensor<1x2xf32>) -> tensor<4xf32> {
  %0 = "stablehlo.scatter"(%x, %i, %u) <{indices_are_sorted = false, scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [1], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>, unique_indices = false}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %s = stablehlo.add %a, %b : tensor<f32>
    stablehlo.return %s : tensor<f32>
  }) : (tensor<4xf32>, tensor<1x1xi32>, tensor<1x2xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}`;
    const inputs = [
      f32([4], [0, 0, 0, 0]),
      tensorFromNumbers("i32", [1, 1], [3]),
      f32([1, 2], [1, 2]),
    ];
    expect(results(prepared(text), inputs)).toEqual([[0, 0, 0, 1]]);
    expect(results(prepared(text, { scatterOutOfBounds: "window" }), inputs)).toEqual([
      [0, 0, 0, 0],
    ]);
  });

  it("tell hooks about every op that is carried out", () => {
    const seen: string[] = [];
    const executable = prepared(CHAIN);
    executable.run([f32([4], [1, 2, 3, 4]), f32([4], [1, 2, 3, 4])], {
      hooks: { afterOp: (op, [result]) => seen.push(`${op.name} ${result?.shape.join("x")}`) },
    });
    expect(seen[0]).toBe("stablehlo.add 4");
    expect(seen).toHaveLength(7);
  });
});

describe("single ops", () => {
  const opNamed = (text: string, name: string): Operation => {
    const found = parse(text)
      .collect()
      .find((op) => op.name === name);
    if (found === undefined) throw new Error(`no ${name}`);
    return found;
  };

  it("are evaluated where they are pure", () => {
    const add = opNamed(CHAIN, "stablehlo.add");
    const operands = [f32([4], [1, 2, 3, 4]), f32([4], [1, 1, 1, 1])];
    expect(evaluateOp(add, operands)?.map(toNumbers)).toEqual([[2, 3, 4, 5]]);
  });

  it("leave no uses behind, and are refused where a region uses values from outside", () => {
    const text = `func.func @main(%x: tensor<4xf32>, %s: tensor<f32>) -> tensor<f32> {
  %0 = "stablehlo.reduce"(%x, %s) <{dimensions = array<i64: 0>}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %c = stablehlo.add %a, %s : tensor<f32>
    %d = stablehlo.add %c, %b : tensor<f32>
    stablehlo.return %d : tensor<f32>
  }) : (tensor<4xf32>, tensor<f32>) -> tensor<f32>
  return %0 : tensor<f32>
}`;
    const reduce = opNamed(text, "stablehlo.reduce");
    const scalar = reduce.operand(1);
    const before = scalar.uses().length;
    expect(evaluateOp(reduce, [f32([4], [1, 2, 3, 4]), f32([], [0])])?.map(toNumbers)).toEqual([
      [10],
    ]);
    expect(scalar.uses()).toHaveLength(before);
    const check = `func.func @main(%x: tensor<f32>) {
  check.expect_eq %x, %x : tensor<f32>
  return
}`;
    expect(evaluateOp(opNamed(check, "check.expect_eq"), [f32([], [1]), f32([], [1])])).toBeNull();
  });
});
