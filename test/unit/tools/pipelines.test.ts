/** @file The pipelines of the tools, with pipes and with files at each arrow, and the Makefile of the examples. */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it, type TestContext } from "vitest";
import { root, shellIn, toolEnv } from "./processes.ts";

const compiler = existsSync(join(root, "build/bin/iree-compile"));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pcp-pipelines-"));
  cpSync(join(root, "examples"), join(folder, "examples"), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const shell = (script: string): string => shellIn(folder, script);

function needCompiler(context: TestContext): void {
  if (compiler) return;
  if (process.env["CI"] === "true") throw new Error("iree-compile is missing: run make setup");
  context.skip("iree-compile is missing: run make setup");
}

describe("pipelines", () => {
  const module = "examples/nanochat/small.mlir";

  it("give the same bytes through pipes as through files, and the same twice", () => {
    const piped = `pcp-opt --pcp-prepare < ${module} | pcp-autodiff --optimizer=adamw`;
    const first = shell(piped);
    shell(
      `pcp-opt ${module} --pcp-prepare -o prepared.mlir; pcp-autodiff prepared.mlir --optimizer=adamw -o train.mlir`,
    );
    expect(first).toContain("func.func @train_step");
    expect(readFileSync(join(folder, "train.mlir"), "utf8") === first).toBe(true);
    expect(shell(piped) === first).toBe(true);
  });

  it("build a compiled step by the suffix rules of the Makefile", async (context) => {
    needCompiler(context);
    const made = await execa("make", ["-C", "examples", "nanochat/small.vmfb"], {
      cwd: folder,
      env: toolEnv,
      reject: false,
    });
    expect(made.exitCode, made.stderr).toBe(0);
    expect(existsSync(join(folder, "examples/nanochat/small.vmfb"))).toBe(true);
    const again = await execa("make", ["-C", "examples", "nanochat/small.vmfb"], {
      cwd: folder,
      env: toolEnv,
    });
    expect(again.stdout).toContain("up to date");
  });
});
