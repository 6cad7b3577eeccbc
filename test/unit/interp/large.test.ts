/** @file Sizes beyond one chunk, one tile and one block, against plain loops; seeds are in the names. */
import { describe, expect, it } from "vitest";
import { prepareFunction } from "#lib/interp/interpret.ts";
import { matmul } from "#lib/interp/matmul.ts";
import { sortedOrder } from "#lib/interp/sort.ts";
import { elementCount, rowMajorStrides } from "#lib/support/shape.ts";
import { bitWidth, type DType } from "#lib/tensors/dtype.ts";
import { type Tensor, tensorBytes, writeNumber, zeros } from "#lib/tensors/tensor.ts";
import { randomFrom } from "./random-functions.ts";
import { parse } from "./support.ts";

const SEED = Number(process.env["PCP_SEED"] ?? 7);

function run(text: string, inputs: readonly Tensor[]): Tensor[] {
  const prepared = prepareFunction(parse(text), "main");
  if (!prepared.ok) throw new Error(prepared.diagnostics.map(({ message }) => message).join("\n"));
  const result = prepared.executable.run(inputs);
  if (!result.ok) throw new Error(result.diagnostics.map(({ message }) => message).join("\n"));
  return [...result.results];
}

function randomTensor(dtype: DType, shape: readonly number[], random: () => number): Tensor {
  const tensor = zeros(dtype, shape);
  for (let i = 0; i < tensor.data.length; i++) writeNumber(tensor, i, random() * 200 - 100);
  return tensor;
}

const bytes = (tensor: Tensor | undefined): string =>
  tensor === undefined ? "" : Buffer.from(tensorBytes(tensor)).toString("hex");

describe(`products, seed ${SEED}`, () => {
  it.each([
    [1, 1, 1],
    [4, 4, 256],
    [101, 7, 600],
    [97, 130, 257],
    [3, 5, 1025],
    [200, 9, 0],
  ])("[%i, %i, %i] is exact on whole numbers", (m, n, k) => {
    const random = randomFrom(SEED);
    const whole = (count: number): Float32Array =>
      Float32Array.from({ length: count }, () => Math.floor(random() * 21) - 10);
    const [a, b] = [whole(m * k), whole(k * n)];
    const table = (count: number, stride: number): Int32Array =>
      Int32Array.from({ length: count }, (_, i) => i * stride);
    const result = new Float64Array(m * n).fill(Number.NaN);
    matmul(
      { data: a, rows: table(m, k), inner: table(k, 1) },
      0,
      { data: b, rows: table(n, 1), inner: table(k, n) },
      0,
      result,
    );
    const expected = new Float64Array(m * n);
    for (let i = 0; i < m; i++)
      for (let p = 0; p < k; p++)
        for (let j = 0; j < n; j++)
          expected[i * n + j] =
            (expected[i * n + j] as number) + (a[i * k + p] as number) * (b[p * n + j] as number);
    expect(result).toEqual(expected);
  });
});

describe(`copies, seed ${SEED}`, () => {
  it.each([
    [[70, 45, 9], [2, 0, 1], "f32"],
    [[33, 40, 3], [1, 0, 2], "i64"],
    [[300, 129], [1, 0], "bf16"],
    [[129, 300], [1, 0], "complex<f64>"],
    [[5, 6, 7, 8, 2], [4, 2, 0, 3, 1], "i1"],
  ] as const)("transpose of %j by %j of %s", (shape, permutation, dtype) => {
    const input = randomTensor(dtype, shape, randomFrom(SEED));
    const to = permutation.map((dim) => shape[dim] as number);
    const [from, into] = [shape, to].map((size) => `tensor<${[...size, dtype].join("x")}>`);
    const [actual] = run(
      `func.func @main(%x: ${from}) -> ${into} {
  %0 = stablehlo.transpose %x, dims = [${permutation}] : (${from}) -> ${into}
  return %0 : ${into}
}`,
      [input],
    );
    const width = Math.max(1, bitWidth(dtype) >> 3);
    const [source, target] = [tensorBytes(input), new Uint8Array(elementCount(to) * width)];
    const [own, strides] = [rowMajorStrides(shape), rowMajorStrides(to)];
    for (let i = 0; i < elementCount(to); i++) {
      let at = 0;
      to.forEach((size, d) => {
        const index = Math.floor(i / (strides[d] as number)) % size;
        at += index * (own[permutation[d] as number] as number);
      });
      target.set(source.subarray(at * width, (at + 1) * width), i * width);
    }
    expect(bytes(actual)).toBe(Buffer.from(target).toString("hex"));
  });
});

describe(`operands seen through broadcasts, seed ${SEED}`, () => {
  const patterns: readonly (readonly [readonly number[], readonly number[], readonly number[]])[] =
    [
      [[], [37, 61], []],
      [[61], [37, 61], [1]],
      [[37], [37, 61], [0]],
      [
        [37, 1],
        [37, 61],
        [0, 1],
      ],
      [[11], [7, 11, 33], [1]],
      [
        [7, 33],
        [7, 11, 33],
        [0, 2],
      ],
      [
        [1, 3000],
        [2, 3000],
        [0, 1],
      ],
    ];
  it.each(["f32", "f64", "bf16", "i32", "ui8", "i64", "complex<f32>"] as const)("%s", (dtype) => {
    const random = randomFrom(SEED);
    for (const [small, big, dims] of patterns) {
      const [t, u] = [small, big].map((size) => `tensor<${[...size, dtype].join("x")}>`);
      const inputs = [randomTensor(dtype, big, random), randomTensor(dtype, small, random)];
      // The barrier makes the broadcast an array of its own.
      const [seen, made, less, lessMade] = run(
        `func.func @main(%x: ${u}, %y: ${t}) -> (${u}, ${u}, ${u}, ${u}) {
  %0 = stablehlo.broadcast_in_dim %y, dims = [${dims}] : (${t}) -> ${u}
  %1 = stablehlo.optimization_barrier %0 : ${u}
  %2 = stablehlo.add %x, %0 : ${u}
  %3 = stablehlo.add %x, %1 : ${u}
  %4 = stablehlo.subtract %0, %2 : ${u}
  %5 = stablehlo.subtract %1, %3 : ${u}
  return %2, %3, %4, %5 : ${u}, ${u}, ${u}, ${u}
}`,
        inputs,
      );
      expect(bytes(seen), `${small} to ${big}`).toBe(bytes(made));
      expect(bytes(less), `${small} to ${big}`).toBe(bytes(lessMade));
    }
  });
});

describe(`64-bit integers small and large in one tensor, seed ${SEED}`, () => {
  const operations = {
    add: (a: bigint, b: bigint) => a + b,
    subtract: (a: bigint, b: bigint) => a - b,
    multiply: (a: bigint, b: bigint) => a * b,
    divide: (a: bigint, b: bigint) => (b === 0n ? -1n : a / b),
    remainder: (a: bigint, b: bigint) => (b === 0n ? a : a % b),
    maximum: (a: bigint, b: bigint) => (a > b ? a : b),
  };
  it.each(["i64", "ui64"] as const)("%s", (dtype) => {
    const random = randomFrom(SEED);
    const n = 5000;
    const tensor = (): Tensor => {
      const { data, shape } = zeros(dtype, [n]);
      // The first chunks hold small numbers, the others numbers of every size.
      for (let i = 0; i < n; i++) {
        const size = i < 2500 ? 40 : 70 * random();
        data[i] = BigInt(Math.floor((random() - 0.5) * 2 ** size));
      }
      return { dtype, shape, data };
    };
    const inputs = [tensor(), tensor()];
    const type = `tensor<${n}x${dtype}>`;
    for (const [name, exact] of Object.entries(operations)) {
      const [actual] = run(
        `func.func @main(%x: ${type}, %y: ${type}) -> ${type} {
  %0 = stablehlo.${name} %x, %y : ${type}
  return %0 : ${type}
}`,
        inputs,
      );
      const expected = zeros(dtype, [n]).data;
      for (let i = 0; i < n; i++)
        expected[i] = exact(
          (inputs[0] as Tensor).data[i] as bigint,
          (inputs[1] as Tensor).data[i] as bigint,
        );
      expect(actual?.data, name).toEqual(expected);
    }
  });
});

describe(`sorting, seed ${SEED}`, () => {
  it.each([0, 1, 7, 8, 9, 1000, 4097])("%i elements stably", (count) => {
    const random = randomFrom(SEED);
    const keys = Array.from({ length: count }, () => Math.floor(random() * 50));
    const order = sortedOrder(count, (a, b) => (keys[a] as number) < (keys[b] as number));
    const expected = keys
      .map((_, i) => i)
      .sort((a, b) => (keys[a] as number) - (keys[b] as number));
    expect([...order]).toEqual(expected);
  });
});
