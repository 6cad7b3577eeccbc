/** @file Symbols: the operations that a table names, found from where a user stands. */
import type { Operation } from "#lib/ir/graph.ts";

/** Name of an operation that defines a symbol, or null. */
export function symbolName(op: Operation): string | null {
  const attr = op.properties.get("sym_name") ?? op.attributes.get("sym_name");
  return attr?.kind === "string" ? attr.value : null;
}

/** Finds symbols, reading each table once. */
export class SymbolTables {
  private readonly tables = new Map<Operation, ReadonlyMap<string, Operation>>();

  private tableOf(op: Operation): ReadonlyMap<string, Operation> {
    const known = this.tables.get(op);
    if (known !== undefined) return known;
    const table = new Map<string, Operation>();
    for (const region of op.regions)
      for (const block of region.blocks)
        for (let inner = block.first; inner !== null; inner = inner.next) {
          const name = symbolName(inner);
          if (name !== null && !table.has(name)) table.set(name, inner);
        }
    this.tables.set(op, table);
    return table;
  }

  /** The operation of that name in the nearest table around `from`, or null. */
  lookup(from: Operation, name: string): Operation | null {
    for (let op = from.parentOp; op !== null; op = op.parentOp)
      if (op.def?.traits.has("symbolTable") === true) return this.tableOf(op).get(name) ?? null;
    return null;
  }
}
