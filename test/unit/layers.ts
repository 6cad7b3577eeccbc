/** @file The one table of layers that the layer test enforces and docs/architecture.md prints. */

/** Layers in order: a layer may import itself and the layers before it. */
export const LAYERS = [
  "support",
  "diag",
  "tensors",
  "filecheck",
  "lit",
  "ir",
  "asm",
  "dialects",
  "verify",
  "interp",
  "passes",
  "autodiff",
  "optim",
  "data",
  "runtime",
  "export",
  "train",
  "driver",
] as const;

/** Layers that use no Node built-ins, so that they also run in a browser. */
export const BROWSER_SAFE_LAYERS: ReadonlySet<string> = new Set([
  "support",
  "diag",
  "tensors",
  "filecheck",
  "ir",
  "asm",
  "dialects",
  "verify",
  "interp",
  "passes",
  "autodiff",
  "optim",
]);

/** Readers and writers of files inside browser-safe layers. */
export const FILE_SYSTEM_FILES: ReadonlySet<string> = new Set(["lib/tensors/files.ts"]);
