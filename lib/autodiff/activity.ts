/** @file Which values carry a gradient: those that depend on an argument of interest and reach what is differentiated. */
import type { DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import type { Block, Operation, Value } from "#lib/ir/graph.ts";
import { type AnyOpDef, viewOf } from "#lib/ir/op-def.ts";
import { elementOf } from "#lib/ir/types.ts";
import { plural } from "#lib/support/text.ts";
import { capturesOf } from "./bodies.ts";
import { carriesCotangent } from "./combinators.ts";
import { isStopGradient } from "./rule.ts";
import { ruleOf } from "./rules/all.ts";

/** An operation on the active path that cannot be differentiated. */
interface Refusal {
  readonly op: Operation;
  readonly why: string;
}

/** Result of the analysis: values that carry a gradient, operations that would need a rule. */
export interface Activity {
  readonly active: ReadonlySet<Value>;
  readonly refusals: readonly Refusal[];
}

/** Whether a gradient may flow from results to operands at all. */
function isTransparent(op: Operation): boolean {
  if (isStopGradient(op)) return false;
  const rule = ruleOf(op);
  return typeof rule === "function" || rule.kind === "noRule" || rule.kind === "guarded";
}

const isComplex = (value: Value): boolean => elementOf(value.type).kind === "complex";

const mayCarry = (value: Value): boolean => carriesCotangent(value) || isComplex(value);

/** Values that depend on `sources` through operations that a gradient may pass. */
function variedFrom(block: Block, sources: Iterable<Value>): Set<Value> {
  const varied = new Set(sources);
  for (let op = block.first; op !== null; op = op.next) {
    if (!isTransparent(op)) continue;
    const inputs = op.regions.length === 0 ? op.operands : [...op.operands, ...capturesOf(op)];
    if (!inputs.some((value) => varied.has(value))) continue;
    for (const result of op.results) if (mayCarry(result)) varied.add(result);
  }
  return varied;
}

/** Of the varied values, those that `targets` depend on. */
function usefulOf(block: Block, varied: ReadonlySet<Value>, targets: Iterable<Value>): Set<Value> {
  const useful = new Set<Value>();
  for (const target of targets) if (varied.has(target)) useful.add(target);
  for (let op = block.last; op !== null; op = op.previous) {
    if (!op.results.some((result) => useful.has(result)) || !isTransparent(op)) continue;
    const inputs = op.regions.length === 0 ? op.operands : [...op.operands, ...capturesOf(op)];
    for (const value of inputs) if (varied.has(value)) useful.add(value);
  }
  return useful;
}

/** Why an active operation has no gradient, or null. */
function refusalOf(op: Operation, active: ReadonlySet<Value>): string | null {
  const rule = ruleOf(op);
  if (typeof rule !== "function" && rule.kind === "noRule") return rule.why;
  if ([...op.operands, ...op.results].some((value) => active.has(value) && isComplex(value)))
    return "gradients of complex numbers are not supported";
  if (op.regions.length > 0 && capturesOf(op).some((value) => active.has(value)))
    return "its region uses a value from outside that depends on an argument";
  if (typeof rule === "function" || rule.kind !== "guarded" || op.def === null) return null;
  const view = viewOf<AnyOpDef>(op.def, op);
  return rule.refuse(view, (index) => active.has(op.operand(index)));
}

/** Finds the active values of a block, and every operation on the path that has no rule. */
export function analyseActivity(
  block: Block,
  sources: Iterable<Value>,
  targets: Iterable<Value>,
): Activity {
  const varied = variedFrom(block, sources);
  const active = usefulOf(block, varied, targets);
  const refusals: Refusal[] = [];
  for (let op = block.first; op !== null; op = op.next) {
    if (!isTransparent(op) || !op.results.some((result) => active.has(result))) continue;
    const why = refusalOf(op, active);
    if (why !== null) refusals.push({ op, why });
  }
  return { active, refusals };
}

/** One error that lists every operation in the way. */
export function reportRefusals(engine: DiagnosticEngine, refusals: readonly Refusal[]): void {
  const [first] = refusals;
  if (first === undefined) return;
  const count = plural(refusals.length, "operation");
  const verb = refusals.length === 1 ? "has" : "have";
  const error = engine.error(
    first.op.loc,
    `${count} between the arguments and the loss ${verb} no gradient`,
  );
  for (const { op, why } of refusals) error.note(op.loc, `'${op.name}': ${why}`);
}
