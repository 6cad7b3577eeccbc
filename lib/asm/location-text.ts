/** @file Prints locations, and numbers the aliases that long lists of them get. */
import { type Loc, UNKNOWN_LOC } from "#lib/diag/loc.ts";
import { escapeString } from "./strings.ts";

const end = (
  line: number,
  to: { readonly line: number; readonly column: number } | null,
): string => {
  if (to === null) return "";
  return to.line === line ? ` to :${to.column}` : ` to ${to.line}:${to.column}`;
};

/** Text inside `loc(...)`; locations inside it are printed by `inner`. */
export function locationText(loc: Loc, inner: (loc: Loc) => string): string {
  switch (loc.kind) {
    case "unknown":
      return "unknown";
    case "source": {
      const { line, column } = loc.file.positionAt(loc.offset);
      return `${escapeString(loc.file.name)}:${line}:${column}`;
    }
    case "file":
      return `${escapeString(loc.fileName)}:${loc.line}:${loc.column}${end(loc.line, loc.end)}`;
    case "name": {
      const bare = loc.child === null || loc.child.kind === "unknown";
      return bare
        ? escapeString(loc.name)
        : `${escapeString(loc.name)}(${inner(loc.child as Loc)})`;
    }
    case "callsite":
      return `callsite(${inner(loc.callee)} at ${inner(loc.caller)})`;
    case "fused":
      return `fused${loc.metadata === null ? "" : `<${loc.metadata}>`}[${loc.locations.map(inner).join(", ")}]`;
  }
}

/** Text inside `loc(...)` with everything spelled out. */
export const fullLocationText = (loc: Loc): string => locationText(loc, fullLocationText);

/** Several locations as one: nested ones of the same kind are opened, equal and unknown ones left out. */
export function fusedLocation(locations: readonly Loc[], metadata: string | null): Loc {
  const unique = new Map<string, Loc>();
  for (const loc of locations) {
    const parts = loc.kind === "fused" && loc.metadata === metadata ? loc.locations : [loc];
    for (const part of parts) {
      if (part.kind === "unknown") continue;
      const text = fullLocationText(part);
      if (!unique.has(text)) unique.set(text, part);
    }
  }
  const [first = UNKNOWN_LOC] = unique.values();
  if (metadata === null && unique.size <= 1) return first;
  return { kind: "fused", metadata, locations: unique.size === 0 ? [first] : [...unique.values()] };
}

interface Alias {
  readonly loc: Loc;
  depth: number;
  deferrable: boolean;
  readonly children: string[];
}

/** Aliases of the locations of one text. */
export class LocationAliases {
  private readonly found = new Map<string, Alias>();
  private readonly keys = new Map<Loc, string>();
  private readonly names = new Map<string, string>();

  private keyOf(loc: Loc): string {
    let key = this.keys.get(loc);
    if (key === undefined) {
      key = fullLocationText(loc);
      this.keys.set(loc, key);
    }
    return key;
  }

  /** Notes that a location is printed; one that is not deferrable is defined above its use. */
  visit(loc: Loc, deferrable: boolean): number {
    const key = this.keyOf(loc);
    const known = this.found.get(key);
    if (known !== undefined) {
      if (!deferrable) this.markAbove(known);
      return known.depth;
    }
    const alias: Alias = { loc, depth: 1, deferrable, children: [] };
    this.found.set(key, alias);
    let deepest = 0;
    for (const child of childrenOf(loc)) {
      alias.children.push(this.keyOf(child));
      deepest = Math.max(deepest, this.visit(child, deferrable));
    }
    if (deepest > 0) alias.depth = deepest + 1;
    return alias.depth;
  }

  private markAbove(alias: Alias): void {
    if (!alias.deferrable) return;
    alias.deferrable = false;
    for (const key of alias.children) {
      const child = this.found.get(key);
      if (child !== undefined) this.markAbove(child);
    }
  }

  /** Gives out the names, shallow ones first. */
  assign(): void {
    let number = 0;
    const sorted = [...this.found].sort(([, a], [, b]) => a.depth - b.depth);
    for (const [key] of sorted) this.names.set(key, `#loc${number++ === 0 ? "" : number - 1}`);
  }

  /** The alias of a location, or its text. */
  readonly reference = (loc: Loc): string =>
    this.names.get(this.keyOf(loc)) ?? locationText(loc, this.reference);

  /** Definitions that stand above the operations, or below. */
  definitions(deferred: boolean): string {
    let text = "";
    for (const [key, name] of this.names) {
      const alias = this.found.get(key) as Alias;
      if (alias.deferrable === deferred)
        text += `${name} = loc(${locationText(alias.loc, this.reference)})\n`;
    }
    return text;
  }
}

function childrenOf(loc: Loc): readonly Loc[] {
  if (loc.kind === "name")
    return loc.child === null || loc.child.kind === "unknown" ? [] : [loc.child];
  if (loc.kind === "callsite") return [loc.callee, loc.caller];
  return loc.kind === "fused" ? loc.locations : [];
}
