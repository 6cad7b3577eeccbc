/** @file The data ledger against a plain list of units: nothing is handed out twice, nothing is skipped. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Ledger, RangeSet, unitCount, unitSlice } from "#lib/train/protocol/ledger.ts";
import type { UnitRange } from "#lib/train/protocol/records.ts";

const unitsOf = (ranges: readonly UnitRange[]): string[] =>
  ranges.flatMap(({ epoch, from, to }) =>
    Array.from({ length: to - from }, (_, i) => `${epoch}:${from + i}`),
  );

describe("RangeSet", () => {
  test("joins what touches and splits what is taken out", () => {
    const set = new RangeSet();
    set.add({ epoch: 0, from: 0, to: 3 });
    set.add({ epoch: 0, from: 5, to: 8 });
    set.add({ epoch: 1, from: 0, to: 2 });
    set.add({ epoch: 0, from: 3, to: 5 });
    expect(set.ranges).toEqual([
      { epoch: 0, from: 0, to: 8 },
      { epoch: 1, from: 0, to: 2 },
    ]);
    set.remove({ epoch: 0, from: 2, to: 4 });
    expect(set.ranges).toEqual([
      { epoch: 0, from: 0, to: 2 },
      { epoch: 0, from: 4, to: 8 },
      { epoch: 1, from: 0, to: 2 },
    ]);
    expect(set.count).toBe(8);
    expect(set.countIn(0)).toBe(6);
  });

  test("refuses units that are there, and the removal of those that are not", () => {
    const set = new RangeSet();
    set.add({ epoch: 0, from: 2, to: 6 });
    for (const [from, to] of [
      [1, 3],
      [5, 7],
      [3, 4],
      [0, 9],
    ] as const)
      expect(() => set.add({ epoch: 0, from, to })).toThrow("are there already");
    expect(() => set.remove({ epoch: 0, from: 5, to: 7 })).toThrow("are not there");
    expect(() => set.remove({ epoch: 1, from: 2, to: 3 })).toThrow("are not there");
  });

  test("is the set of its units, whatever is added and taken out", () => {
    const operation = fc.record({
      add: fc.boolean(),
      epoch: fc.integer({ min: 0, max: 1 }),
      from: fc.integer({ min: 0, max: 20 }),
      length: fc.integer({ min: 1, max: 6 }),
    });
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 60 }), (operations) => {
        const set = new RangeSet();
        const model = new Set<string>();
        for (const { add, epoch, from, length } of operations) {
          const range = { epoch, from, to: from + length };
          const units = unitsOf([range]);
          const present = units.filter((unit) => model.has(unit)).length;
          expect(set.has(range)).toBe(present === length);
          if (add && present === 0) {
            set.add(range);
            for (const unit of units) model.add(unit);
          } else if (!add && present === length) {
            set.remove(range);
            for (const unit of units) model.delete(unit);
          }
        }
        expect(new Set(unitsOf(set.ranges))).toEqual(model);
        expect(set.count).toBe(model.size);
      }),
    );
  });
});

describe("Ledger", () => {
  test("hands out what came back first, lowest position first, and goes on into the next epoch", () => {
    const ledger = new Ledger({ unitsPerEpoch: 10, maxEpochs: null });
    const [a, b, c] = ledger.plan([4, 4, 4]);
    expect([a, b, c]).toEqual([
      [{ epoch: 0, from: 0, to: 4 }],
      [{ epoch: 0, from: 4, to: 8 }],
      [
        { epoch: 0, from: 8, to: 10 },
        { epoch: 1, from: 0, to: 2 },
      ],
    ]);
    for (const range of [a, b, c].flatMap((ranges) => ranges ?? [])) ledger.lease(range);
    ledger.giveBack({ epoch: 0, from: 4, to: 8 });
    ledger.consume({ epoch: 0, from: 0, to: 4 });
    expect(ledger.epoch).toBe(0);
    expect(ledger.plan([6])).toEqual([
      [
        { epoch: 0, from: 4, to: 8 },
        { epoch: 1, from: 2, to: 4 },
      ],
    ]);
  });

  test("ends after its epochs", () => {
    const ledger = new Ledger({ unitsPerEpoch: 3, maxEpochs: 2 });
    expect(ledger.free).toBe(6);
    const [first, second] = ledger.plan([5, 5]);
    expect(unitCount(first ?? [])).toBe(5);
    expect(unitCount(second ?? [])).toBe(1);
    for (const range of [...(first ?? []), ...(second ?? [])]) ledger.lease(range);
    expect(ledger.free).toBe(0);
    expect(ledger.plan([1])).toEqual([[]]);
    ledger.giveBack({ epoch: 0, from: 1, to: 3 });
    expect(ledger.free).toBe(2);
  });

  test("refuses a lease of units that are not free, and the consumption of those that are not leased", () => {
    const ledger = new Ledger({ unitsPerEpoch: 10, maxEpochs: 1 });
    ledger.lease({ epoch: 0, from: 0, to: 4 });
    expect(() => ledger.lease({ epoch: 0, from: 2, to: 6 })).toThrow();
    expect(() => ledger.consume({ epoch: 0, from: 4, to: 5 })).toThrow();
    ledger.consume({ epoch: 0, from: 0, to: 4 });
    expect(() => ledger.consume({ epoch: 0, from: 0, to: 1 })).toThrow();
    expect(() => ledger.giveBack({ epoch: 0, from: 0, to: 1 })).toThrow();
  });

  test("whoever takes, loses and finishes: every unit of an epoch is consumed once before the last epoch ends", () => {
    const move = fc.record({
      kind: fc.constantFrom("take", "finish", "lose"),
      count: fc.integer({ min: 1, max: 7 }),
      done: fc.integer({ min: 0, max: 7 }),
    });
    fc.assert(
      fc.property(
        fc.array(move, { maxLength: 80 }),
        fc.integer({ min: 1, max: 9 }),
        (moves, unitsPerEpoch) => {
          const ledger = new Ledger({ unitsPerEpoch, maxEpochs: 3 });
          const leases: UnitRange[][] = [];
          const consumed: string[] = [];
          const finish = (units: readonly UnitRange[], done: number): void => {
            for (const range of unitSlice(units, 0, done)) ledger.consume(range);
            consumed.push(...unitsOf(unitSlice(units, 0, done)));
            for (const range of unitSlice(units, done, unitCount(units))) ledger.giveBack(range);
          };
          for (const { kind, count, done } of moves) {
            const [units] = ledger.plan([count]);
            if (kind === "take" && units !== undefined && units.length > 0) {
              for (const range of units) ledger.lease(range);
              leases.push(units);
            }
            const lease = kind === "take" ? undefined : leases.shift();
            if (lease !== undefined)
              finish(lease, kind === "lose" ? 0 : Math.min(done, unitCount(lease)));
          }
          for (const lease of leases) finish(lease, unitCount(lease));
          for (;;) {
            const [units] = ledger.plan([2]);
            if (units === undefined || units.length === 0) break;
            for (const range of units) ledger.lease(range);
            finish(units, unitCount(units));
          }
          expect(consumed.length).toBe(3 * unitsPerEpoch);
          expect(new Set(consumed).size).toBe(3 * unitsPerEpoch);
          expect(ledger.consumed).toBe(3 * unitsPerEpoch);
          expect(ledger.leased).toBe(0);
        },
      ),
    );
  });
});
