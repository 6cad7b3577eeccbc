/** @file Configs: defaults, overrides, and errors that name place and nearest key. */
import { describe, expect, it } from "vitest";
import { DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import { renderDiagnostic } from "#lib/diag/render.ts";
import { SourceFile } from "#lib/diag/source-file.ts";
import {
  configSchema,
  distributedKeysIn,
  type Override,
  parseConfig,
  printedSchema,
  singleKeysIn,
  stepsOf,
  type TrainConfig,
} from "#lib/train/config.ts";

const parse = (
  text: string,
  overrides: readonly Override[] = [],
): { config: TrainConfig | null; errors: string } => {
  const engine = new DiagnosticEngine();
  const config = parseConfig(new SourceFile("c.json", text), overrides, engine);
  return { config, errors: engine.diagnostics.map((d) => renderDiagnostic(d)).join("") };
};

const minimal = { model_path: "m.mlir", data_path: "d.txt", learning_rate: 0.1, steps: 10 };

describe("config", () => {
  it("fills in defaults", () => {
    const { config } = parse(JSON.stringify(minimal));
    expect(config).toMatchObject({ tokenizer: "byte", seed: 0, engine: "iree", on_nan: "stop" });
  });

  it("names the nearest word for a value, and a pattern that is none", () => {
    expect(parse(JSON.stringify({ ...minimal, tokenizer: "chr" })).errors).toContain(
      `'tokenizer' must be "byte" or "char" or "u16", but got "chr"; did you mean 'char'?`,
    );
    const { config, errors } = parse(JSON.stringify({ ...minimal, optimizer: { no_decay: "(" } }));
    expect(config).toBeNull();
    expect(errors).toContain(
      `error: 'optimizer.no_decay' must be a regular expression, but got "("`,
    );
  });

  it("names an unknown key with the nearest one, its line and column", () => {
    const { config, errors } = parse(
      `{\n  "model_path": "m", "data_path": "d",\n  "learning_rat": 0.1, "steps": 1\n}`,
    );
    expect(config).toBeNull();
    expect(errors).toContain(
      "c.json:3:3: error: unknown key 'learning_rat'; did you mean 'learning_rate'?",
    );
    expect(errors).toContain("missing key 'learning_rate'");
  });

  it("names a nested unknown key", () => {
    const { errors } = parse(
      JSON.stringify({ ...minimal, optimizer: { name: "adamw", bata1: 0.5 } }),
    );
    expect(errors).toContain("unknown key 'optimizer.bata1'; did you mean 'beta1'?");
  });

  it("places mistakes of the command line at its flags", () => {
    const { errors } = parse(JSON.stringify(minimal), [
      ["chekpoint_dir", 1],
      ["optimizer.bata1", 0.5],
      ["engine", "ire", "--engine"],
      ["steps", "many", "--steps"],
    ]);
    expect(errors).toContain(
      "command line:1:7: error: unknown key 'chekpoint_dir'; did you mean 'checkpoint_dir'?\n--set chekpoint_dir=1\n      ^\n",
    );
    expect(errors).toContain("unknown key 'optimizer.bata1'; did you mean 'beta1'?\n--set opt");
    expect(errors).toContain(
      `'engine' must be "iree" or "interp", but got "ire"; did you mean 'iree'?\n--engine ire\n`,
    );
    expect(errors).toContain('but got "many"\n--steps many\n');
    expect(errors).not.toContain("<unknown>");
  });

  it("knows a key by its first words", () => {
    expect(parse(JSON.stringify({ ...minimal, chekpoint: 1 })).errors).toContain(
      "unknown key 'chekpoint'; did you mean 'checkpoint_dir'?",
    );
    expect(parse(JSON.stringify({ ...minimal, nothing_like_it: 1 })).errors).not.toContain("mean");
    expect(parse(JSON.stringify({ ...minimal, optimizer: 3 })).errors).toContain(
      "be an object, but",
    );
  });

  it("says what a value must be", () => {
    const { errors } = parse(JSON.stringify({ ...minimal, sampling: "shuffled", steps: 1.5 }));
    expect(errors).toContain(`'sampling' must be "random" or "fifo", but got "shuffled"`);
    expect(errors).toContain("'steps' must be a whole number, at least 1, but got 1.5");
  });

  it("points at a syntax error", () => {
    const { errors } = parse(`{\n  "steps": 1,,\n}`);
    expect(errors).toMatch(/^c\.json:2:14: error: config is not JSON/);
  });

  it("refuses what is not an object", () => {
    expect(parse("[1]").errors).toContain("config must be a JSON object");
  });

  it("takes overrides, nested ones too", () => {
    const { config } = parse(JSON.stringify(minimal), [
      ["steps", 3],
      ["optimizer.weight_decay", 0.5],
    ]);
    expect(config?.steps).toBe(3);
    expect(config?.optimizer.weight_decay).toBe(0.5);
  });

  it("counts steps of a distributed config", () => {
    const { steps: _, ...rest } = minimal;
    expect(parse(JSON.stringify(rest)).errors).toContain("missing key 'steps'");
    expect(parse(JSON.stringify({ ...rest, tau: 5, outer_loop_steps: 3 })).config).not.toBeNull();
  });

  it("takes the keys of distributed configs, null as no value, and names those without use", () => {
    const { config, errors } = parse(
      JSON.stringify({
        ...minimal,
        nesterov_momentum: 0.9,
        max_epochs: 4,
        effective_batch_size: null,
        use_in_graph_accumulation: false,
        chunk_size_mode: "diloco_slices",
        chunk_manifest_path: null,
        chunk_shuffle: true,
        wandb_project: "p",
        wandb_entity: null,
        grpo_config: null,
      }),
    );
    expect(errors).toBe("");
    expect(config === null ? [] : distributedKeysIn(config)).toEqual([
      "nesterov_momentum",
      "max_epochs",
      "chunk_size_mode",
      "chunk_shuffle",
      "wandb_project",
    ]);
  });

  it("refuses learning by reward, at its key", () => {
    const text = JSON.stringify({ ...minimal, grpo_config: { beta: 1 } }, null, 2);
    expect(parse(text).errors).toContain("c.json:6:3: error: 'grpo_config' asks for learning");
  });

  it("prints a schema that wants no key that has a default", () => {
    expect(printedSchema()).toMatchObject({
      required: ["model_path", "data_path", "learning_rate"],
    });
    expect(JSON.stringify(printedSchema())).not.toContain('"required":["name"]');
  });
});

describe("keys of distributed runs", () => {
  const distributed = {
    ...minimal,
    algorithm: "streaming",
    tau: 24,
    wire: "int4",
    blob_store: { kind: "s3", bucket: "b" },
  };

  it("are read, and are named as left out on one machine", () => {
    const { config } = parse(JSON.stringify(distributed));
    expect(config).toMatchObject({ algorithm: "streaming", wire: "int4", tau: 24 });
    expect(distributedKeysIn(config as TrainConfig)).toEqual(["algorithm", "wire", "blob_store"]);
    expect(singleKeysIn(config as TrainConfig)).toEqual([]);
    const other = parse(JSON.stringify({ ...distributed, sample_every: 5, on_nan: "skip" })).config;
    expect(singleKeysIn(other as TrainConfig)).toEqual(["sample_every", "on_nan"]);
  });

  it("have words and ranges that are checked, and nearest names", () => {
    expect(parse(JSON.stringify({ ...minimal, algorithm: "strming" })).errors).toContain(
      "did you mean 'streaming'?",
    );
    expect(parse(JSON.stringify({ ...minimal, nesterov_momentum: 1 })).errors).toContain(
      "'nesterov_momentum' must be",
    );
    expect(parse(JSON.stringify({ ...minimal, heartbeat_timout: 3 })).errors).toContain(
      "unknown key 'heartbeat_timout'; did you mean 'heartbeat_timeout'?",
    );
    expect(
      parse(JSON.stringify({ ...minimal, blob_store: { kind: "s3", buckt: "b" } })).errors,
    ).toContain("unknown key 'blob_store.buckt'; did you mean 'bucket'?");
  });

  it("give the number of steps; data_parallel has one step per round", () => {
    const { steps: _, ...open } = minimal;
    const { config } = parse(
      JSON.stringify({ ...open, algorithm: "data_parallel", outer_loop_steps: 7 }),
    );
    expect(stepsOf(config as TrainConfig)).toBe(7);
  });

  it("are all described", () => {
    const known = Object.entries(configSchema.properties);
    expect(known.filter(([, { description }]) => (description ?? "").length < 8)).toEqual([]);
  });
});
