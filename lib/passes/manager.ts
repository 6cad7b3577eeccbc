/** @file Runs pipelines: nesting, verification after passes, dumps, timing, statistics. */
import type { DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import type { Operation } from "#lib/ir/graph.ts";
import { InternalError } from "#lib/support/assert.ts";
import { type DumpOptions, IrDumper } from "./ir-dump.ts";
import type { AnyPass, PassContext } from "./pass.ts";
import type { PassStep, Pipeline, PipelineStep } from "./pipeline.ts";
import {
  type PipelineHeading,
  type StepStatistics,
  statisticsReport,
  type Timing,
} from "./timing.ts";

/** How a pipeline runs. */
export interface ManagerOptions {
  readonly engine: DiagnosticEngine;
  /** Run after each pass on the op that it ran on; reports to the engine. */
  readonly verify?: ((op: Operation) => void) | null;
  readonly timing?: Timing | null;
  /** Prints an op as the tool would; needed for dumps. */
  readonly print?: (op: Operation) => string;
  readonly dump?: DumpOptions | null;
  /** Gets the tensors that passes take out of the module. */
  readonly keep?: PassContext["keep"];
}

/** What a run leaves besides the changed IR. */
export interface PipelineRun {
  /** Whether all passes ran without an error. */
  readonly ok: boolean;
  readonly statistics: readonly (StepStatistics | PipelineHeading)[];
}

/** An adaptor's heading in tables. */
const pipelineTitle = (anchor: string): string => `'${anchor}' Pipeline`;

class Runner {
  private readonly options: ManagerOptions;
  private readonly dumper: IrDumper | null;
  readonly statistics: (StepStatistics | PipelineHeading)[] = [];
  private readonly byStep = new Map<PipelineStep, StepStatistics>();

  constructor(options: ManagerOptions) {
    this.options = options;
    const { dump, print } = options;
    this.dumper = dump && print !== undefined ? new IrDumper(dump, print) : null;
  }

  /** Lists the statistics in pipeline order before anything runs. */
  prepare(steps: readonly PipelineStep[]): void {
    const work = steps.map((step) => ({ step, depth: 0 })).reverse();
    for (let item = work.pop(); item !== undefined; item = work.pop()) {
      const { step, depth } = item;
      if (step.kind === "pass") {
        const entry: StepStatistics = { pass: step.pass, depth, counts: new Map() };
        this.byStep.set(step, entry);
        this.statistics.push(entry);
        continue;
      }
      this.statistics.push({ heading: pipelineTitle(step.anchor), depth });
      for (const inner of [...step.steps].reverse()) work.push({ step: inner, depth: depth + 1 });
    }
  }

  private measure<T>(name: string, work: () => T): T {
    const { timing } = this.options;
    return timing ? timing.measure(name, work) : work();
  }

  /** Runs steps on an op; false after an error. */
  run(root: Operation, steps: readonly PipelineStep[]): boolean {
    return steps.every((step) =>
      step.kind === "pass" ? this.runPass(root, step) : this.runNested(root, step),
    );
  }

  private runNested(root: Operation, step: Extract<PipelineStep, { kind: "nested" }>): boolean {
    const targets = root.regions.flatMap(({ blocks }) =>
      blocks.flatMap(({ ops }) => ops.filter((op) => matchesAnchor(op, step.anchor))),
    );
    return this.measure(pipelineTitle(step.anchor), () =>
      targets.every((op) => this.run(op, step.steps)),
    );
  }

  private runPass(root: Operation, step: PassStep): boolean {
    const { engine, verify } = this.options;
    const { pass } = step;
    if (pass.anchor !== null && pass.anchor !== root.name) {
      engine.error(
        root.loc,
        `unable to schedule pass '${pass.name}' on a PassManager intended to run on '${root.name}'!`,
      );
      return false;
    }
    this.dumper?.beforePass(step, root);
    const errors = engine.errorCount;
    this.measure(pass.displayName, () => this.call(root, step));
    if (engine.errorCount > errors) return false;
    this.dumper?.afterPass(step, root);
    if (verify) this.measure("Verifier", () => verify(root));
    return engine.errorCount === errors;
  }

  private call(root: Operation, step: PassStep): void {
    const { pass, options } = step;
    const counts = this.byStep.get(step)?.counts ?? new Map<string, number>();
    try {
      (pass as AnyPass).run(root, options, {
        engine: this.options.engine,
        count: (name, by = 1) => {
          counts.set(name, (counts.get(name) ?? 0) + by);
        },
        keep: this.options.keep ?? (() => {}),
      });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      throw new InternalError(`pass '${pass.name}': ${message}`, { cause: error });
    }
  }
}

/** Whether a nested pipeline on `anchor` takes this op. */
const matchesAnchor = (op: Operation, anchor: string): boolean =>
  anchor === "any" ? op.def?.traits.has("isolatedFromAbove") === true : op.name === anchor;

/** Runs a pipeline on `root`; errors are in the engine. */
export function runPipeline(
  root: Operation,
  pipeline: Pipeline,
  options: ManagerOptions,
): PipelineRun {
  const runner = new Runner(options);
  runner.prepare(pipeline.steps);
  if (pipeline.anchor !== "any" && pipeline.anchor !== root.name) {
    options.engine.error(
      root.loc,
      `can't run '${pipeline.anchor}' pass manager on '${root.name}' op`,
    );
    return { ok: false, statistics: runner.statistics };
  }
  const ok = runner.run(root, pipeline.steps);
  return { ok, statistics: runner.statistics };
}

/** The table of `--mlir-pass-statistics`. */
export const formatStatistics = (run: PipelineRun): string => statisticsReport(run.statistics);
