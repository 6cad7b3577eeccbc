/** @file A Chevrotain parser that cuts its text into tokens as it goes, so that only the next few thousand are ever in memory. */
import { EmbeddedActionsParser, type IToken } from "chevrotain";
import type { DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import type { SourceFile } from "#lib/diag/source-file.ts";
import { lexAhead } from "../lexer.ts";

/** Unwinds a parse whose error has been reported; never leaves lib/asm. */
export class ParseAbort extends Error {}

/** Characters that are cut at a time. */
const WINDOW = 1 << 16;

/** Tokens that stay ready behind the one taken last, unless the text ends. */
const READY = 4;

/** One place of a text that is being read. */
interface Place {
  readonly source: SourceFile;
  readonly engine: DiagnosticEngine;
  /** Offsets of the text's alias definitions. */
  readonly starts: readonly number[];
  /** Characters to cut at a time. */
  readonly size: number;
  /** Offset in the text behind the last token that is ready. */
  end: number;
  /** Tokens read and forgotten. */
  dropped: number;
  /** Index in the token vector from which on more has to be cut. */
  refillAt: number;
}

/** Keeps in Chevrotain's token vector what stands around the current place. */
export abstract class WindowedParser extends EmbeddedActionsParser {
  private place: Place | null = null;
  /** Chevrotain's own, which its declarations leave out. */
  declare private tokVector: IToken[];
  declare private tokVectorLength: number;
  /** Index of the token taken last; -1 at first. */
  declare private currIdx: number;

  /** Begins to read a text, whose alias definitions begin at `starts`, at an offset. */
  protected open(
    { source, engine, starts }: Pick<Place, "source" | "engine" | "starts">,
    end = 0,
    size = WINDOW,
  ): void {
    this.place = { source, engine, starts, size, end, dropped: 0, refillAt: 0 };
    this.tokVector = [];
    this.tokVectorLength = 0;
    this.currIdx = -1;
    this.refill(this.place);
  }

  /** Runs a rule at another place of the text and comes back: alias definitions are read where they are first used. */
  protected parseAt<T>(offset: number, rule: () => T): T {
    const { place, tokVector, tokVectorLength, currIdx } = this;
    if (place === null) return rule();
    // One line is enough for most definitions.
    this.open(place, offset, 0);
    const result = rule();
    Object.assign(this, { place, tokVector, tokVectorLength, currIdx });
    return result;
  }

  /** Forgets the tokens before the current one and cuts more of the text. */
  private refill(place: Place): void {
    const { text } = place.source;
    const first = Math.max(this.currIdx, 0);
    let tokens = this.tokVector.slice(first, this.tokVectorLength);
    this.currIdx -= first;
    place.dropped += first;
    while (place.end < text.length && tokens.length <= this.currIdx + READY) {
      const { source, engine, end, size, starts } = place;
      const more = lexAhead(source, engine, end, size, starts);
      if (more === null) throw new ParseAbort();
      tokens = tokens.concat(more.tokens);
      place.end = more.end;
    }
    const atEnd = place.end === text.length;
    place.refillAt = atEnd ? Number.POSITIVE_INFINITY : tokens.length - READY;
    this.tokVectorLength = tokens.length;
    this.tokVector = tokens;
    // LA beyond the length is the end of file, which lookahead reads without asking for the length.
    if (atEnd) for (let i = 0; i < READY; i++) tokens.push(this.LA(tokens.length + 1));
  }

  /** Takes a token: Chevrotain's hook for lexers that work as the parser goes. */
  consumeToken(): void {
    this.currIdx++;
    if (this.place !== null && this.currIdx >= this.place.refillAt) this.refill(this.place);
  }

  /** Tokens taken so far, by which Chevrotain's loops see that they go on. */
  exportLexerState(): number {
    return this.currIdx + (this.place?.dropped ?? 0);
  }

  /** Ends of file stand behind the tokens already. */
  onBeforeParse(): void {}
}
