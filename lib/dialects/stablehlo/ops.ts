/** @file All StableHLO records by name; the names type every table of what is done with ops. */
import { contractOps } from "./contract.ts";
import { controlOps } from "./control.ts";
import { elementwiseOps } from "./elementwise.ts";
import { indexingOps } from "./indexing.ts";
import { reduceOps } from "./reduce.ts";
import { shapeOps } from "./shape.ts";

/** Records by name without the dialect's prefix. */
export const stablehlo = {
  ...elementwiseOps,
  ...shapeOps,
  ...indexingOps,
  ...contractOps,
  ...reduceOps,
  ...controlOps,
};

export type ElementwiseOpName = keyof typeof elementwiseOps;
export type ShapeOpName = keyof typeof shapeOps;
export type IndexingOpName = keyof typeof indexingOps;
export type ContractOpName = keyof typeof contractOps;
export type ReduceOpName = keyof typeof reduceOps;
export type ControlOpName = keyof typeof controlOps;

/** Name of a StableHLO op that has a record, without the dialect's prefix. */
export type StablehloOpName = keyof typeof stablehlo;

/** Record of a StableHLO op. */
export type StablehloDef<K extends StablehloOpName> = (typeof stablehlo)[K];

/** `add` of `stablehlo.add`, or null where there is no record. */
export const stablehloName = (opName: string): StablehloOpName | null => {
  if (!opName.startsWith("stablehlo.")) return null;
  const name = opName.slice("stablehlo.".length);
  return Object.hasOwn(stablehlo, name) ? (name as StablehloOpName) : null;
};
