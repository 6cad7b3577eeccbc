/** @file What tests need of IREE: found once, a printed skip where it is missing, a failure in continuous integration. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { type Env, type FoundPython, findPython } from "#lib/runtime/python.ts";
import { findIreeTool } from "#lib/runtime/toolchain.ts";
import { isProblem } from "#lib/support/problem.ts";

/** IREE as these tests use it. */
export interface Iree {
  readonly python: FoundPython;
  readonly compiler: string;
  readonly runModule: string;
}

async function look(): Promise<Iree | string> {
  const place = { env: process.env, cwd: process.cwd() };
  const python = await findPython(place, "iree");
  if (isProblem(python)) return python.problem;
  const compiler = findIreeTool("iree-compile", "compiler", python, place);
  if (isProblem(compiler)) return compiler.problem;
  const runModule = findIreeTool("iree-run-module", "runtime", python, place);
  if (isProblem(runModule)) return runModule.problem;
  return { python, compiler: compiler.path, runModule: runModule.path };
}

/** IREE, or null with a printed reason; in continuous integration its absence is an error. */
export async function findIree(): Promise<Iree | null> {
  const found = await look();
  if (typeof found !== "string") return found;
  if (process.env["CI"] === "true") throw new Error(`these tests need IREE: ${found}`);
  process.stdout.write(`skipped, because IREE is missing: ${found}\n`);
  return null;
}

/** A folder that is removed after the tests of the file, and an environment whose cache lies in it. */
export function testFolder(): { readonly folder: string; readonly env: Env } {
  const folder = mkdtempSync(join(tmpdir(), "pcp-runtime-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return { folder, env: { ...process.env, PCP_CACHE_DIR: join(folder, "cache") } };
}

/** A module for most tests: parameters, a step counter and a batch. */
export const SMALL_MODULE = `module @small attributes {pcp.format = 1 : i64} {
  func.func @main(%w: tensor<2x3xf32> {pcp.name = "w", pcp.role = "param"},
                  %step: tensor<i32> {pcp.name = "step", pcp.role = "step"},
                  %x: tensor<4xi64> {pcp.name = "x", pcp.role = "data"})
      -> (tensor<2x3xf32> {pcp.name = "w", pcp.role = "param"}, tensor<i32> {pcp.name = "step"}, tensor<4xi64>) {
    %half = stablehlo.constant dense<0.5> : tensor<2x3xf32>
    %one = stablehlo.constant dense<1> : tensor<i32>
    %0 = stablehlo.add %w, %half : tensor<2x3xf32>
    %1 = stablehlo.add %step, %one : tensor<i32>
    %2 = stablehlo.multiply %x, %x : tensor<4xi64>
    return %0, %1, %2 : tensor<2x3xf32>, tensor<i32>, tensor<4xi64>
  }
  func.func @double(%a: tensor<?x4xf32>) -> tensor<?x4xf32> {
    %0 = stablehlo.add %a, %a : tensor<?x4xf32>
    return %0 : tensor<?x4xf32>
  }
  func.func @types(%a: tensor<4xbf16>, %b: tensor<2xf16>, %c: tensor<3xi1>, %d: tensor<3xui8>, %e: tensor<2x2xi8>,
                   %f: tensor<2xf64>, %g: tensor<0x3xf32>, %h: tensor<2xui32>)
      -> (tensor<4xbf16>, tensor<2xf16>, tensor<3xi1>, tensor<3xui8>, tensor<2x2xi8>, tensor<2xf64>, tensor<0x3xf32>, tensor<2xui32>) {
    %0 = stablehlo.not %c : tensor<3xi1>
    %1 = stablehlo.add %d, %d : tensor<3xui8>
    return %a, %b, %0, %1, %e, %f, %g, %h : tensor<4xbf16>, tensor<2xf16>, tensor<3xi1>, tensor<3xui8>, tensor<2x2xi8>, tensor<2xf64>, tensor<0x3xf32>, tensor<2xui32>
  }
  func.func @plain(%a: i32, %b: f32) -> (i32, f32) {
    %0 = arith.addi %a, %a : i32
    return %0, %b : i32, f32
  }
}
`;
