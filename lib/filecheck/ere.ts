/** @file Regular expressions as FileCheck needs them: POSIX extended, leftmost-longest, over bytes, linear in the text. */
import { Automaton, byteClasses, leftmostByThreads } from "./ere-automaton.ts";
import { BackrefMatcher } from "./ere-backrefs.ts";
import { CaptureFinder, type Span } from "./ere-captures.ts";
import { compileEre, type EreProgram } from "./ere-program.ts";
import { type EreNode, parseEre } from "./ere-syntax.ts";

/** A match; groups that took part are in `captures`. */
export interface EreMatch {
  readonly start: number;
  readonly end: number;
  readonly captures: ReadonlyMap<number, Span>;
}

const NO_CAPTURES: ReadonlyMap<number, Span> = new Map();

/** What is known about an expression without running it. */
interface Outline {
  /** Longest literal that every match contains, or the empty string. */
  readonly literal: string;
  /** Whether no match contains a newline. */
  readonly oneLine: boolean;
}

function containsNewline(node: EreNode): boolean {
  switch (node.kind) {
    case "char":
      return node.code === 10;
    case "set":
      return node.set[10] === 1;
    case "assert":
    case "backref":
      return false;
    case "concat":
    case "alt":
      return node.items.some(containsNewline);
    case "group":
    case "repeat":
      return containsNewline(node.body);
  }
}

/** Literal runs of a node that is part of the outermost sequence; null ends a run. */
function* literalBytes(node: EreNode): Generator<number | null> {
  if (node.kind === "char") yield node.code;
  else if (node.kind === "concat") for (const item of node.items) yield* literalBytes(item);
  else if (node.kind === "group") yield* literalBytes(node.body);
  else if (node.kind === "repeat" && node.min > 0) {
    yield null;
    yield* literalBytes(node.body);
    yield null;
  } else if (node.kind !== "assert") yield null;
}

function outlineOf(root: EreNode): Outline {
  let literal = "";
  let run = "";
  for (const byte of literalBytes(root)) {
    run = byte === null ? "" : run + String.fromCharCode(byte);
    if (run.length > literal.length) literal = run;
  }
  return { literal, oneLine: !containsNewline(root) };
}

/** First occurrence of a literal inside `[from, end)`, or -1; never looks far beyond `end`. */
export function indexOfWithin(text: string, literal: string, from: number, end: number): number {
  if (end === text.length) return text.indexOf(literal, from);
  const at = text.slice(from, end).indexOf(literal);
  return at < 0 ? -1 : at + from;
}

/** A compiled expression. Texts are strings of bytes: every character is below 256. */
export class Ere {
  private readonly root: EreNode;
  readonly groupCount: number;
  private readonly program: EreProgram;
  private readonly outline: Outline;
  private readonly floating: Automaton;
  private readonly anchored: Automaton;
  private readonly backrefs: BackrefMatcher | null;
  private finder: CaptureFinder | null = null;

  private constructor(
    root: EreNode,
    groupCount: number,
    program: EreProgram,
    backrefs: BackrefMatcher | null,
  ) {
    this.root = root;
    this.groupCount = groupCount;
    this.program = program;
    this.backrefs = backrefs;
    this.outline = outlineOf(root);
    const classes = byteClasses(program);
    this.floating = new Automaton(program, classes, true);
    this.anchored = new Automaton(program, classes, false);
  }

  /** What is wrong with an expression in LLVM's words, or how many groups it has. */
  static problem(source: string): string | { readonly groupCount: number } {
    const parsed = parseEre(source);
    if (!parsed.ok) return parsed.error;
    // Only repetition counts can make a short expression big.
    if (source.includes("{") && compileEre(parsed.root, parsed.groupCount, true) === null)
      return "out of memory";
    return { groupCount: parsed.groupCount };
  }

  /** Compiles an expression, or says what is wrong with it in LLVM's words. */
  static compile(source: string, ignoreCase = false): Ere | { readonly error: string } {
    const parsed = parseEre(source, ignoreCase);
    if (!parsed.ok) return { error: parsed.error };
    const { root, groupCount } = parsed;
    const program = compileEre(root, groupCount, false);
    const exact = parsed.hasBackrefs ? compileEre(root, groupCount, true) : null;
    if (program === null || (parsed.hasBackrefs && exact === null))
      return { error: "out of memory" };
    const backrefs = exact === null ? null : new BackrefMatcher(exact, groupCount);
    return new Ere(root, groupCount, program, backrefs);
  }

  /**
   * Leftmost-longest match inside the slice `[from, end)` of `text`, which is all that `^`, `$` and word
   * boundaries see. Captures are found only where asked for: for groups that are items of the outermost
   * sequence, and for all groups where there are back-references.
   */
  exec(text: string, from = 0, end = text.length, wantCaptures = true): EreMatch | null {
    let at = from;
    for (;;) {
      const found = this.bounds(text, from, at, end);
      if (found === null) return null;
      if (this.backrefs === null) {
        const captures = wantCaptures
          ? this.captureFinder().find(text, from, end, found.start, found.end)
          : NO_CAPTURES;
        return { start: found.start, end: found.end, captures };
      }
      const match = this.backrefs.longestFrom(text, from, found.start, end, found.end);
      if (match !== null) return { start: found.start, ...match };
      at = found.start + 1;
      if (at > end) return null;
    }
  }

  private captureFinder(): CaptureFinder {
    this.finder ??= new CaptureFinder(this.program, this.root);
    return this.finder;
  }

  /** Bounds of the leftmost-longest match that begins at `from` or later in the slice. */
  private bounds(
    text: string,
    sliceStart: number,
    from: number,
    end: number,
  ): { start: number; end: number } | null {
    const { literal, oneLine } = this.outline;
    if (literal === "" || !oneLine) {
      if (literal !== "" && indexOfWithin(text, literal, from, end) < 0) return null;
      return this.scan(text, sliceStart, from, end, end);
    }
    // Matches stay within a line and contain the literal: only lines that have it are looked at.
    let at = from;
    for (;;) {
      const hit = indexOfWithin(text, literal, at, end);
      if (hit < 0) return null;
      const lineStart = Math.max(at, text.lastIndexOf("\n", hit) + 1);
      const newline = text.indexOf("\n", hit);
      const lineEnd = newline < 0 ? end : Math.min(end, newline + 1);
      const found = this.scan(text, sliceStart, lineStart, lineEnd, end);
      if (found !== null) return found;
      if (lineEnd >= end) return null;
      at = lineEnd;
    }
  }

  /** Looks at `[from, stop)`; where that ends with a newline, a match there ends before it. */
  private scan(
    text: string,
    sliceStart: number,
    from: number,
    stop: number,
    end: number,
  ): { start: number; end: number } | null {
    // The newline at the end of a line is in view, so that what follows it is never asked for.
    const earliest = this.floating.earliestStart(text, sliceStart, from, stop);
    if (earliest < 0) return null;
    const longest = this.anchored.longestFrom(text, sliceStart, earliest, stop);
    if (longest >= 0) return { start: earliest, end: longest };
    return leftmostByThreads(this.program, text, sliceStart, earliest, Math.min(stop, end));
  }
}
