/** @file Outer optimizers and a run of three workers beside PyTorch. */
import { execa } from "execa";
import { it } from "vitest";
import { compareDiloco, type Recording } from "./diloco-recording.ts";
import { findTorch, inRoot } from "./environment.ts";

it.for([1, 2, 3])("seed %i", { timeout: 120_000 }, async (seed, context) => {
  const python = await findTorch();
  if (python === null) return context.skip("no Python with requirements/export.txt");
  const script = inRoot("test/parity/python/diloco.py");
  const { stdout } = await execa(python.path, [script, String(seed)]);
  await compareDiloco(JSON.parse(stdout) as Recording);
});
