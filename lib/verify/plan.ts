/** @file What the verifier asks of the ops of one record, laid out once: a module has many ops and few records. */
import type {
  AnyOpDef,
  AttrSpec,
  AttrSpecs,
  Inferred,
  OperandSpecs,
  RegionSpec,
  ResultSpecs,
  Trait,
  TypeConstraint,
} from "#lib/ir/op-def.ts";
import { type TraitVerifier, traitVerifiers } from "./traits.ts";

/** Operand or result groups in order. */
export interface GroupPlan {
  readonly groups: readonly {
    readonly name: string;
    readonly type: TypeConstraint;
    readonly variadic: boolean;
  }[];
  /** How many of them take any number. */
  readonly variadic: number;
}

export interface OpPlan {
  readonly operands: GroupPlan;
  readonly results: GroupPlan;
  readonly attrs: readonly { readonly name: string; readonly spec: AttrSpec }[];
  readonly regions: readonly { readonly name: string; readonly blocks: RegionSpec["blocks"] }[];
  readonly isTerminator: boolean;
  readonly needsTerminators: boolean;
  /** Traits that look at structure only, and so come before the constraints. */
  readonly structuralTraits: readonly TraitVerifier[];
  readonly otherTraits: readonly TraitVerifier[];
  readonly infer: ((input: unknown) => Inferred) | null;
  readonly constraints: readonly {
    /** What follows the message: the specification's label, or nothing. */
    readonly suffix: string;
    readonly check: (input: unknown) => string | null;
  }[];
}

const STRUCTURAL: ReadonlySet<Trait> = new Set<Trait>([
  "terminator",
  "singleBlock",
  "symbol",
  "symbolTable",
]);

/** Traits that a record's inference and constraints cover already, with labels. */
const COVERED: ReadonlySet<Trait> = new Set<Trait>([
  "elementwise",
  "sameOperandsAndResultType",
  "sameOperandsAndResultElementType",
]);

const groupPlan = (specs: OperandSpecs | ResultSpecs): GroupPlan => {
  const groups = Object.entries(specs).map(([name, { type, variadic }]) => ({
    name,
    type,
    variadic: variadic === true,
  }));
  return { groups, variadic: groups.filter(({ variadic }) => variadic).length };
};

const plans = new WeakMap<AnyOpDef, OpPlan>();

/** The plan of a record, made when first asked for. */
export function planOf(def: AnyOpDef): OpPlan {
  const known = plans.get(def);
  if (known !== undefined) return known;
  const labels = Object.keys(def.constraints);
  const traits = [...def.traits].filter(
    (trait) => !(COVERED.has(trait) && labels.some((label) => label === "C1")),
  );
  const verifiers = (structural: boolean): TraitVerifier[] =>
    traits
      .filter((trait) => STRUCTURAL.has(trait) === structural)
      .map((trait) => traitVerifiers[trait]);
  const plan: OpPlan = {
    operands: groupPlan(def.operands as OperandSpecs),
    results: groupPlan(def.results as ResultSpecs),
    attrs: Object.entries(def.attrs as AttrSpecs).map(([name, spec]) => ({ name, spec })),
    regions: Object.entries(def.regions).map(([name, { blocks }]) => ({ name, blocks })),
    isTerminator: def.traits.has("terminator"),
    needsTerminators: !def.traits.has("noTerminator"),
    structuralTraits: verifiers(true),
    otherTraits: verifiers(false),
    infer: def.infer as OpPlan["infer"],
    constraints: labels.map((label) => ({
      suffix: /^C\d+$/.test(label) ? ` [${label}]` : "",
      check: def.constraints[label] as (input: unknown) => string | null,
    })),
  };
  plans.set(def, plan);
  return plan;
}
