/** @file Parses POSIX extended regular expressions over bytes, with the syntax and the errors of LLVM's engine. */

/** Membership of each of the 256 byte values. */
export type ByteSet = Uint8Array;

/** Where a zero-width assertion holds. */
export type Assertion = "line-start" | "line-end" | "word-start" | "word-end";

/** A parsed expression. */
export type EreNode =
  | { readonly kind: "char"; readonly code: number }
  | { readonly kind: "set"; readonly set: ByteSet }
  | { readonly kind: "assert"; readonly what: Assertion }
  | { readonly kind: "concat"; readonly items: readonly EreNode[] }
  | { readonly kind: "alt"; readonly items: readonly EreNode[] }
  | { readonly kind: "group"; readonly index: number; readonly body: EreNode }
  | {
      readonly kind: "repeat";
      readonly body: EreNode;
      readonly min: number;
      /** `Infinity` where there is no upper bound. */
      readonly max: number;
    }
  | { readonly kind: "backref"; readonly index: number };

/** What parsing yields: the tree and the number of groups, or the error's text. */
export type EreParse =
  | {
      readonly ok: true;
      readonly root: EreNode;
      readonly groupCount: number;
      readonly hasBackrefs: boolean;
    }
  | { readonly ok: false; readonly error: string };

const ERRORS = {
  brackets: "brackets ([ ]) not balanced",
  parentheses: "parentheses not balanced",
  braces: "braces not balanced",
  count: "invalid repetition count(s)",
  range: "invalid character range",
  charClass: "invalid character class",
  collating: "invalid collating element",
  escape: "trailing backslash (\\)",
  backref: "invalid backreference number",
  operand: "repetition-operator operand invalid",
  empty: "empty (sub)expression",
} as const;

const MAX_COUNT = 255;
const MAX_NESTING = 400;
const NEWLINE = 10;

/** Character classes of the C locale, as ranges of bytes. */
const CLASSES: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  alnum: [
    [48, 57],
    [65, 90],
    [97, 122],
  ],
  alpha: [
    [65, 90],
    [97, 122],
  ],
  blank: [
    [9, 9],
    [32, 32],
  ],
  cntrl: [
    [0, 31],
    [127, 127],
  ],
  digit: [[48, 57]],
  graph: [[33, 126]],
  lower: [[97, 122]],
  print: [[32, 126]],
  punct: [
    [33, 47],
    [58, 64],
    [91, 96],
    [123, 126],
  ],
  space: [
    [9, 13],
    [32, 32],
  ],
  upper: [[65, 90]],
  xdigit: [
    [48, 57],
    [65, 70],
    [97, 102],
  ],
};

/** POSIX names of characters, for `[[.name.]]`; control characters first, in code order. */
const CONTROL_NAMES =
  "NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC IS4 IS3 IS2 IS1";
const OTHER_NAMES: Readonly<Record<string, string>> = {
  alert: "\x07",
  backspace: "\b",
  tab: "\t",
  newline: "\n",
  "vertical-tab": "\v",
  "form-feed": "\f",
  "carriage-return": "\r",
  FS: "\x1c",
  GS: "\x1d",
  RS: "\x1e",
  US: "\x1f",
  space: " ",
  "exclamation-mark": "!",
  "quotation-mark": '"',
  "number-sign": "#",
  "dollar-sign": "$",
  "percent-sign": "%",
  ampersand: "&",
  apostrophe: "'",
  "left-parenthesis": "(",
  "right-parenthesis": ")",
  asterisk: "*",
  "plus-sign": "+",
  comma: ",",
  hyphen: "-",
  "hyphen-minus": "-",
  period: ".",
  "full-stop": ".",
  slash: "/",
  solidus: "/",
  zero: "0",
  one: "1",
  two: "2",
  three: "3",
  four: "4",
  five: "5",
  six: "6",
  seven: "7",
  eight: "8",
  nine: "9",
  colon: ":",
  semicolon: ";",
  "less-than-sign": "<",
  "equals-sign": "=",
  "greater-than-sign": ">",
  "question-mark": "?",
  "commercial-at": "@",
  "left-square-bracket": "[",
  backslash: "\\",
  "reverse-solidus": "\\",
  "right-square-bracket": "]",
  circumflex: "^",
  "circumflex-accent": "^",
  underscore: "_",
  "low-line": "_",
  "grave-accent": "`",
  "left-brace": "{",
  "left-curly-bracket": "{",
  "vertical-line": "|",
  "right-brace": "}",
  "right-curly-bracket": "}",
  tilde: "~",
  DEL: "\x7f",
};

function namedCharacter(name: string): number | null {
  if (name.length === 1) return name.charCodeAt(0);
  const control = CONTROL_NAMES.split(" ").indexOf(name);
  if (control >= 0) return control;
  return Object.hasOwn(OTHER_NAMES, name) ? (OTHER_NAMES[name] ?? "").charCodeAt(0) : null;
}

const isDigit = (character: string): boolean => character >= "0" && character <= "9";
const isLetter = (code: number): boolean => {
  const lower = code | 32;
  return lower >= 97 && lower <= 122;
};

/** The set of one byte, or of both cases of a letter. */
export function singleByte(code: number, ignoreCase: boolean): EreNode {
  if (!ignoreCase || code > 127 || !isLetter(code)) return { kind: "char", code };
  const set = new Uint8Array(256);
  set[code] = 1;
  set[code ^ 32] = 1;
  return { kind: "set", set };
}

/** Whether an item adds to its branch: what is repeated zero times leaves nothing behind. */
const hasCode = (item: EreNode): boolean => item.kind !== "repeat" || item.max > 0;

/** Ends parsing at the first mistake; never leaves this file. */
class SyntaxProblem extends Error {}

class Parser {
  private position = 0;
  private depth = 0;
  groupCount = 0;
  hasBackrefs = false;
  private readonly closedGroups = new Set<number>();
  private readonly source: string;
  private readonly ignoreCase: boolean;

  constructor(source: string, ignoreCase: boolean) {
    this.source = source;
    this.ignoreCase = ignoreCase;
  }

  private more(): boolean {
    return this.position < this.source.length;
  }

  private peek(offset = 0): string {
    return this.source[this.position + offset] ?? "";
  }

  private eat(text: string): boolean {
    if (!this.source.startsWith(text, this.position)) return false;
    this.position += text.length;
    return true;
  }

  private require(condition: boolean, error: keyof typeof ERRORS): void {
    if (!condition) throw new SyntaxProblem(ERRORS[error]);
  }

  /** Alternatives up to the end or, inside a group, to its closing parenthesis. */
  alternatives(inGroup: boolean): EreNode {
    const branches: EreNode[] = [];
    do {
      const items: EreNode[] = [];
      while (this.more() && this.peek() !== "|" && !(inGroup && this.peek() === ")"))
        items.push(this.piece());
      this.require(items.some(hasCode), "empty");
      branches.push(items.length === 1 ? (items[0] as EreNode) : { kind: "concat", items });
    } while (this.eat("|"));
    return branches.length === 1 ? (branches[0] as EreNode) : { kind: "alt", items: branches };
  }

  private startsRepeat(): boolean {
    const character = this.peek();
    if (character === "*" || character === "+" || character === "?") return true;
    return character === "{" && isDigit(this.peek(1));
  }

  private piece(): EreNode {
    const isCaret = this.peek() === "^";
    const atom = this.atom();
    if (!this.startsRepeat()) return atom;
    const operator = this.peek();
    this.position++;
    this.require(!isCaret, "operand");
    const [min, max] = this.bounds(operator);
    this.require(!this.startsRepeat(), "operand");
    return { kind: "repeat", body: atom, min, max };
  }

  private bounds(operator: string): readonly [number, number] {
    if (operator === "*") return [0, Number.POSITIVE_INFINITY];
    if (operator === "+") return [1, Number.POSITIVE_INFINITY];
    if (operator === "?") return [0, 1];
    const min = this.count();
    let max = min;
    if (this.eat(",")) {
      if (isDigit(this.peek())) {
        max = this.count();
        this.require(min <= max, "count");
      } else max = Number.POSITIVE_INFINITY;
    }
    if (!this.eat("}")) {
      this.require(this.source.includes("}", this.position), "braces");
      this.require(false, "count");
    }
    return [min, max];
  }

  private count(): number {
    let value = 0;
    const start = this.position;
    while (isDigit(this.peek()) && value <= MAX_COUNT) {
      value = value * 10 + Number(this.peek());
      this.position++;
    }
    this.require(this.position > start && value <= MAX_COUNT, "count");
    return value;
  }

  private atom(): EreNode {
    const character = this.peek();
    this.position++;
    switch (character) {
      case "(":
        return this.group();
      case ")":
        throw new SyntaxProblem(ERRORS.parentheses);
      case "^":
        return { kind: "assert", what: "line-start" };
      case "$":
        return { kind: "assert", what: "line-end" };
      case "*":
      case "+":
      case "?":
        throw new SyntaxProblem(ERRORS.operand);
      case ".": {
        const set = new Uint8Array(256).fill(1);
        set[NEWLINE] = 0;
        return { kind: "set", set };
      }
      case "[":
        return this.bracket();
      case "\\":
        return this.escape();
      case "{":
        this.require(!isDigit(this.peek()), "operand");
        break;
    }
    return singleByte(character.charCodeAt(0), this.ignoreCase);
  }

  private group(): EreNode {
    this.require(this.more(), "parentheses");
    if (++this.depth > MAX_NESTING) throw new SyntaxProblem("out of memory");
    const index = ++this.groupCount;
    const body: EreNode =
      this.peek() === ")" ? { kind: "concat", items: [] } : this.alternatives(true);
    this.closedGroups.add(index);
    this.require(this.eat(")"), "parentheses");
    this.depth--;
    return { kind: "group", index, body };
  }

  private escape(): EreNode {
    this.require(this.more(), "escape");
    const character = this.peek();
    this.position++;
    if (character < "1" || character > "9")
      return singleByte(character.charCodeAt(0), this.ignoreCase);
    const index = Number(character);
    this.require(this.closedGroups.has(index), "backref");
    this.hasBackrefs = true;
    return { kind: "backref", index };
  }

  private bracket(): EreNode {
    if (this.eat("[:<:]]")) return { kind: "assert", what: "word-start" };
    if (this.eat("[:>:]]")) return { kind: "assert", what: "word-end" };
    const set = new Uint8Array(256);
    const inverted = this.eat("^");
    if (this.eat("]")) set[93] = 1;
    else if (this.eat("-")) set[45] = 1;
    while (this.more() && this.peek() !== "]" && !(this.peek() === "-" && this.peek(1) === "]"))
      this.bracketTerm(set);
    if (this.eat("-")) set[45] = 1;
    this.require(this.eat("]"), "brackets");
    if (this.ignoreCase) foldSet(set);
    if (inverted) {
      for (let code = 0; code < 256; code++) set[code] = set[code] === 0 ? 1 : 0;
      set[NEWLINE] = 0;
    }
    return { kind: "set", set };
  }

  private bracketTerm(set: ByteSet): void {
    this.require(this.peek() !== "-", "range");
    if (this.eat("[:")) {
      this.require(this.more(), "brackets");
      const ranges = this.className();
      this.require(this.more(), "brackets");
      this.require(this.eat(":]"), "charClass");
      for (const [low, high] of ranges) set.fill(1, low, high + 1);
      return;
    }
    if (this.eat("[=")) {
      this.require(this.more(), "brackets");
      this.require(this.peek() !== "-" && this.peek() !== "]", "collating");
      set[this.collatingElement("=")] = 1;
      return;
    }
    const low = this.symbol();
    let high = low;
    if (this.peek() === "-" && this.peek(1) !== "" && this.peek(1) !== "]") {
      this.position++;
      high = this.eat("-") ? 45 : this.symbol();
    }
    this.require(low <= high, "range");
    set.fill(1, low, high + 1);
  }

  private className(): readonly (readonly [number, number])[] {
    const start = this.position;
    while (this.more() && isLetter(this.peek().charCodeAt(0))) this.position++;
    const name = this.source.slice(start, this.position);
    this.require(Object.hasOwn(CLASSES, name), "charClass");
    return CLASSES[name] ?? [];
  }

  private symbol(): number {
    this.require(this.more(), "brackets");
    if (this.eat("[.")) return this.collatingElement(".");
    return this.source.charCodeAt(this.position++);
  }

  private collatingElement(mark: string): number {
    const start = this.position;
    const end = this.source.indexOf(`${mark}]`, start);
    this.require(end >= 0, "brackets");
    const code = namedCharacter(this.source.slice(start, end));
    this.require(code !== null, "collating");
    this.position = end + 2;
    return code ?? 0;
  }
}

function foldSet(set: ByteSet): void {
  for (let code = 65; code <= 90; code++) {
    if (set[code] === 1 || set[code + 32] === 1) {
      set[code] = 1;
      set[code + 32] = 1;
    }
  }
}

/** Parses an expression whose characters are bytes (0 to 255). */
export function parseEre(source: string, ignoreCase = false): EreParse {
  const parser = new Parser(source, ignoreCase);
  try {
    const root = parser.alternatives(false);
    return { ok: true, root, groupCount: parser.groupCount, hasBackrefs: parser.hasBackrefs };
  } catch (problem) {
    if (problem instanceof SyntaxProblem) return { ok: false, error: problem.message };
    throw problem;
  }
}

/** Escapes the characters that an expression would interpret. */
export const escapeEre = (text: string): string => text.replace(/[()^$|*+?.[\]\\{}]/g, "\\$&");
