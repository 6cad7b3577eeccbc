/** @file Model FLOPs utilization (MFU): what a token costs by the model's size, and how much of a device's peak that is. */
import { readFileSync } from "node:fs";
import type { FunctionInfo } from "#lib/runtime/engine.ts";
import { elementCount } from "#lib/support/shape.ts";
import type { TrainConfig } from "./config.ts";
import { batchShape, manifestPath } from "./prepare.ts";

/** What attention costs by: layers, and the width that their heads have together. */
export interface AttentionShape {
  readonly layers: number;
  readonly width: number;
}

/** Names of the two in the settings of models: GPT-2's, those of Hugging Face's, of LLaMA's. */
const LAYERS = ["n_layer", "n_layers", "num_layers", "num_hidden_layers"] as const;
const WIDTH = ["n_embd", "d_model", "hidden_size", "dim"] as const;

/** Layers and width by the settings in a model's manifest; null where it does not say both. */
export function attentionShapeIn(manifest: string): AttentionShape | null {
  let settings: unknown;
  try {
    settings = (JSON.parse(manifest) as { readonly config?: unknown } | null)?.config;
  } catch {
    return null;
  }
  if (typeof settings !== "object" || settings === null) return null;
  const known = new Map<string, unknown>(Object.entries(settings));
  const first = (names: readonly string[]): number | null => {
    const found = names.map((name) => known.get(name)).find((value) => value !== undefined);
    return typeof found === "number" && found > 0 && Number.isFinite(found) ? found : null;
  };
  const [layers, width] = [first(LAYERS), first(WIDTH)];
  return layers === null || width === null ? null : { layers, width };
}

/**
 * Floating-point operations of forward and backward pass for one token: 6P + 12·L·d·s (arXiv 2204.02311, appendix B); without the
 * second term where the model does not tell its layers.
 *
 * @param parameters - trained elements (P), those of embeddings included.
 * @param length - tokens of a sequence (s).
 */
export const flopsPerToken = (
  parameters: number,
  attention: AttentionShape | null,
  length: number,
): number =>
  6 * parameters + (attention === null ? 0 : 12 * attention.layers * attention.width * length);

/** Elements that a module trains. */
const trainedElements = ({ args }: FunctionInfo): number =>
  args
    .filter(({ role }) => role === "param")
    .reduce((sum, { shape }) => sum + elementCount((shape ?? []).map((size) => size ?? 0)), 0);

/** What a token costs the model of a config. @param base - folder that its paths are relative to */
export function workPerToken(config: TrainConfig, base: string, info: FunctionInfo): number {
  const [, length] = batchShape(info);
  const path = manifestPath(config, base);
  let manifest = "";
  try {
    if (path !== null) manifest = readFileSync(path, "utf8");
  } catch {
    // A run from weights of a file needs no manifest.
  }
  return flopsPerToken(trainedElements(info), attentionShapeIn(manifest), length);
}
