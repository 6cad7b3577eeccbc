/** @file MFU: what a token costs a model, by its parameters and its manifest. */
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import type { FunctionInfo } from "#lib/runtime/engine.ts";
import type { TrainConfig } from "#lib/train/config.ts";
import { formatMfu } from "#lib/train/progress.ts";
import { attentionShapeIn, flopsPerToken, workPerToken } from "#lib/train/utilization.ts";

const examples = resolve(import.meta.dirname, "../../../examples/nanochat");

describe("operations per token", () => {
  it("are 6P + 12·L·d·s", () => {
    // GPT-2 small with 1,024 tokens, as nanoGPT reckons it.
    const gpt2 = flopsPerToken(124e6, { layers: 12, width: 768 }, 1024);
    expect(gpt2).toBe(6 * 124e6 + 12 * 12 * 768 * 1024);
    expect(flopsPerToken(1000, null, 1024)).toBe(6000);
  });

  it("take layers and width from a manifest, by the names that models have for them", () => {
    const config = (settings: unknown) => attentionShapeIn(JSON.stringify({ config: settings }));
    expect(config({ n_layer: 4, n_embd: 128 })).toEqual({ layers: 4, width: 128 });
    expect(config({ num_hidden_layers: 2, hidden_size: 64 })).toEqual({ layers: 2, width: 64 });
    expect(config({ n_layers: 3, dim: 32 })).toEqual({ layers: 3, width: 32 });
    for (const settings of [{ n_layer: 4 }, { n_embd: 8 }, { n_layer: "4", n_embd: 8 }, 7, null])
      expect(config(settings)).toBeNull();
    for (const text of ["", "null", "{", "[]", '"x"']) expect(attentionShapeIn(text)).toBeNull();
  });

  it("are those of a model and its manifest, and of its parameters alone where there is none", () => {
    const argument = (role: string, shape: readonly number[]) => ({ name: "x", role, shape });
    const info = {
      name: "train_step",
      args: [
        argument("param", [256, 128]),
        argument("param", [10]),
        argument("buffer", [1000]),
        argument("data", [8, 128]),
        argument("data", [8, 128]),
      ].map((arg) => ({ ...arg, type: "", dtype: arg.shape[0] === 8 ? "i32" : "f32" })),
      results: [],
    } as unknown as FunctionInfo;
    const parameters = 256 * 128 + 10;
    const config = { model_path: join(examples, "tiny.mlir") } as TrainConfig;
    expect(workPerToken(config, "/", info)).toBe(6 * parameters + 12 * 4 * 128 * 128);
    const alone = { ...config, manifest_path: "none.json" };
    expect(workPerToken(alone, examples, info)).toBe(6 * parameters);
  });
});

it("MFU is shown as a percentage, with the digits that small ones need", () => {
  expect([0.382, 0.0041, 0.09996, null, undefined].map(formatMfu)).toEqual([
    ...["38.2%", "0.41%", "10.0%", "", ""],
  ]);
});
