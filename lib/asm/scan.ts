/** @file Scanners for tokens whose end a regular expression cannot find in linear time or at all. */

/** Why a text cannot be cut into tokens; lexing ends there. */
export class ScanError extends Error {
  readonly offset: number;

  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NEWLINE = 0x0a;

/** Offset of the next `"`, `\` or line end, each remembered until the scan passes it: linear over a whole text. */
class Finder {
  private text = "";
  private readonly characters: readonly string[];
  private readonly next: number[];

  constructor(characters: readonly string[]) {
    this.characters = characters;
    this.next = characters.map(() => -1);
  }

  /** Offset of the first of the characters at or behind `offset`; the text's length where there is none. */
  find(text: string, offset: number): number {
    if (text !== this.text) {
      this.text = text;
      this.next.fill(-1);
    }
    let best = text.length;
    for (let i = 0; i < this.next.length; i++) {
      let at = this.next[i] as number;
      if (at < offset) {
        at = text.indexOf(this.characters[i] as string, offset);
        if (at === -1) at = text.length;
        this.next[i] = at;
      }
      if (at < best) best = at;
    }
    return best;
  }

  /** Lets the last text be collected. */
  release(): void {
    this.text = "";
  }
}

const stringEnds = new Finder(['"', "\\", "\n"]);

/** Forgets the text scanned last. */
export const releaseScanners = (): void => stringEnds.release();

/** Offset behind the string literal that starts at `offset`; throws where its line ends first. */
export function scanString(text: string, offset: number): number {
  let at = offset + 1;
  for (;;) {
    at = stringEnds.find(text, at);
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code !== BACKSLASH || text.charCodeAt(at + 1) === NEWLINE)
      throw new ScanError(at, "expected '\"' in string literal");
    at += 2;
  }
}

const SUFFIX = /\d+|[A-Za-z$._-][\w$.-]*/y;
const SYMBOL = /[A-Za-z_][\w$.]*/y;

/** Offset behind what a sticky pattern matches at `offset`, or -1. */
export const matchEnd = (pattern: RegExp, text: string, offset: number): number => {
  pattern.lastIndex = offset;
  return pattern.test(text) ? pattern.lastIndex : -1;
};

/** Offset behind what may follow `#`, `!`, `%` or `^`, or -1. */
export const scanSuffix = (text: string, offset: number): number => matchEnd(SUFFIX, text, offset);

/** Offset behind what may follow `@`, or -1. */
export const scanSymbol = (text: string, offset: number): number => matchEnd(SYMBOL, text, offset);

/** Opening brackets by the closing ones. */
const OPENING: Readonly<Record<string, string>> = { ">": "<", ")": "(", "]": "[", "}": "{" };

/** Offset behind `<...>` at `offset`; brackets nest, strings are skipped, and on demand `<=` and `>=`. */
export function scanBalanced(text: string, offset: number, comparisons = false): number {
  const open: string[] = [];
  for (let at = offset; at < text.length; at++) {
    const character = text[at] as string;
    if (comparisons && open.length > 1 && text[at + 1] === "=") {
      at++;
      continue;
    }
    switch (character) {
      case "<":
      case "(":
      case "[":
      case "{":
        open.push(character);
        break;
      case "-":
        if (text[at + 1] === ">") at++;
        break;
      case '"': {
        at = scanString(text, at) - 1;
        break;
      }
      case ">":
      case ")":
      case "]":
      case "}":
        if (open.at(-1) !== OPENING[character]) throw unbalanced(offset, open);
        open.pop();
        if (open.length === 0) return at + 1;
        break;
      default:
    }
  }
  throw unbalanced(offset, open);
}

/** A body is wrong at its beginning, for the bracket that was opened last. */
const unbalanced = (offset: number, open: readonly string[]): ScanError =>
  new ScanError(offset, `unbalanced '${open.at(-1) ?? "<"}' character in pretty dialect name`);

/** Offset behind the body `<...>` of a dense literal. */
export function scanDense(text: string, offset: number): number {
  let at = offset + 1;
  while (/\s/.test(text[at] ?? "")) at++;
  if (text[at] === '"') {
    at = scanString(text, at);
    while (/\s/.test(text[at] ?? "")) at++;
    if (text[at] === ">") return at + 1;
  }
  return denseEnd(text, at);
}

const DENSE_BODY = /[^>"]*/y;

/** Offset behind the `>` that ends a list of numbers, skipping strings inside. */
function denseEnd(text: string, offset: number): number {
  let at = offset;
  for (;;) {
    DENSE_BODY.lastIndex = at;
    DENSE_BODY.test(text);
    at = DENSE_BODY.lastIndex;
    if (text[at] === ">") return at + 1;
    if (at >= text.length) throw new ScanError(offset, "expected '>' behind dense elements");
    at = scanString(text, at);
  }
}

/** Where alias definitions and resource sections stand in a text. */
export interface Definitions {
  /** Offset behind the `=` of the first definition of each alias, by name with its sigil. */
  readonly aliases: Map<string, number>;
  /** Offsets of all definitions, in order. */
  readonly starts: number[];
  /** Offsets of `{-#`. */
  readonly sections: number[];
}

const MARK = /["#!]|\/\/|\{-#/g;
const DEFINED = /\s*=/y;

/** Offset behind the string at `offset`, or where it breaks off, which the lexer reports when it comes there. */
function skipString(text: string, offset: number): number {
  try {
    return scanString(text, offset);
  } catch (error) {
    if (error instanceof ScanError) return error.offset;
    throw error;
  }
}

/** Finds definitions without cutting the text into tokens; strings and comments are passed over. */
export function findDefinitions(text: string): Definitions {
  const found: Definitions = { aliases: new Map(), starts: [], sections: [] };
  MARK.lastIndex = 0;
  for (let mark = MARK.exec(text); mark !== null; mark = MARK.exec(text)) {
    const at = mark.index;
    if (mark[0] === '"') MARK.lastIndex = skipString(text, at);
    else if (mark[0] === "{-#") found.sections.push(at);
    else if (mark[0] === "//") {
      const end = text.indexOf("\n", at);
      MARK.lastIndex = end === -1 ? text.length : end;
    } else {
      const end = scanSuffix(text, at + 1);
      if (end === -1) continue;
      MARK.lastIndex = end;
      const value = matchEnd(DEFINED, text, end);
      if (value === -1) continue;
      found.starts.push(at);
      const name = text.slice(at, end);
      if (!found.aliases.has(name)) found.aliases.set(name, value);
    }
  }
  releaseScanners();
  return found;
}
