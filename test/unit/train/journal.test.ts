/** @file The journal on disk: what is appended is there, torn tails are cut, damage is told with its line. */
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type DirectoryResult, dir } from "tmp-promise";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Journal, parseJournal, readJournal } from "#lib/train/cluster/journal.ts";
import type { JournalBody } from "#lib/train/protocol/records.ts";
import { must } from "./support.ts";

let folder: DirectoryResult;
let path: string;
beforeEach(async () => {
  folder = await dir({ unsafeCleanup: true });
  path = join(folder.path, "journal.jsonl");
});
afterEach(() => folder.cleanup());

const body = (round: number): JournalBody => ({ kind: "eval", round, tokens: 10, loss: 1.5 });

async function opened(notes: string[] = []): Promise<Journal> {
  return must(
    await Journal.open(
      path,
      () => 7,
      (text) => notes.push(text),
    ),
  );
}

async function write(count: number): Promise<void> {
  const journal = await opened();
  for (let i = 0; i < count; i++) await journal.append(body(i));
  await journal.close();
}

describe("journal", () => {
  it("gives records back in order, numbered and timed, and goes on after the last", async () => {
    const journal = await opened();
    const written = await Promise.all(
      Array.from({ length: 50 }, (_, i) => journal.append(body(i))),
    );
    expect(written.map(({ sequence }) => sequence)).toEqual(written.map((_, i) => i));
    await journal.close();
    const again = await opened();
    expect(again.records).toEqual(written);
    expect(await again.append(body(50))).toEqual({ ...body(50), sequence: 50, at: 7 });
    await again.close();
    expect(must(await readJournal(path)).records).toHaveLength(51);
  });

  it("has a record on disk when the append resolves", async () => {
    const journal = await opened();
    const record = await journal.append(body(3));
    expect(must(await readJournal(path)).records).toEqual([record]);
    await journal.append({ kind: "end", reason: "ä\n\u0000" });
    expect(must(await readJournal(path)).records[1]).toMatchObject({ reason: "ä\n\u0000" });
    await journal.close();
  });

  it("cuts a tail that was torn at any byte, says so, and goes on", async () => {
    await write(3);
    const whole = readFileSync(path);
    const ends = [...whole.entries()].flatMap(([at, byte]) => (byte === 0x0a ? [at + 1] : []));
    for (let length = (ends[1] as number) + 1; length < whole.length; length++) {
      writeFileSync(path, whole.subarray(0, length));
      const notes: string[] = [];
      const journal = await opened(notes);
      expect(journal.records).toHaveLength(2);
      expect(notes.join()).toMatch(/cut short .* after record 2/);
      expect(readFileSync(path)).toEqual(whole.subarray(0, ends[1]));
      await journal.close();
    }
  });

  it("takes zeros after the end, as a crash of the machine leaves them, for a torn tail", async () => {
    await write(2);
    appendFileSync(path, new Uint8Array(500));
    const journal = await opened();
    expect(journal.records).toHaveLength(2);
    await journal.append(body(9));
    await journal.close();
    expect(must(await readJournal(path)).records).toHaveLength(3);
  });

  it("names the line of damage in the middle: any byte that changes, a line lost, moved or doubled", async () => {
    await write(4);
    const whole = readFileSync(path);
    const first = whole.indexOf(0x0a) + 1;
    const second = whole.indexOf(0x0a, first) + 1;
    const third = whole.indexOf(0x0a, second) + 1;
    for (let at = first; at < second; at += 3) {
      const bytes = Uint8Array.from(whole);
      bytes[at] = (bytes[at] as number) ^ 0x04;
      expect(parseJournal(bytes, "j")).toEqual({ problem: "journal 'j' is damaged at line 2" });
    }
    const lines = [
      whole.subarray(0, first),
      whole.subarray(first, second),
      whole.subarray(second, third),
      whole.subarray(third),
    ] as const;
    for (const order of [
      [0, 2, 3],
      [0, 2, 1, 3],
      [0, 1, 1, 2, 3],
      [1, 2, 3],
    ] as const) {
      const bytes = Buffer.concat(order.map((index) => lines[index]));
      expect(parseJournal(bytes, "j")).toHaveProperty("problem");
    }
  });

  it("is empty where there is no file, and refuses what it cannot write to", async () => {
    expect(must(await readJournal(path)).records).toEqual([]);
    const problem = await Journal.open(
      join(folder.path, "no", "journal"),
      () => 0,
      () => {},
    );
    expect(problem).toHaveProperty("problem");
  });

  it("rejects what can no longer be written, and everything after it", async () => {
    const journal = await opened();
    await journal.append(body(0));
    await journal.close();
    await expect(journal.append(body(1))).rejects.toThrow("cannot write journal");
    await expect(journal.append(body(2))).rejects.toThrow("cannot write journal");
  });
});
