/** @file Splits an input at lines `// -----`, as mlir-opt's --split-input-file does. */
import type { Diagnostic } from "#lib/diag/diagnostic.ts";
import { SourceFile } from "#lib/diag/source-file.ts";

/** A line that has this much of the marker but not all of it is probably a slip. */
const NEAR_MISS = 6;

/** Pieces between markers, each with its lines counted as in the whole text. */
export function splitSource(
  source: SourceFile,
  marker: string,
  warn: (diagnostic: Diagnostic) => void,
): SourceFile[] {
  const { name, text } = source;
  const pieces: SourceFile[] = [];
  let start = 0;
  let line = 1;
  for (let at = text.indexOf(marker, 1); ; at = text.indexOf(marker, start + 1)) {
    const piece = text.slice(start, at === -1 ? text.length : at);
    const column = start === 0 ? 0 : start - text.lastIndexOf("\n", start - 1);
    pieces.push(new SourceFile(name, piece, line, column));
    if (at === -1) break;
    for (const character of piece) if (character === "\n") line++;
    start = at + marker.length;
  }
  warnNearMisses(source, marker, warn);
  return pieces;
}

function warnNearMisses(
  source: SourceFile,
  marker: string,
  warn: (diagnostic: Diagnostic) => void,
): void {
  if (marker.length <= NEAR_MISS) return;
  const near = marker.slice(0, NEAR_MISS);
  for (let at = source.text.indexOf(near); at !== -1; at = source.text.indexOf(near, at + 1)) {
    if (source.text.startsWith(marker, at)) continue;
    warn({
      severity: "warning",
      loc: { kind: "source", file: source, offset: at + NEAR_MISS },
      message: "near miss with file split marker",
      notes: [],
    });
  }
}
