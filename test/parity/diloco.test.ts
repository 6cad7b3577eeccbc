/** @file Outer optimizers and a run of three workers against what PyTorch was recorded to do. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { compareDiloco, type Recording } from "./diloco-recording.ts";
import { inRoot } from "./environment.ts";

const recorded = JSON.parse(
  readFileSync(inRoot("test/fixtures/diloco/torch.json"), "utf8"),
) as Recording;

it("SGD with Nesterov, delayed Nesterov, three workers for two rounds, bf16", () =>
  compareDiloco(recorded));

it("a comparison that is off fails", async () => {
  const [first, ...others] = recorded.three_workers.after;
  const wrong = {
    ...recorded.three_workers,
    after: [first?.map((x) => x + 1e-4) ?? [], ...others],
  };
  await expect(compareDiloco({ ...recorded, three_workers: wrong })).rejects.toThrow(
    /three workers, round 0/,
  );
});
