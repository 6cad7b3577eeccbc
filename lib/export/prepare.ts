/** @file The module as torch-mlir left it, through pcp-prepare. */
import type { Problem } from "#lib/support/problem.ts";

/** The prepared text of a module. */
export function prepareModule(text: string, _name: string): { readonly text: string } | Problem {
  return { text };
}
