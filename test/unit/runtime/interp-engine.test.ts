/** @file The interpreter as an engine: the same contract as the device host, without anything installed. */
import { beforeAll, describe, expect, it } from "vitest";
import {
  type DeviceTensor,
  DiagnosticsError,
  type Engine,
  EngineError,
  kept,
  type LoadedModule,
} from "#lib/runtime/engine.ts";
import { openEngine } from "#lib/runtime/open.ts";
import { type Tensor, tensorFromNumbers, toNumbers } from "#lib/tensors/tensor.ts";

const MODULE = `func.func @main(%w: tensor<2xf32> {pcp.name = "w", pcp.role = "param"}, %x: tensor<2xf32> {pcp.name = "x", pcp.role = "data"})
    -> (tensor<2xf32> {pcp.name = "w", pcp.role = "param"}, tensor<f32> {pcp.role = "loss"}) {
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  %0 = stablehlo.add %w, %x : tensor<2xf32>
  %1 = stablehlo.reduce(%0 init: %zero) applies stablehlo.add across dimensions = [0] : (tensor<2xf32>, tensor<f32>) -> tensor<f32>
  return %0, %1 : tensor<2xf32>, tensor<f32>
}
func.func private @hidden(%a: tensor<f32>) -> tensor<f32> { return %a : tensor<f32> }
func.func @same(%a: tensor<2xf32>, %b: tensor<2xf32>) -> (tensor<2xf32>, tensor<2xf32>) {
  %0 = stablehlo.add %a, %b : tensor<2xf32>
  return %0, %b : tensor<2xf32>, tensor<2xf32>
}
`;

const failure = async (work: Promise<unknown>): Promise<EngineError> => {
  try {
    await work;
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  }
  throw new Error("it did not fail");
};

const w = tensorFromNumbers("f32", [2], [1, 2]);
const x = tensorFromNumbers("f32", [2], [10, 20]);
const numbers = (value: unknown): number[] => toNumbers(value as Tensor);
const place = { env: {}, cwd: "/" };

describe("the interpreter as an engine", () => {
  let engine: Engine;
  let module: LoadedModule;
  beforeAll(async () => {
    engine = await openEngine({ engine: "interp", place });
    module = await engine.load({ kind: "mlir", name: "m.mlir", text: MODULE });
  });

  it("describes public functions", () => {
    expect(module.functions.map(({ name }) => name)).toEqual(["main", "same"]);
    expect(module.functions[0]?.args).toEqual([
      { kind: "tensor", dtype: "f32", shape: [2], name: "w", role: "param", type: "tensor<2xf32>" },
      { kind: "tensor", dtype: "f32", shape: [2], name: "x", role: "data", type: "tensor<2xf32>" },
    ]);
    expect(module.functions[0]?.results.map(({ role }) => role)).toEqual(["param", "loss"]);
  });

  it("runs, keeps what is not asked for, and takes what is given up", async () => {
    expect((await module.call("main", [w, x])).map(numbers)).toEqual([[11, 22], [33]]);
    let [state] = (await engine.upload([w])) as [DeviceTensor];
    for (let turn = 0; turn < 3; turn++) {
      const results = await module.call("main", [state, x], { fetch: [1], consume: [0] });
      const old = state;
      state = kept(results, 0);
      expect((await failure(old.read())).message).toBe("a device tensor is used after its release");
    }
    expect(numbers(await state.read())).toEqual([31, 62]);
    expect(numbers((await engine.download([state]))[0])).toEqual([31, 62]);
  });

  it("never writes into tensors of the caller, nor into one that is given twice", async () => {
    const [a] = (await engine.upload([w])) as [DeviceTensor];
    const results = await module.call("same", [a, a], { consume: [0] });
    expect(results.map(numbers)).toEqual([
      [2, 4],
      [1, 2],
    ]);
    expect(numbers(w)).toEqual([1, 2]);
    expect((await module.call("same", [w, w])).map(numbers)).toEqual([
      [2, 4],
      [1, 2],
    ]);
  });

  it.each([
    ["main", [w], "@main takes 2 inputs, but got 1"],
    [
      "main",
      [w, tensorFromNumbers("i32", [2], [1, 2])],
      "input 1 ('x') of @main must be tensor<2xf32>, but got tensor<2xi32>",
    ],
    ["hidden", [w], "no function '@hidden' in the module (it has: @main, @same)"],
  ])("refuses wrong calls of @%s", async (name, inputs, message) => {
    expect((await failure(module.call(name, inputs))).message).toBe(message);
  });

  it("gives diagnostics for text that is no module", async () => {
    const error = await failure(
      engine.load({ kind: "mlir", name: "bad.mlir", text: "func.func @f() { nope }" }),
    );
    expect(error).toBeInstanceOf(DiagnosticsError);
    expect((error as DiagnosticsError).diagnostics[0]?.severity).toBe("error");
    const vmfb = await failure(engine.load({ kind: "vmfb", name: "x.vmfb", path: "/x.vmfb" }));
    expect(vmfb.message).toBe(
      "'x.vmfb' is compiled, and the interpreter runs MLIR only; use --engine=iree",
    );
  });
});
