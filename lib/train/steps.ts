/** @file One optimizer step of a training module: in one call, or gradients of several batches summed and applied once. */
import type { Batch } from "#lib/data/sampler.ts";
import { EngineError, type FunctionInfo, type Value, type ValueInfo } from "#lib/runtime/engine.ts";
import { present } from "#lib/support/assert.ts";
import { readNumber, type Tensor, tensorFromNumbers } from "#lib/tensors/tensor.ts";
import type { Machine, PendingStep } from "./machine.ts";

/** What a step gives. */
export interface StepNumbers {
  readonly loss: number;
  readonly gradNorm: number | null;
  /** Null where the results are current values already. */
  readonly pending: PendingStep | null;
}

export const scalarOf = (tensor: Tensor | undefined): number | null =>
  tensor === undefined ? null : readNumber(tensor, 0);

/** A number in the type of an argument. */
const scalarFor = (info: ValueInfo, value: number): Tensor =>
  tensorFromNumbers(present(info.dtype, "dtype of a scalar argument"), [], [value]);

const nameOf = (info: FunctionInfo, role: string): string | null =>
  info.results.find((result) => result.role === role)?.name ?? null;

/** Arguments that a batch fills, in order: tokens, then targets. */
export const dataArguments = (info: FunctionInfo): readonly ValueInfo[] =>
  info.args.filter(({ role }) => role === "data");

/** Weights (params, buffers, frozen) and optimizer state of a training module, by name. */
export function carriedNames(info: FunctionInfo): { weights: string[]; state: string[] } {
  const named = (roles: readonly string[]): string[] =>
    info.args.flatMap(({ name, role }) =>
      name !== null && role !== null && roles.includes(role) ? [name] : [],
    );
  return { weights: named(["param", "buffer", "frozen"]), state: named(["state", "step"]) };
}

/** A batch by the names of a function's arguments. @throws EngineError where it takes no tokens and targets */
export function namedBatch(info: FunctionInfo, batch: Batch): Map<string, Value> {
  const [tokens, targets] = dataArguments(info);
  if (tokens?.name == null || targets?.name == null)
    throw new EngineError(`@${info.name} does not take tokens and targets as data`);
  return new Map<string, Value>([
    [tokens.name, asType(batch.tokens, tokens)],
    [targets.name, asType(batch.targets, targets)],
  ]);
}

/** Tokens in the integer type that a model takes. */
const asType = (tensor: Tensor, { dtype }: ValueInfo): Tensor =>
  dtype === null || dtype === tensor.dtype
    ? tensor
    : tensorFromNumbers(dtype, tensor.shape, Array.from(tensor.data, Number));

/** Gives the batch of one forward pass of a step. */
export type BatchOf = (index: number) => Batch;

/** Runs steps on a machine. */
export class StepRunner {
  private readonly machine: Machine;
  private readonly microBatches: number;
  private readonly revocable: boolean;
  private accumulators: ReadonlyMap<string, Value> | null = null;

  /**
   * @param microBatches - forward passes per step.
   * @param revocable - nothing becomes a current value before the step is accepted.
   */
  constructor(machine: Machine, microBatches: number, revocable: boolean) {
    this.machine = machine;
    this.microBatches = microBatches;
    this.revocable = revocable;
  }

  step(batchOf: BatchOf, rate: number): Promise<StepNumbers> {
    return this.microBatches > 1
      ? this.accumulatedStep(batchOf, rate)
      : this.plainStep(batchOf(0), rate, this.revocable);
  }

  /** One call of @train_step on a batch. */
  async plainStep(batch: Batch, rate: number, revocable: boolean): Promise<StepNumbers> {
    const { machine } = this;
    const info = machine.function("train_step");
    const inputs = namedBatch(info, batch);
    for (const arg of info.args)
      if (arg.role === "lr" && arg.name !== null) inputs.set(arg.name, scalarFor(arg, rate));
    const lossName = nameOf(info, "loss") ?? "loss";
    const fetch = [lossName, "grad_norm"];
    const numbers = (fetched: ReadonlyMap<string, Tensor>): Omit<StepNumbers, "pending"> => ({
      loss: scalarOf(fetched.get(lossName)) ?? Number.NaN,
      gradNorm: scalarOf(fetched.get("grad_norm")),
    });
    if (!revocable && machine.canBegin("train_step"))
      return { ...numbers(await machine.begin("train_step", inputs, fetch)), pending: null };
    const pending = await machine.step("train_step", inputs, fetch, revocable);
    return { ...numbers(pending.fetched), pending };
  }

  /** Sums gradients over several batches, then updates once; the loss is the mean of theirs. */
  private async accumulatedStep(batchOf: BatchOf, rate: number): Promise<StepNumbers> {
    const { machine, microBatches, revocable } = this;
    const { loss, added } = await this.sumGradients(batchOf);
    const apply = machine.function("apply_step");
    const inputs = new Map<string, Value>(added?.carried);
    for (const arg of apply.args) {
      if (arg.role === "lr" && arg.name !== null) inputs.set(arg.name, scalarFor(arg, rate));
      else if (arg.name === "count") inputs.set(arg.name, scalarFor(arg, microBatches));
    }
    const applied = await machine.step("apply_step", inputs, ["grad_norm"], revocable);
    const gradNorm = scalarOf(applied.fetched.get("grad_norm"));
    const pending: PendingStep = {
      ...applied,
      accept: () => [added, applied].forEach((part) => void part?.accept()),
      discard: () => [added, applied].forEach((part) => void part?.discard()),
    };
    return { loss, gradNorm, pending };
  }

  /**
   * Gradients of all batches of a step, summed: in `added` where steps are revocable, else current values named as the
   * results of @grad_step.
   */
  async sumGradients(batchOf: BatchOf): Promise<{ loss: number; added: PendingStep | null }> {
    const { machine, microBatches, revocable } = this;
    const grad = machine.function("grad_step");
    const lossName = nameOf(grad, "loss") ?? "loss";
    this.accumulators ??= await this.zeroAccumulators();
    let added: PendingStep | null = null;
    let sum = 0;
    for (let i = 0; i < microBatches; i++) {
      const inputs = namedBatch(grad, batchOf(i));
      for (const [name, value] of i === 0 ? this.accumulators : (added?.carried ?? []))
        inputs.set(name, value);
      const pending = await machine.step("grad_step", inputs, [lossName], revocable);
      if (revocable) added?.discard();
      else pending.accept();
      added = revocable ? pending : null;
      sum += scalarOf(pending.fetched.get(lossName)) ?? Number.NaN;
    }
    return { loss: sum / microBatches, added };
  }

  /** Zeros that every accumulation begins from; they stay on the device for the whole run. */
  private async zeroAccumulators(): Promise<Map<string, Value>> {
    const { results } = this.machine.function("init_acc");
    const values = await this.machine.module.call("init_acc", [], { fetch: "none" });
    return new Map(results.map(({ name }, index) => [name ?? "", values[index] as Value]));
  }
}
