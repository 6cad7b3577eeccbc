/** @file Timing and statistics tables in mlir-opt's layout. */
import type { AnyPass } from "./pass.ts";

const RULE = `===${"-".repeat(73)}===`;

const banner = (title: string): string =>
  `${RULE}\n${" ".repeat(Math.floor((80 - title.length) / 2))}${title}\n${RULE}\n`;

interface TimingNode {
  readonly name: string;
  milliseconds: number;
  readonly children: Map<string, TimingNode>;
}

const makeNode = (name: string): TimingNode => ({ name, milliseconds: 0, children: new Map() });

/** Wall time of nested activities. */
export class Timing {
  private readonly now: () => number;
  private readonly root = makeNode("Total");
  private readonly stack: TimingNode[] = [this.root];
  private readonly start: number;

  /** @param now - a clock in milliseconds. */
  constructor(now: () => number) {
    this.now = now;
    this.start = now();
  }

  /** Runs `work` and adds its time under `name` below the activity that is running. */
  measure<T>(name: string, work: () => T): T {
    const parent = this.stack[this.stack.length - 1] as TimingNode;
    const node = parent.children.get(name) ?? makeNode(name);
    parent.children.set(name, node);
    this.stack.push(node);
    const start = this.now();
    try {
      return work();
    } finally {
      node.milliseconds += this.now() - start;
      this.stack.pop();
    }
  }

  /** The table; total is the time since construction. */
  report(): string {
    const total = (this.now() - this.start) / 1000;
    const row = (seconds: number, name: string): string => {
      const share = total === 0 ? 0 : (100 * seconds) / total;
      return `  ${seconds.toFixed(4).padStart(8)} (${share.toFixed(1).padStart(5)}%)  ${name}\n`;
    };
    let rows = "";
    let known = 0;
    for (const { milliseconds } of this.root.children.values()) known += milliseconds / 1000;
    const work = [...this.root.children.values()].reverse().map((node) => ({ node, depth: 0 }));
    for (let item = work.pop(); item !== undefined; item = work.pop()) {
      const { node, depth } = item;
      rows += row(node.milliseconds / 1000, "  ".repeat(depth) + node.name);
      for (const child of [...node.children.values()].reverse())
        work.push({ node: child, depth: depth + 1 });
    }
    const heading = `  Total Execution Time: ${total.toFixed(4)} seconds\n\n`;
    const rest = row(Math.max(0, total - known), "Rest") + row(total, "Total");
    return `${banner("... Execution time report ...")}${heading}  ----Wall Time----  ----Name----\n${rows}${rest}`;
  }
}

/** Counts of one pass of a pipeline. */
export interface StepStatistics {
  readonly pass: AnyPass;
  /** Nesting in the pipeline. */
  readonly depth: number;
  readonly counts: Map<string, number>;
}

/** One line of the statistics table that names a nested pipeline. */
export interface PipelineHeading {
  readonly heading: string;
  readonly depth: number;
}

/** The statistics table. */
export function statisticsReport(entries: readonly (StepStatistics | PipelineHeading)[]): string {
  let text = banner("... Pass statistics report ...");
  for (const entry of entries) {
    const indent = "  ".repeat(entry.depth);
    if ("heading" in entry) {
      text += `${indent}${entry.heading}\n`;
      continue;
    }
    text += `${indent}${entry.pass.displayName}\n`;
    const names = [...new Set([...Object.keys(entry.pass.statistics), ...entry.counts.keys()])];
    const width = Math.max(0, ...names.map((name) => name.length));
    const digits = Math.max(1, ...[...entry.counts.values()].map((count) => `${count}`.length));
    for (const name of names.sort()) {
      const count = `${entry.counts.get(name) ?? 0}`.padStart(digits);
      const what = entry.pass.statistics[name] ?? "Number of applications";
      text += `${indent}  (S) ${count} ${name.padEnd(width)} - ${what}\n`;
    }
  }
  return `${text}\n`;
}
