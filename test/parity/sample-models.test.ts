/** @file Two modules that another exporter made, read from beside the checkout: round trip, engines against each other, gradients against differences, training. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { RandomStream } from "#lib/data/philox.ts";
import { memoryIo } from "#lib/driver/memory-io.ts";
import { optMain } from "#lib/driver/opt.ts";
import type { FunctionInfo, LoadedModule, Value } from "#lib/runtime/engine.ts";
import type { EngineName } from "#lib/runtime/open.ts";
import { findIreeTool } from "#lib/runtime/toolchain.ts";
import { isProblem } from "#lib/support/problem.ts";
import { readNumber, type Tensor, tensorFromNumbers, zeros } from "#lib/tensors/tensor.ts";
import { findIree, findSampleModels, PLACE, ROOT, say } from "./environment.ts";
import { differentiate, functionOf, withModule } from "./pipeline.ts";

const MODELS = ["nanochat_forward_32", "nanogpt_small"];
const folder = findSampleModels();
const iree = await findIree();
const needsBoth = folder === null || iree === null;

const textOf = (name: string): string => readFileSync(join(folder ?? "", `${name}.mlir`), "utf8");

/** Tokens below 65, a step count, a learning rate, and small random numbers for everything else. */
function inputFor({ args }: FunctionInfo, index: number, seed: number): Tensor {
  const { dtype, shape, role } = args[index] ?? {};
  const sizes = (shape ?? []).map((size) => size ?? 1);
  const count = sizes.reduce((product, size) => product * size, 1);
  const stream = new RandomStream(seed, 9, index);
  if (role === "step") return zeros(dtype ?? "i32", []);
  if (role === "lr") return tensorFromNumbers("f32", [], [3e-3]);
  if (dtype === "i64") {
    const tokens = Array.from({ length: count }, (_, at) => stream.integer(at, 65));
    return tensorFromNumbers("i64", sizes, tokens);
  }
  const values = new Float64Array(count);
  // Vectors are gains and biases of norms, or biases: near one they are neither lost nor too much.
  stream.fillNormal(values, sizes.length === 1 ? 1 : 0, 0.1);
  return tensorFromNumbers(dtype ?? "f32", sizes, values);
}

const inputsFor = (info: FunctionInfo, seed: number): Tensor[] =>
  info.args.map((_, index) => inputFor(info, index, seed));

const number = (value: Value | undefined): number => readNumber(value as Tensor, 0);

async function lossIn(engine: EngineName, text: string): Promise<number> {
  return withModule(engine, text, async (module) => {
    const [loss] = await module.call("main", inputsFor(functionOf(module, "main"), 1));
    return number(loss);
  });
}

const squeezed = (text: string): string => text.replace(/[ \t]+/g, " ").trimEnd();

/** The inputs moved along a direction. */
const moved = (
  inputs: readonly Tensor[],
  direction: readonly Float64Array[],
  by: number,
): Tensor[] =>
  inputs.map((input, index) => {
    const along = direction[index];
    if (along === undefined || input.dtype !== "f32") return input;
    const values = Array.from(along, (each, at) => readNumber(input, at) + by * each);
    return tensorFromNumbers("f32", input.shape, values);
  });

/** Slope of the loss along a direction that every gradient element adds to: by the gradients, and by a difference quotient. */
async function slopes(module: LoadedModule): Promise<{ gradient: number; difference: number }> {
  const info = functionOf(module, "main_value_and_grad");
  const inputs = inputsFor(info, 2);
  const [, ...gradients] = await module.call(info.name, inputs);
  let slope = 0;
  const direction = gradients.map((each, index) => {
    const along = new Float64Array((each as Tensor).data.length);
    new RandomStream(3, 9, index).fillNormal(along, 0, 1);
    for (let at = 0; at < along.length; at++) {
      const element = readNumber(each as Tensor, at);
      along[at] = Math.abs(along[at] ?? 0) * Math.sign(element);
      slope += element * (along[at] ?? 0);
    }
    return along;
  });
  const by = 5e-3 / slope;
  const [above] = await module.call(info.name, moved(inputs, direction, by));
  const [below] = await module.call(info.name, moved(inputs, direction, -by));
  return { gradient: slope, difference: (number(above) - number(below)) / (2 * by) };
}

describe.skipIf(folder === null).each(MODELS)("%s", (name) => {
  it.skipIf(needsBoth)("prints as iree-opt prints it", async () => {
    const tool = findIreeTool("iree-opt", "compiler", iree ?? { problem: "" }, PLACE);
    if (isProblem(tool)) throw new Error(tool.problem);
    const theirs = await execa(tool.path, [join(folder ?? "", `${name}.mlir`)]);
    const io = memoryIo({ argv: ["-"], cwd: ROOT, stdin: textOf(name) });
    expect(await optMain(io)).toBe(0);
    expect(squeezed(io.stdoutText())).toBe(squeezed(theirs.stdout));
  });

  it.skipIf(needsBoth)("has the same loss in the interpreter and in IREE", async () => {
    const [interp, compiled] = [
      await lossIn("interp", textOf(name)),
      await lossIn("iree", textOf(name)),
    ];
    const off = Math.abs(interp - compiled);
    say(
      `${name}: loss in interp ${interp.toPrecision(8)}, in iree ${compiled.toPrecision(8)}, difference ${off.toExponential(1)}  ${off <= 1e-5 ? "OK" : "FAILED"}`,
    );
    expect(off).toBeLessThanOrEqual(1e-5);
  });

  it.skipIf(needsBoth)("has gradients that agree with differences", async () => {
    const text = await differentiate(textOf(name), ["--emit=value-and-grad"]);
    const { gradient, difference } = await withModule("iree", text, (module) => slopes(module));
    const off = Math.abs(gradient - difference) / gradient;
    say(
      `${name}: slope ${gradient.toPrecision(6)} by gradients, ${difference.toPrecision(6)} by differences, relative difference ${off.toExponential(1)}  ${off <= 1e-3 ? "OK" : "FAILED"}`,
    );
    expect(off).toBeLessThanOrEqual(1e-3);
  });

  it.skipIf(needsBoth)("trains: the loss of one batch falls", async () => {
    const text = await differentiate(textOf(name), ["--emit=train", "--optimizer=adamw"]);
    const losses = await withModule("iree", text, async (module) => {
      const info = functionOf(module, "train_step");
      const initial = functionOf(module, "init_state");
      const state = await module.call("init_state", []);
      let values: Value[] = inputsFor(info, 4);
      for (const [index, { name: of }] of initial.results.entries()) {
        const at = info.args.findIndex((each) => each.name === of);
        values[at] = state[index] as Value;
      }
      const found: number[] = [];
      const lossAt = info.results.findIndex(({ role }) => role === "loss");
      for (let step = 0; step < 12; step++) {
        const results = await module.call("train_step", values);
        found.push(number(results[lossAt]));
        values = info.args.map(({ name: of }, index) => {
          const at = info.results.findIndex((each) => each.name === of);
          return at === -1 ? (values[index] as Value) : (results[at] as Value);
        });
      }
      return found;
    });
    const [first = 0, last = 0] = [losses[0], losses.at(-1)];
    say(
      `${name}: loss ${first.toFixed(4)} -> ${last.toFixed(4)} in ${losses.length} steps  ${last < first - 0.1 ? "OK" : "FAILED"}`,
    );
    expect(last).toBeLessThan(first - 0.1);
  });
});
