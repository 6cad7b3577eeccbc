/** @file A worker's model on a device: parameters by fragment, inner steps on units of data, the agreement check, state that survives the process. */
import type { Batch } from "#lib/data/sampler.ts";
import { batchRows, checkBatch, type UnitReader } from "#lib/data/units.ts";
import { EngineError, type FunctionInfo } from "#lib/runtime/engine.ts";
import { invariant, present } from "#lib/support/assert.ts";
import { plural } from "#lib/support/text.ts";
import { readNumber, type Tensor, writeNumber, zeros } from "#lib/tensors/tensor.ts";
import type { Machine } from "../machine.ts";
import { batchShape, initialState } from "../prepare.ts";
import type { Fragment, FragmentTensor, RunPlan } from "../protocol/plan.ts";
import type { InnerLoop, StepResult, UnitPosition } from "../protocol/ports.ts";
import { carriedNames, StepRunner } from "../steps.ts";
import type { WorkerStateFolder } from "./worker-state.ts";

/** What of a run's plan an inner loop depends on. */
export type InnerPlan = Pick<RunPlan, "fragments" | "algorithm" | "overlapSteps" | "stateEvery"> & {
  readonly data: Pick<RunPlan["data"], "rows" | "length" | "vocabulary" | "seed">;
};

export interface InnerLoopParts {
  readonly machine: Machine;
  readonly plan: InnerPlan;
  /** Null where only the check is run, which needs no data. */
  readonly reader: UnitReader | null;
  /** Weights that no fragment holds. */
  readonly frozen: ReadonlyMap<string, Tensor>;
  /** Null where nothing is kept. */
  readonly states: WorkerStateFolder | null;
}

/** Learning rate of the agreement check, whose update is thrown away. */
const CHECK_RATE = 1e-3;

const residualName = (fragment: number): string => `residual:${fragment}`;
const RESIDUAL = /^residual:(\d+)$/;

/** A unit that is being read. */
interface ReadAhead {
  readonly unit: UnitPosition;
  readonly batch: Promise<Batch>;
}

/** Numbers of a tensor as f32. */
function intoF32(tensor: Tensor, target: Float32Array, at: number): void {
  if (tensor.data instanceof Float32Array && tensor.dtype === "f32") target.set(tensor.data, at);
  else for (let i = 0; i < tensor.data.length; i++) target[at + i] = readNumber(tensor, i);
}

/** f32 numbers in the type of a weight. */
function fromF32(
  info: FunctionInfo,
  { name, shape }: FragmentTensor,
  values: Float32Array,
): Tensor {
  const dtype = present(info.args.find((arg) => arg.name === name)?.dtype, `argument '${name}'`);
  if (dtype === "f32") return { dtype, shape, data: values };
  const tensor = zeros(dtype, shape);
  for (let i = 0; i < values.length; i++) writeNumber(tensor, i, values[i] as number);
  return tensor;
}

/** Compares fragments with what @train_step takes. @throws EngineError naming the first that differs */
function checkFragments(info: FunctionInfo, plan: InnerPlan): void {
  for (const { name, shape, role } of plan.fragments.flatMap(({ tensors }) => tensors)) {
    const arg = info.args.find((candidate) => candidate.name === name);
    if (arg?.role !== role || arg.shape?.join() !== shape.join())
      throw new EngineError(
        `the run exchanges ${role} '${name}' of shape [${shape.join(", ")}], but the program takes ${arg === undefined ? "none of that name" : `${arg.role} ${arg.type}`}`,
      );
  }
}

/** The real {@link InnerLoop}; values stay on the device between steps. */
export class ModelInnerLoop implements InnerLoop {
  /** Forward passes per step. */
  readonly microBatches: number;
  private readonly parts: InnerLoopParts;
  private readonly info: FunctionInfo;
  private readonly runner: StepRunner;
  private ahead: ReadAhead | null = null;
  /** Leases after which state was to be kept. */
  private leases = 0;

  private constructor(parts: InnerLoopParts, microBatches: number) {
    this.parts = parts;
    this.microBatches = microBatches;
    this.info = parts.machine.function("train_step");
    this.runner = new StepRunner(parts.machine, microBatches, false);
  }

  /**
   * A loop with the module's own initial state (zero moments); parameters come by `setFragment`.
   * @throws EngineError where program and plan do not fit.
   */
  static async create(parts: InnerLoopParts): Promise<ModelInnerLoop> {
    const { machine, plan, frozen } = parts;
    const info = machine.function("train_step");
    checkFragments(info, plan);
    const [rows, length] = batchShape(info);
    if (length !== plan.data.length || plan.data.rows % rows !== 0)
      throw new EngineError(
        `units of ${plural(plan.data.rows, "sequence")} of ${plan.data.length} tokens are no multiple of the program's batch of ${rows} x ${length}`,
      );
    const microBatches = plan.data.rows / rows;
    if (microBatches > 1 || plan.algorithm === "data_parallel")
      for (const name of ["grad_step", "apply_step", "init_acc"]) machine.function(name);
    const exchanged = new Set(
      plan.fragments.flatMap(({ tensors }) => tensors.map(({ name }) => name)),
    );
    const missing = carriedNames(info).weights.find(
      (name) => !exchanged.has(name) && !frozen.has(name),
    );
    if (missing !== undefined)
      throw new EngineError(`the run has no values for weight '${missing}' of the program`);
    if (frozen.size > 0) await machine.set(frozen);
    await initialState(machine, info);
    return new ModelInnerLoop(parts, microBatches);
  }

  private fragment(index: number): Fragment {
    return present(this.parts.plan.fragments[index], `fragment ${index}`);
  }

  async getFragment(index: number): Promise<Float32Array> {
    return this.read(this.fragment(index), ({ name }) => name);
  }

  /** Values of a fragment's tensors, by the names under which the machine has them. */
  private async read(
    { tensors, elements }: Fragment,
    nameOf: (tensor: FragmentTensor) => string,
  ): Promise<Float32Array> {
    const values = await this.parts.machine.get(tensors.map(nameOf));
    const flat = new Float32Array(elements);
    let at = 0;
    for (const tensor of tensors) {
      intoF32(present(values.get(nameOf(tensor)), tensor.name), flat, at);
      at += tensor.elements;
    }
    return flat;
  }

  async setFragment(index: number, values: Float32Array): Promise<void> {
    const { tensors, elements } = this.fragment(index);
    invariant(values.length === elements, `fragment ${index} takes ${elements} values`);
    let at = 0;
    const parts = tensors.map((tensor) => {
      at += tensor.elements;
      const part = values.subarray(at - tensor.elements, at);
      return [tensor.name, fromF32(this.info, tensor, part)] as const;
    });
    await this.parts.machine.set(new Map(parts));
  }

  async step(unit: UnitPosition, learningRate: number): Promise<StepResult> {
    const batch = await this.batchOf(unit);
    const { loss, gradNorm, pending } = await this.runner.step(this.micro(batch), learningRate);
    pending?.accept();
    return { loss, gradNorm };
  }

  async gradient(unit: UnitPosition): Promise<StepResult> {
    const batch = await this.batchOf(unit);
    const { loss } = await this.runner.sumGradients(this.micro(batch));
    return { loss, gradNorm: null };
  }

  /** Mean gradient of the unit's batches; of a buffer, its value. */
  async gradientFragment(index: number): Promise<Float32Array> {
    const fragment = this.fragment(index);
    const flat = await this.read(fragment, ({ name, role }) =>
      role === "param" ? `${name}/acc` : name,
    );
    // In f32 and by multiplication, as @apply_step does it.
    const inverse = Math.fround(1 / this.microBatches);
    let at = 0;
    for (const { role, elements } of fragment.tensors) {
      if (role === "param" && this.microBatches > 1)
        for (let i = at; i < at + elements; i++) flat[i] = (flat[i] as number) * inverse;
      at += elements;
    }
    return flat;
  }

  private micro(batch: Batch): (index: number) => Batch {
    const rows = this.parts.plan.data.rows / this.microBatches;
    return (index) => batchRows(batch, index * rows, (index + 1) * rows);
  }

  /** The batch of a unit; the next one is being read meanwhile. */
  private batchOf(unit: UnitPosition): Promise<Batch> {
    const reader = present(this.parts.reader, "data of an inner loop that trains");
    const read = ({ epoch, position }: UnitPosition): Promise<Batch> =>
      reader.batch(epoch, position);
    const { ahead } = this;
    const isAhead = ahead?.unit.epoch === unit.epoch && ahead.unit.position === unit.position;
    const batch = isAhead ? ahead.batch : read(unit);
    const next = { epoch: unit.epoch, position: unit.position + 1 };
    this.ahead = null;
    if (next.position < reader.order.unitsPerEpoch) {
      this.ahead = { unit: next, batch: read(next) };
      // A failure is reported to whoever asks for that unit.
      this.ahead.batch.catch(() => {});
    }
    return batch;
  }

  async check(): Promise<StepResult> {
    const { data } = this.parts.plan;
    const batch = checkBatch(batchShape(this.info), data.vocabulary, data.seed);
    const { loss, gradNorm, pending } = await this.runner.plainStep(batch, CHECK_RATE, true);
    pending?.discard();
    return { loss, gradNorm };
  }

  /** Whether parameters differ from the published ones at the end of a round, so that they are state as well. */
  private get keepsParameters(): boolean {
    const { algorithm, overlapSteps } = this.parts.plan;
    return algorithm === "streaming" || algorithm === "decoupled" || overlapSteps > 0;
  }

  async saveState(name: string, residuals: ReadonlyMap<number, Float32Array>): Promise<void> {
    const { states, machine, plan } = this.parts;
    this.leases++;
    if (states === null || this.leases % (plan.stateEvery ?? 1) !== 0) return;
    const { weights, state } = carriedNames(this.info);
    const kept = this.keepsParameters ? [...state, ...weights] : state;
    const tensors = new Map(await machine.get(kept));
    for (const [fragment, data] of residuals)
      tensors.set(residualName(fragment), { dtype: "f32", shape: [data.length], data });
    const problem = states.save(name, tensors);
    if (problem !== null) throw new EngineError(problem.problem);
  }

  async loadState(name: string): Promise<ReadonlyMap<number, Float32Array> | null> {
    const tensors = this.parts.states?.load(name) ?? null;
    if (tensors === null) return null;
    const residuals = new Map<number, Float32Array>();
    const values = new Map<string, Tensor>();
    for (const [key, tensor] of tensors) {
      const fragment = RESIDUAL.exec(key)?.[1];
      if (fragment === undefined) values.set(key, tensor);
      else if (tensor.data instanceof Float32Array) residuals.set(Number(fragment), tensor.data);
    }
    // State of another program, such as one with another optimizer, is none.
    const { state } = carriedNames(this.info);
    if (!state.every((key) => this.fits(key, values.get(key)))) return null;
    await this.parts.machine.set(values);
    return residuals;
  }

  private fits(name: string, tensor: Tensor | undefined): boolean {
    const arg = this.info.args.find((candidate) => candidate.name === name);
    return tensor?.dtype === arg?.dtype && tensor?.shape.join() === arg?.shape?.join();
  }
}
