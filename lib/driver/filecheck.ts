/** @file `filecheck-js`: LLVM's FileCheck, its options and exit codes, over a file or a pipe. */
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "commander";
import {
  bytesToText,
  FILECHECK_EXIT,
  prefixProblem,
  prepareCheck,
  textToBytes,
} from "#lib/filecheck/filecheck.ts";
import { DEFAULT_REQUEST, type FileCheckRequest } from "#lib/filecheck/request.ts";
import { EXIT, type ToolIo } from "#lib/support/io.ts";
import { escapeName } from "#lib/support/text.ts";
import { createCommand, parseCommand } from "./options.ts";
import { fileErrorText } from "./output.ts";

const TOOL = "filecheck-js";
const DUMP_INPUT = ["help", "always", "fail", "never"] as const;
const DUMP_FILTER = ["all", "annotation-full", "annotation", "error"] as const;

const DUMP_HELP = `An input dump shows the input with what each directive did to it.

  1: text      line 1 of the input; the space at the end of a line stands for the newline
  next:7       the only result of the CHECK-NEXT directive in line 7 of the check file
  not:imp2     a result of the second --implicit-check-not
  next:7'1     the second of several results of that directive
  ^~~          a match, as wanted (with -v)
  !~~          a match that is not wanted: excluded, on the wrong line, or overlapping (with --vv)
  X~~          where a directive looked and found nothing
  ?            the place that resembles most what was looked for
  ...          lines left out

--dump-input says when to dump, --dump-input-filter which lines are of interest, and
--dump-input-context how many lines around them are shown. The variable FILECHECK_OPTS holds options
for all runs, for example FILECHECK_OPTS='--dump-input-filter=all --vv --color'.
`;

interface Options {
  readonly checkPrefix: readonly string[];
  readonly checkPrefixes: readonly string[];
  readonly commentPrefixes: readonly string[];
  readonly inputFile: string;
  readonly implicitCheckNot: readonly string[];
  readonly matchFullLines?: boolean;
  readonly strictWhitespace?: boolean;
  readonly ignoreCase?: boolean;
  readonly D: readonly string[];
  readonly allowEmpty?: boolean;
  readonly allowUnusedPrefixes?: boolean;
  readonly enableVarScope?: boolean;
  readonly allowDeprecatedDagOverlap?: boolean;
  readonly v?: boolean;
  readonly vv?: boolean;
  readonly dumpInput: readonly string[];
  readonly dumpInputFilter: readonly string[];
  readonly dumpInputContext: readonly string[];
  readonly color?: boolean;
  readonly llvmVersion: string;
}

const collect = (value: string, earlier: readonly string[]): string[] => [...earlier, value];
const collectList = (value: string, earlier: readonly string[]): string[] => [
  ...earlier,
  ...value.split(","),
];

function fileCheckCommand(io: ToolIo): Command {
  const command = createCommand(
    {
      name: TOOL,
      summary:
        "Checks that a text (standard input or --input-file) is as the directives in a check file describe it.",
      examples: [
        {
          command: "pcp-opt --cse x.mlir | filecheck-js x.mlir",
          does: "checks what a tool prints",
        },
        {
          command: "filecheck-js --check-prefix=BF16 --input-file=out.txt x.mlir",
          does: "checks a file against the BF16: directives",
        },
      ],
    },
    io,
  ).argument("[check-file]", "file with the directives, - for standard input");
  command
    .optionsGroup("Files and directives:")
    .option("--input-file <file>", "text to check", "-")
    .option("--check-prefix <prefix>", "prefix of directives (default: CHECK)", collect, [])
    .option("--check-prefixes <list>", "several prefixes, separated by commas", collectList, [])
    .option("--comment-prefixes <list>", "prefixes of comments (default: COM,RUN)", collectList, [])
    .option("--allow-unused-prefixes", "allow prefixes that no directive uses")
    .option("--allow-empty", "allow an empty input")
    .option(
      "--implicit-check-not <pattern>",
      "forbid a pattern wherever no directive matches",
      collect,
      [],
    );
  command
    .optionsGroup("Matching:")
    .option("-D <definition>", "define a variable: -DNAME=VALUE or -D#NAME=NUMBER", collect, [])
    .option("--enable-var-scope", "forget variables without $ at each LABEL")
    .option("--match-full-lines", "let each match cover a whole line")
    .option("--strict-whitespace", "tell blanks apart")
    .option("--ignore-case", "match ASCII letters in either case")
    .option("--allow-deprecated-dag-overlap", "let DAG matches overlap");
  command
    .optionsGroup("Reports:")
    .option(
      "--dump-input <when>",
      `dump the input: ${DUMP_INPUT.join(", ")} (default: fail)`,
      collect,
      [],
    )
    .option(
      "--dump-input-filter <kind>",
      `lines of interest: ${DUMP_FILTER.join(", ")}`,
      collect,
      [],
    )
    .option("--dump-input-context <n>", "lines around those of interest (default: 5)", collect, [])
    .option("-v", "report matches too")
    .option("--vv", "report everything that was tried; implies -v")
    .option("--color", "color messages and the dump")
    .option("--llvm-version <n>", "print notes as LLVM 19 or 22 does", "22");
  return command;
}

/** Splits a line of options as a shell would: quotes and backslashes. */
function tokenize(line: string): string[] {
  const tokens: string[] = [];
  const pattern = /(?:[^\s"'\\]|\\[\s\S]|"(?:[^"\\]|\\[\s\S])*"|'[^']*')+/g;
  for (const [token] of line.matchAll(pattern))
    tokens.push(
      token.replace(
        /\\([\s\S])|"((?:[^"\\]|\\[\s\S])*)"|'([^']*)'/g,
        (_, escaped, double, single) =>
          escaped ?? double?.replace(/\\([\s\S])/g, "$1") ?? single ?? "",
      ),
    );
  return tokens;
}

/** Options of the environment first, then the arguments with response files read in. */
function allArguments(io: ToolIo): string[] {
  const given = io.argv.flatMap((argument) => {
    const path = resolve(io.cwd, argument.slice(1));
    if (!argument.startsWith("@") || !existsSync(path)) return [argument];
    return tokenize(readFileSync(path, "utf8"));
  });
  const all = [...tokenize(io.env["FILECHECK_OPTS"] ?? ""), ...given];
  return all.map((argument) => (/^--?help-(?:hidden|list)$/.test(argument) ? "--help" : argument));
}

/** Arguments as strings of bytes, which is what texts are compared with. */
const byteString = (text: string): string => bytesToText(new TextEncoder().encode(text));
const fromByteString = (text: string): string => new TextDecoder().decode(textToBytes(text));

/** The value that comes first in `order` among those given. */
function strongest<T extends string>(order: readonly T[], given: readonly string[]): T | null {
  return order.find((value) => given.includes(value)) ?? null;
}

function invalidChoice(options: Options): string | null {
  const choices: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ["dump-input", DUMP_INPUT, options.dumpInput],
    ["dump-input-filter", DUMP_FILTER, options.dumpInputFilter],
  ];
  for (const [name, allowed, given] of choices)
    for (const value of given)
      if (!allowed.includes(value)) return `cannot find option named '${value}' for --${name}`;
  for (const value of options.dumpInputContext)
    if (!/^\d+$/.test(value)) return `'${value}' is no number for --dump-input-context`;
  if (!["19", "22"].includes(options.llvmVersion))
    return `'${options.llvmVersion}' is not 19 or 22 for --llvm-version`;
  return null;
}

function requestOf(options: Options): FileCheckRequest {
  const always = strongest(DUMP_INPUT, options.dumpInput) ?? "fail";
  const dumpInput = always === "help" ? "fail" : always;
  const filter = strongest(DUMP_FILTER, options.dumpInputFilter);
  const { dumpInputContext } = options;
  return {
    ...DEFAULT_REQUEST,
    checkPrefixes: [...options.checkPrefix, ...options.checkPrefixes],
    commentPrefixes: options.commentPrefixes,
    matchFullLines: options.matchFullLines === true,
    strictWhitespace: options.strictWhitespace === true,
    ignoreCase: options.ignoreCase === true,
    implicitCheckNot: options.implicitCheckNot.map(byteString),
    defines: options.D.map(byteString),
    allowEmpty: options.allowEmpty === true,
    allowUnusedPrefixes: options.allowUnusedPrefixes === true,
    enableVarScope: options.enableVarScope === true,
    allowDagOverlap: options.allowDeprecatedDagOverlap === true,
    verbose: options.v === true || options.vv === true,
    veryVerbose: options.vv === true,
    dumpInput,
    dumpFilter: filter ?? (dumpInput === "always" ? "all" : "error"),
    dumpContext: dumpInputContext.length === 0 ? 5 : Math.max(...dumpInputContext.map(Number)),
    color: options.color === true,
    escapedValues: options.llvmVersion === "19",
  };
}

/** Messages about definitions without a name or a value. */
function defineProblems(defines: readonly string[]): string {
  let text = "";
  for (const define of defines) {
    const equals = define.indexOf("=");
    if (equals < 0) text += `Missing equal sign in command-line definition '-D${define}'\n`;
    if (equals === 0) text += `Missing variable name in command-line definition '-D${define}'\n`;
  }
  return text;
}

async function readBytes(io: ToolIo, path: string): Promise<Uint8Array | string> {
  try {
    if (path === "-") return await io.stdin.readAll();
    return readFileSync(resolve(io.cwd, path));
  } catch (error) {
    return fileErrorText(error);
  }
}

async function check(
  io: ToolIo,
  checkPath: string,
  options: Options,
  argv: readonly string[],
): Promise<number> {
  const request = requestOf(options);
  const usage = (text: string): number => {
    io.stderr.write(text);
    return FILECHECK_EXIT.usage;
  };
  const badDefine = defineProblems(options.D);
  if (badDefine !== "") return usage(badDefine);
  const badPrefix = prefixProblem(request);
  if (badPrefix !== null) return usage(badPrefix);
  const checks = await readBytes(io, checkPath);
  if (typeof checks === "string")
    return usage(`Could not open check file '${escapeName(checkPath)}': ${checks}\n`);
  const nameOf = (path: string): string => byteString(path === "-" ? "<stdin>" : path);
  const prepared = prepareCheck({ name: nameOf(checkPath), bytes: checks }, request);
  if (!("run" in prepared)) {
    io.stderr.write(textToBytes(prepared.text));
    return prepared.exitCode;
  }
  const input = await readBytes(io, options.inputFile);
  if (typeof input === "string")
    return usage(`Could not open input file '${escapeName(options.inputFile)}': ${input}\n`);
  const name = nameOf(options.inputFile);
  if (input.length === 0 && !request.allowEmpty) {
    const command = [TOOL, ...argv].map((argument) => ` ${argument}`).join("");
    return usage(
      `FileCheck error: '${fromByteString(name)}' is empty.\nFileCheck command line: ${command}\n`,
    );
  }
  const result = prepared.run({ name, bytes: input });
  io.stderr.write(textToBytes(result.text));
  return result.exitCode;
}

/** Runs FileCheck. A wrong command line ends with 1 and a wrong request with 2, as in LLVM. */
export async function fileCheckMain(io: ToolIo): Promise<number> {
  const argv = allArguments(io);
  const command = fileCheckCommand(io);
  const early = parseCommand(command, { ...io, argv });
  if (early !== null) return early === EXIT.usage ? FILECHECK_EXIT.mismatch : early;
  const options = command.opts<Options>();
  const problem = invalidChoice(options);
  if (problem !== null) {
    io.stderr.write(`${TOOL}: error: ${problem}\n`);
    return FILECHECK_EXIT.mismatch;
  }
  if (options.dumpInput.includes("help")) {
    io.stdout.write(DUMP_HELP);
    return EXIT.ok;
  }
  const [checkPath] = command.args;
  if (checkPath === undefined) {
    io.stderr.write("<check-file> not specified\n");
    return FILECHECK_EXIT.usage;
  }
  return check(io, checkPath, options, io.argv);
}
