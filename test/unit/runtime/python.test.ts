/** @file Where Python and the cache folder are looked for, and what is said where they are not. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { cacheFolder } from "#lib/runtime/cache.ts";
import { findPython } from "#lib/runtime/python.ts";
import { findIreeTool } from "#lib/runtime/toolchain.ts";
import { isProblem } from "#lib/support/problem.ts";

const folder = mkdtempSync(join(tmpdir(), "pcp-python-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function executable(path: string, script: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

/** A virtual environment that says it has this version. */
function environment(name: string, version: string): string {
  const root = join(folder, name);
  const python = executable(join(root, ".venv/bin/python"), "exit 1");
  writeFileSync(join(root, ".venv/pyvenv.cfg"), `home = /usr/bin\nversion = ${version}\n`);
  return python;
}

const empty = join(folder, "empty");
mkdirSync(empty);

describe("findPython", () => {
  it("takes the environment of the project around the current folder", async () => {
    const path = environment("project", "3.12.1");
    const cwd = join(folder, "project/deep/inside");
    mkdirSync(cwd, { recursive: true });
    const found = await findPython({ env: { PATH: empty }, cwd });
    expect(found).toEqual({ path, version: "3.12.1", source: join(folder, "project/.venv") });
  });

  it("leaves an environment that lacks what is wanted, where another one has it", async () => {
    const bare = environment("bare-project", "3.12.1");
    const place = { env: { PATH: empty }, cwd: join(folder, "bare-project") };
    // Nobody has this package: the project's own environment stays the choice.
    expect(await findPython(place, "no-such-package")).toMatchObject({ path: bare });
    mkdirSync(join(folder, "bare-project/.venv/lib/python3.12/site-packages/wanted"), {
      recursive: true,
    });
    expect(await findPython(place, "wanted")).toMatchObject({ path: bare });
  });

  it("takes PCP_PYTHON before all else, and nothing else then", async () => {
    const path = executable(join(folder, "bin/mypython"), "echo 3.13.0");
    expect(
      await findPython({ env: { PCP_PYTHON: path }, cwd: join(folder, "project") }),
    ).toMatchObject({
      path,
      version: "3.13.0",
    });
    const missing = await findPython({
      env: { PCP_PYTHON: "/none/python" },
      cwd: join(folder, "project"),
    });
    expect(isProblem(missing) && missing.problem).toMatch(
      /^PCP_PYTHON names '\/none\/python', which is not there; install Python 3\.10 or newer/,
    );
  });

  it("says that one is too old, and that a program is not Python", async () => {
    environment("old", "3.9.2");
    const old = await findPython({ env: {}, cwd: join(folder, "old") });
    expect(isProblem(old) && old.problem).toMatch(/is Python 3\.9\.2, which is too old; install/);
    const path = executable(join(folder, "bin/notpython"), "echo hello");
    const odd = await findPython({ env: { PCP_PYTHON: path }, cwd: empty });
    expect(isProblem(odd) && odd.problem).toMatch(/does not run as Python; install/);
  });
});

describe("findIreeTool", () => {
  it("says what to install where the packages are not there", async () => {
    const path = environment("bare", "3.12.1");
    const python = { path, version: "3.12.1", source: "" };
    const found = findIreeTool("iree-compile", "compiler", python, {
      env: { PATH: empty },
      cwd: empty,
    });
    expect(isProblem(found) && found.problem).toMatch(
      /^iree-compile is not installed; run 'make setup', or 'pip install iree-base-compiler'/,
    );
  });

  it("looks where IREE_TOOL_PATH says", () => {
    const path = executable(join(folder, "tools/iree-compile"), "exit 0");
    const problem = { problem: "no Python" };
    const place = { env: { IREE_TOOL_PATH: join(folder, "tools") }, cwd: empty };
    expect(findIreeTool("iree-compile", "compiler", problem, place)).toMatchObject({ path });
    const missing = findIreeTool("iree-run-module", "runtime", problem, place);
    expect(isProblem(missing) && missing.problem).toMatch(/^IREE_TOOL_PATH is set, but/);
  });
});

describe("cacheFolder", () => {
  it.each([
    [{ PCP_CACHE_DIR: "/a/b", XDG_CACHE_HOME: "/x", HOME: "/h" }, "/a/b"],
    [{ PCP_CACHE_DIR: "here", HOME: "/h" }, "/work/here"],
    [{ XDG_CACHE_HOME: "/x", HOME: "/h" }, "/x/pcp"],
    [{ XDG_CACHE_HOME: "relative", HOME: "/h" }, "/h/.cache/pcp"],
    [{ HOME: "/h" }, "/h/.cache/pcp"],
  ])("%j", (env, expected) => {
    expect(cacheFolder({ env, cwd: "/work" })).toBe(expected);
  });
});
