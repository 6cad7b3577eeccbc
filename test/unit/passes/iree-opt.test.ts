/** @file Passes that MLIR has too give the text that iree-opt gives. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { printModule } from "#lib/asm/printer.ts";
import { findPython } from "#lib/runtime/python.ts";
import { findIreeTool } from "#lib/runtime/toolchain.ts";
import { isProblem } from "#lib/support/problem.ts";
import { parse, runText } from "./helpers.ts";

async function findIreeOpt(): Promise<string | null> {
  const place = { env: process.env, cwd: process.cwd() };
  const python = await findPython(place);
  const tool = isProblem(python) ? python : findIreeTool("iree-opt", "compiler", python, place);
  if (!isProblem(tool)) return tool.path;
  if (process.env["CI"] === "true") throw new Error(`these tests need iree-opt: ${tool.problem}`);
  process.stdout.write(`skipped, because iree-opt is missing: ${tool.problem}\n`);
  return null;
}

const ireeOpt = await findIreeOpt();

const squeezed = (text: string): string => text.trim().replace(/[ \t]+/g, " ");

const read = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../lit/passes/${name}.mlir`, import.meta.url)), "utf8");

const FILES = [
  "canonicalize",
  "cse",
  "dce",
  "inline",
  "symbol-dce",
  "pcp-simplify",
  "stablehlo-aggressive-simplification",
  "stablehlo-aggressive-folder",
];

const PIPELINES = [
  ["canonicalize"],
  ["cse"],
  ["inline"],
  ["symbol-dce"],
  ["strip-debuginfo"],
  ["cse", "canonicalize"],
  ["canonicalize", "cse", "inline", "symbol-dce"],
];

describe.skipIf(ireeOpt === null).each(FILES)("%s.mlir", (file) => {
  test.each(PIPELINES.map((passes) => ({ passes })))("$passes", async ({ passes }) => {
    const text = read(file);
    const theirs = await execa(ireeOpt ?? "", [...passes.map((name) => `--${name}`)], {
      input: text,
    });
    const module = parse(text);
    runText(module, `builtin.module(${passes.join(",")})`);
    expect(squeezed(printModule(module))).toBe(squeezed(theirs.stdout));
  });
});
