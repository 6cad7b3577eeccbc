/** @file pcp-export around a Python of ours: what it says and leaves when the helper works, fails, crashes, hangs or talks nonsense. */
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { exportMain } from "#lib/driver/export.ts";
import { memoryIo } from "#lib/driver/memory-io.ts";

const MODULE =
  'module attributes {pcp.format = 1 : i64} {\n  func.func @main(%arg0: tensor<f32> {pcp.name = "w", pcp.role = "param"}) -> (tensor<f32> {pcp.name = "loss", pcp.role = "loss"}) {\n    return %arg0 : tensor<f32>\n  }\n}\n';
const DONE = '{"event":"done","versions":{"torch":"2.15.0"}}';

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pcp-export-test-"));
  writeFileSync(join(folder, "model.py"), "class Net: pass\n");
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A program that answers as Python and then runs `script` in place of the helper, with OUT set to its folder. */
function stubPython(script: string): string {
  const path = join(folder, "python");
  const out = `OUT=$(sed -n 's/.*"out":"\\([^"]*\\)".*/\\1/p' "$2")`;
  writeFileSync(
    path,
    `#!/bin/sh\nif [ "$1" = -I ]; then echo 3.11.0; exit 0; fi\n${out}\n${script}\n`,
  );
  chmodSync(path, 0o755);
  return path;
}

/** A script that leaves a module as the helper does. */
const leaveModule = (module = MODULE): string =>
  `cat > "$OUT/generic.mlir" <<'END'\n${module}END\ncp "$OUT/generic.mlir" "$OUT/module.mlir"\necho '{"format": "pcp-manifest"}' > "$OUT/manifest.json"\necho '${DONE}'`;

async function run(
  argv: readonly string[],
  script: string | null,
  signal?: AbortSignal,
): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = {
    PATH: process.env["PATH"],
    TMPDIR: folder,
    ...(script === null ? {} : { PCP_PYTHON: stubPython(script) }),
  };
  const io = memoryIo({ argv, cwd: folder, env, ...(signal === undefined ? {} : { signal }) });
  const code = await exportMain(io);
  return { code, stdout: io.stdoutText(), stderr: io.stderrText() };
}

describe("a successful export", () => {
  it("prints the same bytes that it writes into a file", async () => {
    const piped = await run(["model.py:Net"], leaveModule());
    const filed = await run(["model.py:Net", "-o", "net.mlir"], leaveModule());
    expect(piped).toMatchObject({ code: 0, stderr: "" });
    expect(filed).toMatchObject({ code: 0, stdout: "", stderr: "" });
    expect(readFileSync(join(folder, "net.mlir"), "utf8")).toBe(piped.stdout);
    expect(piped.stdout).toContain('pcp.name = "w"');
  });

  it("puts the manifest beside the module, and never over another file", async () => {
    await run(["model.py:Net", "-o", "net.mlir"], leaveModule());
    expect(existsSync(join(folder, "net.json"))).toBe(true);
    writeFileSync(join(folder, "other.json"), '{"n_embd": 8}');
    await run(["model.py:Net", "--config", "other.json", "-o", "other.mlir"], leaveModule());
    expect(readFileSync(join(folder, "other.json"), "utf8")).toBe('{"n_embd": 8}');
    expect(existsSync(join(folder, "other.manifest.json"))).toBe(true);
  });

  it("says notes and warnings with the place in the user's file", async () => {
    const event = `{"event":"note","message":"no gradient flows","file":"${folder}/model.py","line":7}`;
    const { code, stderr } = await run(
      ["model.py:Net", "-o", "n.mlir"],
      `echo 'noise of a print'\necho '${event}'\n${leaveModule()}`,
    );
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: "model.py:7: note: no gradient flows\n",
    });
  });
});

describe("a failing export", () => {
  it("is one line about the user's file, and leaves the previous output alone", async () => {
    writeFileSync(join(folder, "net.mlir"), "before");
    const event = `{"event":"error","code":4,"message":"branches on a tensor","file":"${folder}/model.py","line":3}`;
    const { code, stdout, stderr } = await run(
      ["model.py:Net", "-o", "net.mlir"],
      `echo '${event}'; exit 4`,
    );
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: "",
      stderr: "model.py:3: error: branches on a tensor\n",
    });
    expect(readFileSync(join(folder, "net.mlir"), "utf8")).toBe("before");
  });

  it("says what to install where torch is missing", async () => {
    const event = '{"event":"error","code":9,"message":"Python has no torch"}';
    const { code, stderr } = await run(["model.py:Net"], `echo '${event}'; exit 9`);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^pcp-export: error: Python has no torch \(.*python\); run 'make parity', or '.*python -m pip install -r .*export\.txt'\n$/,
    );
  });

  it("takes death by a signal for a failure of lowering", async () => {
    const { code, stderr } = await run(
      ["model.py:Net"],
      `echo '{"event":"progress","step":"lowering to StableHLO"}'; kill -SEGV $$`,
    );
    expect(code).toBe(1);
    expect(stderr).toContain(
      "pcp-export: error: Python was ended by SIGSEGV while lowering to StableHLO\n",
    );
  });

  it("shows the last lines of Python where it ended without a word", async () => {
    const { code, stderr } = await run(["model.py:Net"], "echo 'Traceback: boom' >&2; exit 1");
    expect(code).toBe(1);
    expect(stderr).toBe(
      "pcp-export: error: Python ended without a word while starting Python\n  Traceback: boom\n",
    );
  });

  it("names a temporary folder that is not there", async () => {
    const env = { PATH: process.env["PATH"], TMPDIR: "/nowhere", PCP_PYTHON: stubPython("") };
    const io = memoryIo({ argv: ["model.py:Net"], cwd: folder, env });
    expect(await exportMain(io)).toBe(1);
    expect(io.stderrText()).toBe(
      "pcp-export: error: cannot make a temporary folder in '/nowhere'; set TMPDIR to a folder that can be written to\n",
    );
  });

  it("gives up after the time that was set", async () => {
    const { code, stderr } = await run(["model.py:Net", "--timeout", "1"], "exec sleep 60");
    expect(code).toBe(1);
    expect(stderr).toContain("gave up after 1 s");
  });

  it("cleans up when it is interrupted", async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 300);
    await run(["model.py:Net"], "exec sleep 60", controller.signal);
    expect(readdirSync(folder).sort()).toEqual(["model.py", "python"]);
  });
});

describe("bad usage", () => {
  it.each([
    [["model.py"], 2, "expected FILE.py:NAME, such as model.py:GPT, but got 'model.py'"],
    [["model.py:Net", "--sed=1"], 2, "unknown option '--sed=1'; did you mean '--seed'?"],
    [["model.py:Net", "--seed=x"], 2, "--seed expects a whole number, but got 'x'"],
    [
      ["model.py:Net", "--n-layer=0"],
      2,
      "--n-layer expects a whole number of at least 1, but got '0'",
    ],
    [
      ["model.py:Net", "--dtype=f31"],
      2,
      "--dtype expects one of f64, f32, f16, bf16, but got 'f31'",
    ],
    [
      ["model.py:Net", "--input=x"],
      2,
      "cannot read --input 'x'; expected NAME=DTYPE[8x128]:randint(0,256)",
    ],
    [
      ["model.py:Net", "--method=x"],
      2,
      "--method expects NAME=FUNCTION, such as logits=logits, but got 'x'",
    ],
    [["none.py:Net"], 1, "cannot open input file 'none.py': No such file or directory"],
    [
      ["model.py:Net", "--config=none.json"],
      1,
      "cannot open input file 'none.json': No such file or directory",
    ],
  ])("%j", async (argv, code, message) => {
    const result = await run(argv, null);
    expect(result).toEqual({ code, stdout: "", stderr: `pcp-export: error: ${message}\n` });
  });

  it("names a config that is not a JSON object", async () => {
    writeFileSync(join(folder, "c.json"), "{");
    expect((await run(["model.py:Net", "--config=c.json"], null)).stderr).toContain(
      "config 'c.json' is not JSON",
    );
    writeFileSync(join(folder, "c.json"), "[]");
    expect((await run(["model.py:Net", "--config=c.json"], null)).stderr).toBe(
      "pcp-export: error: config 'c.json' must be a JSON object\n",
    );
  });

  it.each([
    [["-o", "no/net.mlir"], "cannot open output file 'no/net.mlir': No such file or directory"],
    [["-o", "."], "cannot open output file '.': Is a directory"],
    [
      ["-o", "net.mlir", "--weights=no/w.safetensors"],
      "cannot open output file 'no/w.safetensors': No such file or directory",
    ],
  ])("names an output that cannot be written before anything runs: %j", async (argv, message) => {
    const { code, stderr } = await run(["model.py:Net", ...argv], "exec sleep 60");
    expect({ code, stderr }).toEqual({ code: 1, stderr: `pcp-export: error: ${message}\n` });
    expect(existsSync(join(folder, "net.mlir"))).toBe(false);
  });

  it("names a Python that is not there or too old", async () => {
    const io = memoryIo({
      argv: ["model.py:Net"],
      cwd: folder,
      env: { PCP_PYTHON: join(folder, "nope") },
    });
    expect(await exportMain(io)).toBe(1);
    expect(io.stderrText()).toMatch(
      /^pcp-export: error: PCP_PYTHON names '.*nope', which is not there; install Python 3\.10 or newer/,
    );
  });
});
