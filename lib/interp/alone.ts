/** @file Evaluates one op on given operands, outside any function. */

import { tensorTypeOf } from "#lib/ir/attributes.ts";
import { cloneOp, type ValueMap } from "#lib/ir/clone.ts";
import { Block, Operation, type Value } from "#lib/ir/graph.ts";
import type { Tensor } from "#lib/tensors/tensor.ts";
import { type Buffer, specOf } from "./plan.ts";
import { Pool } from "./pool.ts";
import { BlockCompiler, type CompileOptions, Compiler } from "./program.ts";
import { Abort, Run, runBlock } from "./run.ts";

/** Results of an op that has no effects, or null where it cannot be evaluated by itself. */
export function evaluateAlone(
  op: Operation,
  operands: readonly Tensor[],
  options: CompileOptions,
): Tensor[] | null {
  const block = new Block(operands.map(tensorTypeOf));
  const map: ValueMap = new Map<Value, Value>();
  op.operands.forEach((operand, i) => {
    const arg = block.args[i];
    if (arg !== undefined) map.set(operand, arg);
  });
  const copy = cloneOp(op, map);
  block.append(copy);
  block.append(new Operation({ name: "func.return", def: null, operands: copy.results }));
  const results = runAlone(block, operands, options);
  // The copy's regions may use values of the module: they must not keep these uses.
  for (const inner of block.ops.reverse()) inner.dropReferences();
  return results;
}

function runAlone(
  block: Block,
  operands: readonly Tensor[],
  options: CompileOptions,
): Tensor[] | null {
  const pool = new Pool();
  const compiler = new Compiler(new Map(), pool, options);
  const template: (Buffer | null)[] = [];
  const { block: compiled, captures } = new BlockCompiler(compiler, template).compile(block);
  if (compiler.diagnostics.length > 0 || captures.size > 0) return null;
  const run = new Run(() => ({ name: "", template, block: compiled }), pool, {}, {});
  const inputs = operands.map(({ data }) => ({ data, refs: 1, bucket: null }));
  try {
    const results = runBlock(compiled, { slots: template, machine: run }, inputs);
    if (run.diagnostics.length > 0) return null;
    return results.map(({ data, bucket }, i) => {
      const spec = specOf((block.last as Operation).operand(i).type);
      return {
        dtype: spec?.dtype ?? "f32",
        shape: spec?.shape ?? [],
        data: bucket === null ? data.slice() : data,
      };
    });
  } catch (error) {
    if (error instanceof Abort) return null;
    throw error;
  }
}
