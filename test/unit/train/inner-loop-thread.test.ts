/** @file The interpreter in a thread: the same numbers, the same messages, and a process that goes on meanwhile. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import type { Engine, Value } from "#lib/runtime/engine.ts";
import { createInterpEngine } from "#lib/runtime/interp-engine.ts";
import { createThreadedInterpreter } from "#lib/runtime/interp-thread.ts";
import { parseProgram } from "#lib/runtime/parse-program.ts";
import type { Tensor } from "#lib/tensors/tensor.ts";
import { root } from "../tools/processes.ts";

const file = pathToFileURL(join(root, "build/dist/interp-worker.js"));
const threaded = createThreadedInterpreter(file);
const plain = createInterpEngine(parseProgram);
afterAll(() => threaded.close());

const PROGRAM = `module {
  func.func @step(%a: tensor<4xf32>, %b: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
    %0 = stablehlo.add %a, %b : tensor<4xf32>
    %1 = stablehlo.tanh %0 : tensor<4xf32>
    return %0, %1 : tensor<4xf32>, tensor<4xf32>
  }
  func.func @long(%a: tensor<f32>) -> tensor<f32> {
    %zero = stablehlo.constant dense<0> : tensor<i32>
    %one = stablehlo.constant dense<1> : tensor<i32>
    %many = stablehlo.constant dense<300000> : tensor<i32>
    %0:2 = stablehlo.while(%i = %zero, %x = %a) : tensor<i32>, tensor<f32>
      cond {
        %c = stablehlo.compare LT, %i, %many : (tensor<i32>, tensor<i32>) -> tensor<i1>
        stablehlo.return %c : tensor<i1>
      } do {
        %n = stablehlo.add %i, %one : tensor<i32>
        %y = stablehlo.cosine %x : tensor<f32>
        stablehlo.return %n, %y : tensor<i32>, tensor<f32>
      }
    return %0#1 : tensor<f32>
  }
}`;

const vector = (...values: number[]): Tensor => ({
  dtype: "f32",
  shape: [values.length],
  data: Float32Array.from(values),
});

/** Runs the same calls on an engine: kept and brought back, given up and used again. */
async function use(engine: Engine): Promise<Tensor[]> {
  const module = await engine.load({ kind: "mlir", name: "p", text: PROGRAM });
  // A view of a larger buffer.
  const whole = Float32Array.of(9, 1, 2, 3, 4, 9);
  const view: Tensor = { dtype: "f32", shape: [4], data: whole.subarray(1, 5) };
  const [a] = await engine.upload([view]);
  const first = await module.call("step", [a as Value, vector(1, 1, 1, 1)], {
    fetch: [1],
    consume: [0],
  });
  const [kept, shown] = first as [Value, Tensor];
  const second = await module.call("step", [kept, vector(0.5, 0.5, 0.5, 0.5)], { fetch: "none" });
  const back = await engine.download(second as never);
  await expect(module.call("step", [a as Value, vector(1, 1, 1, 1)])).rejects.toThrow(
    "a device tensor is used after its release",
  );
  await expect(module.call("step", [vector(1, 2)])).rejects.toThrow(/@step/);
  await expect(module.call("stop", [])).rejects.toThrow(/stop/);
  await module.unload();
  return [shown, ...back];
}

describe("the interpreter in a thread", () => {
  it("gives the results and the messages of the interpreter in this thread", async () => {
    expect(await use(threaded)).toEqual(await use(plain));
  });

  it("tells mistakes in a module as they are", async () => {
    const wrong = { kind: "mlir", name: "w", text: "func.func @main() -> tensor<f32> {}" } as const;
    const message = await plain.load(wrong).catch((error: Error) => error.message);
    await expect(threaded.load(wrong)).rejects.toThrow(String(message));
    await expect(threaded.load({ kind: "vmfb", name: "v", path: "v.vmfb" })).rejects.toThrow(
      "the interpreter runs MLIR only",
    );
  });

  it("leaves this process free while it computes", async () => {
    const module = await threaded.load({ kind: "mlir", name: "p", text: PROGRAM });
    let ticks = 0;
    const timer = setInterval(() => ticks++, 5);
    await module.call("long", [{ dtype: "f32", shape: [], data: Float32Array.of(1) }]);
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(2);
  });

  it("is bundled beside whoever uses it", () => {
    expect(readFileSync(file, "utf8")).toContain("parentPort");
  });
});
