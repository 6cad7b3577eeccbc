/** @file Builds operations at an insertion point, checked by the op record's types and typed by its inference. */
import { type Loc, UNKNOWN_LOC } from "#lib/diag/loc.ts";
import { invariant } from "#lib/support/assert.ts";
import type { Attribute } from "./attributes.ts";
import { type Block, Operation, type Region, type Value } from "./graph.ts";
import {
  type AnyOpDef,
  type AttrInputsOf,
  type AttrSpec,
  type AttrSpecs,
  decodeAttrs,
  type InferenceInput,
  type OperandInputsOf,
  type OperandSpecs,
  splitGroups,
} from "./op-def.ts";
import type { Type } from "./types.ts";

/** Parts of an op that its operands and attributes do not give. */
export interface CreateOptions {
  /** Needed where the record cannot infer them. */
  readonly resultTypes?: readonly Type[];
  readonly regions?: readonly Region[];
  /** Discardable attributes. */
  readonly attributes?: ReadonlyMap<string, Attribute>;
  readonly loc?: Loc;
}

/** Encodes attribute values by the record's specs; null and undefined mean absent. */
export function encodeAttrs(
  specs: AttrSpecs,
  values: { readonly [name: string]: unknown },
): Map<string, Attribute> {
  const properties = new Map<string, Attribute>();
  for (const name of Object.keys(specs)) {
    const value = values[name];
    if (value === undefined || value === null) continue;
    properties.set(name, (specs[name] as AttrSpec).encode(value));
  }
  return properties;
}

/** Result types that a record infers; a message where a constraint does not hold. */
export function inferResultTypes(
  def: AnyOpDef,
  operandTypes: readonly Type[],
  properties: ReadonlyMap<string, Attribute>,
  regions: readonly Region[],
): readonly Type[] | string {
  if (def.infer === null) return `result types of '${def.name}' cannot be inferred`;
  const operands = splitGroups(def.operands as OperandSpecs, operandTypes);
  if (operands === null) return "wrong number of operands";
  const attrs = decodeAttrs(def.attrs as AttrSpecs, properties);
  if ("wrong" in attrs) return `attribute '${attrs.wrong}' is missing or has a wrong form`;
  const input = { operands, attrs: attrs.values, regions } as unknown as InferenceInput<
    OperandSpecs,
    AttrSpecs
  >;
  return (
    def.infer as (input: InferenceInput<OperandSpecs, AttrSpecs>) => readonly Type[] | string
  )(input);
}

/** Creates operations before an anchor, or at the end of a block. */
export class Builder {
  block: Block;
  /** Operations go before this one; null appends. */
  anchor: Operation | null;
  /** Location of what is built next. */
  loc: Loc;

  constructor(block: Block, anchor: Operation | null = null, loc: Loc = UNKNOWN_LOC) {
    this.block = block;
    this.anchor = anchor;
    this.loc = loc;
  }

  static before(op: Operation): Builder {
    invariant(op.parent !== null, "building before an operation that is in no block");
    return new Builder(op.parent, op, op.loc);
  }

  static atEnd(block: Block, loc: Loc = UNKNOWN_LOC): Builder {
    return new Builder(block, null, loc);
  }

  insert(op: Operation): Operation {
    this.block.insertBefore(op, this.anchor);
    return op;
  }

  /** Creates an op from named operands and attribute values and inserts it. */
  create<D extends AnyOpDef>(
    def: D,
    operands: OperandInputsOf<D>,
    attrs: AttrInputsOf<D["attrs"]>,
    options: CreateOptions = {},
  ): Operation {
    const flat: Value[] = [];
    const named = operands as unknown as { readonly [name: string]: Value | readonly Value[] };
    for (const name of Object.keys(def.operands as OperandSpecs)) {
      const group = named[name];
      invariant(group !== undefined, `'${def.name}' needs operand ${name}`);
      if (Array.isArray(group)) flat.push(...(group as readonly Value[]));
      else flat.push(group as Value);
    }
    const properties = encodeAttrs(
      def.attrs as AttrSpecs,
      attrs as { readonly [name: string]: unknown },
    );
    const regions = options.regions ?? [];
    let resultTypes = options.resultTypes;
    if (resultTypes === undefined) {
      const inferred = inferResultTypes(
        def,
        flat.map(({ type }) => type),
        properties,
        regions,
      );
      invariant(
        typeof inferred !== "string",
        `'${def.name}' on (${flat.map(({ type }) => type.text).join(", ")}): ${inferred as string}`,
      );
      resultTypes = inferred;
    }
    return this.insert(
      new Operation({
        name: def.name,
        def,
        operands: flat,
        resultTypes,
        properties,
        ...(options.attributes === undefined ? {} : { attributes: options.attributes }),
        regions,
        loc: options.loc ?? this.loc,
      }),
    );
  }
}
