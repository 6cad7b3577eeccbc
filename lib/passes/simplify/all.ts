/** @file All simplification patterns, family by family. */
import type { Pattern } from "../rewrite/pattern.ts";
import { controlSimplifications } from "./control.ts";
import { elementwiseSimplifications } from "./elementwise.ts";
import { indexingSimplifications } from "./indexing.ts";
import { reduceSimplifications } from "./reduce.ts";
import { shapeSimplifications } from "./shape.ts";

export const simplifications: readonly Pattern[] = [
  ...elementwiseSimplifications,
  ...shapeSimplifications,
  ...reduceSimplifications,
  ...indexingSimplifications,
  ...controlSimplifications,
];
