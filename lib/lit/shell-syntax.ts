/** @file Parses the shell language of RUN lines: sequences of pipelines of commands with redirections. */

/** A word; `glob` where an unquoted `*` or `?` may expand. */
export interface Word {
  readonly text: string;
  readonly glob: boolean;
}

/** Where a stream goes or comes from. */
export interface Redirect {
  readonly kind: "stdin" | "stdout" | "stderr" | "both" | "stderr-to-stdout";
  readonly append: boolean;
  readonly target: Word;
}

export interface ShellCommand {
  readonly words: readonly Word[];
  readonly redirects: readonly Redirect[];
}

/** Commands joined by `|`; `negated` by a leading `!`. */
export interface Pipeline {
  readonly commands: readonly ShellCommand[];
  /** What joins it to the pipeline before. */
  readonly joiner: ";" | "&&" | "||";
}

/** A parsed line, or what is wrong with it. */
export type ShellLine = { readonly pipelines: readonly Pipeline[] } | { readonly error: string };

type Token =
  | { readonly kind: "word"; readonly word: Word }
  | { readonly kind: "operator"; readonly text: string };

const OPERATORS = [
  "1>&2",
  "1>>",
  "1>",
  "2>>",
  "2>&1",
  "&>>",
  ">>",
  "2>",
  ">&",
  "&>",
  "&&",
  "||",
  "|&",
  "<",
  ">",
  "|",
  ";",
  "&",
];

/** Reads one word with its quotes removed. */
function readWord(text: string, from: number): { word: Word; end: number } | { error: string } {
  let value = "";
  let glob = false;
  let at = from;
  while (at < text.length && !/[\s|;&<>]/.test(text[at] as string)) {
    const character = text[at] as string;
    if (character === "'") {
      const end = text.indexOf("'", at + 1);
      if (end < 0) return { error: "missing closing quote '" };
      value += text.slice(at + 1, end);
      at = end + 1;
    } else if (character === '"') {
      at++;
      while (at < text.length && text[at] !== '"') {
        if (text[at] === "\\" && /["\\$]/.test(text[at + 1] ?? "")) at++;
        value += text[at++];
      }
      if (at >= text.length) return { error: 'missing closing quote "' };
      at++;
    } else if (character === "\\") {
      if (at + 1 < text.length) value += text[at + 1];
      at += 2;
    } else {
      if (character === "*" || character === "?") glob = true;
      value += character;
      at++;
    }
  }
  return { word: { text: value, glob }, end: at };
}

function tokenize(text: string): Token[] | string {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text[at] as string)) {
      at++;
      continue;
    }
    const operator = OPERATORS.find((candidate) => text.startsWith(candidate, at));
    if (operator !== undefined) {
      tokens.push({ kind: "operator", text: operator });
      at += operator.length;
      continue;
    }
    const read = readWord(text, at);
    if ("error" in read) return read.error;
    tokens.push({ kind: "word", word: read.word });
    at = read.end;
  }
  return tokens;
}

const REDIRECTS: Readonly<Record<string, Pick<Redirect, "kind" | "append">>> = {
  "<": { kind: "stdin", append: false },
  ">": { kind: "stdout", append: false },
  "1>": { kind: "stdout", append: false },
  "1>>": { kind: "stdout", append: true },
  ">>": { kind: "stdout", append: true },
  "2>": { kind: "stderr", append: false },
  "2>>": { kind: "stderr", append: true },
  ">&": { kind: "both", append: false },
  "&>": { kind: "both", append: false },
  "&>>": { kind: "both", append: true },
};

/** Parses a line; errors make a test unresolved. */
export function parseShell(text: string): ShellLine {
  const tokens = tokenize(text);
  if (typeof tokens === "string") return { error: tokens };
  const pipelines: Pipeline[] = [];
  let commands: ShellCommand[] = [];
  let words: Word[] = [];
  let redirects: Redirect[] = [];
  let joiner: Pipeline["joiner"] = ";";
  const finishCommand = (): boolean => {
    if (words.length === 0) return false;
    commands.push({ words, redirects });
    words = [];
    redirects = [];
    return true;
  };
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index] as Token;
    if (token.kind === "word") {
      words.push(token.word);
      continue;
    }
    const redirect = REDIRECTS[token.text];
    if (token.text === "2>&1") {
      redirects.push({
        kind: "stderr-to-stdout",
        append: false,
        target: { text: "", glob: false },
      });
    } else if (redirect !== undefined) {
      const target = tokens[++index];
      if (target?.kind !== "word") return { error: `syntax error near '${token.text}'` };
      if (token.text === ">&" && /^[0-9]+$/.test(target.word.text))
        return { error: `unsupported redirection '>&${target.word.text}'` };
      redirects.push({ ...redirect, target: target.word });
    } else if (token.text === "|&" || token.text === "&" || token.text === "1>&2") {
      return { error: `unsupported shell syntax '${token.text}'` };
    } else {
      if (!finishCommand()) return { error: `syntax error near '${token.text}'` };
      if (token.text === "|") continue;
      pipelines.push({ commands, joiner });
      commands = [];
      joiner = token.text as Pipeline["joiner"];
    }
  }
  if (finishCommand()) pipelines.push({ commands, joiner });
  else if (commands.length > 0 || (pipelines.length > 0 && joiner !== ";"))
    return { error: "unexpected end of command" };
  return { pipelines };
}
