/** @file What FileCheck is asked to do: its options after parsing. */

export type DumpInput = "always" | "fail" | "never";
export type DumpFilter = "all" | "annotation-full" | "annotation" | "error";

/** Options of one run; see `filecheck-js --help`. */
export interface FileCheckRequest {
  /** Prefixes as given; empty stands for `CHECK`. */
  readonly checkPrefixes: readonly string[];
  /** Comment prefixes as given; empty stands for `COM` and `RUN`. */
  readonly commentPrefixes: readonly string[];
  readonly matchFullLines: boolean;
  readonly strictWhitespace: boolean;
  readonly ignoreCase: boolean;
  readonly implicitCheckNot: readonly string[];
  /** `NAME=VALUE` or `#NAME=EXPRESSION`. */
  readonly defines: readonly string[];
  readonly allowEmpty: boolean;
  readonly allowUnusedPrefixes: boolean;
  readonly enableVarScope: boolean;
  readonly allowDagOverlap: boolean;
  readonly verbose: boolean;
  readonly veryVerbose: boolean;
  readonly dumpInput: DumpInput;
  readonly dumpFilter: DumpFilter;
  readonly dumpContext: number;
  readonly color: boolean;
  /** Print substituted values as LLVM 19 does: escaped for use in an expression. */
  readonly escapedValues: boolean;
}

/** The request of a plain `FileCheck FILE`. */
export const DEFAULT_REQUEST: FileCheckRequest = {
  checkPrefixes: [],
  commentPrefixes: [],
  matchFullLines: false,
  strictWhitespace: false,
  ignoreCase: false,
  implicitCheckNot: [],
  defines: [],
  allowEmpty: false,
  allowUnusedPrefixes: false,
  enableVarScope: false,
  allowDagOverlap: false,
  verbose: false,
  veryVerbose: false,
  dumpInput: "fail",
  dumpFilter: "error",
  dumpContext: 5,
  color: false,
  escapedValues: false,
};

/** Kinds of directives. */
export type CheckKind = "plain" | "next" | "same" | "not" | "dag" | "label" | "empty" | "eof";

/** A directive's kind with its modifiers. */
export interface CheckType {
  readonly kind: CheckKind;
  readonly count: number;
  readonly literal: boolean;
}

const SUFFIX: Readonly<Record<Exclude<CheckKind, "eof">, string>> = {
  plain: "",
  next: "-NEXT",
  same: "-SAME",
  not: "-NOT",
  dag: "-DAG",
  label: "-LABEL",
  empty: "-EMPTY",
};

/** How messages name a directive: `CHECK-NEXT{LITERAL}`. */
export function describeCheck(prefix: string, type: CheckType): string {
  if (type.kind === "eof") return "implicit EOF";
  const suffix = type.kind === "plain" && type.count > 1 ? "-COUNT" : SUFFIX[type.kind];
  return prefix + suffix + (type.literal ? "{LITERAL}" : "");
}
