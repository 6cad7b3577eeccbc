/**
 * @file pcp-opt as a whole process on a 1.2 MB module of 1,400 ops beside iree-opt and an empty Node, and the parser from 1 to 100 MB:
 * megabytes per second and peak memory. Prints one line of JSON.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseModule } from "#lib/asm/parser.ts";
import { DiagnosticEngine } from "#lib/diag/diagnostic.ts";
import { SourceFile } from "#lib/diag/source-file.ts";
import { makeContext } from "#lib/dialects/all.ts";
import { alternate, processSeconds, round } from "./support/measure.ts";
import { moduleText } from "./support/module-text.ts";

/** In a child: parses a file and prints seconds and peak memory. */
function parseOnce(path: string): void {
  const text = readFileSync(path, "utf8");
  const engine = new DiagnosticEngine();
  const start = performance.now();
  const module = parseModule(new SourceFile(path, text), makeContext(), engine);
  const seconds = (performance.now() - start) / 1000;
  const peakMiB = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(JSON.stringify({ ok: module !== null, seconds, peakMiB }));
}

interface Parse {
  readonly megabytes: number;
  readonly megabytesPerSecond: number;
  readonly peakMiB: number;
  readonly peakPerInputByte: number;
}

function parsed(path: string): Parse | { readonly failed: string } {
  const child = spawnSync(
    process.execPath,
    ["--max-old-space-size=12000", process.argv[1] as string, "--parse", path],
    { encoding: "utf8" },
  );
  const { ok, seconds, peakMiB } = JSON.parse(child.stdout || '{"ok":false}') as {
    ok: boolean;
    seconds: number;
    peakMiB: number;
  };
  if (!ok) return { failed: child.stderr.split("\n").find((line) => line !== "") ?? "no output" };
  const megabytes = readFileSync(path).length / 1e6;
  return {
    megabytes: round(megabytes, 1),
    megabytesPerSecond: round(megabytes / seconds, 1),
    peakMiB: round(peakMiB, 0),
    peakPerInputByte: round((peakMiB * 1.048576) / megabytes, 1),
  };
}

function main(): void {
  const folder = mkdtempSync(join(tmpdir(), "pcp-bench-"));
  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  try {
    const module = file("module.mlir", moduleText(1400, 1_200_000));
    const ireeOpt = join(process.cwd(), "build/bin/iree-opt");
    const tool = join(process.cwd(), "build/dist/pcp-opt.js");
    const seconds = alternate(9, {
      pcpOpt: () => processSeconds(process.execPath, [tool, module, "-o", "/dev/null"]),
      pcpOptPasses: () =>
        processSeconds(process.execPath, [
          tool,
          "--canonicalize",
          "--cse",
          module,
          "-o",
          "/dev/null",
        ]),
      ireeOpt: () =>
        existsSync(ireeOpt) ? processSeconds(ireeOpt, [module, "-o", "/dev/null"]) : Number.NaN,
      emptyNode: () => processSeconds(process.execPath, ["-e", "0"]),
    });
    const parser: Record<string, Parse | { readonly failed: string }> = {};
    for (const [name, megabytes, opsShare] of [
      ["ops1", 1, 1],
      ["ops10", 10, 1],
      ["ops100", 100, 1],
      ["constants100", 100, 0],
    ] as const) {
      // One op of the generated layers takes about 120 bytes.
      const ops = opsShare === 1 ? Math.round((megabytes * 1e6) / 120) : 14;
      parser[name] = parsed(file(`${name}.mlir`, moduleText(ops, megabytes * 1e6)));
    }
    process.stdout.write(
      `${JSON.stringify({
        wholeProcessSeconds: Object.fromEntries(
          Object.entries(seconds).map(([name, value]) => [name, round(value)]),
        ),
        target: 0.25,
        besideIreeOpt: round(seconds.pcpOpt / seconds.ireeOpt, 2),
        besideEmptyNode: round(seconds.pcpOpt / seconds.emptyNode, 2),
        parser,
      })}\n`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[2] === "--parse") parseOnce(process.argv[3] as string);
else main();
