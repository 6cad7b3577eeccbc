/** @file Conditions on the regions of reductions, scatters, sorts and loops. */
import type { Block, Operation } from "#lib/ir/graph.ts";
import { type Type, tensorType } from "#lib/ir/types.ts";
import { compatible } from "../type-constraints.ts";
import { ranked } from "./rules.ts";

/** The only block of a region of a verified op, or null. */
export const bodyOf = (op: Operation, region = 0): Block | null =>
  op.regions[region]?.blocks[0] ?? null;

/** Types of the block's arguments. */
export const argTypes = (block: Block): Type[] => block.args.map(({ type }) => type);

/** Types of what the block's terminator returns. */
export const returnTypes = (block: Block): Type[] =>
  block.last?.operands.map(({ type }) => type) ?? [];

/** Whether two lists of types agree one by one, unknown sizes aside. */
export const typesAgree = (a: readonly Type[], b: readonly Type[]): boolean =>
  a.length === b.length && a.every((type, i) => compatible(type, b[i] as Type));

/** Whether a computation on elements of `from` may run in `to`: the same kind, integers and complex not narrower. */
function isPromotable(from: Type, to: Type): boolean {
  if (from === to) return true;
  if (from.kind === "float" && to.kind === "float") return true;
  if (from.kind === "integer" && to.kind === "integer") return from.width <= to.width;
  if (from.kind === "complex" && to.kind === "complex")
    return to.element.text === "f64" || from.element.text === "f32";
  return from.text.startsWith("!quant.") || to.text.startsWith("!quant.");
}

const scalarOf = (type: Type): Type => tensorType([], ranked(type).element);

/** What is wrong with the number of a reducer's arguments and results. */
function reducerCounts(body: Block, count: number): string | null {
  if (body.args.length !== 2 * count)
    return `Reduction-region must take ${2 * count} parameters, but takes ${body.args.length} parameter(s)`;
  if (body.last === null) return "The reduction-region expected to have a terminator";
  const results = returnTypes(body);
  if (results.length === 0) return "The reduction-region expected to return some value(s)";
  if (results.length !== count)
    return `Reduction-region here must produce ${count} tensors, but produces ${results.length} instead`;
  const other = results.find((type) => type.kind !== "tensor");
  return other === undefined
    ? null
    : `Reduction-region here must produce tensor-typed result(s), but produces '${other.text}' instead`;
}

/** What is wrong with the reducer's types at one input. */
function reducerTypes(body: Block, index: number, input: Type, init: Type): string | null {
  const count = body.args.length / 2;
  const result = returnTypes(body)[index] as Type;
  for (const position of [index, count + index]) {
    const arg = argTypes(body)[position] as Type;
    if (!compatible(arg, result))
      return `The type of reduction-region's parameter at index ${position} is different than the corresponding result type: '${arg.text}' vs '${result.text}'`;
  }
  if (ranked(result).shape.length !== 0 || ranked(init).shape.length !== 0)
    return `The shape of reduction-region's result type at index ${index} differs from the op's corresponding init-value type: '${result.text}' vs '${init.text}'`;
  const element = ranked(result).element;
  if (!isPromotable(ranked(init).element, element))
    return `The element-type of reduction-region's result type at index ${index} is expected to be promotable from the op's corresponding init-value element-type: '${result.text}' vs '${init.text}'`;
  return isPromotable(ranked(input).element, element)
    ? null
    : `The element-type of reduction-region's argument at index ${count + index} is expected to be promotable from '${ranked(input).element.text}', but got '${element.text}'`;
}

/** The body takes two scalars per input and returns one, in a type that the elements can be promoted to. */
export function reducerMismatch(
  op: Operation,
  inputs: readonly Type[],
  inits: readonly Type[],
): string | null {
  const body = bodyOf(op);
  if (body === null) return null;
  const counts = reducerCounts(body, inputs.length);
  if (counts !== null) return counts;
  for (const [index, input] of inputs.entries()) {
    const wrong = reducerTypes(body, index, input, inits[index] as Type);
    if (wrong !== null) return wrong;
  }
  return null;
}

/** A comparator takes two scalars per input and returns one boolean. */
export function comparatorMismatch(op: Operation, inputs: readonly Type[]): string | null {
  const body = bodyOf(op);
  if (body === null) return null;
  if (body.args.length !== 2 * inputs.length)
    return `comparator block should have ${2 * inputs.length} arguments`;
  for (const [index, arg] of body.args.entries()) {
    const wanted = scalarOf(inputs[index >> 1] as Type);
    if (!compatible(arg.type, wanted))
      return `comparator block argument #${index} should be of type '${wanted.text}' but got '${arg.type.text}'`;
  }
  const results = returnTypes(body);
  if (results.length !== 1) return `comparator must return single output but got ${results.length}`;
  const [result] = results as [Type];
  return result.text === "tensor<i1>"
    ? null
    : `comparator must return tensor<i1> but got '${result.text}'`;
}
