/** @file Compares outer optimizers and merging with what PyTorch did, as test/parity/python/diloco.py tells it. */
import { expect } from "vitest";
import { sha256 } from "#lib/runtime/cache.ts";
import { isProblem } from "#lib/support/problem.ts";
import { makeFragments } from "#lib/train/diloco/fragments.ts";
import { decodeBlob } from "#lib/train/diloco/layout.ts";
import { stateLayout } from "#lib/train/diloco/merge-fragment.ts";
import { encodedBytes, encodeRun } from "#lib/train/diloco/quantise.ts";
import { initialState } from "#lib/train/diloco/reduce.ts";
import { encodeUpdate } from "#lib/train/diloco/wire.ts";
import type { Fragment, MergePlan, OuterPlan, WirePlan } from "#lib/train/protocol/plan.ts";
import type { FragmentState } from "#lib/train/protocol/records.ts";
import { MemoryReducer } from "../simulation/memory-reducer.ts";

type Numbers = readonly number[];

interface OuterCase {
  readonly rate: number;
  readonly momentum: number;
  readonly delay?: number;
  readonly start: Numbers;
  readonly gradients: readonly Numbers[];
  readonly after: readonly Numbers[];
}

/** What the script prints. */
export interface Recording {
  readonly torch: string;
  readonly seed: number;
  readonly outer: readonly OuterCase[];
  readonly delayed: readonly OuterCase[];
  readonly three_workers: {
    readonly inner: {
      readonly lr: number;
      readonly betas: readonly [number, number];
      readonly eps: number;
      readonly weight_decay: number;
    };
    readonly outer: { readonly rate: number; readonly momentum: number };
    readonly tokens: Numbers;
    readonly tau: number;
    readonly start: Numbers;
    readonly data: readonly (readonly { readonly a: Numbers; readonly b: Numbers }[])[];
    readonly locals: readonly Numbers[];
    readonly after: readonly Numbers[];
  };
  readonly bf16: { readonly f32: Numbers; readonly bf16: Numbers };
}

const TOLERANCE = 1e-5;
const WIRE: WirePlan = { up: "f32", down: "f32", topK: null, errorDecay: null };
const MERGE: MergePlan = { kind: "mean", clipFactor: 3, trimFraction: 0.2, normGate: null };

function expectNear(values: ArrayLike<number>, wanted: Numbers, what: string): void {
  expect(values.length, what).toBe(wanted.length);
  wanted.forEach((value, i) => {
    const error = Math.abs((values[i] as number) - value) / Math.max(1, Math.abs(value));
    expect(error, `${what}, value ${i}`).toBeLessThanOrEqual(TOLERANCE);
  });
}

/** A shepherd's arithmetic with one fragment. */
class Merger {
  readonly #fragment: Fragment;
  readonly #blobs = new Map<string, Uint8Array>();
  readonly #reducer: MemoryReducer;
  #state: FragmentState | null = null;

  constructor(length: number, outer: OuterPlan) {
    const tensors = [{ name: "w", shape: [length], elements: length, role: "param" as const }];
    const fragments = makeFragments(tensors, { count: 1, kind: "whole" });
    this.#fragment = fragments[0] as Fragment;
    const algorithm = outer.kind === "delayed_nesterov" ? "decoupled" : "diloco";
    this.#reducer = new MemoryReducer({
      plan: { fragments, algorithm, outer, merge: MERGE, wire: WIRE },
      blobs: this.#blobs,
      sha256,
    });
  }

  async start(values: Float32Array): Promise<this> {
    this.#state = await initialState(this.#fragment, values, WIRE, this.#reducer.put);
    return this;
  }

  get parameters(): Float32Array {
    const bytes = this.#blobs.get(this.#state?.parameters.digest ?? "") ?? new Uint8Array();
    const values = decodeBlob(stateLayout(this.#fragment, "values"), bytes);
    if (isProblem(values)) throw new Error(values.problem);
    return values;
  }

  async merge(locals: readonly Float32Array[], tokens: Numbers): Promise<void> {
    const state = this.#state;
    if (state === null) throw new Error("not started");
    const updates = await Promise.all(
      locals.map(async (local, index) => {
        const { bytes } = encodeUpdate(this.#fragment, local, this.parameters, WIRE, null);
        const { digest } = await this.#reducer.put(bytes);
        const weight = tokens[index] as number;
        return { worker: `w${index}`, digest, base: state.published.digest, weight, scale: 1 };
      }),
    );
    this.#state = (await this.#reducer.merge({ fragment: 0, state, updates })).state;
  }
}

async function compareOuter(recorded: OuterCase, kind: OuterPlan["kind"]): Promise<void> {
  const { rate, momentum, delay = 1, start, gradients, after } = recorded;
  const outer = { kind, learningRate: rate, momentum, delay };
  const merger = await new Merger(start.length, outer).start(Float32Array.from(start));
  for (const [round, gradient] of gradients.entries()) {
    const local = merger.parameters.map((value, i) => value - (gradient[i] as number));
    await merger.merge([local], [1]);
    const what = `${kind} ${rate} ${momentum} ${delay}, round ${round}`;
    expectNear(merger.parameters, after[round] as Numbers, what);
  }
}

/** AdamW as torch has it, on the mean squared error of a linear model; its state lives as long as it does. */
class Worker {
  readonly #settings: Recording["three_workers"]["inner"];
  readonly #m: Float64Array;
  readonly #v: Float64Array;
  #steps = 0;

  constructor(settings: Recording["three_workers"]["inner"], width: number) {
    this.#settings = settings;
    this.#m = new Float64Array(width);
    this.#v = new Float64Array(width);
  }

  step(weights: Float32Array, { a, b }: { readonly a: Numbers; readonly b: Numbers }): void {
    const { lr, betas, eps, weight_decay: decay } = this.#settings;
    const width = weights.length;
    const gradient = new Float64Array(width);
    b.forEach((target, row) => {
      const line = a.slice(row * width, (row + 1) * width);
      const error = line.reduce((sum, x, i) => sum + x * (weights[i] as number), -target);
      line.forEach((x, i) => {
        gradient[i] = (gradient[i] as number) + (x * error) / b.length;
      });
    });
    this.#steps++;
    const [m, v] = [this.#m, this.#v];
    for (let i = 0; i < width; i++) {
      const g = gradient[i] as number;
      m[i] = betas[0] * (m[i] as number) + (1 - betas[0]) * g;
      v[i] = betas[1] * (v[i] as number) + (1 - betas[1]) * g * g;
      const mean = (m[i] as number) / (1 - betas[0] ** this.#steps);
      const root = Math.sqrt((v[i] as number) / (1 - betas[1] ** this.#steps));
      weights[i] = (weights[i] as number) * (1 - lr * decay) - (lr * mean) / (root + eps);
    }
  }
}

async function compareThreeWorkers(recorded: Recording["three_workers"]): Promise<void> {
  const { inner, outer, tokens, tau, start, data, locals, after } = recorded;
  const plan: OuterPlan = {
    kind: "nesterov",
    learningRate: outer.rate,
    momentum: outer.momentum,
    delay: 1,
  };
  const merger = await new Merger(start.length, plan).start(Float32Array.from(start));
  const workers = tokens.map(() => new Worker(inner, start.length));
  for (const [round, wanted] of after.entries()) {
    const own = workers.map((worker, w) => {
      const weights = merger.parameters;
      for (const batch of data[w]?.slice(round * tau, (round + 1) * tau) ?? [])
        worker.step(weights, batch);
      expectNear(weights, locals[round * tokens.length + w] as Numbers, `worker ${w}`);
      return weights;
    });
    await merger.merge(own, tokens);
    expectNear(merger.parameters, wanted, `three workers, round ${round}`);
  }
}

function compareBf16({ f32, bf16 }: Recording["bf16"]): void {
  const values = new Float32Array(Int32Array.from(f32).buffer);
  const bytes = new Uint8Array(encodedBytes("bf16", values.length));
  encodeRun("bf16", values, values.length, bytes);
  expect([...new Int16Array(bytes.buffer)]).toEqual(bf16);
}

/** Fails where anything is off by more than 1e-5. */
export async function compareDiloco(recording: Recording): Promise<void> {
  for (const recorded of recording.outer) await compareOuter(recorded, "nesterov");
  for (const recorded of recording.delayed) await compareOuter(recorded, "delayed_nesterov");
  await compareThreeWorkers(recording.three_workers);
  compareBf16(recording.bf16);
}
