/** @file Names of values while parsing: definitions, uses before definitions, scopes of regions. */
import { UNKNOWN_LOC } from "#lib/diag/loc.ts";
import type { UnresolvedOperand } from "#lib/ir/asm-format.ts";
import { Value } from "#lib/ir/graph.ts";
import type { Type } from "#lib/ir/types.ts";

interface Entry {
  value: Value;
  /** Where it was defined, or first used while it is a placeholder. */
  offset: number;
  placeholder: boolean;
}

/** Names that one isolated region sees. */
interface IsolatedScope {
  readonly entries: Map<string, (Entry | undefined)[]>;
  /** Names defined in each open region, so that they end with it. */
  readonly regions: string[][];
  pending: number;
}

/** Reports an error with an optional note and leaves the parse. */
export type Report = (
  offset: number,
  message: string,
  note?: { readonly offset: number; readonly message: string },
) => never;

/** How a name that is taken is reported. */
export interface TakenMessage {
  readonly error: (name: string) => string;
  readonly note: string;
}

const REDEFINITION: TakenMessage = {
  error: (name) => `redefinition of SSA value '${name}'`,
  note: "previously defined here",
};

/** How a name that is taken is reported for arguments of a region. */
export const REGION_ARGUMENT: TakenMessage = {
  error: (name) => `region entry argument '${name}' is already in use`,
  note: "previously referenced here",
};

/** A use of a name that nothing defines. */
export interface Undefined {
  readonly name: string;
  readonly offset: number;
}

/** `%0` and 1 of `%0#1`. */
function splitName(text: string): { name: string; number: number } {
  const hash = text.indexOf("#");
  if (hash === -1) return { name: text, number: 0 };
  return { name: text.slice(0, hash), number: Number(text.slice(hash + 1)) };
}

/** All scopes that are open. */
export class ValueScopes {
  private readonly stack: IsolatedScope[] = [];
  private readonly report: Report;

  constructor(report: Report) {
    this.report = report;
  }

  /** Opens a region; an isolated one sees nothing of the outside. */
  push(isolated: boolean): void {
    if (isolated || this.stack.length === 0)
      this.stack.push({ entries: new Map(), regions: [[]], pending: 0 });
    else this.top.regions.push([]);
  }

  /** Closes a region; uses of names that nothing defined come back, in order. */
  pop(): Undefined[] {
    const scope = this.top;
    const names = scope.regions.pop() as string[];
    if (scope.regions.length > 0) {
      for (const name of names) scope.entries.delete(name);
      return [];
    }
    this.stack.pop();
    if (scope.pending === 0) return [];
    const missing: Undefined[] = [];
    for (const [name, entries] of scope.entries)
      for (const entry of entries)
        if (entry?.placeholder === true) missing.push({ name, offset: entry.offset });
    return missing.sort((a, b) => a.offset - b.offset);
  }

  private get top(): IsolatedScope {
    return this.stack[this.stack.length - 1] as IsolatedScope;
  }

  /** The value that a use means; a placeholder where it is defined further down. */
  use({ name: text, offset }: UnresolvedOperand, type: Type): Value {
    const { name, number } = splitName(text);
    const scope = this.top;
    let entries = scope.entries.get(name);
    const entry = entries?.[number];
    if (entry !== undefined) {
      if (entry.value.type === type) return entry.value;
      this.report(
        offset,
        `use of value '${name}' expects different type than prior uses: '${type.text}' vs '${entry.value.type.text}'`,
        { offset: entry.offset, message: "prior use here" },
      );
    }
    const first = entries?.[0];
    if (first !== undefined && !first.placeholder)
      this.report(offset, `reference to invalid result number`);
    if (entries === undefined) {
      entries = [];
      scope.entries.set(name, entries);
    }
    const value = new Value(type, null, null, 0, UNKNOWN_LOC);
    entries[number] = { value, offset, placeholder: true };
    scope.pending++;
    return value;
  }

  /** Names a value; what was used before under the name becomes this value. */
  define(
    name: string,
    number: number,
    value: Value,
    offset: number,
    taken: TakenMessage = REDEFINITION,
  ): void {
    const scope = this.top;
    let entries = scope.entries.get(name);
    if (entries === undefined) {
      entries = [];
      scope.entries.set(name, entries);
    }
    const entry = entries[number];
    if (entry !== undefined) {
      if (!entry.placeholder)
        this.report(offset, taken.error(name), { offset: entry.offset, message: taken.note });
      if (entry.value.type !== value.type)
        this.report(
          offset,
          `definition of SSA value '${name}#${number}' has type '${value.type.text}'`,
          {
            offset: entry.offset,
            message: `previously used here with type '${entry.value.type.text}'`,
          },
        );
      entry.value.replaceAllUsesWith(value);
      scope.pending--;
    }
    entries[number] = { value, offset, placeholder: false };
    if (number === 0) scope.regions[scope.regions.length - 1]?.push(name);
  }
}
