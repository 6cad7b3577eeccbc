/** @file The verifier: what the records, the traits and the structure ask of every operation. */
import { printOperation } from "#lib/asm/printer.ts";
import type { DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import { compatible } from "#lib/dialects/type-constraints.ts";
import { type Context, dialectOf } from "#lib/ir/context.ts";
import type { Operation } from "#lib/ir/graph.ts";
import { elementOf, type Type } from "#lib/ir/types.ts";
import { DominanceInfo, findUndominated } from "./dominance.ts";
import { type OpPlan, planOf } from "./plan.ts";
import { type DescribeOp, findingAt, Reporter } from "./report.ts";
import {
  attributeValues,
  countMismatch,
  groupTypes,
  regionMismatch,
  typeMismatch,
} from "./structure.ts";
import { SymbolTables } from "./symbols.ts";
import type { TraitVerifier } from "./traits.ts";

export interface VerifyOptions {
  /** Shows the op under each message about it, as `see current operation`; absent shows none. */
  readonly describe?: DescribeOp;
}

const isQuantized = (type: Type): boolean => elementOf(type).text.startsWith("!quant.");

/** Whether a result whose type is inferred may be declared so. */
const isDeclarable = (inferred: Type, declared: Type): boolean =>
  compatible(inferred, declared) || isQuantized(inferred) || isQuantized(declared);

/** The parts of an op that are used more than once. */
interface Parts {
  readonly operandTypes: readonly Type[];
  readonly resultTypes: readonly Type[];
  readonly attrs: { readonly [name: string]: unknown };
}

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
    const plan = planOf(def);
    const parts = partsOf(op, plan);
    if (typeof parts === "string") this.reporter.error(op, findingAt(op, parts));
    else if (this.verifyBlocks(op, plan) && this.verifyTraits(op, plan.structuralTraits))
      if (this.verifyRecord(op, plan, parts)) this.verifyTraits(op, plan.otherTraits);
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
  private verifyBlocks(op: Operation, plan: OpPlan): boolean {
    if (!plan.needsTerminators) return true;
    for (const region of op.regions)
      for (const { last } of region.blocks) {
        if (last === null) {
          this.reporter.error(op, findingAt(op, "empty block: expect at least a terminator"));
          return false;
        }
        if (last.def === null || last.def.traits.has("terminator")) continue;
        const text = printOperation(last);
        this.reporter.error(last, findingAt(last, `block with no terminator, has ${text}`));
        return false;
      }
    return true;
  }

  private verifyTraits(op: Operation, verifiers: readonly TraitVerifier[]): boolean {
    for (const verify of verifiers) {
      const finding = verify(op);
      if (finding === null) continue;
      this.reporter.error(op, finding);
      return false;
    }
    return true;
  }

  /** Inference, then the labelled constraints, then what inference says about the declared results. */
  private verifyRecord(op: Operation, plan: OpPlan, parts: Parts): boolean {
    const parameters = {
      op,
      operands: groupTypes(plan.operands, parts.operandTypes),
      results: groupTypes(plan.results, parts.resultTypes),
      attrs: parts.attrs,
      regions: op.regions,
      lookup: this.lookupFrom(op),
    };
    const inferred = plan.infer === null ? null : plan.infer(parameters);
    if (typeof inferred === "string") return this.constraintError(op, inferred, true);
    const input = { ...parameters, inferred };
    for (const { suffix, check } of plan.constraints) {
      const message = check(input);
      if (message !== null) return this.constraintError(op, message + suffix, false);
    }
    if (inferred === null || this.resultsAgree(inferred, parts.resultTypes)) return true;
    const [wanted, found] = [inferred, parts.resultTypes].map((types) =>
      types.map(({ text }) => `'${text}'`).join(", "),
    );
    const text = `op inferred type(s) ${wanted} are incompatible with return type(s) of operation ${found}`;
    return this.constraintError(op, text, false);
  }

  private lookupFrom(op: Operation): (symbol: string) => Operation | null {
    return (symbol) => this.symbols.lookup(op, symbol);
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
}

/** The types and attributes of an op whose counts and forms are right, or what is wrong. */
function partsOf(op: Operation, plan: OpPlan): Parts | string {
  const count = countMismatch(op, plan);
  if (count !== null) return count;
  const attrs = attributeValues(op, plan);
  if (typeof attrs === "string") return attrs;
  const operandTypes: Type[] = [];
  for (let i = 0; i < op.operandCount; i++) operandTypes.push(op.operand(i).type);
  const resultTypes = op.results.map(({ type }) => type);
  return (
    typeMismatch("operand", plan.operands, operandTypes) ??
    typeMismatch("result", plan.results, resultTypes) ??
    regionMismatch(op, plan) ?? { operandTypes, resultTypes, attrs }
  );
}

/** Errors after which no more are looked for: each may print an op, whose names take a walk. */
const ERROR_LIMIT = 100;

/**
 * Verifies an operation and everything inside of it: one error per wrong operation, a hundred at most; uses are looked at once the rest
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
  const goesOn = (): boolean => engine.errorCount - before < ERROR_LIMIT;
  root.walk((op) => {
    if (goesOn()) verifier.verify(op);
  });
  if (engine.errorCount > before) return false;
  const info = new DominanceInfo();
  root.walk((op) => {
    const finding = goesOn() ? findUndominated(op, info) : null;
    if (finding !== null) reporter.show(reporter.error(op, finding), op);
  });
  return engine.errorCount === before;
}
