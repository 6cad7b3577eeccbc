/** @file The package as npm packs and installs it: every executable works from another folder, Python files included. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "./processes.ts";

const TOOLS = [
  "pcp-opt",
  "pcp-autodiff",
  "pcp-export",
  "pcp-run",
  "pcp-train",
  "filecheck-js",
  "lit-js",
];

let folder: string;
let bin: string;
let env: Record<string, string>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "pcp-package-"));
  const prefix = join(folder, "prefix");
  mkdirSync(join(folder, "elsewhere"));
  env = {
    ...(process.env as Record<string, string>),
    HOME: folder,
    npm_config_cache: join(folder, "cache"),
  };
  await execa("npm", ["pack", "--ignore-scripts", "--pack-destination", folder], {
    cwd: root,
    env,
  });
  const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz")) ?? "";
  await execa("npm", ["install", "-g", "--offline", "--prefix", prefix, join(folder, tarball)], {
    cwd: folder,
    env,
  });
  bin = join(prefix, "bin");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const call = (tool: string, args: readonly string[], input?: string) =>
  execa(join(bin, tool), args, {
    cwd: join(folder, "elsewhere"),
    env,
    reject: false,
    ...(input === undefined ? { stdin: "ignore" as const } : { input }),
  });

describe("installed package", () => {
  it.each(TOOLS)("%s prints its version and help", async (tool) => {
    const version = await call(tool, ["--version"]);
    expect(version.stdout).toMatch(new RegExp(`^${tool} \\d+\\.\\d+\\.\\d+$`));
    const help = await call(tool, ["--help"]);
    expect(help.exitCode).toBe(0);
    expect(help.stdout).toContain("Examples:");
  });

  it("parses, differentiates and runs a module through pipes", async () => {
    const module = `func.func @main(%x: tensor<2xf32>) -> tensor<f32> {
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  %y = stablehlo.multiply %x, %x : tensor<2xf32>
  %z = stablehlo.reduce(%y init: %zero) applies stablehlo.add across dimensions = [0] : (tensor<2xf32>, tensor<f32>) -> tensor<f32>
  return %z : tensor<f32>
}
`;
    const parsed = await call("pcp-opt", ["--canonicalize"], module);
    expect(parsed.stderr).toBe("");
    const gradient = await call("pcp-autodiff", ["--emit=value-and-grad"], parsed.stdout);
    expect(gradient.exitCode).toBe(0);
    writeFileSync(join(folder, "elsewhere", "g.mlir"), gradient.stdout);
    const result = await call("pcp-run", [
      "g.mlir",
      "--engine=interp",
      "--function=main_value_and_grad",
      "--input=2xf32=3 4",
    ]);
    expect(result.stderr).toBe("");
    expect(result.stdout).toContain("f32=25");
    expect(result.stdout).toContain("2xf32=6 8");
  });

  it("finds the Python files that ship with it", async () => {
    // Either torch is missing, which the helper itself says, or the model file is, which it says as well.
    const { exitCode, stderr } = await call("pcp-export", ["none.py:Model"]);
    expect(exitCode).not.toBe(0);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(stderr).not.toMatch(/helper|main\.py: No such file/);
  });
});
