/** @file The shipped modules: what they say about themselves, and that they are as pcp-prepare leaves them. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { initialiseWeights, parseManifestWeights } from "#lib/data/initialise.ts";
import { manifestArguments, parseManifest } from "#lib/export/manifest.ts";
import { prepareModule } from "#lib/export/prepare.ts";
import { toNumbers } from "#lib/tensors/tensor.ts";

const read = (path: string): string =>
  readFileSync(new URL(`../../../examples/${path}`, import.meta.url), "utf8");

/** Name, role and type of each argument of a function, from its text. */
function argumentsIn(text: string, name: string): string[] {
  const header = text.split("\n").find((line) => line.includes(`func.func @${name}(`)) ?? "";
  const [before = ""] = header.split(" -> ");
  return [
    ...before.matchAll(/tensor<([^>]*)> \{pcp\.name = "([^"]+)", pcp\.role = "(\w+)"\}/g),
  ].map(([, type, argument, role]) => `${argument} ${role} ${type}`);
}

describe.each(["nanochat/tiny", "nanochat/small", "nanogpt/small", "nanogpt/gqa"])("%s", (stem) => {
  const text = read(`${stem}.mlir`);
  const manifest = parseManifest(read(`${stem}.manifest.json`), stem);
  if ("problem" in manifest) throw new Error(manifest.problem);

  it.each(["main", "logits"])("@%s has the arguments of its manifest", (name) => {
    const expected = (manifestArguments(manifest, name) ?? []).map(
      (entry) => `${entry.name} ${entry.role} ${[...entry.shape, entry.dtype].join("x")}`,
    );
    expect(argumentsIn(text, name)).toEqual(expected);
  });

  it("has no resources, paths, locations, arith operations or f64", () => {
    expect(text).toMatch(/^module attributes \{pcp\.format = 1 : i64\} \{\n/);
    expect(text).not.toMatch(/dense_resource|loc\(|\/|arith\.|dynamic_iota|f64/);
  });

  it("stays as it is when it is prepared again", () => {
    const again = prepareModule({
      text,
      generic: text,
      name: stem,
      prepare: true,
      checkVjp: true,
    });
    expect(again).toEqual({ text, missing: [] });
  });
});

it("the elements of a frozen table come out of the manifest", () => {
  const data = Buffer.from(new Float32Array([1.5, -2, 0]).buffer).toString("base64");
  const entry = { name: "t", role: "frozen", shape: [3], dtype: "f32", init: { values: data } };
  const specs = parseManifestWeights(JSON.stringify({ weights: [entry] }), "m.json");
  const table = initialiseWeights(specs, 0).get("t");
  expect(table === undefined ? null : toNumbers(table)).toEqual([1.5, -2, 0]);
  const short = JSON.stringify({ weights: [{ ...entry, shape: [4] }] });
  expect(() => parseManifestWeights(short, "m.json")).toThrow("weight 't' has no initialiser");
});
