/** @file The compile ladder and its cache, with compilers of our own that fail where a test wants it. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { type CompileRequest, compileModule, tellingLines } from "#lib/runtime/compile.ts";
import { EngineError } from "#lib/runtime/engine.ts";
import { backendOf, moduleFacts, rungsFor, targetFlags } from "#lib/runtime/ladder.ts";

const folder = mkdtempSync(join(tmpdir(), "pcp-compile-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;

/** A request to a compiler that is the given shell script; `$out` is where its result goes, `$flags` are the flags. */
function request(script: string): CompileRequest & { readonly runs: () => number } {
  const name = join(folder, `compiler-${++count}`);
  writeFileSync(
    name,
    `#!/bin/sh\nshift; shift; out=$1; shift; flags="$*"; echo run >> ${name}.log; cat > /dev/null\n${script}\n`,
  );
  chmodSync(name, 0o755);
  return {
    name: "x.mlir",
    text: `module {} // ${count}`,
    backend: "cpu",
    target: null,
    compiler: { path: name, version: "1", sitePackages: null },
    cacheFolder: join(folder, `cache-${count}`),
    env: process.env,
    runs: () =>
      existsSync(`${name}.log`) ? readFileSync(`${name}.log`, "utf8").split("\n").length - 1 : 0,
  };
}

const failure = async (work: Promise<unknown>): Promise<EngineError> => {
  try {
    await work;
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  }
  throw new Error("it did not fail");
};

describe("the ladder", () => {
  it("falls down on failure and says why", async () => {
    const asked = request(
      'case "$flags" in *reassociate*) echo "<stdin>:3:4: error: too large" >&2; exit 1;; esac; echo "$flags" > $out',
    );
    const compiled = await compileModule(asked);
    expect(compiled.rung).toBe("O1");
    expect(compiled.failures).toEqual([
      { rung: "O1+reassociate", lines: ["x.mlir:3:4: error: too large"] },
      { rung: "O1+tiling+reassociate", lines: ["x.mlir:3:4: error: too large"] },
    ]);
    expect(readFileSync(compiled.path, "utf8")).toContain("--iree-opt-level=O1");
  });

  it("keeps the fastest rung where rungs are measured", async () => {
    const asked = request('echo "$flags" > $out');
    const compiled = await compileModule({
      ...asked,
      measure: async (path) => (readFileSync(path, "utf8").includes("data-tiling") ? 1 : 2),
    });
    expect(compiled.rung).toBe("O1+tiling+reassociate");
    expect(compiled.measured).toEqual({
      "O1+reassociate": 2,
      "O1+tiling+reassociate": 1,
      O1: 2,
      O0: 2,
    });
  });

  it("fails with the first rung's errors when no rung works", async () => {
    const error = await failure(
      compileModule(request('echo "<stdin>:1:1: error: bad op" >&2; exit 1')),
    );
    expect(error.message).toBe("iree-compile cannot compile 'x.mlir' (4 sets of flags tried)");
    expect(error.details).toEqual(["x.mlir:1:1: error: bad op"]);
  });

  it("says that the compiler crashed, or is not there", async () => {
    const crashed = await failure(compileModule(request("kill -SEGV $$")));
    expect(crashed.details).toEqual(["iree-compile crashed (SIGSEGV)"]);
    const asked = request("exit 0");
    const missing = await failure(
      compileModule({
        ...asked,
        compiler: { path: "/none/iree-compile", version: "1", sitePackages: null },
      }),
    );
    expect(missing.message).toBe("'/none/iree-compile' cannot be run; run 'make setup'");
  });

  it("leaves no files of failed attempts", async () => {
    const asked = request("echo half > $out; exit 1");
    await failure(compileModule(asked));
    expect(readdirSync(join(asked.cacheFolder, "vmfb"))).toEqual([]);
  });
});

describe("the cache", () => {
  it("compiles once, and again for other text, flags, target or compiler", async () => {
    const asked = request('echo "$flags" > $out');
    expect((await compileModule(asked)).cached).toBe(false);
    expect((await compileModule(asked)).cached).toBe(true);
    expect(asked.runs()).toBe(1);
    await compileModule({ ...asked, text: "module {} // other" });
    await compileModule({ ...asked, extraFlags: ["--x"] });
    await compileModule({ ...asked, target: "znver4" });
    await compileModule({ ...asked, compiler: { ...asked.compiler, version: "2" } });
    expect(asked.runs()).toBe(5);
  });

  it.each([
    ["a flipped bit in the module", "vmfb", (bytes: Buffer) => bytes.fill(1, 0, 1)],
    ["a cut module", "vmfb", (bytes: Buffer) => bytes.subarray(1)],
    ["a cut entry", "compiled", (bytes: Buffer) => bytes.subarray(0, 9)],
    [
      "an entry that names another file",
      "compiled",
      () => Buffer.from('{"format":1,"vmfb":"../../etc"}'),
    ],
  ])("makes anew what is damaged: %s", async (_, part, damage) => {
    const asked = request('echo "$flags" > $out');
    const { path } = await compileModule(asked);
    const good = readFileSync(path);
    const [name = ""] = readdirSync(join(asked.cacheFolder, part));
    const victim = join(asked.cacheFolder, part, name);
    writeFileSync(victim, damage(readFileSync(victim)));
    const again = await compileModule(asked);
    expect([again.cached, again.repaired]).toEqual([false, true]);
    expect(readFileSync(again.path)).toEqual(good);
    expect((await compileModule(asked)).cached).toBe(true);
  });

  it("serves many at once", async () => {
    const asked = request('sleep 0.05; echo "$flags" > $out');
    const all = await Promise.all(Array.from({ length: 8 }, () => compileModule(asked)));
    expect(new Set(all.map(({ path }) => path)).size).toBe(1);
    expect(readdirSync(join(asked.cacheFolder, "vmfb"))).toHaveLength(1);
    expect((await compileModule(asked)).cached).toBe(true);
  });

  it("sweeps what a killed process has left a day ago", async () => {
    const asked = request('echo "$flags" > $out');
    const objects = join(asked.cacheFolder, "vmfb");
    mkdirSync(objects, { recursive: true });
    for (const name of ["old.tmp", "new.tmp", "kept.vmfb"]) writeFileSync(join(objects, name), "");
    const longAgo = new Date(Date.now() - 2 * 86_400_000);
    for (const name of ["old.tmp", "kept.vmfb"]) utimesSync(join(objects, name), longAgo, longAgo);
    await compileModule(asked);
    expect(readdirSync(objects).filter((name) => !/^[0-9a-f]{64}/.test(name))).toEqual([
      "kept.vmfb",
      "new.tmp",
    ]);
  });

  it("says which folder cannot be written to", async () => {
    const asked = request("exit 0");
    writeFileSync(join(folder, "file"), "");
    const error = await failure(compileModule({ ...asked, cacheFolder: join(folder, "file") }));
    expect(error.message).toMatch(
      /^the cache folder '.*' cannot be written to \(\w+\); set PCP_CACHE_DIR/,
    );
  });
});

describe("the order of the rungs", () => {
  const dot = (m: number, k: number, n: number, type = "f32"): string =>
    `%1 = stablehlo.dot_general %a, %b, contracting_dims = [1] x [0] : (tensor<${m}x${k}x${type}>, tensor<${k}x${n}x${type}>) -> tensor<${m}x${n}xf32>`;
  const first = (text: string): string => rungsFor("cpu", moduleFacts(text))[0]?.name ?? "";

  it("tiles large and bf16 dots, and no others", () => {
    expect(moduleFacts(dot(1024, 128, 512)).largestDot).toBeCloseTo(1024 * 128 * 512);
    expect(first(dot(1024, 128, 512))).toBe("O1+reassociate");
    expect(first(dot(2048, 384, 1536))).toBe("O1+tiling+reassociate");
    expect(first(dot(1024, 128, 512, "bf16"))).toBe("O1+tiling+reassociate");
    expect(first("module {}")).toBe("O1+reassociate");
  });

  it("knows the backends of devices, and what a backend needs", () => {
    expect(
      ["local-task", "local-sync", "cuda://0", "hip", "vulkan", "metal", "tpu"].map(backendOf),
    ).toEqual(["cpu", "cpu", "cuda", "rocm", "vulkan", "metal", null]);
    expect(targetFlags("rocm", null)).toMatch(/^--backend=rocm needs --target/);
    expect(targetFlags("cuda", "sm_90")).toContain("--iree-cuda-target=sm_90");
  });
});

describe("tellingLines", () => {
  it("keeps errors, cuts dumps of IR, shows control characters", () => {
    const output = `<stdin>:1:1: error: no\u0007 good\n${"x".repeat(1000)}\n<stdin>:1:1: note: see\n`;
    expect(tellingLines(output, "f.mlir")).toEqual(["f.mlir:1:1: error: no\\x07 good"]);
    expect(tellingLines("y".repeat(400), "f")[0]).toHaveLength(303);
  });
});

describe("a long compilation", () => {
  it("is told about while it goes on", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    try {
      const heard: string[] = [];
      const asked = request("sleep 0.3; echo x > $out");
      const work = compileModule({
        ...asked,
        onWaiting: ({ name }) => heard.push(name),
      });
      await vi.advanceTimersByTimeAsync(25_000);
      await work;
      expect(heard).toEqual(["O1+reassociate", "O1+reassociate"]);
    } finally {
      vi.useRealTimers();
    }
  });
});
