/** @file Prints IR around passes, and what a pass changed as a unified diff. */
import { formatPatch, structuredPatch } from "diff";
import { stringAttr } from "#lib/ir/attributes.ts";
import type { Operation } from "#lib/ir/graph.ts";
import { formatOptions } from "./pass.ts";
import type { PassStep } from "./pipeline.ts";

/** When to print IR, and where to. */
export interface DumpOptions {
  readonly write: (text: string) => void;
  /** Names of passes, or every pass. */
  readonly before?: ReadonlySet<string> | "all";
  readonly after?: ReadonlySet<string> | "all";
  /** Prints a unified diff after every pass that changed something, and nothing after the others. */
  readonly afterChange?: boolean;
  /** Prints the whole module instead of the op that the pass ran on. */
  readonly moduleScope?: boolean;
}

/** Search time for a smallest difference; beyond it the new IR is printed whole. */
const DIFF_TIMEOUT_MS = 3000;

const symbolOf = (op: Operation): string => {
  const name = op.attribute("sym_name") ?? stringAttr("");
  return name.kind === "string" && name.value !== "" ? `: @${name.value}` : "";
};

function heading(what: string, step: PassStep, op: Operation, scoped: boolean): string {
  const { pass, options } = step;
  const place = scoped ? ` ('${op.name}' operation${symbolOf(op)})` : "";
  const text = `${pass.name}${formatOptions(pass, options)}${place}`;
  return `// -----// IR ${what} ${pass.displayName}: ${text} //----- //\n`;
}

const rootOf = (op: Operation): Operation => {
  let root = op;
  for (let parent = op.parentOp; parent !== null; parent = parent.parentOp) root = parent;
  return root;
};

/** Dumps around the passes of one run. */
export class IrDumper {
  private readonly options: DumpOptions;
  private readonly print: (op: Operation) => string;
  private previous = "";

  constructor(options: DumpOptions, print: (op: Operation) => string) {
    this.options = options;
    this.print = print;
  }

  private shown(op: Operation): Operation {
    return this.options.moduleScope === true ? rootOf(op) : op;
  }

  private dump(what: string, step: PassStep, op: Operation): void {
    const shown = this.shown(op);
    const scoped = this.options.moduleScope === true;
    const blank = shown.name === "builtin.module" ? "\n\n\n" : "\n\n";
    this.options.write(
      heading(`Dump ${what}`, step, op, scoped) + this.print(shown).trimEnd() + blank,
    );
  }

  beforePass(step: PassStep, op: Operation): void {
    const { before, afterChange } = this.options;
    if (before === "all" || before?.has(step.pass.name)) this.dump("Before", step, op);
    if (afterChange === true) this.previous = this.print(this.shown(op));
  }

  afterPass(step: PassStep, op: Operation): void {
    const { after, afterChange } = this.options;
    if (afterChange === true) {
      if (after === undefined || after === "all" || after.has(step.pass.name))
        this.difference(step, op);
    } else if (after === "all" || after?.has(step.pass.name)) this.dump("After", step, op);
  }

  private difference(step: PassStep, op: Operation): void {
    const shown = this.shown(op);
    const text = this.print(shown);
    if (text === this.previous) return;
    const patch = structuredPatch("before", "after", this.previous, text, undefined, undefined, {
      context: 3,
      timeout: DIFF_TIMEOUT_MS,
    });
    const title = heading("Diff After", step, op, this.options.moduleScope === true);
    if (patch === undefined) this.options.write(`${title}${text.trimEnd()}\n\n`);
    else this.options.write(`${title}${formatPatch(patch)}\n`);
  }
}
