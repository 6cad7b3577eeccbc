/** @file One verifier per trait; the table is exhaustive, so that a new trait without one is a compile error. */

import { compatible } from "#lib/dialects/type-constraints.ts";
import type { Operation } from "#lib/ir/graph.ts";
import type { Trait } from "#lib/ir/op-def.ts";
import type { Type } from "#lib/ir/types.ts";
import { findCapture } from "./dominance.ts";
import { type Finding, findingAt } from "./report.ts";
import { symbolName } from "./symbols.ts";

/** What is wrong with an op that has the trait, or null. */
export type TraitVerifier = (op: Operation) => Finding | null;

/** For traits that are promises about meaning, which no look at one op can break. */
const promise: TraitVerifier = () => null;

const typesOf = (op: Operation): Type[] => [...op.operands, ...op.results].map(({ type }) => type);

const isScalar = (type: Type): boolean => type.kind !== "tensor" || type.shape.length === 0;

/** All tensors that are not scalars have one shape. */
const elementwise: TraitVerifier = (op) => {
  const shaped = typesOf(op).filter((type) => !isScalar(type));
  const first = shaped[0];
  if (first?.kind !== "tensor") return null;
  const agrees = (type: Type): boolean =>
    type.kind === "tensor" &&
    type.shape.length === first.shape.length &&
    type.shape.every((size, i) => size < 0 || first.shape[i] === size || first.shape[i] === -1);
  return shaped.every(agrees)
    ? null
    : findingAt(op, "op all non-scalar operands/results must have the same shape and base type");
};

const commutative: TraitVerifier = (op) =>
  op.operandCount >= 2 ? null : findingAt(op, "op expected 2 or more operands");

const idempotent: TraitVerifier = (op) => {
  const [operand] = op.operands;
  const [result] = op.results;
  return op.operandCount === 1 && op.results.length === 1 && operand?.type === result?.type
    ? null
    : findingAt(op, "op requires one operand and one result of the same type");
};

const terminator: TraitVerifier = (op) =>
  op.parent === null || op.next === null
    ? null
    : findingAt(op, "op must be the last operation in the parent block");

const sameType: TraitVerifier = (op) => {
  const [first, ...rest] = typesOf(op);
  return first === undefined || rest.every((type) => compatible(type, first))
    ? null
    : findingAt(op, "op requires compatible types for all operands and results");
};

const sameElementType: TraitVerifier = (op) => {
  const elements = typesOf(op).map((type) => (type.kind === "tensor" ? type.element : type));
  return elements.every((element) => element === elements[0])
    ? null
    : findingAt(op, "op requires the same element type for all operands and results");
};

const VISIBILITIES: ReadonlySet<string> = new Set(["public", "private", "nested"]);

const symbol: TraitVerifier = (op) => {
  const visibility = op.properties.get("sym_visibility");
  if (visibility?.kind === "string" && !VISIBILITIES.has(visibility.value))
    return findingAt(
      op,
      `op visibility expected to be one of ["public", "private", "nested"], but got "${visibility.value}"`,
    );
  const parent = op.parentOp;
  return parent === null || parent.def === null || parent.def.traits.has("symbolTable")
    ? null
    : findingAt(op, "op symbol's parent must have the SymbolTable trait");
};

/** No two symbols of a table share a name. */
const symbolTable: TraitVerifier = (op) => {
  const seen = new Map<string, Operation>();
  const first = op.regions[0]?.blocks[0]?.first ?? null;
  for (let inner = first; inner !== null; inner = inner.next) {
    const name = symbolName(inner);
    if (name === null) continue;
    const other = seen.get(name);
    if (other !== undefined)
      return {
        loc: inner.loc,
        message: `redefinition of symbol named '${name}'`,
        notes: [{ loc: other.loc, message: "see existing symbol definition here" }],
      };
    seen.set(name, inner);
  }
  return null;
};

const constantLike: TraitVerifier = (op) =>
  op.operandCount === 0 && op.results.length === 1
    ? null
    : findingAt(op, "op of a constant takes no operands and has one result");

const singleBlock: TraitVerifier = (op) => {
  const wrong = op.regions.findIndex(({ blocks }) => blocks.length > 1);
  return wrong === -1 ? null : findingAt(op, `op expects region #${wrong} to have 0 or 1 blocks`);
};

/** Blocks of such an op may end in anything but a terminator that belongs elsewhere. */
const noTerminator: TraitVerifier = promise;

export const traitVerifiers: { readonly [T in Trait]: TraitVerifier } = {
  pure: promise,
  elementwise,
  commutative,
  idempotent,
  terminator,
  isolatedFromAbove: findCapture,
  sameOperandsAndResultType: sameType,
  sameOperandsAndResultElementType: sameElementType,
  symbol,
  symbolTable,
  constantLike,
  recursivelyPure: promise,
  singleBlock,
  noTerminator,
};
