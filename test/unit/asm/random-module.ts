/** @file Random modules for fuzzing: any types, attributes, locations, regions and uses of values. */
import fc from "fast-check";
import { fusedLocation } from "#lib/asm/location-text.ts";
import type { Loc } from "#lib/diag/loc.ts";
import {
  type Attribute,
  arrayAttr,
  boolAttr,
  denseArrayAttr,
  denseFromTensor,
  dictAttr,
  enumAttr,
  floatAttr,
  integerAttr,
  locAttr,
  opaqueAttr,
  stringAttr,
  structAttr,
  symbolAttr,
  typeAttr,
  unitAttr,
} from "#lib/ir/attributes.ts";
import { Block, Operation, Region, type Value } from "#lib/ir/graph.ts";
import {
  complexType,
  DYNAMIC,
  floatType,
  functionType,
  indexType,
  integerType,
  noneType,
  opaqueType,
  type Type,
  tensorType,
  tupleType,
  unrankedTensorType,
} from "#lib/ir/types.ts";
import type { DType } from "#lib/tensors/dtype.ts";
import { byteWidth } from "#lib/tensors/dtype.ts";
import { tensorFromBytes } from "#lib/tensors/tensor.ts";

const name = fc.stringMatching(/^[a-z_][a-zA-Z0-9_$.]{0,6}$/);
const anyName = fc.oneof(name, fc.string({ minLength: 1, maxLength: 6, unit: "grapheme-ascii" }));

const scalar: fc.Arbitrary<Type> = fc.oneof(
  fc.constantFrom("f32", "f64", "bf16", "f16", "f8E4M3FN", "f8E5M2").map(floatType),
  fc.constantFrom(1, 2, 4, 8, 16, 32, 64).map((width) => integerType(width)),
  fc.constantFrom(8, 16, 32, 64).map((width) => integerType(width, "unsigned")),
  fc.constant(indexType()),
);

const element: fc.Arbitrary<Type> = fc.oneof(
  { weight: 5, arbitrary: scalar },
  fc.constantFrom("f32", "f64").map((kind) => complexType(floatType(kind))),
  fc.constant(opaqueType("!quant.uniform<i8:f32, 2.000000e+00:15>")),
);

const shape = fc.array(fc.oneof(fc.nat(20), fc.constant(DYNAMIC)), { maxLength: 4 });

export const type: fc.Arbitrary<Type> = fc.letrec<{ type: Type }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    fc.tuple(shape, element).map(([sizes, of]) => tensorType(sizes, of)),
    scalar,
    element.map(unrankedTensorType),
    fc.constant(noneType()),
    fc.constant(opaqueType("!stablehlo.token")),
    fc.constant(tensorType([3, DYNAMIC], floatType("f32"), "#stablehlo.bounds<?, 7>")),
    fc.array(tie("type"), { maxLength: 3 }).map(tupleType),
    fc
      .tuple(fc.array(tie("type"), { maxLength: 2 }), fc.array(tie("type"), { maxLength: 2 }))
      .map(([inputs, results]) => functionType(inputs, results)),
  ),
})).type;

const DTYPES: readonly DType[] = ["i1", "i8", "ui8", "i32", "i64", "f32", "f64", "bf16", "f16"];

const dense: fc.Arbitrary<Attribute> = fc
  .tuple(
    fc.constantFrom(...DTYPES),
    fc.array(fc.nat(6), { maxLength: 3 }),
    fc.uint8Array({ minLength: 1, maxLength: 16 }),
  )
  .map(([dtype, sizes, pattern]) => {
    const count = sizes.reduce((product, size) => product * size, 1) * byteWidth(dtype);
    const bytes = Uint8Array.from({ length: count }, (_, i) => {
      const byte = pattern[i % pattern.length] as number;
      return dtype === "i1" ? byte & 1 : byte;
    });
    return denseFromTensor(tensorFromBytes(dtype, sizes, bytes));
  });

const number: fc.Arbitrary<Attribute> = fc.oneof(
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((value) => integerAttr(value)),
  fc.integer({ min: -128, max: 127 }).map((value) => integerAttr(value, integerType(8))),
  fc.nat(255).map((value) => integerAttr(value, integerType(8, "unsigned"))),
  fc.integer().map((value) => integerAttr(value, indexType())),
  fc.double().map((value) => floatAttr(value)),
  fc.float().map((value) => floatAttr(value, floatType("f32"))),
  fc.float().map((value) => {
    const rounded = new Float32Array([value]);
    new Uint32Array(rounded.buffer)[0] =
      (new Uint32Array(rounded.buffer)[0] as number) & 0xffff0000;
    return floatAttr(rounded[0] as number, floatType("bf16"));
  }),
);

export const location: fc.Arbitrary<Loc> = fc.letrec<{ loc: Loc }>((tie) => ({
  loc: fc.oneof(
    { maxDepth: 3 },
    fc.constant<Loc>({ kind: "unknown" }),
    fc.tuple(fc.string(), fc.nat(), fc.nat(99)).map(
      ([fileName, line, column]): Loc => ({
        kind: "file",
        fileName: fileName || "-",
        line,
        column,
        end: null,
      }),
    ),
    fc.tuple(fc.nat(50), fc.nat(9)).map(
      ([line, column]): Loc => ({
        kind: "file",
        fileName: "f.py",
        line,
        column,
        end: { line: line + (column % 2), column: column + 4 },
      }),
    ),
    fc.tuple(fc.string(), fc.option(tie("loc"))).map(
      ([label, child]): Loc => ({
        kind: "name",
        name: label,
        child: child?.kind === "unknown" ? null : child,
      }),
    ),
    fc
      .tuple(tie("loc"), tie("loc"))
      .map(([callee, caller]): Loc => ({ kind: "callsite", callee, caller })),
    fc
      .tuple(
        fc.option(fc.constantFrom('"vjp"', "1 : i32")),
        fc.array(tie("loc"), { minLength: 1, maxLength: 3 }),
      )
      .map(([metadata, locations]): Loc => fusedLocation(locations, metadata)),
  ),
})).loc;

const entries = (attr: fc.Arbitrary<Attribute>): fc.Arbitrary<Map<string, Attribute>> =>
  fc.array(fc.tuple(anyName, attr), { maxLength: 3 }).map((pairs) => new Map(pairs));

export const attribute: fc.Arbitrary<Attribute> = fc.letrec<{ attr: Attribute }>((tie) => ({
  attr: fc.oneof(
    { maxDepth: 2, depthSize: "small" },
    number,
    dense,
    fc.boolean().map(boolAttr),
    fc.constant(unitAttr),
    fc.string({ unit: "binary" }).map(stringAttr),
    type.map(typeAttr),
    location.map(locAttr),
    fc
      .tuple(anyName, fc.array(anyName, { maxLength: 2 }))
      .map(([root, path]) => symbolAttr(root, path)),
    fc.array(fc.integer(), { maxLength: 4 }).map((values) => denseArrayAttr("i64", values)),
    fc
      .array(fc.boolean(), { maxLength: 3 })
      .map((values) => denseArrayAttr("i1", values.map(Number))),
    fc.constant(enumAttr("stablehlo", "precision", "HIGH")),
    fc.constant(structAttr("stablehlo", "dot", new Map([["lhs_contracting_dimensions", [1]]]))),
    fc.constantFrom('#sdy.sharding<@m, [{"x"}, {}]>', "affine_map<(d0) -> (d0)>").map(opaqueAttr),
    fc.array(tie("attr"), { maxLength: 3 }).map(arrayAttr),
    entries(tie("attr")).map(dictAttr),
  ),
})).attr;

/** What one random operation is made from; operands are picked among the values in reach. */
interface Plan {
  readonly name: string;
  readonly picks: readonly number[];
  readonly results: readonly Type[];
  readonly properties: Map<string, Attribute>;
  readonly attributes: Map<string, Attribute>;
  readonly loc: Loc;
  readonly regions: readonly { readonly args: readonly Type[]; readonly body: readonly Plan[] }[];
}

const plan: fc.Arbitrary<Plan> = fc.letrec<{ plan: Plan }>((tie) => ({
  plan: fc.record({
    name: name.map((word) => `fuzz.${word.replace(/\.$/, "")}`),
    picks: fc.array(fc.nat(), { maxLength: 3 }),
    results: fc.array(type, { maxLength: 3 }),
    properties: entries(attribute),
    attributes: entries(attribute),
    loc: location,
    regions: fc.oneof(
      { maxDepth: 3 },
      fc.constant([]),
      fc.array(
        fc.record({
          args: fc.array(type, { maxLength: 2 }),
          body: fc.array(tie("plan"), { maxLength: 3 }),
        }),
        { maxLength: 2 },
      ),
    ),
  }),
})).plan;

function build({ picks, regions, ...rest }: Plan, reach: readonly Value[]): Operation {
  const operands =
    reach.length === 0 ? [] : picks.map((pick) => reach[pick % reach.length] as Value);
  return new Operation({
    name: rest.name,
    def: null,
    operands,
    resultTypes: rest.results,
    properties: rest.properties,
    attributes: rest.attributes,
    loc: rest.loc,
    regions: regions.map(({ args, body }) => {
      const block = new Block(args);
      fill(block, body, [...reach, ...block.args]);
      return new Region(block.isEmpty && block.args.length === 0 ? [] : [block]);
    }),
  });
}

function fill(block: Block, plans: readonly Plan[], reach: readonly Value[]): void {
  const values = [...reach];
  for (const each of plans) {
    const op = build(each, values);
    block.append(op);
    values.push(...op.results);
  }
}

/** Random modules. */
export const randomModule = (module: Operation["def"]): fc.Arbitrary<Operation> =>
  fc.array(plan, { maxLength: 5 }).map((plans) => {
    const block = new Block();
    fill(block, plans, []);
    return new Operation({ name: "builtin.module", def: module, regions: [new Region([block])] });
  });
