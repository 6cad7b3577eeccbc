/** @file Kernels of control flow, barriers, and calls to what is outside or composed. */
import type { ControlOpName } from "#lib/dialects/stablehlo/ops.ts";
import type { Operation } from "#lib/ir/graph.ts";
import { at } from "#lib/support/shape.ts";
import { didYouMean } from "#lib/support/text.ts";
import {
  type Body,
  type Buffer,
  type Frame,
  type KernelTable,
  type Plan,
  type PlanContext,
  Unsupported,
} from "../plan.ts";

/** Calls that stand for their operands and matter to compilers only. */
const IDENTITY_CALLS = ["Sharding", "LayoutConstraint"];

/** Runs one branch, chosen by the operand. */
function branch(
  op: Operation,
  context: PlanContext,
  choose: (selector: number, branches: number) => number,
): Plan {
  const bodies = op.regions.map((region) => context.body(region.entry));
  return {
    kind: "control",
    run: (inputs, frame) => {
      const selector = inputs[0] as Buffer;
      const chosen = choose(Number(selector.data[0]), bodies.length);
      frame.machine.release(selector);
      return (bodies[chosen] as Body).run(frame, []);
    },
  };
}

/** Runs the body while the condition holds on the carried values. */
function loop(condition: Body, body: Body): Plan {
  const holds = (carried: readonly Buffer[], frame: Frame): boolean => {
    const [result] = condition.run(
      frame,
      carried.map((buffer) => frame.machine.retain(buffer)),
    );
    const { data } = result as Buffer;
    const truth = data[0] !== 0;
    frame.machine.release(result as Buffer);
    return truth;
  };
  return {
    kind: "control",
    run: (inputs, frame) => {
      let carried = inputs;
      while (holds(carried, frame)) carried = body.run(frame, carried);
      return carried;
    },
  };
}

/** Runs a function of the module. */
export function callPlan(name: string, op: Operation, context: PlanContext): Plan | Unsupported {
  const problem = context.callProblem(name);
  if (problem !== null) return new Unsupported(problem);
  return {
    kind: "control",
    run: (inputs, frame) => frame.machine.call(name, inputs, op),
  };
}

export const controlKernels: KernelTable<ControlOpName> = {
  if: ({ op }, context) => branch(op, context, (pred) => (pred === 0 ? 1 : 0)),
  // An index out of range takes the last branch.
  case: ({ op }, context) =>
    op.regions.length === 0
      ? new Unsupported("has no branches")
      : branch(op, context, (index, count) => (index >= 0 && index < count ? index : count - 1)),
  while: ({ op }, context) =>
    loop(context.body(op.region(0).entry), context.body(op.region(1).entry)),
  return: () => new Unsupported("stands outside a region"),
  optimization_barrier: () => ({ kind: "alias" }),
  custom_call: ({ attrs: { call_target_name: name }, operands, results }) => {
    const same =
      operands.inputs.length === results.results.length &&
      operands.inputs.every((input, i) => input.type === at(results.results, i).type);
    if (IDENTITY_CALLS.includes(name) && same) return { kind: "alias" };
    return new Unsupported(
      `calls '${name}', which the interpreter does not know${didYouMean(name, IDENTITY_CALLS)}`,
    );
  },
  composite: ({ op, attrs }, context) => callPlan(attrs.decomposition, op, context),
};
