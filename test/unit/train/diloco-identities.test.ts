/** @file Identities of low-communication training that hold to the last bit, on the real merging code with blobs in memory. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sha256 } from "#lib/runtime/cache.ts";
import { isProblem } from "#lib/support/problem.ts";
import { makeFragments } from "#lib/train/diloco/fragments.ts";
import { decodeBlob } from "#lib/train/diloco/layout.ts";
import { stateLayout } from "#lib/train/diloco/merge-fragment.ts";
import { initialState } from "#lib/train/diloco/reduce.ts";
import { decodePublished, encodeUpdate } from "#lib/train/diloco/wire.ts";
import type {
  Fragment,
  FragmentTensor,
  MergePlan,
  OuterPlan,
  WirePlan,
} from "#lib/train/protocol/plan.ts";
import type { MergeReply } from "#lib/train/protocol/ports.ts";
import type { FragmentState } from "#lib/train/protocol/records.ts";
import { MemoryReducer } from "../../simulation/memory-reducer.ts";

const F32: WirePlan = { up: "f32", down: "f32", topK: null, downTopK: null, errorDecay: null };
const MEAN: MergePlan = { kind: "mean", clipFactor: 3, trimFraction: 0.2, normGate: null };
const PLAIN: OuterPlan = { kind: "nesterov", learningRate: 1, momentum: 0, delay: 1 };
const NESTEROV: OuterPlan = { kind: "nesterov", learningRate: 0.7, momentum: 0.9, delay: 1 };

const tensor = (name: string, elements: number, role: "param" | "buffer" = "param") =>
  ({ name, shape: [elements], elements, role }) satisfies FragmentTensor;

interface Setting {
  readonly outer?: OuterPlan;
  readonly merge?: MergePlan;
  readonly wire?: WirePlan;
  readonly tensors?: readonly FragmentTensor[];
}

/** One fragment with its state, to which updates of workers are merged. */
class Server {
  readonly fragment: Fragment;
  readonly wire: WirePlan;
  readonly reducer: MemoryReducer;
  readonly blobs = new Map<string, Uint8Array>();
  state!: FragmentState;

  constructor(length: number, { outer = NESTEROV, merge = MEAN, wire = F32, tensors }: Setting) {
    const fragments = makeFragments(tensors ?? [tensor("w", length)], { count: 1, kind: "whole" });
    this.fragment = fragments[0] as Fragment;
    this.wire = wire;
    this.reducer = new MemoryReducer({
      plan: { fragments, algorithm: "diloco", outer, merge, wire },
      blobs: this.blobs,
      sha256,
    });
  }

  async start(values: Float32Array): Promise<this> {
    this.state = await initialState(this.fragment, values, this.wire, this.reducer.put);
    return this;
  }

  #read(digest: string): Uint8Array {
    const bytes = this.blobs.get(digest);
    if (bytes === undefined) throw new Error(`no blob ${digest}`);
    return bytes;
  }

  parameters(): Float32Array {
    const layout = stateLayout(this.fragment, "values");
    const values = decodeBlob(layout, this.#read(this.state.parameters.digest));
    if (isProblem(values)) throw new Error(values.problem);
    return values;
  }

  published(): Float32Array {
    const bytes = this.#read(this.state.published.digest);
    const values = decodePublished(this.fragment, bytes, this.wire);
    if (isProblem(values)) throw new Error(values.problem);
    return values;
  }

  /** Merges what workers with these parameters and tokens hand in. */
  async merge(
    locals: readonly Float32Array[],
    weights: readonly number[] = locals.map(() => 100),
    scales: readonly number[] = locals.map(() => 1),
  ): Promise<MergeReply> {
    const base = this.published();
    const updates = await Promise.all(
      locals.map(async (local, index) => {
        const { bytes } = encodeUpdate(this.fragment, local, base, this.wire, null);
        const { digest } = await this.reducer.put(bytes);
        return {
          worker: `w${index}`,
          digest,
          base: this.state.published.digest,
          weight: weights[index] ?? 1,
          scale: scales[index] ?? 1,
        };
      }),
    );
    const reply = await this.reducer.merge({ fragment: 0, state: this.state, updates });
    this.state = reply.state;
    return reply;
  }
}

const serverOf = (start: Float32Array, setting: Setting = {}): Promise<Server> =>
  new Server(start.length, setting).start(start);

/** Finite f32 vectors of one length, without -0, which a difference cannot tell from 0. */
const vectors = (count: number) =>
  fc.integer({ min: 1, max: 40 }).chain((length) =>
    fc.array(
      fc
        .array(fc.float({ noNaN: true, min: -(2 ** 100), max: 2 ** 100 }), {
          minLength: length,
          maxLength: length,
        })
        .map((values) => Float32Array.from(values, (value) => value + 0)),
      { minLength: count, maxLength: count },
    ),
  );
const weight = fc.integer({ min: 1, max: 1 << 28 });

describe("identities", () => {
  it("one worker, rate 1, no momentum: the worker's own parameters", async () => {
    await fc.assert(
      fc.asyncProperty(vectors(3), weight, async ([start, first, second], tokens) => {
        const server = await serverOf(start as Float32Array, { outer: PLAIN });
        for (const local of [first, second] as Float32Array[]) {
          await server.merge([local], [tokens]);
          expect(server.parameters()).toEqual(local);
        }
      }),
    );
  });

  it("equal workers are as one, whatever their tokens, in every kind of merge", async () => {
    await fc.assert(
      fc.asyncProperty(
        vectors(3),
        fc.array(weight, { minLength: 1, maxLength: 6 }),
        fc.constantFrom<MergePlan["kind"]>("mean", "clip", "trimmed"),
        fc.constantFrom<WirePlan["up"]>("f32", "bf16", "int8", "int4"),
        async ([start, first, second], weights, kind, up) => {
          const setting = { merge: { ...MEAN, kind }, wire: { ...F32, up } };
          const one = await serverOf(start as Float32Array, setting);
          const many = await serverOf(start as Float32Array, setting);
          for (const local of [first, second] as Float32Array[]) {
            await one.merge([local]);
            await many.merge(
              weights.map(() => local),
              weights,
            );
          }
          expect(many.state).toEqual(one.state);
        },
      ),
    );
  });

  it("nothing learned and no momentum: nothing changes", async () => {
    await fc.assert(
      fc.asyncProperty(vectors(1), async ([start]) => {
        const server = await serverOf(start as Float32Array);
        const reply = await server.merge([start as Float32Array, start as Float32Array]);
        expect(server.state.parameters.digest).toBe(
          (await serverOf(start as Float32Array)).state.parameters.digest,
        );
        expect(reply.updateSquaredNorm).toBe(0);
      }),
    );
  });

  it("delayed Nesterov with a delay of 1 is Nesterov", async () => {
    await fc.assert(
      fc.asyncProperty(vectors(4), async ([start, ...locals]) => {
        const plain = await serverOf(start as Float32Array);
        const delayed = await serverOf(start as Float32Array, {
          outer: { ...NESTEROV, kind: "delayed_nesterov" },
        });
        for (const local of locals) {
          await plain.merge([local]);
          await delayed.merge([local]);
        }
        expect(delayed.state).toEqual(plain.state);
      }),
    );
  });

  it("buffers are averaged, whatever the outer optimizer does", async () => {
    const tensors = [tensor("w", 2), tensor("mean", 2, "buffer"), tensor("v", 1)];
    const server = await serverOf(Float32Array.of(1, 1, 10, 20, 1), { tensors });
    await server.merge(
      [Float32Array.of(1, 1, 12, 21, 0), Float32Array.of(1, 1, 16, 25, 1)],
      [3, 1],
    );
    const [a, b, mean, other, last] = server.parameters();
    expect([a, b, mean, other]).toEqual([1, 1, 13, 22]);
    expect(last).toBeCloseTo(1 - 0.7 * 1.9 * 0.75, 6);
  });

  it("each update is taken to the parameters that it was trained from", async () => {
    const server = await serverOf(Float32Array.of(8, 8), { outer: PLAIN });
    const bases = [server.published()];
    const digests = [server.state.published.digest];
    await server.merge([Float32Array.of(4, 2)]);
    bases.push(server.published());
    digests.push(server.state.published.digest);
    const order = [0, 1, 0, 1];
    const updates = await Promise.all(
      order.map(async (which, index) => {
        const local = (bases[which] as Float32Array).map((value) => value - index);
        const { bytes } = encodeUpdate(
          server.fragment,
          local,
          bases[which] as Float32Array,
          F32,
          null,
        );
        const { digest } = await server.reducer.put(bytes);
        const base = digests[which] as string;
        return { worker: `w${index}`, digest, base, weight: 1, scale: 1 };
      }),
    );
    const { state } = await server.reducer.merge({ fragment: 0, state: server.state, updates });
    server.state = state;
    expect([...server.parameters()]).toEqual([4 - 1.5, 2 - 1.5]);
  });
});
