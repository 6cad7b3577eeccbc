/** @file The text of docs/ops.md: every op record as a section. */
import { dialectOf } from "#lib/ir/context.ts";
import type {
  AnyOpDef,
  AttrSpec,
  AttrSpecs,
  OperandSpec,
  OperandSpecs,
  ResultSpecs,
} from "#lib/ir/op-def.ts";

const INTRODUCTION = `# Ops

Every op that has a record, with what its record says. This page is made from the records by \`node scripts/gen-docs.mjs\`; a test
fails where it is stale. An op takes its operands in the order given here; \`...\` marks a group of any number. Constraints are those
of the StableHLO specification, which a diagnostic names at its end; a condition that has no label there has a word. Ops whose result
types are not inferred write them. Every other StableHLO op parses in generic form and prints as it came.
`;

const values = (specs: OperandSpecs | ResultSpecs): string[] =>
  Object.entries(specs).map(
    ([name, { type, variadic }]: [string, OperandSpec]) =>
      `| \`${name}\`${variadic === true ? " ..." : ""} | ${type.description} |`,
  );

const table = (title: string, rows: readonly string[]): string[] =>
  rows.length === 0 ? [] : ["", `| ${title} | |`, "|---|---|", ...rows];

const attribute = ([name, spec]: [string, AttrSpec]): string => {
  const fallback =
    spec.defaultValue === undefined ? "optional" : `default ${String(spec.defaultValue)}`;
  return `| \`${name}\` | ${spec.description}${spec.optional === true ? `, ${fallback}` : ""} |`;
};

/** C2 before C10, words after labels. */
const byLabel = (a: string, b: string): number => {
  const [x, y] = [a, b].map((label) => /^C(\d+)$/.exec(label)?.[1]);
  if (x !== undefined && y !== undefined) return Number(x) - Number(y);
  return (x === undefined ? 1 : 0) - (y === undefined ? 1 : 0);
};

/** One section per op. */
function section(def: AnyOpDef): string {
  const labels = Object.keys(def.constraints).sort(byLabel);
  const facts = [
    ["Regions", Object.keys(def.regions)],
    ["Traits", [...def.traits]],
    ["Constraints", labels],
  ] as const;
  return [
    `### ${def.name}`,
    "",
    `${def.summary}.`,
    ...table("operand", values(def.operands as OperandSpecs)),
    ...table("attribute", Object.entries(def.attrs as AttrSpecs).map(attribute)),
    ...table("result", values(def.results as ResultSpecs)),
    "",
    ...facts.flatMap(([title, words]) =>
      words.length === 0 ? [] : [`${title}: ${words.map((word) => `\`${word}\``).join(", ")}.  `],
    ),
    `Result types: ${def.infer === null ? "written" : "inferred"}.`,
  ].join("\n");
}

/** The page. */
export function opsPage(defs: readonly AnyOpDef[]): string {
  const dialects = [...new Set(defs.map(({ name }) => dialectOf(name)))];
  const parts = dialects.map((dialect) => {
    const ops = defs
      .filter(({ name }) => dialectOf(name) === dialect)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    return [`## ${dialect} (${ops.length})`, ...ops.map(section)].join("\n\n");
  });
  return `${[INTRODUCTION.trimEnd(), ...parts].join("\n\n")}\n`;
}
