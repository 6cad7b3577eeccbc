/** @file Values of a training run by name, and calls that take their arguments from them and put results back. */
import {
  type CallOptions,
  type DeviceTensor,
  type Engine,
  EngineError,
  type FunctionInfo,
  isDeviceTensor,
  type LoadedModule,
  type Value,
} from "#lib/runtime/engine.ts";
import { invariant } from "#lib/support/assert.ts";
import { didYouMean } from "#lib/support/text.ts";
import type { Tensor } from "#lib/tensors/tensor.ts";

/** Results of a step that has been run but not yet accepted. */
export interface PendingStep {
  /** Results that were asked for. */
  readonly fetched: ReadonlyMap<string, Tensor>;
  /** Results that become current values when accepted. */
  readonly carried: ReadonlyMap<string, DeviceTensor>;
  /** Makes the results the current values. */
  accept(): void;
  /** Forgets the results: the values stay what they were. */
  discard(): void;
}

/** Roles of results that become the current value of their name. */
const CARRIED_ROLES: ReadonlySet<string> = new Set(["param", "buffer", "state", "step"]);

interface CallPlan {
  readonly args: readonly Value[];
  readonly options: CallOptions;
  /** Names of all results. */
  readonly results: readonly string[];
  /** Names of results that become current values. */
  readonly carried: ReadonlySet<string>;
}

/** Names of a function's arguments; a module that does not describe itself is refused. */
const namesOf = (info: FunctionInfo, what: "args" | "results"): string[] =>
  info[what].map(({ name }, index) => {
    if (name === null)
      throw new EngineError(
        `@${info.name} does not name its ${what === "args" ? "argument" : "result"} ${index}: make the module with pcp-autodiff --optimizer=...`,
      );
    return name;
  });

/** A function by name. @throws EngineError naming the nearest where there is none. */
export function functionNamed(functions: readonly FunctionInfo[], name: string): FunctionInfo {
  const info = functions.find((candidate) => candidate.name === name);
  if (info !== undefined) return info;
  const names = functions.map((candidate) => candidate.name);
  throw new EngineError(`the module has no function @${name}${didYouMean(name, names)}`);
}

/** A loaded module with its current values, which stay on the device. */
export class Machine {
  readonly engine: Engine;
  readonly module: LoadedModule;
  readonly values = new Map<string, DeviceTensor>();

  constructor(engine: Engine, module: LoadedModule) {
    this.engine = engine;
    this.module = module;
  }

  has(name: string): boolean {
    return this.module.functions.some((info) => info.name === name);
  }

  /** A function of the module. @throws EngineError naming the nearest where there is none. */
  function(name: string): FunctionInfo {
    return functionNamed(this.module.functions, name);
  }

  /** Uploads tensors and makes them current values. */
  async set(tensors: ReadonlyMap<string, Tensor>): Promise<void> {
    const uploaded = await this.engine.upload([...tensors.values()]);
    [...tensors.keys()].forEach((name, index) => {
      this.values.get(name)?.release();
      this.values.set(name, uploaded[index] as DeviceTensor);
    });
  }

  /** Brings current values back. */
  async get(names: readonly string[]): Promise<Map<string, Tensor>> {
    const tensors = await this.engine.download(
      names.map((name) => {
        const value = this.values.get(name);
        invariant(value !== undefined, `no value '${name}'`);
        return value;
      }),
    );
    return new Map(names.map((name, index) => [name, tensors[index] as Tensor]));
  }

  private argumentsOf(info: FunctionInfo, inputs: ReadonlyMap<string, Value>): Value[] {
    return namesOf(info, "args").map((name) => {
      const value = inputs.get(name) ?? this.values.get(name);
      if (value === undefined)
        throw new EngineError(`@${info.name} takes '${name}', for which there is no value`);
      return value;
    });
  }

  /** Arguments of a call and what becomes of its results. */
  private planOf(
    functionName: string,
    inputs: ReadonlyMap<string, Value>,
    fetch: readonly string[],
    revocable: boolean,
  ): CallPlan {
    const info = this.function(functionName);
    const results = namesOf(info, "results");
    const carried = new Set(
      results.filter((_, index) => CARRIED_ROLES.has(info.results[index]?.role ?? "")),
    );
    const spent = namesOf(info, "args").flatMap((name, index) =>
      carried.has(name) && !inputs.has(name) ? [index] : [],
    );
    const options: CallOptions = {
      fetch: results.flatMap((name, index) => (fetch.includes(name) ? [index] : [])),
      consume: revocable ? [] : spent,
    };
    return { args: this.argumentsOf(info, inputs), options, results, carried };
  }

  /**
   * Runs a function on current values and `inputs`. Results that carry over (weights, state, buffers, the step count,
   * accumulators) become current values, once accepted.
   *
   * @param fetch - names of results to bring back.
   * @param revocable - keep the old values until the step is accepted, at the cost of their memory.
   */
  async step(
    functionName: string,
    inputs: ReadonlyMap<string, Value>,
    fetch: readonly string[],
    revocable: boolean,
  ): Promise<PendingStep> {
    const { args, options, results, carried } = this.planOf(functionName, inputs, fetch, revocable);
    const values = await this.module.call(functionName, args, options);
    const fetched = new Map<string, Tensor>();
    const produced = new Map<string, DeviceTensor>();
    values.forEach((value, index) => {
      const name = results[index] as string;
      if (isDeviceTensor(value)) produced.set(name, value);
      else fetched.set(name, value);
    });
    return {
      fetched,
      carried: new Map([...produced].filter(([name]) => carried.has(name))),
      accept: () => {
        for (const [name, value] of produced) {
          if (carried.has(name)) {
            this.values.get(name)?.release();
            this.values.set(name, value);
          } else value.release();
        }
      },
      discard: () => {
        invariant(revocable, "discarding a step whose inputs are gone");
        for (const value of produced.values()) value.release();
      },
    };
  }

  /** Whether {@link begin} works for a function: the engine can, and all shapes of results are known before. */
  canBegin(functionName: string): boolean {
    return (
      this.module.start !== undefined &&
      this.function(functionName).results.every(({ shape }) => shape?.includes(null) === false)
    );
  }

  /**
   * As {@link step}, but returns once the call is under way, its results already current values; so the next one can begin
   * before the numbers of this one have come back. What it takes over is gone.
   */
  begin(
    functionName: string,
    inputs: ReadonlyMap<string, Value>,
    fetch: readonly string[],
  ): Promise<ReadonlyMap<string, Tensor>> {
    const plan = this.planOf(functionName, inputs, fetch, false);
    const started = this.module.start?.(functionName, plan.args, plan.options);
    invariant(started !== undefined, "the engine cannot begin calls");
    started.kept.forEach((value, index) => {
      const name = plan.results[index] as string;
      if (value === null) return;
      if (plan.carried.has(name)) this.values.set(name, value);
      else value.release();
    });
    return started.done.then(
      (values) =>
        new Map(
          values.flatMap((value, index) =>
            isDeviceTensor(value) ? [] : [[plan.results[index] as string, value] as const],
          ),
        ),
    );
  }

  /** Runs a function whose results change no current value and brings some back. */
  async evaluate(
    functionName: string,
    inputs: ReadonlyMap<string, Value>,
    fetch: readonly number[],
  ): Promise<Tensor[]> {
    const info = this.function(functionName);
    const values = await this.module.call(functionName, this.argumentsOf(info, inputs), { fetch });
    return fetch.map((index) => {
      values.forEach((value) => {
        if (isDeviceTensor(value)) value.release();
      });
      const value = values[index];
      invariant(value !== undefined && !isDeviceTensor(value), `result ${index} was not fetched`);
      return value;
    });
  }
}
