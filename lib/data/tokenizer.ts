/** @file Tokenizers that need no vocabulary file: bytes, and the sorted distinct bytes of a text. */
import { invariant } from "#lib/support/assert.ts";

/** How the bytes of a data file become tokens. */
export const TOKENIZERS = ["byte", "char", "u16"] as const;
export type TokenizerName = (typeof TOKENIZERS)[number];

/** Text to tokens and back. */
export interface Tokenizer {
  readonly name: TokenizerName;
  /** Tokens are below this. */
  readonly vocabularySize: number;
  /** Null where a byte of the text has no token. */
  encode(text: string): number[] | null;
  decode(tokens: readonly number[]): string;
  /** Token of each byte value, 65535 where there is none; null where tokens are not bytes. */
  readonly byteTable: Uint16Array | null;
}

/** No token. */
export const NO_TOKEN = 0xffff;

const utf8 = new TextEncoder();

function byteLevel(name: TokenizerName, alphabet: readonly number[]): Tokenizer {
  const byteTable = new Uint16Array(256).fill(NO_TOKEN);
  alphabet.forEach((byte, token) => {
    byteTable[byte] = token;
  });
  return {
    name,
    vocabularySize: alphabet.length,
    byteTable,
    encode(text) {
      const tokens = [...utf8.encode(text)].map((byte) => byteTable[byte] as number);
      return tokens.includes(NO_TOKEN) ? null : tokens;
    },
    decode(tokens) {
      const bytes = Uint8Array.from(tokens, (token) => alphabet[token] ?? 0x3f);
      return new TextDecoder("utf-8", { fatal: false }).decode(bytes);
    },
  };
}

/** Every byte is its own token: 256 tokens. */
export const byteTokenizer = (): Tokenizer =>
  byteLevel(
    "byte",
    Array.from({ length: 256 }, (_, byte) => byte),
  );

/** One token for each distinct byte of a text, in ascending order; `alphabet` is what a checkpoint keeps. */
export const charTokenizer = (alphabet: readonly number[]): Tokenizer => {
  invariant(alphabet.length > 0, "an alphabet without bytes");
  return byteLevel("char", alphabet);
};

/** Distinct bytes of a text in ascending order. */
export function alphabetOf(bytes: Uint8Array): number[] {
  const seen = new Uint8Array(256);
  for (const byte of bytes) seen[byte] = 1;
  return [...seen.keys()].filter((byte) => seen[byte] === 1);
}

/** Values that a 16-bit token can have. */
export const U16_TOKENS = 0x10000;

/** Tokens made elsewhere, 16 bits each: text is written as numbers separated by blanks. */
export const u16Tokenizer = (vocabularySize: number): Tokenizer => ({
  name: "u16",
  vocabularySize,
  byteTable: null,
  encode(text) {
    const tokens = text
      .split(/\s+/)
      .filter((word) => word !== "")
      .map(Number);
    return tokens.every((t) => Number.isInteger(t) && t >= 0 && t < vocabularySize) ? tokens : null;
  },
  // Each number with its blank, so that text goes on where it ended.
  decode: (tokens) => tokens.map((token) => ` ${token}`).join(""),
});
