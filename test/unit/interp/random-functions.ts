/** @file Random functions over floats and over integers, as MLIR text, for comparing engines. */
import { type Shape, sameShape } from "#lib/support/shape.ts";

/** A generator of numbers in [0, 1) from a seed. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

interface Named {
  readonly name: string;
  readonly shape: Shape;
}

/** Builds the text of one function with values of one element type. */
class FunctionText {
  readonly lines: string[] = [];
  readonly values: Named[] = [];
  readonly dtype: string;
  readonly random: () => number;

  constructor(dtype: string, random: () => number) {
    this.dtype = dtype;
    this.random = random;
  }

  below(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  type(shape: Shape, dtype = this.dtype): string {
    return `tensor<${[...shape, dtype].join("x")}>`;
  }

  op(text: string, shape: Shape): Named {
    const named = { name: `%v${this.lines.length}`, shape };
    this.lines.push(`    ${named.name} = ${text}`);
    this.values.push(named);
    return named;
  }

  constant(value: string, shape: Shape = []): Named {
    const named = { name: `%v${this.lines.length}`, shape };
    this.lines.push(`    ${named.name} = stablehlo.constant dense<${value}> : ${this.type(shape)}`);
    return named;
  }

  unary(name: string, x: Named): Named {
    return this.op(`stablehlo.${name} ${x.name} : ${this.type(x.shape)}`, x.shape);
  }

  binary(name: string, x: Named, y: Named): Named {
    return this.op(`stablehlo.${name} ${x.name}, ${y.name} : ${this.type(x.shape)}`, x.shape);
  }

  /** Another value of the same shape. */
  partner(x: Named): Named {
    return this.pick(this.values.filter(({ shape }) => sameShape(shape, x.shape)));
  }

  broadcast(x: Named): Named {
    const dim = this.below(x.shape.length + 1);
    const shape = [...x.shape.slice(0, dim), 1 + this.below(4), ...x.shape.slice(dim)];
    const dims = x.shape.map((_, i) => (i < dim ? i : i + 1));
    return this.op(
      `stablehlo.broadcast_in_dim ${x.name}, dims = [${dims}] : (${this.type(x.shape)}) -> ${this.type(shape)}`,
      shape,
    );
  }

  /** Adds a value to itself repeated along one dimension, as after a reduction. */
  reduceAndSpread(x: Named, combiner: string, init: string): Named {
    const dim = this.below(x.shape.length);
    const kept = x.shape.filter((_, i) => i !== dim);
    const start = this.constant(init);
    const reduced = this.op(
      `stablehlo.reduce(${x.name} init: ${start.name}) applies stablehlo.${combiner} across dimensions = [${dim}] : (${this.type(x.shape)}, ${this.type([])}) -> ${this.type(kept)}`,
      kept,
    );
    const dims = x.shape.map((_, i) => i).filter((i) => i !== dim);
    const spread = this.op(
      `stablehlo.broadcast_in_dim ${reduced.name}, dims = [${dims}] : (${this.type(kept)}) -> ${this.type(x.shape)}`,
      x.shape,
    );
    return this.binary("subtract", x, spread);
  }

  movement(x: Named): Named {
    const { shape } = x;
    const from = this.type(shape);
    switch (this.below(7)) {
      case 0: {
        const dims = shape.map((_, i) => i).sort(() => this.random() - 0.5);
        const to = dims.map((dim) => shape[dim] as number);
        return this.op(
          `stablehlo.transpose ${x.name}, dims = [${dims}] : (${from}) -> ${this.type(to)}`,
          to,
        );
      }
      case 1:
        return this.op(
          `stablehlo.reverse ${x.name}, dims = [${this.below(shape.length)}] : ${from}`,
          shape,
        );
      case 2: {
        const to = [shape.reduce((a, b) => a * b, 1)];
        return this.op(`stablehlo.reshape ${x.name} : (${from}) -> ${this.type(to)}`, to);
      }
      case 3: {
        const starts = shape.map((size) => this.below(size));
        const to = shape.map((size, i) => size - (starts[i] as number));
        const text = shape.map((size, i) => `${starts[i]}:${size}`).join(", ");
        return this.op(`stablehlo.slice ${x.name} [${text}] : (${from}) -> ${this.type(to)}`, to);
      }
      case 4: {
        const [low, high, between] = [0, 1, 2].map(() => shape.map(() => this.below(3)));
        const to = shape.map(
          (size, i) => size + (low?.[i] ?? 0) + (high?.[i] ?? 0) + (size - 1) * (between?.[i] ?? 0),
        );
        const zero = this.constant(this.dtype.startsWith("f") ? "0.5" : "3");
        return this.op(
          `stablehlo.pad ${x.name}, ${zero.name}, low = [${low}], high = [${high}], interior = [${between}] : (${from}, ${this.type([])}) -> ${this.type(to)}`,
          to,
        );
      }
      case 5: {
        const dim = this.below(shape.length);
        const to = shape.map((size, i) => (i === dim ? 2 * size : size));
        return this.op(
          `stablehlo.concatenate ${x.name}, ${x.name}, dim = ${dim} : (${from}, ${from}) -> ${this.type(to)}`,
          to,
        );
      }
      default:
        return shape.length < 4 ? this.broadcast(x) : x;
    }
  }

  /** x contracted with itself over its last dimension, as a batch over its first where it has three. */
  contract(x: Named): Named {
    const rank = x.shape.length;
    const batch = rank === 3;
    const [first, last] = [batch ? [x.shape[0] as number] : [], rank - 1];
    const kept = x.shape.slice(batch ? 1 : 0, last);
    const shape = [...first, ...kept, ...kept];
    const batching = batch ? "batching_dims = [0] x [0], " : "";
    return this.op(
      `stablehlo.dot_general ${x.name}, ${x.name}, ${batching}contracting_dims = [${last}] x [${last}] : (${this.type(x.shape)}, ${this.type(x.shape)}) -> ${this.type(shape)}`,
      shape,
    );
  }
}

const FLOAT_UNARY = ["negate", "abs", "tanh", "sine", "cosine", "logistic", "tanh"];
const FLOAT_BINARY = ["add", "subtract", "multiply", "maximum", "minimum"];
const INTEGER_BINARY = [...FLOAT_BINARY, "and", "or", "xor"];

const small = ({ shape }: Named): boolean => shape.reduce((a, b) => a * b, 1) <= 600;

function step(text: FunctionText): void {
  const x = text.pick(text.values.filter(small));
  const float = text.dtype.startsWith("f");
  const ranked = x.shape.length > 0;
  switch (text.below(6)) {
    case 0:
      if (float) text.unary(text.pick(FLOAT_UNARY), x);
      else text.unary(text.pick(["negate", "abs", "not"]), x);
      break;
    case 1:
    case 2:
      text.binary(text.pick(float ? FLOAT_BINARY : INTEGER_BINARY), x, text.partner(x));
      break;
    case 3:
      if (ranked) text.movement(x);
      break;
    case 4:
      if (ranked && float) text.unary("tanh", text.reduceAndSpread(x, "add", "0.0"));
      else if (ranked) text.reduceAndSpread(x, text.pick(["add", "maximum", "minimum"]), "1");
      break;
    default:
      if (x.shape.length === 2 || x.shape.length === 3)
        if (float) text.unary("tanh", text.contract(x));
        else text.contract(x);
  }
}

/** `func.func @name(%a, %b)` of two tensors of one type; results are the last values. */
export function randomFunction(
  name: string,
  dtype: string,
  random: () => number,
): { readonly text: string; readonly shape: Shape } {
  const text = new FunctionText(dtype, random);
  const shape = Array.from({ length: 1 + text.below(3) }, () => 1 + text.below(5));
  text.values.push({ name: "%a", shape }, { name: "%b", shape });
  while (text.values.length < 14) step(text);
  const results = text.values.slice(-3);
  const types = results.map((value) => text.type(value.shape)).join(", ");
  const type = text.type(shape);
  return {
    shape,
    text: `  func.func @${name}(%a: ${type}, %b: ${type}) -> (${types}) {
${text.lines.join("\n")}
    return ${results.map((value) => value.name).join(", ")} : ${types}
  }`,
  };
}
