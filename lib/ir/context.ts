/** @file The context: which op records exist, and what is allowed beside them. */
import type { AnyOpDef } from "./op-def.ts";

export interface ContextOptions {
  /** Accept ops of dialects that have no records; their text is kept. */
  readonly allowUnregisteredDialects?: boolean;
}

/** Op records by name, and the dialects they belong to. */
export class Context {
  readonly ops: ReadonlyMap<string, AnyOpDef>;
  readonly dialects: ReadonlySet<string>;
  readonly allowUnregisteredDialects: boolean;

  /** @param genericDialects - dialects known by name whose ops parse in generic form without a record. */
  constructor(
    defs: readonly AnyOpDef[],
    genericDialects: readonly string[] = [],
    options: ContextOptions = {},
  ) {
    this.ops = new Map(defs.map((def) => [def.name, def]));
    this.dialects = new Set([...defs.map(({ name }) => dialectOf(name)), ...genericDialects]);
    this.allowUnregisteredDialects = options.allowUnregisteredDialects ?? false;
  }
}

/** `stablehlo` of `stablehlo.add`. */
export const dialectOf = (opName: string): string => {
  const dot = opName.indexOf(".");
  return dot === -1 ? "" : opName.slice(0, dot);
};
