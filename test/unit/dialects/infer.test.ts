/** @file Inference gives the types that modules declare: our lit modules by family, and exports of real models. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parseModule } from "#lib/asm/parser.ts";
import { DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import { SourceFile } from "#lib/diag/source-file.ts";
import { makeContext } from "#lib/dialects/all.ts";
import { compatible } from "#lib/dialects/type-constraints.ts";
import { inferResultTypes } from "#lib/ir/builder.ts";
import type { Operation } from "#lib/ir/graph.ts";
import { isStatic, type Type } from "#lib/ir/types.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const infers = join(root, "test/lit/dialects/stablehlo");
const models = ["examples/nanochat/tiny.mlir", "examples/nanogpt/small.mlir"];
const files = [
  ...readdirSync(infers).map((file) => join(infers, file)),
  ...models.map((file) => join(root, file)).filter((file) => existsSync(file)),
];

/** Ops of a file, whose text must be right. */
function opsOf(file: string): Operation[] {
  const engine = new DiagnosticEngine();
  const source = new SourceFile(file, readFileSync(file, "utf8"));
  const module = parseModule(source, makeContext(), engine);
  expect(engine.diagnostics).toEqual([]);
  return module?.collect() ?? [];
}

/** The same type, or an agreeing one where sizes are unknown. */
const agrees = (inferred: Type, declared: Type): boolean =>
  inferred === declared ||
  (!(isStatic(inferred) && isStatic(declared)) && compatible(inferred, declared));

describe("inference", () => {
  for (const file of files)
    it(file.slice(root.length), () => {
      let inferable = 0;
      for (const op of opsOf(file)) {
        if (op.def?.infer == null) continue;
        const types = op.operands.map(({ type }) => type);
        const inferred = inferResultTypes(op.def, types, op.properties, op.regions);
        const declared = op.results.map(({ type }) => type);
        const what = `${op.name} of (${types.map(({ text }) => text).join(", ")})`;
        expect(typeof inferred, `${what}: ${String(inferred)}`).not.toBe("string");
        expect((inferred as readonly Type[]).length, what).toBe(declared.length);
        for (const [i, type] of declared.entries()) {
          const found = (inferred as readonly Type[])[i] as Type;
          expect(agrees(found, type), `${what}: ${found.text}, declared ${type.text}`).toBe(true);
          inferable++;
        }
      }
      expect(inferable + (file.includes("contract") ? 1 : 0)).toBeGreaterThan(0);
    });
});

describe("inference of wrong operands", () => {
  it("names the constraint", () => {
    const engine = new DiagnosticEngine();
    const text = `func.func @f(%a: tensor<2x3xf32>) {
  %0 = "stablehlo.transpose"(%a) <{permutation = array<i64: 1, 1>}> : (tensor<2x3xf32>) -> tensor<3x2xf32>
  return
}`;
    const module = parseModule(new SourceFile("t", text), makeContext(), engine);
    const op = module?.collect().find(({ name }) => name === "stablehlo.transpose");
    if (op?.def == null) throw new Error("no transpose");
    const types = op.operands.map(({ type }) => type);
    expect(inferResultTypes(op.def, types, op.properties, op.regions)).toBe(
      "attribute permutation must be a permutation of [0, 1] but got 1, 1 [C2]",
    );
  });
});
