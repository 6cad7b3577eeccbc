/** @file dce, cse, canonicalize, inline, symbol-dce and the manager on modules built in memory. */
import { describe, expect, test } from "vitest";
import { DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import { builtin } from "#lib/dialects/builtin/ops.ts";
import { createFunction } from "#lib/dialects/func/functions.ts";
import { func } from "#lib/dialects/func/ops.ts";
import { StablehloBuilder } from "#lib/dialects/stablehlo/build.ts";
import { Block, Operation, Region, type Value } from "#lib/ir/graph.ts";
import { type Type, tensorOf } from "#lib/ir/types.ts";
import { canonicalize, runCanonicalize } from "#lib/passes/canonicalize.ts";
import { cse, runCse } from "#lib/passes/cse.ts";
import { dce, runDce } from "#lib/passes/dce.ts";
import { inlineCalls } from "#lib/passes/inline.ts";
import { formatStatistics, runPipeline } from "#lib/passes/manager.ts";
import type { AnyPass } from "#lib/passes/pass.ts";
import { parsePipeline, passesByName } from "#lib/passes/pipeline.ts";
import { runSymbolDce } from "#lib/passes/symbol-dce.ts";
import { Timing } from "#lib/passes/timing.ts";
import { parse, runText } from "./helpers.ts";

const F32 = tensorOf("f32", [2]);

const makeModule = (fns: readonly Operation[]): Operation => {
  const body = new Block();
  for (const fn of fns) body.append(fn);
  return new Operation({
    name: "builtin.module",
    def: builtin.module,
    regions: [new Region([body])],
  });
};

const makeFn = (
  name: string,
  inputs: readonly Type[],
  results: readonly Type[],
  body: (b: StablehloBuilder, args: readonly Value[]) => readonly Value[],
  visibility: "private" | null = null,
): Operation => {
  const parameter = (type: Type) => ({ type, attrs: new Map() });
  const { fn, args, builder } = createFunction(
    name,
    inputs.map(parameter),
    results.map(parameter),
    { visibility },
  );
  const operands = body(new StablehloBuilder(builder), args);
  builder.create(func.return, { operands }, {}, { resultTypes: [] });
  return fn;
};

const namesIn = (op: Operation): string[] => op.collect().map(({ name }) => name);

const call = (b: StablehloBuilder, callee: string, operands: readonly Value[]): Value =>
  b.builder.create(func.call, { operands }, { callee }, { resultTypes: [F32] }).result();

const run = (module: Operation, text: string, passes: readonly AnyPass[]) => {
  const engine = new DiagnosticEngine();
  const parsed = parsePipeline(text, passesByName(passes));
  if ("error" in parsed) throw new Error(parsed.error);
  return { engine, ...runPipeline(module, parsed.pipeline, { engine }) };
};

describe("cleanup", () => {
  test("dce erases chains and keeps what is used", () => {
    const fn = makeFn("f", [F32], [F32], (b, [x]) => {
      const a = b.unary("negate", x as Value);
      b.unary("abs", b.unary("tanh", a));
      return [a];
    });
    expect(runDce(makeModule([fn]))).toBe(2);
    expect(namesIn(fn)).toEqual(["func.func", "stablehlo.negate", "func.return"]);
  });

  test("cse merges equal ops, regions included, and not different ones", () => {
    const scalar = tensorOf("f32", []);
    const fn = makeFn("f", [F32], [scalar, scalar, scalar], (b, [x]) => [
      b.reduceSum(b.add(x as Value, x as Value), [0]),
      b.reduceSum(b.add(x as Value, x as Value), [0]),
      b.reduce("maximum", x as Value, b.scalar("f32", 0), [0]),
    ]);
    expect(runCse(makeModule([fn])).replaced).toBe(4);
    expect(namesIn(fn).filter((name) => name === "stablehlo.reduce")).toHaveLength(2);
  });

  test("cse keeps big constants apart that differ in one element", () => {
    const data = (last: number) => ({
      dtype: "f32" as const,
      shape: [100_000],
      data: new Float32Array(100_000).fill(last, 99_999),
    });
    const type = tensorOf("f32", [100_000]);
    const fn = makeFn("f", [], [type, type, type], (b) => [
      b.constant(data(1)),
      b.constant(data(2)),
      b.constant(data(1)),
    ]);
    expect(runCse(makeModule([fn])).replaced).toBe(1);
  });

  test("canonicalize uniques constants at the start of the function", () => {
    const fn = makeFn("f", [F32], [F32], (b, [x]) => {
      const one = b.splat(F32, 1);
      const sum = b.add(x as Value, one);
      return [b.add(sum, b.splat(F32, 1))];
    });
    const report = runCanonicalize(makeModule([fn]));
    expect(report.converged).toBe(true);
    expect(namesIn(fn).slice(1, 3)).toEqual(["stablehlo.constant", "stablehlo.add"]);
  });

  test("canonicalize says when a limit cut it short", () => {
    const fn = makeFn("f", [F32], [F32], (b, [x]) => {
      b.splat(F32, 1);
      return [x as Value];
    });
    const { engine, ok } = run(
      makeModule([fn]),
      "builtin.module(canonicalize{max-iterations=1 test-convergence})",
      [canonicalize],
    );
    expect(ok).toBe(false);
    expect(engine.diagnostics[0]?.message).toMatch(/^patterns still applied after 1 iteration/);
  });

  test("patterns leave unknown sizes alone", () => {
    const text = `func.func @f(%x: tensor<?xf32>, %y: tensor<2xf32>) -> tensor<2xf32> {
      %t = stablehlo.constant dense<true> : tensor<i1>
      %0 = "stablehlo.select"(%t, %x, %y) : (tensor<i1>, tensor<?xf32>, tensor<2xf32>) -> tensor<2xf32>
      return %0 : tensor<2xf32>
    }`;
    const module = parse(text);
    runText(module, "builtin.module(pcp-simplify)");
    expect(namesIn(module)).toContain("stablehlo.select");
  });

  test("symbol-dce follows references", () => {
    const leaf = makeFn("leaf", [F32], [F32], (_, [x]) => [x as Value], "private");
    const mid = makeFn("mid", [F32], [F32], (b, [x]) => [call(b, "leaf", [x as Value])], "private");
    const dead = makeFn(
      "dead",
      [F32],
      [F32],
      (b, [x]) => [call(b, "mid", [x as Value])],
      "private",
    );
    const main = makeFn("main", [F32], [F32], (b, [x]) => [call(b, "leaf", [x as Value])]);
    expect(runSymbolDce(makeModule([leaf, mid, dead, main]))).toBe(2);
  });
});

describe("inline", () => {
  test("inlines through layers and erases what is private and unused", () => {
    const leaf = makeFn("leaf", [F32], [F32], (b, [x]) => [b.negate(x as Value)], "private");
    const mid = makeFn("mid", [F32], [F32], (b, [x]) => [call(b, "leaf", [x as Value])], "private");
    const main = makeFn("main", [F32], [F32], (b, [x]) => [call(b, "mid", [x as Value])]);
    const module = makeModule([main, mid, leaf]);
    expect(inlineCalls(module)).toEqual({ inlined: 2, erased: 2 });
    expect(namesIn(module)).toEqual([
      "builtin.module",
      "func.func",
      "stablehlo.negate",
      "func.return",
    ]);
  });

  test("leaves recursion alone", () => {
    const self = makeFn("self", [F32], [F32], (b, [x]) => [call(b, "self", [x as Value])]);
    expect(inlineCalls(makeModule([self])).inlined).toBe(0);
  });
});

describe("manager", () => {
  const fn = () =>
    makeFn("main", [F32], [F32], (b, [x]) => {
      b.negate(x as Value);
      return [b.add(b.unary("abs", x as Value), b.unary("abs", x as Value))];
    });

  test("nested pipelines and statistics", () => {
    const result = run(makeModule([fn()]), "builtin.module(func.func(cse),dce)", [cse, dce]);
    expect(result.ok).toBe(true);
    expect(formatStatistics(result)).toBe(
      `${[
        `===${"-".repeat(73)}===`,
        `${" ".repeat(25)}... Pass statistics report ...`,
        `===${"-".repeat(73)}===`,
        "'func.func' Pipeline",
        "  CSEPass",
        "    (S) 1 num-cse'd - Number of operations CSE'd",
        "    (S) 1 num-dce'd - Number of operations DCE'd",
        "DCEPass",
        "  (S) 0 num-dce'd - Number of operations DCE'd",
        "",
      ].join("\n")}\n`,
    );
  });

  test("a pipeline for another op is an error", () => {
    const { engine } = run(makeModule([fn()]), "func.func(cse)", [cse]);
    expect(engine.diagnostics[0]?.message).toBe(
      "can't run 'func.func' pass manager on 'builtin.module' op",
    );
  });

  test("the timing table", () => {
    let clock = 0;
    const timing = new Timing(() => clock);
    const spend = (ms: number) => () => {
      clock += ms;
    };
    timing.measure("Parser", spend(5));
    timing.measure("'func.func' Pipeline", () => timing.measure("CSEPass", spend(3)));
    clock += 2;
    expect(timing.report().split("\n").slice(3)).toEqual([
      "  Total Execution Time: 0.0100 seconds",
      "",
      "  ----Wall Time----  ----Name----",
      "    0.0050 ( 50.0%)  Parser",
      "    0.0030 ( 30.0%)  'func.func' Pipeline",
      "    0.0030 ( 30.0%)    CSEPass",
      "    0.0020 ( 20.0%)  Rest",
      "    0.0100 (100.0%)  Total",
      "",
    ]);
  });

  test("dumps before, after, and changes as a diff", () => {
    const out: string[] = [];
    const engine = new DiagnosticEngine();
    const parsed = parsePipeline("builtin.module(cse,cse)", passesByName([cse]));
    if ("error" in parsed) throw new Error(parsed.error);
    const print = (op: Operation): string => `${namesIn(op).join("\n")}\n`;
    runPipeline(makeModule([fn()]), parsed.pipeline, {
      engine,
      print,
      dump: { write: (text) => out.push(text), before: new Set(["cse"]), afterChange: true },
    });
    expect(out).toHaveLength(3);
    expect(out[0]).toContain("// -----// IR Dump Before CSEPass: cse //----- //\nbuiltin.module\n");
    expect(out[1]).toContain("// -----// IR Diff After CSEPass: cse //----- //\n");
    expect(out[1]).toContain("-stablehlo.negate\n");
  });
});
