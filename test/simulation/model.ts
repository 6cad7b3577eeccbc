/** @file A tiny model with an optimizer, in f32, whose steps depend on nothing but its state and the unit of data. */
import type { RunPlan } from "#lib/train/protocol/plan.ts";
import type { InnerLoop, StepResult, UnitPosition } from "#lib/train/protocol/ports.ts";

/** What a worker keeps on its own disk: optimizer state by name, the last two. */
export type WorkerDisk = Map<
  string,
  { momentum: Float32Array[]; residuals: Map<number, Float32Array> }
>;

/** Mixes numbers into one in [-1, 1). */
function noise(...numbers: number[]): number {
  let value = 0x9e3779b9;
  for (const number of numbers) {
    value = Math.imul(value ^ number, 0x85ebca6b);
    value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
    value ^= value >>> 16;
  }
  return (value >>> 0) / 2 ** 31 - 1;
}

/** Parameters of version 0. */
export const initialValues = (plan: RunPlan, fragment: number): Float32Array =>
  Float32Array.from({ length: plan.fragments[fragment]?.elements ?? 0 }, (_, i) =>
    noise(7, fragment, i),
  );

export interface ModelOptions {
  readonly plan: RunPlan;
  readonly disk: WorkerDisk;
  /** Takes the time of one step. */
  readonly work: () => Promise<void>;
  /** Spoils the parameters at a step, where a fault says so: what they are multiplied with. */
  readonly spoil: (unit: UnitPosition) => number;
}

export class SimulatedModel implements InnerLoop {
  readonly #options: ModelOptions;
  readonly #values: Float32Array[];
  #momentum: Float32Array[];
  #gradients: Float32Array[];

  constructor(options: ModelOptions) {
    const { plan } = options;
    this.#options = options;
    this.#values = plan.fragments.map(({ index }) => initialValues(plan, index));
    this.#momentum = this.#values.map(({ length }) => new Float32Array(length));
    this.#gradients = this.#values.map(({ length }) => new Float32Array(length));
  }

  async getFragment(index: number): Promise<Float32Array> {
    return (this.#values[index] as Float32Array).slice();
  }

  async setFragment(index: number, values: Float32Array): Promise<void> {
    this.#values[index]?.set(values);
  }

  async gradientFragment(index: number): Promise<Float32Array> {
    return (this.#gradients[index] as Float32Array).slice();
  }

  async gradient(unit: UnitPosition): Promise<StepResult> {
    await this.#options.work();
    const factor = this.#options.spoil(unit);
    let loss = 0;
    this.#gradients = this.#values.map((values, fragment) =>
      values.map((value, i) => {
        loss += value * value;
        return (0.1 * value + 0.05 * noise(unit.epoch, unit.position, fragment, i)) * factor;
      }),
    );
    return { loss, gradNorm: null };
  }

  async step(unit: UnitPosition, learningRate: number): Promise<StepResult> {
    const result = await this.gradient(unit);
    for (const [fragment, values] of this.#values.entries())
      for (let i = 0; i < values.length; i++) {
        const momentum = this.#momentum[fragment] as Float32Array;
        momentum[i] = 0.9 * (momentum[i] as number) + (this.#gradients[fragment]?.[i] as number);
        values[i] = (values[i] as number) - learningRate * (momentum[i] as number);
      }
    return result;
  }

  async check(): Promise<StepResult> {
    return { loss: 1, gradNorm: 1 };
  }

  async saveState(name: string, residuals: ReadonlyMap<number, Float32Array>): Promise<void> {
    const { disk } = this.#options;
    disk.set(name, {
      momentum: this.#momentum.map((m) => m.slice()),
      residuals: new Map(residuals),
    });
    for (const old of disk.keys()) {
      if (disk.size <= 2) break;
      disk.delete(old);
    }
  }

  async loadState(name: string): Promise<ReadonlyMap<number, Float32Array> | null> {
    const kept = this.#options.disk.get(name);
    if (kept === undefined) return null;
    this.#momentum = kept.momentum.map((m) => m.slice());
    return kept.residuals;
  }
}
