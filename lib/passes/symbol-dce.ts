/** @file The symbol-dce pass: erases private symbols that nothing live refers to. */
import type { Operation } from "#lib/ir/graph.ts";
import { definePass } from "./pass.ts";
import { isPrivateSymbol, symbolName, symbolReferences } from "./symbols.ts";

/** Erases dead private symbols of a symbol table; returns how many. */
export function runSymbolDce(table: Operation): number {
  const symbols = new Map<string, Operation>();
  const work: Operation[] = [];
  const live = new Set<Operation>();
  const ops = table.regions.flatMap(({ blocks }) => blocks.flatMap((block) => block.ops));
  for (const op of ops) {
    const name = symbolName(op);
    if (name !== null) symbols.set(name, op);
    if (name === null || !isPrivateSymbol(op)) work.push(op);
  }
  for (let op = work.pop(); op !== undefined; op = work.pop()) {
    if (live.has(op)) continue;
    live.add(op);
    for (const name of symbolReferences(op)) {
      const target = symbols.get(name);
      if (target !== undefined) work.push(target);
    }
  }
  const dead = ops.filter((op) => !live.has(op));
  for (const op of dead) op.erase();
  return dead.length;
}

export const symbolDce = definePass({
  name: "symbol-dce",
  displayName: "SymbolDCEPass",
  summary: "Eliminate dead symbols",
  statistics: { "num-dce'd": "Number of symbols DCE'd" },
  run: (root, _options, { engine, count }) => {
    if (root.def?.traits.has("symbolTable") !== true) {
      engine.error(
        root.loc,
        `'${root.name}' op  was scheduled to run under SymbolDCE, but does not define a symbol table`,
      );
      return;
    }
    count("num-dce'd", runSymbolDce(root));
  },
});
