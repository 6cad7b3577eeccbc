/** @file The training config: its schema, defaults, and errors that name the place and the nearest key. */
import { type Static, type TSchema, Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { SAMPLINGS } from "#lib/data/sampler.ts";
import { TOKENIZERS } from "#lib/data/tokenizer.ts";
import type { DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import { type Loc, UNKNOWN_LOC } from "#lib/diag/loc.ts";
import { SourceFile } from "#lib/diag/source-file.ts";
import { messageOf } from "#lib/support/problem.ts";
import { didYouMean, nearestName } from "#lib/support/text.ts";
import { clusterProperties, DISTRIBUTED_KEYS } from "./config-cluster.ts";
import { count, oneOf, path, positive } from "./config-schema.ts";

const optimizerSchema = Type.Object(
  {
    name: oneOf(["adamw", "sgd"], { default: "adamw", description: "update rule" }),
    beta1: Type.Optional(
      Type.Number({
        minimum: 0,
        exclusiveMaximum: 1,
        description: "AdamW: decay of the first moment",
      }),
    ),
    beta2: Type.Optional(
      Type.Number({
        minimum: 0,
        exclusiveMaximum: 1,
        description: "AdamW: decay of the second moment",
      }),
    ),
    eps: Type.Optional(
      Type.Number({ exclusiveMinimum: 0, description: "AdamW: added to the denominator" }),
    ),
    momentum: Type.Optional(
      Type.Number({ minimum: 0, exclusiveMaximum: 1, description: "SGD: momentum" }),
    ),
    nesterov: Type.Optional(Type.Boolean({ description: "SGD: Nesterov's form of momentum" })),
    weight_decay: Type.Optional(positive("decay of weights of rank 2 and more")),
    clip_grad_norm: Type.Optional(
      Type.Union([Type.Number({ exclusiveMinimum: 0 }), Type.Literal("off")], {
        description: "largest global norm of the gradient, or off; 1.0 by default",
      }),
    ),
    no_decay: Type.Optional(
      Type.String({ description: "regular expression: weights by name that do not decay" }),
    ),
  },
  { additionalProperties: false, default: {}, description: "optimizer, built into the module" },
);

/** Keys of a config. */
const properties = {
  $schema: Type.Optional(Type.String({ description: "for editors" })),
  model_path: path("forward module of pcp-export, or a training module of pcp-autodiff"),
  manifest_path: Type.Optional(path("manifest with initialisers; default: beside the model")),
  weights_path: Type.Optional(path("safetensors to begin from instead of the initialisers")),
  data_path: path("training data"),
  eval_path: Type.Optional(path("evaluation data; default: the end of the training data")),
  eval_fraction: Type.Number({
    minimum: 0,
    exclusiveMaximum: 1,
    default: 0.05,
    description: "part of the training data held out for evaluation",
  }),
  tokenizer: oneOf(TOKENIZERS, { default: "byte", description: "how the data becomes tokens" }),
  sampling: oneOf(SAMPLINGS, { default: "random", description: "order of the data" }),
  seed: count("selects weights, batches and samples", 0),
  steps: Type.Optional(count("optimizer steps; default: tau * outer_loop_steps", undefined, 1)),
  learning_rate: positive("largest learning rate"),
  min_learning_rate: positive("learning rate at the end of cosine and linear schedules", 0),
  schedule: oneOf(["constant", "cosine", "linear"], {
    default: "constant",
    description: "learning rate after the warm-up",
  }),
  warmup_tokens: Type.Optional(count("tokens over which the learning rate rises from 0")),
  warmup_steps: Type.Optional(count("the same in steps")),
  optimizer: optimizerSchema,
  dtype: oneOf(["f32", "bf16"], {
    default: "f32",
    description: "bf16: matrix products take bf16 operands; weights stay f32",
  }),
  effective_batch_size: Type.Optional(
    count("sequences per optimizer step, a multiple of the model's batch", undefined, 1),
  ),
  engine: oneOf(["iree", "interp"], { default: "iree", description: "what runs the module" }),
  device: Type.Optional(
    Type.String({ description: "IREE device, such as local-task or cuda://0" }),
  ),
  peak_flops: Type.Optional(
    Type.Number({
      exclusiveMinimum: 0,
      description:
        "peak of the device in FLOP/s, by which MFU is reckoned; distributed: of workers without --peak-flops",
    }),
  ),
  log_every: count("steps between log lines", 10, 1),
  eval_every: count("steps between evaluations; 0: never", 0),
  eval_batches: count("batches per evaluation", 8, 1),
  sample_every: count("steps between samples of text; 0: never", 0),
  sample_prompt: Type.String({ default: "\n", description: "beginning of sampled text" }),
  sample_tokens: count("tokens per sample", 200, 1),
  checkpoint_dir: Type.String({
    minLength: 1,
    default: "checkpoints",
    description: "folder of checkpoints, metrics and curves (relative to the config)",
  }),
  checkpoint_every: count("steps between checkpoints; 0: at the end only", 0),
  keep_last: count("checkpoints kept besides the best", 2, 1),
  should_resume: Type.Boolean({
    default: false,
    description: "go on from the last checkpoint, as --resume",
  }),
  on_nan: oneOf(["stop", "skip"], {
    default: "stop",
    description: "what a loss that is not finite does",
  }),
  tensorboard: Type.Boolean({ default: true, description: "write TensorBoard event files" }),
  ...clusterProperties,
};

/** JSON Schema of a config. */
export const configSchema = Type.Object(properties, {
  $id: "pcp-train-config",
  additionalProperties: false,
});

/** A valid config with all defaults filled in. */
export type TrainConfig = Static<typeof configSchema>;

/** Keys of `config` that say something, but not to a run on one machine. */
export const distributedKeysIn = (config: TrainConfig): readonly string[] =>
  DISTRIBUTED_KEYS.filter((key) => {
    const value = config[key];
    return value !== undefined && value !== false;
  });

/** Keys of `config` that say something, but not to a distributed run. */
export const singleKeysIn = (config: TrainConfig): readonly string[] => [
  ...(config.sample_every > 0 ? ["sample_every"] : []),
  ...(config.on_nan === "skip" ? ["on_nan"] : []),
  ...(config.use_in_graph_accumulation === true ? ["use_in_graph_accumulation"] : []),
];

/** The schema for editors: a key with a default need not be written. */
export function printedSchema(): object {
  const required = configSchema.required?.filter(
    (key) => configSchema.properties[key as keyof TrainConfig].default === undefined,
  );
  const { name, ...others } = optimizerSchema.properties;
  const optimizer = Type.Object(
    { name: Type.Optional(name), ...others },
    { additionalProperties: false, default: {}, description: optimizerSchema.description ?? "" },
  );
  return { ...configSchema, properties: { ...configSchema.properties, optimizer }, required };
}

/** Value of a key that the command line gives, and the flag that does, where it is not `--set`. */
export type Override = readonly [key: string, value: unknown, flag?: string];

/** A config being read: its text, and what the command line puts over it. */
interface Reading {
  readonly file: SourceFile;
  readonly overrides: readonly Override[];
  readonly engine: DiagnosticEngine;
}

/** Reports what is wrong with a key: at the flag that gives it, else at its place in the text. */
function reportKey({ file, overrides, engine }: Reading, pointer: string, message: string): void {
  const key = pointer.slice(1).replaceAll("/", ".");
  const last = overrides.findLast(
    ([name]) => name === key || name.startsWith(`${key}.`) || key.startsWith(`${name}.`),
  );
  if (last === undefined) engine.error(keyLoc(file, pointer), message);
  else engine.error(flagLoc(last), message);
}

/** The flag as a text of its own, which a diagnostic shows with a caret. */
function flagLoc([key, value, flag]: Override): Loc {
  const held = typeof value === "string" ? value : JSON.stringify(value);
  const text = flag === undefined ? `--set ${key}=${held}` : `${flag} ${held}`;
  return {
    kind: "source",
    file: new SourceFile("command line", text),
    offset: text.indexOf(" ") + 1,
  };
}

/** Place of a key in the text: its first appearance as `"key":`. */
function keyLoc(file: SourceFile, pointer: string): Loc {
  const key = pointer.split("/").at(-1) ?? "";
  const at = file.text.search(new RegExp(`"${key.replace(/[^\w]/g, "\\$&")}"\\s*:`));
  return { kind: "source", file, offset: Math.max(0, at) };
}

const jsonProblem = (text: string): string => {
  try {
    JSON.parse(text);
    return "";
  } catch (error) {
    return messageOf(error);
  }
};

/** Offset of a token that JSON does not allow there: the shortest text that is wrong for it, less its last character. */
function tokenOffset(text: string): number {
  const isToken = (length: number): boolean =>
    jsonProblem(text.slice(0, length)).startsWith("Unexpected token");
  let [good, bad] = [0, text.length];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (isToken(middle)) bad = middle;
    else good = middle;
  }
  return good;
}

/** Place and words of a JSON syntax error. */
function syntaxError(file: SourceFile, error: unknown, engine: DiagnosticEngine): void {
  const message = messageOf(error);
  const position = /position (\d+)/.exec(message);
  let offset = position === null ? file.text.length : Number(position[1]);
  if (position === null && message.startsWith("Unexpected token")) offset = tokenOffset(file.text);
  const what = message.replace(/ in JSON at position.*/s, "").replace(/, (?:\.{3})?".*$/s, "");
  engine.error({ kind: "source", file, offset }, `config is not JSON: ${what}`);
}

/** A value that was found, short enough for a message. */
function shown(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "nothing";
  const text = tooDeep(value) ? "" : JSON.stringify(value);
  if (text !== "" && text.length <= 60) return text;
  return Array.isArray(value) ? "a list" : "an object";
}

/** Levels of a config; what nests deeper cannot be one, and would end in a stack overflow. */
const MAX_LEVELS = 32;

function tooDeep(value: unknown, levels = MAX_LEVELS): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((item) => tooDeep(item, levels - 1));
}

const schemaOf = (pointer: string): TSchema | undefined => {
  let schema: TSchema | undefined = configSchema;
  for (const key of pointer.split("/").slice(1)) {
    const known: Record<string, TSchema> = schema?.["properties"] ?? {};
    schema = Object.hasOwn(known, key) ? known[key] : undefined;
  }
  return schema;
};

/** What a schema accepts, in words. */
function expectation(schema: TSchema): string {
  if (schema["const"] !== undefined) return JSON.stringify(schema["const"]);
  if (Array.isArray(schema["anyOf"]))
    return (schema["anyOf"] as TSchema[]).map(expectation).join(" or ");
  const bounds: string[] = [];
  if (schema["minimum"] !== undefined) bounds.push(`at least ${schema["minimum"]}`);
  if (schema["exclusiveMinimum"] !== undefined) bounds.push(`above ${schema["exclusiveMinimum"]}`);
  if (schema["exclusiveMaximum"] !== undefined) bounds.push(`below ${schema["exclusiveMaximum"]}`);
  const type =
    schema["type"] === "integer"
      ? "a whole number"
      : schema["type"] === "object"
        ? "an object"
        : `a ${schema["type"]}`;
  return [type, ...bounds].join(", ");
}

/** The key that is meant by an unknown one: the nearest, else one whose first words are near. */
function nearestKey(name: string, known: readonly string[]): string {
  const nearest = didYouMean(name, known);
  if (nearest !== "") return nearest;
  const beginnings = new Map<string, string>();
  for (const key of known)
    for (const { index } of key.matchAll(/(?!^)_/g)) {
      const beginning = key.slice(0, index);
      if (!beginnings.has(beginning)) beginnings.set(beginning, key);
    }
  const beginning = nearestName(name, beginnings.keys());
  return beginning === null ? "" : `; did you mean '${beginnings.get(beginning)}'?`;
}

/** The value that is meant, where a schema lists words. */
function nearestValue(schema: TSchema, found: unknown): string {
  const choices = ((schema["anyOf"] ?? []) as TSchema[]).map((choice) => choice["const"]);
  const words = choices.filter((choice): choice is string => typeof choice === "string");
  return typeof found === "string" ? didYouMean(found, words) : "";
}

function reportSchemaErrors(reading: Reading, value: unknown): void {
  const { file, engine } = reading;
  const seen = new Set<string>();
  for (const { path: pointer, type: _type, value: found, message } of Value.Errors(
    configSchema,
    value,
  )) {
    if (seen.has(pointer)) continue;
    seen.add(pointer);
    const key = pointer.slice(1).replaceAll("/", ".");
    const schema = schemaOf(pointer);
    if (schema === undefined) {
      const parent = schemaOf(pointer.slice(0, pointer.lastIndexOf("/")));
      const known = Object.keys((parent?.["properties"] ?? properties) as object);
      const name = pointer.split("/").at(-1) ?? "";
      reportKey(reading, pointer, `unknown key '${key}'${nearestKey(name, known)}`);
    } else if (pointer === "") engine.error(UNKNOWN_LOC, `config: ${message.toLowerCase()}`);
    else if (found === undefined)
      engine.error(
        { kind: "source", file, offset: 0 },
        `missing key '${key}': ${schema.description ?? expectation(schema)}`,
      );
    else
      reportKey(
        reading,
        pointer,
        `'${key}' must be ${expectation(schema)}, but got ${shown(found)}${nearestValue(schema, found)}`,
      );
  }
}

function isRegularExpression(text: string): boolean {
  try {
    return new RegExp(text) !== null;
  } catch {
    return false;
  }
}

/** `a.b=value` overrides of the command line; values are JSON where they parse as such, else strings. */
function applyOverrides(value: Record<string, unknown>, overrides: readonly Override[]): void {
  for (const [key, override] of overrides) {
    const parts = key.split(".");
    let target = value;
    for (const part of parts.slice(0, -1)) {
      if (!Object.hasOwn(target, part) || typeof target[part] !== "object" || target[part] === null)
        target[part] = {};
      target = target[part] as Record<string, unknown>;
    }
    target[parts.at(-1) as string] = override;
  }
}

/** Reads a config's text, where null is the same as no value; null after reporting what is wrong with it, all at once. */
export function parseConfig(
  file: SourceFile,
  overrides: readonly Override[],
  engine: DiagnosticEngine,
): TrainConfig | null {
  let value: unknown;
  try {
    value = JSON.parse(file.text);
  } catch (error) {
    syntaxError(file, error, engine);
    return null;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    engine.error({ kind: "source", file, offset: 0 }, "config must be a JSON object");
    return null;
  }
  if (tooDeep(value)) {
    engine.error({ kind: "source", file, offset: 0 }, "config is nested too deep");
    return null;
  }
  const reading: Reading = { file, overrides, engine };
  applyOverrides(value as Record<string, unknown>, overrides);
  for (const [key, held] of Object.entries(value))
    if (held === null && key in properties) Reflect.deleteProperty(value, key);
  const filled = Value.Default(configSchema, value);
  if (!Value.Check(configSchema, filled)) {
    reportSchemaErrors(reading, filled);
    return null;
  }
  if (filled.grpo_config !== undefined) {
    reportKey(
      reading,
      "/grpo_config",
      "'grpo_config' asks for learning by reward, which pcp-train does not do",
    );
    return null;
  }
  const { no_decay: noDecay } = filled.optimizer;
  if (noDecay !== undefined && !isRegularExpression(noDecay)) {
    reportKey(
      reading,
      "/optimizer/no_decay",
      `'optimizer.no_decay' must be a regular expression, but got ${shown(noDecay)}`,
    );
    return null;
  }
  if (stepsOf(filled) === null) {
    engine.error(
      { kind: "source", file, offset: 0 },
      "missing key 'steps': optimizer steps (or 'tau' and 'outer_loop_steps', whose product they are)",
    );
    return null;
  }
  return filled;
}

/** Inner steps of a round where the config gives them; data_parallel exchanges gradients at every step. */
export const tauOf = ({ tau, algorithm }: Pick<TrainConfig, "tau" | "algorithm">): number | null =>
  tau ?? (algorithm === "data_parallel" ? 1 : null);

/** Optimizer steps of a run (of one worker, where there are several), or null where the config does not say. */
export function stepsOf(config: TrainConfig): number | null {
  const { steps, outer_loop_steps: rounds } = config;
  const tau = tauOf(config);
  return steps ?? (tau === null || rounds === undefined ? null : tau * rounds);
}
