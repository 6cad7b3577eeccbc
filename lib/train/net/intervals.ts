/** @file A set of bytes of a file, as intervals `[from, to)` that neither overlap nor touch. */

export type Interval = readonly [from: number, to: number];

/** Intervals in ascending order. */
export class Intervals {
  #list: Interval[] = [];

  add(from: number, to: number): void {
    if (from >= to) return;
    const before = this.#list.filter(([, end]) => end < from);
    const after = this.#list.filter(([start]) => start > to);
    const touched = this.#list.slice(before.length, this.#list.length - after.length);
    const start = Math.min(from, touched[0]?.[0] ?? from);
    const end = Math.max(to, touched.at(-1)?.[1] ?? to);
    this.#list = [...before, [start, end], ...after];
  }

  /** End of the interval that begins at 0; 0 where none does. */
  get prefix(): number {
    const first = this.#list[0];
    return first !== undefined && first[0] === 0 ? first[1] : 0;
  }

  /** Parts of `[from, to)` that are not in the set. */
  missing(from: number, to: number): Interval[] {
    const gaps: Interval[] = [];
    let position = from;
    for (const [start, end] of this.#list) {
      if (end <= position) continue;
      if (start >= to) break;
      if (start > position) gaps.push([position, start]);
      position = end;
    }
    if (position < to) gaps.push([position, to]);
    return gaps;
  }
}
