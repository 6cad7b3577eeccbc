/** @file Byte texts with names, places in them, and messages printed as LLVM's source manager prints them. */

/** A text whose characters are bytes. */
export class ByteText {
  readonly name: string;
  readonly text: string;
  private readonly hasReturns: boolean;
  private starts: readonly number[] | null = null;
  private folded: string | null = null;

  constructor(name: string, text: string) {
    this.name = name;
    this.text = text;
    this.hasReturns = text.includes("\r");
  }

  /** The text with ASCII letters in lower case. */
  get lower(): string {
    this.folded ??= lowerAscii(this.text);
    return this.folded;
  }

  private lineStarts(): readonly number[] {
    if (this.starts === null) {
      const starts = [0];
      for (let at = this.text.indexOf("\n"); at !== -1; at = this.text.indexOf("\n", at + 1))
        starts.push(at + 1);
      this.starts = starts;
    }
    return this.starts;
  }

  get lineCount(): number {
    return this.lineStarts().length;
  }

  lineStart(line: number): number {
    return this.lineStarts()[line - 1] ?? this.text.length;
  }

  /** Line and column of an offset, both counted from 1. */
  positionAt(offset: number): { readonly line: number; readonly column: number } {
    const starts = this.lineStarts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    // Columns begin anew behind a carriage return, lines do not.
    let lineStart = starts[low] as number;
    if (this.hasReturns)
      lineStart = Math.max(
        lineStart,
        this.text.slice(lineStart, offset).lastIndexOf("\r") + lineStart + 1,
      );
    return { line: low + 1, column: offset - lineStart + 1 };
  }
}

/** Folds ASCII letters and nothing else. */
export const lowerAscii = (text: string): string =>
  text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

/** A place in a text. */
export interface Place {
  readonly source: ByteText;
  readonly offset: number;
}

/** A stretch of a text, with the string operations that parsers of check lines need. */
export class Stretch {
  readonly source: ByteText;
  readonly start: number;
  readonly end: number;

  constructor(source: ByteText, start = 0, end = source.text.length) {
    this.source = source;
    this.start = Math.min(start, end);
    this.end = end;
  }

  get text(): string {
    return this.source.text.slice(this.start, this.end);
  }

  get length(): number {
    return this.end - this.start;
  }

  get place(): Place {
    return { source: this.source, offset: this.start };
  }

  at(index: number): string {
    return this.start + index < this.end ? (this.source.text[this.start + index] as string) : "";
  }

  startsWith(prefix: string): boolean {
    return this.length >= prefix.length && this.source.text.startsWith(prefix, this.start);
  }

  /** Without the first `count` characters. */
  drop(count: number): Stretch {
    return new Stretch(this.source, this.start + count, this.end);
  }

  take(count: number): Stretch {
    return new Stretch(this.source, this.start, Math.min(this.end, this.start + count));
  }

  indexOf(needle: string, from = 0): number {
    return this.text.indexOf(needle, from);
  }

  trimStart(): Stretch {
    let start = this.start;
    while (start < this.end && isBlank(this.source.text[start])) start++;
    return new Stretch(this.source, start, this.end);
  }

  trimEnd(): Stretch {
    let end = this.end;
    while (end > this.start && isBlank(this.source.text[end - 1])) end--;
    return new Stretch(this.source, this.start, end);
  }
}

const isBlank = (character: string | undefined): boolean => character === " " || character === "\t";

export type MessageKind = "error" | "note" | "remark";

/** A part of the line to underline. */
export interface Underline {
  readonly start: number;
  readonly end: number;
}

const BOLD = "\x1b[1m";
const RESET = "\x1b[0m";
const KIND_COLOR = {
  error: "\x1b[0;1;31m",
  note: "\x1b[0;1;30m",
  remark: "\x1b[0;1;34m",
} as const;
const CARET_COLOR = "\x1b[0;1;32m";
const TAB_STOP = 8;

function expandTabs(line: string): string {
  if (!line.includes("\t")) return line;
  let text = "";
  for (const character of line)
    text += character === "\t" ? " ".repeat(TAB_STOP - (text.length % TAB_STOP)) : character;
  return text;
}

function markerLine(line: string, column: number, underline: Underline | null): string {
  const cells = new Array<string>(line.length + 1).fill(" ");
  if (underline !== null)
    cells.fill("~", Math.max(0, underline.start), Math.min(underline.end, cells.length));
  cells[Math.min(column, line.length)] = "^";
  let text = "";
  for (const [index, cell] of cells.join("").trimEnd().split("").entries()) {
    const isTab = line[index] === "\t";
    text += isTab ? cell.repeat(TAB_STOP - (text.length % TAB_STOP)) : cell;
  }
  return text;
}

/** `file:line:col: kind: text`, the source line, and a caret with what is underlined. */
export function renderMessage(
  place: Place,
  kind: MessageKind,
  message: string,
  underline: Underline | null = null,
  color = false,
): string {
  const { source, offset } = place;
  const { text } = source;
  const { line, column } = source.positionAt(offset);
  const isEnd = (character: string | undefined): boolean =>
    character === "\n" || character === "\r";
  let start = offset;
  while (start > 0 && !isEnd(text[start - 1])) start--;
  let end = offset;
  while (end < text.length && !isEnd(text[end])) end++;
  const where = `${source.name}:${line}:${column}: `;
  const head = color
    ? `${BOLD}${where}${RESET}${KIND_COLOR[kind]}${kind}: ${RESET}${BOLD}${message}\n${RESET}`
    : `${where}${kind}: ${message}\n`;
  const content = text.slice(start, end);
  const shown = `${expandTabs(content)}\n`;
  for (let index = 0; index < content.length; index++)
    if (content.charCodeAt(index) > 127) return head + shown;
  const range =
    underline === null || underline.start > end || underline.end < start
      ? null
      : {
          start: Math.max(underline.start, start) - start,
          end: Math.min(underline.end, end) - start,
        };
  const marks = markerLine(content, offset - start, range);
  return head + shown + (color ? `${CARET_COLOR}${marks}\n${RESET}` : `${marks}\n`);
}

/** Escapes a value for a quoted note, as `raw_ostream::write_escaped` does. */
export const escapeValue = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is escaped
  text.replace(/[\\\t\n"\x00-\x1f\x7f-\xff]/g, (character) => {
    if (character === "\\") return "\\\\";
    if (character === "\t") return "\\t";
    if (character === "\n") return "\\n";
    if (character === '"') return '\\"';
    return `\\${character.charCodeAt(0).toString(8).padStart(3, "0")}`;
  });
