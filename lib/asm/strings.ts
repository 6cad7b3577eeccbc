/** @file String literals of MLIR text: escapes and quoting. */

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", '"': '"', "\\": "\\" };

/** Content of a literal with its quotes; `\xx` is one byte of UTF-8. */
export function unescapeString(literal: string): string {
  const inner = literal.slice(1, -1);
  if (!inner.includes("\\")) return inner;
  const bytes: number[] = [];
  const encoder = new TextEncoder();
  for (const part of inner.match(/\\[0-9a-fA-F]{2}|\\[\s\S]|[^\\]+/g) ?? []) {
    const simple = ESCAPES[part[1] as string];
    if (part[0] !== "\\") for (const byte of encoder.encode(part)) bytes.push(byte);
    else if (part.length === 3) bytes.push(Number.parseInt(part.slice(1), 16));
    else for (const byte of encoder.encode(simple ?? part)) bytes.push(byte);
  }
  return new TextDecoder().decode(Uint8Array.from(bytes));
}

/** A literal with its quotes, as LLVM prints it: what is not printable ASCII is `\xx` byte by byte. */
export function escapeString(text: string): string {
  if (/^[ !#-[\]-~]*$/.test(text)) return `"${text}"`;
  let out = '"';
  for (const byte of new TextEncoder().encode(text)) {
    if (byte === 0x5c) out += "\\\\";
    else if (byte >= 0x20 && byte < 0x7f && byte !== 0x22) out += String.fromCharCode(byte);
    else out += `\\${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return `${out}"`;
}

const BARE_NAME = /^[A-Za-z_][\w$.]*$/;

/** A name as it is, or quoted where it is none. */
export const bareOrQuoted = (name: string): string =>
  BARE_NAME.test(name) ? name : escapeString(name);
