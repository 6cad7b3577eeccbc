/** @file The training module of a run: as it is given, or made from a forward module with the config's optimizer. */
import { readFileSync } from "node:fs";
import { parseModule } from "#lib/asm/parser.ts";
import { printModule } from "#lib/asm/printer.ts";
import { indexBound } from "#lib/autodiff/random-inputs.ts";
import { DataError, reasonOf } from "#lib/data/token-file.ts";
import type { DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import { UNKNOWN_LOC } from "#lib/diag/loc.ts";
import { SourceFile } from "#lib/diag/source-file.ts";
import { makeContext } from "#lib/dialects/all.ts";
import {
  argAttrsOf,
  findFunction,
  isDeclaration,
  PCP_ROLE,
  stringOf,
} from "#lib/dialects/func/functions.ts";
import type { Operation } from "#lib/ir/graph.ts";
import { DEFAULT_WEIGHT_DECAY, makeOptimizer } from "#lib/optim/optimizers.ts";
import { emitTrain } from "#lib/optim/train.ts";
import { sha256 } from "#lib/runtime/cache.ts";
import { describeFunctions } from "#lib/runtime/describe.ts";
import type { FunctionInfo } from "#lib/runtime/engine.ts";
import { verifyOp } from "#lib/verify/verify.ts";
import type { TrainConfig } from "./config.ts";

/** Text of a module with `@train_step`, its functions, and its SHA-256. */
export interface TrainingModule {
  readonly text: string;
  readonly functions: readonly FunctionInfo[];
  readonly digest: string;
  /** Tokens are below this: the smallest dimension that a batch selects from; null where nothing says. */
  readonly tokenBound: number | null;
}

/** Smallest dimension that the data of a training step selects from. */
function tokenBoundOf(module: Operation): number | null {
  const fn = findFunction(module, "train_step");
  if (fn === null || isDeclaration(fn)) return null;
  const attrs = argAttrsOf(fn);
  const bounds = fn
    .region()
    .entry.args.filter((_, index) => stringOf(attrs[index], PCP_ROLE) === "data")
    .flatMap((arg) => indexBound(arg) ?? []);
  return bounds.length === 0 ? null : Math.min(...bounds);
}

/** Adds the training functions to a forward module; false after errors. */
function differentiate(
  module: Operation,
  config: TrainConfig,
  accumulate: boolean,
  engine: DiagnosticEngine,
): boolean {
  const { optimizer } = config;
  const noDecay = optimizer.no_decay === undefined ? null : new RegExp(optimizer.no_decay);
  const clip = optimizer.clip_grad_norm ?? 1;
  const transform = makeOptimizer({
    name: optimizer.name,
    weightDecay: optimizer.weight_decay ?? DEFAULT_WEIGHT_DECAY[optimizer.name],
    beta1: optimizer.beta1 ?? 0.9,
    beta2: optimizer.beta2 ?? 0.999,
    eps: optimizer.eps ?? 1e-8,
    momentum: optimizer.momentum ?? 0,
    nesterov: optimizer.nesterov ?? false,
    clipGradNorm: clip === "off" ? null : clip,
  });
  const emitted = emitTrain(
    module,
    {
      functionName: "main",
      loss: null,
      wrt: null,
      dataArgs: null,
      ties: "torch",
      optimizer: transform,
      decays: ({ name, type }) =>
        noDecay === null ? type.kind === "tensor" && type.shape.length >= 2 : !noDecay.test(name),
      accumulate,
    },
    engine,
  );
  return emitted !== null;
}

/**
 * Reads the model of a config; null after reporting what is wrong with it.
 *
 * @param separate - the module must be able to give gradients apart from updates, whether it accumulates several or not.
 * @throws DataError where it cannot be read.
 */
export function trainingModule(
  path: string,
  config: TrainConfig,
  engine: DiagnosticEngine,
  separate = false,
): TrainingModule | null {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new DataError(`cannot open model '${path}': ${reasonOf(error)}`);
  }
  const context = makeContext();
  const module = parseModule(new SourceFile(path, text), context, engine);
  if (module === null || !verifyOp(module, engine, context)) return null;
  const accumulate = separate || config.effective_batch_size !== undefined;
  if (findFunction(module, "train_step") === null) {
    if (!differentiate(module, config, accumulate, engine)) return null;
    text = printModule(module);
  } else if (accumulate && findFunction(module, "grad_step") === null) {
    engine.error(
      UNKNOWN_LOC,
      `'${path}' cannot accumulate gradients (${separate ? "data_parallel" : "effective_batch_size"}): make it with pcp-autodiff --accumulate`,
    );
    return null;
  }
  const digest = sha256(new TextEncoder().encode(text));
  return { text, functions: describeFunctions(module), digest, tokenBound: tokenBoundOf(module) };
}
