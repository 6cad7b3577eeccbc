/** @file lit on suites made for the occasion: outcomes, reports, filters, time limits, golden updates, mistakes. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { litMain } from "../../../lib/driver/lit.ts";
import { memoryIo } from "../../../lib/driver/memory-io.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pcp-lit-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = (path: string, text: string): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};
const read = (path: string): string => readFileSync(join(folder, path), "utf8");

async function lit(...argv: string[]) {
  const io = memoryIo({ argv, cwd: folder, env: { PATH: process.env["PATH"] } });
  const code = await litMain(io);
  return { code, out: io.stdoutText(), err: io.stderrText() };
}

const suite = (settings: object = {}): void =>
  file(
    "lit.cfg.json",
    JSON.stringify({ name: "demo", suffixes: [".test"], execRoot: "out", ...settings }),
  );

describe("outcomes", () => {
  it("counts all of them and fails", async () => {
    suite({ features: ["here"] });
    file("pass.test", "RUN: true\n");
    file("fail.test", "RUN: echo hullo | FileCheck %s\nCHECK: hello\n");
    file("xfail.test", "XFAIL: here\nRUN: false\n");
    file("xpass.test", "XFAIL: *\nRUN: true\n");
    file("unsupported.test", "UNSUPPORTED: here\nRUN: false\n");
    file("requires.test", "REQUIRES: there, here\nRUN: false\n");
    file("unresolved.test", "nothing\n");
    file("syntax.test", "RUN: echo |\n");
    file("expression.test", "REQUIRES: a &&\nRUN: true\n");
    file("sub/deep.test", "RUN: true\n");
    file("sub/other.txt", "RUN: false\n");
    const { code, out } = await lit(".", "-v", "--order=lexical", "-j1");
    expect(code).toBe(1);
    expect(out).toContain("-- Testing: 10 tests, 1 workers --\n");
    expect(out).toContain("FAIL: demo :: fail.test (2 of 10)\n");
    expect(out).toContain("Total Discovered Tests: 10\n");
    expect(out).toMatch(/Unsupported +: 2 \(20\.00%\)\n/);
    expect(out).toMatch(/Passed +: 2 \(20\.00%\)\n/);
    expect(out).toMatch(/Expectedly Failed +: 1 /);
    expect(out).toMatch(/Unresolved +: 3 /);
    expect(out).toMatch(/Failed +: 1 /);
    expect(out).toMatch(/Unexpectedly Passed: 1 /);
    expect(out).toContain(
      "Unresolved Tests (3):\n  demo :: expression.test\n  demo :: syntax.test\n",
    );
  });

  it.each([
    ["UNRESOLVED", "RUN: echo %if here %{ a\n"],
    ["UNRESOLVED", "RUN: echo %if here a\n"],
    ["UNRESOLVED", "RUN: echo a >&2\n"],
    ["FAIL", "RUN: no-such-program || true\n"],
    ["FAIL", "RUN: ! no-such-program\n"],
    ["FAIL", "RUN: not no-such-program\n"],
    ["FAIL", "RUN: not\n"],
    ["FAIL", "RUN: cd / | cat\n"],
    ["FAIL", "RUN: env A=1 cd /\n"],
    ["FAIL", "RUN: ulimit -z 1\n"],
    ["FAIL", "RUN: echo %{readfile:nowhere}\n"],
    ["XFAIL", "RUN: false \\\nXFAIL: *\nRUN: a\n"],
    ["PASS", "RUN: env -u A\n"],
  ])("is %s for %j", async (expected, text) => {
    suite();
    file("one.test", text);
    const { out } = await lit(".");
    expect(out).toContain(`${expected}: demo :: one.test`);
  });

  it("gives tests a folder for temporary files, and removes it", async () => {
    suite();
    file("one.test", 'RUN: sh -c \'touch "$TMPDIR/x"; echo "$TMPDIR"\' > %t\n');
    expect((await lit(".")).code).toBe(0);
    expect(existsSync(read("out/Output/one.test.tmp").trim())).toBe(false);
  });

  it("retries", async () => {
    suite();
    file("flaky.test", "ALLOW_RETRIES: 3\nRUN: test -f %t || not touch %t\n");
    const { code, out } = await lit(".");
    expect(out).toContain("FLAKYPASS: demo :: flaky.test (1 of 1, 2 of 4 attempts)");
    expect(code).toBe(0);
  });

  it("stops what takes too long, in parallel", async () => {
    suite({ timeout: 0.3 });
    for (const name of ["a", "b", "c"]) file(`${name}.test`, "RUN: sleep 20\n");
    const start = performance.now();
    const { code, out } = await lit(".", "-j3");
    expect(performance.now() - start).toBeLessThan(5_000);
    expect(out).toMatch(/Timed Out: 3 /);
    expect(code).toBe(1);
  });

  it("stops after enough failures", async () => {
    suite();
    for (const name of ["a", "b", "c"]) file(`${name}.test`, "RUN: false\n");
    const { out } = await lit(".", "-j1", "--max-failures=1");
    expect(out).toMatch(/Skipped: 2 /);
  });
});

describe("selection", () => {
  beforeEach(() => {
    suite({ excludes: ["Inputs"] });
    for (const name of ["a", "b", "c", "Inputs/d"]) file(`${name}.test`, "RUN: true\n");
    file("sub/e.test", "RUN: %say | FileCheck %s\nCHECK: hi\n");
    file("sub/lit.local.cfg.json", '{ "substitutions": [["%say", "echo hi"]] }');
  });
  it("filters, shards and lists", async () => {
    expect((await lit(".", "--show-tests")).out).toBe(
      "-- Available Tests --\n  demo :: a.test\n  demo :: b.test\n  demo :: c.test\n  demo :: sub/e.test\n",
    );
    expect((await lit(".", "--filter=A\\.test", "--show-tests")).out).toContain("a.test\n");
    expect(
      (await lit(".", "--filter-out=[ab]", "--show-tests", "--num-shards=2", "--run-shard=1")).out,
    ).toBe("-- Available Tests --\n  demo :: c.test\n");
    expect((await lit(".", "--filter=b\\.test")).out).toContain(
      "-- Testing: 1 of 4 tests, 1 workers --",
    );
  });
  it("uses the settings of folders", async () => {
    expect((await lit("sub/e.test")).code).toBe(0);
  });
  it("fails where nothing is selected", async () => {
    expect((await lit(".", "--filter=nothing")).code).toBe(2);
    expect((await lit(".", "--filter=nothing", "--allow-empty-runs")).code).toBe(0);
  });
  it("runs what failed last time", async () => {
    file("a.test", "RUN: false\n");
    await lit(".");
    expect((await lit(".", "--filter-failed", "--show-tests")).out).toBe(
      "-- Available Tests --\n  demo :: a.test\n",
    );
  });
});

describe("reports", () => {
  it("writes JUnit and JSON", async () => {
    suite();
    file("sub/pass.test", "RUN: true\n");
    file("fail.test", "RUN: echo ']]>' && false\n");
    file("skip.test", "REQUIRES: x\nRUN: true\n");
    await lit(".", "-o", "r.json", "--xunit-xml-output=r.xml");
    const json = JSON.parse(read("r.json"));
    expect(
      json.tests.map((test: { name: string; code: string }) => [test.name, test.code]).sort(),
    ).toEqual([
      ["demo :: fail.test", "FAIL"],
      ["demo :: skip.test", "UNSUPPORTED"],
      ["demo :: sub/pass.test", "PASS"],
    ]);
    const xml = read("r.xml");
    expect(xml).toContain('<testsuite name="demo" tests="3" failures="1" skipped="1"');
    expect(xml).toContain('<testcase classname="demo.sub" name="pass.test"');
    expect(xml).toContain('<skipped message="Missing required feature(s): x"/>');
    expect(xml).toContain("]]]]><![CDATA[>");
  });
});

describe("--update", () => {
  it("rewrites the golden side of a comparison after showing the difference", async () => {
    suite();
    file("golden.txt", "old\nsame\n");
    file("a.test", "RUN: echo -e 'new\\nsame' | diff %S/golden.txt -\n");
    const { code, out } = await lit(".", "--update");
    expect(out).toContain("-old\n+new\n same\n");
    expect(out).toContain("updated golden.txt: PASS: demo :: a.test\n");
    expect(read("golden.txt")).toBe("new\nsame\n");
    expect(code).toBe(0);
  });
  it("rewrites generated CHECK lines and leaves written ones alone", async () => {
    suite();
    const run = "// RUN: echo -e 'a\\n\\nx [[y]]' | FileCheck %s\n";
    file("a.test", `${run}// CHECKS: generated\n\n// CHECK: b\n// CHECK-NEXT: c\n`);
    file("b.test", `${run}// CHECK: b\n`);
    const { code } = await lit(".", "--update");
    expect(code).toBe(1);
    expect(read("a.test")).toBe(
      `${run}// CHECKS: generated\n\n// CHECK: a\n// CHECK-EMPTY:\n// CHECK-NEXT{LITERAL}: x [[y]]\n`,
    );
    expect(read("b.test")).toBe(`${run}// CHECK: b\n`);
    expect((await lit("a.test")).code).toBe(0);
  });
  it("never touches output files", async () => {
    suite();
    file("a.test", "RUN: echo a > %t.1\nRUN: echo b > %t.2\nRUN: diff %t.1 %t.2\n");
    const { out, code } = await lit(".", "--update");
    expect(out).not.toContain("updated");
    expect(code).toBe(1);
  });
});

describe("configuration", () => {
  it("may be a module that depends on parameters", async () => {
    file(
      "lit.cfg.mjs",
      `export default ({ params }) => ({ name: "m", suffixes: [".test"], features: [params.with] });\n`,
    );
    file("a.test", "REQUIRES: extra\nRUN: true\n");
    expect((await lit(".", "-D", "with=extra")).out).toContain("PASS: m :: a.test");
  });
  it.each([
    ['{ "sufixes": [] }', "unknown key 'sufixes'; did you mean 'suffixes'?"],
    ['{ "suffixes": ".test" }', "'suffixes' must be: strings"],
    ["{ ", "lit.cfg.json: "],
    ["[]", "the configuration is no object"],
  ])("%s is a mistake", async (text, message) => {
    file("lit.cfg.json", text);
    const { code, err } = await lit(".");
    expect(code).toBe(2);
    expect(err).toMatch(/^lit-js: error: .*\n$/);
    expect(err).toContain(message);
  });
  it("must exist", async () => {
    expect((await lit(".")).err).toContain("no lit.cfg.json or lit.cfg.mjs here or above");
  });
});

it("runs a thousand tests in seconds", async () => {
  suite();
  for (let index = 0; index < 1_000; index++)
    file(`t${index}.test`, `RUN: echo "value ${index}" | FileCheck %s\nCHECK: value ${index}\n`);
  const start = performance.now();
  const { code } = await lit(".", "-q");
  expect(code).toBe(0);
  expect(performance.now() - start).toBeLessThan(15_000);
});
