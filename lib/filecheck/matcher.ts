/** @file Runs the directives of a check file over an input and reports what matched and what did not. */
import type { CheckGroup, Directive } from "./check-file.ts";
import { nearestStart } from "./nearest.ts";
import type { MatchResult, Pattern, PatternMatch } from "./pattern.ts";
import { describeCheck, type FileCheckRequest } from "./request.ts";
import {
  type ByteText,
  escapeValue,
  type MessageKind,
  type Place,
  renderMessage,
  type Underline,
} from "./source.ts";
import type { Variables } from "./variables.ts";

/** What an annotation of the input dump says about a match. */
export type Outcome =
  | "found-expected"
  | "found-excluded"
  | "found-wrong-line"
  | "found-discarded"
  | "none-excluded"
  | "none-expected"
  | "none-invalid"
  | "fuzzy";

/** One result, for the input dump. */
export interface CheckEvent {
  readonly pattern: Pattern;
  outcome: Outcome;
  readonly start: number;
  readonly end: number;
  readonly note: string;
}

/** Matches closer than this are worth showing. */
interface Range {
  readonly start: number;
  readonly end: number;
}

const newlinesIn = (text: string, from: number, to: number): { count: number; first: number } => {
  let count = 0;
  let first = -1;
  for (let at = from; at < to; at++) {
    const character = text[at];
    if (character !== "\n" && character !== "\r") continue;
    count++;
    const following = at + 1 < to ? text[at + 1] : "";
    if ((following === "\n" || following === "\r") && following !== character) at++;
    if (count === 1) first = at + 1;
  }
  return { count, first };
};

/** One run over one input. */
export class Matcher {
  readonly events: CheckEvent[] = [];
  private output = "";
  private readonly input: ByteText;
  private readonly groups: readonly CheckGroup[];
  private readonly request: FileCheckRequest;
  private readonly variables: Variables;

  constructor(
    input: ByteText,
    groups: readonly CheckGroup[],
    request: FileCheckRequest,
    variables: Variables,
  ) {
    this.input = input;
    this.groups = groups;
    this.request = request;
    this.variables = variables;
  }

  /** Everything printed so far. */
  get text(): string {
    return this.output;
  }

  /** Whether results go into the dump instead of being printed. */
  private get recording(): boolean {
    return this.request.dumpInput !== "never";
  }

  private print(place: Place, kind: MessageKind, message: string, underline?: Underline): void {
    this.output += renderMessage(place, kind, message, underline ?? null, this.request.color);
  }

  private note(offset: number, message: string, underline?: Underline): void {
    this.print({ source: this.input, offset }, "note", message, underline);
  }

  private record(pattern: Pattern, outcome: Outcome, start: number, end: number, note = ""): void {
    if (this.recording) this.events.push({ pattern, outcome, start, end, note });
  }

  /** Gives the latest results of the last directive another outcome. */
  private amend(outcome: Outcome): void {
    const last = this.events.at(-1);
    for (let index = this.events.length - 1; index >= 0; index--) {
      const event = this.events[index] as CheckEvent;
      if (last === undefined || event.pattern !== last.pattern) return;
      event.outcome = outcome;
    }
  }

  private substitutionNotes(pattern: Pattern): readonly string[] {
    return pattern.substituted().map(({ from, text, escaped }) => {
      const value = escapeValue(this.request.escapedValues ? escaped : text);
      const remark = !this.request.escapedValues && value !== text ? " (escaped value)" : "";
      return `with "${escapeValue(from)}" equal to "${value}"${remark}`;
    });
  }

  private reportMatch(
    directive: Directive,
    expected: boolean,
    found: PatternMatch,
    nth: number,
  ): boolean {
    const { pattern, prefix } = directive;
    const { verbose, veryVerbose } = this.request;
    let printing = true;
    if (expected) {
      if (!verbose || (!veryVerbose && pattern.type.kind === "eof")) return true;
      printing = !this.recording;
    }
    const outcome: Outcome = expected ? "found-expected" : "found-excluded";
    const { start, end } = found;
    this.record(pattern, outcome, start, end);
    for (const text of this.substitutionNotes(pattern))
      this.record(pattern, outcome, start, start, text);
    for (const { name, start: from, end: to } of pattern.captures())
      this.record(pattern, outcome, from, to, `captured var "${name}"`);
    if (!printing) return true;
    const count = pattern.type.count > 1 ? ` (${nth} out of ${pattern.type.count})` : "";
    const what = describeCheck(prefix, pattern.type);
    const kind = expected ? "remark" : "error";
    const adjective = expected ? "expected" : "excluded";
    this.print(pattern.place, kind, `${what}: ${adjective} string found in input${count}`);
    this.note(start, "found here", found);
    for (const text of this.substitutionNotes(pattern)) this.note(start, text);
    for (const { name, start: from, end: to } of pattern.captures())
      this.note(from, `captured var "${name}"`, { start: from, end: to });
    return expected;
  }

  private reportMissing(
    directive: Directive,
    expected: boolean,
    problems: readonly { readonly place: Place; readonly message: string }[],
    range: Range,
    nth: number,
  ): boolean {
    const { pattern, prefix } = directive;
    for (const { place, message } of problems) this.print(place, "error", message);
    const invalid = problems.length > 0;
    const failed = expected || invalid;
    if (!failed && !this.request.veryVerbose) return true;
    const outcome: Outcome = invalid
      ? "none-invalid"
      : expected
        ? "none-expected"
        : "none-excluded";
    this.record(pattern, outcome, range.start, range.end);
    for (const { message } of problems)
      this.record(pattern, outcome, range.start, range.start, message);
    const notes = this.substitutionNotes(pattern);
    for (const text of notes) this.record(pattern, outcome, range.start, range.start, text);
    if (!failed && this.recording) return true;
    if (!invalid) {
      const count = pattern.type.count > 1 ? ` (${nth} out of ${pattern.type.count})` : "";
      const what = describeCheck(prefix, pattern.type);
      const kind = expected ? "error" : "remark";
      const adjective = expected ? "expected" : "excluded";
      this.print(pattern.place, kind, `${what}: ${adjective} string not found in input${count}`);
      this.note(range.start, "scanning from here");
    }
    for (const text of notes) this.note(range.start, text);
    if (expected) this.reportNearest(pattern, range);
    return !failed;
  }

  private reportNearest(pattern: Pattern, range: Range): void {
    const nearest = nearestStart(pattern.example, this.input.text, range.start, range.end);
    if (nearest === null) return;
    this.record(pattern, "fuzzy", nearest, nearest);
    this.note(nearest, "possible intended match here");
  }

  /** Prints and records a result; false where it is an error. */
  private report(
    directive: Directive,
    expected: boolean,
    result: MatchResult,
    range: Range,
    nth = 1,
  ): boolean {
    if (result.match !== null) return this.reportMatch(directive, expected, result.match, nth);
    return this.reportMissing(directive, expected, result.problems, range, nth);
  }

  /** Runs all directives; true where the input is as described. */
  run(): boolean {
    let passed = true;
    let regionStart = 0;
    let done = 0;
    for (let next = 0; ; next++) {
      while (next < this.groups.length && this.groups[next]?.pattern.type.kind !== "label") next++;
      const label = this.groups[next];
      let regionEnd = this.input.text.length;
      if (label !== undefined) {
        const found = this.check(label, regionStart, regionEnd, true);
        if (found === null) return false;
        regionEnd = found.end;
      }
      if (done !== 0 && this.request.enableVarScope) this.variables.clearLocal();
      let position = regionStart;
      for (; done < Math.min(next + 1, this.groups.length); done++) {
        const found = this.check(this.groups[done] as CheckGroup, position, regionEnd, false);
        if (found === null) {
          passed = false;
          done = Math.min(next + 1, this.groups.length);
          break;
        }
        position = found.end;
      }
      if (label === undefined) return passed;
      regionStart = regionEnd;
    }
  }

  /** Matches one positive directive and what belongs to it inside `[from, to)`. */
  private check(group: CheckGroup, from: number, to: number, labelScan: boolean): Range | null {
    let forbidden: Directive[] = [];
    let searchStart = from;
    if (!labelScan) {
      const afterDags = this.checkDags(group.before, from, to);
      if (afterDags === null) return null;
      searchStart = afterDags.position;
      forbidden = afterDags.forbidden;
    }
    let first = searchStart;
    let end = searchStart;
    for (let nth = 1; nth <= group.pattern.type.count; nth++) {
      const result = group.pattern.match(this.input, end, to);
      if (!this.report(group, true, result, { start: end, end: to }, nth) || result.match === null)
        return null;
      if (nth === 1) first = result.match.start;
      end = result.match.end;
    }
    if (labelScan) return { start: first, end };
    if (this.isOnWrongLine(group, searchStart, first)) {
      if (this.request.verbose && this.recording) this.amend("found-wrong-line");
      else this.record(group.pattern, "found-wrong-line", first, end);
      return null;
    }
    return this.checkNots(forbidden, searchStart, first) ? { start: first, end } : null;
  }

  private isOnWrongLine({ pattern, prefix }: CheckGroup, from: number, to: number): boolean {
    const { kind } = pattern.type;
    if (kind !== "next" && kind !== "empty" && kind !== "same") return false;
    const { count, first } = newlinesIn(this.input.text, from, to);
    if (count === (kind === "same" ? 0 : 1)) return false;
    const name = `${prefix}-${kind.toUpperCase()}`;
    let problem = "is not on the line after the previous match";
    if (kind === "same") problem = "is not on the same line as the previous match";
    else if (count === 0) problem = "is on the same line as previous match";
    this.print(pattern.place, "error", `${name}: ${problem}`);
    this.note(to, "'next' match was here");
    this.note(from, "previous match ended here");
    if (kind !== "same" && count > 1)
      this.note(first, "non-matching line after previous match is here");
    return true;
  }

  private checkNots(forbidden: readonly Directive[], from: number, to: number): boolean {
    let passed = true;
    for (const directive of forbidden) {
      const result = directive.pattern.match(this.input, from, to);
      if (!this.report(directive, false, result, { start: from, end: to })) passed = false;
    }
    return passed;
  }

  private checkDags(
    directives: readonly Directive[],
    from: number,
    to: number,
  ): { readonly position: number; readonly forbidden: Directive[] } | null {
    let forbidden: Directive[] = [];
    let start = from;
    let taken: Range[] = [];
    for (const [index, directive] of directives.entries()) {
      if (directive.pattern.type.kind === "not") {
        forbidden.push(directive);
        continue;
      }
      if (!this.checkDag(directive, start, to, taken)) return null;
      const following = directives[index + 1];
      if (following !== undefined && following.pattern.type.kind !== "not") continue;
      const firstStart = taken[0]?.start ?? start;
      if (forbidden.length > 0) {
        if (!this.checkNots(forbidden, start, firstStart)) return null;
        forbidden = [];
      }
      start = taken.at(-1)?.end ?? start;
      taken = [];
    }
    return { position: start, forbidden };
  }

  /** Finds the first match that overlaps none of `taken`, which stays sorted. */
  private checkDag(directive: Directive, from: number, to: number, taken: Range[]): boolean {
    const { veryVerbose, allowDagOverlap } = this.request;
    let position = from;
    let slot = 0;
    for (;;) {
      const result = directive.pattern.match(this.input, position, to);
      if (result.match === null || veryVerbose) {
        const passed = this.report(directive, true, result, { start: position, end: to });
        if (!passed || result.match === null) return false;
      }
      const { match } = result;
      const earlier = this.overlapped(match, taken, slot);
      slot = earlier.slot;
      if (allowDagOverlap || !earlier.overlaps) {
        if (allowDagOverlap) mergeInto(taken, match);
        else taken.splice(slot, 0, match);
        if (!veryVerbose) this.report(directive, true, result, { start: position, end: to });
        return true;
      }
      const old = taken[slot] as Range;
      if (veryVerbose) {
        const message = "match discarded, overlaps earlier DAG match here";
        if (this.recording) this.amend("found-discarded");
        else this.note(old.start, message, old);
      }
      position = old.end;
      slot++;
    }
  }

  /** Where a match belongs among earlier ones, and whether it overlaps the one there. */
  private overlapped(
    match: Range,
    taken: readonly Range[],
    from: number,
  ): { readonly slot: number; readonly overlaps: boolean } {
    for (let slot = from; slot < taken.length; slot++) {
      const old = taken[slot] as Range;
      if (match.start < old.end) return { slot, overlaps: old.start < match.end };
    }
    return { slot: taken.length, overlaps: false };
  }
}

function mergeInto(taken: Range[], match: Range): void {
  const block = taken[0];
  taken[0] =
    block === undefined
      ? match
      : { start: Math.min(block.start, match.start), end: Math.max(block.end, match.end) };
}
