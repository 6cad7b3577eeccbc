/** @file Variables of a run: string values, numeric variables, and the names already taken by either. */
import type { NumericVariable } from "./numeric.ts";
import type { Stretch } from "./source.ts";

/** Shared by all patterns of a run. */
export class Variables {
  /** Values of string variables. */
  readonly strings = new Map<string, string>();
  /** String variables that some directive or option defines. */
  readonly declaredStrings = new Set<string>();
  readonly numbers = new Map<string, NumericVariable>();
  /** `@LINE`. */
  readonly line: NumericVariable = {
    name: "@LINE",
    format: { kind: "u", precision: 0, alternate: false },
    definedAt: null,
    value: null,
  };

  constructor() {
    this.numbers.set("@LINE", this.line);
  }

  /** Forgets what is not global: names that do not begin with `$`. */
  clearLocal(): void {
    for (const name of [...this.strings.keys()])
      if (!name.startsWith("$")) this.strings.delete(name);
    for (const [name, variable] of [...this.numbers]) {
      if (name.startsWith("$")) continue;
      variable.value = null;
      this.numbers.delete(name);
    }
  }
}

/** A variable's name at the beginning of a stretch, and what follows it. */
export interface VariableName {
  readonly name: Stretch;
  readonly isPseudo: boolean;
  readonly rest: Stretch;
}

/** A mistake at a place. */
interface Mistake {
  readonly at: Stretch;
  readonly message: string;
}

/** Reads a variable's name: an optional `$` or `@`, a letter or `_`, letters, digits and `_`. */
export function parseVariableName(from: Stretch): VariableName | Mistake {
  if (from.length === 0) return { at: from, message: "empty variable name" };
  const isPseudo = from.at(0) === "@";
  let length = isPseudo || from.at(0) === "$" ? 1 : 0;
  if (length === from.length)
    return {
      at: from.drop(length),
      message: `empty ${isPseudo ? "pseudo " : "global "}variable name`,
    };
  if (!/[A-Za-z_]/.test(from.at(length))) return { at: from, message: "invalid variable name" };
  while (/[A-Za-z0-9_]/.test(from.at(length))) length++;
  return { name: from.take(length), isPseudo, rest: from.drop(length) };
}
