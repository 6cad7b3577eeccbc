/** @file Locations: where an operation came from, as MLIR's location attributes say it. */
import type { SourceFile } from "./source-file.ts";

/** A place in a text being read, resolved to line and column when printed. */
export interface SourceLoc {
  readonly kind: "source";
  readonly file: SourceFile;
  readonly offset: number;
}

/** `loc("file":line:column)` or `loc("file":line:column to endLine:endColumn)`, as written. */
export interface FileLoc {
  readonly kind: "file";
  readonly fileName: string;
  readonly line: number;
  readonly column: number;
  readonly end: { readonly line: number; readonly column: number } | null;
}

/** A location; `parsedAt` of the written ones is dropped after parsing. */
export type Loc =
  | { readonly kind: "unknown" }
  | SourceLoc
  | FileLoc
  | { readonly kind: "name"; readonly name: string; readonly child: Loc | null }
  | { readonly kind: "callsite"; readonly callee: Loc; readonly caller: Loc }
  | {
      readonly kind: "fused";
      /** Printed text of the metadata attribute, such as `"vjp"`, or null. */
      readonly metadata: string | null;
      readonly locations: readonly Loc[];
    };

/** `loc(unknown)`. */
export const UNKNOWN_LOC: Loc = { kind: "unknown" };

/** Location of a derived operation: `fused<"what">[origin]`. */
export const derivedLoc = (what: string, origin: Loc): Loc => ({
  kind: "fused",
  metadata: JSON.stringify(what),
  locations: [origin],
});

/** The first place in a file that a location leads to, or null. */
export function filePosition(
  loc: Loc,
): { file: SourceFile | null; fileName: string; line: number; column: number } | null {
  switch (loc.kind) {
    case "unknown":
      return null;
    case "source": {
      const { line, column } = loc.file.positionAt(loc.offset);
      return { file: loc.file, fileName: loc.file.name, line, column };
    }
    case "file":
      return { file: null, fileName: loc.fileName, line: loc.line, column: loc.column };
    case "name":
      return loc.child === null ? null : filePosition(loc.child);
    case "callsite":
      return filePosition(loc.callee) ?? filePosition(loc.caller);
    case "fused":
      for (const inner of loc.locations) {
        const found = filePosition(inner);
        if (found !== null) return found;
      }
      return null;
  }
}
