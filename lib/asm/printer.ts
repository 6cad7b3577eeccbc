/** @file Prints operations as MLIR text, in pretty or generic form. */
import type { Loc } from "#lib/diag/loc.ts";
import type { OpAsmPrinter } from "#lib/ir/asm-format.ts";
import type { Attribute } from "#lib/ir/attributes.ts";
import type { Block, Operation, Region, Value } from "#lib/ir/graph.ts";
import type { Type } from "#lib/ir/types.ts";
import {
  type AttributeTextOptions,
  attributeText,
  attributeTextWithoutType,
  dictionaryText,
} from "./attribute-text.ts";
import { fullLocationText, LocationAliases, locationText } from "./location-text.ts";
import { resourceSection, resourcesOf } from "./resources.ts";
import { SsaNames } from "./ssa-names.ts";
import { bareOrQuoted, escapeString } from "./strings.ts";

/** How to print. */
export interface PrintOptions {
  /** Generic form for every op. */
  readonly generic?: boolean;
  /** Print locations. */
  readonly debugInfo?: boolean;
  /** Spell locations out where they stand instead of defining aliases. */
  readonly localScope?: boolean;
  /** Dense attributes with more elements are printed as `dense_resource<__elided__>`. */
  readonly elideElementsOver?: number | null;
  /** Resources whose text is longer are left out. */
  readonly elideResourcesOver?: number | null;
}

const INDENT = "  ";

/** Text of an operation and everything inside, ending in a newline. */
export function printModule(op: Operation, options: PrintOptions = {}): string {
  const names = new SsaNames(op, options.generic === true);
  if (options.localScope === true) return `${new Printer(names, options, null).print(op)}\n`;
  const aliases = options.debugInfo === true ? collectAliases(op, names, options) : null;
  const body = new Printer(names, options, aliases).print(op);
  const resources = resourceSection(resourcesOf(op), options.elideResourcesOver ?? null);
  if (aliases === null) return `${body}\n${resources}`;
  return `${aliases.definitions(false)}${body}\n${aliases.definitions(true)}${resources}`;
}

/** Aliases of all locations that the text contains, in the order in which it contains them. */
function collectAliases(op: Operation, names: SsaNames, options: PrintOptions): LocationAliases {
  const aliases = new LocationAliases();
  new Printer(names, { ...options, elideElementsOver: 0 }, aliases, true).print(op);
  aliases.assign();
  return aliases;
}

/** Text of one operation for a message, in generic form and without locations, aliases and resources; names are those of the isolated op around it. */
export function printOperation(op: Operation, options: PrintOptions = {}): string {
  const all = { generic: true, localScope: true, ...options };
  let root = op;
  for (let outer = op.parentOp; outer !== null; outer = outer.parentOp) {
    if (root.def?.traits.has("isolatedFromAbove") === true) break;
    root = outer;
  }
  return new Printer(new SsaNames(root, all.generic), all, null).print(op);
}

class Printer implements OpAsmPrinter {
  private out = "";
  private indent = "";
  private readonly options: PrintOptions;
  private readonly names: SsaNames;
  private readonly aliases: LocationAliases | null;
  /** Collects aliases; the text is thrown away. */
  private readonly collecting: boolean;
  private readonly attributeOptions: AttributeTextOptions;
  /** Dialects whose prefix is left out, innermost last. */
  private readonly defaultDialects: string[] = ["builtin"];

  constructor(
    names: SsaNames,
    options: PrintOptions,
    aliases: LocationAliases | null,
    collecting = false,
  ) {
    this.names = names;
    this.options = options;
    this.aliases = aliases;
    this.collecting = collecting;
    this.attributeOptions = {
      elideElementsOver: options.elideElementsOver ?? null,
      location: (loc) => this.locationText(loc, true),
    };
  }

  print(root: Operation): string {
    this.operation(root);
    return this.out;
  }

  text(text: string): void {
    this.out += text;
  }

  operand(value: Value): void {
    this.out += this.names.valueName(value);
  }

  operands(values: readonly Value[]): void {
    this.out += values.map((value) => this.names.valueName(value)).join(", ");
  }

  type(type: Type): void {
    this.out += type.text;
  }

  types(types: readonly Type[]): void {
    this.out += types.map(({ text }) => text).join(", ");
  }

  functionalType(inputs: readonly Type[], results: readonly Type[]): void {
    this.out += "(";
    this.types(inputs);
    this.out += ") -> ";
    if (results.length === 1 && results[0]?.kind !== "function") this.types(results);
    else {
      this.out += "(";
      this.types(results);
      this.out += ")";
    }
  }

  attribute(attr: Attribute): void {
    this.out += attributeText(attr, this.attributeOptions);
  }

  attributeWithoutType(attr: Attribute): void {
    this.out += attributeTextWithoutType(attr, this.attributeOptions);
  }

  attrDict(op: Operation, elided: readonly string[], keyword = ""): void {
    if (op.properties.size === 0 && op.attributes.size === 0) return;
    const entries = new Map<string, Attribute>();
    for (const [name, attr] of op.properties) if (!elided.includes(name)) entries.set(name, attr);
    for (const [name, attr] of op.attributes) entries.set(name, attr);
    if (entries.size > 0 && keyword !== "") this.out += ` ${keyword}`;
    this.dict(entries);
  }

  dict(entries: ReadonlyMap<string, Attribute>): void {
    if (entries.size > 0) this.out += ` ${dictionaryText(entries, this.attributeOptions)}`;
  }

  symbol(name: string): void {
    this.out += `@${bareOrQuoted(name)}`;
  }

  string(text: string): void {
    this.out += escapeString(text);
  }

  newline(): void {
    this.out += `\n${this.indent}`;
  }

  regionArgument(value: Value, attrs?: ReadonlyMap<string, Attribute>): void {
    this.out += `${this.names.valueName(value)}: ${value.type.text}`;
    if (attrs !== undefined) this.dict(attrs);
    this.location(value.loc, false);
  }

  /** ` loc(...)` where locations are printed. */
  private location(loc: Loc, alias: boolean): void {
    if (this.options.debugInfo === true) this.out += ` loc(${this.locationText(loc, alias)})`;
  }

  /** What is inside `loc(...)`, spelled out but for its parts where `alias` is false. An alias that may be avoided is defined above all operations nevertheless, as MLIR has it. */
  private locationText(loc: Loc, alias: boolean): string {
    if (this.collecting) this.aliases?.visit(loc, false);
    if (this.aliases === null) return fullLocationText(loc);
    return alias ? this.aliases.reference(loc) : locationText(loc, this.aliases.reference);
  }

  region(region: Region, { entryArgs = true, terminator = true, emptyBlock = false } = {}): void {
    this.out += "{\n";
    const { format } = region.parent?.def ?? {};
    this.defaultDialects.push(this.options.generic === true ? "" : (format?.defaultDialect ?? ""));
    region.blocks.forEach((block, index) => {
      const header =
        index > 0 || (emptyBlock && block.isEmpty) || (entryArgs && block.args.length > 0);
      this.block(block, header, index > 0 || terminator);
    });
    this.defaultDialects.pop();
    this.out += `${this.indent}}`;
  }

  private block(block: Block, header: boolean, terminator: boolean): void {
    if (header) this.blockHeader(block);
    const outer = this.indent;
    this.indent += INDENT;
    for (let op = block.first; op !== null; op = op.next) {
      if (!terminator && op.next === null && op.def?.traits.has("terminator") === true) break;
      this.out += this.indent;
      this.operation(op);
      this.out += "\n";
    }
    this.indent = outer;
  }

  private blockHeader(block: Block): void {
    this.out += this.indent + this.names.blockName(block);
    if (block.args.length > 0) {
      this.out += "(";
      block.args.forEach((arg, index) => {
        if (index > 0) this.out += ", ";
        this.regionArgument(arg);
      });
      this.out += ")";
    }
    this.out += ":";
    const isEntry = block.parent?.blocks[0] === block;
    const names = this.predecessors(block);
    if (names.length === 0 && !isEntry) this.out += "  // no predecessors";
    else if (names.length === 1) this.out += `  // pred: ${names[0]}`;
    else if (names.length > 1) this.out += `  // ${names.length} preds: ${names.join(", ")}`;
    this.out += "\n";
  }

  private predecessors(block: Block): string[] {
    const names: string[] = [];
    for (const other of block.parent?.blocks ?? [])
      for (const successor of other.last?.successors ?? [])
        if (successor === block) names.push(this.names.blockName(other));
    return names;
  }

  private operation(op: Operation): void {
    if (this.collecting) this.aliases?.visit(op.loc, true);
    if (op.results.length > 0) this.out += `${this.names.resultNames(op)} = `;
    if (this.options.generic === true || !this.pretty(op)) this.generic(op);
    if (!this.collecting) this.location(op.loc, true);
  }

  private pretty(op: Operation): boolean {
    const format = op.def?.format ?? null;
    if (format === null) return false;
    const before = this.out;
    const prefix = `${this.defaultDialects[this.defaultDialects.length - 1]}.`;
    const bare = op.name.startsWith(prefix) && !op.name.includes(".", prefix.length);
    this.out += bare ? op.name.slice(prefix.length) : op.name;
    if (format.print(this, op)) return true;
    this.out = before;
    return false;
  }

  private generic(op: Operation): void {
    this.out += escapeString(op.name);
    this.genericTail(op);
  }

  genericTail(op: Operation): void {
    this.out += "(";
    this.operands(op.operands);
    this.out += ")";
    if (op.successors.length > 0)
      this.out += `[${op.successors.map((block) => this.names.blockName(block)).join(", ")}]`;
    if (op.properties.size > 0)
      this.out += ` <${dictionaryText(op.properties, this.attributeOptions)}>`;
    if (op.regions.length > 0) {
      this.out += " (";
      op.regions.forEach((region, index) => {
        if (index > 0) this.out += ", ";
        this.region(region, { emptyBlock: true });
      });
      this.out += ")";
    }
    this.dict(op.attributes);
    this.out += " : ";
    this.functionalType(
      op.operands.map(({ type }) => type),
      op.results.map(({ type }) => type),
    );
  }
}
