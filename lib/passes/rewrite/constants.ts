/** @file Uniques constants per isolated op and keeps them at the start of its entry block. */
import { UNKNOWN_LOC } from "#lib/diag/loc.ts";
import { type Attribute, attributeKey, attributesEqual, DenseAttr } from "#lib/ir/attributes.ts";
import { dialectOf } from "#lib/ir/context.ts";
import type { Block, Operation, Region } from "#lib/ir/graph.ts";

/** Constants of more bytes than this are looked up by a hash of their bytes. */
const KEY_BYTES = 64;

/** FNV-1a over bytes; for big arrays over about 4,096 of them. */
function bytesHash(bytes: Uint8Array): number {
  const step = Math.max(1, bytes.length >> 12);
  let hash = 0x811c9dc5;
  for (let i = 0; i < bytes.length; i += step)
    hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
  return hash >>> 0;
}

/** A short key: equal for equal attributes; equal keys need {@link attributesEqual}. */
export function shortKey(attr: Attribute): string {
  if (attr.kind === "dense" && attr instanceof DenseAttr && attr.bytes.length > KEY_BYTES)
    return `h${bytesHash(attr.bytes)}:${attr.bytes.length}:${attr.type.text}`;
  return attributeKey(attr);
}

export const isConstant = (op: Operation): boolean => op.def?.traits.has("constantLike") === true;

/** Block that constants of the region around `op` belong in: entry of the nearest isolated op. */
function homeOf(op: Operation): Block | null {
  let block = op.parent;
  for (;;) {
    const region: Region | null = block?.parent ?? null;
    if (region === null) return block;
    const owner = region.parent;
    if (owner === null || owner.parent === null || owner.def === null) return region.entry;
    if (owner.def.traits.has("isolatedFromAbove")) return region.entry;
    block = owner.parent;
  }
}

/** The constants of one application of patterns. */
export class ConstantPool {
  private readonly homes = new Map<Block, Map<string, Operation[]>>();
  private readonly owned = new Map<Operation, { readonly home: Block; readonly key: string }>();

  /** Learns a constant: hoists it, or returns the equal one that is there already. */
  adopt(op: Operation): Operation | null {
    const { parent } = op;
    if (parent === null) return null;
    if (this.owned.has(op)) {
      this.hoist(op, parent);
      return null;
    }
    const home = homeOf(op);
    const value = op.properties.get("value");
    if (home === null || value === undefined) return null;
    const key = `${dialectOf(op.name)} ${op.result().type.text} ${shortKey(value)}`;
    const known = this.homes.get(home) ?? new Map<string, Operation[]>();
    this.homes.set(home, known);
    const candidates = known.get(key) ?? [];
    const same = candidates.find((other) => {
      const otherValue = other.properties.get("value");
      return otherValue !== undefined && attributesEqual(otherValue, value);
    });
    if (same !== undefined) return same;
    this.hoist(op, home);
    candidates.push(op);
    known.set(key, candidates);
    this.owned.set(op, { home, key });
    return null;
  }

  /**
   * Moves a constant to the front of its home unless it is there or follows another constant of the pool; one from another
   * block loses its location, as in MLIR.
   */
  private hoist(op: Operation, home: Block): void {
    const settled = op.parent === home && (op.previous === null || this.owned.has(op.previous));
    if (settled || home.first === null) return;
    if (op.parent !== home) op.loc = UNKNOWN_LOC;
    op.moveBefore(home.first);
  }

  /** Forgets a constant that is about to be erased. */
  forget(op: Operation): void {
    const entry = this.owned.get(op);
    if (entry === undefined) return;
    this.owned.delete(op);
    const candidates = this.homes.get(entry.home)?.get(entry.key);
    const index = candidates?.indexOf(op) ?? -1;
    if (index !== -1) candidates?.splice(index, 1);
  }
}
