/** @file Random valid functions, and random ways to break them, driven by a list of numbers. */

import { builtin } from "#lib/dialects/builtin/ops.ts";
import { createFunction } from "#lib/dialects/func/functions.ts";
import { func } from "#lib/dialects/func/ops.ts";
import {
  type BinaryName,
  StablehloBuilder,
  shapeOf,
  type UnaryName,
} from "#lib/dialects/stablehlo/build.ts";
import { stablehlo } from "#lib/dialects/stablehlo/ops.ts";
import {
  type Attribute,
  boolAttr,
  i64ArrayAttr,
  integerAttr,
  stringAttr,
  unitAttr,
} from "#lib/ir/attributes.ts";
import { Builder } from "#lib/ir/builder.ts";
import { Block, Operation, Region, type Value } from "#lib/ir/graph.ts";
import { floatType, indexType, integerType, type Type, tensorOf } from "#lib/ir/types.ts";
import { range } from "#lib/support/shape.ts";

/** Hands out the numbers of a list, over and over. */
export class Choices {
  private readonly numbers: readonly number[];
  private next = 0;

  constructor(numbers: readonly number[]) {
    this.numbers = numbers.length === 0 ? [0] : numbers;
  }

  /** A whole number below `count`. */
  below(count: number): number {
    const number = this.numbers[this.next++ % this.numbers.length] as number;
    return number % count;
  }

  of<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }
}

const UNARY: readonly UnaryName[] = ["negate", "abs", "exponential", "tanh", "floor", "sign"];
const BINARY: readonly BinaryName[] = ["add", "subtract", "multiply", "maximum", "power"];

/** A way to make one more value from those that are there. */
type Step = (b: StablehloBuilder, value: Value, choices: Choices, all: readonly Value[]) => Value;

const axisOf = (value: Value, choices: Choices): number | null =>
  shapeOf(value).length === 0 ? null : choices.below(shapeOf(value).length);

const STEPS: readonly Step[] = [
  (b, value, choices) => b.unary(choices.of(UNARY), value),
  (b, value, choices, all) => {
    const partners = all.filter(({ type }) => type === value.type);
    return b.binary(choices.of(BINARY), value, choices.of(partners));
  },
  (b, value, choices) => {
    const dims = range(shapeOf(value).length);
    const shift = choices.below(dims.length + 1);
    return b.transpose(value, [...dims.slice(shift), ...dims.slice(0, shift)]);
  },
  (b, value) => b.reshape(value, [shapeOf(value).reduce((a, size) => a * size, 1)]),
  (b, value, choices) =>
    b.broadcastInDim(
      value,
      [1 + choices.below(3), ...shapeOf(value)],
      range(shapeOf(value).length, 1),
    ),
  (b, value, choices) => {
    const axis = axisOf(value, choices);
    return axis === null ? value : b.reduceSum(value, [axis]);
  },
  (b, value, choices) => {
    const shape = shapeOf(value);
    const limit = shape.map((size) => choices.below(size) + 1);
    return b.slice(
      value,
      shape.map(() => 0),
      limit,
    );
  },
  (b, value, choices) => {
    const zero = b.scalar("f32", 0);
    const amounts = (): number[] => shapeOf(value).map(() => choices.below(3));
    return b.pad(value, zero, amounts(), amounts(), amounts());
  },
  (b, value, choices) => {
    const axis = axisOf(value, choices);
    return axis === null ? value : b.concatenate([value, value, value], axis);
  },
  (b, value, choices) => {
    const axis = axisOf(value, choices);
    return axis === null ? value : b.reverse(value, [axis]);
  },
  (b, value) => {
    const other = b.splatLike(value, 1);
    return b.select(b.compare("GT", value, other), value, other);
  },
  (b, value, choices) => {
    const axis = axisOf(value, choices);
    const dims = axis === null ? [] : [axis];
    return b.dotGeneral(value, value, {
      lhsBatching: [],
      rhsBatching: [],
      lhsContracting: dims,
      rhsContracting: dims,
    });
  },
  branch,
];

/** `if` whose branches return the value and its opposite. */
function branch(b: StablehloBuilder, value: Value): Value {
  const regions = [false, true].map((negated) => {
    const block = new Block();
    const inner = new StablehloBuilder(Builder.atEnd(block));
    const result = negated ? inner.negate(value) : value;
    inner.builder.create(stablehlo.return, { results: [result] }, {});
    return new Region([block]);
  });
  const pred = b.splat(tensorOf("i1", []), 1);
  return b.builder.create(stablehlo.if, { pred }, {}, { regions }).result();
}

/** Elements above which no more are added. */
const LARGE = 4096;

/** A module of one function with `steps` random operations. */
export function randomModule(numbers: readonly number[], steps: number): Operation {
  const choices = new Choices(numbers);
  const inputs = [[], [3], [2, 3], [2, 1, 4]].map((shape) => tensorOf("f32", shape));
  const parameters = inputs.map((type) => ({ type, attrs: new Map<string, Attribute>() }));
  const { fn, args, builder } = createFunction("f", parameters, []);
  const b = new StablehloBuilder(builder);
  const values = [...args];
  for (let i = 0; i < steps; i++) {
    const value = choices.of(values);
    const count = shapeOf(value).reduce((product, size) => product * size, 1);
    if (count <= LARGE && shapeOf(value).length <= 6)
      values.push(choices.of(STEPS)(b, value, choices, values));
  }
  builder.create(func.return, { operands: [] }, {});
  const block = new Block();
  block.append(fn);
  return new Operation({
    name: builtin.module.name,
    def: builtin.module,
    regions: [new Region([block])],
  });
}

const TYPES: readonly Type[] = [
  tensorOf("f32", [2]),
  tensorOf("i32", []),
  tensorOf("i1", [2, 3]),
  tensorOf("complex<f32>", [0]),
  integerType(32),
  floatType("f32"),
  indexType(),
];

const ATTRIBUTES: readonly Attribute[] = [
  unitAttr,
  boolAttr(true),
  integerAttr(-3),
  integerAttr(7),
  stringAttr("f"),
  i64ArrayAttr([]),
  i64ArrayAttr([1, 0]),
  i64ArrayAttr([-1, 9, 2]),
];

/** Breaks a module in one random way. */
export function breakModule(root: Operation, choices: Choices): void {
  const ops = root.collect().slice(1);
  if (ops.length === 0) return;
  const op = choices.of(ops);
  const values = ops.flatMap(({ results, regions }) => [
    ...results,
    ...regions.flatMap(({ blocks }) => blocks.flatMap(({ args }) => args)),
  ]);
  const ways: readonly (() => void)[] = [
    () => {
      if (op.operandCount > 0 && values.length > 0)
        op.setOperand(choices.below(op.operandCount), choices.of(values));
    },
    () => op.setOperands(op.operands.slice(1)),
    () => op.setOperands([...op.operands, ...op.operands]),
    () => {
      for (const result of op.results) result.type = choices.of(TYPES);
    },
    () => {
      const names = [...op.properties.keys()];
      if (names.length > 0) op.properties.set(choices.of(names), choices.of(ATTRIBUTES));
    },
    () => {
      const names = [...op.properties.keys()];
      if (names.length > 0) op.properties.delete(choices.of(names));
    },
    () => op.remove(),
    () => {
      if (op.parent !== null && op.parent.first !== op && op.parent.first !== null)
        op.moveBefore(op.parent.first);
    },
    () => {
      op.regions.pop();
    },
    () => {
      for (const region of op.regions) region.append(new Block([choices.of(TYPES)]));
    },
    () => {
      for (const { blocks } of op.regions) blocks[0]?.addArgument(choices.of(TYPES));
    },
  ];
  choices.of(ways)();
}
