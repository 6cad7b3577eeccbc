/** @file The shell around every tool: options, inputs, outputs, internal errors. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { memoryIo } from "../../../lib/driver/memory-io.ts";
import { createCommand, parseCommand } from "../../../lib/driver/options.ts";
import { readInput, writeOutput } from "../../../lib/driver/output.ts";
import { runTool } from "../../../lib/driver/run-tool.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pcp-driver-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const parse = (...argv: string[]) => {
  const io = memoryIo({ argv });
  const command = createCommand(
    { name: "demo", summary: "Shows options", examples: [{ command: "demo x", does: "shows x" }] },
    io,
  )
    .argument("[input]", "file to read", "-")
    .optionsGroup("Passes:")
    .option("--cse", "merge equal operations")
    .option("--no-verify-each", "skip the verifier")
    .option("--depth <n>", "how deep");
  return { code: parseCommand(command, io), io, command };
};

describe("options", () => {
  it("names the nearest option", () => {
    const { code, io } = parse("--cze");
    expect(code).toBe(2);
    expect(io.stderrText()).toBe("demo: error: unknown option '--cze'; did you mean '--cse'?\n");
  });
  it("accepts LLVM's single dash and boolean values", () => {
    const { code, command } = parse("-cse=true", "-verify-each=false", "-depth=3", "x.mlir");
    expect(code).toBeNull();
    expect(command.opts()).toEqual({ cse: true, verifyEach: false, depth: "3" });
    expect(command.args).toEqual(["x.mlir"]);
  });
  it("prints help with groups and examples, and one line for the version", () => {
    const help = parse("--help");
    expect(help.code).toBe(0);
    expect(help.io.stdoutText()).toContain("Passes:\n  --cse");
    expect(help.io.stdoutText()).toContain("Examples:\n  demo x\n");
    const version = parse("--version");
    expect(version.code).toBe(0);
    expect(version.io.stdoutText()).toMatch(/^demo \d+\.\d+\.\d+\n$/);
  });
  it("says in one line what is missing or too much", () => {
    expect(parse("--depth").io.stderrText()).toBe(
      "demo: error: option '--depth <n>' argument missing\n",
    );
    expect(parse("a", "b").io.stderrText().split("\n")).toHaveLength(2);
  });
});

describe("files", () => {
  const io = () => memoryIo({ argv: [], cwd: folder, stdin: "in" });

  it("reads a file and standard input, and explains what it cannot read", async () => {
    writeFileSync(join(folder, "a"), "A");
    expect(await readInput(io(), "a")).toMatchObject({ name: "a" });
    expect(await readInput(io(), "-")).toMatchObject({ name: "<stdin>" });
    expect(await readInput(io(), "b")).toEqual({
      error: "cannot open input file 'b': No such file or directory",
    });
    expect(await readInput(io(), ".")).toEqual({
      error: "cannot open input file '.': Is a directory",
    });
  });

  it("writes beside and renames; a failure leaves nothing", async () => {
    expect(await writeOutput(io(), "out", "one")).toBeNull();
    expect(await writeOutput(io(), "out", new Uint8Array([50]))).toBeNull();
    expect(readFileSync(join(folder, "out"), "utf8")).toBe("2");
    expect(await writeOutput(io(), "none/out", "x")).toBe(
      "cannot open output file 'none/out': No such file or directory",
    );
    expect(await writeOutput(io(), ".", "x")).toBe("cannot open output file '.': Is a directory");
    expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  it("writes devices in place and says that one is full", async () => {
    if (!existsSync("/dev/full")) return;
    expect(await writeOutput(io(), "/dev/null", "x")).toBeNull();
    expect(await writeOutput(io(), "/dev/full", "x")).toBe(
      "cannot open output file '/dev/full': No space left on device",
    );
  });
});

describe("runTool", () => {
  it("turns an exception into one line and a report", async () => {
    const io = memoryIo({ argv: ["--x"] });
    const code = await runTool(() => Promise.reject(new Error("broken\nmore")), io, "demo");
    expect(code).toBe(70);
    const line = io.stderrText();
    expect(line).toMatch(/^demo: internal error: broken; report it with \S+\n$/);
    const path = line.trim().split(" ").at(-1) as string;
    expect(JSON.parse(readFileSync(path, "utf8"))).toMatchObject({ tool: "demo", argv: ["--x"] });
    rmSync(join(path, ".."), { recursive: true });
  });
  it("passes the exit code on", async () => {
    expect(await runTool(() => Promise.resolve(1), memoryIo({ argv: [] }), "demo")).toBe(1);
  });
});
