/** @file All folding patterns, family by family. */
import type { Pattern } from "../rewrite/pattern.ts";
import { controlFolds } from "./control.ts";
import { elementwiseFolds } from "./elementwise.ts";
import { reduceFolds } from "./reduce.ts";
import { iotaFolds, shapeFolds } from "./shape.ts";

/** Folds whose constants take no more room than what they replace, splats aside. */
export const compactFolds: readonly Pattern[] = [
  ...elementwiseFolds,
  ...shapeFolds,
  ...reduceFolds,
  ...controlFolds,
];

export const folds: readonly Pattern[] = [...compactFolds, ...iotaFolds];
