/** @file Lines of the helper: events, and noise that is none. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  isManifest,
  manifestArguments,
  manifestCandidates,
  parseManifest,
} from "#lib/export/manifest.ts";
import { parseEvent } from "#lib/export/protocol.ts";

describe("parseEvent", () => {
  it("reads events with and without a place", () => {
    expect(parseEvent('{"event":"progress","step":"exporting"}')).toEqual({
      event: "progress",
      step: "exporting",
    });
    expect(parseEvent('{"event":"error","code":4,"message":"m","file":"/a.py","line":3}')).toEqual({
      event: "error",
      code: 4,
      message: "m",
      place: { file: "/a.py", line: 3 },
    });
    expect(parseEvent('{"event":"warning","message":"w"}')).toEqual({
      event: "warning",
      message: "w",
      place: null,
    });
  });

  it.each(["", "hello", "[1]", "null", '{"event":"error"}', '{"event":"new","message":"m"}'])(
    "takes %j for noise",
    (line) => {
      expect(parseEvent(line)).toBeNull();
    },
  );
});

describe("manifests", () => {
  it("are told from other JSON", () => {
    expect(isManifest('{"format": "pcp-manifest"}')).toBe(true);
    expect(isManifest('{"n_embd": 128}')).toBe(false);
    expect(isManifest("not JSON")).toBe(false);
  });

  const shipped = new URL("../../../examples/nanochat/small.manifest.json", import.meta.url);

  it("are read with the arguments of each function in order", () => {
    const manifest = parseManifest(readFileSync(shipped, "utf8"), "m.json");
    if ("problem" in manifest) throw new Error(manifest.problem);
    const main = manifestArguments(manifest, "main") ?? [];
    expect(main.slice(-2)).toEqual([
      { name: "tokens", role: "data", shape: [4, 32], dtype: "i64" },
      { name: "targets", role: "data", shape: [4, 32], dtype: "i64" },
    ]);
    expect(manifestArguments(manifest, "logits")).toHaveLength(main.length - 1);
    expect(manifestArguments(manifest, "other")).toBeNull();
    const lines = main.map(({ name, dtype, shape }) => `${name}\t${dtype}\t${shape.join("x")}\n`);
    expect(createHash("sha256").update(lines.join("")).digest("hex")).toBe(manifest.signature);
  });

  it.each([
    ["[]", "is not a JSON object"],
    ["{}", 'has no "format": "pcp-manifest"'],
    ['{"format":"pcp-manifest"}', 'has no "signature"'],
    [
      '{"format":"pcp-manifest","signature":"","weights":[{"name":"w"}]}',
      'has no valid list "weights"',
    ],
    [
      '{"format":"pcp-manifest","signature":"","weights":[],"functions":{"main":{}}}',
      "has no valid data and results of function 'main'",
    ],
  ])("are refused: %s", (text, why) => {
    expect(parseManifest(text, "m.json")).toEqual({ problem: `manifest 'm.json' ${why}` });
  });

  it("lie beside the module", () => {
    expect(manifestCandidates("a/x.mlir")).toEqual(["a/x.manifest.json", "a/x.json"]);
  });
});
