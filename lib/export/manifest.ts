/** @file The manifest beside a module: recognising one, and finding the one that belongs to a module. */

/** What a manifest says it is. */
export const MANIFEST_FORMAT = "pcp-manifest";

/** Whether a text is a manifest of ours. */
export function isManifest(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return (
      typeof value === "object" &&
      value !== null &&
      (value as { format?: unknown }).format === MANIFEST_FORMAT
    );
  } catch {
    return false;
  }
}

/** Paths where the manifest of `x.mlir` may lie, likeliest first. */
export function manifestCandidates(modulePath: string): string[] {
  const stem = modulePath.replace(/\.mlir$/, "");
  return [`${stem}.manifest.json`, `${stem}.json`];
}
