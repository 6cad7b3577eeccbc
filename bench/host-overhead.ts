/**
 * @file What the device host adds to a call: a step with the demo's 77 tensors of state that does next to nothing, beside one with
 * the demo's arithmetic. Prints one line of JSON.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DeviceTensor, LoadedModule, Value } from "#lib/runtime/engine.ts";
import type { IreeEngine } from "#lib/runtime/iree-engine.ts";
import { openEngine } from "#lib/runtime/open.ts";
import { type Tensor, zeros } from "#lib/tensors/tensor.ts";

const LAYERS = 4;
const WIDTH = 128;
const TOKENS = 1024;

/** Shapes of the demo's parameters. */
const shapes = (): (readonly [number, number])[] => [
  [256, WIDTH],
  ...Array.from({ length: LAYERS }, (): (readonly [number, number])[] => [
    [WIDTH, WIDTH],
    [WIDTH, WIDTH],
    [WIDTH, WIDTH],
    [WIDTH, WIDTH],
    [4 * WIDTH, WIDTH],
    [WIDTH, 4 * WIDTH],
  ]).flat(),
  [256, WIDTH],
];

const type = (shape: readonly number[]): string => `tensor<${[...shape, "f32"].join("x")}>`;

/** `@step(state..., step, lr, tokens, targets) -> (state..., step, loss)`: a little arithmetic on everything, and `dots` matmuls. */
function stepModule(dots: number): string {
  const state = [...shapes(), ...shapes(), ...shapes()];
  const args = state.map((shape, index) => `%s${index}: ${type(shape)}`);
  const tokens = "tensor<8x128xi64>";
  const lines = state.map(
    (shape, index) => `%n${index} = stablehlo.add %s${index}, %s${index} : ${type(shape)}`,
  );
  const [x, up, down] = [type([TOKENS, WIDTH]), type([WIDTH, 4 * WIDTH]), type([4 * WIDTH, WIDTH])];
  const wide = type([TOKENS, 4 * WIDTH]);
  lines.push(`%x0 = stablehlo.broadcast_in_dim %lr, dims = [] : (tensor<f32>) -> ${x}`);
  for (let index = 0; index < dots; index++)
    lines.push(
      `%h${index} = stablehlo.dot %x${index}, %s6 : (${x}, ${up}) -> ${wide}`,
      `%x${index + 1} = stablehlo.dot %h${index}, %s5 : (${wide}, ${down}) -> ${x}`,
    );
  lines.push(
    "%one = stablehlo.constant dense<1> : tensor<i32>",
    "%next = stablehlo.add %step, %one : tensor<i32>",
    "%zero = stablehlo.constant dense<0.0> : tensor<f32>",
    `%loss = stablehlo.reduce(%x${dots} init: %zero) applies stablehlo.add across dimensions = [0, 1] : (${x}, tensor<f32>) -> tensor<f32>`,
  );
  const results = [...state.map(type), "tensor<i32>", "tensor<f32>"].join(", ");
  return `func.func @step(${args.join(", ")}, %step: tensor<i32>, %lr: tensor<f32>, %tokens: ${tokens}, %targets: ${tokens}) -> (${results}) {
  ${lines.join("\n  ")}
  return ${[...state.map((_, index) => `%n${index}`), "%next", "%loss"].join(", ")} : ${results}
}`;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;

interface Timing {
  readonly stepMs: number;
  /** What is not spent inside the runtime. */
  readonly overheadMs: number;
}

/** Steps that hand their results to the next one, as training does; only the loss comes back. */
async function timeSteps(engine: IreeEngine, module: LoadedModule, count: number): Promise<Timing> {
  const state = [...shapes(), ...shapes(), ...shapes()].map((shape) => zeros("f32", shape));
  let kept: Value[] = await engine.upload([...state, zeros("i32", [])]);
  const consume = kept.map((_, index) => index);
  const [lr, tokens]: [Tensor, Tensor] = [zeros("f32", []), zeros("i64", [8, 128])];
  const steps: number[] = [];
  const overheads: number[] = [];
  for (let index = 0; index < count; index++) {
    const inside = engine.invokeSeconds;
    const started = performance.now();
    const results = await module.call("step", [...kept, lr, tokens, tokens], {
      fetch: [kept.length],
      consume,
    });
    const took = performance.now() - started;
    kept = results.slice(0, kept.length);
    if (index < count / 5) continue;
    steps.push(took);
    overheads.push(took - (engine.invokeSeconds - inside) * 1000);
  }
  for (const value of kept) (value as DeviceTensor).release();
  return { stepMs: median(steps), overheadMs: median(overheads) };
}

/** As above, but each step begins before the loss of the one before has come back. */
async function timeStartedSteps(
  engine: IreeEngine,
  module: LoadedModule,
  count: number,
): Promise<Timing> {
  const state = [...shapes(), ...shapes(), ...shapes()].map((shape) => zeros("f32", shape));
  let kept: Value[] = await engine.upload([...state, zeros("i32", [])]);
  const consume = kept.map((_, index) => index);
  const [lr, tokens]: [Tensor, Tensor] = [zeros("f32", []), zeros("i64", [8, 128])];
  const steps: number[] = [];
  const overheads: number[] = [];
  let previous: Promise<unknown> = Promise.resolve();
  let [finished, inside] = [0, 0];
  for (let index = 0; index < count; index++) {
    const { kept: next, done } = module.start?.("step", [...kept, lr, tokens, tokens], {
      fetch: [kept.length],
      consume,
    }) ?? { kept: [], done: Promise.resolve([]) };
    kept = next.filter((value) => value !== null);
    await previous;
    const [now, total] = [performance.now(), engine.invokeSeconds * 1000];
    if (index > count / 5) {
      steps.push(now - finished);
      overheads.push(now - finished - (total - inside));
    }
    [finished, inside] = [now, total];
    previous = done;
  }
  await previous;
  for (const value of kept) (value as DeviceTensor).release();
  return { stepMs: median(steps), overheadMs: median(overheads) };
}

const folder = mkdtempSync(join(tmpdir(), "pcp-bench-"));
const place = { env: { ...process.env, PCP_CACHE_DIR: folder }, cwd: process.cwd() };
const engine = (await openEngine({ engine: "iree", place })) as IreeEngine;
try {
  const empty = await engine.load({ kind: "mlir", name: "empty", text: stepModule(0) });
  // As many matmuls as take about the time of the demo's step.
  const full = await engine.load({ kind: "mlir", name: "full", text: stepModule(13 * LAYERS) });
  const light = await timeSteps(engine, empty, 400);
  const heavy = await timeSteps(engine, full, 60);
  const started = await timeStartedSteps(engine, full, 60);
  process.stdout.write(
    `${JSON.stringify({
      bench: "host-overhead",
      tensorsOfState: 3 * shapes().length,
      lightStepMs: light.stepMs,
      lightOverheadMs: light.overheadMs,
      stepMs: heavy.stepMs,
      overheadMs: heavy.overheadMs,
      overheadRatio: heavy.overheadMs / heavy.stepMs,
      startedStepMs: started.stepMs,
      startedOverheadMs: started.overheadMs,
      startedOverheadRatio: started.overheadMs / started.stepMs,
      overheadRatioOf40Ms: light.overheadMs / 40,
      target: 0.01,
    })}\n`,
  );
} finally {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
}
