/** @file Medians and alternating measurements, shared by the benches. */
import { spawnSync } from "node:child_process";

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;

export const round = (value: number, digits = 3): number => Number(value.toFixed(digits));

/** Wall seconds of a whole process; throws where it fails. */
export function processSeconds(command: string, args: readonly string[]): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(command, args, { stdio: ["ignore", "ignore", "pipe"] });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: exit ${status}: ${stderr}`);
  return (performance.now() - start) / 1000;
}

/** Medians of several things measured in turn, so that a slow phase of the machine hits all alike. */
export function alternate<Name extends string>(
  rounds: number,
  measures: Readonly<Record<Name, () => number>>,
): Record<Name, number> {
  const names = Object.keys(measures) as Name[];
  const values = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let i = 0; i < rounds; i++)
    for (const name of names) values.get(name)?.push(measures[name]());
  return Object.fromEntries(names.map((name) => [name, median(values.get(name) ?? [])])) as Record<
    Name,
    number
  >;
}
