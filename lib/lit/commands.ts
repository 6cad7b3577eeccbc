/** @file Commands that lit runs itself: files and folders, echo, cat, diff, count, split-file. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

/** What a command is called with. */
export interface CommandCall {
  readonly name: string;
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly stdin: Uint8Array;
  /** Put standard error among standard output, in the order of writing. */
  readonly mergeErrors: boolean;
  readonly signal: AbortSignal;
}

export interface CommandResult {
  readonly exitCode: number;
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
  /** The line is wrong rather than the program: `!` and `||` do not make up for it. */
  readonly fatal?: boolean;
}

/** A command that runs inside this process. */
export type LitCommand = (call: CommandCall) => CommandResult | Promise<CommandResult>;

const bytes = (text: string): Uint8Array => Buffer.from(text);
const EMPTY = new Uint8Array();

const success = (stdout: string | Uint8Array = EMPTY): CommandResult => ({
  exitCode: 0,
  stdout: typeof stdout === "string" ? bytes(stdout) : stdout,
  stderr: EMPTY,
});

/** A failure with one line of explanation. */
export const failure = (message: string, exitCode = 1): CommandResult => ({
  exitCode,
  stdout: EMPTY,
  stderr: bytes(`${message}\n`),
});

/** A command that cannot be run at all. */
export const refusal = (message: string): CommandResult => ({
  ...failure(message, 127),
  fatal: true,
});

const reasonOf = (error: unknown): string =>
  error instanceof Error ? (error.message.split("\n", 1)[0] ?? "") : String(error);

/** Separates `-x` and `--long` options from operands. */
function separate(argv: readonly string[]): { flags: string[]; operands: string[] } {
  const end = argv.indexOf("--");
  const before = end < 0 ? argv : argv.slice(0, end);
  return {
    flags: before.filter((argument) => /^-./.test(argument)),
    operands: [
      ...before.filter((argument) => !/^-./.test(argument)),
      ...(end < 0 ? [] : argv.slice(end + 1)),
    ],
  };
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
};

const echo: LitCommand = ({ argv }) => {
  let index = 0;
  let newline = true;
  let escapes = false;
  for (; /^-[ne]+$/.test(argv[index] ?? ""); index++) {
    if (argv[index]?.includes("n")) newline = false;
    if (argv[index]?.includes("e")) escapes = true;
  }
  let text = argv.slice(index).join(" ");
  if (escapes)
    text = text.replace(
      /\\(?:x([0-9a-fA-F]{1,2})|0([0-7]{1,3})|([abfnrtv\\]))/g,
      (_, hex, octal, letter) =>
        hex !== undefined
          ? String.fromCharCode(Number.parseInt(hex, 16))
          : octal !== undefined
            ? String.fromCharCode(Number.parseInt(octal, 8))
            : (ESCAPES[letter] ?? ""),
    );
  return success(newline ? `${text}\n` : text);
};

const cat: LitCommand = ({ argv, cwd, stdin }) => {
  const { operands } = separate(argv);
  const parts: Uint8Array[] = [];
  for (const operand of operands.length === 0 ? ["-"] : operands) {
    try {
      parts.push(operand === "-" ? stdin : readFileSync(resolve(cwd, operand)));
    } catch (error) {
      return failure(`cat: ${operand}: ${reasonOf(error)}`);
    }
  }
  return success(Buffer.concat(parts));
};

const mkdir: LitCommand = ({ argv, cwd }) => {
  const { flags, operands } = separate(argv);
  if (operands.length === 0) return failure("Error: 'mkdir' is missing an operand");
  const parents = flags.some((flag) => flag.includes("p"));
  try {
    for (const operand of operands) mkdirSync(resolve(cwd, operand), { recursive: parents });
    return success();
  } catch (error) {
    return failure(`mkdir: ${reasonOf(error)}`);
  }
};

const rm: LitCommand = ({ argv, cwd }) => {
  const { flags, operands } = separate(argv);
  const force = flags.some((flag) => /^-[a-zA-Z]*f/.test(flag) || flag === "--force");
  const recursive = flags.some((flag) => /^-[a-zA-Z]*[rR]/.test(flag) || flag === "--recursive");
  try {
    for (const operand of operands) rmSync(resolve(cwd, operand), { force, recursive });
    return success();
  } catch (error) {
    return failure(`rm: ${reasonOf(error)}`);
  }
};

/** Where `cp` and `mv` put an operand: into the target where that is a folder. */
function placeFor(source: string, target: string): string {
  const isFolder = existsSync(target) && statSync(target).isDirectory();
  return isFolder ? join(target, basename(source)) : target;
}

const transfer =
  (move: boolean): LitCommand =>
  ({ name, argv, cwd }) => {
    const paths = separate(argv).operands.map((operand) => resolve(cwd, operand));
    const target = paths.pop();
    if (target === undefined || paths.length === 0) return failure(`${name}: missing file operand`);
    try {
      for (const source of paths) {
        const place = placeFor(source, target);
        if (move) renameSync(source, place);
        else cpSync(source, place, { recursive: true });
      }
      return success();
    } catch (error) {
      return failure(`${name}: ${reasonOf(error)}`);
    }
  };

const touch: LitCommand = ({ argv, cwd }) => {
  try {
    for (const operand of separate(argv).operands)
      writeFileSync(resolve(cwd, operand), "", { flag: "a" });
    return success();
  } catch (error) {
    return failure(`touch: ${reasonOf(error)}`);
  }
};

const test: LitCommand = ({ argv, cwd }) => {
  const negated = argv[0] === "!";
  const [flag = "", operand = ""] = negated ? argv.slice(1) : argv;
  const path = resolve(cwd, operand);
  const exists = existsSync(path);
  const checks: Readonly<Record<string, () => boolean>> = {
    "-e": () => exists,
    "-f": () => exists && statSync(path).isFile(),
    "-d": () => exists && statSync(path).isDirectory(),
    "-s": () => exists && statSync(path).size > 0,
  };
  const check = checks[flag];
  if (check === undefined) return failure(`test: unsupported condition '${argv.join(" ")}'`, 2);
  return { ...success(), exitCode: check() === negated ? 1 : 0 };
};

const count: LitCommand = ({ argv, stdin }) => {
  const expected = Number(argv[0]);
  if (argv.length !== 1 || !Number.isInteger(expected) || expected < 0)
    return failure("usage: count <expected line count>", 2);
  let lines = 0;
  for (const byte of stdin) if (byte === 10) lines++;
  if (stdin.length > 0 && stdin.at(-1) !== 10) lines++;
  return lines === expected ? success() : failure(`Expected ${expected} lines, got ${lines}.`);
};

/** Reads the sides of a comparison; null where one cannot be read. */
export function diffSides(
  argv: readonly string[],
  cwd: string,
  stdin: Uint8Array,
):
  | { readonly names: readonly string[]; readonly sides: readonly Uint8Array[] }
  | { error: string } {
  const { operands } = separate(
    argv.filter((_, index) => !/^-(?:U|I)$/.test(argv[index - 1] ?? "")),
  );
  const names = argv.includes("-")
    ? argv.filter((name) => name === "-" || operands.includes(name))
    : operands;
  if (names.length !== 2) return { error: `Error: missing or extra operand` };
  try {
    const sides = names.map((name) => (name === "-" ? stdin : readFileSync(resolve(cwd, name))));
    return { names, sides };
  } catch (error) {
    return { error: `Error: 'diff' command failed, ${reasonOf(error)}` };
  }
}

const diff: LitCommand = async ({ argv, cwd, stdin }) => {
  const { flags } = separate(argv);
  if (flags.some((flag) => /^-[a-zA-Z]*r/.test(flag))) return diffFolders(argv, cwd);
  const read = diffSides(argv, cwd, stdin);
  if ("error" in read) return failure(read.error, 2);
  return diffTexts(argv, read.names, read.sides);
};

/** Compares two texts as the flags say. */
async function diffTexts(
  argv: readonly string[],
  names: readonly string[],
  sides: readonly Uint8Array[],
): Promise<CommandResult> {
  const { flags } = separate(argv);
  const ignored = argv.includes("-I") ? new RegExp(argv[argv.indexOf("-I") + 1] ?? "") : null;
  const ignoreBlanks = flags.some((flag) => /^-[a-zA-Z]*w/.test(flag));
  const squeezeBlanks = flags.some((flag) => /^-[a-zA-Z]*b/.test(flag));
  const stripReturns = flags.includes("--strip-trailing-cr");
  const [left = "", right = ""] = sides.map((side) => {
    let text = Buffer.from(side).toString("utf8");
    if (stripReturns) text = text.replace(/\r$/gm, "");
    if (ignoreBlanks) text = text.replace(/[ \t]+/g, "");
    else if (squeezeBlanks) text = text.replace(/[ \t]+/g, " ").replace(/ $/gm, "");
    if (ignored === null) return text;
    return text
      .split("\n")
      .filter((line) => !ignored.test(line))
      .join("\n");
  });
  if (left === right) return success();
  const { createTwoFilesPatch } = await import("diff");
  const [leftName = "", rightName = ""] = names;
  const context = Number(argv[argv.indexOf("-U") + 1]);
  const patch = createTwoFilesPatch(leftName, rightName, left, right, "", "", {
    context: argv.includes("-U") && Number.isInteger(context) ? context : 3,
  });
  return { exitCode: 1, stdout: bytes(patch.replace(/^=+\n/, "")), stderr: EMPTY };
}

function listFiles(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((path) => statSync(join(root, path)).isFile())
    .sort();
}

async function diffFolders(argv: readonly string[], cwd: string): Promise<CommandResult> {
  const [left, right] = separate(argv).operands.map((operand) => resolve(cwd, operand));
  if (left === undefined || right === undefined)
    return failure("Error: missing or extra operand", 2);
  let report = "";
  try {
    const names = new Set([...listFiles(left), ...listFiles(right)]);
    for (const name of [...names].sort()) {
      const [a, b] = [join(left, name), join(right, name)];
      if (!existsSync(a) || !existsSync(b))
        report += `Only in ${existsSync(a) ? left : right}: ${name}\n`;
      else {
        const texts = [readFileSync(a), readFileSync(b)];
        report += Buffer.from((await diffTexts(argv, [a, b], texts)).stdout).toString();
      }
    }
  } catch (error) {
    return failure(`Error: 'diff' command failed, ${reasonOf(error)}`, 2);
  }
  return { ...success(report), exitCode: report === "" ? 0 : 1 };
}

const PART = /^(?:.|\/\/)--- (\S.*?)\s*$/;

const splitFile: LitCommand = ({ argv, cwd, stdin }) => {
  const { flags, operands } = separate(argv);
  const [source, target] =
    operands.length === 1 && argv.includes("-") ? ["-", operands[0]] : operands;
  if (source === undefined || target === undefined)
    return failure("split-file: error: input and output folder are needed");
  const leading = flags.some((flag) => /^--?leading-lines$/.test(flag));
  let text: string;
  try {
    text = Buffer.from(source === "-" ? stdin : readFileSync(resolve(cwd, source))).toString(
      "latin1",
    );
  } catch (error) {
    return failure(`split-file: error: ${source}: ${reasonOf(error)}`);
  }
  const parts = new Map<string, string>();
  let current: string | null = null;
  for (const [index, line] of text.split(/(?<=\n)/).entries()) {
    const name = PART.exec(line)?.[1];
    if (name !== undefined) {
      if (parts.has(name))
        return failure(
          `split-file: error: ${source}:${index + 1}: '${line.trim()}' occurs more than once`,
        );
      current = name;
      parts.set(name, leading ? "\n".repeat(index + 1) : "");
    } else if (current !== null) parts.set(current, (parts.get(current) ?? "") + line);
  }
  if (parts.size === 0) return failure(`split-file: error: ${source}: no part separator was found`);
  for (const [name, content] of parts) {
    const path = resolve(cwd, target, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, Buffer.from(content, "latin1"));
  }
  return success();
};

/** Commands that need nothing but files and their input. */
export const COMMANDS: ReadonlyMap<string, LitCommand> = new Map([
  [":", () => success()],
  ["true", () => success()],
  ["false", () => ({ ...success(), exitCode: 1 })],
  ["echo", echo],
  ["cat", cat],
  ["mkdir", mkdir],
  ["rm", rm],
  ["cp", transfer(false)],
  ["mv", transfer(true)],
  ["touch", touch],
  ["test", test],
  ["count", count],
  ["diff", diff],
  ["split-file", splitFile],
]);
