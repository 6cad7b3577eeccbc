/** @file The annotated input dump: input lines, and below each what directives matched or looked for there. */
import type { CheckEvent, Outcome } from "./matcher.ts";
import type { Pattern } from "./pattern.ts";
import type { CheckKind, DumpFilter, FileCheckRequest } from "./request.ts";
import type { ByteText } from "./source.ts";

interface Marker {
  readonly lead: string;
  readonly color: string;
  readonly note: string;
  readonly isError: boolean;
}

const COLOR = {
  green: "\x1b[0;1;32m",
  red: "\x1b[0;1;31m",
  cyan: "\x1b[0;1;36m",
  magenta: "\x1b[0;1;35m",
  black: "\x1b[0;1;30m",
  unmatched: "\x1b[0;1;46m",
  bold: "\x1b[1m",
  reset: "\x1b[0m",
} as const;

const MARKERS: Readonly<Record<Outcome, Marker>> = {
  "found-expected": { lead: "^", color: COLOR.green, note: "", isError: false },
  "found-excluded": {
    lead: "!",
    color: COLOR.red,
    note: "error: no match expected",
    isError: true,
  },
  "found-wrong-line": {
    lead: "!",
    color: COLOR.red,
    note: "error: match on wrong line",
    isError: true,
  },
  "found-discarded": {
    lead: "!",
    color: COLOR.cyan,
    note: "discard: overlaps earlier match",
    isError: false,
  },
  "none-excluded": { lead: "X", color: COLOR.green, note: "", isError: false },
  "none-expected": { lead: "X", color: COLOR.red, note: "error: no match found", isError: true },
  "none-invalid": {
    lead: "X",
    color: COLOR.red,
    note: "error: match failed for invalid pattern",
    isError: true,
  },
  fuzzy: { lead: "?", color: COLOR.magenta, note: "possible intended match", isError: true },
};

const ABBREVIATION: Readonly<Record<CheckKind, string>> = {
  plain: "check",
  next: "next",
  same: "same",
  not: "not",
  dag: "dag",
  label: "label",
  empty: "empty",
  eof: "eof",
};

/** One line below an input line. */
interface Annotation {
  readonly label: string;
  readonly marker: Marker;
  readonly line: number;
  readonly startColumn: number;
  readonly endColumn: number;
  readonly isFirst: boolean;
  readonly isGood: boolean;
}

const ELLIPSIS_LINES = 3;

function labelOf(pattern: Pattern, checkFile: ByteText, implicit: readonly Pattern[]): string {
  const type =
    pattern.type.kind === "plain" && pattern.type.count > 1
      ? "count"
      : ABBREVIATION[pattern.type.kind];
  const { source, offset } = pattern.place;
  if (source !== checkFile) return `${type}:imp${implicit.indexOf(pattern) + 1}`;
  return `${type}:${source.positionAt(offset).line}`;
}

/** Lines of one event: one annotation for each input line that its range covers. */
function annotationsOf(event: CheckEvent, label: string, input: ByteText): Annotation[] {
  const start = input.positionAt(event.start);
  const end = input.positionAt(event.end);
  let marker = MARKERS[event.outcome];
  if (event.note !== "") {
    const lead = event.start === event.end ? " " : marker.lead;
    marker = { ...marker, note: event.note, lead };
  }
  const isGood = event.outcome === "found-expected";
  const shared = { label, isGood };
  if (start.line === end.line) {
    const endColumn = Math.max(start.column + 1, end.column);
    return [
      { ...shared, marker, line: start.line, startColumn: start.column, endColumn, isFirst: true },
    ];
  }
  const result: Annotation[] = [
    {
      ...shared,
      marker,
      line: start.line,
      startColumn: start.column,
      endColumn: Number.POSITIVE_INFINITY,
      isFirst: true,
    },
  ];
  const continued = { ...marker, lead: "~", note: "" };
  for (let line = start.line + 1; line <= end.line; line++) {
    if (line === end.line && end.column === 1) break;
    const endColumn = line === end.line ? end.column : Number.POSITIVE_INFINITY;
    result.push({ ...shared, marker: continued, line, startColumn: 1, endColumn, isFirst: false });
  }
  return result;
}

function buildAnnotations(
  events: readonly CheckEvent[],
  checkFile: ByteText,
  implicit: readonly Pattern[],
  input: ByteText,
): Annotation[] {
  const totals = new Map<Pattern, number>();
  for (const { pattern } of events) totals.set(pattern, (totals.get(pattern) ?? 0) + 1);
  const seen = new Map<Pattern, number>();
  const annotations: Annotation[] = [];
  for (const event of events) {
    const { pattern } = event;
    const index = seen.get(pattern) ?? 0;
    seen.set(pattern, index + 1);
    const suffix = (totals.get(pattern) ?? 0) > 1 ? `'${index}` : "";
    const label = labelOf(pattern, checkFile, implicit) + suffix;
    for (const annotation of annotationsOf(event, label, input)) annotations.push(annotation);
  }
  // Sorting is stable: on one line the order of time remains.
  return annotations.sort((a, b) => a.line - b.line);
}

const passesFilter = (annotation: Annotation, filter: DumpFilter): boolean => {
  if (filter === "annotation-full") return true;
  if (!annotation.isFirst) return false;
  return filter === "annotation" || annotation.marker.isError;
};

/** Prints the dump line by line, leaving out what the filter and its context do not reach. */
class DumpWriter {
  private readonly parts: string[] = [];
  private elided: string[] = [];
  private readonly labelWidth: number;
  private readonly request: FileCheckRequest;

  constructor(request: FileCheckRequest, labelWidth: number) {
    this.request = request;
    this.labelWidth = labelWidth;
  }

  private paint(color: string, text: string): string {
    return this.request.color ? `${color}${text}${COLOR.reset}` : text;
  }

  flush(): void {
    if (this.elided.length > ELLIPSIS_LINES)
      this.parts.push(
        `${this.paint(COLOR.black, ".".padStart(this.labelWidth))}\n`.repeat(ELLIPSIS_LINES),
      );
    else this.parts.push(...this.elided);
    this.elided = [];
  }

  line(number: number, content: string, annotations: readonly Annotation[], shown: boolean): void {
    const { labelWidth, request } = this;
    const lines: string[] = [];
    const head = this.paint(COLOR.black, `${String(number).padStart(labelWidth)}: `);
    const body = request.color ? this.highlighted(content, annotations) : content;
    lines.push(`${head}${body}\n`);
    for (const annotation of annotations) {
      const { marker, startColumn, endColumn } = annotation;
      let text = `${annotation.label.padEnd(labelWidth)}  ${" ".repeat(startColumn - 1)}${marker.lead}`;
      const last = Math.min(endColumn - 1, content.length);
      text += "~".repeat(Math.max(0, last - startColumn));
      if (marker.note !== "") {
        const column = Math.max(startColumn, last) + 1;
        text += `${" ".repeat(Math.max(0, content.length - column + 1))} ${marker.note}`;
      }
      lines.push(this.paint(marker.color, `${text}\n`));
    }
    if (shown) {
      this.flush();
      this.parts.push(...lines);
    } else if (this.elided.length <= ELLIPSIS_LINES) this.elided.push(...lines);
  }

  /** With -v, what no directive matched stands out. */
  private highlighted(content: string, annotations: readonly Annotation[]): string {
    if (!this.request.verbose) return COLOR.bold + content + COLOR.reset;
    const good = annotations.filter(({ isGood }) => isGood);
    let text: string = COLOR.bold + COLOR.unmatched;
    let wasInside = false;
    for (let column = 1; column <= content.length; column++) {
      const inside = good.some(
        ({ startColumn, endColumn }) => startColumn <= column && column < endColumn,
      );
      if (inside !== wasInside) text += inside ? COLOR.reset : COLOR.unmatched;
      wasInside = inside;
      text += content[column - 1];
    }
    return text + COLOR.reset;
  }

  toString(): string {
    this.flush();
    return this.parts.join("");
  }
}

/** Text of the dump between and with its `<<<<<<` and `>>>>>>`. */
export function dumpInput(
  events: readonly CheckEvent[],
  checkFile: ByteText,
  implicit: readonly Pattern[],
  input: ByteText,
  request: FileCheckRequest,
): string {
  const annotations = buildAnnotations(events, checkFile, implicit, input);
  const endsWithNewline = input.text.endsWith("\n");
  const lineCount = Math.max(0, input.lineCount - (endsWithNewline || input.text === "" ? 1 : 0));
  const lineWidth = String(Math.max(1, lineCount)).length;
  const labelWidth =
    annotations.reduce((width, { label }) => Math.max(width, label.length), lineWidth) + 3;
  const writer = new DumpWriter(request, labelWidth);
  const { dumpFilter, dumpContext } = request;
  const filtered =
    dumpFilter === "all"
      ? null
      : annotations.filter((annotation) => passesFilter(annotation, dumpFilter));
  let next = 0;
  let nextFiltered = 0;
  let previousShown = Number.NEGATIVE_INFINITY;
  for (let line = 1; line <= lineCount || next < annotations.length; line++) {
    const start = input.lineStart(line);
    const end = line < input.lineCount ? input.lineStart(line + 1) : input.text.length;
    const raw = input.text.slice(start, end);
    const content = raw.endsWith("\n") ? `${raw.slice(0, -1)} ` : raw;
    const own: Annotation[] = [];
    while (next < annotations.length && annotations[next]?.line === line)
      own.push(annotations[next++] as Annotation);
    while (filtered !== null && (filtered[nextFiltered]?.line ?? Number.POSITIVE_INFINITY) < line)
      nextFiltered++;
    const upcoming =
      filtered === null ? line : (filtered[nextFiltered]?.line ?? Number.POSITIVE_INFINITY);
    if (upcoming === line) previousShown = line;
    const shown = line - previousShown <= dumpContext || upcoming - line <= dumpContext;
    writer.line(line, content, own, shown);
  }
  const begin = request.color ? COLOR.bold + COLOR.reset : "";
  return `Input was:\n<<<<<<\n${begin}${writer}>>>>>>\n`;
}
