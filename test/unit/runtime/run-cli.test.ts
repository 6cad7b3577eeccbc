/** @file pcp-run's command line: what it prints, and one clear line for every mistake. */
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { beforeAll, describe, expect, it } from "vitest";
import { memoryIo } from "#lib/driver/memory-io.ts";
import { runMain } from "#lib/driver/run.ts";
import { isProblem } from "#lib/support/problem.ts";
import { readSafetensorsFile, writeSafetensorsFile } from "#lib/tensors/files.ts";
import { tensorFromNumbers, toNumbers } from "#lib/tensors/tensor.ts";
import { findIree, SMALL_MODULE, testFolder } from "./iree.ts";

const iree = await findIree();
const { folder, env } = testFolder();

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function run(
  argv: readonly string[],
  more: { env?: typeof env; stdin?: string } = {},
): Promise<Outcome> {
  const io = memoryIo({ argv, cwd: folder, env: more.env ?? env, stdin: more.stdin ?? "" });
  const code = await runMain(io);
  return { code, out: io.stdoutText(), err: io.stderrText() };
}

const INPUTS = ["--input=2x3xf32=1 2 3 4 5 6", "--input=i32=4", "--input=4xi64=3"];
const PRINTED = `EXEC @main
result[0]: hal.buffer_view
2x3xf32=[1.5 2.5 3.5][4.5 5.5 6.5]
result[1]: hal.buffer_view
i32=5
result[2]: hal.buffer_view
4xi64=9 9 9 9
`;

beforeAll(() => {
  writeFileSync(join(folder, "small.mlir"), SMALL_MODULE);
});

describe("usage", () => {
  it.each([
    [["--nope"], "unknown option '--nope'"],
    [["--enigne=interp", "x"], "unknown option '--enigne=interp'; did you mean '--engine'?"],
    [
      ["small.mlir", "--engine=iere"],
      "--engine must be one of iree, interp, but got 'iere'; did you mean 'iree'?",
    ],
    [["small.mlir", "--runner=x"], "--runner must be one of host, module"],
    [["small.mlir", "--output=x.npy"], "output 'x.npy' must be empty (ignore), '-' (print)"],
    [["small.mlir", "--output=@x.txt"], "output file 'x.txt' must end in .npy"],
    [
      ["small.mlir", "--output_max_element_count=-1"],
      "--output_max_element_count must be a whole number from 0 on, but got '-1'",
    ],
    [["small.mlir", "extra"], "too many arguments"],
    [
      ["compile", "small.mlir", "--backend=cpuu"],
      "--backend must be one of cpu, cuda, rocm, metal, vulkan, but got 'cpuu'; did you mean 'cpu'?",
    ],
    [["bench", "small.mlir", "--iterations=0"], "--iterations must be a whole number from 1 on"],
  ])("%j", async (argv, message) => {
    const { code, out, err } = await run(argv);
    expect(err).toContain(`pcp-run: error: ${message}`);
    expect([code, out, err.split("\n").length]).toEqual([2, "", 2]);
  });

  it("has help and a version", async () => {
    expect((await run(["--help"])).out).toContain("Usage: pcp-run [options] [command] [file]");
    expect((await run(["bench", "--help"])).out).toContain("--iterations <n>");
    expect((await run(["--version"])).out).toMatch(/^pcp-run \d+\.\d+\.\d+\n$/);
  });
});

describe("what is missing", () => {
  it.each([
    [["none.mlir"], "cannot open input file 'none.mlir': No such file or directory"],
    [["."], "cannot open input file '.': Is a directory"],
    [["small.mlir", "--weights=none.safetensors"], "no such file or folder"],
    [["small.mlir", "--input=@none.npy"], "--input=@none.npy: cannot read"],
    [
      ["small.mlir", "--device=tpu"],
      "nothing is known about device 'tpu'; devices look like local-task",
    ],
    [["compile", "small.mlir", "--backend=rocm"], "--backend=rocm needs --target, such as gfx942"],
  ])("%j", async (argv, message) => {
    const { code, out, err } = await run(argv);
    expect(err).toContain(message);
    expect([code, out, err.split("\n").length]).toEqual([1, "", 2]);
  });

  it("Python", async () => {
    const { code, err } = await run(["small.mlir"], { env: { ...env, PCP_PYTHON: "/none" } });
    expect(err).toBe(
      "pcp-run: error: PCP_PYTHON names '/none', which is not there; install Python 3.10 or newer, then run 'make setup' or set PCP_PYTHON\n",
    );
    expect(code).toBe(1);
  });
});

describe.skipIf(iree === null)("with IREE", () => {
  it("compiles, runs and prints; the second time from the cache", async () => {
    const first = await run(["small.mlir", ...INPUTS]);
    expect(first).toMatchObject({ code: 0, out: PRINTED });
    expect(first.err).toMatch(/^note: 'small\.mlir' compiled in \d+\.\d s \(O1\+reassociate\)\n$/);
    const second = await run(["-", ...INPUTS], { stdin: SMALL_MODULE });
    expect(second).toMatchObject({ code: 0, out: PRINTED });
    expect(second.err).toBe("note: '<stdin>' taken from the cache (O1+reassociate)\n");
    expect(await run(["small.mlir", ...INPUTS, "--runner=module"])).toMatchObject({
      code: 0,
      out: PRINTED,
    });
  });

  it("compiles to a file that iree-run-module runs with the same output", async () => {
    const compiled = await run(["compile", "small.mlir", "-o", "out.vmfb", "--verbose"]);
    expect(compiled.code).toBe(0);
    expect(compiled.err).toContain("--iree-llvmcpu-target-cpu=host");
    const theirs = await execa(
      iree?.runModule ?? "",
      ["--module=out.vmfb", "--function=main", "--device=local-sync", ...INPUTS],
      { cwd: folder },
    );
    const ours = await run(["out.vmfb", ...INPUTS]);
    expect(ours).toEqual({ code: 0, out: `${theirs.stdout}\n`, err: "" });
  });

  it("prints as iree-run-module does with --output", async () => {
    const argv = [...INPUTS, "--output=", "--output=-", "--output=@o.npy"];
    const theirs = await execa(
      iree?.runModule ?? "",
      ["--module=out.vmfb", "--function=main", "--device=local-sync", ...argv],
      { cwd: folder },
    );
    const file = readFileSync(join(folder, "o.npy"));
    expect(await run(["out.vmfb", ...argv])).toMatchObject({ code: 0, out: `${theirs.stdout}\n` });
    expect(readFileSync(join(folder, "o.npy"))).toEqual(file);
  });

  it("calls functions with plain numbers", async () => {
    const { out } = await run(["out.vmfb", "--function=plain", "--input=3", "--input=2.5"]);
    expect(out).toBe("EXEC @plain\nresult[0]: i32=6\nresult[1]: f32=2.5\n");
  });

  it("keeps all digits and the special values of plain numbers with every engine", async () => {
    writeFileSync(
      join(folder, "scalars.mlir"),
      "func.func @main(%a: i64, %b: f32, %c: f64) -> (i64, f32, f64) { return %a, %b, %c : i64, f32, f64 }",
    );
    const given = ["--input=9223372036854775807", "--input=-inf", "--input=-0"];
    for (const engine of ["--engine=interp", "--runner=host", "--runner=module"]) {
      const { out } = await run(["scalars.mlir", engine, ...given]);
      expect(out).toBe(
        "EXEC @main\nresult[0]: i64=9223372036854775807\nresult[1]: f32=-INF\nresult[2]: f64=-0\n",
      );
    }
  });

  it("fills parameters from a file of weights and writes all results by name", async () => {
    const weights = new Map([
      ["w", tensorFromNumbers("f32", [2, 3], [1, 2, 3, 4, 5, 6])],
      ["unused", tensorFromNumbers("f32", [], [0])],
    ]);
    expect(writeSafetensorsFile(join(folder, "w.safetensors"), weights)).toBeNull();
    const { code } = await run([
      "out.vmfb",
      "--weights=w.safetensors",
      "--input=1",
      "--input=4xi64=2",
      "--output=@all.safetensors",
    ]);
    expect(code).toBe(0);
    const all = readSafetensorsFile(join(folder, "all.safetensors"));
    if (isProblem(all)) throw new Error(all.problem);
    expect([...all.tensors].map(([name, tensor]) => [name, toNumbers(tensor)])).toEqual([
      ["w", [1.5, 2.5, 3.5, 4.5, 5.5, 6.5]],
      ["step", [2]],
      ["result2", [4, 4, 4, 4]],
    ]);
  });

  it("takes the weights beside the module where they are needed, and says so", async () => {
    const beside = new Map([["w", tensorFromNumbers("f32", [2, 3], [0, 0, 0, 0, 0, 0])]]);
    expect(writeSafetensorsFile(join(folder, "out.safetensors"), beside)).toBeNull();
    const argv = ["out.vmfb", "--input=1", "--input=4xi64=2"];
    const { code, out, err } = await run(argv);
    expect([code, err]).toEqual([0, "note: weights from 'out.safetensors'\n"]);
    expect(out).toContain("2x3xf32=[0.5 0.5 0.5][0.5 0.5 0.5]");
    expect((await run(["out.vmfb", ...INPUTS])).err).toBe("");
    writeFileSync(join(folder, "out.safetensors"), "nonsense");
    expect((await run(argv)).err).toMatch(
      /^pcp-run: error: cannot read '.*out\.safetensors': not a safetensors file/,
    );
    rmSync(join(folder, "out.safetensors"));
  });

  it("compiles for what it cannot run, and says what is missing", async () => {
    writeFileSync(
      join(folder, "gpu.mlir"),
      "func.func @main(%a: tensor<4xf32>) -> tensor<4xf32> { %0 = stablehlo.add %a, %a : tensor<4xf32> return %0 : tensor<4xf32> }",
    );
    const { code, err } = await run(["compile", "gpu.mlir", "-o", "v.vmfb", "--backend=vulkan"]);
    expect(code).toBe(0);
    expect(err).toMatch(/^note: 'gpu\.mlir' compiled in \S+ s \(O2\)\n/);
    if (err.split("\n").length > 2) expect(err).toMatch(/note: this machine cannot run it: .+/);
  });

  it("prints JSON", async () => {
    const { out } = await run(["out.vmfb", ...INPUTS, "--json"]);
    const parsed = JSON.parse(out) as {
      function: string;
      results: { name: string; values: number[] }[];
    };
    expect(parsed.function).toBe("main");
    expect(parsed.results.map(({ name, values }) => [name, values])).toEqual([
      ["w", [1.5, 2.5, 3.5, 4.5, 5.5, 6.5]],
      ["step", [5]],
      [null, [9, 9, 9, 9]],
    ]);
  });

  it("compares with expected results", async () => {
    const same = [
      "--expected_output=(ignored)",
      "--expected_output=i32=5",
      "--expected_output=4xi64=9",
    ];
    expect(await run(["out.vmfb", ...INPUTS, ...same])).toMatchObject({
      code: 0,
      out: "[SUCCESS] all function outputs matched their expected values.\n",
    });
    const other = [
      "--expected_output=2x3xf32=1.5",
      "--expected_output=i32=5",
      "--expected_output=(ignored)",
    ];
    expect(await run(["out.vmfb", ...INPUTS, ...other])).toMatchObject({
      code: 1,
      out: "[FAILED] result[0]: element at index 1 (2.5) does not match the expected (1.5)\n",
    });
  });

  it.each([
    [
      ["out.vmfb"],
      "@main takes 3 inputs; nothing is given for 'w' (argument 0, tensor<2x3xf32>), 'step' (argument 1, tensor<i32>), 'x' (argument 2, tensor<4xi64>)",
    ],
    [["out.vmfb", ...INPUTS, "--input=1"], "@main takes 3 inputs, but 1 more is given"],
    [
      ["out.vmfb", "--input=2x2xf32", "--input=1", "--input=4xi64"],
      "input 0 ('w') of @main must be tensor<2x3xf32>, but got tensor<2x2xf32>",
    ],
    [
      ["out.vmfb", "--input=2x3xf64", "--input=1", "--input=4xi64"],
      "input 0 ('w') of @main must be tensor<2x3xf32>, but got tensor<2x3xf64>",
    ],
    [
      ["out.vmfb", "--function=mian"],
      "no function '@mian' in the module (it has: @main, @double, @types, @plain); did you mean '@main'?",
    ],
    [
      ["out.vmfb", ...INPUTS, "--output=@o.npy"],
      "1 output is named, but the function has 3 results",
    ],
    [["out.vmfb", ...INPUTS, "--output=@none/o.safetensors"], "no such file or folder"],
    [["bad.vmfb"], "'bad.vmfb': not a module that this runtime can load"],
    [["bytes.mlir"], "'bytes.mlir' is neither MLIR text nor a compiled module"],
    [["empty.mlir"], "'empty.mlir' is empty"],
    [["out.vmfb", "--device=cuda", ...INPUTS], "device 'cuda' is not available"],
  ])("refuses %j in one line", async (argv, message) => {
    writeFileSync(join(folder, "bad.vmfb"), "not a module at all");
    writeFileSync(join(folder, "bytes.mlir"), Uint8Array.from([1, 0, 2, 0]));
    writeFileSync(join(folder, "empty.mlir"), "");
    const { code, out, err } = await run(argv);
    expect(err).toContain(`pcp-run: error: `);
    expect(err).toContain(message);
    expect([code, out, err.split("\n").length]).toEqual([1, out === "EXEC @main\n" ? out : "", 2]);
    expect(existsSync(join(folder, "none"))).toBe(false);
  });

  it("shows mistakes at their places", async () => {
    writeFileSync(
      join(folder, "wrong.mlir"),
      "func.func @f() {\n  %0 = stablehlo.nope\n  return\n}\n",
    );
    const { code, err } = await run(["wrong.mlir"]);
    expect(code).toBe(1);
    expect(err).toMatch(
      /^wrong\.mlir:2:8: error: .*stablehlo\.nope.*\n {2}%0 = stablehlo\.nope\n {7}\^\n/,
    );
  });

  it("compiles what the compiler reads and this package does not", async () => {
    const text =
      "func.func @f(%a: i32) -> i32 {\n  %0 = arith.muli %a, %a : i32\n  return %0 : i32\n}\n";
    writeFileSync(join(folder, "foreign.mlir"), text);
    expect((await run(["foreign.mlir", "--input=7"])).out).toBe("EXEC @f\nresult[0]: i32=49\n");
  });

  it("shows the compiler's own errors with the user's file", async () => {
    writeFileSync(
      join(folder, "unsupported.mlir"),
      'func.func @f(%a: tensor<3x3xf32>) -> tensor<3x3xf32> {\n  %0 = "stablehlo.cholesky"(%a) <{lower = true}> : (tensor<3x3xf32>) -> tensor<3x3xf32>\n  return %0 : tensor<3x3xf32>\n}\n',
    );
    const { code, err } = await run(["unsupported.mlir"]);
    expect(code).toBe(1);
    expect(err).toMatch(
      /^pcp-run: error: iree-compile cannot compile 'unsupported\.mlir' \(4 sets of flags tried\)\n {2}unsupported\.mlir:2:8: error: .*stablehlo\.cholesky/,
    );
  });

  it.each([
    ["nested", `${"module {".repeat(10_000)}${"}".repeat(10_000)}`],
    ["long", `func.func @main() {${" ".repeat(10_000_000)} nope }`],
    ["control", "func.func @ma\u001b[31min() { \u0007 }"],
    ["cut", SMALL_MODULE.slice(0, 700)],
  ])("ends soon with a place for hostile text: %s", async (name, text) => {
    writeFileSync(join(folder, `${name}.mlir`), text);
    const started = performance.now();
    const { code, out, err } = await run([`${name}.mlir`]);
    expect(performance.now() - started).toBeLessThan(10_000);
    expect([code, out]).toEqual([1, ""]);
    expect(err).toMatch(new RegExp(`^${name}\\.mlir:\\d+:\\d+: error: `));
    expect(err.length).toBeLessThan(1000);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose
    expect(err).not.toMatch(/[\u0000-\u0008\u000b-\u001f]/);
  });

  it("says that the compiler is missing, or crashes", async () => {
    writeFileSync(
      join(folder, "fresh.mlir"),
      "func.func @main(%a: tensor<f32>) -> tensor<f32> { return %a : tensor<f32> }",
    );
    const missing = await run(["fresh.mlir"], { env: { ...env, IREE_TOOL_PATH: folder } });
    expect(missing.err).toMatch(
      /^pcp-run: error: IREE_TOOL_PATH is set, but '.*iree-compile' is not there\n$/,
    );
    writeFileSync(join(folder, "iree-compile"), "#!/bin/sh\nkill -SEGV $$\n");
    chmodSync(join(folder, "iree-compile"), 0o755);
    const crashing = await run(["fresh.mlir"], { env: { ...env, IREE_TOOL_PATH: folder } });
    expect(crashing.err).toBe(
      "pcp-run: error: iree-compile cannot compile 'fresh.mlir' (4 sets of flags tried)\n  iree-compile crashed (SIGSEGV)\n",
    );
    expect([missing.code, crashing.code]).toEqual([1, 1]);
  });

  it("leaves the previous output as it was when something fails", async () => {
    writeFileSync(join(folder, "keep.vmfb"), "before");
    const { code } = await run(["compile", "wrong.mlir", "-o", "keep.vmfb"]);
    expect(code).toBe(1);
    expect(readFileSync(join(folder, "keep.vmfb"), "utf8")).toBe("before");
    expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  it("measures calls", async () => {
    const { code, out } = await run([
      "bench",
      "out.vmfb",
      ...INPUTS,
      "--json",
      "--iterations=5",
      "--warmup=1",
    ]);
    const summary = JSON.parse(out) as Record<string, number>;
    expect(code).toBe(0);
    expect(summary["iterations"]).toBe(5);
    expect(summary["minMs"]).toBeLessThanOrEqual(summary["medianMs"] as number);
    expect(
      (await run(["bench", "out.vmfb", "--function=plain", "--input=1", "--input=2"])).out,
    ).toMatch(/^@plain on iree \(local-task\): median \d/);
  });

  it("fills what a measurement needs and is not given", async () => {
    const { code, out } = await run([
      "bench",
      "out.vmfb",
      "--fill=random",
      "--input=2x3xf32=1",
      "--iterations=2",
      "--json",
    ]);
    expect([code, (JSON.parse(out) as { function: string }).function]).toEqual([0, "main"]);
    expect((await run(["bench", "out.vmfb", "--fill=ones"])).err).toContain(
      "--fill must be one of zeros, random",
    );
  });

  it("tunes: the fastest rung is kept and told", async () => {
    writeFileSync(
      join(folder, "tiny.mlir"),
      "func.func @main(%a: tensor<f32>) -> tensor<f32> { return %a : tensor<f32> }",
    );
    const { code, err } = await run(["compile", "tiny.mlir", "-o", "tuned.vmfb", "--tune=main"]);
    expect(code).toBe(0);
    expect(err).toMatch(/note: O1\+tiling\+reassociate: [\d.]+ ms a call/);
  });

  it("lists devices and finds nothing to mend", async () => {
    expect((await run(["devices"])).out).toMatch(/^local-task/m);
    const doctor = await run(["doctor"]);
    expect(doctor.out).toMatch(/^ok {4}IREE runtime {2}\d/m);
    expect(doctor).toMatchObject({ code: 0 });
    const broken = await run(["doctor"], { env: { ...env, PCP_PYTHON: "/none" } });
    expect(broken.code).toBe(1);
    expect(broken.out).toMatch(/^FAIL {2}Python/m);
    expect(broken.out).toContain("-> install Python 3.10 or newer");
  });
});
