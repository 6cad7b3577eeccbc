/** @file Grammar of attributes and locations. */
import type { IToken } from "chevrotain";
import { type Loc, UNKNOWN_LOC } from "#lib/diag/loc.ts";
import {
  type Attribute,
  arrayAttr,
  boolAttr,
  dictAttr,
  integerAttr,
  locAttr,
  opaqueAttr,
  symbolAttr,
  typeAttr,
  unitAttr,
} from "#lib/ir/attributes.ts";
import { integerType, type Type } from "#lib/ir/types.ts";
import { attributeText } from "../attribute-text.ts";
import { INTEGER_FOR_FLOAT, readDense } from "../dense-literal.ts";
import { enumProblems } from "../enum-values.ts";
import { denseArrayLiteral, floatLiteral, integerLiteral } from "../literals.ts";
import { fusedLocation } from "../location-text.ts";
import { unescapeString } from "../strings.ts";
import { readDialectAttribute } from "../struct-literal.ts";
import * as t from "../tokens.ts";
import { TypeParser } from "./types.ts";
import { ParseAbort } from "./windowed.ts";

/** Rules for attributes and locations. */
export abstract class AttributeParser extends TypeParser {
  /** Any attribute; one that is written without its type gets the given one. */
  readonly attribute = this.RULE(
    "attribute",
    (given?: Type): Attribute =>
      this.OR<Attribute>([
        { ALT: () => typeAttr(this.SUBRULE(this.type)) },
        {
          ALT: () =>
            this.dense(this.CONSUME(t.Dense), this.SUBRULE(this.typeSuffix, { ARGS: [given] })),
        },
        { ALT: () => this.denseArray(this.CONSUME(t.DenseArray)) },
        { ALT: () => this.hashName(this.CONSUME(t.HashName)) },
        {
          ALT: () =>
            this.number(
              this.CONSUME(t.IntegerLiteral),
              this.SUBRULE1(this.typeSuffix, { ARGS: [given] }),
            ),
        },
        {
          ALT: () =>
            this.number(
              this.CONSUME(t.FloatLiteral),
              this.SUBRULE2(this.typeSuffix, { ARGS: [given] }),
            ),
        },
        { ALT: () => this.string(this.CONSUME(t.StringLiteral), this.SUBRULE3(this.typeSuffix)) },
        { ALT: () => this.nested(() => this.SUBRULE(this.array)) },
        { ALT: () => dictAttr(this.nested(() => this.SUBRULE(this.dictionary))) },
        { ALT: () => this.SUBRULE(this.symbol) },
        { ALT: () => this.SUBRULE(this.boolean) },
        { ALT: () => this.SUBRULE(this.unit) },
        { ALT: () => locAttr(this.SUBRULE(this.locationSuffix)) },
        { ALT: () => this.SUBRULE(this.denseResource, { ARGS: [given] }) },
        { ALT: () => opaqueAttr(this.CONSUME(t.AffineMap).image) },
        { ALT: () => opaqueAttr(this.CONSUME(t.AffineSet).image) },
        { ALT: () => opaqueAttr(this.CONSUME(t.Strided).image) },
        { ALT: () => opaqueAttr(this.CONSUME(t.Distinct).image) },
        { ALT: () => this.SUBRULE(this.sparse) },
      ]),
  );

  /** `: type` if it comes next, unless the type is given. */
  protected readonly typeSuffix = this.RULE("typeSuffix", (given?: Type): Type | null => {
    let type = given ?? null;
    this.OPTION({
      GATE: () => given === undefined,
      DEF: () => {
        this.CONSUME(t.Colon);
        type = this.SUBRULE(this.type);
      },
    });
    return type;
  });

  /** `{a = 1, b}`. */
  readonly dictionary = this.RULE("dictionary", (): Map<string, Attribute> => {
    const entries = new Map<string, Attribute>();
    this.CONSUME(t.LeftBrace);
    this.MANY_SEP({
      SEP: t.Comma,
      DEF: () => {
        const name = this.SUBRULE(this.attributeName);
        const value = this.OPTION(() => {
          this.CONSUME(t.Equal);
          return this.SUBRULE(this.attribute);
        });
        if (this.RECORDING_PHASE) return;
        const key = name.image.startsWith('"') ? unescapeString(name.image) : name.image;
        if (entries.has(key))
          this.fail(name.startOffset, `duplicate key '${key}' in dictionary attribute`);
        entries.set(key, value ?? unitAttr);
      },
    });
    this.CONSUME(t.RightBrace);
    return sortedEntries(entries);
  });

  protected readonly attributeName = this.RULE("attributeName", () =>
    this.OR([{ ALT: () => this.CONSUME(t.Word) }, { ALT: () => this.CONSUME(t.StringLiteral) }]),
  );

  protected readonly array = this.RULE("array", (): Attribute => {
    const elements: Attribute[] = [];
    this.CONSUME(t.LeftBracket);
    this.MANY_SEP({
      SEP: t.Comma,
      DEF: () => {
        elements.push(this.SUBRULE(this.attribute));
      },
    });
    this.CONSUME(t.RightBracket);
    return arrayAttr(elements);
  });

  protected readonly boolean = this.RULE(
    "boolean",
    (): Attribute =>
      this.OR<Attribute>([
        { ALT: () => this.keywordAttr(this.CONSUME(t.True), boolAttr(true)) },
        { ALT: () => this.keywordAttr(this.CONSUME(t.False), boolAttr(false)) },
      ]),
  );

  protected readonly unit = this.RULE("unit", (): Attribute => {
    this.CONSUME(t.Unit);
    return unitAttr;
  });

  protected readonly symbol = this.RULE("symbol", (): Attribute => {
    const path = this.SUBRULE(this.symbolPath);
    return this.RECORDING_PHASE ? unitAttr : symbolAttr(path[0] as string, path.slice(1));
  });

  private readonly symbolPath = this.RULE("symbolPath", (): string[] => {
    const names = [this.symbolNameOf(this.CONSUME(t.AtName))];
    this.MANY(() => {
      this.CONSUME(t.ColonColon);
      names.push(this.symbolNameOf(this.CONSUME1(t.AtName)));
    });
    return names;
  });

  /** `dense_resource<key> : type`. */
  protected readonly denseResource = this.RULE("denseResource", (given?: Type): Attribute => {
    const start = this.CONSUME(t.DenseResource);
    this.CONSUME(t.Less);
    const { image } = this.SUBRULE(this.attributeName);
    this.CONSUME(t.Greater);
    const type = this.SUBRULE(this.typeSuffix, { ARGS: [given] });
    if (this.RECORDING_PHASE) return unitAttr;
    if (type === null) this.fail(start.startOffset, "expected ':'");
    const key = image.startsWith('"') ? unescapeString(image) : image;
    const blob = this.state.resources.get(key) ?? null;
    return { kind: "denseResource", key, type: type as Type, blob };
  });

  private readonly sparse = this.RULE("sparse", (): Attribute => {
    const { image } = this.CONSUME(t.SparseElements);
    this.CONSUME(t.Colon);
    const { text } = this.SUBRULE(this.type);
    return opaqueAttr(`${image} : ${text}`);
  });

  /** `loc(...)`. */
  readonly locationSuffix = this.RULE("locationSuffix", (): Loc => {
    this.CONSUME(t.Loc);
    this.CONSUME(t.LeftParen);
    const loc = this.nested(() => this.SUBRULE(this.location));
    this.CONSUME(t.RightParen);
    return loc;
  });

  /** What is inside `loc(...)`. */
  protected readonly location = this.RULE(
    "location",
    (): Loc =>
      this.OR<Loc>([
        { ALT: () => this.aliasedLocation(this.CONSUME(t.HashName)) },
        { ALT: () => this.SUBRULE(this.namedLocation) },
        { ALT: () => this.SUBRULE(this.wordLocation) },
      ]),
  );

  /** `"name"`, `"name"(child)`, `"file":line:column`. */
  private readonly namedLocation = this.RULE("namedLocation", (): Loc => {
    const { image } = this.CONSUME(t.StringLiteral);
    const name = this.RECORDING_PHASE ? "" : unescapeString(image);
    return this.OR<Loc>([
      { ALT: () => this.SUBRULE(this.filePosition, { ARGS: [name] }) },
      {
        ALT: () => {
          this.CONSUME(t.LeftParen);
          const child = this.nested(() => this.SUBRULE(this.location));
          this.CONSUME(t.RightParen);
          return { kind: "name", name, child } as Loc;
        },
      },
      { ALT: () => ({ kind: "name", name, child: null }) as Loc },
    ]);
  });

  /** `:line:column`, with an optional end. */
  private readonly filePosition = this.RULE("filePosition", (fileName: string): Loc => {
    this.CONSUME(t.Colon);
    const line = this.naturalOf(this.CONSUME(t.IntegerLiteral));
    let column: number | null = null;
    this.OPTION2(() => {
      this.CONSUME1(t.Colon);
      column = this.naturalOf(this.CONSUME1(t.IntegerLiteral), "column");
    });
    let end: { line: number; column: number } | null = null;
    this.OPTION({
      GATE: () => column !== null && this.LA(1).image === "to",
      DEF: () => {
        this.CONSUME(t.Word);
        let endLine = line;
        this.OPTION1(() => {
          endLine = this.naturalOf(this.CONSUME2(t.IntegerLiteral));
        });
        this.CONSUME2(t.Colon);
        const endColumn = this.naturalOf(this.CONSUME3(t.IntegerLiteral), "column");
        if (endLine !== line || endColumn !== column) end = { line: endLine, column: endColumn };
      },
    });
    return { kind: "file", fileName: fileName || "-", line, column: column ?? 0, end };
  });

  /** `unknown`, `callsite(a at b)`, `fused<metadata>[a, b]`. */
  private readonly wordLocation = this.RULE(
    "wordLocation",
    (): Loc =>
      this.OR<Loc>([
        {
          GATE: () => this.LA(1).image === "unknown",
          ALT: () => {
            this.CONSUME(t.Word);
            return UNKNOWN_LOC;
          },
        },
        {
          GATE: () => this.LA(1).image === "callsite",
          ALT: () => this.nested(() => this.SUBRULE(this.callSite)),
        },
        {
          GATE: () => this.LA(1).image === "fused",
          ALT: () => this.nested(() => this.SUBRULE(this.fused)),
        },
      ]),
  );

  private readonly callSite = this.RULE("callSite", (): Loc => {
    this.CONSUME(t.Word);
    this.CONSUME(t.LeftParen);
    const callee = this.SUBRULE(this.location);
    const at = this.CONSUME1(t.Word);
    if (!this.RECORDING_PHASE && at.image !== "at")
      this.fail(at.startOffset, "expected 'at' in callsite location");
    const caller = this.SUBRULE1(this.location);
    this.CONSUME(t.RightParen);
    return { kind: "callsite", callee, caller };
  });

  private readonly fused = this.RULE("fused", (): Loc => {
    this.CONSUME(t.Word);
    let metadata: string | null = null;
    this.OPTION(() => {
      this.CONSUME(t.Less);
      const attr = this.SUBRULE(this.attribute);
      this.CONSUME(t.Greater);
      if (!this.RECORDING_PHASE) metadata = attributeText(attr);
    });
    const locations: Loc[] = [];
    this.CONSUME(t.LeftBracket);
    this.MANY_SEP({
      SEP: t.Comma,
      DEF: () => {
        locations.push(this.SUBRULE(this.location));
      },
    });
    this.CONSUME(t.RightBracket);
    return this.RECORDING_PHASE ? UNKNOWN_LOC : fusedLocation(locations, metadata);
  });

  private keywordAttr(_token: IToken, attr: Attribute): Attribute {
    return attr;
  }

  protected override encodingText(token: IToken): string {
    return token.tokenType === t.HashName ? attributeText(this.hashName(token)) : token.image;
  }

  private symbolNameOf({ image }: IToken): string {
    if (this.RECORDING_PHASE) return "";
    return image[1] === '"' ? unescapeString(image.slice(1)) : image.slice(1);
  }

  private naturalOf({ image, startOffset }: IToken, what = "line"): number {
    if (this.RECORDING_PHASE) return 0;
    const value = Number(image);
    if (!Number.isSafeInteger(value) || value < 0)
      this.fail(startOffset, `expected integer ${what} number in FileLineColRange`);
    return value;
  }

  private dense(token: IToken, type: Type | null): Attribute {
    if (this.RECORDING_PHASE) return unitAttr;
    const start = token.startOffset;
    if (type === null) this.failExpected("expected ':'");
    const { source } = this.state;
    if (type?.kind === "tensor") {
      const end = start + token.image.length;
      const attr = readDense(source.text, start, end, type, (offset, message) =>
        this.failLiteral(offset, message),
      );
      if (attr !== null) return attr;
    } else if (type?.kind !== "opaque")
      this.fail(
        start,
        type?.kind === "unrankedTensor"
          ? "elements literal type must have static shape"
          : "elements literal must be a shaped type",
      );
    return opaqueAttr(`${token.image} : ${(type as Type).text}`);
  }

  private denseArray(token: IToken): Attribute {
    if (this.RECORDING_PHASE) return unitAttr;
    const attr = denseArrayLiteral(token.image);
    return "error" in attr ? this.failLiteral(token.startOffset + attr.at, attr.error) : attr;
  }

  private number(token: IToken, type: Type | null): Attribute {
    if (this.RECORDING_PHASE) return unitAttr;
    const { image, startOffset } = token;
    const attr =
      token.tokenType === t.FloatLiteral
        ? floatLiteral(image, type)
        : integerLiteral(image, type ?? integerType(64));
    if (!("error" in attr)) return attr;
    if (token.tokenType === t.FloatLiteral) return this.failExpected(attr.error);
    return this.failLiteral(startOffset + (image.startsWith("-") ? 1 : 0), attr.error);
  }

  private failLiteral(offset: number, message: string): never {
    const error = this.state.engine.error(this.locAt(offset), message);
    if (message === INTEGER_FOR_FLOAT)
      error.note(this.locAt(offset), "add a trailing dot to make the literal a float");
    throw new ParseAbort();
  }

  private string({ image }: IToken, type: Type | null): Attribute {
    if (this.RECORDING_PHASE) return integerAttr(0);
    return { kind: "string", value: unescapeString(image), type };
  }

  /** `#name` is an alias where one is defined, else a dialect's attribute. */
  private hashName({ image, startOffset }: IToken): Attribute {
    if (this.RECORDING_PHASE) return unitAttr;
    const { attributes, aliases, context } = this.state;
    const known = attributes.get(image);
    if (known !== undefined) return known;
    const definition = aliases.get(image);
    let attr: Attribute;
    if (definition !== undefined)
      attr = this.nested(() =>
        this.parseAt(definition, () => this.invoke<Attribute>(this.attribute)),
      );
    else if (!image.includes(".") && !image.endsWith(">"))
      this.fail(startOffset + image.length, `undefined symbol alias id '${image.slice(1)}'`);
    else {
      this.checkEnum(image, startOffset);
      attr = readDialectAttribute(image, (dialect) => context.dialects.has(dialect));
    }
    attributes.set(image, attr);
    return attr;
  }

  private checkEnum(text: string, start: number): void {
    const problems = enumProblems(text);
    for (const { at, error } of problems) this.state.engine.error(this.locAt(start + at), error);
    if (problems.length > 0) throw new ParseAbort();
  }

  private aliasedLocation(token: IToken): Loc {
    if (this.RECORDING_PHASE) return UNKNOWN_LOC;
    const attr = this.hashName(token);
    if (attr.kind !== "location")
      this.fail(token.startOffset, `expected location, but found '${attributeText(attr)}'`);
    return attr.loc;
  }
}

/** Dictionaries are sorted by name. */
function sortedEntries(entries: Map<string, Attribute>): Map<string, Attribute> {
  let previous = "";
  for (const name of entries.keys()) {
    if (name < previous) return new Map([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
    previous = name;
  }
  return entries;
}
