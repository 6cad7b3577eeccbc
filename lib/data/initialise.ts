/** @file Makes weights from a manifest's initialisers and a seed. */
import { elementCount } from "#lib/support/shape.ts";
import { type DType, isDType } from "#lib/tensors/dtype.ts";
import {
  type Tensor,
  tensorByteLength,
  tensorFromBytes,
  tensorFromNumbers,
  zeros,
} from "#lib/tensors/tensor.ts";
import { RandomStream, STREAMS } from "./philox.ts";
import { DataError } from "./token-file.ts";

/** How a weight begins: as the manifest of an exported model says it. */
export type Initialiser =
  | "zeros"
  | "ones"
  | { readonly constant: number }
  | { readonly normal: { readonly mean?: number; readonly std: number } }
  | { readonly uniform: { readonly low: number; readonly high: number } }
  /** The elements themselves: base64 of their little-endian bytes, for tables that nothing trains. */
  | { readonly values: string };

/** One weight of a manifest. */
export interface WeightSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: DType;
  readonly init: Initialiser;
}

function initialise(spec: WeightSpec, stream: RandomStream): Tensor {
  const { init, dtype, shape } = spec;
  if (init === "zeros") return zeros(dtype, shape);
  if (typeof init === "object" && "values" in init)
    return tensorFromBytes(dtype, shape, Buffer.from(init.values, "base64"));
  const count = elementCount(shape);
  // Drawn in f64 and rounded once, so that an f32 and a bf16 model begin from the same numbers.
  const values = new Float64Array(count);
  if (init === "ones") values.fill(1);
  else if ("constant" in init) values.fill(init.constant);
  else if ("normal" in init) stream.fillNormal(values, init.normal.mean ?? 0, init.normal.std);
  else stream.fillUniform(values, init.uniform.low, init.uniform.high);
  return tensorFromNumbers(dtype, shape, values);
}

/** Weights by name; the number of a weight in the manifest selects its random numbers. */
export const initialiseWeights = (
  specs: readonly WeightSpec[],
  seed: number,
): Map<string, Tensor> =>
  new Map(
    specs.map((spec, index) => [
      spec.name,
      initialise(spec, new RandomStream(seed, STREAMS.initialise, index)),
    ]),
  );

const isNumber = (value: unknown): value is number =>
  typeof value === "number" && Number.isFinite(value);

function isInitialiser(value: unknown): value is Initialiser {
  if (value === "zeros" || value === "ones") return true;
  if (typeof value !== "object" || value === null) return false;
  const { constant, normal, uniform, values } = value as {
    constant?: unknown;
    values?: unknown;
    normal?: { mean?: unknown; std?: unknown };
    uniform?: { low?: unknown; high?: unknown };
  };
  if (normal !== undefined)
    return isNumber(normal.std) && (normal.mean === undefined || isNumber(normal.mean));
  if (uniform !== undefined) return isNumber(uniform.low) && isNumber(uniform.high);
  return isNumber(constant) || typeof values === "string";
}

/** Whether the elements given are as many as the tensor has. */
const fills = (init: Initialiser, dtype: DType, shape: readonly number[]): boolean =>
  typeof init === "string" ||
  !("values" in init) ||
  Buffer.byteLength(init.values, "base64") === tensorByteLength(dtype, shape);

/** Reads the weights of a manifest's text. @throws DataError where the text is not a manifest. */
export function parseManifestWeights(text: string, path: string): WeightSpec[] {
  let manifest: { weights?: unknown };
  try {
    manifest = JSON.parse(text) as typeof manifest;
  } catch {
    throw new DataError(`manifest '${path}' is not JSON`);
  }
  if (!Array.isArray(manifest.weights))
    throw new DataError(`manifest '${path}' has no list "weights"`);
  return manifest.weights.map((entry: Partial<Record<keyof WeightSpec, unknown>>, index) => {
    const { name, shape, dtype, init } = entry;
    const ok =
      typeof name === "string" &&
      Array.isArray(shape) &&
      shape.every((size) => Number.isInteger(size) && (size as number) >= 0) &&
      typeof dtype === "string" &&
      isDType(dtype);
    if (!ok)
      throw new DataError(`manifest '${path}': weight ${index} has no valid name, shape and dtype`);
    if (!isInitialiser(init) || !fills(init, dtype, shape as number[]))
      throw new DataError(
        `manifest '${path}': weight '${name}' has no initialiser; give weights_path instead`,
      );
    return { name, shape: shape as number[], dtype, init };
  });
}
