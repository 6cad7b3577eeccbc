/** @file All tools by name, loaded when they are called. */
import type { ToolMain } from "#lib/support/io.ts";

/** Loads the main function of each tool. */
export const TOOLS: Readonly<Record<string, () => Promise<ToolMain>>> = {
  "pcp-opt": async () => (await import("./opt.ts")).optMain,
  "pcp-autodiff": async () => (await import("./autodiff.ts")).autodiffMain,
  "pcp-export": async () => (await import("./export.ts")).exportMain,
  "pcp-run": async () => (await import("./run.ts")).runMain,
  "pcp-train": async () => (await import("./train.ts")).trainMain,
  "filecheck-js": async () => (await import("./filecheck.ts")).fileCheckMain,
};
