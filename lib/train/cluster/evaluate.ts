/** @file The shepherd's own copy of the model: the reference of the agreement check, and the loss of the outer parameters. */
import type { BatchSampler } from "#lib/data/sampler.ts";
import type { Engine } from "#lib/runtime/engine.ts";
import type { Tensor } from "#lib/tensors/tensor.ts";
import { Machine } from "../machine.ts";
import type { TrainingModule } from "../module.ts";
import type { RunPlan } from "../protocol/plan.ts";
import type { StepResult } from "../protocol/ports.ts";
import { namedBatch, scalarOf } from "../steps.ts";
import { ModelInnerLoop } from "./inner-loop.ts";

export interface ShepherdModelParts {
  readonly engine: Engine;
  readonly name: string;
  readonly module: TrainingModule;
  readonly plan: RunPlan;
  readonly frozen: ReadonlyMap<string, Tensor>;
  /** Held-out data; null where nothing is. */
  readonly held: BatchSampler | null;
  /** Batches of an evaluation. */
  readonly batches: number;
}

/** Mean loss over the first batches of held-out data; null where the module cannot be evaluated. */
async function heldLoss(
  machine: Machine,
  held: BatchSampler,
  batches: number,
): Promise<number | null> {
  if (!machine.has("main")) return null;
  const info = machine.function("main");
  const found = info.results.findIndex(({ role }) => role === "loss");
  let sum = 0;
  for (let i = 0; i < batches; i++) {
    const inputs = namedBatch(info, held.batch(i));
    const [loss] = await machine.evaluate("main", inputs, [Math.max(0, found)]);
    sum += scalarOf(loss) ?? Number.NaN;
  }
  return sum / batches;
}

/** The model on the shepherd's engine; one use of it at a time. */
export class ShepherdModel {
  readonly machine: Machine;
  private readonly parts: ShepherdModelParts;
  private readonly loop: ModelInnerLoop;
  private last: Promise<unknown> = Promise.resolve();

  private constructor(parts: ShepherdModelParts, machine: Machine, loop: ModelInnerLoop) {
    this.parts = parts;
    this.machine = machine;
    this.loop = loop;
  }

  /** Loads, and where need be compiles, the module. @throws EngineError */
  static async open(parts: ShepherdModelParts): Promise<ShepherdModel> {
    const { engine, module, plan, frozen, name } = parts;
    const loaded = await engine.load({ kind: "mlir", name, text: module.text });
    const machine = new Machine(engine, loaded);
    const loop = await ModelInnerLoop.create({ machine, plan, reader: null, frozen, states: null });
    return new ShepherdModel(parts, machine, loop);
  }

  /** Runs work after all that was asked for before. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.last.then(work, work);
    this.last = result;
    return result;
  }

  private async setParameters(fragments: readonly Float32Array[]): Promise<void> {
    for (const [index, values] of fragments.entries()) await this.loop.setFragment(index, values);
  }

  /** Loss and gradient norm of the check batch, from parameters by fragment. @throws EngineError */
  check(fragments: readonly Float32Array[]): Promise<StepResult> {
    return this.inTurn(async () => {
      await this.setParameters(fragments);
      return this.loop.check();
    });
  }

  /** Mean loss of parameters on held-out data; null where there is none. @throws EngineError, DataError */
  evaluate(fragments: readonly Float32Array[]): Promise<number | null> {
    return this.inTurn(async () => {
      const { held, batches } = this.parts;
      if (held === null) return null;
      await this.setParameters(fragments);
      return heldLoss(this.machine, held, batches);
    });
  }

  /** Waits for what is under way. */
  async idle(): Promise<void> {
    await this.last.catch(() => {});
  }
}
