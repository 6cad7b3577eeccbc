/** @file All passes, sorted by name: the one list that tools, docs and tests read. */
import { canonicalize } from "#lib/passes/canonicalize.ts";
import { cse } from "#lib/passes/cse.ts";
import { dce } from "#lib/passes/dce.ts";
import { inline } from "#lib/passes/inline.ts";
import type { AnyPass } from "#lib/passes/pass.ts";
import { pcpPrepare } from "#lib/passes/pcp-prepare.ts";
import { pcpResourcesToArgs } from "#lib/passes/pcp-resources-to-args.ts";
import { pcpSimplify } from "#lib/passes/pcp-simplify.ts";
import { pcpToBf16 } from "#lib/passes/pcp-to-bf16.ts";
import { aggressiveFolder } from "#lib/passes/stablehlo-aggressive-folder.ts";
import { aggressiveSimplification } from "#lib/passes/stablehlo-aggressive-simplification.ts";
import { targetIndependentOptimization } from "#lib/passes/stablehlo-target-independent-optimization.ts";
import { stripDebugInfo } from "#lib/passes/strip-debuginfo.ts";
import { symbolDce } from "#lib/passes/symbol-dce.ts";

export const allPasses: readonly AnyPass[] = [
  canonicalize,
  cse,
  dce,
  inline,
  pcpPrepare,
  pcpResourcesToArgs,
  pcpSimplify,
  pcpToBf16,
  aggressiveFolder,
  aggressiveSimplification,
  targetIndependentOptimization,
  stripDebugInfo,
  symbolDce,
];
