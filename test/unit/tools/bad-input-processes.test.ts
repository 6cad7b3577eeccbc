/** @file Real processes that are interrupted, lose their reader, or are given files that are none. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bin, run, start } from "./processes.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pcp-bad-"));
  mkdirSync(join(folder, "folder"));
  writeFileSync(
    join(folder, "good.mlir"),
    "func.func @main(%x: tensor<2xf32>) -> tensor<2xf32> {\n  return %x : tensor<2xf32>\n}\n",
  );
  writeFileSync(
    join(folder, "loop.mlir"),
    `func.func @main(%x: tensor<i32>) -> tensor<i32> {
  %r = stablehlo.while(%a = %x) : tensor<i32>
    cond {
      %t = stablehlo.constant dense<true> : tensor<i1>
      stablehlo.return %t : tensor<i1>
    } do {
      stablehlo.return %a : tensor<i32>
    }
  return %r : tensor<i32>
}
`,
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("files that are none", () => {
  it.each([
    ["pcp-opt", ["none.mlir"], 1],
    ["pcp-opt", ["folder"], 1],
    ["pcp-opt", ["good.mlir", "-o", "none/x.mlir"], 1],
    ["pcp-opt", ["good.mlir", "--canonicalise"], 2],
    ["pcp-autodiff", ["folder"], 1],
    ["pcp-autodiff", ["good.mlir", "--optimizer=adam"], 2],
    ["pcp-run", ["none.mlir"], 1],
    ["pcp-run", ["good.mlir", "--engine=interp", "--input=3xf32=1"], 1],
    ["pcp-export", ["none.py:X", "-o", "none/x.mlir"], 1],
    ["lit-js", ["none"], 2],
    ["filecheck-js", ["folder"], 2],
  ])("%s %o ends in one line and writes nothing", async (tool, args, code) => {
    const before = readdirSync(folder).sort();
    const { exitCode, stdout, stderr } = await run(tool, args, { cwd: folder });
    expect(exitCode).toBe(code);
    expect(stdout).toBe("");
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(readdirSync(folder).sort()).toEqual(before);
  });

  it("leave an output that was there as it was", async () => {
    writeFileSync(join(folder, "kept.mlir"), "kept");
    writeFileSync(join(folder, "broken.mlir"), "module {");
    const { exitCode } = await run("pcp-opt", ["broken.mlir", "-o", "kept.mlir"], { cwd: folder });
    expect(exitCode).toBe(1);
    expect(readFileSync(join(folder, "kept.mlir"), "utf8")).toBe("kept");
  });
});

describe("pipes and signals", () => {
  it.each([
    "pcp-opt",
    "pcp-autodiff",
    "pcp-run",
    "pcp-train",
    "filecheck-js",
    "lit-js",
    "pcp-export",
  ])("%s ends quietly when nobody reads on", (tool) => {
    const script = `"$0" "$1" --help 2>&1 >&3 | cat; exit 0`;
    const stderr = execFileSync(
      "bash",
      ["-c", `exec 3> >(true); sleep 0.1; ${script}`, process.execPath, bin(tool)],
      {
        encoding: "utf8",
      },
    );
    expect(stderr).toBe("");
  });

  it("pcp-run dies at Ctrl-C in the middle of a loop without end", async () => {
    const child = start("pcp-run", ["loop.mlir", "--engine=interp", "--input=i32=1"], {
      cwd: folder,
    });
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const interrupted = Date.now();
    child.kill("SIGINT");
    const { exitCode, signal } = await child;
    expect(signal === "SIGINT" || exitCode === 130).toBe(true);
    expect(Date.now() - interrupted).toBeLessThan(2000);
  });
});
