/** @file A file of tokens, read in windows: bytes, characters, or 16-bit little-endian tokens. */
import { closeSync, fstatSync, openSync, readFileSync, readSync } from "node:fs";
import {
  alphabetOf,
  byteTokenizer,
  charTokenizer,
  NO_TOKEN,
  type Tokenizer,
  type TokenizerName,
  u16Tokenizer,
} from "./tokenizer.ts";

/** A problem with data: one line for the user. */
export class DataError extends Error {
  override readonly name = "DataError";
}

const ALPHABET_CHUNK = 1 << 20;

/** Tokens of a file by position; windows are read when asked for, so that a file may be larger than memory. */
export class TokenFile {
  readonly path: string;
  readonly tokenizer: Tokenizer;
  /** Number of tokens when the file was opened. */
  readonly tokenCount: number;
  private readonly descriptor: number;
  private readonly tokenBytes: 1 | 2;

  private constructor(path: string, descriptor: number, byteCount: number, tokenizer: Tokenizer) {
    this.path = path;
    this.descriptor = descriptor;
    this.tokenizer = tokenizer;
    this.tokenBytes = bytesPerToken(tokenizer.name);
    this.tokenCount = Math.floor(byteCount / this.tokenBytes);
  }

  /**
   * Opens a data file. `alphabet` fixes a `char` vocabulary (that of the training data, or of a resumed run); without it the file's bytes decide.
   * @throws DataError where the file is missing, a folder, or not made of tokens below `vocabularySize`.
   */
  static open(
    path: string,
    tokenizer: TokenizerName,
    options: { readonly vocabularySize: number; readonly alphabet?: readonly number[] | null },
  ): TokenFile {
    let descriptor: number;
    try {
      descriptor = openSync(path, "r");
    } catch (error) {
      throw new DataError(`cannot open data file '${path}': ${reasonOf(error)}`);
    }
    const stat = fstatSync(descriptor);
    if (stat.isDirectory()) {
      closeSync(descriptor);
      throw new DataError(`cannot open data file '${path}': Is a directory`);
    }
    let chosen: Tokenizer;
    if (tokenizer === "byte") chosen = byteTokenizer();
    else if (tokenizer === "u16") chosen = u16Tokenizer(options.vocabularySize);
    else {
      const found = readAlphabet(descriptor, path, stat.size);
      const alphabet = options.alphabet ?? found;
      const strange = found.find((byte) => !alphabet.includes(byte));
      if (strange !== undefined)
        throw new DataError(`'${path}' has byte ${strange}, which is not in the run's vocabulary`);
      chosen = charTokenizer(alphabet);
    }
    if (chosen.vocabularySize > options.vocabularySize)
      throw new DataError(
        tokenizer === "byte"
          ? `tokenizer 'byte' needs a vocabulary of ${chosen.vocabularySize}, but the model has one of ${options.vocabularySize}`
          : `'${path}' has ${chosen.vocabularySize} distinct characters, but the model has a vocabulary of ${options.vocabularySize}`,
      );
    if (tokenizer === "u16" && stat.size % 2 !== 0)
      throw new DataError(
        `'${path}' has ${stat.size} bytes, which is no whole number of u16 tokens`,
      );
    checkManifest(path, tokenizer, stat.size, options.vocabularySize);
    return new TokenFile(path, descriptor, stat.size, chosen);
  }

  /**
   * Reads `count` tokens from position `start`.
   * @throws DataError where the file has become shorter, or holds a token outside the vocabulary.
   */
  read(start: number, count: number, into: BigInt64Array, at: number): void {
    const bytes = new Uint8Array(count * this.tokenBytes);
    let filled = 0;
    while (filled < bytes.length) {
      let got: number;
      try {
        got = readSync(
          this.descriptor,
          bytes,
          filled,
          bytes.length - filled,
          start * this.tokenBytes + filled,
        );
      } catch (error) {
        throw new DataError(`cannot read data file '${this.path}': ${reasonOf(error)}`);
      }
      if (got === 0)
        throw new DataError(
          `data file '${this.path}' has become shorter: it ends before token ${start + count} of ${this.tokenCount}`,
        );
      filled += got;
    }
    decodeTokens(bytes, this.tokenizer, start, this.path, into, at);
  }

  close(): void {
    closeSync(this.descriptor);
  }
}

/** Bytes of one token. */
export const bytesPerToken = (tokenizer: TokenizerName): 1 | 2 => (tokenizer === "u16" ? 2 : 1);

/**
 * Turns bytes of a data file, which begin at token `start` of it, into tokens.
 * @throws DataError where one is outside the vocabulary.
 */
export function decodeTokens(
  bytes: Uint8Array,
  { byteTable: table, vocabularySize }: Tokenizer,
  start: number,
  path: string,
  into: BigInt64Array,
  at: number,
): void {
  const count = table === null ? bytes.length / 2 : bytes.length;
  for (let i = 0; i < count; i++) {
    const token =
      table === null
        ? (bytes[2 * i] as number) | ((bytes[2 * i + 1] as number) << 8)
        : (table[bytes[i] as number] as number);
    if (token === NO_TOKEN || token >= vocabularySize)
      throw new DataError(
        table === null
          ? `'${path}' has token ${token} at position ${start + i}, but the vocabulary has ${vocabularySize}`
          : `'${path}' has byte ${bytes[i]} at position ${start + i}, which is not in the vocabulary`,
      );
    into[at + i] = BigInt(token);
  }
}

/** Why a file cannot be opened, as the system says it. */
export function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "EISDIR") return "Is a directory";
  if (code === "ENOENT") return "No such file or directory";
  if (code === "EACCES") return "Permission denied";
  return error instanceof Error ? error.message : String(error);
}

function readAlphabet(descriptor: number, path: string, byteCount: number): number[] {
  const seen = new Set<number>();
  const chunk = new Uint8Array(Math.min(ALPHABET_CHUNK, Math.max(byteCount, 1)));
  for (let at = 0; at < byteCount; ) {
    const got = readSync(descriptor, chunk, 0, chunk.length, at);
    if (got === 0) break;
    for (const byte of alphabetOf(chunk.subarray(0, got))) seen.add(byte);
    at += got;
  }
  if (seen.size === 0) throw new DataError(`data file '${path}' is empty`);
  return [...seen].sort((a, b) => a - b);
}

/** Checks the manifest that may lie beside a u16 file, `pcp_u16_tokens_v1`. */
function checkManifest(
  path: string,
  tokenizer: TokenizerName,
  byteCount: number,
  vocabularySize: number,
): void {
  if (tokenizer !== "u16") return;
  const manifestPath = `${path}.json`;
  let text: string;
  try {
    text = readFileSync(manifestPath, "utf8");
  } catch {
    return;
  }
  let manifest: { format?: unknown; total_tokens?: unknown; vocab_size?: unknown };
  try {
    manifest = JSON.parse(text) as typeof manifest;
  } catch {
    throw new DataError(`token manifest '${manifestPath}' is not JSON`);
  }
  if (manifest.format !== "pcp_u16_tokens_v1")
    throw new DataError(
      `token manifest '${manifestPath}' has format ${JSON.stringify(manifest.format)}, expected "pcp_u16_tokens_v1"`,
    );
  if (typeof manifest.total_tokens === "number" && manifest.total_tokens * 2 !== byteCount)
    throw new DataError(
      `token manifest '${manifestPath}' says ${manifest.total_tokens} tokens, but the file has ${byteCount / 2}`,
    );
  if (typeof manifest.vocab_size === "number" && manifest.vocab_size > vocabularySize)
    throw new DataError(
      `token manifest '${manifestPath}' says a vocabulary of ${manifest.vocab_size}, but the model has ${vocabularySize}`,
    );
}
