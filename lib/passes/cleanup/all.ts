/** @file All cleanup patterns, family by family. */
import type { Pattern } from "../rewrite/pattern.ts";
import { contractCleanups } from "./contract.ts";
import { elementwiseCleanups } from "./elementwise.ts";
import { indexingCleanups } from "./indexing.ts";
import { reduceCleanups } from "./reduce.ts";
import { shapeCleanups } from "./shape.ts";

export const cleanups: readonly Pattern[] = [
  ...elementwiseCleanups,
  ...shapeCleanups,
  ...contractCleanups,
  ...reduceCleanups,
  ...indexingCleanups,
];
