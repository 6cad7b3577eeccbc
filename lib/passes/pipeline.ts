/** @file Textual pass pipelines: `builtin.module(func.func(cse),canonicalize{max-iterations=3})`. */
import { didYouMean, nearestName } from "#lib/support/text.ts";
import {
  type AnyOptionValues,
  type AnyPass,
  defaultOptions,
  formatOptions,
  parseOptionValue,
} from "./pass.ts";

/** A pass with its options. */
export interface PassStep {
  readonly kind: "pass";
  readonly pass: AnyPass;
  readonly options: AnyOptionValues;
}

/** Steps that run on every op of that name directly inside; `any` takes every op. */
export interface NestedPipeline {
  readonly kind: "nested";
  readonly anchor: string;
  readonly steps: readonly PipelineStep[];
}

export type PipelineStep = PassStep | NestedPipeline;

/** Steps on the root op, whose name `anchor` is. */
export interface Pipeline {
  readonly anchor: string;
  readonly steps: readonly PipelineStep[];
}

export type PipelineResult =
  | { readonly pipeline: Pipeline }
  /** Text as mlir-opt prints it after `<unknown>:0: error: `, caret included, without a last newline. */
  | { readonly error: string };

/** An element of the text before names are looked up. */
interface Element {
  readonly name: string;
  readonly offset: number;
  options: string | null;
  optionsOffset: number;
  inner: Element[] | null;
}

const NAME = /[^,(){}]*/y;
const OP_NAME = /^[A-Za-z_][\w$]*(\.[\w$.]+)+$/;

class PipelineError extends Error {}

const failAt = (text: string, offset: number, message: string, hint = ""): never => {
  const caret = `${" ".repeat(offset)}^`;
  throw new PipelineError(
    `MLIR Textual PassPipeline Parser:1:${offset + 1}: error: ${message}\n${text}\n${caret}\n${hint}`,
  );
};

/** Offset of the next character that is not a blank. */
const skipBlanks = (text: string, from: number): number => {
  let offset = from;
  while (text[offset] === " ") offset++;
  return offset;
};

/** Offset of the brace that closes the one at `open`, or -1. */
function closingBrace(text: string, open: number): number {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    if (text[i] === "{") depth++;
    else if (text[i] === "}" && --depth === 0) return i;
  }
  return -1;
}

/** Splits the text into elements; nesting is a stack, not recursion. */
function parseElements(text: string): Element[] {
  const root: Element[] = [];
  const open: Element[][] = [root];
  let offset = 0;
  let tail = 0;
  for (;;) {
    NAME.lastIndex = offset;
    const raw = (NAME.exec(text) as RegExpExecArray)[0];
    const element: Element = {
      name: raw.trim(),
      offset,
      options: null,
      optionsOffset: 0,
      inner: null,
    };
    (open[open.length - 1] as Element[]).push(element);
    tail = offset;
    offset += raw.length;
    if (text[offset] === "(") {
      element.inner = [];
      open.push(element.inner);
      offset++;
      continue;
    }
    if (text[offset] === "{") {
      const end = closingBrace(text, offset);
      if (end === -1) failAt(text, offset, "missing closing '}' while processing pass options");
      element.optionsOffset = offset;
      element.options = text.slice(offset + 1, end);
      offset = skipBlanks(text, end + 1);
      tail = offset;
    } else if (text[offset] === "}") failAt(text, offset, "expected ',' after parsing pipeline");
    while (text[offset] === ")") {
      if (open.length === 1)
        failAt(
          text,
          offset,
          "encountered extra closing ')' creating unbalanced parentheses while parsing pipeline",
        );
      open.pop();
      offset = skipBlanks(text, offset + 1);
      tail = offset;
    }
    if (offset === text.length) break;
    if (text[offset] !== ",") failAt(text, offset, "expected ',' after parsing pipeline");
    offset++;
  }
  if (open.length > 1)
    failAt(text, tail, "encountered unbalanced parentheses while parsing pipeline");
  return root;
}

/** Splits `a=1 b={x,y} c="q r"` at blanks outside braces and quotes. */
function splitOptions(text: string): string[] {
  const parts: string[] = [];
  let part = "";
  let depth = 0;
  let quote = "";
  for (const character of text) {
    if (quote !== "") {
      if (character === quote) quote = "";
    } else if (character === '"' || character === "'") quote = character;
    else if (character === "{") depth++;
    else if (character === "}") depth--;
    if (/\s/.test(character) && depth === 0 && quote === "") {
      if (part !== "") parts.push(part);
      part = "";
    } else part += character;
  }
  if (part !== "") parts.push(part);
  return parts;
}

const unquote = (text: string): string => {
  const [first, last] = [text[0], text[text.length - 1]];
  const wrapped =
    text.length >= 2 &&
    ((first === "{" && last === "}") || ((first === '"' || first === "'") && first === last));
  return wrapped ? text.slice(1, -1) : text;
};

/** Option values of a pass from their text; a message where one does not fit. */
export function parsePassOptions(
  pass: AnyPass,
  text: string,
): { readonly values: AnyOptionValues } | { readonly error: string } {
  const values: { [name: string]: number | boolean | string | readonly string[] } = {
    ...(defaultOptions(pass) as AnyOptionValues),
  };
  for (const part of splitOptions(text)) {
    const equals = part.indexOf("=");
    const name = equals === -1 ? part : part.slice(0, equals);
    if (!Object.hasOwn(pass.options, name)) {
      const hint = didYouMean(name, Object.keys(pass.options));
      return { error: `<Pass-Options-Parser>: no such option ${name}${hint}\n` };
    }
    const parsed = parseOptionValue(
      name,
      pass.options[name],
      equals === -1 ? "" : unquote(part.slice(equals + 1)),
    );
    if ("error" in parsed) return { error: `${parsed.error}\n` };
    values[name] = parsed.value;
  }
  return { values };
}

function resolve(text: string, element: Element, passes: ReadonlyMap<string, AnyPass>): PassStep {
  const pass = passes.get(element.name);
  if (pass === undefined) {
    const nearest = nearestName(element.name, passes.keys());
    return failAt(
      text,
      element.offset,
      `'${element.name}' does not refer to a registered pass or pass pipeline`,
      nearest === null ? "" : `did you mean '${nearest}'?\n`,
    );
  }
  const parsed = parsePassOptions(pass, element.options ?? "");
  if ("error" in parsed)
    throw new PipelineError(
      `${parsed.error}failed to add \`${element.name}\` with options \`${element.options ?? ""}\`\n`,
    );
  return { kind: "pass", pass, options: parsed.values };
}

/** Elements to steps in the order of the text, without recursion. */
function resolveAll(
  text: string,
  elements: readonly Element[],
  passes: ReadonlyMap<string, AnyPass>,
): PipelineStep[] {
  const steps: PipelineStep[] = [];
  const work: { readonly element: Element; readonly to: PipelineStep[] }[] = [];
  const pushAll = (from: readonly Element[], to: PipelineStep[]): void => {
    for (let i = from.length - 1; i >= 0; i--) work.push({ element: from[i] as Element, to });
  };
  pushAll(elements, steps);
  for (let item = work.pop(); item !== undefined; item = work.pop()) {
    const { element, to } = item;
    if (element.inner === null) {
      to.push(resolve(text, element, passes));
      continue;
    }
    const inner: PipelineStep[] = [];
    to.push({ kind: "nested", anchor: element.name, steps: inner });
    pushAll(element.inner, inner);
  }
  return steps;
}

/** Reads a pipeline that is wrapped in its anchor op, such as `builtin.module(cse)`. */
export function parsePipeline(
  source: string,
  passes: ReadonlyMap<string, AnyPass>,
): PipelineResult {
  const text = source.trim();
  const open = text.indexOf("(");
  const anchor = text.slice(0, Math.max(open, 0)).trim();
  if (open === -1 || !text.endsWith(")") || !(anchor === "any" || OP_NAME.test(anchor)))
    return {
      error:
        "expected pass pipeline to be wrapped with the anchor operation type, e.g. 'builtin.module(...)'",
    };
  const inner = text.slice(open + 1, -1);
  try {
    const steps = inner.trim() === "" ? [] : resolveAll(inner, parseElements(inner), passes);
    return { pipeline: { anchor, steps } };
  } catch (error) {
    if (error instanceof PipelineError) return { error: error.message };
    throw error;
  }
}

/** Names of the ops that a pipeline and those nested in it run on, in the order of the text. */
export function anchorsOf({ anchor, steps }: Pipeline): string[] {
  const anchors = [anchor];
  const work = [...steps].reverse();
  for (let step = work.pop(); step !== undefined; step = work.pop()) {
    if (step.kind === "pass") continue;
    anchors.push(step.anchor);
    work.push(...[...step.steps].reverse());
  }
  return anchors;
}

/** A pipeline of passes in order, each given as a flag `--name` or `--name=options`. */
export function pipelineOf(steps: readonly PipelineStep[], anchor = "builtin.module"): Pipeline {
  return { anchor, steps };
}

/** Passes by name. */
export const passesByName = (passes: readonly AnyPass[]): ReadonlyMap<string, AnyPass> =>
  new Map(passes.map((pass) => [pass.name, pass]));

/** Text of a pipeline with all option values, which {@link parsePipeline} reads. */
export function printPipeline({ anchor, steps }: Pipeline): string {
  const texts: string[] = [];
  const work: (PipelineStep | string)[] = [")", ...separated(steps).reverse(), `${anchor}(`];
  for (let item = work.pop(); item !== undefined; item = work.pop()) {
    if (typeof item === "string") texts.push(item);
    else if (item.kind === "pass")
      texts.push(item.pass.name + formatOptions(item.pass, item.options));
    else work.push(")", ...separated(item.steps).reverse(), `${item.anchor}(`);
  }
  return texts.join("");
}

/** What `--dump-pass-pipeline` prints: one pass a line. */
export function dumpPipeline({ anchor, steps }: Pipeline): string {
  let text = `Pass Manager with ${steps.length} passes:\n${anchor}(\n`;
  const work = listed(steps, 1).reverse();
  for (let item = work.pop(); item !== undefined; item = work.pop()) {
    const { step, depth, comma } = item;
    const indent = "  ".repeat(depth);
    const end = comma ? ",\n" : "\n";
    if (step === null) text += `${indent})${end}`;
    else if (step.kind === "pass")
      text += `${indent}${step.pass.name}${formatOptions(step.pass, step.options)}${end}`;
    else {
      text += `${indent}${step.anchor}(\n`;
      work.push({ step: null, depth, comma }, ...listed(step.steps, depth + 1).reverse());
    }
  }
  return `${text})\n\n`;
}

/** A line to print: a step, or null for the end of a nested pipeline. */
interface PipelineLine {
  readonly step: PipelineStep | null;
  readonly depth: number;
  readonly comma: boolean;
}

const listed = (steps: readonly PipelineStep[], depth: number): PipelineLine[] =>
  steps.map((step, index) => ({ step, depth, comma: index + 1 < steps.length }));

const separated = (steps: readonly PipelineStep[]): (PipelineStep | string)[] =>
  steps.flatMap((step, index) => (index === 0 ? [step] : [",", step]));
