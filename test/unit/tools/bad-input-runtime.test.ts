/** @file What is wrong with inputs, modules, devices, Python or the compiler: one clear line each, from real processes. */
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, type TestContext } from "vitest";
import { findIree } from "../../parity/environment.ts";
import { run } from "./processes.ts";

const SQUARE = `func.func @main(%x: tensor<2xf32>) -> tensor<2xf32> {
  %y = stablehlo.multiply %x, %x : tensor<2xf32>
  return %y : tensor<2xf32>
}
`;

let folder: string;
const place = (name: string): string => join(folder, name);
const script = (path: string, text: string): void => {
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o755);
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pcp-bad-"));
  writeFileSync(place("f.mlir"), SQUARE);
  writeFileSync(
    place("random.vmfb"),
    Uint8Array.from({ length: 300 }, (_, i) => (i * 197 + 31) % 256),
  );
  writeFileSync(place("empty.vmfb"), "");
  writeFileSync(place("short.npy"), "\u0093NUMPY");
  mkdirSync(place("old/bin"), { recursive: true });
  writeFileSync(place("old/pyvenv.cfg"), "version = 3.8.1\n");
  script(place("old/bin/python"), "exit 1");
  mkdirSync(place("crash"));
  script(place("crash/iree-compile"), "kill -SEGV $$");
  mkdirSync(place("nothing"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function needsIree(context: TestContext): Promise<void> {
  if ((await findIree()) === null) context.skip("IREE is not installed: run make setup");
}

const env = (values: Record<string, string>): Record<string, string> => ({
  ...(process.env as Record<string, string>),
  PCP_CACHE_DIR: join(folder, "cache"),
  ...values,
});

describe("inputs", () => {
  it.each([
    [["--input=3xf32=1 2 3"], "input 0 of @main must be tensor<2xf32>, but got tensor<3xf32>"],
    [["--input=2xi32=1 2"], "input 0 of @main must be tensor<2xf32>, but got tensor<2xi32>"],
    [[], "nothing is given for argument 0 (tensor<2xf32>)"],
    [["--input=2xf32=1 2", "--input=2xf32=1 2"], "1 more is given"],
    [["--input=2xf32=1 2 3"], "2xf32 has 2 elements, but 3 are given"],
    [["--input=2xf33=1 2"], "2xf33"],
    [["--input=@none.npy"], "none.npy"],
    [["--input=@short.npy"], "short.npy"],
    [["--function=mian", "--input=2xf32=1 2"], "did you mean '@main'?"],
    [["--input=2xf32=1 2", "--output=@nowhere/x.npy"], "nowhere/x.npy"],
  ])("%o", async (args, text) => {
    const { exitCode, stderr, stdout } = await run(
      "pcp-run",
      ["f.mlir", "--engine=interp", ...args],
      { cwd: folder },
    );
    expect(exitCode).toBe(1);
    expect(stderr).toContain(text);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(stdout.includes("f32=")).toBe(false);
  });
});

describe("Python and compiler", () => {
  const call = (values: Record<string, string>) =>
    run("pcp-run", ["f.mlir", "--input=2xf32=1 2"], {
      cwd: folder,
      env: env(values),
      extendEnv: false,
    });

  it("says that Python is too old", async () => {
    const { exitCode, stderr } = await call({ PCP_PYTHON: place("old/bin/python") });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /^pcp-run: error: .*Python 3\.8\.1, which is too old; install Python 3\.10 or newer.*\n?$/,
    );
  });

  it("says that Python is missing", async () => {
    const { exitCode, stderr } = await call({ PCP_PYTHON: place("none") });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /^pcp-run: error: PCP_PYTHON names '.*', which is not there; install Python.*\n?$/,
    );
  });

  it("says that iree-compile is missing", async () => {
    const { exitCode, stderr } = await call({ IREE_TOOL_PATH: place("nothing") });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /^pcp-run: error: IREE_TOOL_PATH is set, but '.*iree-compile' is not there\n?$/,
    );
  });

  it("says that iree-compile crashed", async (context) => {
    await needsIree(context);
    const { exitCode, stderr } = await call({ IREE_TOOL_PATH: place("crash") });
    expect(exitCode).toBe(1);
    expect(stderr).toContain("iree-compile crashed (SIGSEGV)");
    expect(stderr).not.toContain("    at ");
  });
});

describe("compiled modules", () => {
  const call = (file: string, ...args: string[]) =>
    run("pcp-run", [file, "--input=2xf32=1 2", ...args], {
      cwd: folder,
      env: env({}),
      extendEnv: false,
    });

  it("refuses what is none", async (context) => {
    await needsIree(context);
    for (const file of ["random.vmfb", "empty.vmfb"]) {
      const { exitCode, stderr } = await call(file);
      expect(exitCode).toBe(1);
      expect(stderr).toContain(`'${file}'`);
      expect(stderr.trim().split("\n")).toHaveLength(1);
    }
  });

  it("refuses one cut in half, and one for a device that is not here", async (context) => {
    await needsIree(context);
    const compiled = await run("pcp-run", ["compile", "f.mlir", "-o", "f.vmfb"], {
      cwd: folder,
      env: env({}),
      extendEnv: false,
    });
    expect(compiled.exitCode).toBe(0);
    const bytes = readFileSync(place("f.vmfb"));
    writeFileSync(place("half.vmfb"), bytes.subarray(0, bytes.length >> 1));
    const half = await call("half.vmfb");
    expect(half.exitCode).toBe(1);
    expect(half.stderr.trim().split("\n")).toHaveLength(1);
    const elsewhere = await call("f.vmfb", "--device=cuda://0");
    expect(elsewhere.exitCode).toBe(1);
    expect(elsewhere.stderr).toContain("device 'cuda://0' is not available");
    const good = await call("f.vmfb");
    expect(good.stdout).toContain("2xf32=1 4");
  });

  it("keeps the output of before when compiling fails", async () => {
    writeFileSync(place("kept.vmfb"), "before");
    writeFileSync(place("broken.mlir"), SQUARE.replace("multiply", "multiplly"));
    const { exitCode, stderr } = await run(
      "pcp-run",
      ["compile", "broken.mlir", "-o", "kept.vmfb"],
      { cwd: folder, env: env({}), extendEnv: false },
    );
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/broken\.mlir:2:\d+: error: /);
    expect(readFileSync(place("kept.vmfb"), "utf8")).toBe("before");
  });
});
