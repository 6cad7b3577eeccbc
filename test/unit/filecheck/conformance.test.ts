/** @file Compares exit code and output of filecheck-js with LLVM's FileCheck 19, where that is installed. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fileCheckMain } from "../../../lib/driver/filecheck.ts";
import { memoryIo } from "../../../lib/driver/memory-io.ts";
import { type ConformanceCase, generatedCases, WRITTEN_CASES } from "./conformance-cases.ts";

const GENERATED = 150;

/** LLVM 19's FileCheck: from Debian's llvm-19-tools. */
const reference = ["/usr/lib/llvm-19/bin/FileCheck", "/usr/bin/FileCheck-19"].find(existsSync);
if (reference === undefined)
  process.stdout.write(
    "skipped: FileCheck of LLVM 19 is not installed (apt-get install llvm-19-tools)\n",
  );

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pcp-filecheck-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Outcome {
  readonly exitCode: number | null;
  readonly stderr: string;
  readonly stdout: string;
}

function runReference({ input, options }: ConformanceCase): Outcome {
  const result = spawnSync(reference ?? "", ["check.txt", ...options], {
    cwd: folder,
    input: Buffer.from(input),
    encoding: "latin1",
    env: {},
  });
  // The name under which a program was called is its own.
  const stderr = result.stderr.replace(/^(FileCheck command line: ) \S+/m, "$1 filecheck-js");
  return { exitCode: result.status, stderr, stdout: result.stdout };
}

async function runOurs({ input, options }: ConformanceCase): Promise<Outcome> {
  const io = memoryIo({ argv: ["check.txt", ...options], cwd: folder, stdin: input });
  const exitCode = await fileCheckMain({ ...io, env: { FILECHECK_OPTS: "--llvm-version=19" } });
  const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");
  return { exitCode, stderr: latin1(io.stderrBytes()), stdout: latin1(io.stdoutBytes()) };
}

describe.skipIf(reference === undefined)("like LLVM's FileCheck", () => {
  const topics = { ...WRITTEN_CASES, generated: generatedCases(GENERATED) };
  for (const [topic, cases] of Object.entries(topics)) {
    it.each(cases.map((one, index) => ({ ...one, index })))(
      `${topic} $index: $check`,
      async (one) => {
        writeFileSync(join(folder, "check.txt"), one.check);
        expect(await runOurs(one)).toEqual(runReference(one));
      },
    );
  }

  it("has at least 200 cases", () => {
    const count = Object.values(topics).reduce((sum, cases) => sum + cases.length, 0);
    expect(count).toBeGreaterThanOrEqual(200);
  });
});
