/** @file pcp-export against PyTorch, live: what it accepts, what it refuses and where, and that it repeats itself. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exportMain } from "#lib/driver/export.ts";
import { memoryIo } from "#lib/driver/memory-io.ts";
import { packageVersion } from "#lib/runtime/toolchain.ts";
import { findSitePackages, findTorch, inRoot, ROOT } from "./environment.ts";

interface Event {
  readonly event: string;
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
}

interface Outcome {
  readonly code: number;
  readonly events: readonly Event[];
  readonly text: string | null;
  readonly manifest: { readonly weights: readonly Record<string, unknown>[] } | null;
}

const TRAPS = inRoot("test/parity/python/traps.py");
const source = readFileSync(TRAPS, "utf8").split("\n");
const names = source.flatMap((line) => /^class (\w+)\(/.exec(line)?.[1] ?? []);

/** Line of the comment HERE in a class. */
function hereIn(name: string): number {
  const start = source.findIndex((line) => line.startsWith(`class ${name}(`));
  return 1 + source.findIndex((line, index) => index > start && line.includes("# HERE"));
}

const torch = await findTorch();
const outcomes: Record<string, Outcome> = {};
let folder = "";

beforeAll(async () => {
  if (torch === null) return;
  folder = mkdtempSync(join(tmpdir(), "pcp-parity-"));
  const { stdout } = await execa(
    torch.path,
    [
      inRoot("test/parity/python/many_exports.py"),
      inRoot("lib/export/helper"),
      TRAPS,
      ...names.filter((name) => !["Base", "Twice"].includes(name)),
    ],
    { env: { PYTHONDONTWRITEBYTECODE: "1", CUDA_VISIBLE_DEVICES: "" }, maxBuffer: 1 << 26 },
  );
  Object.assign(outcomes, JSON.parse(stdout));
}, 300_000);

afterAll(() => folder === "" || rmSync(folder, { recursive: true, force: true }));

const outcome = (name: string): Outcome => {
  const found = outcomes[name];
  if (found === undefined) throw new Error(`no outcome for ${name}`);
  return found;
};

const said = (name: string): string[] =>
  outcome(name)
    .events.filter(({ event }) => event !== "done")
    .map(({ event, message, line }) => `${line ?? "-"} ${event}: ${message}`);

describe.skipIf(torch === null)("what cannot be exported is one line at the user's line", () => {
  it.each([
    ["Branches", 4, "branches on the value of a tensor; use torch.where"],
    ["MaskIndex", 4, "the shape of this value depends on data; use torch.where or masked_fill"],
    [
      "Condition",
      5,
      "torch.cond is not supported: write it with tensor operations or a Python loop",
    ],
    ["Data", 4, "uses .data, which hides values from the export; use detach()"],
    ["Dropout", 5, "dropout of 0.1 is random; set p=0 or export with --eval"],
    [
      "AttentionDropout",
      5,
      "attention dropout of 0.2 is random; set it to 0 or export with --eval",
    ],
    ["RecurrentDropout", 5, "dropout of 0.5 is random; set p=0 or export with --eval"],
    ["RandomSlope", 5, "'rrelu' draws random numbers; pass them in as an argument"],
    ["ReadsTruth", 4, "branches on the value of a tensor; use torch.where"],
    ["RandomNumbers", 5, "'randn' draws random numbers; pass them in as an argument"],
    [
      "ChangesParameter",
      5,
      "the forward changes 'a.weight' in place; parameters change in the optimizer only",
    ],
    ["ChangesInput", 5, "the forward changes its input 'x' in place; work on a copy"],
    ["NoLowering", 5, "aten.special_bessel_j0 of f32[4x3] has no lowering to StableHLO"],
  ])("%s", (name, code, message) => {
    expect(outcome(name).code).toBe(code);
    expect(said(name).filter((line) => line.includes("error"))).toEqual([
      `${hereIn(name)} error: ${message}`,
    ]);
    expect(outcome(name).text).toBeNull();
  });

  it("says every line of several", () => {
    expect(said("ItemAsSize")).toHaveLength(2);
    expect(said("Complex")).toHaveLength(2);
    expect(said("ItemAsSize")[1]).toMatch(new RegExp(`^${hereIn("ItemAsSize")} error: the shape`));
  });

  it.each([
    [
      "IntegerLoss",
      "the model returns no loss, which is one float number; it returns output i64[]",
    ],
    [
      "TwoLosses",
      "the model returns 2 numbers that could be the loss; choose one with --loss: out0 f32[], out1 f32[]",
    ],
  ])("%s", (name, message) => {
    expect(said(name)).toEqual([`- error: ${message}`]);
  });
});

describe.skipIf(torch === null)("what is exported with a word about it", () => {
  const mark = "stablehlo.optimization_barrier {pcp.stop_gradient}";

  it.each([
    ["NoGrad", `note: no gradient flows through this no_grad region`, 1],
    ["Detach", `note: no gradient flows through detach() here`, 1],
  ])("%s is marked", (name, message, marks) => {
    expect(said(name)).toEqual([`${hereIn(name)} ${message}`]);
    expect(outcome(name).text?.split(mark)).toHaveLength(marks + 1);
  });

  it("a backward of its own", () => {
    expect(said("OwnBackward")).toEqual([
      `${hereIn("OwnBackward")} warning: 'Twice' has its own backward, which is not exported: gradients follow its forward`,
    ]);
  });

  it("a tensor that is no parameter", () => {
    expect(said("TensorAttribute")).toEqual([
      "- warning: 't' is a tensor, but neither a Parameter nor a buffer: it will not be trained",
    ]);
  });

  it.each(["NumberFromTensor", "ItemFromTensor"])("%s is fixed", (name) => {
    expect(said(name)).toEqual([
      `${hereIn(name)} warning: a number is read from a tensor and fixed at 2.0: no gradient flows through it`,
    ]);
  });

  it("a number that is fixed", () => {
    expect(said("FixedNumber")[0]).toContain("argument 'scale' is fixed at 2.0");
  });

  it("a method logits that nothing gives inputs for, and a layer of that name", () => {
    expect(said("LogitsElsewhere")).toEqual([
      "- warning: 'logits' is left out: 'logits' needs an argument 'second', and neither --input nor example_inputs gives it",
    ]);
    expect(said("LogitsLayer")).toEqual([]);
  });

  it("the padding row of an embedding gets no gradient", () => {
    expect(outcome("Padded").text).toContain(mark);
  });
});

describe.skipIf(torch === null)("the signature", () => {
  const roles = (name: string): string[] =>
    [...(outcome(name).text ?? "").matchAll(/pcp\.name = "([^"]+)", pcp\.role = "(\w+)"/g)].map(
      ([, argument, role]) => `${role} ${argument}`,
    );

  it("has tied weights once", () => {
    expect(roles("Tied")).toEqual([
      "param a.weight",
      "param a.bias",
      "param b.bias",
      "data x",
      "loss loss",
    ]);
    expect(outcome("Tied").manifest?.weights[0]).toMatchObject({ aliases: ["b.weight"] });
  });

  it("keeps parameters that are not used, and tells frozen ones apart", () => {
    expect(roles("Unused")).toEqual([
      "param spare",
      "param a.weight",
      "param a.bias",
      "frozen fixed",
      "data x",
      "loss loss",
    ]);
    expect(outcome("Unused").manifest?.weights[0]).toMatchObject({ name: "spare", used: false });
  });

  it("returns the buffers that the forward updates under their names", () => {
    expect(roles("BatchNorm").slice(-6)).toEqual([
      "buffer norm.running_mean",
      "buffer norm.running_var",
      "data x",
      "loss loss",
      "buffer norm.running_mean",
      "buffer norm.running_var",
    ]);
  });

  it("takes the loss of a dict by its name and returns the rest", () => {
    expect(roles("NamedLoss").slice(-2)).toEqual(["loss loss", "aux logits"]);
  });

  it("has constants with torch's values", () => {
    const values = outcome("Constants").text?.match(/(?<=dense<)[^>]*(?=> : tensor<4x)/g);
    expect(values?.toSorted()).toEqual(["-2.300000e+00", "1.250000e-01", "false"]);
  });

  it("has neither resources nor f64 tensors nor paths", () => {
    for (const name of ["Composite", "BatchNorm", "Remainder", "Masks", "Views", "Recurrent"]) {
      expect(said(name)).toEqual([]);
      const { text } = outcome(name);
      expect(text).not.toMatch(/dense_resource|loc\(|\/|tensor<\d+x(?:\d+x)*\d+xf64>/);
    }
  });
});

async function run(
  argv: readonly string[],
): Promise<{ code: number; stdout: string; stderr: string }> {
  const io = memoryIo({ argv, cwd: ROOT, env: process.env });
  const code = await exportMain(io);
  return { code, stdout: io.stdoutText(), stderr: io.stderrText() };
}

const NANOCHAT = [
  "examples/nanochat/model.py:NanoChat",
  "--config",
  "examples/nanochat/small.json",
];

describe.skipIf(torch === null)("the whole tool", () => {
  it("exports the shipped modules to the byte", { timeout: 300_000 }, async () => {
    for (const [model, name, config] of [
      ["nanochat", "NanoChat", "tiny"],
      ["nanochat", "NanoChat", "small"],
      ["nanogpt", "NanoGpt", "small"],
      ["nanogpt", "NanoGpt", "gqa"],
    ]) {
      const stem = `examples/${model}/${config}`;
      const manifest = join(folder, "manifest.json");
      const { code, stdout } = await run([
        `examples/${model}/model.py:${name}`,
        "--config",
        `${stem}.json`,
        "--manifest",
        manifest,
      ]);
      expect(code).toBe(0);
      expect(
        stdout === readFileSync(inRoot(`${stem}.mlir`), "utf8"),
        `${stem}.mlir is not what pcp-export makes`,
      ).toBe(true);
      expect(readFileSync(manifest, "utf8")).toBe(
        readFileSync(inRoot(`${stem}.manifest.json`), "utf8"),
      );
    }
  });

  it("gives the model's loss", { timeout: 120_000 }, async () => {
    const { code, stderr } = await run([
      ...NANOCHAT,
      "--check",
      "-o",
      join(folder, "checked.mlir"),
    ]);
    process.stderr.write(stderr);
    expect(code).toBe(0);
    expect(stderr).not.toContain("TOO LARGE");
  });

  it("lists what has no gradient rule, at the user's lines", { timeout: 120_000 }, async () => {
    const target = "test/parity/python/traps.py:Sorts";
    const line = hereIn("Sorts");
    const rows = (severity: string): string =>
      `test/parity/python/traps.py:${line}: ${severity}: 1 operation between the arguments and the loss has no gradient\n` +
      `test/parity/python/traps.py:${line}: note: 'stablehlo.sort': it sorts several operands together\n`;
    expect(await run([target, "--check-vjp"])).toEqual({
      code: 1,
      stdout: "",
      stderr: rows("error"),
    });
    const allowed = await run([target, "--check-vjp", "--allow-missing"]);
    expect(allowed).toMatchObject({ code: 0, stderr: rows("warning") });
    expect(allowed.stdout).toContain("stablehlo.sort");
  });

  it("hands on operations that are known in the generic form alone", {
    timeout: 60_000,
  }, async () => {
    const target = "test/parity/python/traps.py:Convolution";
    const { code, stdout, stderr } = await run([target, "--check-vjp", "--allow-missing"]);
    expect(code).toBe(0);
    expect(stdout).toContain('"stablehlo.convolution"(%4, %arg2)');
    expect(stderr).toContain(
      `traps.py:${hereIn("Convolution")}: note: 'stablehlo.convolution': there is no gradient rule for it`,
    );
  });

  it("says the nearest name of a class that is not there", { timeout: 60_000 }, async () => {
    const { code, stderr } = await run(["examples/nanochat/model.py:NanoChatt"]);
    expect(code).toBe(1);
    expect(stderr).toContain(
      "error: no class or function 'NanoChatt' in examples/nanochat/model.py; did you mean 'NanoChat'?",
    );
  });

  it("takes the reference exporter's flags and bf16", { timeout: 120_000 }, async () => {
    const flags = [
      "--batch-size=2",
      "--block-size=8",
      "--vocab-size=17",
      "--n-layer=1",
      "--n-head=4",
      "--n-kv-head=1",
      "--n-embd=16",
    ];
    const dump = join(folder, "fx.txt");
    const { code, stdout } = await run([
      "examples/nanochat/model.py:NanoChat",
      ...flags,
      "--dtype=bf16",
      "--dump-fx",
      dump,
    ]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/tensor<2x8xi64> \{pcp\.name = "tokens", pcp\.role = "data"\}/);
    expect(stdout).toMatch(/tensor<64x16xbf16> \{pcp\.name = "wte\.weight", pcp\.role = "param"\}/);
    expect(stdout).toContain('-> (tensor<f32> {pcp.name = "loss", pcp.role = "loss"})');
    expect(readFileSync(dump, "utf8")).toContain("torch.ops.aten.embedding.default");
  });

  it("takes inputs by hand and writes weights that safetensors reads", {
    timeout: 120_000,
  }, async () => {
    const weights = join(folder, "weights.safetensors");
    const { code, stdout } = await run([
      ...NANOCHAT,
      "--input=tokens=i64[3x8]:randint(0,256)",
      "--input=targets=i64[3x8]:randint(0,256)",
      "--weights",
      weights,
    ]);
    expect(code).toBe(0);
    expect(stdout).toContain('tensor<3x8xi64> {pcp.name = "targets"');
    const script =
      "import sys; from safetensors.torch import load_file; t = load_file(sys.argv[1]); print(len(t), t['wte.weight'].dtype)";
    const { stdout: listed } = await execa(torch?.path ?? "", ["-c", script, weights]);
    expect(listed).toBe("14 torch.float32");
  });
});

describe.skipIf(torch === null)("the installed packages", () => {
  it("have the versions of requirements/export.txt", () => {
    const folderOfPackages = torch === null ? null : findSitePackages(torch);
    for (const line of readFileSync(inRoot("requirements/export.txt"), "utf8").split("\n")) {
      const pin = /^([\w-]+)==(\S+)$/.exec(line);
      if (pin === null) continue;
      const [, name = "", version] = pin;
      expect(`${name} ${packageVersion(folderOfPackages ?? "", name)?.replace(/\+.*/, "")}`).toBe(
        `${name} ${version}`,
      );
    }
  });
});
