/** @file Symbol references inside operations. */
import type { Attribute } from "#lib/ir/attributes.ts";
import type { Operation } from "#lib/ir/graph.ts";

/** Calls `visit` with the root name of every symbol reference in an attribute. */
function visitSymbols(attr: Attribute, visit: (name: string) => void): void {
  const stack: Attribute[] = [attr];
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    if (item.kind === "symbol") visit(item.root);
    else if (item.kind === "array") stack.push(...item.elements);
    else if (item.kind === "dict") stack.push(...item.entries.values());
  }
}

/** Names that `op` and everything inside refer to, once per reference. */
export function symbolReferences(op: Operation): string[] {
  const names: string[] = [];
  op.walk((inner) => {
    for (const table of [inner.properties, inner.attributes])
      for (const attr of table.values()) visitSymbols(attr, (name) => names.push(name));
  });
  return names;
}

/** Name of a symbol op, or null. */
export function symbolName(op: Operation): string | null {
  const name = op.properties.get("sym_name") ?? op.attributes.get("sym_name");
  return name?.kind === "string" ? name.value : null;
}

/** Whether a symbol can be referred to from inside its table only. */
export function isPrivateSymbol(op: Operation): boolean {
  const visibility = op.properties.get("sym_visibility") ?? op.attributes.get("sym_visibility");
  return visibility?.kind === "string" && visibility.value !== "public";
}
