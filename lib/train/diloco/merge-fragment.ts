/** @file Merges updates of one fragment into its state, block by block, so that memory does not grow with the model. */
import { invariant } from "#lib/support/assert.ts";
import type { Algorithm, Fragment, MergePlan, OuterPlan, WirePlan } from "../protocol/plan.ts";
import type { Inspection } from "../protocol/ports.ts";
import {
  decodeRange,
  encodeRange,
  type Layout,
  layoutOf,
  layoutProblem,
  type ReadRange,
} from "./layout.ts";
import {
  addToMean,
  difference,
  type GradientBlock,
  gradientBlock,
  headOf,
  sharesOf,
  trimmedMean,
  trimmedOf,
} from "./merge.ts";
import { averageStep, delayedNesterovStep, nesterovStep } from "./outer.ts";
import { CHUNK } from "./sparse.ts";
import {
  addDifference,
  differenceLayout,
  hasDifferences,
  publishedFormat,
  publishedLayout,
  updateLayout,
} from "./wire.ts";

/** Values that are worked on at a time: of all inputs together when they must be there at once. */
const BLOCK = 64 * CHUNK;

/** A blob that is read piece by piece. */
export interface BlobSource {
  readonly bytes: number;
  readonly read: ReadRange;
}

/** A blob that is written from its beginning to its end; what is given may be overwritten afterwards. */
export type BlobSink = (bytes: Uint8Array) => void;

/** The parts of a run's plan that decide how a fragment is merged. */
export interface MergeRules {
  readonly fragment: Fragment;
  readonly algorithm: Algorithm;
  readonly outer: OuterPlan;
  readonly merge: MergePlan;
  readonly wire: WirePlan;
}

/** One update and the published parameters that it was trained from. */
export interface UpdateSource {
  readonly update: BlobSource;
  /** Needed where the update carries parameters. */
  readonly base: BlobSource | null;
  readonly weight: number;
  readonly scale: number;
}

/** What there is before a merge. */
export interface MergeSources {
  readonly parameters: BlobSource;
  readonly momentum: BlobSource | null;
  readonly pending: BlobSource | null;
  /** Updates since momentum last changed. */
  readonly pendingCount: number;
  readonly published: BlobSource;
  /** In canonical order. */
  readonly updates: readonly UpdateSource[];
}

/** What a merge makes. */
export const STATE_BLOBS = [
  "parameters",
  "momentum",
  "pending",
  "published",
  "difference",
] as const;
export type StateBlob = (typeof STATE_BLOBS)[number];
export type MergeSinks = Readonly<Partial<Record<StateBlob, BlobSink>>>;

/** Sums over the trained parameters of a fragment, in their order. */
export interface MergeSums {
  updateSquaredNorm: number;
  momentumDot: number;
  gradientSquaredNorm: number;
  momentumSquaredNorm: number;
}

/** A blob that should have been readable was not. */
export class DamagedBlob extends Error {
  override readonly name = "DamagedBlob";
}

/** Layout of the shepherd's own copies. */
export const stateLayout = (
  fragment: Fragment,
  content: "values" | "momentum" | "pending",
): Layout => layoutOf(fragment, content, "f32");

/** Which blobs a merge writes; the others stay what they were, or are no more. `parameters` stand for `published` where both are f32. */
export function writtenBlobs(rules: MergeRules, pendingCount: number): StateBlob[] {
  const { outer, wire } = rules;
  const last = outer.kind === "nesterov" || pendingCount + 1 >= outer.delay;
  const written: StateBlob[] = ["parameters"];
  if (outer.kind !== "module") written.push(last ? "momentum" : "pending");
  if (hasDifferences(wire)) written.push("published", "difference");
  else if (publishedFormat(wire) !== "f32") written.push("published");
  return written;
}

function requireLayout(layout: Layout, { bytes, read }: BlobSource): void {
  const problem = layoutProblem(layout, bytes, read);
  if (problem !== null) throw new DamagedBlob(problem.problem);
}

function load(layout: Layout, from: number, { read }: BlobSource, out: Float32Array): Float32Array {
  const problem = decodeRange(layout, from, read, out);
  if (problem !== null) throw new DamagedBlob(problem.problem);
  return out;
}

/** Parts of `[from, to)` of one role, as offsets from `from`. */
function roleRanges(
  { tensors }: Fragment,
  from: number,
  to: number,
): { start: number; end: number; role: "param" | "buffer" }[] {
  const ranges: { start: number; end: number; role: "param" | "buffer" }[] = [];
  let place = 0;
  for (const { elements, role } of tensors) {
    const start = Math.max(place, from) - from;
    const end = Math.min(place + elements, to) - from;
    place += elements;
    if (start >= end) continue;
    const before = ranges.at(-1);
    if (before?.role === role) before.end = end;
    else ranges.push({ start, end, role });
  }
  return ranges;
}

const part = ({ high, low }: GradientBlock, start: number, end: number): GradientBlock => ({
  high: high.subarray(start, end),
  low: low?.subarray(start, end) ?? null,
});

/** Reads pseudo-gradients of a block. */
class UpdateReader {
  readonly #layout: Layout;
  readonly #baseLayout: Layout;
  readonly #values: Float32Array;
  readonly #base: Float32Array;
  /** What is in `#base`. */
  #loaded: { readonly base: BlobSource; readonly from: number } | null = null;

  constructor({ fragment, wire, algorithm }: MergeRules, size: number) {
    this.#layout = updateLayout(fragment, wire, algorithm);
    this.#baseLayout = publishedLayout(fragment, wire);
    this.#values = new Float32Array(size);
    this.#base = new Float32Array(this.isPrecise ? size : 0);
  }

  get isPrecise(): boolean {
    return this.#layout.content === "parameters";
  }

  check({ update, base }: Pick<UpdateSource, "update" | "base">): void {
    requireLayout(this.#layout, update);
    if (this.isPrecise) {
      invariant(base !== null, "parameters are compared with those before");
      requireLayout(this.#baseLayout, base);
    }
  }

  read(source: Pick<UpdateSource, "update" | "base">, from: number, out: GradientBlock): void {
    const { length } = out.high;
    const values = load(this.#layout, from, source.update, this.#values.subarray(0, length));
    if (source.base === null || !this.isPrecise) {
      out.high.set(values);
      return;
    }
    const base = this.#base.subarray(0, length);
    // Most updates of a block have the same base.
    if (this.#loaded?.base !== source.base || this.#loaded.from !== from)
      load(this.#baseLayout, from, source.base, base);
    this.#loaded = { base: source.base, from };
    difference(base, values, out);
  }
}

/** Looks at an update before it may count: whether it can be read, is finite, and how large it is (trained parameters only). */
export function inspectUpdate(
  rules: MergeRules,
  source: Pick<UpdateSource, "update" | "base">,
): Inspection {
  const { elements } = rules.fragment;
  const size = Math.min(BLOCK, elements);
  const reader = new UpdateReader(rules, size);
  const whole = gradientBlock(size, false);
  let squaredNorm = 0;
  let finite = true;
  try {
    reader.check(source);
    for (let from = 0; from < elements; from += size) {
      const block = headOf(whole, Math.min(size, elements - from));
      reader.read(source, from, block);
      for (const { start, end, role } of roleRanges(rules.fragment, from, from + block.high.length))
        for (let i = start; i < end; i++) {
          const value = block.high[i] as number;
          if (!Number.isFinite(value)) finite = false;
          if (role === "param") squaredNorm += value * value;
        }
    }
  } catch (error) {
    if (!(error instanceof DamagedBlob)) throw error;
    return { finite: false, squaredNorm: 0, problem: error.message };
  }
  return { finite, squaredNorm: finite ? squaredNorm : 0, problem: null };
}

/** Merges the updates of a block into one pseudo-gradient. */
class BlockMerger {
  readonly #reader: UpdateReader;
  readonly #updates: readonly UpdateSource[];
  readonly #shares: readonly number[];
  /** Left out at either end; 0 for a plain mean. */
  readonly #trim: number;
  readonly #merged: GradientBlock;
  readonly #inputs: readonly GradientBlock[];
  /** Values of a block. */
  readonly size: number;

  constructor(rules: MergeRules, updates: readonly UpdateSource[]) {
    const { fragment, merge } = rules;
    this.#updates = updates;
    this.#shares = sharesOf(updates.map(({ weight }) => weight));
    this.#trim = merge.kind === "trimmed" ? trimmedOf(updates.length, merge.trimFraction) : 0;
    const inputs = this.#trim > 0 ? updates.length : 1;
    this.size = Math.min(
      fragment.elements,
      CHUNK * Math.max(1, Math.floor(BLOCK / CHUNK / inputs)),
    );
    this.#reader = new UpdateReader(rules, this.size);
    for (const update of updates) this.#reader.check(update);
    this.#merged = gradientBlock(this.size, this.#reader.isPrecise);
    this.#inputs = Array.from({ length: inputs }, () =>
      gradientBlock(this.size, this.#reader.isPrecise),
    );
  }

  merge(from: number, length: number): GradientBlock {
    const merged = headOf(this.#merged, length);
    const inputs = this.#inputs.map((input) => headOf(input, length));
    merged.high.fill(0);
    merged.low?.fill(0);
    this.#updates.forEach((source, index) => {
      const input = inputs[Math.min(index, inputs.length - 1)] as GradientBlock;
      this.#reader.read(source, from, input);
      if (this.#trim === 0) addToMean(merged, input, this.#shares[index] as number, source.scale);
      else if (source.scale !== 1)
        for (let i = 0; i < length; i++) {
          input.high[i] = (input.high[i] as number) * source.scale;
          if (input.low !== null) input.low[i] = (input.low[i] as number) * source.scale;
        }
    });
    if (this.#trim > 0)
      trimmedMean(
        inputs,
        this.#updates.map(({ weight }) => weight),
        this.#trim,
        merged,
      );
    return merged;
  }
}

/** Merged gradient of a whole fragment as f32, for the module's own optimizer (data_parallel). */
export function mergedGradient(
  rules: MergeRules,
  updates: readonly UpdateSource[],
): Float32Array<ArrayBuffer> {
  const { elements } = rules.fragment;
  const merger = new BlockMerger(rules, updates);
  const gradient = new Float32Array(elements);
  for (let from = 0; from < elements; from += merger.size)
    gradient.set(merger.merge(from, Math.min(merger.size, elements - from)).high, from);
  return gradient;
}

/** Applies the outer optimizer to a block in place, adding to the sums. */
function stepBlock(
  { fragment, outer }: MergeRules,
  from: number,
  block: { parameters: Float32Array; momentum: Float32Array; pending: Float32Array },
  gradient: GradientBlock,
  last: boolean,
  sums: MergeSums,
): void {
  const { length } = gradient.high;
  for (const { start, end, role } of roleRanges(fragment, from, from + length)) {
    const values = block.parameters.subarray(start, end);
    const momentum = block.momentum.subarray(start, end);
    const update = part(gradient, start, end);
    if (role === "buffer") {
      averageStep(values, update);
      continue;
    }
    const before = values.slice();
    for (let i = 0; i < momentum.length; i++) {
      const g = update.high[i] as number;
      const m = momentum[i] as number;
      sums.momentumDot += g * m;
      sums.gradientSquaredNorm += g * g;
      sums.momentumSquaredNorm += m * m;
    }
    if (outer.kind === "nesterov") nesterovStep(values, momentum, update, outer);
    else {
      const pending = block.pending.subarray(start, end);
      delayedNesterovStep(values, momentum, pending, update, outer, last);
    }
    for (let i = 0; i < before.length; i++)
      sums.updateSquaredNorm += ((values[i] as number) - (before[i] as number)) ** 2;
  }
}

/** Writes parameters as they go to workers. */
export class Publisher {
  readonly #sinks: MergeSinks;
  readonly #whole: Layout;
  readonly #difference: Layout | null;
  readonly #before: BlobSource;

  constructor(rules: MergeRules, before: BlobSource, sinks: MergeSinks) {
    const { fragment, wire } = rules;
    this.#sinks = sinks;
    this.#before = before;
    this.#whole = publishedLayout(fragment, wire);
    this.#difference = hasDifferences(wire) ? differenceLayout(fragment, wire) : null;
    requireLayout(this.#whole, before);
    sinks.published?.(this.#whole.header);
    if (this.#difference !== null) sinks.difference?.(this.#difference.header);
  }

  block(from: number, parameters: Float32Array): void {
    const { published, difference: sink } = this.#sinks;
    if (published === undefined) return;
    if (this.#difference === null) {
      published(encodeRange(this.#whole, from, parameters));
      return;
    }
    const before = load(this.#whole, from, this.#before, new Float32Array(parameters.length));
    const change = new Float32Array(parameters.length);
    for (let i = 0; i < change.length; i++)
      change[i] = (parameters[i] as number) - (before[i] as number);
    const bytes = encodeRange(this.#difference, from, change);
    sink?.(bytes);
    const problem = decodeRange(this.#difference, from, () => bytes, change);
    invariant(problem === null, "what was just encoded can be read");
    published(encodeRange(this.#whole, from, addDifference(before, change)));
  }
}

/** Writes parameters that the module's own optimizer has made (data_parallel). */
export function publishParameters(
  rules: MergeRules,
  parameters: Float32Array,
  before: BlobSource,
  sinks: MergeSinks,
): void {
  const layout = stateLayout(rules.fragment, "values");
  const publisher = new Publisher(rules, before, sinks);
  sinks.parameters?.(layout.header);
  for (let from = 0; from < parameters.length; from += BLOCK) {
    const block = parameters.subarray(from, Math.min(parameters.length, from + BLOCK));
    sinks.parameters?.(encodeRange(layout, from, block));
    publisher.block(from, block);
  }
}

/**
 * Merges updates into the state of a fragment and writes the new one ({@link writtenBlobs}). The same inputs give the same bytes,
 * whatever the block size.
 *
 * @throws DamagedBlob where a blob is not what it should be.
 */
export function mergeFragment(
  rules: MergeRules,
  sources: MergeSources,
  sinks: MergeSinks,
): MergeSums {
  const { fragment, outer } = rules;
  const { elements } = fragment;
  invariant(outer.kind !== "module", "a module's optimizer is not an outer optimizer");
  const layouts = {
    parameters: stateLayout(fragment, "values"),
    momentum: stateLayout(fragment, "momentum"),
    pending: stateLayout(fragment, "pending"),
  };
  const names = ["parameters", "momentum", "pending"] as const;
  for (const name of names) {
    const source = sources[name];
    if (source !== null) requireLayout(layouts[name], source);
    sinks[name]?.(layouts[name].header);
  }
  const last = outer.kind === "nesterov" || sources.pendingCount + 1 >= outer.delay;
  const merger = new BlockMerger(rules, sources.updates);
  const publisher = new Publisher(rules, sources.published, sinks);
  const sums = {
    updateSquaredNorm: 0,
    momentumDot: 0,
    gradientSquaredNorm: 0,
    momentumSquaredNorm: 0,
  };
  for (let from = 0; from < elements; from += merger.size) {
    const length = Math.min(merger.size, elements - from);
    const read = (name: (typeof names)[number]): Float32Array => {
      const source = sources[name];
      const values = new Float32Array(length);
      return source === null ? values : load(layouts[name], from, source, values);
    };
    const block = {
      parameters: read("parameters"),
      momentum: read("momentum"),
      pending: read("pending"),
    };
    stepBlock(rules, from, block, merger.merge(from, length), last, sums);
    for (const name of names) sinks[name]?.(encodeRange(layouts[name], from, block[name]));
    publisher.block(from, block.parameters);
  }
  return sums;
}
