/**
 * @file Gradient construction on a module of about 1,400 operations, and operation counts beside those of jax.grad for the same
 * functions (recorded in bench/fixtures/jax-op-counts.json; bench/fixtures/jax_op_counts.py made them). Prints one line of JSON.
 */
import { readFileSync } from "node:fs";
import { parseModule } from "#lib/asm/parser.ts";
import { emitValueAndGrad, type GradientRequest } from "#lib/autodiff/emit.ts";
import { cleanUp } from "#lib/autodiff/prepare.ts";
import { DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import { SourceFile } from "#lib/diag/source-file.ts";
import { makeContext } from "#lib/dialects/all.ts";
import { findFunction, functionTypeOf } from "#lib/dialects/func/functions.ts";
import type { Operation } from "#lib/ir/graph.ts";
import { inlineCalls } from "#lib/passes/inline.ts";

const REQUEST: GradientRequest = {
  functionName: "main",
  loss: null,
  wrt: null,
  dataArgs: null,
  ties: "torch",
};

/** Reads a file of the checkout, which is the current folder of a measurement. */
const read = (path: string): string => readFileSync(path, "utf8");

function parse(source: string): Operation {
  const engine = new DiagnosticEngine();
  const module = parseModule(new SourceFile("bench.mlir", source), makeContext(), engine);
  if (module === null) throw new Error(engine.diagnostics[0]?.message ?? "no module");
  return module;
}

function differentiate(module: Operation, functionName: string): Operation {
  const engine = new DiagnosticEngine();
  const emitted = emitValueAndGrad(module, { ...REQUEST, functionName }, engine);
  const fn = emitted?.functions[0];
  if (fn === undefined) throw new Error(engine.diagnostics[0]?.message ?? "no gradient");
  return fn;
}

const countOps = (fn: Operation): number => fn.region().entry.ops.length - 1;

/** `@deep` calls the demo model's loss several times on the same parameters: one long function once calls are inlined. */
function deepModule(source: string, copies: number): Operation {
  const main = findFunction(parse(source), "main");
  if (main === null) throw new Error("no function 'main'");
  const { inputs } = functionTypeOf(main);
  const args = inputs.map(({ text }, i) => {
    const role = text.endsWith("xi64>") ? "data" : "param";
    return `%a${i}: ${text} {pcp.name = "a${i}", pcp.role = "${role}"}`;
  });
  const types = inputs.map(({ text }) => text).join(", ");
  const values = inputs.map((_, i) => `%a${i}`).join(", ");
  const lines = [`%s0 = func.call @main(${values}) : (${types}) -> tensor<f32>`];
  for (let i = 1; i < copies; i++)
    lines.push(
      `%p${i} = stablehlo.multiply %a1, %a1 : ${inputs[1]?.text}`,
      `%c${i} = func.call @main(%a0, %p${i}, ${values.split(", ").slice(2).join(", ")}) : (${types}) -> tensor<f32>`,
      `%s${i} = stablehlo.add %s${i - 1}, %c${i} : tensor<f32>`,
    );
  const deep = `func.func @deep(${args.join(", ")}) -> tensor<f32> {
  ${lines.join("\n  ")}
  return %s${copies - 1} : tensor<f32>
}
`;
  return parse(source.replace(/\}\s*$/, `${deep}}\n`));
}

function construction() {
  const source = read("examples/nanochat/tiny.mlir");
  const times: number[] = [];
  let ops = { forward: 0, valueAndGrad: 0 };
  for (let round = 0; round < 5; round++) {
    const module = deepModule(source, 3);
    const inlined = deepModule(source, 3);
    inlineCalls(inlined, { functions: ["deep"] });
    const forward = findFunction(inlined, "deep");
    const start = performance.now();
    const fn = differentiate(module, "deep");
    times.push(performance.now() - start);
    ops = { forward: forward === null ? 0 : countOps(forward), valueAndGrad: countOps(fn) };
  }
  const [first = 0] = times;
  const sorted = [...times].sort((a, b) => a - b);
  return {
    ...ops,
    firstMs: Math.round(first),
    medianMs: Math.round(sorted[2] ?? 0),
    targetMs: 500,
  };
}

interface Recorded {
  readonly jax: string;
  readonly functions: {
    readonly [name: string]: { readonly forward: number; readonly value_and_grad: number };
  };
}

function opCounts() {
  const recorded = JSON.parse(read("bench/fixtures/jax-op-counts.json")) as Recorded;
  return Object.entries(recorded.functions).map(([name, jax]) => {
    const source = read(`bench/fixtures/jax/${name}.mlir`);
    const forward = parse(source);
    inlineCalls(forward);
    const main = findFunction(forward, "main");
    if (main !== null) cleanUp(main);
    const ours = countOps(differentiate(parse(source), "main"));
    return {
      name,
      forward: main === null ? 0 : countOps(main),
      valueAndGrad: ours,
      jaxValueAndGrad: jax.value_and_grad,
      ratio: Number((ours / jax.value_and_grad).toFixed(2)),
    };
  });
}

process.stdout.write(
  `${JSON.stringify({ bench: "autodiff", construction: construction(), opCounts: opCounts() })}\n`,
);
