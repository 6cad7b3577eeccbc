/** @file The context: which op records exist, and what is allowed beside them. */
import type { AnyOpDef } from "./op-def.ts";

export interface ContextOptions {
  /** Accept ops of dialects that have no records; their text is kept. */
  readonly allowUnregisteredDialects?: boolean;
}

/** What is known by name only: such ops are parsed and printed in generic form. */
export interface GenericNames {
  /** Dialects all of whose ops are accepted. */
  readonly dialects?: readonly string[];
  /** Ops of dialects that have records too. */
  readonly ops?: readonly string[];
}

/** Op records by name, and the dialects they belong to. */
export class Context {
  readonly ops: ReadonlyMap<string, AnyOpDef>;
  readonly dialects: ReadonlySet<string>;
  /** Ops without a record that are known to exist. */
  readonly genericOps: ReadonlySet<string>;
  /** Dialects of which any op is accepted in generic form. */
  readonly genericDialects: ReadonlySet<string>;
  readonly allowUnregisteredDialects: boolean;

  constructor(defs: readonly AnyOpDef[], generic: GenericNames = {}, options: ContextOptions = {}) {
    this.ops = new Map(defs.map((def) => [def.name, def]));
    this.genericOps = new Set(generic.ops ?? []);
    this.genericDialects = new Set(generic.dialects ?? []);
    this.dialects = new Set([
      ...[...this.ops.keys(), ...this.genericOps].map(dialectOf),
      ...this.genericDialects,
    ]);
    this.allowUnregisteredDialects = options.allowUnregisteredDialects ?? false;
  }
}

/** `stablehlo` of `stablehlo.add`. */
export const dialectOf = (opName: string): string => {
  const dot = opName.indexOf(".");
  return dot === -1 ? "" : opName.slice(0, dot);
};
