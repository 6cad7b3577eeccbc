/** @file Checkpoints on a real file system: whole or not at all, damage found, pruning. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isProblem } from "#lib/support/problem.ts";
import { tensorFromNumbers } from "#lib/tensors/tensor.ts";
import {
  bestCheckpoint,
  type Checkpoint,
  findCheckpoint,
  listCheckpoints,
  loadCheckpoint,
  pruneCheckpoints,
  removeLeftovers,
  saveCheckpoint,
} from "#lib/train/checkpoint.ts";
import { earlierRun } from "#lib/train/folder.ts";
import { findStart } from "#lib/train/prepare.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pcp-checkpoint-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const save = async (step: number, evalLoss: number | null = null): Promise<Checkpoint> => {
  const saved = await saveCheckpoint(
    folder,
    {
      weights: new Map([["w", tensorFromNumbers("f32", [2], [step, 0.1])]]),
      state: new Map([["step", tensorFromNumbers("i32", [], [step])]]),
    },
    {
      step,
      tokens: step * 8,
      evalLoss,
      module: "m",
      settings: { seed: 0 },
      tokenizer: { name: "byte", alphabet: null },
    },
  );
  if (isProblem(saved)) throw new Error(saved.problem);
  return saved;
};

describe("checkpoint", () => {
  it("comes back as it was saved", async () => {
    const loaded = await loadCheckpoint(await save(3));
    if (isProblem(loaded)) throw new Error(loaded.problem);
    expect([...(loaded.weights.get("w")?.data ?? [])]).toEqual([3, Math.fround(0.1)]);
    expect(Number(loaded.state.get("step")?.data[0])).toBe(3);
  });

  it("finds every flipped byte", async () => {
    const checkpoint = await save(1);
    const path = join(checkpoint.path, "weights.safetensors");
    const bytes = readFileSync(path);
    for (let i = 0; i < bytes.length; i++) {
      const damaged = Uint8Array.from(bytes);
      damaged[i] = (damaged[i] as number) ^ (1 << (i % 8));
      writeFileSync(path, damaged);
      const loaded = await loadCheckpoint(checkpoint);
      expect(isProblem(loaded) && loaded.problem).toContain("does not match its digest");
    }
  });

  it("finds every flipped bit of a manifest", async () => {
    const checkpoint = await save(1, 2.5);
    const path = join(checkpoint.path, "manifest.json");
    const bytes = readFileSync(path);
    for (let i = 0; i < bytes.length * 8; i++) {
      const damaged = Uint8Array.from(bytes);
      damaged[i >> 3] = (damaged[i >> 3] as number) ^ (1 << (i & 7));
      writeFileSync(path, damaged);
      const found = findCheckpoint(folder);
      // Blanks may change into other blanks.
      if (!isProblem(found)) expect(found.manifest).toEqual(checkpoint.manifest);
      else expect(found.problem).toMatch(/is damaged|has format version/);
    }
  });

  it("does not take a run for a new one where no checkpoint is whole", async () => {
    const { path } = await save(1);
    writeFileSync(join(path, "manifest.json"), "{");
    expect(earlierRun(folder)).toContain("holds a run at step 1");
    await expect(findStart(folder, () => {})).rejects.toThrow("is whole");
  });

  it("goes back to the one before a damaged one, and says so", async () => {
    await save(1);
    const last = await save(2);
    writeFileSync(join(last.path, "state.safetensors"), "");
    const notes: string[] = [];
    const start = await findStart(folder, (text) => notes.push(text));
    expect(start.checkpoint?.manifest.step).toBe(1);
    expect(notes.join()).toContain("is damaged");
  });

  it("keeps the last ones and the best", async () => {
    await save(1, 3);
    await save(2, 1);
    await save(3, 2);
    await save(4, 2.5);
    pruneCheckpoints(folder, 1);
    expect(listCheckpoints(folder).map(({ manifest }) => manifest.step)).toEqual([2, 4]);
    expect(bestCheckpoint(listCheckpoints(folder))?.manifest.step).toBe(2);
  });

  it("removes what a save that was cut short has left, and nothing else", async () => {
    await save(1);
    mkdirSync(join(folder, ".step-00000002-99.tmp"));
    writeFileSync(join(folder, "notes.txt"), "mine");
    removeLeftovers(folder);
    expect(existsSync(join(folder, ".step-00000002-99.tmp"))).toBe(false);
    expect(existsSync(join(folder, "notes.txt"))).toBe(true);
    expect(listCheckpoints(folder)).toHaveLength(1);
  });

  it("says what is wrong with a folder that is none", () => {
    const found = findCheckpoint(folder);
    expect(isProblem(found) && found.problem).toContain("is not a checkpoint");
  });
});
