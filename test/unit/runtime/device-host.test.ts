/** @file The device host: results, tensors that stay there, crashes, and a parent that dies. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DeviceHost } from "#lib/runtime/device-host.ts";
import {
  type DeviceTensor,
  EngineError,
  isDeviceTensor,
  kept,
  type LoadedModule,
  NoDriverError,
} from "#lib/runtime/engine.ts";
import { createIreeEngine, type IreeEngine } from "#lib/runtime/iree-engine.ts";
import { compilerFor, openEngine } from "#lib/runtime/open.ts";
import { type Tensor, tensorFromNumbers, toNumbers, zeros } from "#lib/tensors/tensor.ts";
import { findIree, SMALL_MODULE, testFolder } from "./iree.ts";

const iree = await findIree();
const { folder, env } = testFolder();
const place = { env, cwd: folder };

const failure = async (work: Promise<unknown>): Promise<EngineError> => {
  try {
    await work;
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  }
  throw new Error("it did not fail");
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const hostFolders = (pid: number): string[] =>
  ["/dev/shm", env["TMPDIR"] ?? tmpdir()].flatMap((parent) => {
    try {
      return readdirSync(parent).filter((name) => name.startsWith(`pcp-host-${pid}-`));
    } catch {
      return [];
    }
  });

const w = tensorFromNumbers("f32", [2, 3], [1, 2, 3, 4, 5, 6]);
const step = tensorFromNumbers("i32", [], [7]);
const x = tensorFromNumbers("i64", [4], [1, 2, 3, 4]);
const numbers = (value: unknown): number[] => toNumbers(value as Tensor);

describe.skipIf(iree === null)("the device host", () => {
  let engine: IreeEngine;
  let module: LoadedModule;
  let path = "";
  beforeAll(async () => {
    path = (await compilerFor({ place, backend: "cpu" })({ name: "small", text: SMALL_MODULE }))
      .path;
    engine = (await openEngine({ engine: "iree", place, device: "local-sync" })) as IreeEngine;
    module = await engine.load({ kind: "vmfb", name: "small.vmfb", path });
  });
  afterAll(() => engine?.close());

  it("describes the functions of a module", () => {
    expect(module.functions.map(({ name }) => name)).toEqual(["main", "double", "types", "plain"]);
    expect(module.functions[0]?.args.map(({ name, role }) => [name, role])).toEqual([
      ["w", "param"],
      ["step", "step"],
      ["x", "data"],
    ]);
  });

  it("brings all results back", async () => {
    const results = await module.call("main", [w, step, x]);
    expect(results.map(numbers)).toEqual([[1.5, 2.5, 3.5, 4.5, 5.5, 6.5], [8], [1, 4, 9, 16]]);
  });

  it("keeps state on the device, gives back what is asked for, and takes what is given up", async () => {
    let [weights, counter] = (await engine.upload([w, step])) as [DeviceTensor, DeviceTensor];
    const first = weights;
    for (let turn = 0; turn < 10; turn++) {
      const results = await module.call("main", [weights, counter, x], {
        fetch: [2],
        consume: [0, 1],
      });
      expect(numbers(results[2])).toEqual([1, 4, 9, 16]);
      weights = kept(results, 0);
      counter = kept(results, 1);
    }
    expect(numbers(await weights.read())).toEqual([6, 7, 8, 9, 10, 11]);
    expect(numbers((await engine.download([counter]))[0])).toEqual([17]);
    expect((await failure(first.read())).message).toBe("a device tensor is used after its release");
    weights.release();
    weights.release();
    expect((await failure(module.call("main", [weights, counter, x]))).message).toContain(
      "after its release",
    );
    counter.release();
  });

  it("begins calls ahead: what stays there can be used before the call is done", async () => {
    const [weights, counter] = (await engine.upload([w, step])) as [DeviceTensor, DeviceTensor];
    let state: readonly (DeviceTensor | null)[] = [weights, counter];
    const done: Promise<unknown>[] = [];
    for (let turn = 0; turn < 20; turn++) {
      const inputs = [state[0] as DeviceTensor, state[1] as DeviceTensor, x];
      const call = module.start?.("main", inputs, { fetch: [2], consume: [0, 1] });
      if (call === undefined) throw new Error("start is missing");
      state = call.kept;
      expect(state[2]).toBeNull();
      done.push(call.done);
    }
    expect(numbers(await state[1]?.read())).toEqual([27]);
    expect(numbers(await state[0]?.read())).toEqual([11, 12, 13, 14, 15, 16]);
    await Promise.all(done);
    expect((await failure(weights.read())).message).toBe(
      "a device tensor is used after its release",
    );
  });

  it("gives back what a call that fails was given", async () => {
    const [weights] = (await engine.upload([w])) as [DeviceTensor];
    const stranger = tensorFromNumbers("f4E2M1FN", [1], [1]);
    const failing = engine.upload([stranger]);
    expect((await failure(failing)).message).toBe(
      "element type f4E2M1FN is not one that devices hold",
    );
    const wrong = await failure(module.call("main", [weights, step, w], { consume: [0] }));
    expect(wrong.message).toContain("input 2 ('x')");
    expect(numbers(await weights.read())).toEqual([1, 2, 3, 4, 5, 6]);
    weights.release();
  });

  it("gives memory back", async () => {
    const before = await engine.statistics();
    for (let turn = 0; turn < 50; turn++) {
      const big = tensorFromNumbers("f32", [1000, 4], new Float32Array(4000));
      const results = await module.call("double", [big], { fetch: "none" });
      for (const result of results) if (isDeviceTensor(result)) result.release();
    }
    await sleep(20);
    const after = await engine.statistics();
    const held = (counts: Readonly<Record<string, number>> | null): number =>
      (counts?.["device_bytes_allocated"] ?? 0) - (counts?.["device_bytes_freed"] ?? 0);
    expect(held(after) - held(before)).toBeLessThan(40_000);
  });

  it("passes every element type unchanged", async () => {
    const inputs = [
      tensorFromNumbers("bf16", [4], [1, -2, Number.NaN, 0.5]),
      tensorFromNumbers("f16", [2], [65504, -0]),
      tensorFromNumbers("i1", [3], [1, 0, 1]),
      tensorFromNumbers("ui8", [3], [1, 100, 200]),
      tensorFromNumbers("i8", [2, 2], [-1, 2, -128, 127]),
      tensorFromNumbers("f64", [2], [Math.PI, 1e300]),
      tensorFromNumbers("f32", [0, 3], []),
      tensorFromNumbers("ui32", [2], [4294967295, 1]),
    ];
    const results = await module.call("types", inputs);
    expect(results.map(({ dtype }) => dtype)).toEqual(inputs.map(({ dtype }) => dtype));
    expect(results[0]).toEqual(inputs[0]);
    expect(numbers(results[1])).toEqual([65504, -0]);
    expect(numbers(results[2])).toEqual([0, 1, 0]);
    expect(numbers(results[3])).toEqual([2, 200, 144]);
    expect(numbers(results[4])).toEqual([-1, 2, -128, 127]);
    expect(numbers(results[5])).toEqual([Math.PI, 1e300]);
    expect(results[6]?.shape).toEqual([0, 3]);
    expect(numbers(results[7])).toEqual([4294967295, 1]);
  });

  it("passes plain numbers", async () => {
    const results = await module.call("plain", [
      tensorFromNumbers("i32", [], [21]),
      tensorFromNumbers("f32", [], [2.5]),
    ]);
    expect(results.map(numbers)).toEqual([[42], [2.5]]);
  });

  it("passes tensors too large for the pipe through files, and removes them", async () => {
    const size = 300_000;
    const big = tensorFromNumbers(
      "f32",
      [size, 4],
      Float32Array.from({ length: size * 4 }, (_, index) => index),
    );
    const [result] = await module.call("double", [big]);
    expect((result as Tensor).data[size * 4 - 1]).toBe(2 * (size * 4 - 1));
    const left = engine.host.folders.paths.flatMap((parent) => readdirSync(parent));
    expect(left).toEqual([]);
  });

  it.each([
    ["main", [w, step], "@main takes 3 inputs, but got 2"],
    ["main", [w, step, w], "input 2 ('x') of @main must be tensor<4xi64>, but got tensor<2x3xf32>"],
    [
      "main",
      [tensorFromNumbers("f32", [3, 2], [1, 2, 3, 4, 5, 6]), step, x],
      "input 0 ('w') of @main must be tensor<2x3xf32>, but got tensor<3x2xf32>",
    ],
    ["double", [w], "input 0 of @double must be tensor<?x4xf32>, but got tensor<2x3xf32>"],
    [
      "mian",
      [w],
      "no function '@mian' in the module (it has: @main, @double, @types, @plain); did you mean '@main'?",
    ],
  ])("refuses wrong inputs of @%s in one line", async (name, inputs, message) => {
    expect((await failure(module.call(name, inputs))).message).toBe(message);
  });

  it("answers in order, however many calls are under way", async () => {
    const calls = Array.from({ length: 50 }, (_, index) =>
      module.call("plain", [
        tensorFromNumbers("i32", [], [index]),
        tensorFromNumbers("f32", [], [0]),
      ]),
    );
    const results = await Promise.all(calls);
    expect(results.map(([value]) => numbers(value)[0])).toEqual(calls.map((_, index) => 2 * index));
  });

  it("refuses a file that is no module, cut anywhere, in one line each", async () => {
    const bytes = readFileSync(path);
    const bad = join(folder, "bad.vmfb");
    const sizes = [
      0,
      1,
      8,
      100,
      1000,
      ...Array.from({ length: 40 }, (_, index) => Math.floor((bytes.length * index) / 40)),
    ];
    for (const size of sizes) {
      writeFileSync(bad, bytes.subarray(0, size));
      const error = await failure(engine.load({ kind: "vmfb", name: "bad.vmfb", path: bad }));
      expect(error.message).toMatch(/^'bad\.vmfb': /);
      expect(error.message).not.toContain("\n");
    }
    writeFileSync(bad, Buffer.alloc(5000, "random"));
    expect(
      (await failure(engine.load({ kind: "vmfb", name: "bad.vmfb", path: bad }))).message,
    ).toMatch(/^'bad\.vmfb': not a module that this runtime can load: /);
    expect(
      (await failure(engine.load({ kind: "vmfb", name: "x", path: "/none.vmfb" }))).message,
    ).toMatch(/^'x': /);
  });

  it("refuses a module that lacks its last bytes, which the runtime does not look at", async () => {
    const bytes = readFileSync(path);
    const cut = join(folder, "cut.vmfb");
    for (const missing of [1, 22, 100, 160]) {
      writeFileSync(cut, bytes.subarray(0, bytes.length - missing));
      expect(
        (await failure(engine.load({ kind: "vmfb", name: "cut.vmfb", path: cut }))).message,
      ).toBe(
        "'cut.vmfb': not a whole module: the end of the file is missing; copy or compile it again",
      );
    }
  });

  it.each([
    ["iree-3.1.0.vmfb", (own: string) => `its bytecode is 15.0, the installed ${own} reads 17.0`],
    [
      "iree-3.11.0.vmfb",
      (own: string) =>
        `it calls 'hal.command_buffer.dispatch' otherwise than the installed ${own} has it`,
    ],
  ])("tells that %s is of another release", async (name, apart) => {
    const fixture = fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));
    const own = engine.info.runtime;
    expect((await failure(engine.load({ kind: "vmfb", name, path: fixture }))).message).toBe(
      `'${name}': compiled by another version of IREE (${apart(own)}); compile it again with iree-base-compiler ${own}`,
    );
    const runner = await openEngine({ engine: "iree", runner: "module", place });
    const load = async (): Promise<unknown> => {
      const loaded = await runner.load({ kind: "vmfb", name, path: fixture });
      return loaded.call("main", [tensorFromNumbers("f32", [4], [1, 2, 3, 4])]);
    };
    expect((await failure(load())).message).toBe(
      `'${name}': compiled by another version of IREE (${apart(own)}); compile it again with iree-base-compiler ${own}`,
    );
  });

  it("tells a module of another version or for another device", async () => {
    const bytes = readFileSync(path);
    // The version of the bytecode format: major in the upper half of the first field.
    const at = bytes.indexOf(Buffer.from([0, 0, 0x11, 0]));
    bytes[at + 2] = 0x12;
    const other = join(folder, "other.vmfb");
    writeFileSync(other, bytes);
    const own = engine.info.runtime;
    expect(
      (await failure(engine.load({ kind: "vmfb", name: "other.vmfb", path: other }))).message,
    ).toBe(
      `'other.vmfb': compiled by another version of IREE (its bytecode is 18.0, the installed ${own} reads 17.0); compile it again with iree-base-compiler ${own}`,
    );
    const compile = compilerFor({ place, backend: "vulkan" });
    const vulkan = await compile({
      name: "v",
      text: "func.func @f(%a: tensor<4xf32>) -> tensor<4xf32> { %0 = stablehlo.add %a, %a : tensor<4xf32>\nreturn %0 : tensor<4xf32> }",
    });
    expect(
      (await failure(engine.load({ kind: "vmfb", name: "v.vmfb", path: vulkan.path }))).message,
    ).toBe(
      "'v.vmfb': compiled for another device (vulkan vulkan-spirv-fb) than 'local-sync'; compile it for this one or pass --device",
    );
  });

  it("keeps its protocol apart from what libraries print", () => {
    expect(engine.info.runtime).toMatch(/^\d+\.\d+/);
  });
});

/** A module whose only function computes for seconds. */
const HEAVY_MODULE = `func.func @main(%a: tensor<1600x1600xf32>) -> tensor<1600x1600xf32> {
      ${Array.from({ length: 24 }, (_, index) => `%${index} = stablehlo.dot %${index === 0 ? "a" : index - 1}, %a : (tensor<1600x1600xf32>, tensor<1600x1600xf32>) -> tensor<1600x1600xf32>`).join("\n")}
      return %23 : tensor<1600x1600xf32> }`;
const heavyPath = async (): Promise<string> =>
  (await compilerFor({ place, backend: "cpu" })({ name: "heavy", text: HEAVY_MODULE })).path;

describe.skipIf(iree === null)("an end of the device host", () => {
  const start = (device = "local-sync"): Promise<IreeEngine> => {
    if (iree === null) throw new Error("skipped");
    return createIreeEngine({ python: iree.python, env, device });
  };

  it("is quiet when it is closed, and leaves nothing behind", async () => {
    const engine = await start();
    const { pid } = engine.info;
    const paths = engine.host.folders.paths;
    expect(paths.length).toBeGreaterThan(0);
    await engine.close();
    await engine.close();
    expect(isAlive(pid)).toBe(false);
    expect((await failure(engine.upload([w]))).message).toBe("the device host is closed");
  });

  it("is one clear error when it crashes", async () => {
    const engine = await start();
    const heavy = await engine.load({ kind: "vmfb", name: "heavy", path: await heavyPath() });
    const failed = failure(heavy.call("main", [zeros("f32", [1600, 1600])]));
    await sleep(300);
    process.kill(engine.info.pid, "SIGSEGV");
    const error = await failed;
    expect(error.message).toBe(
      "the device host ended unexpectedly (signal SIGSEGV, 1 request unanswered)",
    );
    expect(error.details.join("\n")).toContain("Segmentation fault");
    expect((await failure(engine.upload([w]))).message).toContain("ended unexpectedly");
    await engine.close();
  });

  it("follows the parent's, even after kill -9 in the middle of a call", async () => {
    const script = join(folder, "parent.mjs");
    const path = await heavyPath();
    // The same steps as the engine takes, in a process that can be killed.
    const bundle = await import("esbuild");
    await bundle.build({
      stdin: {
        contents: `
          import { createIreeEngine } from "#lib/runtime/iree-engine.ts";
          import { zeros } from "#lib/tensors/tensor.ts";
          const engine = await createIreeEngine({ python: ${JSON.stringify(iree?.python)}, env: process.env, device: "local-sync" });
          const module = await engine.load({ kind: "vmfb", name: "heavy", path: ${JSON.stringify(path)} });
          process.stdout.write(String(engine.info.pid) + "\\n");
          await module.call("main", [zeros("f32", [1600, 1600])]);
          process.stdout.write("done\\n");
          setInterval(() => {}, 1000);`,
        resolveDir: process.cwd(),
        loader: "ts",
      },
      bundle: true,
      platform: "node",
      format: "esm",
      outfile: script,
      logLevel: "error",
      banner: {
        js: 'import { createRequire as cr } from "node:module"; const require = cr(import.meta.url);',
      },
      define: {
        "import.meta.url": JSON.stringify(
          new URL("../../../lib/runtime/device-host.ts", import.meta.url).href,
        ),
      },
    });
    const parent = execa("node", [script], { reject: false, buffer: false, env });
    const pid = await new Promise<number>((resolve) => {
      parent.stdout.once("data", (chunk: Buffer) => resolve(Number(String(chunk).trim())));
    });
    expect(isAlive(pid)).toBe(true);
    const parentPid = parent.pid ?? 0;
    await sleep(200);
    process.kill(parentPid, "SIGKILL");
    await parent;
    for (let turn = 0; turn < 200 && isAlive(pid); turn++) await sleep(50);
    expect(isAlive(pid)).toBe(false);
    expect(hostFolders(parentPid)).toEqual([]);
  });

  it("is at once when the signal is aborted", async () => {
    const controller = new AbortController();
    if (iree === null) return;
    const engine = await createIreeEngine({
      python: iree.python,
      env,
      device: "local-sync",
      signal: controller.signal,
    });
    process.kill(engine.info.pid, "SIGSTOP");
    await sleep(200);
    const failed = failure(engine.upload([w]));
    controller.abort();
    expect((await failed).message).toBe("the device host is closed");
    expect(isAlive(engine.info.pid)).toBe(false);
  });

  it("says which devices there are when one is missing", async () => {
    const error = await failure(start("nonsense"));
    expect(error.message).toMatch(
      /^device 'nonsense' is not available \(no driver 'nonsense' registered\); drivers of this runtime: .*local-task/,
    );
    expect(error).toBeInstanceOf(NoDriverError);
    // The driver is there, and may have such a device another time.
    expect(await failure(start("local-task://7"))).not.toBeInstanceOf(NoDriverError);
  });

  it("says what to do where a driver is not installed", async (context) => {
    if (iree === null) return;
    const { drivers } = await DeviceHost.listDevices(iree.python, env);
    const missing = drivers.find(({ problem }) => problem?.includes("library"));
    if (missing === undefined) return context.skip("all drivers are installed");
    const error = await failure(start(`${missing.driver}://0`));
    expect(error).toBeInstanceOf(NoDriverError);
    expect(error.message).toBe(
      `device '${missing.driver}://0' is not available (${missing.problem}); install its driver, or choose a device that 'pcp-run devices' lists`,
    );
  });

  it("says what to install into a Python without IREE", async () => {
    if (iree === null) return;
    const bare = await execa("python3", ["-c", "import iree.runtime"], { reject: false });
    if (bare.exitCode === 0) return;
    const python = { path: "python3", version: "3", source: "PATH" };
    const error = await failure(createIreeEngine({ python, env, device: "local-sync" }));
    expect(error.message).toMatch(/^Python at python3 has no module '\w+'; run 'make setup'/);
  });

  it("says that Python does not start", async () => {
    const python = { path: "/none/python", version: "3", source: "" };
    const error = await failure(createIreeEngine({ python, env, device: "local-sync" }));
    expect(error.message).toMatch(/^the device host ended unexpectedly \(.*ENOENT/);
  });
});

describe.skipIf(iree === null)("iree-run-module as runner", () => {
  it("gives the same results", async () => {
    const runner = await openEngine({
      engine: "iree",
      runner: "module",
      place,
      device: "local-sync",
    });
    const module = await runner.load({ kind: "mlir", name: "small", text: SMALL_MODULE });
    expect((await module.call("main", [w, step, x])).map(numbers)).toEqual([
      [1.5, 2.5, 3.5, 4.5, 5.5, 6.5],
      [8],
      [1, 4, 9, 16],
    ]);
    expect(
      (await module.call("plain", [step, tensorFromNumbers("f32", [], [0.5])])).map(numbers),
    ).toEqual([[14], [0.5]]);
    const types = await module.call("types", [
      tensorFromNumbers("bf16", [4], [1, -2, 3, 0.5]),
      tensorFromNumbers("f16", [2], [65504, -0]),
      tensorFromNumbers("i1", [3], [1, 0, 1]),
      tensorFromNumbers("ui8", [3], [1, 100, 200]),
      tensorFromNumbers("i8", [2, 2], [-1, 2, -128, 127]),
      tensorFromNumbers("f64", [2], [Math.PI, 1e300]),
      tensorFromNumbers("f32", [0, 3], []),
      tensorFromNumbers("ui32", [2], [4294967295, 1]),
    ]);
    expect(numbers(types[0])).toEqual([1, -2, 3, 0.5]);
    expect(numbers(types[3])).toEqual([2, 200, 144]);
    await runner.close();
  });
});
