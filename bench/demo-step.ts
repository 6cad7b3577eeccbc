/**
 * @file The demo's training step on IREE beside the sum of its matrix products at the rate that this machine multiplies matrices
 * (numpy in one call per product, all cores). Prints one line of JSON.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseModule } from "#lib/asm/parser.ts";
import { initialiseWeights, parseManifestWeights } from "#lib/data/initialise.ts";
import { DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import { SourceFile } from "#lib/diag/source-file.ts";
import { makeContext } from "#lib/dialects/all.ts";
import { findFunction } from "#lib/dialects/func/functions.ts";
import { stablehlo } from "#lib/dialects/stablehlo/ops.ts";
import { autodiffMain } from "#lib/driver/autodiff.ts";
import { memoryIo } from "#lib/driver/memory-io.ts";
import { attrsOf, operandsOf } from "#lib/ir/op-def.ts";
import { EngineError, isDeviceTensor, type Value } from "#lib/runtime/engine.ts";
import { openEngine } from "#lib/runtime/open.ts";
import { at, elementCount } from "#lib/support/shape.ts";
import { type Tensor, tensorFromNumbers, zeros } from "#lib/tensors/tensor.ts";
import { median, round } from "./support/measure.ts";

const STEPS = 60;
const WARMUP = 10;

/** A product as `batch` times [m, k] x [k, n]. */
type Product = readonly [batch: number, m: number, k: number, n: number];

async function trainModule(): Promise<string> {
  const io = memoryIo({ argv: ["examples/nanochat/tiny.mlir", "--optimizer=adamw"] });
  if ((await autodiffMain(io)) !== 0) throw new Error(io.stderrText());
  return io.stdoutText();
}

/** Every dot_general of `@train_step`. */
function productsOf(text: string): Product[] {
  const module = parseModule(
    new SourceFile("train.mlir", text),
    makeContext(),
    new DiagnosticEngine(),
  );
  const fn = module === null ? null : findFunction(module, "train_step");
  if (fn === null) throw new Error("no @train_step");
  return fn
    .collect()
    .filter(({ name }) => name === stablehlo.dot_general.name)
    .map((op) => {
      const { lhs, rhs } = operandsOf(stablehlo.dot_general, op);
      const dims = attrsOf(stablehlo.dot_general, op).dot_dimension_numbers;
      if (lhs.type.kind !== "tensor" || rhs.type.kind !== "tensor") throw new Error("no tensors");
      const { shape: left } = lhs.type;
      const { shape: right } = rhs.type;
      const batch = elementCount(dims.lhsBatching.map((i) => at(left, i)));
      const k = elementCount(dims.lhsContracting.map((i) => at(left, i)));
      return [batch, elementCount(left) / batch / k, k, elementCount(right) / batch / k];
    });
}

/** Seconds that numpy takes for all products: the median of several passes. */
const FLOOR = `
import json, sys, time
import numpy as np
products = [tuple(p) for p in json.load(sys.stdin)]
arrays = {p: (np.random.rand(p[0], p[1], p[2]).astype(np.float32), np.random.rand(p[0], p[2], p[3]).astype(np.float32)) for p in set(products)}
times = []
for _ in range(9):
    start = time.perf_counter()
    for p in products:
        a, b = arrays[p]
        (a[0] @ b[0]) if p[0] == 1 else np.matmul(a, b)
    times.append(time.perf_counter() - start)
print(sorted(times)[len(times) // 2])
`;

async function stepSeconds(text: string): Promise<number[]> {
  const engine = await openEngine({
    engine: "iree",
    place: { env: process.env, cwd: process.cwd() },
  });
  try {
    const module = await engine.load({ kind: "mlir", name: "train.mlir", text });
    const info = module.functions.find(({ name }) => name === "train_step");
    if (info === undefined) throw new Error("no @train_step");
    const manifest = "examples/nanochat/tiny.manifest.json";
    const weights = initialiseWeights(
      parseManifestWeights(readFileSync(manifest, "utf8"), manifest),
      0,
    );
    const values = new Map<string, Value>();
    for (const { name, role, dtype, shape } of info.args) {
      if (name === null || dtype === null) throw new Error("an argument has no name or type");
      const sizes = (shape ?? []).map((size) => size ?? 0);
      const made: Tensor = weights.get(name) ?? zeros(dtype, sizes);
      values.set(name, role === "lr" ? tensorFromNumbers(dtype, [], [1e-3]) : made);
    }
    const loss = info.results.findIndex(({ role }) => role === "loss");
    const times: number[] = [];
    for (let i = 0; i < STEPS + WARMUP; i++) {
      const args = info.args.map(({ name }) => values.get(name ?? "") as Value);
      const consume = args.flatMap((value, index) => (isDeviceTensor(value) ? [index] : []));
      const start = performance.now();
      const results = await module.call("train_step", args, { fetch: [loss], consume });
      if (i >= WARMUP) times.push((performance.now() - start) / 1000);
      results.forEach((value, index) => {
        const name = info.results[index]?.name ?? "";
        if (values.has(name)) values.set(name, value);
        else if (isDeviceTensor(value)) value.release();
      });
    }
    return times;
  } finally {
    await engine.close();
  }
}

async function main(): Promise<object> {
  const python = join(process.cwd(), ".venv/bin/python");
  if (!existsSync(python)) return { skipped: "no .venv: run make setup" };
  const text = await trainModule();
  const products = productsOf(text);
  const flops = products.reduce((sum, [b, m, k, n]) => sum + 2 * b * m * k * n, 0);
  const floors: number[] = [];
  const steps: number[] = [];
  for (let i = 0; i < 3; i++) {
    const child = spawnSync(python, ["-c", FLOOR], {
      input: JSON.stringify(products),
      encoding: "utf8",
    });
    floors.push(Number(child.stdout));
    steps.push(median(await stepSeconds(text)));
  }
  const [step, floor] = [median(steps), median(floors)];
  return {
    stepMs: round(step * 1000, 1),
    matmulFloorMs: round(floor * 1000, 1),
    besideMatmulFloor: round(step / floor, 2),
    products: products.length,
    gigaflopPerStep: round(flops / 1e9, 2),
  };
}

try {
  process.stdout.write(`${JSON.stringify(await main())}\n`);
} catch (error) {
  if (!(error instanceof EngineError)) throw error;
  process.stdout.write(`${JSON.stringify({ skipped: error.message })}\n`);
}
process.exit(0);
