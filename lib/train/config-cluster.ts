/** @file Config keys of distributed runs; a run on one machine leaves them out. None has a default in the schema: the run plan fills them in. */
import { Type } from "@sinclair/typebox";
import { count, oneOf, orNull, path } from "./config-schema.ts";
import { FRAGMENT_KINDS } from "./diloco/fragments.ts";
import { ALGORITHMS, MERGES, WIRE_FORMATS } from "./protocol/plan.ts";

/** Where blobs are kept. */
export const BLOB_STORES = ["disk", "shared", "s3"] as const;

const some = (description: string, minimum = 1) =>
  Type.Optional(count(`distributed: ${description}`, undefined, minimum));

const words = <const T extends readonly string[]>(values: T, description: string) =>
  Type.Optional(oneOf(values, { description: `distributed: ${description}` }));

const number = (description: string, limits: object = { minimum: 0 }) =>
  Type.Optional(Type.Number({ ...limits, description: `distributed: ${description}` }));

const seconds = (description: string) =>
  number(`${description}, in seconds`, { exclusiveMinimum: 0, maximum: 1e7 });

const flag = (description: string) =>
  Type.Optional(Type.Boolean({ description: `distributed: ${description}` }));

const numberOrOff = (description: string) =>
  Type.Optional(
    Type.Union([Type.Number({ exclusiveMinimum: 0 }), Type.Literal("off")], {
      description: `distributed: ${description}`,
    }),
  );

const blobStore = Type.Object(
  {
    kind: oneOf(BLOB_STORES, {
      description: "disk: the shepherd's folder; shared: a folder that all see; s3: object storage",
    }),
    path: Type.Optional(path("shared: folder")),
    endpoint: Type.Optional(Type.String({ description: "s3: URL of the service" })),
    bucket: Type.Optional(Type.String({ minLength: 1, description: "s3: name of the bucket" })),
    region: Type.Optional(Type.String({ description: "s3: region" })),
    prefix: Type.Optional(Type.String({ description: "s3: beginning of all keys" })),
  },
  {
    additionalProperties: false,
    description: "distributed: where tensors lie on their way; credentials of s3 come from AWS_*",
  },
);

const algorithm = {
  algorithm: words(ALGORITHMS, "how workers' progress becomes one; default: diloco"),
  workers: some("workers that the run waits for before it begins; default: 2"),
  tau: some("inner steps per round; default: 30, decoupled 24, data_parallel 1"),
  outer_loop_steps: some("rounds"),
  outer_learning_rate: number(
    "step size of the outer optimizer; default: by number of workers, 1 with top_k",
  ),
  nesterov_momentum: number("momentum of the outer optimizer; default: 0.9, 0 with top_k", {
    minimum: 0,
    exclusiveMaximum: 1,
  }),
  delay: some("decoupled: updates between two changes of outer momentum; default: workers"),
  fragments: some("parts in which the model is exchanged; default: 1, streaming 8, decoupled 24"),
  fragment_kind: words(FRAGMENT_KINDS, "how tensors become fragments; default: by algorithm"),
  overlap_steps: some(
    "inner steps on while a fragment is merged; default: streaming 1, decoupled 2, else 0",
    0,
  ),
  blend: number("part of local progress kept when a merged fragment is taken over", {
    minimum: 0,
    maximum: 1,
  }),
  dynamic_steps: flag("fewer inner steps for slower workers; default: for decoupled"),
  use_in_graph_accumulation: flag("accumulate inside the module"),
};

const merging = {
  merge: words(MERGES, "how updates become one; default: mean"),
  clip_factor: number("clip: largest norm, in medians of recent norms; default: 2", {
    exclusiveMinimum: 0,
  }),
  trim_fraction: number("trimmed: part left out at either end; default: 0.1", {
    minimum: 0,
    exclusiveMaximum: 0.5,
  }),
  norm_gate: numberOrOff(
    "reject updates above so many medians of recent norms, or off; default: 10",
  ),
  wire: words(WIRE_FORMATS, "format of tensors on the wire, both ways; default: int8"),
  wire_up: words(WIRE_FORMATS, "format of updates"),
  wire_down: words(WIRE_FORMATS, "format of parameters"),
  top_k: some("elements of every 4,096 that an update keeps, by magnitude"),
  top_k_down: some("the same for parameters, which go down as differences (int8, int4)"),
  error_decay: numberOrOff("decay of what an update left out, added to the next one, or off"),
};

const membership = {
  quorum: some("updates that a merge needs; default: 1"),
  heartbeat_seconds: seconds("time between two heartbeats; default: 1"),
  heartbeat_timeout: seconds("a worker silent for so long is lost; default: 10"),
  progress_timeout: seconds("a worker without a new inner step for so long is hung; default: 120"),
  reconnect_seconds: seconds("a closed connection counts as a crash after this; default: 5"),
  deadline_factor: number("a round ends after so many median round times; default: 2", {
    minimum: 1,
  }),
  round_deadline: seconds("but not before this; default: 30"),
  grace_seconds: number("decoupled: wait for others once there is a quorum, in seconds"),
  quorum_wait: seconds("a run below its quorum for so long ends; default: 3600"),
  rejoin_seconds: seconds("wait for the last members after a restart; default: 30"),
};

const storage = {
  reducers: some("processes that merge, each with fragments of its own; 0: the shepherd", 0),
  blob_store: Type.Optional(blobStore),
  keep_updates: flag("keep all updates, so that replay can recompute every merge"),
  worker_state_every: some("rounds between two saved states of a worker; default: 1"),
};

const data = {
  max_epochs: some("passes over the data"),
  data_url: Type.Optional(
    Type.String({
      pattern: "^(https?|s3)://",
      description: "distributed: where workers read the data; default: from the shepherd",
    }),
  ),
  chunk_size_mode: words(
    ["fixed_bytes", "diloco_slices"],
    "how data is cut: pieces of chunk_size, or one piece per worker and round",
  ),
  chunk_size: some("bytes per piece of data; default: 64 MiB"),
  chunk_manifest_path: Type.Optional(path("distributed: list of pieces of data")),
  chunk_shuffle: flag("hand out pieces of data in random order"),
};

const tracking = {
  wandb_project: orNull("distributed: project in Weights & Biases"),
  wandb_entity: orNull("distributed: owner of that project"),
  wandb_run_name: orNull("distributed: name of the run there"),
  wandb_api_key: orNull("distributed: key for it"),
  grpo_config: Type.Optional(
    Type.Union([Type.Object({}), Type.Null()], { description: "distributed: learning by reward" }),
  ),
};

/** Keys of distributed runs, in the order in which the schema prints them. */
export const clusterProperties = {
  ...algorithm,
  ...merging,
  ...membership,
  ...storage,
  ...data,
  ...tracking,
};

/** Keys that mean something for distributed runs only; the number of steps follows from `tau` and `outer_loop_steps` on one machine, too. */
export const DISTRIBUTED_KEYS = (
  Object.keys(clusterProperties) as (keyof typeof clusterProperties)[]
).filter((key) => key !== "tau" && key !== "outer_loop_steps");
