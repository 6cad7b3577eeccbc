/** @file Pass records: a name, typed options, statistics and a function over one operation. */
import type { DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import type { Operation } from "#lib/ir/graph.ts";
import type { Tensor } from "#lib/tensors/tensor.ts";

/** One option of a pass: its kind, default and meaning. */
export type OptionSpec =
  | { readonly type: "integer"; readonly default: number; readonly doc: string }
  | { readonly type: "boolean"; readonly default: boolean; readonly doc: string }
  | { readonly type: "string"; readonly default: string; readonly doc: string }
  | { readonly type: "list"; readonly default: readonly string[]; readonly doc: string }
  | {
      readonly type: "choice";
      readonly values: readonly string[];
      readonly default: string;
      readonly doc: string;
    };

export type OptionSpecs = { readonly [name: string]: OptionSpec };

type ValueOf<S extends OptionSpec> = S extends { readonly type: "integer" }
  ? number
  : S extends { readonly type: "boolean" }
    ? boolean
    : S extends { readonly type: "list" }
      ? readonly string[]
      : string;

/** Option values as `run` sees them. */
export type OptionValues<S extends OptionSpecs> = { readonly [K in keyof S]: ValueOf<S[K]> };

/** Option values whose names are not known to the compiler. */
export type AnyOptionValues = {
  readonly [name: string]: number | boolean | string | readonly string[];
};

/** What a pass gets besides the operation. */
export interface PassContext {
  /** Errors reported here stop the pipeline. */
  readonly engine: DiagnosticEngine;
  /** Adds to a statistic that the pass declares. */
  readonly count: (statistic: string, by?: number) => void;
  /** Hands over a tensor that the pass takes out of the module, by the name of the argument that stands for it. */
  readonly keep: (name: string, tensor: Tensor) => void;
}

/** A pass. */
export interface Pass<O extends OptionSpecs = OptionSpecs> {
  /** Name on the command line and in pipelines. */
  readonly name: string;
  /** Name in timing tables and dumps, such as `CSEPass`. */
  readonly displayName: string;
  /** One line, capital letter, no full stop. */
  readonly summary: string;
  readonly options: O;
  /** Statistics by name with what they count. */
  readonly statistics: { readonly [name: string]: string };
  /** Name of the ops that it runs on, or null for any isolated op. */
  readonly anchor: string | null;
  readonly run: (root: Operation, options: OptionValues<O>, context: PassContext) => void;
}

/** Any pass. */
// biome-ignore lint/suspicious/noExplicitAny: the one existential of pass options
export type AnyPass = Pass<any>;

/** `PcpPreparePass` of `pcp-prepare`. */
const displayNameOf = (name: string): string =>
  `${name.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())}Pass`;

/** Declares a pass; option types flow into `run`. */
export function definePass<const O extends OptionSpecs = Record<never, never>>(spec: {
  readonly name: string;
  readonly displayName?: string;
  readonly summary: string;
  readonly options?: O;
  readonly statistics?: { readonly [name: string]: string };
  readonly anchor?: string | null;
  readonly run: (root: Operation, options: OptionValues<O>, context: PassContext) => void;
}): Pass<O> {
  return {
    name: spec.name,
    displayName: spec.displayName ?? displayNameOf(spec.name),
    summary: spec.summary,
    options: spec.options ?? ({} as O),
    statistics: spec.statistics ?? {},
    anchor: spec.anchor ?? null,
    run: spec.run,
  };
}

/** Defaults of all options. */
export const defaultOptions = <O extends OptionSpecs>(pass: Pass<O>): OptionValues<O> =>
  Object.fromEntries(
    Object.entries(pass.options).map(([name, spec]) => [name, spec.default]),
  ) as unknown as OptionValues<O>;

/** Reads the text of one option value; a message where it does not fit. */
export function parseOptionValue(
  name: string,
  spec: OptionSpec,
  text: string,
): { readonly value: number | boolean | string | readonly string[] } | { readonly error: string } {
  const prefix = `for the --${name} option:`;
  switch (spec.type) {
    case "integer":
      return /^-?(\d+|0x[0-9a-fA-F]+)$/.test(text)
        ? { value: Number(text) }
        : { error: `${prefix} '${text}' value invalid for long argument!` };
    case "boolean":
      if (["", "true", "TRUE", "True", "1"].includes(text)) return { value: true };
      if (["false", "FALSE", "False", "0"].includes(text)) return { value: false };
      return { error: `${prefix} '${text}' is invalid value for boolean argument! Try 0 or 1` };
    case "list":
      return { value: text === "" ? [] : text.split(",") };
    case "choice":
      return spec.values.includes(text)
        ? { value: text }
        : { error: `${prefix} Cannot find option named '${text}'!` };
    case "string":
      return { value: text };
  }
}

const optionText = (name: string, value: number | boolean | string | readonly string[]): string => {
  if (typeof value !== "object") return value === "" ? "" : `${name}=${value}`;
  return value.length === 0 ? "" : `${name}={${value.join(",")}}`;
};

/**
 * `{a=1 b=true}` with all options, sorted, or the empty string where the pass has none. As in MLIR, an empty text leaves the
 * blank that would follow it.
 */
export function formatOptions(pass: AnyPass, values: AnyOptionValues): string {
  const names = Object.keys(pass.options).sort();
  if (names.length === 0) return "";
  return `{${names.map((name) => optionText(name, values[name] ?? "")).join(" ")}}`;
}
