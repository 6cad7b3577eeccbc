/** @file pcp-run as a process: Ctrl-C, a reader that leaves, and nothing left behind. */
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { build } from "esbuild";
import { execa } from "execa";
import { beforeAll, describe, expect, it } from "vitest";
import { findIree, testFolder } from "./iree.ts";

const iree = await findIree();
const { folder, env: outer } = testFolder();
const cache = join(folder, "cache");
const program = join(folder, "dist", "pcp-run.mjs");
const env = { ...outer, PCP_PYTHON: iree?.python.path };

const chain = (count: number, type: string): string => `func.func @main(%a: ${type}) -> ${type} {
  ${Array.from({ length: count }, (_, index) => `%${index} = stablehlo.dot %${index === 0 ? "a" : index - 1}, %a : (${type}, ${type}) -> ${type}`).join("\n  ")}
  return %${count - 1} : ${type}
}
`;

beforeAll(async () => {
  await build({
    entryPoints: ["tools/pcp-run/main.ts"],
    bundle: true,
    platform: "node",
    format: "esm",
    outfile: program,
    logLevel: "error",
    banner: {
      js: 'import { createRequire as cr } from "node:module"; const require = cr(import.meta.url);',
    },
  });
  cpSync("lib/runtime/host", join(folder, "dist/host"), { recursive: true });
  mkdirSync(join(folder, "work"));
  writeFileSync(join(folder, "work/heavy.mlir"), chain(400, "tensor<900x900xf32>"));
  writeFileSync(join(folder, "work/slow.mlir"), chain(24, "tensor<1600x1600xf32>"));
  writeFileSync(
    join(folder, "work/wide.mlir"),
    "func.func @main(%a: tensor<300000xf32>) -> tensor<300000xf32> { return %a : tensor<300000xf32> }",
  );
});

const leftBehind = (pid: number): string[] =>
  ["/dev/shm", outer["TMPDIR"] ?? tmpdir()].flatMap((parent) => {
    try {
      return readdirSync(parent).filter((name) => name.startsWith(`pcp-host-${pid}-`));
    } catch {
      return [];
    }
  });

/** Name of the program that a process runs, or null once it has ended. */
const nameOf = (pid: string | undefined): string | null => {
  try {
    return readFileSync(`/proc/${pid}/comm`, "utf8").trim();
  } catch {
    return null;
  }
};

describe.skipIf(iree === null)("pcp-run as a process", () => {
  it.each([
    [
      "while it runs",
      ["slow.mlir", "--device=local-sync", "--input=1600x1600xf32=0.001"],
      /^note: .*\n/,
    ],
    [
      "while it compiles",
      ["compile", "heavy.mlir", "--verbose", "--compile-flag=--iree-opt-level=O3"],
      /iree-compile/,
    ],
  ])("ends at once on Ctrl-C %s, and leaves nothing behind", async (_, argv, begun) => {
    const running = execa("node", [program, ...argv], {
      cwd: join(folder, "work"),
      env,
      extendEnv: false,
      reject: false,
    });
    let said = "";
    running.stderr.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
    for (let turn = 0; turn < 600 && !begun.test(said); turn++) await sleep(20);
    await sleep(100);
    const started = performance.now();
    process.kill(running.pid ?? 0, "SIGINT");
    const result = await running;
    expect(performance.now() - started).toBeLessThan(5000);
    expect(result.exitCode).toBe(130);
    expect(result.stderr).toMatch(/pcp-run: error: interrupted$/);
    expect(leftBehind(running.pid ?? 0)).toEqual([]);
    expect(readdirSync(join(cache, "vmfb")).filter((name) => name.endsWith(".tmp"))).toEqual([]);
    expect(readdirSync(join(folder, "work")).sort()).toEqual([
      "heavy.mlir",
      "slow.mlir",
      "wide.mlir",
    ]);
  });

  it.skipIf(process.platform !== "linux")(
    "takes the compiler along when it is killed",
    async () => {
      const running = execa("node", [program, "compile", "heavy.mlir", "-o", "heavy.vmfb"], {
        cwd: join(folder, "work"),
        env,
        extendEnv: false,
        reject: false,
      });
      const pid = running.pid ?? 0;
      const compiler = (): string | undefined =>
        readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8")
          .split(" ")
          .find((child) => child !== "" && nameOf(child) === "iree-compile");
      let child: string | undefined;
      for (let turn = 0; turn < 500 && child === undefined; turn++) {
        await sleep(20);
        child = compiler();
      }
      expect(child).toBeDefined();
      process.kill(pid, "SIGKILL");
      await running;
      for (let turn = 0; turn < 100 && nameOf(child) !== null; turn++) await sleep(20);
      expect(nameOf(child)).toBeNull();
    },
  );

  it("ends quietly when the reader of its output leaves", async () => {
    const argv = [
      program,
      "wide.mlir",
      "--input=300000xf32=1.5",
      "--output_max_element_count=300000",
    ];
    const script = `node ${argv.map((word) => `'${word}'`).join(" ")} 2>err | head -c 20`;
    const { stdout } = await execa("sh", ["-c", script], {
      cwd: join(folder, "work"),
      env,
      extendEnv: false,
    });
    expect(stdout).toBe("EXEC @main\nresult[0]");
    const err = await execa("cat", ["err"], { cwd: join(folder, "work") });
    expect(err.stdout).toMatch(/^note: 'wide\.mlir' compiled in \S+ s \(.*\)$/);
  });
});
