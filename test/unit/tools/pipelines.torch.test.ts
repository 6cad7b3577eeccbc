/** @file The first arrow of the pipelines: the exporter prints into a pipe what it writes into a file. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { root, shellIn } from "./processes.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pcp-pipelines-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const shell = (script: string): string => shellIn(root, script);

it("pcp-export gives the same bytes into a pipe as into a file, and the gradient tool reads them", () => {
  const command =
    "pcp-export examples/nanochat/model.py:NanoChat --config examples/nanochat/small.json";
  const file = join(folder, "small.mlir");
  shell(`${command} -o ${file}`);
  const piped = shell(`${command} | cat`);
  expect(readFileSync(file, "utf8") === piped).toBe(true);
  const train = shell(`${command} | pcp-opt --pcp-prepare | pcp-autodiff --optimizer=adamw`);
  expect(train).toContain("func.func @train_step");
}, 300_000);
