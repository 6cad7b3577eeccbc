/** @file Text of --list-passes. */
import { allPasses } from "./passes.ts";

/** Passes with their options, one a line. */
export function passList(): string {
  let text = "Passes:\n";
  for (const { name, summary, options } of allPasses) {
    text += `  --${name.padEnd(44)}  - ${summary}\n`;
    for (const option of Object.keys(options).sort()) {
      const spec = (
        options as { readonly [name: string]: { readonly type: string; readonly doc: string } }
      )[option];
      text += `    --${`${option}=<${spec?.type ?? ""}>`.padEnd(42)}  - ${spec?.doc ?? ""}\n`;
    }
  }
  return text;
}
