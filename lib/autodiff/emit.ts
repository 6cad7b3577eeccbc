/** @file Gradient functions: `@f_grad` with a cotangent argument, `@f_value_and_grad` for a scalar loss. */
import type { DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import { derivedLoc } from "#lib/diag/loc.ts";
import {
  createFunction,
  findFunction,
  functionName,
  functionsOf,
  functionTypeOf,
  isDeclaration,
  named,
  type Parameter,
  PCP_NAME,
  stringOf,
} from "#lib/dialects/func/functions.ts";
import { func } from "#lib/dialects/func/ops.ts";
import { stringAttr } from "#lib/ir/attributes.ts";
import type { Builder } from "#lib/ir/builder.ts";
import type { Operation, Value } from "#lib/ir/graph.ts";
import { elementOf, isFloat } from "#lib/ir/types.ts";
import { runSymbolDce } from "#lib/passes/symbol-dce.ts";
import { at } from "#lib/support/shape.ts";
import { analyseActivity, reportRefusals } from "./activity.ts";
import { Emitter } from "./emitter.ts";
import { buildGradient, type GradientOutput } from "./gradient.ts";
import { cleanUp, freshName, prepareForward, unusedName } from "./prepare.ts";
import { VJP } from "./reverse.ts";
import type { Ties } from "./rule.ts";
import {
  chooseLoss,
  chooseWrt,
  findTarget,
  listed,
  type Port,
  requireStatic,
  requireTensors,
  type Signature,
  signatureOf,
} from "./signature.ts";

/** What to differentiate. */
export interface GradientRequest {
  readonly functionName: string;
  /** Result index; null for the one with role `loss`. */
  readonly loss: number | null;
  /** Names or indices of arguments; null for the default of what is emitted. */
  readonly wrt: readonly string[] | null;
  readonly dataArgs: number | null;
  readonly ties: Ties;
}

/** What was emitted, for reports and notes. */
export interface Emitted {
  readonly functions: readonly Operation[];
  readonly signature: Signature;
  readonly loss: Port;
  readonly wrt: readonly Port[];
  readonly rulesUsed: ReadonlyMap<string, number>;
  /** Sentences for the user: assumptions, arguments that do not matter. */
  readonly notes: readonly string[];
}

/** A function found, its loss and arguments chosen, a copy of it prepared. */
export interface Target {
  readonly signature: Signature;
  readonly loss: Port;
  readonly wrt: readonly Port[];
  readonly forward: Operation;
  readonly notes: string[];
}

/** Finds what a request asks for and hands it to `use`; null after errors. */
export function withTarget<T>(
  module: Operation,
  request: GradientRequest,
  how: {
    readonly lossShape: "scalar" | "any shape";
    readonly defaultWrt: (args: readonly Port[]) => readonly Port[];
  },
  engine: DiagnosticEngine,
  use: (target: Target) => T | null,
): T | null {
  const fn = findTarget(module, request.functionName, engine);
  if (fn === null) return null;
  const signature = signatureOf(fn, request, engine);
  if (signature === null) return null;
  if (!requireStatic(signature, engine) || !requireTensors(signature, engine)) return null;
  const loss = chooseLoss(signature, request.loss, how.lossShape, engine);
  const wrt = chooseWrt(signature, request.wrt, how.defaultWrt(signature.args), engine);
  if (loss === null || wrt === null) return null;
  const prepared = prepareForward(module, fn, engine);
  if (prepared === null) return null;
  const notes = [...signature.assumptions];
  if (loss.assumption !== null) notes.push(loss.assumption);
  try {
    return use({ signature, loss: loss.port, wrt, forward: prepared.forward, notes });
  } finally {
    prepared.release();
  }
}

/** A note about arguments that the loss does not depend on. */
export function unusedNote(wrt: readonly Port[], gradients: readonly (Value | null)[]): string[] {
  const names = wrt.filter((_, i) => gradients[i] === null).map(({ name }) => name);
  if (names.length === 0) return [];
  const [verb, noun] =
    names.length === 1 ? ["does", "its gradient is"] : ["do", "their gradients are"];
  return [`${listed(names)} ${verb} not affect the loss; ${noun} zero`];
}

/**
 * Puts a function after another one. A declaration of its name and type is the place that the user left for it and goes away;
 * any other function of that name keeps it, and the new one gets another.
 */
export function placeFunction(module: Operation, fn: Operation, after: Operation): void {
  const wanted = functionName(fn);
  const known = findFunction(module, wanted);
  if (known !== null && isDeclaration(known) && functionTypeOf(known) === functionTypeOf(fn))
    known.erase();
  fn.properties.set("sym_name", stringAttr(freshName(module, wanted)));
  module.region().entry.insertBefore(fn, after.next);
}

/** Ends a function with its results and cleans it up. */
export function finishFunction(fn: Operation, builder: Builder, results: readonly Value[]): void {
  builder.create(func.return, { operands: results }, {}, { resultTypes: [], loc: fn.loc });
  cleanUp(fn);
}

export const parameterOf = ({ type, attrs }: Port): Parameter => ({ type, attrs });

/** Name and role of a gradient result. */
export const gradientOf = ({ name, type }: Port): Parameter => ({
  type,
  attrs: named(`${name}/grad`, "aux"),
});

/** Parameters and further ones, whose names do not repeat a name: the gradient of a gradient has several of the same kind. */
function withFurther(known: readonly Parameter[], further: readonly Parameter[]): Parameter[] {
  const all = [...known];
  const nameOf = ({ attrs }: Parameter): string | null => stringOf(attrs, PCP_NAME);
  const taken = new Set(known.map(nameOf));
  for (const { type, attrs } of further) {
    const name = unusedName(taken, nameOf({ type, attrs }) ?? "");
    taken.add(name);
    all.push({ type, attrs: new Map([...attrs, [PCP_NAME, stringAttr(name)]]) });
  }
  return all;
}

/** Gradients with zeros in place of those that are missing. */
function filled(builder: Builder, wrt: readonly Port[], output: GradientOutput): Value[] {
  const b = new Emitter(builder);
  return output.gradients.map((gradient, i) => gradient ?? b.zeros(at(wrt, i).type));
}

/** Whether an argument could have a gradient; a complex one has, but no rule gives it, which is an error and not zeros. */
const hasGradient = ({ type }: Port): boolean =>
  isFloat(type) || elementOf(type).kind === "complex";

/** Adds `@<f>_grad(args..., cotangent) -> one gradient per argument`, zeros for integer ones. */
export function emitGrad(
  module: Operation,
  request: GradientRequest,
  engine: DiagnosticEngine,
): Emitted | null {
  const how = { lossShape: "any shape", defaultWrt: (args: readonly Port[]) => args } as const;
  return withTarget(module, request, how, engine, ({ signature, loss, wrt, forward, notes }) => {
    const cotangent: Parameter = {
      type: loss.type,
      attrs: named(`${loss.name}/cotangent`, "data"),
    };
    const { fn, args, builder } = createFunction(
      `${signature.name}_grad`,
      withFurther(signature.args.map(parameterOf), [cotangent]),
      withFurther([], wrt.map(gradientOf)),
      { loc: derivedLoc(VJP, signature.fn.loc) },
    );
    const floats = wrt.filter(hasGradient);
    const output = buildGradient(
      {
        forward,
        builder,
        args: args.slice(0, -1),
        wrt: floats.map(({ index }) => index),
        loss: loss.index,
        seed: at(args, args.length - 1),
        ties: request.ties,
      },
      engine,
    );
    if (output === null) return null;
    const gradients = new Map(filled(builder, floats, output).map((g, i) => [floats[i], g]));
    const b = new Emitter(builder);
    const results = wrt.map((port) => gradients.get(port) ?? b.zeros(port.type));
    placeFunction(module, fn, signature.fn);
    finishFunction(fn, builder, results);
    notes.push(...unusedNote(floats, output.gradients));
    return { functions: [fn], signature, loss, wrt, rulesUsed: output.rulesUsed, notes };
  });
}

/** Parameters, or every float argument that is not data where nothing is called a parameter. */
export function trainable(args: readonly Port[]): readonly Port[] {
  const able = args.filter(hasGradient);
  const params = able.filter(({ role }) => role === "param");
  return params.length > 0 ? params : able.filter(({ role }) => role !== "data");
}

/** Replaces the module's public functions by `@<f>_value_and_grad(args...) -> (results..., gradients...)`. */
export function emitValueAndGrad(
  module: Operation,
  request: GradientRequest,
  engine: DiagnosticEngine,
): Emitted | null {
  const how = { lossShape: "scalar", defaultWrt: trainable } as const;
  const emitted = withTarget(module, request, how, engine, (target) =>
    buildValueAndGrad(module, target, request.ties, engine),
  );
  if (emitted === null) return null;
  const [fn] = emitted.functions;
  for (const other of functionsOf(module))
    if (other !== fn) other.properties.set("sym_visibility", stringAttr("private"));
  runSymbolDce(module);
  return emitted;
}

function buildValueAndGrad(
  module: Operation,
  { signature, loss, wrt, forward, notes }: Target,
  ties: Ties,
  engine: DiagnosticEngine,
): Emitted | null {
  const { fn, args, builder } = createFunction(
    `${signature.name}_value_and_grad`,
    signature.args.map(parameterOf),
    withFurther(signature.results.map(parameterOf), wrt.map(gradientOf)),
    { loc: derivedLoc(VJP, signature.fn.loc) },
  );
  const output = buildGradient(
    {
      forward,
      builder,
      args,
      wrt: wrt.map(({ index }) => index),
      loss: loss.index,
      seed: null,
      ties,
    },
    engine,
  );
  if (output === null) return null;
  placeFunction(module, fn, signature.fn);
  finishFunction(fn, builder, [...output.results, ...filled(builder, wrt, output)]);
  notes.push(...unusedNote(wrt, output.gradients));
  return { functions: [fn], signature, loss, wrt, rulesUsed: output.rulesUsed, notes };
}

/** Reports every operation that `--emit=value-and-grad` would refuse; true where there is none. The module stays as it is. */
export function checkDifferentiable(
  module: Operation,
  request: GradientRequest,
  engine: DiagnosticEngine,
): boolean {
  const how = { lossShape: "scalar", defaultWrt: trainable } as const;
  const found = withTarget(module, request, how, engine, ({ forward, wrt, loss }) => {
    const { entry } = forward.region();
    const target = at(entry.last?.operands ?? [], loss.index);
    const sources = wrt.map(({ index }) => at(entry.args, index));
    const { refusals } = analyseActivity(entry, sources, [target]);
    reportRefusals(engine, refusals);
    return refusals.length === 0;
  });
  return found === true;
}
