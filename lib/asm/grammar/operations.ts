/** @file Grammar of operations, blocks and regions. */
import type { IToken } from "chevrotain";
import type { Loc } from "#lib/diag/loc.ts";
import type { ParsedOp, RegionArgument, UnresolvedOperand } from "#lib/ir/asm-format.ts";
import type { Attribute } from "#lib/ir/attributes.ts";
import { dialectOf } from "#lib/ir/context.ts";
import { Block, Operation, Region } from "#lib/ir/graph.ts";
import type { AnyOpDef, AttrSpec } from "#lib/ir/op-def.ts";
import type { Type } from "#lib/ir/types.ts";
import { invariant } from "#lib/support/assert.ts";
import { didYouMean } from "#lib/support/text.ts";
import { FormatParser } from "../format-parser.ts";
import { unescapeString } from "../strings.ts";
import * as t from "../tokens.ts";
import { REGION_ARGUMENT, ValueScopes } from "../value-scope.ts";
import { AttributeParser } from "./attributes.ts";
import { ParseAbort } from "./windowed.ts";

/** `%name:count` on the left of an operation. */
interface ResultNames {
  readonly name: string;
  readonly count: number;
  readonly offset: number;
}

/** Blocks of a region while it is parsed. */
interface BlockScope {
  readonly blocks: Map<string, Block>;
  /** Offset of the first use of blocks that are not defined yet. */
  readonly forward: Map<string, number>;
}

/** What the generic form gives beyond {@link ParsedOp}. */
interface GenericParts {
  readonly state: ParsedOp;
  readonly successors: Block[];
}

/** Rules for operations. */
export abstract class OperationParser extends AttributeParser {
  protected scopes: ValueScopes = new ValueScopes(() => this.fail(0, ""));
  private blockScopes: BlockScope[] = [];
  /** Dialects whose prefix may be left out, innermost last. */
  private defaultDialects: string[] = ["builtin"];
  private normalized = new Map<Attribute, Attribute>();
  private readonly format = new FormatParser(this);

  /** One operation with its results and location; appended to the block. */
  readonly operation = this.RULE("operation", (block: Block): Operation => {
    const names: ResultNames[] = [];
    this.OPTION(() => {
      this.AT_LEAST_ONE_SEP({
        SEP: t.Comma,
        DEF: () => {
          names.push(this.SUBRULE(this.resultName));
        },
      });
      this.CONSUME(t.Equal);
    });
    const op = this.SUBRULE(this.operationBody);
    const loc = this.OPTION1(() => this.SUBRULE(this.locationSuffix));
    if (!this.RECORDING_PHASE) {
      if (loc !== undefined) {
        op.loc = loc;
        for (const result of op.results) result.loc = loc;
      }
      block.append(op);
      this.defineResults(op, names);
    }
    return op;
  });

  private readonly resultName = this.RULE("resultName", (): ResultNames => {
    const { image, startOffset } = this.CONSUME(t.PercentName);
    let count = 1;
    this.OPTION(() => {
      this.CONSUME(t.Colon);
      const number = this.CONSUME(t.IntegerLiteral);
      if (this.RECORDING_PHASE) return;
      count = Number(number.image);
      if (!(count >= 1 && count < 2 ** 31))
        this.fail(number.startOffset, "expected named operation to have at least 1 result");
    });
    return { name: image, count, offset: startOffset };
  });

  private readonly operationBody = this.RULE(
    "operationName",
    (): Operation =>
      this.OR<Operation>([
        { ALT: () => this.genericOperation(this.CONSUME(t.StringLiteral)) },
        { ALT: () => this.customOperation(this.CONSUME(t.Word)) },
      ]),
  );

  /** Everything behind the name of an operation in generic form. */
  private readonly genericTail = this.RULE("genericTail", (def: AnyOpDef | null): GenericParts => {
    const state = newState(this.RECORDING_PHASE ? 0 : (this.LA(0).startOffset ?? 0));
    const successors: Block[] = [];
    this.CONSUME(t.LeftParen);
    this.MANY_SEP({
      SEP: t.Comma,
      DEF: () => {
        state.operands.push(operandOf(this.CONSUME(t.PercentName)));
      },
    });
    this.CONSUME(t.RightParen);
    this.OPTION(() => {
      this.CONSUME(t.LeftBracket);
      this.MANY_SEP1({
        SEP: t.Comma,
        DEF: () => {
          const name = this.CONSUME(t.CaretName);
          if (!this.RECORDING_PHASE) successors.push(this.blockNamed(name));
        },
      });
      this.CONSUME(t.RightBracket);
    });
    this.OPTION1(() => {
      this.CONSUME(t.Less);
      const entries = this.SUBRULE(this.dictionary);
      this.CONSUME(t.Greater);
      if (!this.RECORDING_PHASE)
        for (const [name, attr] of entries) state.properties.set(name, attr);
    });
    this.OPTION2(() => {
      this.CONSUME1(t.LeftParen);
      this.MANY_SEP2({
        SEP: t.Comma,
        DEF: () => {
          state.regions.push(this.SUBRULE(this.region, { ARGS: [def, undefined] }));
        },
      });
      this.CONSUME1(t.RightParen);
    });
    this.OPTION3(() => {
      const entries = this.SUBRULE1(this.dictionary);
      if (!this.RECORDING_PHASE)
        for (const [name, attr] of entries) state.attributes.set(name, attr);
    });
    this.CONSUME(t.Colon);
    const { inputs, results } = this.SUBRULE(this.signature);
    state.operandTypes = inputs;
    state.resultTypes = results;
    return { state, successors };
  });

  /** `{ blocks }`; the entry block's arguments are given or named in the text. */
  readonly region = this.RULE(
    "region",
    (def: AnyOpDef | null, entryArgs?: readonly RegionArgument[]): Region =>
      this.nested(() => this.SUBRULE(this.regionBody, { ARGS: [def, entryArgs] })),
  );

  private readonly regionBody = this.RULE(
    "regionBody",
    (def: AnyOpDef | null, entryArgs?: readonly RegionArgument[]): Region => {
      const region = new Region();
      const open = this.CONSUME(t.LeftBrace);
      if (!this.RECORDING_PHASE) this.openRegion(def, region, entryArgs, open.startOffset);
      let block: Block | null = region.blocks[0] ?? null;
      this.MANY(() => {
        this.OR([
          {
            ALT: () => {
              block = this.SUBRULE(this.blockLabel, { ARGS: [region, block] });
            },
          },
          {
            ALT: () => {
              block ??= this.entryBlock(region);
              this.SUBRULE(this.operation, { ARGS: [block] });
            },
          },
        ]);
      });
      this.expectRightBrace();
      this.CONSUME(t.RightBrace);
      if (!this.RECORDING_PHASE) this.closeRegion();
      return region;
    },
  );

  /** `^name(%a: type):`. */
  private readonly blockLabel = this.RULE(
    "blockLabel",
    (region: Region, previous: Block | null): Block => {
      const name = this.CONSUME(t.CaretName);
      const args: RegionArgument[] = [];
      this.OPTION(() => {
        this.CONSUME(t.LeftParen);
        this.MANY_SEP({
          SEP: t.Comma,
          DEF: () => {
            args.push(this.SUBRULE(this.blockArgument));
          },
        });
        this.CONSUME(t.RightParen);
      });
      this.CONSUME(t.Colon);
      if (this.RECORDING_PHASE) return new Block();
      return this.defineBlock(name, args, region, previous);
    },
  );

  private readonly blockArgument = this.RULE("blockArgument", (): RegionArgument => {
    const operand = operandOf(this.CONSUME(t.PercentName));
    this.CONSUME(t.Colon);
    const type = this.SUBRULE(this.type);
    const loc = this.OPTION(() => this.SUBRULE(this.locationSuffix)) ?? null;
    return { operand, type, loc };
  });

  /** Begins the operations of a text. */
  protected startOperations(): void {
    this.scopes = new ValueScopes((offset, message, note) => {
      const error = this.state.engine.error(this.locAt(offset), message);
      if (note !== undefined) error.note(this.locAt(note.offset), note.message);
      throw new ParseAbort();
    });
    this.blockScopes = [];
    this.defaultDialects = ["builtin"];
    this.normalized = new Map();
    this.scopes.push(true);
  }

  /** Ends the operations of a text: every name must be defined by now. */
  protected finishOperations(): void {
    this.checkDefined();
  }

  private checkDefined(): void {
    const missing = this.scopes.pop();
    if (missing.length === 0) return;
    for (const { offset } of missing)
      this.state.engine.error(this.locAt(offset), "use of undeclared SSA value name");
    throw new ParseAbort();
  }

  private expectRightBrace(): void {
    if (this.RECORDING_PHASE) return;
    const { tokenType } = this.LA(1);
    if (tokenType === t.RightBrace) return;
    this.failExpected("expected operation name in quotes");
  }

  private openRegion(
    def: AnyOpDef | null,
    region: Region,
    args: readonly RegionArgument[] | undefined,
    offset: number,
  ): void {
    this.scopes.push(def?.traits.has("isolatedFromAbove") === true);
    this.blockScopes.push({ blocks: new Map(), forward: new Map() });
    this.defaultDialects.push(def?.format?.defaultDialect ?? "");
    if (args === undefined) return;
    const block = new Block();
    region.append(block);
    this.addArguments(block, args, offset);
  }

  private entryBlock(region: Region): Block {
    const block = new Block();
    if (!this.RECORDING_PHASE) region.append(block);
    return block;
  }

  private addArguments(block: Block, args: readonly RegionArgument[], offset: number): void {
    for (const { operand, type, loc } of args) {
      const value = block.addArgument(type, loc ?? this.locAt(operand.offset || offset));
      this.scopes.define(operand.name, 0, value, operand.offset, REGION_ARGUMENT);
    }
  }

  private closeRegion(): void {
    const { forward } = this.blockScopes.pop() as BlockScope;
    this.defaultDialects.pop();
    if (forward.size > 0) {
      for (const offset of forward.values())
        this.state.engine.error(this.locAt(offset), "reference to an undefined block");
      throw new ParseAbort();
    }
    this.checkDefined();
  }

  private blockNamed({ image, startOffset }: IToken): Block {
    const scope = this.blockScopes[this.blockScopes.length - 1];
    if (scope === undefined) return this.fail(startOffset, "block reference outside a region");
    const known = scope.blocks.get(image);
    if (known !== undefined) return known;
    const block = new Block();
    scope.blocks.set(image, block);
    scope.forward.set(image, startOffset);
    return block;
  }

  private defineBlock(
    { image, startOffset }: IToken,
    args: readonly RegionArgument[],
    region: Region,
    previous: Block | null,
  ): Block {
    const scope = this.blockScopes[this.blockScopes.length - 1] as BlockScope;
    if (
      previous !== null &&
      previous === region.blocks[0] &&
      previous.isEmpty &&
      previous.args.length > 0 &&
      scope.blocks.size === 0
    )
      this.fail(startOffset, "invalid block name in region with named arguments");
    let block = scope.blocks.get(image);
    if (block !== undefined && !scope.forward.delete(image))
      this.fail(startOffset, `redefinition of block '${image}'`);
    block ??= new Block();
    scope.blocks.set(image, block);
    region.append(block);
    this.addArguments(block, args, startOffset);
    return block;
  }

  private genericOperation({ image, startOffset }: IToken): Operation {
    if (this.RECORDING_PHASE) {
      this.SUBRULE(this.genericTail, { ARGS: [null] });
      return new Operation({ name: "", def: null });
    }
    const name = unescapeString(image);
    if (name === "") this.fail(startOffset, "empty operation name is invalid");
    if (name.includes("\0")) this.fail(startOffset, "null character not allowed in operation name");
    const def = this.state.context.ops.get(name) ?? null;
    if (def === null) this.checkUnregistered(name, startOffset, this.nextOffset);
    const parts = this.SUBRULE(this.genericTail, { ARGS: [def] });
    parts.state.offset = startOffset;
    return this.build(name, def, parts.state, parts.successors, startOffset);
  }

  private checkUnregistered(name: string, offset: number, behind: number): void {
    const { context } = this.state;
    if (context.genericOps.has(name) || context.allowUnregisteredDialects) return;
    const dialect = dialectOf(name);
    if (context.dialects.has(dialect)) {
      if (context.genericDialects.has(dialect)) return;
      const names = [...context.ops.keys(), ...context.genericOps];
      this.fail(
        offset,
        `unregistered operation '${name}' found in dialect ('${dialect}') that does not allow unknown operations${didYouMean(name, names)}`,
      );
    }
    this.fail(
      behind,
      "operation being parsed with an unregistered dialect. If this is intended, please use -allow-unregistered-dialect with the MLIR tool used",
    );
  }

  private customOperation(token: IToken): Operation {
    if (this.RECORDING_PHASE) return new Operation({ name: "", def: null });
    const { image, startOffset } = token;
    const prefix = this.defaultDialects[this.defaultDialects.length - 1] as string;
    const { ops } = this.state.context;
    const name = image.includes(".") || prefix === "" ? image : `${prefix}.${image}`;
    const def = ops.get(name) ?? null;
    if (def === null) this.failUnknown(image, name, startOffset);
    if (def?.format == null)
      this.fail(
        startOffset,
        `custom op '${name}' has no custom assembly form here; write it in generic form: "${name}"(...)`,
      );
    invariant(def !== null && def.format !== null, "format");
    const state = newState(startOffset);
    this.format.parse(def, state);
    return this.build(name, def, state, [], state.offset);
  }

  private failUnknown(written: string, name: string, offset: number): never {
    const { context } = this.state;
    const names = [...context.ops.keys(), ...context.genericOps];
    if (context.genericOps.has(name))
      this.fail(
        offset,
        `custom op '${name}' has no custom assembly form here; write it in generic form: "${name}"(...)`,
      );
    const dialect = dialectOf(name);
    if (dialect !== "" && !context.dialects.has(dialect)) {
      const known = [...context.dialects].sort();
      this.state.engine
        .error(
          this.locAt(offset),
          `dialect '${dialect}' not found for custom op '${name}'${didYouMean(dialect, known)}`,
        )
        .note(this.locAt(offset), `available dialects: ${known.join(", ")}`);
      throw new ParseAbort();
    }
    const tried = written === name ? "" : ` (tried '${name}' as well)`;
    return this.fail(offset, `custom op '${written}' is unknown${tried}${didYouMean(name, names)}`);
  }

  /** Makes the operation from its parts. */
  private build(
    name: string,
    def: AnyOpDef | null,
    state: ParsedOp,
    successors: readonly Block[],
    offset: number,
  ): Operation {
    const { operands, operandTypes } = state;
    if (operands.length !== operandTypes.length)
      this.fail(
        offset,
        `expected ${operands.length} operand type${operands.length === 1 ? "" : "s"} but had ${operandTypes.length}`,
      );
    const values = operands.map((operand, index) =>
      this.scopes.use(operand, operandTypes[index] as Type),
    );
    if (def !== null) this.moveInherent(def, state);
    return new Operation({
      name,
      def,
      operands: values,
      resultTypes: state.resultTypes,
      properties: state.properties,
      attributes: state.attributes,
      regions: state.regions,
      successors,
      loc: state.loc ?? this.locAt(offset),
    });
  }

  /** Attributes that the record names are properties wherever they were written; struct attributes get their own order. */
  private moveInherent(def: AnyOpDef, state: ParsedOp): void {
    const specs = def.attrs as { readonly [name: string]: AttrSpec };
    for (const [name, attr] of state.attributes)
      if (Object.hasOwn(specs, name)) {
        state.attributes.delete(name);
        state.properties.set(name, attr);
      }
    for (const [name, attr] of state.properties)
      if (attr.kind === "struct") {
        const spec = specs[name];
        if (spec !== undefined) state.properties.set(name, this.normalize(attr, spec));
      }
  }

  private normalize(attr: Attribute, spec: AttrSpec): Attribute {
    let result = this.normalized.get(attr);
    if (result === undefined) {
      const value = spec.decode(attr);
      result = value === undefined ? attr : spec.encode(value);
      this.normalized.set(attr, result);
    }
    return result;
  }

  private defineResults(op: Operation, names: readonly ResultNames[]): void {
    if (names.length === 0) return;
    const first = names[0] as ResultNames;
    const total = names.reduce((count, { count: more }) => count + more, 0);
    const { length } = op.results;
    if (length === 0) this.fail(first.offset, "cannot name an operation with no results");
    if (total !== length)
      this.fail(
        first.offset,
        `operation defines ${length} results but was provided ${total} to bind`,
      );
    let index = 0;
    for (const { name, count, offset } of names)
      for (let number = 0; number < count; number++)
        this.scopes.define(name, number, op.result(index++), offset);
  }

  /** Rules as formats call them. */
  readonly forFormats = {
    type: (): Type => this.invoke<Type>(this.type),
    typeList: (): Type[] => this.invoke<Type[]>(this.typeList),
    signature: (): { inputs: Type[]; results: Type[] } => this.invoke(this.signature),
    attribute: (type?: Type): Attribute => this.invokeWith<Attribute>(this.attribute, [type]),
    dictionary: (): Map<string, Attribute> => this.invoke(this.dictionary),
    location: (): Loc => this.invoke(this.locationSuffix),
    record: (opName: string): AnyOpDef | null => this.state.context.ops.get(opName) ?? null,
    region: (def: AnyOpDef, args?: readonly RegionArgument[]): Region =>
      this.invokeWith<Region>(this.region, [def, args]),
  };
}

const operandOf = ({ image, startOffset }: IToken): UnresolvedOperand => ({
  name: image,
  offset: startOffset,
});

const newState = (offset: number): ParsedOp => ({
  operands: [],
  operandTypes: [],
  resultTypes: [],
  properties: new Map(),
  attributes: new Map(),
  regions: [],
  offset,
  loc: null,
});
