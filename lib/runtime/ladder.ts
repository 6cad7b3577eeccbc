/** @file The compile ladder: sets of compiler flags for a backend and a module, from the best to the safest. */

/** What a module is compiled for. */
export const BACKENDS = ["cpu", "cuda", "rocm", "metal", "vulkan"] as const;
export type Backend = (typeof BACKENDS)[number];

/** One set of flags to try. */
export interface Rung {
  readonly name: string;
  readonly flags: readonly string[];
}

/** What the order of the rungs depends on. */
export interface ModuleFacts {
  /** Multiplications in the largest unbatched dot. */
  readonly largestDot: number;
  readonly hasBf16Dots: boolean;
}

/**
 * From this size on packing operands into tiles pays. Measured on two cores: a step whose largest dot has 67 million multiplications
 * runs 1.4 x faster without tiling, one with 1,200 million runs faster with it.
 */
const TILING_PAYS = 256e6;

const DOT_TYPES =
  /dot_general\b[^\n]*:\s*\(tensor<([^>]*)>,\s*tensor<([^>]*)>\)\s*->\s*tensor<([^>]*)>/g;

const countOf = (type: string): number =>
  type.split("x").reduce((count, part) => (/^\d+$/.test(part) ? count * Number(part) : count), 1);

/** Reads from the text of a module what the ladder needs to know. */
export function moduleFacts(text: string): ModuleFacts {
  let largestDot = 0;
  let hasBf16Dots = false;
  for (const match of text.matchAll(DOT_TYPES)) {
    const [whole, lhs = "", rhs = "", result = ""] = match;
    if (lhs.endsWith("bf16") && rhs.endsWith("bf16")) hasBf16Dots = true;
    // [m, k] x [k, n] -> [m, n]: the product of the three counts is (m k n) squared.
    if (!/batching_dim/.test(whole) || /batching_dimensions = \[\]/.test(whole))
      largestDot = Math.max(largestDot, Math.sqrt(countOf(lhs) * countOf(rhs) * countOf(result)));
  }
  return { largestDot, hasBf16Dots };
}

const O1 = "--iree-opt-level=O1";
const TILING = "--iree-opt-data-tiling";
const REASSOCIATE = "--iree-llvmcpu-reassociate-fp-reductions=true";

function cpuRungs({ largestDot, hasBf16Dots }: ModuleFacts): readonly Rung[] {
  const plain: Rung = { name: "O1+reassociate", flags: [O1, REASSOCIATE] };
  const tiled: Rung = { name: "O1+tiling+reassociate", flags: [O1, TILING, REASSOCIATE] };
  const best = hasBf16Dots || largestDot >= TILING_PAYS ? [tiled, plain] : [plain, tiled];
  return [
    ...best,
    { name: "O1", flags: [O1] },
    // The compiler's own default: nothing fused across, assertions kept.
    { name: "O0", flags: ["--iree-opt-level=O0"] },
  ];
}

/** Rungs for a backend, the best first. */
export const rungsFor = (backend: Backend, facts: ModuleFacts): readonly Rung[] =>
  backend === "cpu"
    ? cpuRungs(facts)
    : ["O2", "O1", "O0"].map((level) => ({ name: level, flags: [`--iree-opt-level=${level}`] }));

/** Index types are kept as written, because callers pass what the module declares. */
const KEEP_I64 = "--iree-input-demote-i64-to-i32=false";
const KEEP_F64 = "--iree-input-demote-f64-to-f32=false";

/** Flags that say what to compile for; a string is a problem in one line. */
export function targetFlags(backend: Backend, target: string | null): readonly string[] | string {
  switch (backend) {
    case "cpu":
      return [
        "--iree-hal-target-device=local",
        "--iree-hal-local-target-device-backends=llvm-cpu",
        `--iree-llvmcpu-target-cpu=${target ?? "host"}`,
        KEEP_I64,
        KEEP_F64,
      ];
    case "cuda":
      return [
        "--iree-hal-target-device=cuda",
        `--iree-cuda-target=${target ?? "sm_80"}`,
        KEEP_I64,
        KEEP_F64,
      ];
    case "rocm":
      if (target === null)
        return "--backend=rocm needs --target, such as gfx942 or mi300x ('rocminfo' names yours)";
      return ["--iree-hal-target-device=hip", `--iree-rocm-target=${target}`, KEEP_I64, KEEP_F64];
    case "metal":
      return [
        "--iree-hal-target-device=metal",
        `--iree-metal-target-platform=${target ?? "macos"}`,
        "--iree-metal-compile-to-metallib=false",
        KEEP_I64,
      ];
    case "vulkan":
      return [
        "--iree-hal-target-device=vulkan",
        ...(target === null ? [] : [`--iree-vulkan-target=${target}`]),
        KEEP_I64,
      ];
  }
}

/** The backend that a device URI needs. */
export function backendOf(device: string): Backend | null {
  const driver = device.split("://")[0] ?? "";
  if (driver.startsWith("local")) return "cpu";
  if (driver === "hip") return "rocm";
  return BACKENDS.find((backend) => backend === driver) ?? null;
}
