/** @file Training functions: `@train_step`, `@init_state`, and the pair that accumulates gradients over several batches. */
import { once } from "#lib/autodiff/combinators.ts";
import {
  type Emitted,
  finishFunction,
  type GradientRequest,
  parameterOf,
  type Target,
  trainable,
  unusedNote,
  withTarget,
} from "#lib/autodiff/emit.ts";
import { Emitter } from "#lib/autodiff/emitter.ts";
import { buildGradient } from "#lib/autodiff/gradient.ts";
import { isStopGradient } from "#lib/autodiff/rule.ts";
import { listed, type Port } from "#lib/autodiff/signature.ts";
import type { DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import { derivedLoc } from "#lib/diag/loc.ts";
import {
  createFunction,
  findFunction,
  named,
  type Parameter,
  PCP_FORMAT,
} from "#lib/dialects/func/functions.ts";
import { integerAttr } from "#lib/ir/attributes.ts";
import type { Builder } from "#lib/ir/builder.ts";
import type { Operation, Value } from "#lib/ir/graph.ts";
import { elementOf, floatType, integerType, tensorType } from "#lib/ir/types.ts";
import { at } from "#lib/support/shape.ts";
import { type Leaf, mathElement, type SlotValues, stateType, type Transform } from "./base.ts";
import { globalNorm } from "./norm.ts";

/** Metadata of the locations of optimizer code. */
export const OPTIMIZER = "optimizer";

export interface TrainRequest extends GradientRequest {
  readonly optimizer: Transform;
  /** Whether weight decay applies to a parameter. */
  readonly decays: (param: Port) => boolean;
  /** Whether to emit `@grad_step`, `@apply_step` and `@init_acc` as well. */
  readonly accumulate: boolean;
}

const I32 = tensorType([], integerType(32));
const F32 = tensorType([], floatType("f32"));

const STEP: Parameter = { type: I32, attrs: named("step", "step") };
const LR: Parameter = { type: F32, attrs: named("lr", "lr") };
const GRAD_NORM: Parameter = { type: F32, attrs: named("grad_norm", "aux") };
const COUNT: Parameter = { type: I32, attrs: named("count", "aux") };

/** Groups of arguments and results by what they are to training. */
interface Layout {
  readonly params: readonly Port[];
  /** Buffers that the forward updates, each with the result that updates it, and those that it does not. */
  readonly buffers: readonly { readonly port: Port; readonly update: Port | null }[];
  readonly frozen: readonly Port[];
  readonly data: readonly Port[];
  readonly aux: readonly Port[];
  /** One per parameter and slot, slot by slot. */
  readonly state: readonly {
    readonly param: number;
    readonly slot: string;
    readonly port: Parameter;
  }[];
  readonly acc: readonly Parameter[];
}

function layoutOf({ signature, wrt, loss }: Target, optimizer: Transform): Layout {
  const isTrained = (port: Port): boolean => wrt.includes(port);
  const rest = signature.args.filter((port) => !isTrained(port));
  const updates = signature.results.filter(({ role }) => role === "buffer");
  const buffers = rest
    .filter(({ role }) => role === "buffer")
    .map((port) => ({ port, update: updates.find(({ name }) => name === port.name) ?? null }));
  const kept = new Set([loss, ...buffers.map(({ update }) => update)]);
  return {
    params: wrt,
    buffers,
    frozen: rest.filter(({ role }) => role !== "buffer" && role !== "data"),
    data: rest.filter(({ role }) => role === "data"),
    aux: signature.results.filter((port) => !kept.has(port)),
    state: optimizer.slots.flatMap((slot) =>
      wrt.map(({ name, type }, param) => ({
        param,
        slot,
        port: { type: stateType(type), attrs: named(`${name}/${slot}`, "state") },
      })),
    ),
    acc: wrt.map(({ name, type }) => ({
      type: stateType(type),
      attrs: named(`${name}/acc`, "state"),
    })),
  };
}

/** Takes arguments of a function group by group. */
class ArgumentReader {
  private readonly args: readonly Value[];
  private next = 0;

  constructor(args: readonly Value[]) {
    this.args = args;
  }

  take(count: number): Value[] {
    this.next += count;
    return this.args.slice(this.next - count, this.next);
  }

  one(): Value {
    return at(this.take(1), 0);
  }
}

/** The forward's arguments in its own order, from values by port. */
const inForwardOrder = (target: Target, values: ReadonlyMap<Port, Value>): Value[] =>
  target.signature.args.map((port) => values.get(port) as Value);

const portMap = (
  ...groups: readonly (readonly [readonly Port[], readonly Value[]])[]
): Map<Port, Value> =>
  new Map(groups.flatMap(([ports, values]) => ports.map((port, i) => [port, at(values, i)])));

/** A function under construction. */
interface Draft {
  readonly name: string;
  readonly inputs: readonly Parameter[];
  readonly results: readonly Parameter[];
}

class TrainEmitter {
  readonly functions: Operation[] = [];
  readonly rulesUsed = new Map<string, number>();
  private readonly module: Operation;
  private readonly target: Target;
  private readonly request: TrainRequest;
  private readonly engine: DiagnosticEngine;
  private readonly layout: Layout;

  constructor(module: Operation, target: Target, request: TrainRequest, engine: DiagnosticEngine) {
    this.module = module;
    this.target = target;
    this.request = request;
    this.engine = engine;
    this.layout = layoutOf(target, request.optimizer);
  }

  run(): boolean {
    const { functions } = this;
    const names = ["train_step", "init_state"];
    if (this.request.accumulate) names.push("grad_step", "apply_step", "init_acc");
    const taken = names.filter((name) => findFunction(this.module, name) !== null);
    if (taken.length > 0) {
      const fn = findFunction(this.module, at(taken, 0));
      this.engine.error(
        fn?.loc ?? this.module.loc,
        `the module has ${taken.length === 1 ? "a function" : "functions"} ${listed(taken)} already; start from a forward module`,
      );
      return false;
    }
    if (!this.buffersMatch() || !this.trainStep()) return false;
    this.initial(
      "init_state",
      this.layout.state.map(({ port }) => port),
    );
    if (this.request.accumulate) {
      if (!this.gradStep()) return false;
      this.applyStep();
      this.initial("init_acc", this.layout.acc);
    }
    const after = this.target.signature.fn.next;
    for (const fn of functions) this.module.region().entry.insertBefore(fn, after);
    return true;
  }

  /** An error for a buffer that comes back with another type than it went in with. */
  private buffersMatch(): boolean {
    const wrong = this.layout.buffers.find(
      ({ port, update }) => update !== null && update.type !== port.type,
    );
    if (wrong === undefined) return true;
    const { port, update } = wrong;
    this.engine.error(
      this.target.signature.fn.loc,
      `buffer '${port.name}' is ${port.type.text}, but its update is ${update?.type.text}`,
    );
    return false;
  }

  private emit(
    draft: Draft,
    build: (b: Emitter, args: readonly Value[]) => readonly Value[] | null,
  ): boolean {
    const { fn, args, builder } = createFunction(draft.name, draft.inputs, draft.results, {
      loc: derivedLoc(OPTIMIZER, this.target.signature.fn.loc),
    });
    const results = build(new Emitter(builder), args);
    if (results === null) return false;
    finishFunction(fn, builder, results);
    dropStopGradients(fn);
    this.functions.push(fn);
    return true;
  }

  /** Forward and gradients; parameters without a gradient get zeros. */
  private differentiate(builder: Builder, values: ReadonlyMap<Port, Value>) {
    const { target, request, engine } = this;
    const output = buildGradient(
      {
        forward: target.forward,
        builder,
        args: inForwardOrder(target, values),
        wrt: this.layout.params.map(({ index }) => index),
        loss: target.loss.index,
        seed: null,
        ties: request.ties,
      },
      engine,
    );
    if (output === null) return null;
    if (this.rulesUsed.size === 0) {
      for (const [name, count] of output.rulesUsed) this.rulesUsed.set(name, count);
      target.notes.push(...unusedNote(this.layout.params, output.gradients));
    }
    const b = new Emitter(builder);
    b.loc = derivedLoc(OPTIMIZER, target.signature.fn.loc);
    const gradients = output.gradients.map((gradient, i) => {
      const { type } = at(this.layout.params, i);
      return gradient === null
        ? b.splat(stateType(type), 0)
        : b.convert(gradient, mathElement(type));
    });
    const resultOf = (port: Port): Value => at(output.results, port.index);
    return { gradients, resultOf };
  }

  /** New parameters, new state and the norm of the gradients. */
  private optimize(
    b: Emitter,
    params: readonly Value[],
    state: readonly Value[],
    gradients: readonly Value[],
    step: Value,
    lr: Value,
  ): {
    readonly params: Value[];
    readonly state: Value[];
    readonly next: Value;
    readonly norm: Value;
  } {
    const { layout, request } = this;
    b.loc = derivedLoc(OPTIMIZER, this.target.signature.fn.loc);
    const next = b.add(step, b.splatLike(step, 1));
    const norm = globalNorm(b, gradients);
    const leaves = layout.params.map(
      (port, i): Leaf => ({
        name: port.name,
        param: b.convert(at(params, i), mathElement(port.type)),
        decays: request.decays(port),
      }),
    );
    const slots = layout.params.map(
      (_, param): SlotValues =>
        new Map(
          layout.state.flatMap((entry, i) =>
            entry.param === param ? [[entry.slot, at(state, i)] as const] : [],
          ),
        ),
    );
    const context = { b, lr, count: b.convert(next, floatType("f32")), gradNorm: norm };
    const result = request.optimizer.update(context, gradients, slots, leaves);
    return {
      next,
      norm,
      params: result.updates.map((update, i) => {
        const sum = b.add(at(leaves, i).param, update);
        return b.convert(sum, elementOf(at(layout.params, i).type));
      }),
      state: layout.state.map(
        ({ param, slot }, i) => result.state[param]?.get(slot) ?? at(state, i),
      ),
    };
  }

  private trainStep(): boolean {
    const { params, buffers, frozen, data, state, aux } = this.layout;
    const ports = (list: readonly Port[]): Parameter[] => list.map(parameterOf);
    const bufferPorts = buffers.map(({ port }) => port);
    const kept = [...ports(params), ...state.map(({ port }) => port), ...ports(bufferPorts)];
    const { loss } = this.target;
    const draft: Draft = {
      name: "train_step",
      inputs: [...kept, ...frozen.map(frozenPort), STEP, LR, ...ports(data)],
      results: [...kept, STEP, lossPort(loss), GRAD_NORM, ...ports(aux)],
    };
    return this.emit(draft, (b, args) => {
      const reader = new ArgumentReader(args);
      const paramArgs = reader.take(params.length);
      const stateArgs = reader.take(state.length);
      const bufferArgs = reader.take(buffers.length);
      const frozenArgs = reader.take(frozen.length);
      const [step, lr] = [reader.one(), reader.one()];
      const values = portMap(
        [params, paramArgs],
        [bufferPorts, bufferArgs],
        [frozen, frozenArgs],
        [data, reader.take(data.length)],
      );
      const output = this.differentiate(b.builder, values);
      if (output === null) return null;
      const next = this.optimize(b, paramArgs, stateArgs, output.gradients, step, lr);
      return [
        ...next.params,
        ...next.state,
        ...this.updatedBuffers(bufferArgs, output.resultOf),
        next.next,
        output.resultOf(loss),
        next.norm,
        ...aux.map(output.resultOf),
      ];
    });
  }

  private updatedBuffers(current: readonly Value[], resultOf: (port: Port) => Value): Value[] {
    return this.layout.buffers.map(({ update }, i) =>
      update === null ? at(current, i) : resultOf(update),
    );
  }

  /** `@grad_step(params, acc, buffers, frozen, data) -> (acc, buffers, loss)`: adds the gradients of one batch. */
  private gradStep(): boolean {
    const { params, acc, buffers, frozen, data } = this.layout;
    const ports = (list: readonly Port[]): Parameter[] => list.map(parameterOf);
    const bufferPorts = buffers.map(({ port }) => port);
    const { loss } = this.target;
    const draft: Draft = {
      name: "grad_step",
      inputs: [
        ...ports(params),
        ...acc,
        ...ports(bufferPorts),
        ...frozen.map(frozenPort),
        ...ports(data),
      ],
      results: [...acc, ...ports(bufferPorts), lossPort(loss)],
    };
    return this.emit(draft, (b, args) => {
      const reader = new ArgumentReader(args);
      const paramArgs = reader.take(params.length);
      const accArgs = reader.take(acc.length);
      const bufferArgs = reader.take(buffers.length);
      const values = portMap(
        [params, paramArgs],
        [bufferPorts, bufferArgs],
        [frozen, reader.take(frozen.length)],
        [data, reader.take(data.length)],
      );
      const output = this.differentiate(b.builder, values);
      if (output === null) return null;
      b.loc = derivedLoc(OPTIMIZER, this.target.signature.fn.loc);
      const sums = accArgs.map((sum, i) => b.add(sum, at(output.gradients, i)));
      return [...sums, ...this.updatedBuffers(bufferArgs, output.resultOf), output.resultOf(loss)];
    });
  }

  /** `@apply_step(params, state, acc, count, step, lr) -> (params, state, step, grad_norm)`: one update by the mean of `count` batches. */
  private applyStep(): void {
    const { params, state, acc } = this.layout;
    const kept = [...params.map(parameterOf), ...state.map(({ port }) => port)];
    const draft: Draft = {
      name: "apply_step",
      inputs: [...kept, ...acc, COUNT, STEP, LR],
      results: [...kept, STEP, GRAD_NORM],
    };
    this.emit(draft, (b, args) => {
      const reader = new ArgumentReader(args);
      const paramArgs = reader.take(params.length);
      const stateArgs = reader.take(state.length);
      const sums = reader.take(acc.length);
      const [count, step, lr] = [reader.one(), reader.one(), reader.one()];
      b.loc = derivedLoc(OPTIMIZER, this.target.signature.fn.loc);
      const inverse = once(() => b.divide(b.scalar("f32", 1), b.convert(count, floatType("f32"))));
      const gradients = sums.map((sum) =>
        b.multiply(sum, b.expandTo(b.convert(inverse(), elementOf(sum.type)), sum)),
      );
      const next = this.optimize(b, paramArgs, stateArgs, gradients, step, lr);
      return [...next.params, ...next.state, next.next, next.norm];
    });
  }

  /** A function without arguments that returns zeros. */
  private initial(name: string, results: readonly Parameter[]): void {
    this.emit({ name, inputs: [], results }, (b) => results.map(({ type }) => b.splat(type, 0)));
  }
}

/** Takes out the marks that gradients have been built past: as barriers they would only keep a compiler from fusing. */
function dropStopGradients(fn: Operation): void {
  for (const op of fn.region().entry.ops) {
    if (!isStopGradient(op)) continue;
    op.results.forEach((result, i) => {
      result.replaceAllUsesWith(op.operand(i));
    });
    op.erase();
  }
}

/** An argument that is not trained, whatever its role in the forward. */
const frozenPort = ({ name, type, attrs }: Port): Parameter => ({
  type,
  attrs: new Map([...attrs, ...named(name, "frozen")]),
});

const lossPort = (loss: Port): Parameter => ({
  type: loss.type,
  attrs: new Map([...loss.attrs, ...named(loss.name, "loss")]),
});

/** Adds the training functions of a forward function to its module; all other functions stay as they are. */
export function emitTrain(
  module: Operation,
  request: TrainRequest,
  engine: DiagnosticEngine,
): Emitted | null {
  const how = { lossShape: "scalar", defaultWrt: trainable } as const;
  return withTarget(module, request, how, engine, (target) => {
    const emitter = new TrainEmitter(module, target, request, engine);
    if (target.wrt.length === 0) {
      engine.error(
        target.signature.fn.loc,
        `function '${target.signature.name}' has no parameters to train; choose arguments with --wrt`,
      );
      return null;
    }
    if (!emitter.run()) return null;
    if (!module.attributes.has(PCP_FORMAT)) module.attributes.set(PCP_FORMAT, integerAttr(1));
    const { functions, rulesUsed } = emitter;
    const { signature, loss, wrt, notes } = target;
    return { functions, signature, loss, wrt, rulesUsed, notes };
  });
}
