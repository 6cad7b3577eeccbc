/** @file The environment of processes that run compiled modules: what devices, libraries and Python need, and no secrets. */

/** Names that may be handed on. */
const NAMES: ReadonlySet<string> = new Set([
  "PATH",
  "HOME",
  "USER",
  "LANG",
  "LANGUAGE",
  "TZ",
  "TMPDIR",
  "SHELL",
  "LD_LIBRARY_PATH",
  "DYLD_LIBRARY_PATH",
  "DYLD_FALLBACK_LIBRARY_PATH",
  "VIRTUAL_ENV",
  "XDG_CACHE_HOME",
  "XDG_RUNTIME_DIR",
  "PCP_PYTHON",
  "PCP_CACHE_DIR",
  "GOMP_CPU_AFFINITY",
  "SYSTEMROOT",
]);

/** Beginnings of names that devices and their libraries read. */
const PREFIXES = [
  "LC_",
  "IREE_",
  "CUDA_",
  "NVIDIA_",
  "HIP_",
  "ROCR_",
  "ROCM_",
  "HSA_",
  "AMD_",
  "GPU_DEVICE_",
  "VK_",
  "MTL_",
  "METAL_",
  "OMP_",
  "KMP_",
  "MKL_",
  "OPENBLAS_",
] as const;

/** Words by which variables of these families would be secrets all the same. */
const SECRET = /TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|(?:^|_)KEY(?:_|$)|API_?KEY/i;

/** The variables that a device host may see: those of an allow-list, which holds no tokens and no keys. */
export function deviceEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || SECRET.test(name)) continue;
    if (NAMES.has(name) || PREFIXES.some((prefix) => name.startsWith(prefix))) kept[name] = value;
  }
  return kept;
}
