/** @file A named text with a lazily built line table. */

/** Position in a text, both counted from 1; columns count UTF-16 units. */
export interface LineColumn {
  readonly line: number;
  readonly column: number;
}

/** A source text: `name` is what diagnostics print, `<stdin>` for standard input. */
export class SourceFile {
  readonly name: string;
  readonly text: string;
  /** Lines before this text in the file that it was split from. */
  readonly firstLine: number;
  /** Column behind the marker that this text was split off at; 0 for a whole file. */
  readonly splitColumn: number;
  private lineStarts: readonly number[] | null = null;

  constructor(name: string, text: string, firstLine = 1, splitColumn = 0) {
    this.name = name;
    this.text = text;
    this.firstLine = firstLine;
    this.splitColumn = splitColumn;
  }

  private starts(): readonly number[] {
    if (this.lineStarts === null) {
      const starts = [0];
      let index = this.text.indexOf("\n");
      while (index !== -1) {
        starts.push(index + 1);
        index = this.text.indexOf("\n", index + 1);
      }
      this.lineStarts = starts;
    }
    return this.lineStarts;
  }

  /** Line and column of a UTF-16 offset. */
  positionAt(offset: number): LineColumn {
    const starts = this.starts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + this.firstLine, column: offset - (starts[low] as number) + 1 };
  }

  /** Text of a line without its end, or null where the file has no such line. */
  lineText(line: number): string | null {
    const starts = this.starts();
    const start = starts[line - this.firstLine];
    if (start === undefined) return null;
    const next = starts[line - this.firstLine + 1];
    const end = next === undefined ? this.text.length : next - 1;
    return this.text.slice(start, this.text[end - 1] === "\r" ? end - 1 : end);
  }
}
