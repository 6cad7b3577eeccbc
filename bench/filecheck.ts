/**
 * @file filecheck-js beside LLVM's FileCheck on a 10 MB input: fixed strings, lines in a row, expressions with captures, a
 * pattern that is missing, and one on which backtracking engines take for ever. Prints one line of JSON.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileCheckMain } from "#lib/driver/filecheck.ts";
import { memoryIo } from "#lib/driver/memory-io.ts";

const LINES = 150_000;
const EVERY = 30;
const ROUNDS = 3;

const reference =
  ["/usr/lib/llvm-19/bin/FileCheck", "/usr/bin/FileCheck-19"].find(existsSync) ?? null;
const tool = join(process.cwd(), "build/dist/filecheck-js.js");

const numbers = (count: number, step: number): number[] =>
  Array.from({ length: count }, (_, index) => index * step);

/** A module-like text in which every line is one of a kind. */
const input = Buffer.from(
  numbers(LINES, 1)
    .map(
      (n) =>
        `  %${n} = stablehlo.add %${n >> 1}, %arg${n % 7} : tensor<${n % 97}x${n % 89}xf32> // op${n}\n`,
    )
    .join(""),
);

const CASES: Readonly<Record<string, string>> = {
  fixed: numbers(LINES / EVERY, EVERY)
    .map((n) => `// CHECK: // op${n}\n`)
    .join(""),
  next: `// CHECK: op0\n${numbers(20_000, 1)
    .slice(1)
    .map((n) => `// CHECK-NEXT: op${n}\n`)
    .join("")}`,
  captures: numbers(LINES / EVERY, EVERY)
    .map(
      (n) =>
        `// CHECK: %[[A:[0-9]+]] = stablehlo.add %[[B:[0-9]+]], %arg${n % 7} : {{.*}} // op${n}\n`,
    )
    .join(""),
  missing: "// CHECK: {{[0-9]+[a-z]@}}\n",
  repeated: "// CHECK: {{^(( |[a-z%])+)+@$}}\n",
};

const folder = mkdtempSync(join(tmpdir(), "pcp-bench-filecheck-"));
const check = join(folder, "check");
const options = [check, "--dump-input=never"];
const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

const timeProcess = (command: string, argv: readonly string[]): number => {
  const start = performance.now();
  spawnSync(command, argv, { input, env: {}, maxBuffer: 1 << 28 });
  return performance.now() - start;
};

const timeInside = async (): Promise<number> => {
  const io = memoryIo({ argv: options, stdin: input });
  const start = performance.now();
  await fileCheckMain(io);
  return performance.now() - start;
};

try {
  const results: Record<string, object> = {};
  for (const [name, text] of Object.entries(CASES)) {
    writeFileSync(check, text);
    const inside: number[] = [];
    const outside: number[] = [];
    const llvm: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      inside.push(await timeInside());
      if (existsSync(tool)) outside.push(timeProcess(process.execPath, [tool, ...options]));
      if (reference !== null) llvm.push(timeProcess(reference, options));
    }
    results[name] = {
      insideMs: median(inside),
      processMs: outside.length === 0 ? null : median(outside),
      llvmMs: llvm.length === 0 ? null : median(llvm),
      processOverLlvm:
        outside.length === 0 || llvm.length === 0 ? null : median(outside) / median(llvm),
    };
  }
  process.stdout.write(
    `${JSON.stringify({ bench: "filecheck", megabytes: input.length / 1e6, results })}\n`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
