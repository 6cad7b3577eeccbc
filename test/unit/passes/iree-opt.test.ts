/** @file Passes that MLIR has too give the text that iree-opt gives. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { printModule } from "#lib/asm/printer.ts";
import { stringAttr } from "#lib/ir/attributes.ts";
import { findPython } from "#lib/runtime/python.ts";
import { findIreeTool } from "#lib/runtime/toolchain.ts";
import { isProblem } from "#lib/support/problem.ts";
import { parse, random, runText } from "./helpers.ts";
import { randomModule } from "./random-module.ts";

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
  "jax-style",
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

/** Runs the passes here and in iree-opt and compares what both print, locations included. */
async function compare(text: string, passes: readonly string[]): Promise<void> {
  const flags = passes.map((name) => `--${name}`);
  const print = ["--mlir-print-debuginfo", "--mlir-print-local-scope"];
  const theirs = await execa(ireeOpt ?? "", [...flags, ...print, "-"], { input: text });
  const module = parse(text, "<stdin>");
  runText(module, `builtin.module(${passes.join(",")})`);
  const ours = printModule(module, { debugInfo: true, localScope: true });
  expect(squeezed(ours)).toBe(squeezed(theirs.stdout));
}

describe.skipIf(ireeOpt === null).each(FILES)("%s.mlir", (file) => {
  test.each(PIPELINES.map((passes) => ({ passes })))("$passes", async ({ passes }) => {
    await compare(read(file), passes);
  });
});

/** A module of random functions. */
function randomFunctions(count: number): string {
  const module = parse("");
  for (let i = 0; i < count; i++) {
    const next = random(i + 1);
    const length = 10 + Math.floor(next() * 150);
    const numbers = Array.from({ length }, () => Math.floor(next() * 10_000));
    const fn = randomModule(numbers, i % 2 === 0 ? "f32" : "i32").region().entry.first;
    if (fn === null) continue;
    fn.remove();
    fn.properties.set("sym_name", stringAttr(`f${i}`));
    module.region().entry.append(fn);
  }
  return printModule(module);
}

describe.skipIf(ireeOpt === null)("random functions", () => {
  const text = randomFunctions(100);
  test.each(PIPELINES.map((passes) => ({ passes })))("$passes", async ({ passes }) => {
    await compare(text, passes);
  });
});
