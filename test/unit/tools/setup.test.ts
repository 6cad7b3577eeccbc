/** @file The set-up script on machines that lack something: one line that says what to install. */
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { root } from "./processes.ts";

let folder: string;
let bin: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pcp-setup-"));
  bin = join(folder, "bin");
  for (const name of ["bin", "scripts", "requirements"]) mkdirSync(join(folder, name));
  copyFileSync(join(root, "scripts/setup.sh"), join(folder, "scripts/setup.sh"));
  copyFileSync(join(root, "requirements/run.txt"), join(folder, "requirements/run.txt"));
  writeFileSync(join(folder, "package-lock.json"), "{}");
  // What the script itself needs, and nothing else of this machine.
  for (const tool of ["sh", "dirname", "cat", "cksum", "tr", "tail", "rm"])
    symlinkSync(`/usr/bin/${tool}`, join(bin, tool));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const program = (name: string, script: string): void => {
  const path = join(bin, name);
  writeFileSync(path, `#!/usr/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
};

const setup = async (what: string): Promise<{ code: number | undefined; errors: string }> => {
  const { exitCode, stderr } = await execa("/usr/bin/sh", ["scripts/setup.sh", what], {
    cwd: folder,
    env: { PATH: bin, HOME: folder },
    extendEnv: false,
    reject: false,
  });
  return { code: exitCode, errors: stderr };
};

describe("setup.sh", () => {
  it("says that Node is missing", async () => {
    expect(await setup("node")).toEqual({
      code: 1,
      errors: "setup: Node.js is missing: install Node.js 20.11 or newer",
    });
  });

  it("says that Node is too old", async () => {
    program("node", "case $1 in --version) echo v18.19.0;; *) exit 1;; esac");
    expect(await setup("node")).toEqual({
      code: 1,
      errors: "setup: Node.js v18.19.0 is too old: install Node.js 20.11 or newer",
    });
  });

  it("says that Python is missing", async () => {
    expect(await setup("run")).toEqual({
      code: 1,
      errors: "setup: Python is missing: install Python 3.10 or newer",
    });
  });

  it("says that Python is too old", async () => {
    program("python3", "case $2 in *version_info*) exit 1;; *) echo 3.8.1;; esac");
    expect(await setup("run")).toEqual({
      code: 1,
      errors: "setup: Python 3.8.1 is too old: install Python 3.10 or newer",
    });
  });

  it("says that venv is missing", async () => {
    program("python3", "case $2 in *venv*) exit 1;; *) exit 0;; esac");
    const { code, errors } = await setup("run");
    expect(code).toBe(1);
    expect(errors).toMatch(/^setup: Python's venv module is missing: install it \(.*\)$/);
  });

  it.each([
    [
      "ERROR: Could not find a version that satisfies the requirement x (from versions: none)\nERROR: No matching distribution found for x",
      "no Python package index is reached",
    ],
    [
      "ERROR: Could not find a version that satisfies the requirement iree-base-compiler==3.13.0 (from versions: 2.9)\nERROR: No matching distribution found for iree-base-compiler==3.13.0",
      "no compiler wheel for this Python",
    ],
  ])(
    "tells an index that is not reached from a wheel that does not exist",
    async (output, line) => {
      mkdirSync(join(folder, ".venv/bin"), { recursive: true });
      program("python3", "exit 0");
      const python = join(folder, ".venv/bin/python");
      writeFileSync(
        python,
        `#!/usr/bin/sh\ncase $2 in pip) printf '%s\\n' "${output}" >&2; exit 1;; *) echo 3.9.9 riscv;; esac\n`,
      );
      chmodSync(python, 0o755);
      const { code, errors } = await setup("run");
      expect(code).toBe(1);
      expect(errors).toContain(`setup: ${line}`);
      expect(errors.trim().split("\n")).toHaveLength(1);
    },
  );
});
