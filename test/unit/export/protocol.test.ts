/** @file Lines of the helper: events, and noise that is none. */
import { describe, expect, it } from "vitest";
import { isManifest, manifestCandidates } from "#lib/export/manifest.ts";
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

  it("lie beside the module", () => {
    expect(manifestCandidates("a/x.mlir")).toEqual(["a/x.manifest.json", "a/x.json"]);
  });
});
