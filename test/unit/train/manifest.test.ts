/** @file The signed run manifest: what was changed or signed by another is refused. */
import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type DirectoryResult, dir } from "tmp-promise";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  loadRunKey,
  namesProgram,
  programIn,
  type RunManifest,
  signManifest,
  verifyManifest,
} from "#lib/train/cluster/manifest.ts";
import { must } from "./support.ts";

let folder: DirectoryResult;
beforeEach(async () => {
  folder = await dir({ unsafeCleanup: true });
});
afterEach(() => folder.cleanup());

const digest = (letter: string): string => letter.repeat(64);
const blob = (letter: string) => ({ digest: digest(letter), bytes: 5 });

const manifest: RunManifest = {
  format: "pcp-run-manifest",
  version: 1,
  revision: 0,
  runId: "run",
  plan: blob("a"),
  module: blob("b"),
  programs: [{ backend: "cpu", target: "host", form: "vmfb", blob: blob("c") }],
  fragments: [blob("d")],
  check: { loss: 5.5, gradNorm: 1, lossTolerance: 1e-3, normTolerance: 1e-2 },
  software: { pcp: "1" },
};

describe("run manifest", () => {
  it("comes back as it was signed, and names its programs", () => {
    const key = must(loadRunKey(join(folder.path, "run.key")));
    const bytes = signManifest(manifest, key);
    expect(verifyManifest(bytes, key.fingerprint)).toEqual(manifest);
    expect(verifyManifest(bytes, null)).toEqual(manifest);
    expect(signManifest(manifest, key)).toEqual(bytes);
    expect(programIn(manifest, "cpu", "host")?.blob).toEqual(blob("c"));
    expect(programIn(manifest, "cuda", "host")).toBeNull();
    expect(namesProgram(manifest, digest("c"))).toBe(true);
    expect(namesProgram(manifest, digest("a"))).toBe(false);
  });

  it("keeps its key for this user alone, and finds it again", () => {
    const path = join(folder.path, "run.key");
    const key = must(loadRunKey(path));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(must(loadRunKey(path)).fingerprint).toBe(key.fingerprint);
    writeFileSync(path, "no key");
    expect(loadRunKey(path)).toEqual({ problem: `cannot read the run's key '${path}'` });
  });

  it("refuses any change, and another's signature", () => {
    const key = must(loadRunKey(join(folder.path, "run.key")));
    const other = must(loadRunKey(join(folder.path, "other.key")));
    const text = new TextDecoder().decode(signManifest(manifest, key));
    const changed = new TextEncoder().encode(text.replace(digest("c"), digest("e")));
    expect(verifyManifest(changed, key.fingerprint)).toEqual({
      problem: "the signature of the run manifest is wrong",
    });
    expect(verifyManifest(signManifest(manifest, other), key.fingerprint)).toEqual({
      problem: "the run manifest is signed with another key than the join token names",
    });
    const damaged = new TextEncoder().encode(
      text.replace(/"publicKey":"[^"]*"/, '"publicKey":"AA"'),
    );
    expect(verifyManifest(damaged, null)).toHaveProperty("problem");
    expect(verifyManifest(new TextEncoder().encode("{}"), null)).toEqual({
      problem: "the run manifest is not one",
    });
  });

  it("refuses a signed text that is no manifest", () => {
    const key = must(loadRunKey(join(folder.path, "run.key")));
    const strange = { ...manifest, programs: [{ backend: "cpu", path: "/etc/passwd" }] };
    const bytes = signManifest(strange as unknown as RunManifest, key);
    expect(verifyManifest(bytes, key.fingerprint)).toEqual({
      problem: "the run manifest is not one",
    });
  });
});
