/** @file Token types of MLIR's textual form, for Chevrotain's lexer and parser. */
import { type CustomPatternMatcherFunc, createToken, Lexer, type TokenType } from "chevrotain";
import { matchEnd, scanBalanced, scanDense, scanString, scanSuffix, scanSymbol } from "./scan.ts";

/** What stands before the body of a distinct attribute. */
const DISTINCT = /distinct\[\d+\](?=<)/y;

const DIGITS = [..."0123456789"];
const LETTERS = [..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_"];

/** A scanner from an offset to the offset behind the token, or -1. */
type Scan = (text: string, offset: number) => number;

/** Chevrotain's form of a scanner. It asks at any character when it looks for the end of what is no token. */
const custom = (scan: Scan, starts: readonly string[]): { exec: CustomPatternMatcherFunc } => ({
  exec: (text, offset) => {
    if (!starts.includes(text[offset] as string)) return null;
    const end = scan(text, offset);
    return end === -1 ? null : ([text.slice(offset, end)] as unknown as RegExpExecArray);
  },
});

interface TokenOptions {
  readonly name: string;
  readonly pattern: RegExp | Scan | string;
  readonly starts: readonly string[];
  readonly label?: string;
  readonly group?: string;
  readonly categories?: TokenType;
}

const token = (options: TokenOptions): TokenType =>
  createToken({
    name: options.name,
    pattern:
      typeof options.pattern === "function"
        ? custom(options.pattern, options.starts)
        : options.pattern,
    start_chars_hint: [...options.starts],
    line_breaks: false,
    ...(options.label === undefined ? {} : { label: options.label }),
    ...(options.group === undefined ? {} : { group: options.group }),
    ...(options.categories === undefined ? {} : { categories: options.categories }),
  });

const punctuation = (name: string, text: string): TokenType =>
  token({ name, pattern: text, starts: [text.slice(0, 1)], label: `'${text}'` });

/** Behind a keyword no name goes on. */
const END = "(?![\\w$.])";

/** Any name; keywords belong to this category, so that they can name ops and attributes. */
export const Word = createToken({ name: "Word", pattern: Lexer.NA, label: "keyword" });

/** A keyword of the grammar, which is a word elsewhere. */
const keyword = (name: string, text: string): TokenType =>
  token({
    name,
    pattern: new RegExp(`${text}${END}`),
    starts: [text.slice(0, 1)],
    label: `'${text}'`,
    categories: Word,
  });

/** Something with a body in angle brackets that is kept as text: `memref<...>`. */
const opaque = (name: string, word: string, comparisons = false): TokenType =>
  token({
    name,
    pattern: (text, offset) =>
      text.startsWith(`${word}<`, offset)
        ? scanBalanced(text, offset + word.length, comparisons)
        : -1,
    starts: [word.slice(0, 1)],
  });

const FLOAT_NAMES =
  "bf16|tf32|f16|f32|f64|f80|f128|f4E2M1FN|f6E2M3FN|f6E3M2FN|f8E3M4|f8E4M3FNUZ|f8E4M3B11FNUZ|f8E4M3FN|f8E4M3|f8E5M2FNUZ|f8E5M2|f8E8M0FNU";

export const Blank = token({
  name: "Blank",
  pattern: /[ \t\r\n]+/,
  starts: [" ", "\t", "\r", "\n"],
  group: Lexer.SKIPPED,
});
export const Comment = token({
  name: "Comment",
  pattern: /\/\/[^\n]*/,
  starts: ["/"],
  group: Lexer.SKIPPED,
});

export const PercentName = token({
  name: "PercentName",
  pattern: /%(?:\d+|[A-Za-z$._-][\w$.-]*)(?:#\d+)?/,
  starts: ["%"],
  label: "SSA operand",
});
export const CaretName = token({
  name: "CaretName",
  pattern: /\^(?:\d+|[A-Za-z$._-][\w$.-]*)/,
  starts: ["^"],
  label: "block name",
});
export const AtName = token({
  name: "AtName",
  pattern: (text, offset) =>
    text[offset + 1] === '"' ? scanString(text, offset + 1) : scanSymbol(text, offset + 1),
  starts: ["@"],
  label: "symbol name",
});
export const MetadataStart = punctuation("MetadataStart", "{-#");
export const MetadataEnd = punctuation("MetadataEnd", "#-}");

/** `#name`, or `#name<...>` with its body; which one it is, the last character tells. */
export const HashName = token({
  name: "HashName",
  pattern: (text, offset) => scanSigil(text, offset),
  starts: ["#"],
  label: "attribute",
});
/** `!name`, or `!name<...>` with its body. */
export const BangName = token({
  name: "BangName",
  pattern: (text, offset) => scanSigil(text, offset),
  starts: ["!"],
  label: "type",
});

function scanSigil(text: string, offset: number): number {
  const end = scanSuffix(text, offset + 1);
  return end !== -1 && text[end] === "<" ? scanBalanced(text, end) : end;
}

/** `dense<...>` with its body. */
export const Dense = token({
  name: "Dense",
  pattern: (text, offset) => (text.startsWith("dense<", offset) ? scanDense(text, offset + 5) : -1),
  starts: ["d"],
  label: "dense elements",
});
/** `array<i64: 1, 2>`. */
export const DenseArray = token({
  name: "DenseArray",
  pattern: /array<[^<>]*>/,
  starts: ["a"],
  label: "dense array",
});
/** `tensor<2x3xf32>`: a tensor of a scalar builtin type, as one token. */
export const PlainTensor = token({
  name: "PlainTensor",
  pattern: new RegExp(`tensor<(?:(?:\\d+|\\?)x)*(?:[su]?i\\d+|index|${FLOAT_NAMES})>`),
  starts: ["t"],
  label: "tensor type",
});
/** `tensor<2x?x`: the start of any other tensor type. */
export const TensorStart = token({
  name: "TensorStart",
  pattern: /tensor<(?:\s*\*\s*x|(?:\s*(?:\d+|\?)\s*x)*)/,
  starts: ["t"],
  label: "tensor type",
});
export const OpaqueMemref = opaque("OpaqueMemref", "memref");
export const OpaqueVector = opaque("OpaqueVector", "vector");
export const AffineMap = opaque("AffineMap", "affine_map");
export const AffineSet = opaque("AffineSet", "affine_set", true);
export const SparseElements = opaque("SparseElements", "sparse");
/** `distinct[0]<...>`. */
export const Distinct = token({
  name: "Distinct",
  pattern: (text, offset) => {
    const body = matchEnd(DISTINCT, text, offset);
    return body === -1 ? -1 : scanBalanced(text, body);
  },
  starts: ["d"],
});
export const Strided = opaque("Strided", "strided");

export const Loc = keyword("Loc", "loc");
export const True = keyword("True", "true");
export const False = keyword("False", "false");
export const Unit = keyword("Unit", "unit");
export const DenseResource = keyword("DenseResource", "dense_resource");
export const Index = keyword("Index", "index");
export const None = keyword("None", "none");
export const Tuple = keyword("Tuple", "tuple");
export const Complex = keyword("Complex", "complex");
export const IntegerType = token({
  name: "IntegerType",
  pattern: new RegExp(`(?:i|si|ui)[1-9]\\d*${END}`),
  starts: ["i", "s", "u"],
  label: "integer type",
  categories: Word,
});
export const FloatType = token({
  name: "FloatType",
  pattern: new RegExp(`(?:${FLOAT_NAMES})${END}`),
  starts: ["b", "f", "t"],
  label: "float type",
  categories: Word,
});
export const BareName = token({
  name: "BareName",
  pattern: /[A-Za-z_][\w$.]*/,
  starts: LETTERS,
  label: "keyword",
  categories: Word,
});

export const StringLiteral = token({
  name: "StringLiteral",
  pattern: scanString,
  starts: ['"'],
  label: "string literal",
});
export const FloatLiteral = token({
  name: "FloatLiteral",
  pattern: /-?\d+\.\d*(?:[eE][-+]?\d+)?/,
  starts: ["-", ...DIGITS],
  label: "float literal",
});
export const IntegerLiteral = token({
  name: "IntegerLiteral",
  pattern: /-?(?:0x[0-9a-fA-F]+|\d+)/,
  starts: ["-", ...DIGITS],
  label: "integer literal",
});

export const Arrow = punctuation("Arrow", "->");
export const Ellipsis = punctuation("Ellipsis", "...");
export const ColonColon = punctuation("ColonColon", "::");
export const Colon = punctuation("Colon", ":");
export const Comma = punctuation("Comma", ",");
export const Equal = punctuation("Equal", "=");
export const LeftParen = punctuation("LeftParen", "(");
export const RightParen = punctuation("RightParen", ")");
export const LeftBrace = punctuation("LeftBrace", "{");
export const RightBrace = punctuation("RightBrace", "}");
export const LeftBracket = punctuation("LeftBracket", "[");
export const RightBracket = punctuation("RightBracket", "]");
export const Less = punctuation("Less", "<");
export const Greater = punctuation("Greater", ">");
export const Question = punctuation("Question", "?");
export const Star = punctuation("Star", "*");
export const Plus = punctuation("Plus", "+");
export const Minus = punctuation("Minus", "-");
export const Bar = punctuation("Bar", "|");

/** In the order in which the lexer tries them. */
export const ALL_TOKENS: readonly TokenType[] = [
  Blank,
  PercentName,
  Comma,
  ColonColon,
  Colon,
  PlainTensor,
  TensorStart,
  Loc,
  MetadataEnd,
  HashName,
  Dense,
  DenseArray,
  DenseResource,
  True,
  Tuple,
  FloatType,
  IntegerType,
  False,
  Unit,
  Index,
  None,
  Complex,
  OpaqueMemref,
  OpaqueVector,
  AffineMap,
  AffineSet,
  Distinct,
  SparseElements,
  Strided,
  BareName,
  StringLiteral,
  FloatLiteral,
  IntegerLiteral,
  Arrow,
  Equal,
  LeftParen,
  RightParen,
  MetadataStart,
  LeftBrace,
  RightBrace,
  LeftBracket,
  RightBracket,
  Less,
  Greater,
  AtName,
  BangName,
  CaretName,
  Comment,
  Ellipsis,
  Question,
  Star,
  Plus,
  Minus,
  Bar,
  Word,
];
