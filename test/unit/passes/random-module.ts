/** @file Builds functions of random operations from a list of numbers, for properties of passes. */
import { builtin } from "#lib/dialects/builtin/ops.ts";
import { createFunction, updateFunctionType } from "#lib/dialects/func/functions.ts";
import { func } from "#lib/dialects/func/ops.ts";
import { StablehloBuilder, shapeOf } from "#lib/dialects/stablehlo/build.ts";
import { stablehlo } from "#lib/dialects/stablehlo/ops.ts";
import { Builder } from "#lib/ir/builder.ts";
import { Block, Operation, Region, type Value } from "#lib/ir/graph.ts";
import { elementOf, type TensorType, tensorOf, tensorType } from "#lib/ir/types.ts";
import { at, range } from "#lib/support/shape.ts";
import { tensorFromNumbers } from "#lib/tensors/tensor.ts";

/** Takes choices from a list of numbers; 0 when it is used up. */
export class Choices {
  private readonly numbers: readonly number[];
  private position = 0;

  constructor(numbers: readonly number[]) {
    this.numbers = numbers;
  }

  get left(): number {
    return this.numbers.length - this.position;
  }

  below(limit: number): number {
    const number = this.numbers[this.position++] ?? 0;
    return limit <= 0 ? 0 : number % limit;
  }

  of<T>(list: readonly T[]): T {
    return at(list, this.below(list.length));
  }
}

type DType = "f32" | "i32";

const UNARY = ["negate", "abs", "sign"] as const;
const FLOAT_UNARY = ["tanh", "floor", "sqrt", "logistic"] as const;
const BINARY = ["add", "subtract", "multiply", "maximum", "minimum"] as const;
const NUMBERS = [0, 1, -1, 2, 3, 4];

/** One function under construction: the values so far and the choices that are left. */
class Grower {
  readonly values: Value[];
  private readonly b: StablehloBuilder;
  private readonly choices: Choices;
  private readonly dtype: DType;

  constructor(b: StablehloBuilder, values: readonly Value[], choices: Choices, dtype: DType) {
    this.b = b;
    this.values = [...values];
    this.choices = choices;
    this.dtype = dtype;
  }

  private pick(): Value {
    return this.choices.of(this.values);
  }

  /** A value of the type of `like`: one of those, or a constant. */
  private alike(like: Value): Value {
    const same = this.values.filter(({ type }) => type === like.type);
    return this.choices.below(3) === 0
      ? this.b.splatLike(like, this.choices.of(NUMBERS))
      : this.choices.of(same);
  }

  private readonly steps: readonly (() => Value | null)[] = [
    () => {
      const x = this.pick();
      const names = this.dtype === "f32" ? [...UNARY, ...FLOAT_UNARY] : UNARY;
      return this.b.unary(this.choices.of(names), x);
    },
    () => {
      const x = this.pick();
      return this.b.binary(this.choices.of(BINARY), x, this.alike(x));
    },
    () => {
      const x = this.pick();
      return this.b.binary(this.choices.of(BINARY), this.alike(x), x);
    },
    () => {
      const x = this.pick();
      const y = this.alike(x);
      const pred = this.b.compare(
        this.choices.of(["EQ", "NE", "GE", "LT"] as const),
        x,
        this.alike(x),
      );
      const flipped = this.choices.below(2) === 0 ? pred : this.b.unary("not", pred);
      return this.b.select(flipped, x, y);
    },
    () => {
      const x = this.pick();
      const order = range(shapeOf(x).length);
      for (let i = order.length - 1; i > 0; i--) {
        const k = this.choices.below(i + 1);
        [order[i], order[k]] = [at(order, k), at(order, i)];
      }
      return this.b.transpose(x, order);
    },
    () => {
      const x = this.pick();
      const shape = [...shapeOf(x)];
      shape.splice(this.choices.below(shape.length + 1), 0, 1);
      return shape.length > 4 ? null : this.b.reshape(x, shape);
    },
    () => {
      const x = this.pick();
      const shape = shapeOf(x).filter((size) => size !== 1);
      return this.b.reshape(x, shape);
    },
    () => {
      const x = this.pick();
      const place = this.choices.below(shapeOf(x).length + 1);
      const shape = [...shapeOf(x)];
      shape.splice(place, 0, 1 + this.choices.below(3));
      if (shape.length > 4) return null;
      return this.b.broadcastInDim(
        x,
        shape,
        range(shape.length).filter((i) => i !== place),
      );
    },
    () => {
      const x = this.pick();
      const shape = shapeOf(x);
      if (shape.length === 0) return null;
      const dims = range(shape.length).filter(() => this.choices.below(2) === 0);
      return this.b.reduceSum(x, dims);
    },
    () => {
      const x = this.pick();
      const start = shapeOf(x).map((size) => this.choices.below(size));
      const limit = shapeOf(x).map(
        (size, i) => at(start, i) + 1 + this.choices.below(size - at(start, i)),
      );
      return this.b.slice(x, start, limit);
    },
    () => {
      const x = this.pick();
      const low = shapeOf(x).map(() => this.choices.below(2));
      const high = shapeOf(x).map(() => this.choices.below(2));
      const zero = this.b.splat(tensorType([], elementOf(x.type)), 0);
      return this.b.pad(x, zero, low, high);
    },
    () => {
      const x = this.pick();
      if (shapeOf(x).length === 0) return null;
      return this.b.concatenate([x, this.alike(x)], this.choices.below(shapeOf(x).length));
    },
    () => {
      const x = this.pick();
      const y = this.pick();
      const [m, n] = [shapeOf(x), shapeOf(y)];
      if (m.length !== 2 || n.length !== 2) return null;
      const i = this.choices.below(2);
      const k = range(2).find((dim) => n[dim] === m[i]);
      if (k === undefined) return null;
      return this.b.dotGeneral(x, y, {
        lhsBatching: [],
        rhsBatching: [],
        lhsContracting: [i],
        rhsContracting: [k],
      });
    },
    () => {
      const size = 1 + this.choices.below(4);
      const values = range(size).map(() => this.choices.of(NUMBERS));
      return this.b.constant(tensorFromNumbers(this.dtype, [size], values));
    },
    () => this.b.iota(tensorOf(this.dtype, [2, 3]), this.choices.below(2)),
    () => {
      const x = this.pick();
      const wide = this.b.convert(x, tensorOf(this.dtype === "f32" ? "f64" : "i64", []).element);
      return this.b.convert(wide, elementOf(x.type));
    },
    () => {
      const x = this.pick();
      const rank = shapeOf(x).length;
      return rank === 0 ? null : this.b.reverse(x, [this.choices.below(rank)]);
    },
    () => this.emptySlice(),
    () => this.dynamicSlice(),
    () => this.conditional(),
    () => {
      const x = this.pick();
      const init = this.b.splat(tensorType([], elementOf(x.type)), this.choices.of(NUMBERS));
      const dims = range(shapeOf(x).length).filter(() => this.choices.below(2) === 0);
      return this.b.reduce(this.choices.of(["maximum", "minimum"] as const), x, init, dims);
    },
  ];

  /** An input joined with a slice of it that has no elements. */
  private emptySlice(): Value | null {
    const x = this.pick();
    const shape = shapeOf(x);
    if (shape.length === 0) return null;
    const dim = this.choices.below(shape.length);
    const limit = shape.map((size, i) => (i === dim ? 0 : size));
    const empty = this.b.slice(
      x,
      shape.map(() => 0),
      limit,
    );
    return this.b.concatenate([empty, x, this.b.negate(empty)], dim);
  }

  private dynamicSlice(): Value | null {
    const x = this.pick();
    if (shapeOf(x).length === 0) return null;
    const sizes = shapeOf(x).map((size) => 1 + this.choices.below(size));
    const starts = sizes.map(() => this.b.scalar("i32", this.choices.below(5) - 1));
    return this.b.builder
      .create(
        stablehlo.dynamic_slice,
        { operand: x, start_indices: starts },
        { slice_sizes: sizes },
        { resultTypes: [tensorType(sizes, elementOf(x.type))] },
      )
      .result();
  }

  /** A conditional on a constant or on a comparison, whose branches use values from outside. */
  private conditional(): Value {
    const x = this.pick();
    const y = this.alike(x);
    const scalar = tensorType([], elementOf(x.type));
    const zero = this.b.splat(scalar, 0);
    const known = this.choices.below(2) === 0;
    const pred = known
      ? this.b.scalar("i1", this.choices.below(2))
      : this.b.compare("GT", this.b.reshape(this.b.slice(this.flat(x), [0], [1]), []), zero);
    const branch = (value: Value): Region => {
      const block = new Block();
      const inner = new StablehloBuilder(Builder.atEnd(block));
      const results = [inner.add(value, inner.splatLike(value, 1))];
      inner.builder.create(stablehlo.return, { results }, {}, { resultTypes: [] });
      return new Region([block]);
    };
    return this.b.builder
      .create(
        stablehlo.if,
        { pred },
        {},
        { resultTypes: [x.type], regions: [branch(x), branch(y)] },
      )
      .result();
  }

  private flat(x: Value): Value {
    return this.b.reshape(x, [shapeOf(x).reduce((n, size) => n * size, 1)]);
  }

  /** Adds operations until the choices are used up. */
  grow(): void {
    while (this.choices.left > 0) {
      const value = this.choices.of(this.steps)();
      if (value !== null && shapeOf(value).reduce((n, size) => n * size, 1) <= 512)
        this.values.push(value);
    }
  }
}

/** A module with one function `f` that the numbers decide; its last few values are its results. */
export function randomModule(numbers: readonly number[], dtype: DType): Operation {
  const inputs: readonly TensorType[] = [
    tensorOf(dtype, [2, 3]),
    tensorOf(dtype, [3]),
    tensorOf(dtype, []),
    tensorOf(dtype, [2, 1, 3]),
  ];
  const scratch = createFunction(
    "f",
    inputs.map((type) => ({ type, attrs: new Map() })),
    [],
  );
  const grower = new Grower(
    new StablehloBuilder(scratch.builder),
    scratch.args,
    new Choices(numbers),
    dtype,
  );
  grower.grow();
  const results = grower.values.slice(-3);
  scratch.builder.create(func.return, { operands: results }, {}, { resultTypes: [] });
  updateFunctionType(scratch.fn);
  const body = new Block();
  body.append(scratch.fn);
  return new Operation({
    name: builtin.module.name,
    def: builtin.module,
    regions: [new Region([body])],
  });
}
