/** @file Grammar of types. */
import type { IToken } from "chevrotain";
import { floatBits } from "#lib/ir/attributes.ts";
import {
  complexType,
  DYNAMIC,
  floatType,
  functionType,
  indexType,
  integerType,
  noneType,
  opaqueType,
  type Type,
  tensorType,
  tupleType,
  unrankedTensorType,
} from "#lib/ir/types.ts";
import { floatText } from "../float-text.ts";
import * as t from "../tokens.ts";
import { BaseParser } from "./base.ts";

/** A quantized type with its scales printed as floats are, and without zero points of 0. */
function quantizedText(text: string): string {
  const [, head = "", scales = ""] = /^([^,]*,)([\s\S]*)$/.exec(text) ?? [];
  return (
    head +
    scales.replace(
      /(-?\d+\.\d*(?:[eE][-+]?\d+)?)(?::(-?\d+))?/g,
      (_, scale: string, zero = "0") => {
        const value = Number(scale);
        return floatText(value, floatBits(value, "f64"), "f64") + (zero === "0" ? "" : `:${zero}`);
      },
    )
  );
}

const MAX_WIDTH = 16777215;

/** Rules for types. */
export abstract class TypeParser extends BaseParser {
  /** Any type. */
  readonly type = this.RULE(
    "type",
    (): Type =>
      this.OR<Type>([
        { ALT: () => this.plainTensor(this.CONSUME(t.PlainTensor)) },
        { ALT: () => this.nested(() => this.SUBRULE(this.generalTensor)) },
        { ALT: () => this.integerTypeOf(this.CONSUME(t.IntegerType)) },
        { ALT: () => floatType(this.CONSUME(t.FloatType).image) },
        { ALT: () => this.nested(() => this.SUBRULE(this.function)) },
        { ALT: () => this.bangType(this.CONSUME(t.BangName)) },
        { ALT: () => this.simple(this.CONSUME(t.Index), indexType) },
        { ALT: () => this.simple(this.CONSUME(t.None), noneType) },
        { ALT: () => this.nested(() => this.SUBRULE(this.complex)) },
        { ALT: () => this.nested(() => this.SUBRULE(this.tuple)) },
        { ALT: () => opaqueType(this.CONSUME(t.OpaqueMemref).image) },
        { ALT: () => opaqueType(this.CONSUME(t.OpaqueVector).image) },
      ]),
  );

  /** Types separated by commas, at least one. */
  readonly typeList = this.RULE("typeList", (): Type[] => {
    const types: Type[] = [];
    this.AT_LEAST_ONE_SEP({
      SEP: t.Comma,
      DEF: () => {
        types.push(this.SUBRULE(this.type));
      },
    });
    return types;
  });

  /** `(types)`. */
  readonly parenthesizedTypes = this.RULE("parenthesizedTypes", (): Type[] => {
    const types: Type[] = [];
    this.CONSUME(t.LeftParen);
    this.MANY_SEP({
      SEP: t.Comma,
      DEF: () => {
        types.push(this.SUBRULE(this.type));
      },
    });
    if (!this.RECORDING_PHASE && types.length === 0) this.checkEmptyList();
    this.CONSUME(t.RightParen);
    return types;
  });

  /** `(types) -> types`, in parts. */
  readonly signature = this.RULE("signature", () => {
    const inputs = this.SUBRULE(this.parenthesizedTypes);
    this.CONSUME(t.Arrow);
    const results = this.SUBRULE(this.resultTypes);
    return { inputs, results };
  });

  /** One type, or several in parentheses; a function type as the one needs parentheses, as MLIR has it. */
  readonly resultTypes = this.RULE("resultTypes", (): Type[] =>
    this.OR<Type[]>([
      { ALT: () => this.SUBRULE(this.parenthesizedTypes) },
      { ALT: () => [this.SUBRULE(this.type)] },
    ]),
  );

  protected readonly function = this.RULE("function", (): Type => {
    const { inputs, results } = this.SUBRULE(this.signature);
    return this.RECORDING_PHASE ? noneType() : functionType(inputs, results);
  });

  protected readonly complex = this.RULE("complex", (): Type => {
    this.CONSUME(t.Complex);
    this.CONSUME(t.Less);
    const element = this.SUBRULE(this.type);
    this.CONSUME(t.Greater);
    return this.RECORDING_PHASE ? element : complexType(element);
  });

  protected readonly tuple = this.RULE("tuple", (): Type => {
    const elements: Type[] = [];
    this.CONSUME(t.Tuple);
    this.CONSUME(t.Less);
    this.MANY_SEP({
      SEP: t.Comma,
      DEF: () => {
        elements.push(this.SUBRULE(this.type));
      },
    });
    this.CONSUME(t.Greater);
    return this.RECORDING_PHASE ? noneType() : tupleType(elements);
  });

  /** A tensor whose element is no plain scalar, that has an encoding, or that is written with blanks. */
  protected readonly generalTensor = this.RULE("generalTensor", (): Type => {
    const start = this.CONSUME(t.TensorStart);
    const elementOffset = this.RECORDING_PHASE ? 0 : this.nextOffset;
    const element = this.SUBRULE(this.type);
    if (!this.RECORDING_PHASE) this.checkElement(elementOffset, element);
    let encoding: string | null = null;
    this.OPTION(() => {
      this.CONSUME(t.Comma);
      const token = this.SUBRULE(this.encoding);
      if (!this.RECORDING_PHASE) encoding = this.encodingText(token);
    });
    this.CONSUME(t.Greater);
    return this.RECORDING_PHASE ? element : this.tensorOf(start, element, encoding);
  });

  /** The attribute behind a tensor's element type. */
  protected readonly encoding = this.RULE(
    "encoding",
    (): IToken =>
      this.OR<IToken>([
        { ALT: () => this.CONSUME(t.AffineMap) },
        { ALT: () => this.CONSUME(t.HashName) },
        { ALT: () => this.CONSUME(t.StringLiteral) },
        { ALT: () => this.CONSUME(t.IntegerLiteral) },
        { ALT: () => this.CONSUME(t.Unit) },
      ]),
  );

  /** How the encoding that starts with a token is printed. */
  protected abstract encodingText(token: IToken): string;

  /** Behind `(` comes `)` or a type. */
  private checkEmptyList(): void {
    if (this.LA(1).tokenType !== t.RightParen) this.failExpected("expected non-function type");
  }

  private simple(_token: IToken, make: () => Type): Type {
    return make();
  }

  private integerTypeOf({ image, startOffset }: IToken): Type {
    if (this.RECORDING_PHASE) return noneType();
    const digits = image.search(/\d/);
    const width = Number(image.slice(digits));
    if (width > MAX_WIDTH)
      this.fail(startOffset, `integer bitwidth is limited to ${MAX_WIDTH} bits`);
    const signedness = image[0] === "s" ? "signed" : image[0] === "u" ? "unsigned" : "signless";
    return integerType(width, signedness);
  }

  /** `tensor<2x3xf32>` from its text. */
  private plainTensor(token: IToken): Type {
    if (this.RECORDING_PHASE) return noneType();
    const { image } = token;
    const known = this.state.types.get(image);
    if (known !== undefined) return known;
    const parts = image.slice("tensor<".length, -1).split("x");
    // An `x` may also be inside the element's name, as in `index`.
    let element = parts.pop() as string;
    if (element === "") element = `${parts.pop()}x`;
    const type = tensorType(this.sizesOf(parts, token), this.scalarOf(element, token));
    this.state.types.set(image, type);
    return type;
  }

  private scalarOf(name: string, token: IToken): Type {
    if (name === "index") return indexType();
    return /^(?:i|si|ui)\d/.test(name)
      ? this.integerTypeOf({ ...token, image: name })
      : floatType(name);
  }

  private sizesOf(parts: readonly string[], token: IToken): number[] {
    return parts.map((part) => {
      if (part === "?") return DYNAMIC;
      const size = Number(part);
      if (!Number.isSafeInteger(size)) this.fail(token.startOffset, "invalid dimension");
      return size;
    });
  }

  private tensorOf(start: IToken, element: Type, encoding: string | null): Type {
    const sizes = start.image.slice("tensor<".length).replace(/\s/g, "").split("x").slice(0, -1);
    if (sizes[0] === "*") return unrankedTensorType(element);
    return tensorType(this.sizesOf(sizes, start), element, encoding);
  }

  private checkElement(offset: number, element: Type): void {
    if (["none", "tensor", "unrankedTensor", "tuple", "function"].includes(element.kind))
      this.fail(offset, "invalid tensor element type");
  }

  /** `!name` is an alias where one is defined, else a dialect's type kept as text. */
  private bangType({ image, startOffset }: IToken): Type {
    if (this.RECORDING_PHASE) return noneType();
    const known = this.state.types.get(image);
    if (known !== undefined) return known;
    const definition = this.state.aliases.get(image);
    let type: Type;
    if (definition !== undefined)
      type = this.nested(() => this.parseAt(definition, () => this.invoke<Type>(this.type)));
    else if (image.startsWith("!quant.uniform<")) type = opaqueType(quantizedText(image));
    else if (/^![\w$.-]*\.|<.*>$/s.test(image)) type = opaqueType(image);
    else this.fail(startOffset + image.length, `undefined symbol alias id '${image.slice(1)}'`);
    this.state.types.set(image, type);
    return type;
  }
}
