/** @file Data ledger: which units of an epoch are free, leased and consumed, as ranges, so that its size is that of the gaps and not of the data. */
import { InternalError } from "#lib/support/assert.ts";
import type { UnitRange } from "./records.ts";

const tell = ({ epoch, from, to }: UnitRange): string => `${epoch}:${from}..${to}`;

/** Number of units of several ranges. */
export const unitCount = (ranges: readonly UnitRange[]): number =>
  ranges.reduce((sum, { from, to }) => sum + to - from, 0);

/** The units with ordinals `[from, to)` of several ranges, as ranges. */
export function unitSlice(ranges: readonly UnitRange[], from: number, to: number): UnitRange[] {
  const slice: UnitRange[] = [];
  let at = 0;
  for (const range of ranges) {
    const length = range.to - range.from;
    const low = Math.max(from - at, 0);
    const high = Math.min(to - at, length);
    if (low < high)
      slice.push({ epoch: range.epoch, from: range.from + low, to: range.from + high });
    at += length;
  }
  return slice;
}

/** A set of units as sorted ranges that neither touch nor overlap: O(log n) to find, for n ranges. */
export class RangeSet {
  readonly #ranges: UnitRange[] = [];
  #count = 0;

  /** Units in the set. */
  get count(): number {
    return this.#count;
  }

  get ranges(): readonly UnitRange[] {
    return this.#ranges;
  }

  /** Index of the first range that begins after `unit` of `epoch`. */
  #after(epoch: number, unit: number): number {
    let low = 0;
    let high = this.#ranges.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const range = this.#ranges[middle] as UnitRange;
      if (range.epoch < epoch || (range.epoch === epoch && range.from <= unit)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Adds units that are not in the set; throws {@link InternalError} where one is. */
  add(range: UnitRange): void {
    const { epoch } = range;
    if (range.from >= range.to) throw new InternalError(`empty range of units ${tell(range)}`);
    const index = this.#after(epoch, range.from);
    const left = this.#ranges[index - 1];
    const right = this.#ranges[index];
    const joinsLeft = left !== undefined && left.epoch === epoch && left.to >= range.from;
    const joinsRight = right !== undefined && right.epoch === epoch && right.from <= range.to;
    if ((joinsLeft && left.to > range.from) || (joinsRight && right.from < range.to))
      throw new InternalError(`units ${tell(range)} are there already`);
    const from = joinsLeft ? left.from : range.from;
    const to = joinsRight ? right.to : range.to;
    const start = joinsLeft ? index - 1 : index;
    this.#ranges.splice(start, index - start + (joinsRight ? 1 : 0), { epoch, from, to });
    this.#count += range.to - range.from;
  }

  /** Whether all units of a range are in the set. */
  has({ epoch, from, to }: UnitRange): boolean {
    const holder = this.#ranges[this.#after(epoch, from) - 1];
    return holder !== undefined && holder.epoch === epoch && holder.to >= to;
  }

  /** Takes units out; throws {@link InternalError} where one is not in the set. */
  remove(range: UnitRange): void {
    if (!this.has(range)) throw new InternalError(`units ${tell(range)} are not there`);
    const { epoch } = range;
    const index = this.#after(epoch, range.from) - 1;
    const holder = this.#ranges[index] as UnitRange;
    const rest: UnitRange[] = [];
    if (holder.from < range.from) rest.push({ epoch, from: holder.from, to: range.from });
    if (range.to < holder.to) rest.push({ epoch, from: range.to, to: holder.to });
    this.#ranges.splice(index, 1, ...rest);
    this.#count -= range.to - range.from;
  }

  /** Units of one epoch in the set. */
  countIn(epoch: number): number {
    let count = 0;
    for (let i = this.#after(epoch, -1); i < this.#ranges.length; i++) {
      const range = this.#ranges[i] as UnitRange;
      if (range.epoch !== epoch) break;
      count += range.to - range.from;
    }
    return count;
  }
}

/**
 * Units in the order of an epoch: handed out from the lowest free one (those that came back first), consumed by the merge that
 * they were trained for, or given back. An epoch follows when all units of the one before are consumed or leased.
 */
export class Ledger {
  readonly #unitsPerEpoch: number;
  readonly #maxEpochs: number | null;
  readonly #returned = new RangeSet();
  readonly #leased = new RangeSet();
  readonly #consumed = new RangeSet();
  #epoch = 0;
  #position = 0;

  constructor({
    unitsPerEpoch,
    maxEpochs,
  }: {
    readonly unitsPerEpoch: number;
    readonly maxEpochs: number | null;
  }) {
    this.#unitsPerEpoch = unitsPerEpoch;
    this.#maxEpochs = maxEpochs;
  }

  /** Units that are left to hand out; infinite where epochs are. */
  get free(): number {
    if (this.#maxEpochs === null) return Number.POSITIVE_INFINITY;
    const epochs = Math.max(0, this.#maxEpochs - this.#epoch);
    const fresh = epochs * this.#unitsPerEpoch - (epochs > 0 ? this.#position : 0);
    return fresh + this.#returned.count;
  }

  get leased(): number {
    return this.#leased.count;
  }

  get consumed(): number {
    return this.#consumed.count;
  }

  /** Lowest epoch that is not consumed whole. */
  get epoch(): number {
    let epoch = this.#epoch;
    for (const { ranges } of [this.#returned, this.#leased])
      epoch = Math.min(epoch, ranges[0]?.epoch ?? epoch);
    return epoch;
  }

  consumedIn(epoch: number): number {
    return this.#consumed.countIn(epoch);
  }

  /** Consumed units, as ranges. */
  get consumedRanges(): readonly UnitRange[] {
    return this.#consumed.ranges;
  }

  /** Which units would be handed out for these counts, one after the other; shorter where data ends. Changes nothing. */
  plan(counts: readonly number[]): UnitRange[][] {
    const returned = this.#returned.ranges;
    let index = 0;
    let offset = 0;
    let epoch = this.#epoch;
    let position = this.#position;
    return counts.map((count) => {
      const units: UnitRange[] = [];
      let left = count;
      while (left > 0) {
        const back = returned[index];
        if (back !== undefined) {
          const from = back.from + offset;
          const to = Math.min(back.to, from + left);
          units.push({ epoch: back.epoch, from, to });
          left -= to - from;
          offset = to === back.to ? 0 : to - back.from;
          if (offset === 0) index++;
          continue;
        }
        if (position === this.#unitsPerEpoch) {
          epoch++;
          position = 0;
        }
        if (this.#maxEpochs !== null && epoch >= this.#maxEpochs) break;
        const to = Math.min(this.#unitsPerEpoch, position + left);
        units.push({ epoch, from: position, to });
        left -= to - position;
        position = to;
      }
      return joined(units);
    });
  }

  /** Leases units that {@link plan} named; throws {@link InternalError} where they are not free. */
  lease(range: UnitRange): void {
    let rest: UnitRange | null = range;
    while (rest !== null) rest = this.#leaseFirst(rest);
    this.#leased.add(range);
  }

  /** Leases the first piece of a range that is returned as a whole or fresh; gives what is left. */
  #leaseFirst(range: UnitRange): UnitRange | null {
    if (this.#position === this.#unitsPerEpoch && range.epoch === this.#epoch + 1) {
      this.#epoch++;
      this.#position = 0;
    }
    if (range.epoch === this.#epoch && range.from === this.#position) {
      if (range.to > this.#unitsPerEpoch) throw new InternalError(`no units ${tell(range)}`);
      this.#position = range.to;
      return null;
    }
    const fresh =
      range.epoch === this.#epoch && range.to > this.#position ? this.#position : range.to;
    this.#returned.remove({ epoch: range.epoch, from: range.from, to: fresh });
    return fresh === range.to ? null : { epoch: range.epoch, from: fresh, to: range.to };
  }

  /** Leased units become consumed. */
  consume(range: UnitRange): void {
    this.#leased.remove(range);
    this.#consumed.add(range);
  }

  /** Leased units become free. */
  giveBack(range: UnitRange): void {
    this.#leased.remove(range);
    this.#returned.add(range);
  }
}

/** Ranges in hand-out order, with those that touch as one. */
function joined(ranges: readonly UnitRange[]): UnitRange[] {
  const result: UnitRange[] = [];
  for (const range of ranges) {
    const last = result.at(-1);
    if (last !== undefined && last.epoch === range.epoch && last.to === range.from)
      result[result.length - 1] = { ...last, to: range.to };
    else result.push(range);
  }
  return result;
}
