/** @file Brings a copy of the forward function into the form that the reverse walk wants: no calls, flat linears, no needless transposes. */
import type { DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import { functionName, functionsOf } from "#lib/dialects/func/functions.ts";
import { func } from "#lib/dialects/func/ops.ts";
import type { DotDimensions } from "#lib/dialects/stablehlo/attrs.ts";
import { StablehloBuilder, shapeOf } from "#lib/dialects/stablehlo/build.ts";
import { stablehlo } from "#lib/dialects/stablehlo/ops.ts";
import { stringAttr } from "#lib/ir/attributes.ts";
import { Builder } from "#lib/ir/builder.ts";
import { cloneOp } from "#lib/ir/clone.ts";
import type { Operation, Value } from "#lib/ir/graph.ts";
import { attrsOf } from "#lib/ir/op-def.ts";
import { DYNAMIC, elementOf } from "#lib/ir/types.ts";
import { runCanonicalize } from "#lib/passes/canonicalize.ts";
import { runCse } from "#lib/passes/cse.ts";
import { runDce } from "#lib/passes/dce.ts";
import { inlineCalls } from "#lib/passes/inline.ts";
import { at, elementCount, range } from "#lib/support/shape.ts";

/** Canonicalises, merges equal operations and drops dead ones, in one function. */
export function cleanUp(fn: Operation): void {
  runCanonicalize(fn);
  runCse(fn);
  runDce(fn);
}

/** A name that is not taken. */
export function unusedName(taken: ReadonlySet<string | null>, wanted: string): string {
  let name = wanted;
  for (let i = 1; taken.has(name); i++) name = `${wanted}_${i}`;
  return name;
}

/** A name that no function of the module has. */
export const freshName = (module: Operation, wanted: string): string =>
  unusedName(new Set(functionsOf(module).map(functionName)), wanted);

/** Composites become calls of their decompositions, where the module has them. */
function expandComposites(module: Operation, fn: Operation): void {
  const known = new Set(functionsOf(module).map(functionName));
  for (const op of fn.collect()) {
    if (op.name !== stablehlo.composite.name || op.regions.length > 0) continue;
    const { decomposition } = attrsOf(stablehlo.composite, op);
    if (!known.has(decomposition)) continue;
    const call = Builder.before(op).create(
      func.call,
      { operands: op.operands },
      { callee: decomposition },
      { resultTypes: op.results.map(({ type }) => type) },
    );
    op.results.forEach((result, index) => {
      result.replaceAllUsesWith(call.result(index));
    });
    op.erase();
  }
}

/** A private copy of a function inside its module, all calls and composites inlined. */
function inlinedCopy(module: Operation, fn: Operation): Operation {
  const copy = cloneOp(fn);
  const name = freshName(module, `${functionName(fn)}_forward`);
  copy.properties.set("sym_name", stringAttr(name));
  copy.properties.set("sym_visibility", stringAttr("private"));
  module.region().entry.append(copy);
  // A decomposition may hold composites itself; each round opens one level.
  for (let round = 0; round < 64; round++) {
    expandComposites(module, copy);
    if (inlineCalls(module, { functions: [name], eraseUnused: false }).inlined === 0) break;
  }
  return copy;
}

const replaceWith = (op: Operation, value: Value): void => {
  op.result().replaceAllUsesWith(value);
  op.erase();
};

/** `reshape(transpose(x))` where the transpose moves trailing dimensions only and the reshape merges leading ones: the transpose last. */
function sinkTranspose(op: Operation): void {
  if (op.name !== stablehlo.reshape.name) return;
  const source = op.operand(0).op;
  if (source === null || source.name !== stablehlo.transpose.name) return;
  const { permutation } = attrsOf(stablehlo.transpose, source);
  const [from, to] = [shapeOf(op.operand(0)), shapeOf(op.result())];
  const fixed = permutation.findIndex((dim, i) => dim !== i);
  const tail = from.length - fixed;
  if (fixed < 1 || to.length < tail) return;
  const lead = to.length - tail;
  if (!range(tail).every((i) => from[fixed + i] === to[lead + i])) return;
  const b = new StablehloBuilder(Builder.before(op));
  const flat = [...to.slice(0, lead), ...shapeOf(source.operand(0)).slice(fixed)];
  const moved = [...range(lead), ...permutation.slice(fixed).map((dim) => dim - fixed + lead)];
  replaceWith(op, b.transpose(b.reshape(source.operand(0), flat), moved));
}

/** Which operand of a contraction, with the names of its dimension lists. */
const SIDES = [
  { index: 0, batching: "lhsBatching", contracting: "lhsContracting" },
  { index: 1, batching: "rhsBatching", contracting: "rhsContracting" },
] as const;

/** A contraction of a transposed operand contracts the operand itself, where the result keeps its order. */
function foldTransposes(op: Operation): void {
  if (op.name !== stablehlo.dot_general.name) return;
  for (const { index, batching, contracting } of SIDES) {
    const source = op.operand(index).op;
    if (source === null || source.name !== stablehlo.transpose.name) continue;
    const { permutation } = attrsOf(stablehlo.transpose, source);
    const dims: DotDimensions = attrsOf(stablehlo.dot_general, op).dot_dimension_numbers;
    const moved = (list: readonly number[]): number[] => list.map((dim) => at(permutation, dim));
    const kept = moved(
      range(permutation.length).filter(
        (dim) => !dims[batching].includes(dim) && !dims[contracting].includes(dim),
      ),
    );
    const keepsOrder = kept.every((dim, i) => i === 0 || dim > at(kept, i - 1));
    const leads = moved(dims[batching]).every((dim, i) => dim === i);
    if (!keepsOrder || !leads) continue;
    const changed: DotDimensions = {
      ...dims,
      [batching]: moved(dims[batching]),
      [contracting]: moved(dims[contracting]),
    };
    op.properties.set(
      "dot_dimension_numbers",
      stablehlo.dot_general.attrs.dot_dimension_numbers.encode(changed),
    );
    op.setOperand(index, source.operand(0));
  }
}

/** `[b, t, k] x [k, n]` becomes `[b*t, k] x [k, n]` between reshapes. */
function flattenLinear(op: Operation): void {
  if (op.name !== stablehlo.dot_general.name) return;
  const { dot_dimension_numbers: dims, precision_config: precision } = attrsOf(
    stablehlo.dot_general,
    op,
  );
  const [lhs, rhs] = [op.operand(0), op.operand(1)];
  const shape = shapeOf(lhs);
  const last = shape.length - 1;
  if (shape.length < 3 || shapeOf(rhs).length !== 2 || dims.lhsBatching.length > 0) return;
  if (dims.lhsContracting.length !== 1 || dims.lhsContracting[0] !== last) return;
  if (op.attribute("algorithm") !== null) return;
  const b = new StablehloBuilder(Builder.before(op));
  const flat = b.reshape(lhs, [elementCount(shape.slice(0, last)), at(shape, last)]);
  const product = b.dotGeneral(
    flat,
    rhs,
    { ...dims, lhsContracting: [1] },
    { element: elementOf(op.result().type), precision },
  );
  replaceWith(op, b.reshape(product, shapeOf(op.result())));
}

/** Takes a pass-through op away: a shape change to the same type. */
function dropIdentity(op: Operation): void {
  const names: readonly string[] = [
    stablehlo.broadcast_in_dim.name,
    stablehlo.reshape.name,
    stablehlo.convert.name,
  ];
  if (!names.includes(op.name) || op.operand(0).type !== op.result().type) return;
  if (op.name === stablehlo.broadcast_in_dim.name) {
    const dims = attrsOf(stablehlo.broadcast_in_dim, op).broadcast_dimensions;
    if (!dims.every((dim, i) => dim === i)) return;
  }
  replaceWith(op, op.operand(0));
}

/** Rewrites that give the gradient, and the compiler after it, the form it likes best. */
function reshapeForward(fn: Operation): void {
  for (const step of [dropIdentity, sinkTranspose, foldTransposes, flattenLinear])
    for (const op of fn.region().entry.ops) if (op.parent !== null) step(op);
}

/** Whether every value has a known shape; one error that lists the operations where not. */
function checkStatic(fn: Operation, engine: DiagnosticEngine): boolean {
  const isUnknown = (value: Value): boolean =>
    value.type.kind === "unrankedTensor" ||
    (value.type.kind === "tensor" && value.type.shape.includes(DYNAMIC));
  const dynamic = fn.region().entry.ops.filter(({ results }) => results.some(isUnknown));
  const [first] = dynamic;
  if (first === undefined) return true;
  const error = engine.error(
    first.loc,
    "dynamic shapes are not supported; export the model with fixed shapes",
  );
  for (const op of dynamic) error.note(op.loc, `'${op.name}' gives ${op.results[0]?.type.text}`);
  return false;
}

/** The forward function ready to be differentiated, or null after errors; `release` takes it out of the module. */
export function prepareForward(
  module: Operation,
  fn: Operation,
  engine: DiagnosticEngine,
): { readonly forward: Operation; readonly release: () => void } | null {
  if (fn.region().blocks.length !== 1) {
    engine.error(
      fn.loc,
      `function '${functionName(fn)}' has several blocks; only one is supported`,
    );
    return null;
  }
  const forward = inlinedCopy(module, fn);
  const release = (): void => {
    if (forward.parent !== null) forward.erase();
  };
  runDce(forward);
  if (!checkStatic(forward, engine)) {
    release();
    return null;
  }
  reshapeForward(forward);
  cleanUp(forward);
  return { forward, release };
}
