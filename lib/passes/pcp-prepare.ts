/** @file The pcp-prepare pass: turns what exporters from PyTorch leave behind into plain StableHLO. */
import type { Operation } from "#lib/ir/graph.ts";
import { shapeCleanups } from "./cleanup/shape.ts";
import { compactFolds } from "./fold/all.ts";
import { definePass } from "./pass.ts";
import { arithConstant, inlineResource } from "./prepare/constants.ts";
import { dotIsDotGeneral } from "./prepare/dot.ts";
import { powerByConstant } from "./prepare/power.ts";
import { applyPatterns, type GreedyReport } from "./rewrite/greedy.ts";
import type { Pattern } from "./rewrite/pattern.ts";
import { reportGreedy } from "./rewrite/report.ts";
import { convertSame, selectConstant } from "./simplify/elementwise.ts";
import { shapeSimplifications } from "./simplify/shape.ts";

export interface PrepareOptions {
  /** Resources of more bytes stay; -1 for no limit. */
  readonly resourceLimit?: number;
  /** Largest constant that folding writes out, splats aside. */
  readonly foldElementLimit?: number;
  /** Powers by 0.5 and -0.5 become roots. */
  readonly roots?: boolean;
}

/** Elements up to which the scalar chains of exporters are folded. */
const FOLD_ELEMENTS = 256;

const preparePatterns = (options: PrepareOptions): readonly Pattern[] => [
  arithConstant,
  inlineResource(options.resourceLimit ?? -1),
  dotIsDotGeneral,
  powerByConstant(options.roots ?? false),
  convertSame,
  selectConstant,
  ...shapeSimplifications.filter(({ name }) => name !== "iota-broadcast"),
  ...shapeCleanups.filter(({ name }) => name !== "add-of-pads"),
  ...compactFolds,
];

/** Brings an exported module into plain StableHLO. */
export const runPrepare = (root: Operation, options: PrepareOptions = {}): GreedyReport =>
  applyPatterns(root, preparePatterns(options), {
    maxIterations: 20,
    limits: { foldElementLimit: options.foldElementLimit ?? FOLD_ELEMENTS },
  });

export const pcpPrepare = definePass({
  name: "pcp-prepare",
  summary: "Turn what exporters from PyTorch leave behind into plain StableHLO",
  options: {
    "resource-limit": {
      type: "integer",
      default: -1,
      doc: "Resources of more bytes stay dense_resource; -1 inlines all",
    },
    "fold-op-element-limit": {
      type: "integer",
      default: FOLD_ELEMENTS,
      doc: "Elements that a folded constant may have, splats aside",
    },
    roots: {
      type: "boolean",
      default: false,
      doc: "Powers by 0.5 and -0.5 become sqrt and rsqrt, which differ at -0 and -inf",
    },
  },
  run: (root, options, context) => {
    const report = runPrepare(root, {
      resourceLimit: options["resource-limit"],
      foldElementLimit: options["fold-op-element-limit"],
      roots: options.roots,
    });
    reportGreedy(root, report, context);
  },
});
