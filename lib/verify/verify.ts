/** @file The verifier: what the records, the traits and the structure ask of every operation. */
import type { DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import { compatible } from "#lib/dialects/type-constraints.ts";
import { type Context, dialectOf } from "#lib/ir/context.ts";
import type { Operation } from "#lib/ir/graph.ts";
import {
  type AnyOpDef,
  type AttrSpecs,
  decodeAttrs,
  type Inferred,
  type OperandSpecs,
  type ResultSpecs,
  splitGroups,
  type Trait,
} from "#lib/ir/op-def.ts";
import { elementOf, type Type } from "#lib/ir/types.ts";
import { invariant } from "#lib/support/assert.ts";
import { DominanceInfo, findUndominated } from "./dominance.ts";
import { type DescribeOp, findingAt, Reporter } from "./report.ts";
import {
  attributeMismatch,
  countMismatch,
  regionMismatch,
  valueTypeMismatch,
} from "./structure.ts";
import { SymbolTables } from "./symbols.ts";
import { traitVerifiers } from "./traits.ts";

export interface VerifyOptions {
  /** Shows the op under each message about it, as `see current operation`; absent shows none. */
  readonly describe?: DescribeOp;
}

const isQuantized = (type: Type): boolean => elementOf(type).text.startsWith("!quant.");

/** Whether a result whose type is inferred may be declared so. */
const isDeclarable = (inferred: Type, declared: Type): boolean =>
  compatible(inferred, declared) || isQuantized(inferred) || isQuantized(declared);

/** Traits whose verifiers look at structure only, and so come before the record's constraints. */
const STRUCTURAL: ReadonlySet<Trait> = new Set<Trait>([
  "terminator",
  "singleBlock",
  "symbol",
  "symbolTable",
]);

class Verifier {
  private readonly context: Context;
  private readonly reporter: Reporter;
  private readonly symbols = new SymbolTables();

  constructor(context: Context, reporter: Reporter) {
    this.context = context;
    this.reporter = reporter;
  }

  /** Reports what is wrong with `op` itself, the first thing only. */
  verify(op: Operation): void {
    const def = op.def ?? this.context.ops.get(op.name) ?? null;
    if (def === null) {
      this.verifyUnregistered(op);
      return;
    }
    const message =
      countMismatch(op, def) ??
      attributeMismatch(op, def) ??
      valueTypeMismatch(op, def) ??
      regionMismatch(op, def);
    if (message !== null) this.reporter.error(op, findingAt(op, message));
    else if (this.verifyBlocks(op, def) && this.verifyTraits(op, def, true))
      if (this.verifyRecord(op, def)) this.verifyTraits(op, def, false);
  }

  private verifyUnregistered(op: Operation): void {
    if (this.context.allowUnregisteredDialects || this.context.dialects.has(dialectOf(op.name)))
      return;
    this.reporter.error(
      op,
      findingAt(
        op,
        "op created with unregistered dialect. If this is intended, please use --allow-unregistered-dialect",
      ),
    );
  }

  /** Every block ends in a terminator, unless the op does without. */
  private verifyBlocks(op: Operation, def: AnyOpDef): boolean {
    if (def.traits.has("noTerminator")) return true;
    for (const region of op.regions)
      for (const { last } of region.blocks) {
        if (last === null) {
          this.reporter.error(op, findingAt(op, "empty block: expect at least a terminator"));
          return false;
        }
        if (last.def === null || last.def.traits.has("terminator")) continue;
        const text = this.reporter.text(last);
        this.reporter.error(last, findingAt(last, `block with no terminator, has ${text}`));
        return false;
      }
    return true;
  }

  private verifyTraits(op: Operation, def: AnyOpDef, structural: boolean): boolean {
    for (const trait of def.traits) {
      if (STRUCTURAL.has(trait) !== structural) continue;
      const finding = traitVerifiers[trait](op);
      if (finding === null) continue;
      this.reporter.error(op, finding);
      return false;
    }
    return true;
  }

  /** Inference, then the labelled constraints, then what inference says about the declared results. */
  private verifyRecord(op: Operation, def: AnyOpDef): boolean {
    const input = this.inputOf(op, def);
    const inferred = def.infer === null ? null : (def.infer as (of: unknown) => Inferred)(input);
    if (typeof inferred === "string") return this.constraintError(op, inferred, true);
    for (const label of Object.keys(def.constraints)) {
      const constraint = def.constraints[label] as (of: unknown) => string | null;
      const message = constraint(input);
      if (message === null) continue;
      const text = /^C\d+$/.test(label) ? `${message} [${label}]` : message;
      return this.constraintError(op, text, false);
    }
    const declared = op.results.map(({ type }) => type);
    if (inferred === null || this.resultsAgree(inferred, declared)) return true;
    const [wanted, found] = [inferred, declared].map((types) =>
      types.map(({ text }) => `'${text}'`).join(", "),
    );
    const text = `op inferred type(s) ${wanted} are incompatible with return type(s) of operation ${found}`;
    return this.constraintError(op, text, false);
  }

  /** Unknown sizes, encodings and quantized elements aside. */
  private resultsAgree(inferred: readonly Type[], declared: readonly Type[]): boolean {
    return (
      inferred.length === declared.length &&
      inferred.every((type, i) => isDeclarable(type, declared[i] as Type))
    );
  }

  /** Reports a broken constraint; where inference found it, the second line says so, as MLIR's does. */
  private constraintError(op: Operation, message: string, fromInference: boolean): false {
    this.reporter.error(op, findingAt(op, message));
    if (message.startsWith("op inferred") || (fromInference && !message.startsWith("op ")))
      this.reporter.error(op, findingAt(op, "op failed to infer returned types"));
    return false;
  }

  private inputOf(op: Operation, def: AnyOpDef): unknown {
    const operands = splitGroups(
      def.operands as OperandSpecs,
      op.operands.map(({ type }) => type),
    );
    const results = splitGroups(
      def.results as ResultSpecs,
      op.results.map(({ type }) => type),
    );
    const attrs = decodeAttrs(def.attrs as AttrSpecs, op.properties);
    invariant("values" in attrs, `'${op.name}' was not checked for its attributes`);
    return {
      op,
      operands,
      results,
      attrs: attrs.values,
      regions: op.regions,
      lookup: (symbol: string) => this.symbols.lookup(op, symbol),
    };
  }
}

/**
 * Verifies an operation and everything inside of it: one error per wrong operation; uses are looked at once the rest
 * is right.
 *
 * @returns whether nothing was wrong.
 */
export function verifyOp(
  root: Operation,
  engine: DiagnosticEngine,
  context: Context,
  options: VerifyOptions = {},
): boolean {
  const before = engine.errorCount;
  const reporter = new Reporter(engine, options.describe ?? null);
  const verifier = new Verifier(context, reporter);
  root.walk((op) => verifier.verify(op));
  if (engine.errorCount > before) return false;
  const info = new DominanceInfo();
  root.walk((op) => {
    const finding = findUndominated(op, info);
    if (finding !== null) reporter.show(reporter.error(op, finding), op);
  });
  return engine.errorCount === before;
}
