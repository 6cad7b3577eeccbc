/** @file A worker's fragments: the global values it began from, what it hands in, what it takes over. */
import { isProblem } from "#lib/support/problem.ts";
import { applyPublished, encodeGradient, encodeUpdate } from "../diloco/wire.ts";
import type { Published } from "./messages.ts";
import type { RunPlan } from "./plan.ts";
import type { BlobTransfer, InnerLoop } from "./ports.ts";

/** Published values of a version of a fragment; never changed in place. */
export interface Base {
  readonly version: number;
  readonly values: Float32Array;
}

export interface OutgoingUpdate {
  readonly fragment: number;
  readonly base: number;
  readonly digest: string;
  readonly bytes: Uint8Array;
  /** Residual before it, which comes back where the update does not count. */
  readonly before: Float32Array | null;
}

export interface FragmentsOptions {
  readonly plan: RunPlan;
  readonly loop: InnerLoop;
  readonly blobs: BlobTransfer;
  /** SHA-256 in hexadecimal digits. */
  readonly sha256: (bytes: Uint8Array) => string;
}

export class WorkerFragments {
  readonly residuals = new Map<number, Float32Array>();
  readonly #options: FragmentsOptions;
  readonly #bases = new Map<number, Base>();
  /** Fragments whose local values are exactly those of a version. */
  readonly #clean = new Map<number, number>();
  bytesUp = 0;
  bytesDown = 0;

  constructor(options: FragmentsOptions) {
    this.#options = options;
  }

  /** An inner step has changed every fragment. */
  trained(): void {
    this.#clean.clear();
  }

  /** Published values, by the shortest way from what is here. Rejects where a blob cannot be had or read. */
  async fetch(published: Published): Promise<Base> {
    const { blobs, plan } = this.#options;
    const { fragment: index, version } = published;
    const fragment = plan.fragments[index];
    if (fragment === undefined) throw new Error(`the run has no fragment ${index}`);
    const held = this.#bases.get(index) ?? null;
    if (held?.version === version) return held;
    const differences = published.differences ?? [];
    const first = differences[0]?.version;
    const near = held !== null && first !== undefined && first <= held.version + 1;
    const way =
      near && held.version < version
        ? differences.filter((difference) => difference.version > held.version)
        : [published];
    let values = near ? held.values : null;
    for (const { blob, url } of way) {
      const bytes = await blobs.download(blob, url);
      this.bytesDown += bytes.byteLength;
      const next = applyPublished(fragment, values, bytes, plan.wire);
      blobs.release?.(bytes);
      if (isProblem(next)) throw new Error(next.problem);
      values = next;
    }
    return { version, values: values as Float32Array };
  }

  /** Takes global values over: theta = blend * local + (1 - blend) * global (arXiv 2501.18512). */
  async takeOver(index: number, base: Base, blend: number): Promise<void> {
    const { loop } = this.#options;
    this.#bases.set(index, base);
    if (blend === 0) {
      if (this.#clean.get(index) === base.version) return;
      await loop.setFragment(index, base.values);
      this.#clean.set(index, base.version);
      return;
    }
    const local = await loop.getFragment(index);
    const values = new Float32Array(local.length);
    for (let i = 0; i < values.length; i++)
      values[i] = blend * (local[i] as number) + (1 - blend) * (base.values[i] as number);
    await loop.setFragment(index, values);
  }

  /** Encodes what has been learned of a fragment since its base. */
  async encode(index: number): Promise<OutgoingUpdate> {
    const { plan, loop, sha256 } = this.#options;
    const fragment = plan.fragments[index];
    const base = this.#bases.get(index);
    if (fragment === undefined || base === undefined)
      throw new Error(`fragment ${index} has never been taken over`);
    const before = this.residuals.get(index) ?? null;
    const { bytes, residual } =
      plan.algorithm === "data_parallel"
        ? encodeGradient(fragment, await loop.gradientFragment(index), plan.wire, before)
        : encodeUpdate(fragment, await loop.getFragment(index), base.values, plan.wire, before);
    if (residual !== null) this.residuals.set(index, residual);
    return { fragment: index, base: base.version, digest: sha256(bytes), bytes, before };
  }

  /** Undoes what {@link encode} did to residuals, newest first: the updates do not count. */
  restore(updates: readonly OutgoingUpdate[]): void {
    for (const { fragment, before } of [...updates].reverse())
      if (before === null) this.residuals.delete(fragment);
      else this.residuals.set(fragment, before);
  }

  async upload({ digest, bytes, fragment }: OutgoingUpdate): Promise<void> {
    await this.#options.blobs.upload(digest, bytes, fragment);
    this.bytesUp += bytes.byteLength;
  }
}
