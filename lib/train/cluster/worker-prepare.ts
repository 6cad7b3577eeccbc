/** @file From registration to the agreement check: the signed manifest, the plan, the program, the data. */
import type { ByteSource } from "#lib/data/byte-source.ts";
import { sha256 } from "#lib/runtime/cache.ts";
import { type Engine, EngineError, NoDriverError } from "#lib/runtime/engine.ts";
import { openEngine, requirePython } from "#lib/runtime/open.ts";
import type { SearchPlace } from "#lib/runtime/python.ts";
import { present } from "#lib/support/assert.ts";
import { isProblem } from "#lib/support/problem.ts";
import { decodeSafetensors } from "#lib/tensors/safetensors.ts";
import type { Tensor } from "#lib/tensors/tensor.ts";
import { decodePublished } from "../diloco/wire.ts";
import { Machine } from "../machine.ts";
import type { ProgramReply } from "../protocol/messages.ts";
import type { RunPlan } from "../protocol/plan.ts";
import type { Clock, ShepherdApi } from "../protocol/ports.ts";
import type { BlobRef } from "../protocol/records.ts";
import type { WorkerBackend } from "./device.ts";
import { deviceEnvironment } from "./device-environment.ts";
import { ModelInnerLoop } from "./inner-loop.ts";
import { type RunManifest, verifyManifest } from "./manifest.ts";
import { openWorkerData } from "./worker-data.ts";
import { type Download, fetchBlob, fetchProgram, Untrusted } from "./worker-program.ts";
import type { WorkerStates } from "./worker-state.ts";

/** The shepherd will not have this worker, or not as it is: starting again does not help. */
export class Refused extends EngineError {
  override readonly name = "Refused";
}

export interface PrepareParts {
  readonly api: ShepherdApi;
  readonly speaker: { readonly worker: string; readonly incarnation: string };
  readonly download: Download;
  readonly fromShepherd: (digest: string, from: number, to: number) => Promise<Uint8Array>;
  /** Of the registration. */
  readonly manifest: BlobRef;
  /** SHA-256 of the key that manifests must be signed with; null: the key of the first one. */
  readonly signer: string | null;
  readonly backend: WorkerBackend;
  readonly device: string;
  readonly dataPath: string | null;
  readonly cacheFolder: string;
  readonly dataCacheBytes: number;
  readonly states: WorkerStates;
  readonly place: SearchPlace;
  readonly clock: Pick<Clock, "wall">;
  /** Ends whatever is being waited for. */
  readonly signal: AbortSignal;
  /** Ends the device host. */
  readonly hostSignal: AbortSignal;
  readonly note: (text: string) => void;
  /** Tries again what the network fails at. */
  readonly call: <T>(what: string, work: () => Promise<T>) => Promise<T>;
}

/** A worker that is ready for the agreement check. */
export interface Prepared {
  readonly plan: RunPlan;
  readonly loop: ModelInnerLoop;
  /** Ends the device host and closes the data. */
  close(): Promise<void>;
}

/** SHA-256 of the key that a manifest says it is signed with, which verification has found true. */
function signerOf(bytes: Uint8Array): string {
  const { publicKey } = JSON.parse(new TextDecoder().decode(bytes)) as { publicKey: string };
  return sha256(Buffer.from(publicKey, "base64"));
}

/** The manifests of one run: all are signed with the key that the join token names, else with that of the first. */
class Manifests {
  private readonly download: Download;
  private signer: string | null;

  constructor(download: Download, signer: string | null) {
    this.download = download;
    this.signer = signer;
  }

  async fetch(blob: BlobRef): Promise<RunManifest> {
    const bytes = await fetchBlob("the run manifest", blob, this.download);
    const manifest = verifyManifest(bytes, this.signer);
    if (isProblem(manifest)) throw new Untrusted(manifest.problem);
    this.signer ??= signerOf(bytes);
    return manifest;
  }
}

async function fetchPlan(manifest: RunManifest, download: Download): Promise<RunPlan> {
  const bytes = await fetchBlob("the run plan", manifest.plan, download);
  const plan = JSON.parse(new TextDecoder().decode(bytes)) as RunPlan;
  if (plan.version !== 1)
    throw new Refused(
      `the run's plan is of version ${String(plan.version)}, and this program reads version 1: use the shepherd's version of pcp-train`,
    );
  return plan;
}

/** The program for this worker, once it is compiled. @throws Refused with the shepherd's reason */
async function awaitProgram({
  api,
  speaker,
  signal,
  note,
  call,
}: PrepareParts): Promise<Extract<ProgramReply, { kind: "program" }>> {
  for (let told = ""; ; ) {
    signal.throwIfAborted();
    const reply = await call("asking for the program", () => api.program(speaker));
    if (reply.kind === "program") return reply;
    if (reply.kind === "refused") throw new Refused(reply.reason);
    if (reply.reason !== told) note(`waiting: ${reply.reason}`);
    told = reply.reason;
  }
}

async function fetchFrozen(
  { frozen }: RunManifest,
  download: Download,
): Promise<ReadonlyMap<string, Tensor>> {
  if (frozen === undefined) return new Map();
  const decoded = decodeSafetensors(await fetchBlob("frozen weights", frozen, download));
  if (isProblem(decoded)) throw new Untrusted(`frozen weights of the run: ${decoded.problem}`);
  return decoded.tensors;
}

/** The engine of a backend, whose process sees no secrets. @throws Refused where there is no Python to run it, or no driver */
async function engineFor({ backend, device, place, hostSignal }: PrepareParts): Promise<Engine> {
  const clean = { env: deviceEnvironment(place.env), cwd: place.cwd };
  if (backend === "interp") return openEngine({ engine: "interp", place: clean, thread: true });
  try {
    await requirePython(clean);
  } catch (error) {
    if (error instanceof EngineError) throw new Refused(error.message);
    throw error;
  }
  try {
    return await openEngine({ engine: "iree", place: clean, device, backend, signal: hostSignal });
  } catch (error) {
    if (error instanceof NoDriverError)
      throw new Refused(`this machine cannot run --backend ${backend}: ${error.message}`);
    throw error;
  }
}

/** Puts the parameters that the run began with into the model. */
async function setInitial(
  loop: ModelInnerLoop,
  plan: RunPlan,
  manifest: RunManifest,
  download: Download,
): Promise<void> {
  for (const fragment of plan.fragments) {
    const blob = present(manifest.fragments[fragment.index], `blob of fragment ${fragment.index}`);
    const bytes = await fetchBlob(`fragment ${fragment.index}`, blob, download);
    const values = decodePublished(fragment, bytes, plan.wire);
    if (isProblem(values)) throw new Untrusted(values.problem);
    await loop.setFragment(fragment.index, values);
  }
}

/**
 * Everything between registration and the agreement check; the model has the parameters that the run began with.
 *
 * @throws Refused, Untrusted where starting again does not help; EngineError, DataError of program and data.
 */
export async function prepareWorker(parts: PrepareParts): Promise<Prepared> {
  const { cacheFolder, dataCacheBytes, clock, speaker, signal, note, call } = parts;
  const download: Download = (blob) => call("downloading", () => parts.download(blob));
  const manifests = new Manifests(download, parts.signer);
  let manifest = await manifests.fetch(parts.manifest);
  const plan = await fetchPlan(manifest, download);
  const open: { source?: ByteSource; engine?: Engine } = {};
  const close = async (): Promise<void> => {
    await Promise.all([open.engine?.close(), open.source?.close()]);
  };
  try {
    // Before anything is compiled for a device and brought to it.
    const engine = await engineFor(parts);
    open.engine = engine;
    const { source, reader } = await openWorkerData({
      plan: plan.data,
      path: parts.dataPath,
      url: manifest.dataUrl ?? null,
      ...{ cacheFolder, dataCacheBytes, now: clock.wall },
      worker: speaker.worker,
      env: parts.place.env,
      fromShepherd: (from, to) =>
        call("reading data", () => parts.fromShepherd(plan.data.digest, from, to)),
      signal,
      note,
    });
    open.source = source;
    const reply = await awaitProgram(parts);
    if (reply.manifest.digest !== parts.manifest.digest)
      manifest = await manifests.fetch(reply.manifest);
    const program = await fetchProgram(reply, manifest, cacheFolder, download);
    const machine = new Machine(engine, await engine.load(program));
    const frozen = await fetchFrozen(manifest, download);
    const states = parts.states.ofRun(plan.runId);
    const loop = await ModelInnerLoop.create({ machine, plan, reader, frozen, states });
    await setInitial(loop, plan, manifest, download);
    return { plan, loop, close };
  } catch (error) {
    await close();
    throw error;
  }
}
