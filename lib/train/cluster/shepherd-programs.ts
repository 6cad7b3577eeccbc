/** @file The shepherd's compiling side: one program per backend and target, the manifest that names them, and the agreement check. */
import { readFile } from "node:fs/promises";
import { EngineError } from "#lib/runtime/engine.ts";
import { BACKENDS, type Backend } from "#lib/runtime/ladder.ts";
import { compilerFor } from "#lib/runtime/open.ts";
import type { SearchPlace } from "#lib/runtime/python.ts";
import type { TrainingModule } from "../module.ts";
import type { BlobStore } from "../net/blob-store.ts";
import type { AgreementRequest, ProgramReply } from "../protocol/messages.ts";
import type { ProgramsPort } from "../protocol/ports.ts";
import type { BlobRef } from "../protocol/records.ts";
import {
  type CheckReference,
  type ManifestProgram,
  programIn,
  type RunKey,
  type RunManifest,
  signManifest,
} from "./manifest.ts";

/** Programs of one run at most: a worker may name any target. */
const MAX_PROGRAMS = 64;

/** Names of CPUs and GPU architectures as compilers know them; nothing that could be a flag or a path. */
const TARGET = /^[A-Za-z0-9][A-Za-z0-9_.+-]{0,63}$/;

export interface ProgramsParts {
  readonly store: BlobStore;
  readonly key: RunKey;
  readonly module: TrainingModule;
  /** What messages call the module. */
  readonly name: string;
  readonly place: SearchPlace;
  readonly signal: AbortSignal;
  readonly note: (text: string) => void;
}

/** What a worker's numbers are held against. Formats of less precision agree less. */
export function checkReference(
  { loss, gradNorm }: { readonly loss: number; readonly gradNorm: number | null },
  dtype: "f32" | "bf16",
): CheckReference {
  const factor = dtype === "bf16" ? 10 : 1;
  return { loss, gradNorm, lossTolerance: 2e-3 * factor, normTolerance: 2e-2 * factor };
}

/** Difference relative to the reference; a reference near 0 counts as 1e-3. */
const relative = (value: number, reference: number): number =>
  Math.abs(value - reference) / Math.max(Math.abs(reference), 1e-3);

const percent = (part: number): string => `${(100 * part).toPrecision(2)} %`;

/** Why numbers are not those of the reference, or null. */
export function disagreementWith(
  { loss, gradNorm, lossTolerance, normTolerance }: CheckReference,
  found: Pick<AgreementRequest, "loss" | "gradNorm">,
): string | null {
  const pairs = [
    ["loss", found.loss, loss, lossTolerance],
    ["gradient norm", found.gradNorm, gradNorm, normTolerance],
  ] as const;
  for (const [what, value, reference, tolerance] of pairs) {
    // A module without a gradient norm has none to compare.
    if (reference === null) continue;
    if (value === null) return `the ${what} of the check batch is not finite here`;
    const difference = relative(value, reference);
    if (difference > tolerance)
      return `the ${what} of the check batch is ${value} here but ${reference} on the shepherd: they differ by ${percent(difference)}, and ${percent(tolerance)} is allowed`;
  }
  return null;
}

/** Compiles programs when the first worker asks for them, and signs a manifest with each. */
export class Programs implements ProgramsPort {
  private readonly parts: ProgramsParts;
  private current: RunManifest;
  private blob: BlobRef;
  private readonly compiling = new Map<string, Promise<ProgramReply>>();
  /** Manifests are signed one after the other. */
  private signing: Promise<void> = Promise.resolve();

  private constructor(parts: ProgramsParts, manifest: RunManifest, blob: BlobRef) {
    this.parts = parts;
    this.current = manifest;
    this.blob = blob;
  }

  /** Signs and stores the manifest that a run, or its going on, begins with. */
  static async open(parts: ProgramsParts, manifest: RunManifest): Promise<Programs> {
    const blob = await parts.store.put(signManifest(manifest, parts.key));
    return new Programs(parts, manifest, blob);
  }

  manifest(): BlobRef {
    return this.blob;
  }

  /** Digests that the manifest names, and its own. */
  blobs(): string[] {
    const { plan, module, programs, fragments, frozen } = this.current;
    const named = [plan, module, ...programs.map(({ blob }) => blob), ...fragments];
    return [this.blob, ...named, ...(frozen === undefined ? [] : [frozen])].map(
      ({ digest }) => digest,
    );
  }

  disagreement(request: AgreementRequest): string | null {
    const { check } = this.current;
    return check === null ? null : disagreementWith(check, request);
  }

  async program(backend: string, target: string): Promise<ProgramReply> {
    const known = programIn(this.current, backend, target);
    if (known !== null) return this.reply(known);
    if (!TARGET.test(target))
      return { kind: "refused", reason: `target ${JSON.stringify(target)} is not a name` };
    const key = `${backend} ${target}`;
    let made = this.compiling.get(key);
    if (made === undefined) {
      if (this.current.programs.length + this.compiling.size >= MAX_PROGRAMS)
        return { kind: "refused", reason: `the run has ${MAX_PROGRAMS} programs already` };
      made = this.make(backend, target).finally(() => this.compiling.delete(key));
      this.compiling.set(key, made);
    }
    return made;
  }

  private reply({ blob, form }: ManifestProgram): ProgramReply {
    return { kind: "program", manifest: this.blob, program: blob, form };
  }

  private async make(backend: string, target: string): Promise<ProgramReply> {
    const { module, store } = this.parts;
    if (backend === "interp") {
      const blob = await store.put(new TextEncoder().encode(module.text));
      return this.add({ backend, target, form: "mlir", blob });
    }
    const known = BACKENDS.find((name) => name === backend);
    if (known === undefined)
      return { kind: "refused", reason: `nothing is known about backend '${backend}'` };
    try {
      return await this.compile(known, target);
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      const reason = [error.message, ...error.details].join("; ").slice(0, 2000);
      return { kind: "refused", reason: `cannot compile for ${backend} ${target}: ${reason}` };
    }
  }

  private async compile(backend: Backend, target: string): Promise<ProgramReply> {
    const { module, name, place, signal, note, store } = this.parts;
    const compile = compilerFor({
      place,
      backend,
      // A worker on this machine, or one that is content with what suits this machine.
      target: target === "host" ? null : target,
      signal,
      onAttempt: () => note(`compiling for ${backend} ${target}`),
      onWaiting: (_, seconds) =>
        note(`still compiling for ${backend} ${target} after ${seconds} s`),
    });
    const { path } = await compile({ name, text: module.text });
    const blob = await store.put(await readFile(path));
    return this.add({ backend, target, form: "vmfb", blob });
  }

  /** Signs a manifest that names one more program. */
  private async add(program: ManifestProgram): Promise<ProgramReply> {
    const turn = this.signing.then(async () => {
      const { store, key } = this.parts;
      const next: RunManifest = {
        ...this.current,
        revision: this.current.revision + 1,
        programs: [...this.current.programs, program],
      };
      this.blob = await store.put(signManifest(next, key));
      this.current = next;
    });
    this.signing = turn.catch(() => {});
    await turn;
    return this.reply(program);
  }
}
