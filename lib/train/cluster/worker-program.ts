/** @file The program that a worker loads: only one that the signed run manifest names, and only with the digest that it names. */
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "#lib/runtime/cache.ts";
import type { Program } from "#lib/runtime/engine.ts";
import { EngineError } from "#lib/runtime/engine.ts";
import { writeFileAtomically } from "#lib/tensors/files.ts";
import type { BlobRef } from "../protocol/records.ts";
import { namesProgram, type RunManifest } from "./manifest.ts";

/** Something that must not be used; starting again does not help. */
export class Untrusted extends EngineError {
  override readonly name = "Untrusted";
}

/** Brings a blob here. */
export type Download = (blob: BlobRef) => Promise<Uint8Array>;

/** Bytes of a blob, compared with its digest whoever has compared them before. @throws Untrusted where they differ */
export async function fetchBlob(
  what: string,
  blob: BlobRef,
  download: Download,
): Promise<Uint8Array> {
  const bytes = await download(blob);
  const found = sha256(bytes);
  if (found !== blob.digest || bytes.length !== blob.bytes)
    throw new Untrusted(
      `${what} is not what the run manifest names: it has ${bytes.length} bytes with SHA-256 ${found}, the manifest names ${blob.bytes} with ${blob.digest}; it was not loaded`,
    );
  return bytes;
}

function cachedBytes(path: string, { digest }: BlobRef): Uint8Array | null {
  try {
    const bytes = readFileSync(path);
    if (sha256(bytes) === digest) return bytes;
  } catch {
    return null;
  }
  rmSync(path, { force: true });
  return null;
}

/**
 * A program by digest, from the cache or the shepherd.
 * @throws Untrusted where the manifest does not name it or its bytes are others, EngineError where the cache cannot be written.
 */
export async function fetchProgram(
  reply: { readonly program: BlobRef; readonly form: "vmfb" | "mlir" },
  manifest: RunManifest,
  cacheFolder: string,
  download: Download,
): Promise<Program> {
  const { program, form } = reply;
  if (!namesProgram(manifest, program.digest))
    throw new Untrusted(
      `the shepherd gave program ${program.digest}, which its signed run manifest does not name; it was not loaded`,
    );
  const folder = join(cacheFolder, "programs");
  const path = join(folder, `${program.digest}.${form}`);
  let bytes = cachedBytes(path, program);
  if (bytes === null) {
    bytes = await fetchBlob("the program", program, download);
    mkdirSync(folder, { recursive: true });
    const problem = writeFileAtomically(path, [bytes]);
    if (problem !== null) throw new EngineError(problem.problem);
  }
  const name = "the program of the run";
  return form === "vmfb"
    ? { kind: "vmfb", name, path }
    : { kind: "mlir", name, text: new TextDecoder().decode(bytes) };
}
