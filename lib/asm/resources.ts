/** @file Resource sections: `{-# dialect_resources: { builtin: { key: "0x..." } } #-}`. */

import type { Attribute } from "#lib/ir/attributes.ts";
import { type DenseResourceAttr, ResourceBlob } from "#lib/ir/attributes.ts";
import type { Operation } from "#lib/ir/graph.ts";
import { hexText } from "./attribute-text.ts";
import { hexBytes, isHex } from "./dense-literal.ts";
import { bareOrQuoted } from "./strings.ts";

/** Bytes before the content: its alignment, little-endian. */
const HEADER = 4;

/** The blob of a string token `"0x..."` of the text, or what is wrong with it. */
export function readBlob(
  key: string,
  text: string,
  start: number,
  end: number,
): ResourceBlob | { readonly error: string } {
  const digits = start + 3;
  const last = end - 1;
  if (!text.startsWith('"0x', start) || !isHex(text, digits, last))
    return { error: `expected hex string blob for key '${key}'` };
  if (last - digits < HEADER * 2)
    return {
      error: `expected hex string blob for key '${key}' to encode alignment in first 4 bytes`,
    };
  const header = hexBytes(text, digits, digits + HEADER * 2);
  const alignment = new DataView(header.buffer).getUint32(0, true);
  if (alignment === 0 || (alignment & (alignment - 1)) !== 0)
    return {
      error: `expected hex string blob for key '${key}' to encode alignment in first 4 bytes, but got non-power-of-2 value: ${alignment}`,
    };
  return new ResourceBlob(key, alignment, () => hexBytes(text, digits + HEADER * 2, last));
}

/** Calls `visit` for every resource attribute inside an attribute. */
function visitResources(attr: Attribute, visit: (attr: DenseResourceAttr) => void): void {
  if (attr.kind === "denseResource") visit(attr);
  else if (attr.kind === "array") for (const item of attr.elements) visitResources(item, visit);
  else if (attr.kind === "dict")
    for (const item of attr.entries.values()) visitResources(item, visit);
}

/** Blobs that an operation and what is inside refer to, by key in order of first use. */
export function resourcesOf(root: Operation): Map<string, ResourceBlob> {
  const found = new Map<string, ResourceBlob>();
  const visit = ({ key, blob }: DenseResourceAttr): void => {
    if (blob !== null) found.set(key, blob);
  };
  root.walk((op) => {
    for (const attr of op.properties.values()) visitResources(attr, visit);
    for (const attr of op.attributes.values()) visitResources(attr, visit);
  });
  return found;
}

/** The section that holds the blobs, or the empty string; strings longer than the limit are left out. */
export function resourceSection(
  blobs: ReadonlyMap<string, ResourceBlob>,
  elideStringsOver: number | null,
): string {
  const entries: string[] = [];
  for (const [key, blob] of blobs) {
    const header = new Uint8Array(HEADER);
    new DataView(header.buffer).setUint32(0, blob.alignment, true);
    const text = `"0x${hexText(header)}${hexText(blob.bytes)}"`;
    if (elideStringsOver === null || text.length <= elideStringsOver)
      entries.push(`      ${bareOrQuoted(key)}: ${text}`);
  }
  if (entries.length === 0) return "";
  return `\n{-#\n  dialect_resources: {\n    builtin: {\n${entries.join(",\n")}\n    }\n  }\n#-}\n`;
}
