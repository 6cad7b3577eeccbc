/** @file Renders diagnostics in mlir-opt's text: `file:line:col: error: message`, source line, caret, notes. */
import { clipLines, escapeControls, escapeName } from "#lib/support/text.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { filePosition } from "./loc.ts";
import type { SourceFile } from "./source-file.ts";

/** Source lines up to this length are shown whole, as mlir-opt shows every line. */
const MAX_WHOLE_LINE = 2000;
/** What is shown of a longer one, around the caret, so that a 10 MB line stays readable. */
const MAX_LINE = 160;

const COLORS = {
  error: "\u001b[0;1;31m",
  warning: "\u001b[0;1;35m",
  remark: "\u001b[0;1;34m",
  note: "\u001b[0;1;30m",
};
const RESET = "\u001b[0m";

export interface RenderOptions {
  readonly color?: boolean;
  /** Files by name, for locations that name a file which is also being read. */
  readonly files?: readonly SourceFile[];
}

function sourceExcerpt(file: SourceFile, line: number, column: number, width: number): string {
  const text = file.lineText(line);
  if (text === null) return "";
  const isWhole = text.length <= MAX_WHOLE_LINE;
  const start = isWhole ? 0 : Math.max(0, Math.min(column - 1 - 80, text.length - MAX_LINE));
  const shown = isWhole ? text : text.slice(start, start + MAX_LINE);
  const pad = shown.slice(0, column - 1 - start).replace(/[^\t]/g, " ");
  const underlined = Math.min(width, shown.length - pad.length) - 1;
  return `${escapeControls(shown)}\n${pad}^${"~".repeat(Math.max(underlined, 0))}\n`;
}

/** Text of a diagnostic and its notes, ending in a newline. */
export function renderDiagnostic(diagnostic: Diagnostic, options: RenderOptions = {}): string {
  const position = filePosition(diagnostic.loc);
  const { severity } = diagnostic;
  const label = options.color ? `${COLORS[severity]}${severity}: ${RESET}` : `${severity}: `;
  const message = escapeControls(clipLines(diagnostic.message));
  let text: string;
  if (position === null) text = `<unknown>:0: ${label}${message}\n`;
  else {
    text = `${escapeName(position.fileName)}:${position.line}:${position.column}: ${label}${message}\n`;
    const file =
      position.file ?? options.files?.find(({ name }) => name === position.fileName) ?? null;
    if (file !== null)
      text += sourceExcerpt(file, position.line, position.column, diagnostic.width ?? 1);
  }
  return text + diagnostic.notes.map((note) => renderDiagnostic(note, options)).join("");
}
