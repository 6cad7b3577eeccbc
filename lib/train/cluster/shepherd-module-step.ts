/** @file The module's own optimizer as the outer one (data_parallel): @apply_step on the shepherd's engine, from gradients that workers sent. */
import type { FunctionInfo, LoadedModule, Value } from "#lib/runtime/engine.ts";
import { invariant, present } from "#lib/support/assert.ts";
import { elementCount } from "#lib/support/shape.ts";
import {
  readNumber,
  type Tensor,
  tensorFromNumbers,
  writeNumber,
  zeros,
} from "#lib/tensors/tensor.ts";
import type { ModuleStep } from "../diloco/reduce.ts";
import { Machine } from "../machine.ts";
import { initialState } from "../prepare.ts";
import type { Fragment, RunPlan } from "../protocol/plan.ts";
import { learningRate } from "../schedule.ts";
import { carriedNames } from "../steps.ts";

/** A tensor of an argument's type from f32 numbers. */
function argumentOf(info: FunctionInfo, name: string, values: Float32Array): Tensor {
  const arg = present(
    info.args.find((candidate) => candidate.name === name),
    `argument '${name}'`,
  );
  const shape = (arg.shape ?? []).map((size) => present(size, `dimension of '${name}'`));
  const tensor = zeros(present(arg.dtype, `type of '${name}'`), shape);
  if (tensor.dtype === "f32") (tensor.data as Float32Array).set(values);
  else for (let i = 0; i < values.length; i++) writeNumber(tensor, i, values[i] as number);
  return tensor;
}

/** Numbers of several tensors, one after the other. */
function flatten(tensors: Iterable<Tensor>, length: number): Float32Array {
  const flat = new Float32Array(length);
  let at = 0;
  for (const tensor of tensors) {
    if (tensor.dtype === "f32") flat.set(tensor.data as Float32Array, at);
    else for (let i = 0; i < tensor.data.length; i++) flat[at + i] = readNumber(tensor, i);
    at += tensor.data.length;
  }
  return flat;
}

/** Makes steps of the module's optimizer; the engine runs one call at a time. */
class ModuleOptimizer {
  private readonly machine: Machine;
  private readonly plan: RunPlan;
  private readonly train: FunctionInfo;
  private readonly apply: FunctionInfo;
  private readonly stateNames: readonly string[];
  private readonly stateLength: number;

  constructor(machine: Machine, plan: RunPlan) {
    this.machine = machine;
    this.plan = plan;
    this.train = machine.function("train_step");
    this.apply = machine.function("apply_step");
    this.stateNames = carriedNames(this.train).state;
    this.stateLength = this.train.args.reduce(
      (sum, { name, shape }) =>
        name !== null && this.stateNames.includes(name)
          ? sum + elementCount((shape ?? []).map((size) => size ?? 0))
          : sum,
      0,
    );
  }

  private async setState(state: Float32Array | null): Promise<void> {
    if (state === null) {
      await initialState(this.machine, this.train);
      return;
    }
    invariant(state.length === this.stateLength, "state of another optimizer");
    let at = 0;
    const tensors = this.stateNames.map((name) => {
      const { shape } = present(
        this.train.args.find((arg) => arg.name === name),
        `state '${name}'`,
      );
      const count = elementCount((shape ?? []).map((size) => size ?? 0));
      at += count;
      return [name, argumentOf(this.train, name, state.subarray(at - count, at))] as const;
    });
    await this.machine.set(new Map(tensors));
  }

  /** Gradients of weights under the names of accumulators, weights under their own. */
  private async setTensors(
    { tensors }: Fragment,
    parameters: Float32Array,
    gradient: Float32Array,
  ): Promise<void> {
    const values = new Map<string, Tensor>();
    let at = 0;
    for (const { name, role, elements } of tensors) {
      const [from, to] = [at, at + elements];
      at = to;
      if (role === "buffer") continue;
      values.set(name, argumentOf(this.train, name, parameters.subarray(from, to)));
      const sum = `${name}/acc`;
      values.set(sum, argumentOf(this.apply, sum, gradient.subarray(from, to)));
    }
    await this.machine.set(values);
  }

  readonly step: ModuleStep = async ({ fragment, parameters, state, gradient, tokens }) => {
    const { machine } = this;
    await this.setState(state);
    await this.setTensors(fragment, parameters, gradient);
    const rate = this.rateAt(tokens);
    const inputs = new Map<string, Value>();
    for (const { name, role, dtype } of this.apply.args) {
      if (name === null || dtype === null) continue;
      if (role === "lr") inputs.set(name, tensorFromNumbers(dtype, [], [rate]));
      else if (name === "count") inputs.set(name, tensorFromNumbers(dtype, [], [1]));
    }
    const pending = await machine.step("apply_step", inputs, [], false);
    pending.accept();
    const trained = fragment.tensors.filter(({ role }) => role === "param");
    const weights = await machine.get(trained.map(({ name }) => name));
    const states = await machine.get(this.stateNames);
    return {
      // Buffers take the mean of the workers' values, which came in the place of their gradients.
      parameters: this.joined(fragment, weights, gradient),
      state: flatten(states.values(), this.stateLength),
    };
  };

  private rateAt(tokens: number): number {
    const { schedule, unitTokens, workers } = this.plan;
    return learningRate(schedule, tokens, unitTokens * workers);
  }

  private joined(
    { tensors, elements }: Fragment,
    weights: ReadonlyMap<string, Tensor>,
    gradient: Float32Array,
  ): Float32Array {
    const flat = gradient.slice(0, elements);
    let at = 0;
    for (const { name, elements: count } of tensors) {
      const weight = weights.get(name);
      if (weight !== undefined) flat.set(flatten([weight], count), at);
      at += count;
    }
    return flat;
  }
}

/** The outer step of data_parallel, on a module that is loaded already. @throws EngineError */
export function moduleStep(
  engine: Machine["engine"],
  loaded: LoadedModule,
  plan: RunPlan,
): ModuleStep {
  const optimizer = new ModuleOptimizer(new Machine(engine, loaded), plan);
  let last: Promise<unknown> = Promise.resolve();
  return (input) => {
    const result = last.then(() => optimizer.step(input));
    last = result.catch(() => {});
    return result;
  };
}
